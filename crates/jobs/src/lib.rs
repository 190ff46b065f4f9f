//! Work for later, kept in the database: queued in the transaction that wants it, run until its outcome says otherwise.

mod backoff;
mod job;
mod tables;
mod worker;

pub use backoff::{TRIES, backoff};
pub use job::{Handler, Job, JobRow, Outcome, Running, State};
pub use tables::{abandon, about, enqueue, list, retry_about, retry_now, stuck_count, waiting_count};
pub use worker::Worker;
