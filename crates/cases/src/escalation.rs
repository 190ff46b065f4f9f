//! Rule: an escalation hands a part of a case to the client's own specialist or to a vendor. Where it stands, who may take which step,
//! and when going to and fro calls a lead. The case keeps its owner throughout.

mod address;
mod refusals;
#[cfg(test)]
mod tests;
mod wording;

pub use address::{answer_address, answered_at};
pub use refusals::EscalationRefusal;
pub use wording::{EscalationWords, escalation_words};

use crate::{case::words, escalation_forms::Form};
use kernel::{Because, CaseId, EscalationId, Instant, MessageId, Party, PersonId, VendorId};
use serde::{Deserialize, Serialize};

/// The longest text of one step, in characters.
pub const LONGEST: usize = 100_000;
/// How often it may come back without an answer before a lead is called.
const MOST_BOUNCES: i64 = 2;

words! {
    /// Who has it.
    HandedTo {
        /// One of the client's own specialists.
        ClientResolver = "client_resolver",
        /// A maker, a repair depot, a software house.
        Vendor = "vendor",
    }
}

words! {
    /// Where an escalation stands.
    Standing {
        /// It waits for whoever has it.
        Open = "open",
        /// Whoever has it needs to know more.
        NeedsInformation = "needs_information",
        /// Whoever has it works on it.
        Accepted = "accepted",
        /// Whoever had it doesn't do it.
        Rejected = "rejected",
        /// There is an answer that can go to the customer.
        Answered = "answered",
        /// It is over.
        Closed = "closed",
    }
}

words! {
    /// Which form goes with it.
    FormKind {
        /// A thing that is repaired or exchanged.
        Hardware = "hardware",
        /// A program with a fault.
        Software = "software",
        /// Anything else: words only.
        Other = "other",
    }
}

words! {
    /// What happened to it.
    Act {
        /// It was handed over.
        Opened = "opened",
        /// Whoever has it asked for information.
        AskedBack = "asked_back",
        /// The information was given.
        Supplied = "supplied",
        /// It was accepted.
        Accepted = "accepted",
        /// It was rejected.
        Rejected = "rejected",
        /// It was answered.
        Answered = "answered",
        /// It was handed over again, because the answer or the rejection doesn't help.
        SentAgain = "sent_again",
        /// Whoever has it was reminded.
        Reminded = "reminded",
        /// Words came that move nothing: an automatic mail, or one after the end.
        Noted = "noted",
        /// It wasn't answered in time.
        Overdue = "overdue",
        /// It is over.
        Closed = "closed",
    }
}

/// A fact about the case that is handed over because somebody chose to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SharedFact {
    /// What it is: `customer_name`, `customer_address`, `reference`.
    pub name: String,
    /// Its value.
    pub value: String,
}

/// A part of a case in somebody else's hands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Escalation {
    /// The escalation.
    pub id: EscalationId,
    /// The case.
    pub case: CaseId,
    /// Who has it.
    pub to: HandedTo,
    /// The specialist, if it is somebody with an account.
    pub person: Option<PersonId>,
    /// The vendor.
    pub vendor: Option<VendorId>,
    /// Where its letters go.
    pub address: String,
    /// Which form goes with it.
    pub kind: FormKind,
    /// Where it stands.
    pub standing: Standing,
    /// What is asked.
    pub asked: String,
    /// What was tried.
    pub tried: String,
    /// What is handed over of the case.
    pub shared: Vec<SharedFact>,
    /// The fields of its form.
    pub form: Form,
    /// What can be told to the customer; may be empty.
    pub answer: String,
    /// By when it is needed.
    pub needed_at: Option<Instant>,
    /// Who handed it over.
    pub opened_by: Option<PersonId>,
    /// When.
    pub opened_at: Instant,
    /// When it ended.
    pub closed_at: Option<Instant>,
    /// How often it has come back without an answer that helps.
    pub bounces: i64,
    /// The hash of the secret in its link.
    pub token_hash: Option<String>,
    /// Until when the link opens.
    pub token_until: Option<Instant>,
    /// When it was told that it is overdue.
    pub overdue_at: Option<Instant>,
}

