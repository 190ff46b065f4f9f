//! The pretend mail server: it reads the mails that tests wrote, and takes the letters that the desk sends.

use crate::Mail;
use cases::{incoming::Incoming, pace::Slows};
use desk::escalations::Overdue;
use desk::paging::{Paging, Reminding};
use desk::{
    Desk,
    dispatch::{self, Ended, Outgoing, Receipt, Taken},
    intake, receive, replies,
};
use desk::{routing::Routing, translating::Translating};
use jobs::{Handler, Job, Outcome, Running};
use kernel::Fault;
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

/// What becomes of the letters that are handed over.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Fate {
    /// They are taken.
    #[default]
    Taken,
    /// They may be taken later, for this reason.
    Later(String),
    /// They may be taken later, for this reason, and a pause is asked for.
    Slow(Slows, String),
    /// They are never taken, for this reason.
    Never(String),
}

/// The pretend mail server. Clones share it.
#[derive(Clone, Default)]
pub struct Post {
    inner: Arc<Mutex<Inner>>,
}

#[derive(Default)]
struct Inner {
    written: HashMap<Vec<u8>, Incoming>,
    taken: Vec<Outgoing>,
    fate: Fate,
}

impl Post {
    /// Remembers what a mail says, so that its bytes can be read later.
    pub fn know(&self, mail: &Mail) {
        self.inner().written.insert(mail.bytes(), mail.incoming.clone());
    }

    /// Decides what becomes of letters from now on.
    pub fn decide(&self, fate: Fate) {
        self.inner().fate = fate;
    }

    /// The letters that were taken since the last look, oldest first.
    pub fn taken(&self) -> Vec<Outgoing> {
        std::mem::take(&mut self.inner().taken)
    }

    /// Who runs the jobs of the desk in a test.
    pub fn handlers(&self, desk: &Desk) -> Vec<Arc<dyn Handler>> {
        let (post, desk) = (self.clone(), desk.clone());
        vec![
            Arc::new(Reader { post: post.clone(), desk: desk.clone() }),
            Arc::new(Translating::new(desk.clone())),
            Arc::new(Overdue::new(desk.clone())),
            Arc::new(Paging(desk.clone())),
            Arc::new(Reminding(desk.clone())),
            Arc::new(Routing::new(desk.clone())),
            Arc::new(Sender { post, desk }),
        ]
    }

    fn read(&self, bytes: &[u8]) -> Incoming {
        let unknown = || Incoming {
            problems: vec!["The mail can't be read.".to_owned()],
            text: String::from_utf8_lossy(bytes).into_owned(),
            new_text: String::from_utf8_lossy(bytes).into_owned(),
            ..Incoming::default()
        };
        self.inner().written.get(bytes).cloned().unwrap_or_else(unknown)
    }

    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

struct Reader {
    post: Post,
    desk: Desk,
}

impl Reader {
    async fn read(&self, job: &Job) -> Result<(), Fault> {
        let id = job.subject.parse().map_err(Fault::new)?;
        if let Some((raw, bytes)) = intake::bytes_to_read(&self.desk, id).await? {
            receive::receive(&self.desk, raw, self.post.read(&bytes)).await?;
        }
        Ok(())
    }
}

impl Handler for Reader {
    fn kind(&self) -> &'static str {
        intake::RECEIVE
    }

    fn slots(&self) -> usize {
        2
    }

    fn run(&self, job: Job) -> Running<'_> {
        Box::pin(async move { outcome(self.read(&job).await.map(|()| Outcome::Done)) })
    }
}

struct Sender {
    post: Post,
    desk: Desk,
}

impl Sender {
    async fn send(&self, job: &Job) -> Result<Outcome, Fault> {
        let reply = job.subject.parse().map_err(Fault::new)?;
        let outgoing = match dispatch::take(&self.desk, reply).await? {
            Taken::Gone => return Ok(Outcome::Done),
            Taken::Held { until } => return Ok(Outcome::Snooze { until }),
            Taken::Letter(outgoing, _) => outgoing,
        };
        let (ended, outcome) = self.hand_over(*outgoing);
        dispatch::ended(&self.desk, reply, &ended).await?;
        Ok(outcome)
    }

    fn hand_over(&self, outgoing: Outgoing) -> (Ended, Outcome) {
        let mut inner = self.post.inner();
        match inner.fate.clone() {
            Fate::Taken => {
                inner.taken.push(outgoing);
                (Ended::Sent(receipt()), Outcome::Done)
            }
            Fate::Later(because) => {
                (Ended::Later { because: because.clone(), slows: None }, Outcome::Retry { because })
            }
            Fate::Slow(slows, because) => {
                (Ended::Later { because: because.clone(), slows: Some(slows) }, Outcome::Retry { because })
            }
            Fate::Never(because) => (Ended::Never { because: because.clone() }, Outcome::GiveUp { because }),
        }
    }
}

impl Handler for Sender {
    fn kind(&self) -> &'static str {
        replies::SEND
    }

    fn slots(&self) -> usize {
        2
    }

    fn run(&self, job: Job) -> Running<'_> {
        Box::pin(async move { outcome(self.send(&job).await) })
    }
}

fn outcome(ran: Result<Outcome, Fault>) -> Outcome {
    ran.unwrap_or_else(|fault| Outcome::Retry { because: fault.to_string() })
}

fn receipt() -> Receipt {
    Receipt {
        by: "mx.post.example".to_owned(),
        words: "250 2.0.0 queued as 7".to_owned(),
        left_out: Vec::new(),
    }
}
