//! Signals that somebody did not understand, as they are kept, and what they make of a case for the barrier meter.

use crate::{
    Case, Message, MessageKind,
    handlings::{Handled, Handling},
    topics::{CaseTopic, Topic},
};
use kernel::{CaseId, EngagementId, Instant, LanguageTag, MessageId, PersonId};
use std::collections::BTreeSet;

crate::case::words! {
    /// Who did not understand.
    Side {
        /// The customer.
        Customer = "customer",
        /// One of ours.
        Us = "us",
    }
}

/// A signal that somebody did not understand.
#[derive(Clone, Debug, PartialEq)]
pub struct KeptSignal {
    /// The message that shows it.
    pub message: MessageId,
    /// Its case.
    pub case: CaseId,
    /// Its kind, as the rules of understanding call it.
    pub kind: String,
    /// Who did not understand.
    pub side: Side,
    /// How sure that is, 0 to 1.
    pub confidence: f64,
    /// Why it is one.
    pub because: String,
    /// The words that show it.
    pub words: String,
    /// When the message was written.
    pub at: Instant,
    /// Who said that it isn't so.
    pub dismissed_by: Option<PersonId>,
}

/// What the barrier meter counts of a case that was answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Understood {
    /// The case.
    pub case: CaseId,
    /// Who worked on it.
    pub engagement: EngagementId,
    /// The customer's language.
    pub customer_language: LanguageTag,
    /// The language in which the last answer was written.
    pub own_language: LanguageTag,
    /// How the last answer was handled.
    pub handling: Handling,
    /// What it is about; `None` for anything that isn't risky.
    pub topic: Option<Topic>,
    /// When it was last answered.
    pub answered_at: Instant,
    /// Somebody did not understand.
    pub is_misunderstood: bool,
    /// The customer's last message still shows it.
    pub is_unresolved: bool,
    /// The customer came back with the same within seven days.
    pub is_repeated: bool,
    /// The customer asked for a person, or for one who speaks the language.
    pub asks_for_person: bool,
    /// Messages that ask back or ask again.
    pub clarifications: i64,
}

impl KeptSignal {
    /// It is as sure as that, and nobody said that it isn't so.
    pub fn counts(&self, from: f64) -> bool {
        self.confidence >= from && self.dismissed_by.is_none()
    }
}

impl Understood {
    /// What a case shows that was last answered by `answer`. `counts` are the signals that count.
    pub fn of(
        case: &Case,
        messages: &[Message],
        answer: &Message,
        handled: Handled,
        topics: &[CaseTopic],
        counts: &[&KeptSignal],
    ) -> Self {
        let by_customer = |one: &&Message| one.kind == MessageKind::Customer && one.automatic.is_none();
        let last = messages.iter().rev().find(by_customer);
        let has = |kind: &str| counts.iter().any(|one| one.kind == kind);
        let asks = |one: &&&KeptSignal| ["asking_back", "repeated_question"].contains(&one.kind.as_str());
        let asking: BTreeSet<MessageId> = counts.iter().filter(asks).map(|one| one.message).collect();
        Self {
            case: case.id,
            engagement: case.engagement,
            customer_language: handled.customer_language,
            own_language: handled.own_language,
            handling: handled.handling,
            topic: topics.iter().map(|one| one.topic).min_by_key(|topic| topic.as_str()),
            answered_at: answer.at,
            is_misunderstood: !counts.is_empty(),
            is_unresolved: last.is_some_and(|last| counts.iter().any(|one| one.at >= last.at)),
            is_repeated: has("repeat_contact"),
            asks_for_person: has("asks_for_person"),
            clarifications: i64::try_from(asking.len()).unwrap_or(i64::MAX),
        }
    }
}
