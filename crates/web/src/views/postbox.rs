//! The demo's postbox: what customers received, and writing as a customer.

use super::marks::{Choice, Language, Pager, When};
use super::shell::Shell;
use askama::Template;

/// `GET /postbox`, `GET /postbox/{letter}`, `GET /postbox/new[?answers={letter}]`.
///
/// Form: `POST /postbox/letters` with `name`, `address`, `to` (mailbox address), `subject`, `text`, `answers` (the letter
/// being answered, or empty).
#[derive(Debug, Clone, Template)]
#[template(path = "postbox.html")]
pub struct Postbox {
    /// The frame.
    pub shell: Shell,
    /// The letters, newest first.
    pub letters: Vec<LetterLine>,
    /// Neighbouring pages.
    pub pager: Pager,
    /// What the right side shows.
    pub pane: Pane,
}

/// A letter in the list.
#[derive(Debug, Clone)]
pub struct LetterLine {
    /// Where it's read.
    pub url: String,
    /// Which way it went.
    pub way: Way,
    /// The customer.
    pub customer: String,
    /// The client's mailbox.
    pub mailbox: String,
    /// Subject.
    pub subject: String,
    /// When.
    pub at: When,
    /// Whether it's the one being read.
    pub is_current: bool,
}

/// Which way a letter went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// The customer received it.
    Received,
    /// The customer wrote it.
    Written,
}

/// The right side of the postbox.
#[derive(Debug, Clone)]
pub enum Pane {
    /// Nothing chosen yet.
    Nothing,
    /// A letter.
    Reading(Box<LetterOpen>),
    /// A new letter as a customer.
    Writing(Box<LetterDraft>),
}

/// A letter being read.
#[derive(Debug, Clone)]
pub struct LetterOpen {
    /// Which way it went.
    pub way: Way,
    /// From.
    pub from: String,
    /// To.
    pub to: String,
    /// Subject.
    pub subject: String,
    /// When.
    pub at: When,
    /// Language.
    pub language: Option<Language>,
    /// The text.
    pub text: String,
    /// Headers worth seeing: name and value.
    pub headers: Vec<(String, String)>,
    /// Where to answer it as the customer; only for received ones.
    pub answer_url: Option<String>,
    /// Attachments by name.
    pub attachments: Vec<String>,
}

/// A letter being written as a customer.
#[derive(Debug, Clone, Default)]
pub struct LetterDraft {
    /// The customer's name.
    pub name: String,
    /// The customer's address.
    pub address: String,
    /// Addresses of known customers: suggestions only.
    pub customers: Vec<String>,
    /// Mailboxes to write to.
    pub mailboxes: Vec<Choice>,
    /// Subject.
    pub subject: String,
    /// Text.
    pub text: String,
    /// The letter being answered, or empty.
    pub answers: String,
}

impl Way {
    /// The icon.
    pub fn icon(self) -> &'static str {
        match self {
            Self::Received => "inbound",
            Self::Written => "outbound",
        }
    }

    /// The word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Received => "Received",
            Self::Written => "Written",
        }
    }
}
