//! What to simplify in a draft, beside it.

use super::marks::Language;
use askama::Template;

/// What there is to say about a draft; nothing until somebody asks.
#[derive(Debug, Clone, Default, Template)]
#[template(path = "parts/plain.html")]
pub struct Plain {
    /// The draft was looked at.
    pub is_looked_at: bool,
    /// Its language.
    pub language: Option<Language>,
    /// What to simplify, the first of it.
    pub hints: Vec<PlainHint>,
    /// The rest of it, folded.
    pub more: Vec<PlainHint>,
    /// How hard it is to read.
    pub reading: Option<String>,
}

/// The same for the page that shows the draft already.
#[derive(Debug, Clone, Template)]
#[template(path = "plain_stream.html")]
pub struct PlainStream {
    /// Case id.
    pub case: String,
    /// What there is to say.
    pub plain: Plain,
}

/// A place that is hard to read or to translate.
#[derive(Debug, Clone)]
pub struct PlainHint {
    /// Its words.
    pub passage: String,
    /// Why it is hard.
    pub why: String,
    /// What to do.
    pub suggestion: String,
}

impl Plain {
    /// "3 places could be plainer"
    pub fn count(&self) -> String {
        match self.hints.len() + self.more.len() {
            1 => "One place could be plainer".to_owned(),
            many => format!("{many} places could be plainer"),
        }
    }
}
