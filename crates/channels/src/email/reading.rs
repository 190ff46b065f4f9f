//! The job that reads a mail that was kept, and hands it to the desk.

use super::read::read;
use desk::{Desk, intake, receive};
use jobs::{Handler, Job, Outcome, Running};
use kernel::{Fault, RawMailId};

/// Reads mails.
pub struct Reading {
    /// The desk.
    pub desk: Desk,
}

impl Handler for Reading {
    fn kind(&self) -> &'static str {
        intake::RECEIVE
    }

    fn slots(&self) -> usize {
        4
    }

    fn run(&self, job: Job) -> Running<'_> {
        Box::pin(async move {
            let Ok(id) = job.subject.parse() else {
                return Outcome::GiveUp { because: "The job doesn't name a mail.".to_owned() };
            };
            match self.one(id).await {
                Ok(()) => Outcome::Done,
                Err(fault) => {
                    tracing::error!(%fault, mail = %id, "can't read a mail yet");
                    Outcome::Retry { because: format!("The mail couldn't be filed: {fault}") }
                }
            }
        })
    }
}

impl Reading {
    async fn one(&self, id: RawMailId) -> Result<(), Fault> {
        let Some((mail, bytes)) = intake::bytes_to_read(&self.desk, id).await? else { return Ok(()) };
        let incoming = tokio::task::spawn_blocking(move || read(&bytes)).await.map_err(Fault::new)?;
        receive::receive(&self.desk, mail, incoming).await
    }
}
