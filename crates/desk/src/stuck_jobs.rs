//! The jobs page: what waits, what is stuck, and letting a person do something about it.

use crate::{Desk, replies::SEND, sign_in::personal};
use cases::{Case, tables as case_tables};
use jobs::JobRow;
use kernel::{Fault, JobId, Kind, MessageId, Reach, Refused, Stop};

fn not_found() -> Refused {
    Refused::new(Kind::NotFound, "job.not_found", "There is no such job, or it isn't yours to see.")
        .hint("It may have ended a moment ago.")
}

fn only_owners(reach: &Reach) -> Result<(), Refused> {
    if reach.owns_installation() { Ok(()) } else { Err(not_found()) }
}

/// The stuck, running and waiting jobs.
///
/// # Errors
/// Refused as `job.not_found` for everybody but owners.
pub async fn list(desk: &Desk, reach: &Reach) -> Result<Vec<JobRow>, Stop> {
    only_owners(reach)?;
    Ok(desk.store.read(|tx| jobs::list(tx, 200)).await?)
}

/// The cases that some of these jobs are about, as far as the asker may see them.
///
/// # Errors
/// A fault when the database can't be reached.
pub async fn cases_of(desk: &Desk, reach: &Reach, rows: &[JobRow]) -> Result<Vec<(JobId, Case)>, Stop> {
    let sending = rows.iter().filter(|row| row.kind == SEND);
    let asked: Vec<(JobId, MessageId)> =
        sending.filter_map(|row| Some((row.id, row.subject.parse().ok()?))).collect();
    let reach = reach.clone();
    desk.store
        .read(move |tx| {
            let mut found = Vec::new();
            for (job, message) in &asked {
                let case = case_tables::found_by_message(tx, *message)?;
                let seen = case.filter(|case| reach.sees(case.engagement, case.assignee));
                found.extend(seen.map(|case| (*job, case)));
            }
            Ok(found)
        })
        .await
}

/// The jobs that send these replies, for the page of their case. The asker has made sure that they may be seen.
///
/// # Errors
/// A fault when the database can't be reached.
pub async fn sending(desk: &Desk, replies: Vec<MessageId>) -> Result<Vec<(MessageId, JobRow)>, Fault> {
    desk.store
        .read(move |tx| {
            let mut found = Vec::new();
            for reply in &replies {
                found.extend(jobs::about(tx, SEND, reply)?.map(|job| (*reply, job)));
            }
            Ok(found)
        })
        .await
}

/// Lets a job run now.
///
/// # Errors
/// Refused as `job.not_found`.
pub async fn retry(desk: &Desk, reach: &Reach, job: JobId) -> Result<(), Stop> {
    only_owners(reach)?;
    let (person, now) = (reach.person(), desk.clock.now());
    desk.store
        .write(move |tx| {
            if !jobs::retry_now(tx, job, now)? {
                return Err(Stop::from(not_found()));
            }
            Ok(personal(tx, "job.retried", person, now, "Let a stuck job run again.")?)
        })
        .await
}

/// Forgets a stuck job.
///
/// # Errors
/// Refused as `job.not_found`.
pub async fn abandon(desk: &Desk, reach: &Reach, job: JobId) -> Result<(), Stop> {
    only_owners(reach)?;
    let (person, now) = (reach.person(), desk.clock.now());
    desk.store
        .write(move |tx| {
            if !jobs::abandon(tx, job)? {
                return Err(Stop::from(not_found()));
            }
            Ok(personal(tx, "job.abandoned", person, now, "Gave a stuck job up.")?)
        })
        .await
}