/// One thing that happened to an escalation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EscalationStep {
    /// When.
    pub at: Instant,
    /// What.
    pub act: Act,
    /// Where it stands from then on.
    pub standing: Standing,
    /// Who did it, if they have an account.
    pub person: Option<PersonId>,
    /// Who did it, in words.
    pub name: String,
    /// What they said; may be empty.
    pub words: String,
    /// The letter that told of it, or the mail that brought it.
    pub message: Option<MessageId>,
}

/// What whoever has an escalation does with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Taken {
    /// They ask for what they need to know.
    AskBack(String),
    /// They work on it, perhaps with a word.
    Accept(String),
    /// They don't do it, for this reason.
    Reject(String),
    /// They answer: what can be told to the customer, and what only we need to know.
    Answer {
        /// What can be told to the customer.
        customer_ready: String,
        /// What only we need to know; may be empty.
        beside: String,
    },
}

/// What those who handed it over do with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Given {
    /// They give the information that was asked for, or add some.
    Supply(String),
    /// The answer or the rejection doesn't help: they ask again, and say what is missing.
    SendAgain(String),
    /// They remind whoever has it, perhaps with a word.
    Remind(String),
    /// They end it: with the answer, or without one by a decision that has a reason.
    Close(String),
}

/// What a step makes of an escalation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moved {
    /// What happened.
    pub act: Act,
    /// Where it stands now.
    pub standing: Standing,
    /// What was said.
    pub words: String,
    /// How often it has come back now.
    pub bounces: i64,
    /// Whose turn it is at the case now; `None` where that doesn't change.
    pub turn: Option<TurnOf>,
    /// Why a lead is called now.
    pub calls_lead: Option<Because>,
}

/// Whose turn it is at a case with an escalation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TurnOf {
    /// Of those who handed it over.
    Givers,
    /// Of whoever has it.
    Holder,
}

impl HandedTo {
    /// Whose turn it is at the case while they have it.
    pub fn party(self) -> Party {
        match self {
            Self::ClientResolver => Party::ClientResolver,
            Self::Vendor => Party::Vendor,
        }
    }
}

impl Standing {
    /// Whoever has it has to act.
    pub fn waits_for_holder(self) -> bool {
        matches!(self, Self::Open | Self::Accepted)
    }

    /// Those who handed it over have to act.
    pub fn waits_for_givers(self) -> bool {
        matches!(self, Self::NeedsInformation | Self::Rejected | Self::Answered)
    }
}

impl Escalation {
    /// Whoever has it takes a step.
    ///
    /// # Errors
    /// [`EscalationRefusal`] when it is over or answered, or words are missing or too long.
    pub fn taken(&self, step: Taken) -> Result<Moved, EscalationRefusal> {
        match self.standing {
            Standing::Closed => return Err(EscalationRefusal::Over),
            Standing::Answered => return Err(EscalationRefusal::AnsweredBefore),
            _ => {}
        }
        let (here, bounced) = (self.standing, self.bounces + 1);
        match step {
            Taken::AskBack(_) if matches!(here, Standing::NeedsInformation | Standing::Rejected) => {
                Err(EscalationRefusal::NotNow)
            }
            Taken::AskBack(words) => {
                let words = said(words, EscalationRefusal::NeedsQuestion)?;
                Ok(self.moved(Act::AskedBack, Standing::NeedsInformation, words, bounced))
            }
            Taken::Accept(_) if here == Standing::Accepted => Err(EscalationRefusal::NotNow),
            Taken::Accept(words) => {
                Ok(self.moved(Act::Accepted, Standing::Accepted, fits(words)?, self.bounces))
            }
            Taken::Reject(_) if here == Standing::Rejected => Err(EscalationRefusal::NotNow),
            Taken::Reject(words) => {
                let words = said(words, EscalationRefusal::NeedsReason)?;
                Ok(self.moved(Act::Rejected, Standing::Rejected, words, bounced))
            }
            Taken::Answer { customer_ready, beside } => {
                said(customer_ready, EscalationRefusal::NeedsAnswer)?;
                Ok(self.moved(Act::Answered, Standing::Answered, fits(beside)?, self.bounces))
            }
        }
    }

