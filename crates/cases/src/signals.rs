//! Signals that somebody did not understand, as they are kept, and what they make of a case for the barrier meter.

use crate::{handlings::Handling, topics::Topic};
use kernel::{CaseId, EngagementId, Instant, LanguageTag, MessageId, PersonId};

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
