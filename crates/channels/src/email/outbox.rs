//! The job that sends a reply: through the server that the installation names, or into the postbox of a demo.

use super::{
    compose::compose,
    sender::{Credentials, Relay, Security, Sender, Sent},
    signing::sign,
};
use desk::{
    Desk,
    dispatch::{self, Ended, Outgoing, Receipt, Taken},
    outgoing::{self, Route},
    postbox, replies, sending_domains,
};
use jobs::{Handler, Job, Outcome, Running};
use kernel::{Fault, MailboxId, MessageId};
use std::{collections::HashMap, sync::Arc};
use tokio::sync::Mutex;

/// Where letters go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Destination {
    /// To the server that the installation names.
    Relay,
    /// Into the postbox: nothing leaves the machine.
    Postbox,
}

/// How many letters are handed over at the same time; few of them to one server.
const SLOTS: usize = 16;

/// A sender, and the route that it was made for.
type Known = (Route, Arc<Sender>);

/// Sends replies.
pub struct Outbox {
    desk: Desk,
    destination: Destination,
    password: Option<String>,
    hello_name: String,
    // One for each mailbox that has sent, whether the server is its own or the installation's.
    senders: Mutex<HashMap<Option<MailboxId>, Known>>,
}

impl Outbox {
    /// An outbox. The password is the relay's, if it asks for one.
    pub fn new(desk: Desk, destination: Destination, password: Option<String>, hello_name: String) -> Self {
        Self { desk, destination, password, hello_name, senders: Mutex::default() }
    }

    /// Sends one letter.
    ///
    /// # Errors
    /// A fault when the database can't be reached.
    pub async fn send(&self, outgoing: &Outgoing) -> Result<Ended, Fault> {
        let bytes = self.signed(outgoing, compose(&outgoing.letter)).await?;
        match self.destination {
            Destination::Relay => self.relay(outgoing, &bytes).await,
            Destination::Postbox => self.keep(outgoing, bytes).await,
        }
    }

    /// The letter with the signatures of its domain. A key that doesn't work holds up no letter: owners are told on the domain's page.
    async fn signed(&self, outgoing: &Outgoing, bytes: Vec<u8>) -> Result<Vec<u8>, Fault> {
        let mut signed = bytes;
        for signer in sending_domains::signers(&self.desk, &outgoing.letter.from.address).await? {
            match sign(&signed, &signer) {
                Ok(bytes) => signed = bytes,
                Err(fault) => {
                    let letter = outgoing.letter.message_id;
                    tracing::error!(%fault, key = signer.selector, %letter, "a letter goes unsigned");
                }
            }
        }
        Ok(signed)
    }

    async fn keep(&self, outgoing: &Outgoing, bytes: Vec<u8>) -> Result<Ended, Fault> {
        let Some(to) = outgoing.to.first() else {
            return Ok(Ended::Never { because: "The letter has no recipient.".to_owned() });
        };
        match postbox::keep_outgoing(&self.desk, to, &outgoing.from, &outgoing.letter.subject, bytes).await {
            Ok(()) => Ok(Ended::Sent(Receipt { by: "The postbox".to_owned(), ..Receipt::default() })),
            Err(stop) => Ok(Ended::Never { because: stop.to_string() }),
        }
    }

    async fn relay(&self, outgoing: &Outgoing, bytes: &[u8]) -> Result<Ended, Fault> {
        let sender = match self.sender(outgoing.mailbox).await? {
            Ok(sender) => sender,
            Err(because) => return Ok(Ended::Later { because, slows: None }),
        };
        let id = outgoing.letter.message_id_text();
        Ok(match sender.send(&outgoing.from, &outgoing.to, &id, bytes).await {
            Sent::Accepted { reply, by, left_out } => {
                let left_out = left_out.into_iter().map(|one| (one.address, one.because)).collect();
                Ended::Sent(Receipt { by, words: reply, left_out })
            }
            Sent::TryLater { because, slows } => Ended::Later { because, slows },
            Sent::Never { because } => Ended::Never { because },
        })
    }

    /// The connection to the server through which letters of this mailbox leave, as it is set up now, or why there is none.
    ///
    /// # Errors
    /// A fault when the database can't be reached.
    pub async fn sender(&self, mailbox: Option<MailboxId>) -> Result<Result<Arc<Sender>, String>, Fault> {
        let Some(route) = outgoing::route(&self.desk, mailbox).await? else {
            let sentence =
                "No server for outgoing mail is set up yet. An owner names one under Outgoing mail.";
            return Ok(Err(sentence.to_owned()));
        };
        // The installation's server is one, however many mailboxes write through it.
        let whose = mailbox.filter(|_| route.password.is_some());
        let mut known = self.senders.lock().await;
        if let Some((_, sender)) = known.get(&whose).filter(|(same, _)| *same == route) {
            return Ok(Ok(Arc::clone(sender)));
        }
        let sender = match Sender::new(self.described(&route)) {
            Ok(sender) => Arc::new(sender),
            Err(wrong) => return Ok(Err(wrong.to_string())),
        };
        known.insert(whose, (route, Arc::clone(&sender)));
        Ok(Ok(sender))
    }

    fn described(&self, route: &Route) -> Relay {
        let smarthost = &route.smarthost;
        let password = route.password.clone().or_else(|| self.password.clone()).unwrap_or_default();
        let user = smarthost.user.clone();
        Relay {
            host: smarthost.host.clone(),
            port: smarthost.port,
            security: match smarthost.security {
                outgoing::Security::Plain => Security::Plain,
                outgoing::Security::StartTls => Security::StartTls,
                outgoing::Security::Tls => Security::Tls,
            },
            credentials: (!user.is_empty()).then_some(Credentials { user, password }),
            hello_name: self.hello_name.clone(),
            extra_root: None,
        }
    }
}

impl Handler for Outbox {
    fn kind(&self) -> &'static str {
        replies::SEND
    }

    fn slots(&self) -> usize {
        SLOTS
    }

    fn run(&self, job: Job) -> Running<'_> {
        Box::pin(async move {
            let Ok(id) = job.subject.parse::<MessageId>() else {
                return Outcome::GiveUp { because: "The job doesn't name a reply.".to_owned() };
            };
            self.one(id, job.attempts).await.unwrap_or_else(|fault| {
                tracing::error!(%fault, reply = %id, "can't send a reply yet");
                Outcome::Retry { because: format!("The reply couldn't be sent: {fault}") }
            })
        })
    }
}

impl Outbox {
    async fn one(&self, reply: MessageId, tried: i64) -> Result<Outcome, Fault> {
        let (outgoing, _passage) = match dispatch::take(&self.desk, reply).await? {
            Taken::Gone => return Ok(Outcome::Done),
            Taken::Held { until } => return Ok(Outcome::Snooze { until }),
            Taken::Letter(outgoing, passage) => (outgoing, passage),
        };
        let ended = match self.send(&outgoing).await? {
            Ended::Later { because, .. } if tried + 1 >= jobs::TRIES => Ended::Never { because },
            ended => ended,
        };
        dispatch::ended(&self.desk, reply, &ended).await?;
        Ok(match ended {
            Ended::Sent(_) => Outcome::Done,
            Ended::Later { because, .. } => Outcome::Retry { because },
            Ended::Never { because } => Outcome::GiveUp { because },
        })
    }
}

#[cfg(test)]
mod tests;
#[cfg(test)]
mod turns;
