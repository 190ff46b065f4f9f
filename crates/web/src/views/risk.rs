//! What makes a wrong word expensive: topics, approved texts, and readers of translated replies.

use super::marks::{Choice, Language, When};

/// What an owner chooses for a client.
///
/// Forms: `POST /clients/{id}/risky-topics` with `topic` (several); `POST /clients/{id}/approved-texts` with `name`, `language`, `text`
/// (empty takes it back).
#[derive(Debug, Clone, Default)]
pub struct ClientRisk {
    /// The topics, risky ones chosen.
    pub topics: Vec<Choice>,
    /// Texts that may leave without a reader.
    pub texts: Vec<ApprovedText>,
    /// Languages to choose from.
    pub languages: Vec<Choice>,
}

/// A text that may leave without a reader.
#[derive(Debug, Clone)]
pub struct ApprovedText {
    /// What it is called.
    pub name: String,
    /// Its language.
    pub tag: String,
    /// The language's name.
    pub language: String,
    /// The text.
    pub text: String,
    /// When it was approved.
    pub at: When,
}

/// What makes a wrong word expensive in a case.
///
/// Forms under `/cases/{id}`: `/topics` and `/topics/removals` with `topic`; `/readers` with `own` and `text`; `/readings` with `author`,
/// `verdict` = `same` or `returned`, `text`, `words`.
#[derive(Debug, Clone, Default)]
pub struct CaseRisk {
    /// The topics that the case touches.
    pub topics: Vec<TopicLine>,
    /// The other topics, to be added by hand.
    pub others: Vec<Choice>,
    /// One of them is marked by the client.
    pub is_risky: bool,
    /// The reader of the page writes to the customer by themselves, or reads the language.
    pub is_reader: bool,
    /// What became of the reader's own request.
    pub own: Option<OwnCheck>,
    /// What others want to be read.
    pub readings: Vec<ReadingForm>,
}

/// A topic.
#[derive(Debug, Clone)]
pub struct TopicLine {
    /// The word that forms send.
    pub topic: &'static str,
    /// "Money".
    pub title: &'static str,
    /// The words that say so; empty where somebody added it.
    pub words: String,
    /// The client marks it.
    pub is_marked: bool,
    /// It was added by hand and can be taken back.
    pub is_by_hand: bool,
}

/// What became of one's own request for a reader.
#[derive(Debug, Clone)]
pub struct OwnCheck {
    /// "Waits for somebody who reads it, since 09:40."
    pub sentence: String,
    /// The icon beside it.
    pub icon: &'static str,
    /// What the reader said.
    pub words: String,
}

/// A translated reply that waits for a reader.
#[derive(Debug, Clone)]
pub struct ReadingForm {
    /// Who wrote it.
    pub author: String,
    /// Their name.
    pub name: String,
    /// Since when it waits.
    pub since: When,
    /// Their words.
    pub own: String,
    /// The language of their words.
    pub own_language: Option<Language>,
    /// What the customer is to read.
    pub text: String,
    /// The customer's language.
    pub language: Option<Language>,
    /// The reader of the page can judge it.
    pub may_judge: bool,
}

/// A case in which a reader is waited for, above the inbox.
#[derive(Debug, Clone)]
pub struct AwaitedLine {
    /// Where it is.
    pub url: String,
    /// What people quote.
    pub reference: String,
    /// The language's name.
    pub language: String,
    /// Since when.
    pub since: When,
}
