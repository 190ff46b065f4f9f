//! A client's words: the pages of its terms and of its translation memory.

use super::marks::{Choice, ClientMark, Language, Pager};
use super::shell::Shell;
use askama::Template;

/// `GET /clients/{client}/terms`.
///
/// Forms: `GET` with `words`; `POST /clients/{client}/terms` as [`TermForm`]; `POST …/terms/{term}/removals`;
/// `POST …/terms/files` with `file`.
#[derive(Debug, Clone, Template)]
#[template(path = "terms.html")]
pub struct Terms {
    /// The frame.
    pub shell: Shell,
    /// The client.
    pub mark: ClientMark,
    /// What was sought.
    pub words: String,
    /// The terms of this page.
    pub rows: Vec<TermRow>,
    /// How many the client has.
    pub all: i64,
    /// A new term, perhaps typed already.
    pub form: TermForm,
    /// Its form is to stand open.
    pub is_adding: bool,
    /// What came of a file.
    pub brought: Option<Brought>,
    /// Neighbouring pages.
    pub pager: Pager,
}

/// A term.
#[derive(Debug, Clone)]
pub struct TermRow {
    /// Its id.
    pub id: String,
    /// The client's name for it.
    pub name: String,
    /// It stays as it is in every language.
    pub is_kept: bool,
    /// Which sense is meant; may be empty.
    pub sense: String,
    /// What a translator should know; may be empty.
    pub note: String,
    /// Its field; may be empty.
    pub subject: String,
    /// How it is said.
    pub forms: Vec<FormLine>,
}

/// A form of a term.
#[derive(Debug, Clone)]
pub struct FormLine {
    /// Its language; none for what is kept in all.
    pub language: Option<Language>,
    /// The words.
    pub text: String,
    /// "not to be used", "may be used"; empty for the word to use.
    pub status: &'static str,
    /// It must not be used.
    pub is_forbidden: bool,
    /// What to know about it; may be empty.
    pub note: String,
}

/// The form of a term: `name`, `kind`, `sense`, `note`, `subject`, and for each form `language`, `form`, `part`, `status`, `form_note`.
#[derive(Debug, Clone, Default)]
pub struct TermForm {
    /// Where it goes.
    pub url: String,
    /// The client's name for the term.
    pub name: String,
    /// `translate` or `keep`.
    pub kinds: Vec<Choice>,
    /// Which sense is meant.
    pub sense: String,
    /// What a translator should know.
    pub note: String,
    /// Its field.
    pub subject: String,
    /// The forms, with empty lines for more.
    pub lines: Vec<FormFields>,
}

/// One line of forms.
#[derive(Debug, Clone)]
pub struct FormFields {
    /// From 1, for labels.
    pub number: usize,
    /// The languages.
    pub languages: Vec<Choice>,
    /// The words.
    pub text: String,
    /// The parts of speech.
    pub parts: Vec<Choice>,
    /// Whether it should be used.
    pub statuses: Vec<Choice>,
    /// What to know about it.
    pub note: String,
}

/// What came of a file.
#[derive(Debug, Clone)]
pub struct Brought {
    /// "41 terms were brought in."
    pub sentence: String,
    /// What couldn't be taken over, as far as it is shown.
    pub problems: Vec<String>,
    /// How many more there are.
    pub more: usize,
}

/// `GET /clients/{client}/terms/{term}`.
///
/// Forms: `POST` as [`TermForm`]; `POST …/removals`.
#[derive(Debug, Clone, Template)]
#[template(path = "term.html")]
pub struct Term {
    /// The frame.
    pub shell: Shell,
    /// The client.
    pub mark: ClientMark,
    /// What the term is called.
    pub title: String,
    /// The term.
    pub form: TermForm,
}

/// `GET /clients/{client}/memory`.
///
/// Forms: `GET` with `words`, `pair`; `POST …/memory/{entry}/removals`; `POST …/memory/files` with `file`.
#[derive(Debug, Clone, Template)]
#[template(path = "memory.html")]
pub struct Memory {
    /// The frame.
    pub shell: Shell,
    /// The client.
    pub mark: ClientMark,
    /// What was sought.
    pub words: String,
    /// The directions, with how much there is in each.
    pub pairs: Vec<Choice>,
    /// "1,204 entries in 4 directions".
    pub summary: String,
    /// The entries of this page.
    pub entries: Vec<EntryLine>,
    /// What came of a file.
    pub brought: Option<Brought>,
    /// Neighbouring pages.
    pub pager: Pager,
}

/// An entry of a translation memory.
#[derive(Debug, Clone)]
pub struct EntryLine {
    /// Its id.
    pub id: String,
    /// The language of the sentence.
    pub from: Option<Language>,
    /// The sentence.
    pub source: String,
    /// The language of its translation.
    pub to: Option<Language>,
    /// The translation.
    pub target: String,
    /// "Ana Reis, 3 Mar".
    pub who: String,
    /// "reads both languages", "doesn't read the language".
    pub read: &'static str,
    /// They read both languages.
    pub is_read: bool,
}
