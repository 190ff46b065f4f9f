//! The job that reads a mail that was kept, and hands it to the desk.

use super::{read::read, trust::Checker};
use desk::{Desk, intake, receive};
use jobs::{Handler, Job, Outcome, Running};
use kernel::{Fault, RawMailId};
use std::{sync::Arc, time::Duration};
use tokio::sync::Semaphore;

/// Mails of more bytes are read one at a time: reading takes some three times their size in memory.
const LARGE: i64 = 8 * 1024 * 1024;
/// How soon a large mail asks again whether its turn has come. Waiting here, it would keep small ones from their places.
const ASK_AGAIN: Duration = Duration::from_millis(500);

/// How many mails are read or filed at once. Those that wait for the DNS don't count.
const AT_ONCE: usize = 4;

/// Reads mails.
pub struct Reading {
    desk: Desk,
    turns: Semaphore,
    large: Semaphore,
    checker: Option<Checker>,
}

impl Reading {
    /// Reads the mails of this desk.
    pub fn new(desk: Desk) -> Self {
        Self { desk, turns: Semaphore::new(AT_ONCE), large: Semaphore::new(1), checker: None }
    }

    /// The same, with senders checked.
    pub fn checking(self, checker: Checker) -> Self {
        Self { checker: Some(checker), ..self }
    }
}

impl Handler for Reading {
    fn kind(&self) -> &'static str {
        intake::RECEIVE
    }

    fn slots(&self) -> usize {
        4 * AT_ONCE
    }

    fn run(&self, job: Job) -> Running<'_> {
        Box::pin(async move {
            let Ok(id) = job.subject.parse() else {
                return Outcome::GiveUp { because: "The job doesn't name a mail.".to_owned() };
            };
            match self.one(id).await {
                Ok(outcome) => outcome,
                Err(fault) => {
                    tracing::error!(%fault, mail = %id, "can't read a mail yet");
                    Outcome::Retry { because: format!("The mail couldn't be filed: {fault}") }
                }
            }
        })
    }
}

impl Reading {
    async fn one(&self, id: RawMailId) -> Result<Outcome, Fault> {
        let Some(mail) = intake::waiting(&self.desk, id).await? else { return Ok(Outcome::Done) };
        let turn = (mail.size > LARGE).then(|| self.large.try_acquire());
        if let Some(Err(_)) = turn {
            return Ok(Outcome::Snooze { until: self.desk.clock.now().plus(ASK_AGAIN) });
        }
        let place = self.turns.acquire().await.map_err(Fault::new)?;
        let (mail, bytes) = intake::bytes_of(&self.desk, mail).await?;
        let (bytes, read_from) = {
            let bytes = Arc::new(bytes);
            (Arc::clone(&bytes), bytes)
        };
        let reading = tokio::task::spawn_blocking(move || read(&read_from));
        let mut incoming = reading.await.map_err(Fault::new)?;
        drop(place);
        if let Some(checker) = &self.checker {
            incoming.checked = checker.check(&mail, bytes, &incoming).await;
        }
        let _place = self.turns.acquire().await.map_err(Fault::new)?;
        receive::receive(&self.desk, mail, incoming).await?;
        Ok(Outcome::Done)
    }
}
