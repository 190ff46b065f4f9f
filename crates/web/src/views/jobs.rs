//! Work for later: what is stuck, what waits.

use super::marks::{Pager, When};
use super::shell::Shell;
use askama::Template;

/// `GET /jobs`.
///
/// Forms: `POST /jobs/{id}/attempts` (try again now); `POST /jobs/{id}/abandonments` (give up).
#[derive(Debug, Clone, Template)]
#[template(path = "jobs.html")]
pub struct Jobs {
    /// The frame.
    pub shell: Shell,
    /// Jobs that gave up, or failed and wait for another attempt.
    pub stuck: Vec<JobLine>,
    /// Jobs that simply wait for their turn.
    pub waiting: Vec<JobLine>,
    /// "1,204 done in the last day, the newest 2 s ago".
    pub summary: String,
    /// Neighbouring pages of the stuck ones.
    pub pager: Pager,
}

/// A job.
#[derive(Debug, Clone)]
pub struct JobLine {
    /// Id.
    pub id: String,
    /// "Send a reply", "Read a mail" …
    pub kind: String,
    /// What it's for: "AUR-1042".
    pub subject: String,
    /// Where that is.
    pub subject_url: Option<String>,
    /// How often it was tried.
    pub attempts: u64,
    /// What went wrong last time, in plain words.
    pub error: Option<String>,
    /// When it's tried next; none when it gave up.
    pub next: Option<When>,
    /// When it was asked for.
    pub since: When,
}
