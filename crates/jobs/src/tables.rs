//! The table of jobs.

use crate::{Job, JobRow, Outcome, TRIES, backoff};
use kernel::{Fault, Instant, JobId};
use std::{fmt::Display, time::Duration};
use store::{Change, Row, Tx, fresh, sql};

/// The change that wakes workers.
pub(crate) const QUEUED: &str = "job.queued";
/// How long a claim holds without being renewed; after that another server takes the job over.
pub(crate) const LEASE: Duration = Duration::from_secs(30);

/// Queues a job in the transaction that wants it: it exists exactly if that transaction commits.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn enqueue(
    tx: &mut Tx<'_>,
    kind: &'static str,
    subject: impl Display,
    run_at: Instant,
    now: Instant,
) -> Result<JobId, Fault> {
    let id: JobId = fresh();
    tx.run(
        sql!(
            "insert into jobs (id, kind, subject, state, run_at, attempts, because, created_at)
             values ($1, $2, $3, 'ready', $4, 0, '', $5)"
        ),
        &[&id, &kind, &subject.to_string(), &run_at, &now],
    )?;
    tx.tell(Change { kind: QUEUED.to_owned(), engagement: None, case: None })?;
    Ok(id)
}

/// The jobs that are stuck, being run, or waiting, stuck ones first and then by their time.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn list(tx: &mut Tx<'_>, limit: i64) -> Result<Vec<JobRow>, Fault> {
    tx.list(
        sql!(
            "select id, kind, subject, state, run_at, attempts, because, created_at from jobs
             order by case state when 'stuck' then 0 else 1 end, run_at limit $1"
        ),
        &[&limit],
        job_row,
    )
}

fn job_row(row: &mut Row) -> Result<JobRow, Fault> {
    Ok(JobRow {
        id: row.take()?,
        kind: row.take()?,
        subject: row.take()?,
        state: row.take()?,
        run_at: row.take()?,
        attempts: row.take()?,
        because: row.take()?,
        created_at: row.take()?,
    })
}

/// The job of this kind about this subject, if there is one.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn about(tx: &mut Tx<'_>, kind: &'static str, subject: impl Display) -> Result<Option<JobRow>, Fault> {
    tx.maybe(
        sql!(
            "select id, kind, subject, state, run_at, attempts, because, created_at from jobs
             where kind = $1 and subject = $2"
        ),
        &[&kind, &subject.to_string()],
        job_row,
    )
}

/// How many jobs wait, are being run, and are stuck.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn waiting_count(tx: &mut Tx<'_>) -> Result<(i64, i64), Fault> {
    Ok((tx.value(sql!("select count(*) from jobs where state <> 'stuck'"), &[])?, stuck_count(tx)?))
}

/// How many jobs are stuck.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn stuck_count(tx: &mut Tx<'_>) -> Result<i64, Fault> {
    tx.value(sql!("select count(*) from jobs where state = 'stuck'"), &[])
}

/// Lets a stuck or waiting job run now, with its tries counted from the start. False if there is no such job.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn retry_now(tx: &mut Tx<'_>, job: JobId, now: Instant) -> Result<bool, Fault> {
    let changed = tx.run(
        sql!(
            "update jobs set state = 'ready', run_at = $1, attempts = 0 where id = $2 and state <> 'running'"
        ),
        &[&now, &job],
    )?;
    tx.tell(Change { kind: QUEUED.to_owned(), engagement: None, case: None })?;
    Ok(changed > 0)
}

/// Lets the job of this kind about this subject run at this instant, as if it hadn't been tried. False if there is none.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn retry_about(
    tx: &mut Tx<'_>,
    kind: &'static str,
    subject: impl Display,
    at: Instant,
) -> Result<bool, Fault> {
    let changed = tx.run(
        sql!(
            "update jobs set state = 'ready', run_at = $1, attempts = 0
             where kind = $2 and subject = $3 and state <> 'running'"
        ),
        &[&at, &kind, &subject.to_string()],
    )?;
    tx.tell(Change { kind: QUEUED.to_owned(), engagement: None, case: None })?;
    Ok(changed > 0)
}

/// Forgets a stuck job for good. False if there is no such job or it isn't stuck.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn abandon(tx: &mut Tx<'_>, job: JobId) -> Result<bool, Fault> {
    Ok(tx.run(sql!("delete from jobs where id = $1 and state = 'stuck'"), &[&job])? > 0)
}

/// Claims the jobs of a kind whose time has come, and those whose worker has fallen silent.
pub(crate) fn claim(
    tx: &mut Tx<'_>,
    kind: &'static str,
    now: Instant,
    slots: i64,
) -> Result<Vec<Job>, Fault> {
    let until = now.plus(LEASE);
    let mut jobs = tx.list(
        sql!(
            "update jobs set state = 'running', leased_until = $1 where id in
               (select id from jobs where kind = $2 and state = 'ready' and run_at <= $3
                order by run_at limit $4 /* skip locked */)
             returning id, subject, attempts"
        ),
        &[&until, &kind, &now, &slots],
        claimed,
    )?;
    if jobs.is_empty() {
        jobs = tx.list(
            sql!(
                "update jobs set leased_until = $1 where id in
                   (select id from jobs where kind = $2 and state = 'running' and leased_until <= $3
                    order by run_at limit $4 /* skip locked */)
                 returning id, subject, attempts"
            ),
            &[&until, &kind, &now, &slots],
            claimed,
        )?;
    }
    Ok(jobs)
}

fn claimed(row: &mut Row) -> Result<Job, Fault> {
    Ok(Job { id: row.take()?, subject: row.take()?, attempts: row.take()? })
}

/// Says that a job is still being run.
pub(crate) fn renew(tx: &mut Tx<'_>, job: JobId, now: Instant) -> Result<(), Fault> {
    tx.run(
        sql!("update jobs set leased_until = $1 where id = $2 and state = 'running'"),
        &[&now.plus(LEASE), &job],
    )
    .map(drop)
}

/// Lets every claimed job run again: only for an engine that one process has to itself, when that process starts.
pub(crate) fn release_all(tx: &mut Tx<'_>) -> Result<u64, Fault> {
    tx.run(sql!("update jobs set state = 'ready', leased_until = null where state = 'running'"), &[])
}

/// Writes down how a run ended.
pub(crate) fn finish(tx: &mut Tx<'_>, job: &Job, outcome: &Outcome, now: Instant) -> Result<(), Fault> {
    let tries = job.attempts + 1;
    match outcome {
        Outcome::Done => tx.run(sql!("delete from jobs where id = $1"), &[&job.id]),
        Outcome::Snooze { until } => tx.run(
            sql!("update jobs set state = 'ready', leased_until = null, run_at = $1 where id = $2"),
            &[until, &job.id],
        ),
        Outcome::Retry { because } if tries < TRIES => {
            let salt = kernel::Id::uuid(job.id).as_u64_pair().1;
            tx.run(
                sql!(
                    "update jobs set state = 'ready', leased_until = null, run_at = $1, attempts = $2, because = $3
                     where id = $4"
                ),
                &[&now.plus(backoff(tries, salt)), &tries, because, &job.id],
            )
        }
        Outcome::Retry { because } | Outcome::GiveUp { because } => tx.run(
            sql!(
                "update jobs set state = 'stuck', leased_until = null, attempts = $1, because = $2 where id = $3"
            ),
            &[&tries, because, &job.id],
        ),
    }
    .map(drop)
}
