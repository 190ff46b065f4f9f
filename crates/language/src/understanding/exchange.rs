//! A thread, as the rules of understanding read it.

use kernel::{Instant, LanguageTag};

/// What a customer and the representatives wrote to each other, in order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Thread {
    /// The messages, the oldest first.
    pub turns: Vec<Turn>,
    /// Until when it is known that nothing more was written; without it silence isn't looked for after the last message.
    pub as_of: Option<Instant>,
}

/// One message of a thread.
#[derive(Clone, Debug, PartialEq)]
pub struct Turn {
    /// Who wrote it.
    pub from: From,
    /// When.
    pub at: Option<Instant>,
    /// In which language; unknown when nothing said so.
    pub language: LanguageTag,
    /// What was written, without quotations of earlier messages.
    pub text: String,
    /// Whether it asks the customer to do something.
    pub instruction: Instruction,
    /// The case that it belongs to, where the thread goes over several.
    pub case: Option<String>,
    /// How many times it was translated again before somebody was content.
    pub translated_again: u32,
}

/// Who wrote a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum From {
    /// The customer.
    Customer,
    /// Somebody of ours.
    Representative,
}

/// Whether a message asks the customer to do something.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Instruction {
    /// It does.
    Given,
    /// It doesn't.
    None,
    /// Nobody said; its words are looked at.
    #[default]
    Unknown,
}

impl Turn {
    /// A message with nothing known but its words.
    pub fn new(from: From, text: impl Into<String>) -> Self {
        Self {
            from,
            at: None,
            language: LanguageTag::unknown(),
            text: text.into(),
            instruction: Instruction::Unknown,
            case: None,
            translated_again: 0,
        }
    }
}

impl Thread {
    /// The messages of one side before a place, with their places, the latest first.
    pub(super) fn earlier(&self, before: usize, from: From) -> impl Iterator<Item = (usize, &Turn)> {
        self.turns[..before].iter().enumerate().rev().filter(move |(_, turn)| turn.from == from)
    }

    /// Somebody of the other side wrote between two places.
    pub(super) fn answered_between(&self, first: usize, second: usize) -> bool {
        self.turns[first..second].iter().any(|turn| turn.from != self.turns[first].from)
    }
}
