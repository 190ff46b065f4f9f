//! The note of a hand-over as data: what whoever takes a case has to know to go on where the other stopped.

use super::HandOverRefusal;
use kernel::{Instant, PageId, Party, PersonId};
use serde::{Deserialize, Serialize};

/// The longest that somebody adds at once, in characters.
pub const LONGEST_WORDS: usize = 2_000;

/// What the giver leaves behind.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Note {
    /// The customer's name.
    pub customer: String,
    /// Whose customer it is.
    pub client: String,
    /// What they need: what they wrote last, or first.
    pub needs: String,
    /// The language of those words, as a tag; empty where it isn't known.
    pub needs_language: String,
    /// What is established.
    pub facts: Vec<String>,
    /// What was tried.
    pub tried: Vec<Tried>,
    /// For whom everybody waits.
    pub waiting: Option<Waiting>,
    /// What was promised.
    pub promises: Vec<Promise>,
    /// What comes next.
    pub next: Option<Next>,
    /// The customer's language, by name.
    pub language: String,
    /// How they are addressed there.
    pub register: String,
    /// Their mood, by what they did and said: a fact, not how somebody felt about it.
    pub mood: Vec<String>,
    /// What mustn't be done.
    pub do_not: Vec<String>,
    /// People are being called for it.
    pub page: Option<PageId>,
    /// What the giver added, in order.
    pub added: Vec<Added>,
}

/// Something that was tried.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tried {
    /// When.
    pub at: Instant,
    /// What.
    pub what: String,
    /// By whom.
    pub by: String,
    /// What came of it.
    pub result: String,
}

/// For whom everybody waits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Waiting {
    /// For whom.
    pub party: Party,
    /// Since when.
    pub since: Instant,
    /// Why.
    pub because: String,
}

/// What was promised.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Promise {
    /// What.
    pub what: String,
    /// By when; none where the time stands still.
    pub until: Option<Instant>,
    /// Who promised it.
    pub by: String,
}

/// What comes next.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Next {
    /// What.
    pub what: String,
    /// Whose it is.
    pub owner: String,
    /// Not before.
    pub not_before: Option<Instant>,
    /// Not after.
    pub not_after: Option<Instant>,
}

/// What somebody added.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Added {
    /// Who.
    pub by: PersonId,
    /// Their name.
    pub name: String,
    /// When.
    pub at: Instant,
    /// Their words.
    pub words: String,
}

impl Added {
    /// Words as they are added.
    ///
    /// # Errors
    /// [`HandOverRefusal::NoteEmpty`], [`HandOverRefusal::NoteTooLong`].
    pub fn words(typed: &str) -> Result<String, HandOverRefusal> {
        let typed = typed.trim();
        match typed.chars().count() {
            0 => Err(HandOverRefusal::NoteEmpty),
            many if many > LONGEST_WORDS => Err(HandOverRefusal::NoteTooLong),
            _ => Ok(typed.to_owned()),
        }
    }
}
