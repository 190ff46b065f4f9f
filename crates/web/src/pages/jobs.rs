//! Jobs: what is stuck, what waits, and letting a person do something about it.

use super::{Answer, page, settle};
use crate::{
    fields::At,
    frame::{Frame, whole},
    said::Said,
    session::{OwnerIn, SignedIn},
    site::Site,
    views::{
        jobs::{JobLine, Jobs},
        marks::Pager,
        shell::{Administration, Flash, Place},
    },
    words::Words,
};
use axum::{extract::State, response::Response};
use cases::Case;
use desk::{Stop, intake::RECEIVE, replies::SEND, stuck_jobs};
use jobs::{JobRow, State as JobState};
use kernel::JobId;

const HERE: &str = "/jobs";

/// `GET /jobs`
pub(crate) async fn show(State(site): State<Site>, OwnerIn(owner): OwnerIn) -> Answer {
    Ok(draw(&site, &owner, None).await?)
}

async fn draw(site: &Site, owner: &SignedIn, flash: Option<Flash>) -> Result<Response, Stop> {
    let rows = stuck_jobs::list(&site.desk, owner.reach()).await?;
    let cases = stuck_jobs::cases_of(&site.desk, owner.reach(), &rows).await?;
    let frame = Frame::of(site, owner).await?.saying(flash);
    let (stuck, waiting): (Vec<&JobRow>, Vec<&JobRow>) =
        rows.iter().partition(|row| row.state == JobState::Stuck.as_str() || row.attempts > 0);
    let lines = |rows: Vec<&JobRow>| rows.into_iter().map(|row| line(&frame.words, &cases, row)).collect();
    page(&Jobs {
        shell: frame.shell("Jobs", Place::Administration(Administration::Jobs)),
        summary: summary(stuck.len(), waiting.len()),
        stuck: lines(stuck),
        waiting: lines(waiting),
        pager: Pager::default(),
    })
}

fn summary(stuck: usize, waiting: usize) -> String {
    match (stuck, waiting) {
        (0, 0) => "All work is done; nothing waits.".to_owned(),
        (stuck, waiting) => format!("{stuck} stuck or being retried, {waiting} waiting for their turn."),
    }
}

fn line(words: &Words, cases: &[(JobId, Case)], row: &JobRow) -> JobLine {
    let case = cases.iter().find(|(job, _)| *job == row.id).map(|(_, case)| case);
    JobLine {
        id: row.id.to_string(),
        kind: kind(&row.kind),
        subject: case.map(|case| cases::shown_reference(&case.reference)).unwrap_or_default(),
        subject_url: case.map(|case| format!("/cases/{}", case.id)),
        attempts: whole(row.attempts),
        error: (!row.because.is_empty()).then(|| row.because.clone()),
        next: (row.state != JobState::Stuck.as_str()).then(|| words.exactly(row.run_at)),
        since: words.exactly(row.created_at),
    }
}

fn kind(kind: &str) -> String {
    match kind {
        RECEIVE => "Read a mail".to_owned(),
        SEND => "Send a reply".to_owned(),
        other => other.to_owned(),
    }
}

/// `POST /jobs/{job}/attempts`
pub(crate) async fn retry(State(site): State<Site>, OwnerIn(owner): OwnerIn, At(job): At<JobId>) -> Answer {
    let done = stuck_jobs::retry(&site.desk, owner.reach(), job).await;
    settle(done, HERE, Said::JobRuns, async |flash| draw(&site, &owner, flash).await).await
}

/// `POST /jobs/{job}/abandonments`
pub(crate) async fn abandon(State(site): State<Site>, OwnerIn(owner): OwnerIn, At(job): At<JobId>) -> Answer {
    let done = stuck_jobs::abandon(&site.desk, owner.reach(), job).await;
    settle(done, HERE, Said::JobForgotten, async |flash| draw(&site, &owner, flash).await).await
}
