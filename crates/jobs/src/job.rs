//! Words about jobs: what one is, who runs it, and how it can end.

use kernel::{Instant, JobId};
use std::{future::Future, pin::Pin};

/// A job that was claimed and is to be run now.
#[derive(Clone, Debug)]
pub struct Job {
    /// The job.
    pub id: JobId,
    /// What it is about: the id of a raw mail, of a message, …
    pub subject: String,
    /// How often it was tried before.
    pub attempts: i64,
}

/// How a run ended. Running any job twice changes nothing, so a lost outcome is harmless.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It is done; the job is forgotten.
    Done,
    /// It failed and may work later; it waits as [`crate::backoff`] says.
    Retry {
        /// Why, in a plain sentence.
        because: String,
    },
    /// It isn't time yet; this doesn't count as a try.
    Snooze {
        /// When it is to be run.
        until: Instant,
    },
    /// It can't work; it is kept as stuck until a person retries or abandons it.
    GiveUp {
        /// Why, in a plain sentence.
        because: String,
    },
}

/// A run in progress.
pub type Running<'a> = Pin<Box<dyn Future<Output = Outcome> + Send + 'a>>;

/// Who runs the jobs of one kind.
pub trait Handler: Send + Sync + 'static {
    /// The kind, as `receive`.
    fn kind(&self) -> &'static str;
    /// How many may run at the same time.
    fn slots(&self) -> usize;
    /// Runs one.
    fn run(&self, job: Job) -> Running<'_>;
}

/// Where a job stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// It waits for its time or for a free slot.
    Ready,
    /// It is being run.
    Running,
    /// It waits for a person.
    Stuck,
}

impl State {
    /// The word in the store.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Ready => "ready",
            Self::Running => "running",
            Self::Stuck => "stuck",
        }
    }
}

/// A job as the jobs page shows it.
#[derive(Clone, Debug)]
pub struct JobRow {
    /// The job.
    pub id: JobId,
    /// Its kind.
    pub kind: String,
    /// What it is about.
    pub subject: String,
    /// Where it stands: `ready`, `running`, `stuck`.
    pub state: String,
    /// When it is to be run.
    pub run_at: Instant,
    /// How often it was tried.
    pub attempts: i64,
    /// What went wrong last; empty if nothing did.
    pub because: String,
    /// When it was queued.
    pub created_at: Instant,
}