    /// Those who handed it over take a step.
    ///
    /// # Errors
    /// [`EscalationRefusal`] when it is over, the step makes no sense where it stands, or words are missing or too long.
    pub fn given(&self, step: Given) -> Result<Moved, EscalationRefusal> {
        let here = self.standing;
        if here == Standing::Closed {
            return Err(EscalationRefusal::Over);
        }
        match step {
            Given::Supply(_) if matches!(here, Standing::Rejected | Standing::Answered) => {
                Err(EscalationRefusal::NotNow)
            }
            Given::Supply(words) => {
                let next = if here == Standing::NeedsInformation { Standing::Open } else { here };
                let words = said(words, EscalationRefusal::NeedsInformation)?;
                Ok(self.moved(Act::Supplied, next, words, self.bounces))
            }
            Given::SendAgain(words) => {
                let words = said(words, EscalationRefusal::NeedsReason)?;
                let bounces = match here {
                    // An answer that doesn't help has come back without one; a rejection was counted when it came.
                    Standing::Answered => self.bounces + 1,
                    Standing::Rejected => self.bounces,
                    _ => return Err(EscalationRefusal::NotNow),
                };
                Ok(self.moved(Act::SentAgain, Standing::Open, words, bounces))
            }
            Given::Remind(_) if !here.waits_for_holder() => Err(EscalationRefusal::NotNow),
            Given::Remind(words) => Ok(self.moved(Act::Reminded, here, fits(words)?, self.bounces)),
            Given::Close(words) if here == Standing::Answered => {
                Ok(self.moved(Act::Closed, Standing::Closed, fits(words)?, self.bounces))
            }
            Given::Close(words) => {
                let words = said(words, EscalationRefusal::NeedsDecision)?;
                Ok(self.moved(Act::Closed, Standing::Closed, words, self.bounces))
            }
        }
    }

    fn moved(&self, act: Act, standing: Standing, words: String, bounces: i64) -> Moved {
        let turn = match standing {
            _ if standing == self.standing => None,
            _ if standing.waits_for_holder() => Some(TurnOf::Holder),
            _ => Some(TurnOf::Givers),
        };
        let is_new = bounces > MOST_BOUNCES && self.bounces <= MOST_BOUNCES;
        let sentence = || format!("It has come back {bounces} times without an answer that helps.");
        let calls_lead = is_new.then(|| Because::new("escalated.bounced_too_often", sentence()));
        Moved { act, standing, words, bounces, turn, calls_lead }
    }

    /// Whether it should be told that this wasn't answered in time.
    pub fn is_overdue(&self, now: Instant) -> bool {
        let is_late = self.needed_at.is_some_and(|needed| needed <= now);
        is_late
            && self.overdue_at.is_none()
            && !matches!(self.standing, Standing::Answered | Standing::Closed)
    }

    /// Whether a link opens it.
    pub fn is_linked(&self, now: Instant) -> bool {
        self.token_until.is_some_and(|until| now < until)
    }
}

fn said(words: String, missing: EscalationRefusal) -> Result<String, EscalationRefusal> {
    if words.trim().is_empty() { Err(missing) } else { fits(words) }
}

/// Words as they are kept.
///
/// # Errors
/// [`EscalationRefusal::TooLong`].
pub fn fits(words: String) -> Result<String, EscalationRefusal> {
    let words = words.trim();
    if words.chars().count() > LONGEST { Err(EscalationRefusal::TooLong) } else { Ok(words.to_owned()) }
}
