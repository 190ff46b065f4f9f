//! Messages in another language: what a machine made of a customer's words, and the words of ours from which a reply was translated.

use kernel::{CaseId, Instant, LanguageTag, MessageId, PersonId};
use serde::{Deserialize, Serialize};

/// A part of a message and the same part in the other language, in bytes of each text.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Aligned {
    /// Where it begins in the message.
    pub start: usize,
    /// Where it ends there.
    pub end: usize,
    /// Where it begins in the other text.
    pub other_start: usize,
    /// Where it ends there.
    pub other_end: usize,
    /// How sure the translation is, from 0 to 1.
    pub confidence: f64,
    /// Who said it in the other language.
    #[serde(default)]
    pub said_by: SaidBy,
}

/// Who said a part of a message in the other language.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SaidBy {
    /// An engine, or nobody had to.
    #[default]
    Machine,
    /// The client's translation memory; this sentence tells who approved it and when.
    Memory(String),
    /// Nobody yet: it stands there as in the original.
    Nobody,
}

/// Which of the two texts is the original.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Original {
    /// The message: the other text is its translation.
    Message,
    /// The other text: the message is its translation.
    Other,
}

/// A message in another language.
#[derive(Clone, Debug, PartialEq)]
pub struct Translated {
    /// The message.
    pub message: MessageId,
    /// The other language.
    pub language: LanguageTag,
    /// Which of the two is the original.
    pub original: Original,
    /// Who translated, as "Firefox en-pt"; empty until it is done.
    pub engine: String,
    /// The other text; empty until it is done.
    pub text: String,
    /// Which parts belong together.
    pub segments: Vec<Aligned>,
    /// Why it couldn't be translated; empty where it could.
    pub because: String,
    /// When it was asked for.
    pub asked_at: Instant,
    /// When it was done, or given up.
    pub done_at: Option<Instant>,
}

impl Translated {
    /// It is there and can be read.
    pub fn is_done(&self) -> bool {
        self.done_at.is_some() && self.because.is_empty()
    }
}

/// A reply that is being written in one language and said in another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DraftTranslation {
    /// The case.
    pub case: CaseId,
    /// Who writes.
    pub person: PersonId,
    /// Their words.
    pub own: String,
    /// The language of their words.
    pub own_language: LanguageTag,
    /// What the customer is to read, as the machine said it.
    pub text: String,
    /// The language of that.
    pub language: LanguageTag,
    /// Who translated.
    pub engine: String,
    /// The same said back in the language of their words; empty where that can't be had.
    pub back: String,
    /// When it was translated.
    pub at: Instant,
}
