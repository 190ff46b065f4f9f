//! How well somebody knows which languages, on their own page and on that of owners.

use super::marks::{Choice, Language, When};

/// Somebody's languages with a form to say one.
///
/// The form posts `language`, `reading`, `writing`, `speaking` (`none`, `a1` … `c2`, `native`) and, for owners, `evidence`, `dated_on`,
/// `until_on` (may be empty).
#[derive(Debug, Clone, Default)]
pub struct Levels {
    /// Where the form goes.
    pub url: String,
    /// What counts now.
    pub lines: Vec<LevelLine>,
    /// What was said before and now, the newest first.
    pub history: Vec<HistoryLine>,
    /// Languages to say.
    pub languages: Vec<Choice>,
    /// Levels.
    pub levels: Vec<Choice>,
    /// Kinds of evidence; empty where only one's own word can be given.
    pub evidence: Vec<Choice>,
    /// Today, as the date field has it.
    pub today: String,
}

/// A language as it counts.
#[derive(Debug, Clone)]
pub struct LevelLine {
    /// The language.
    pub language: Language,
    /// "Native speaker", "Certified bilingual", "Writes it", "Reads it", "Not for work".
    pub standing: &'static str,
    /// The icon beside that word.
    pub icon: &'static str,
    /// "reads C1, writes B2, speaks B2".
    pub words: String,
    /// "tested 3 May 2026, holds until 3 Nov 2026".
    pub evidence: String,
    /// The evidence is over.
    pub is_over: bool,
}

/// An entry of the history.
#[derive(Debug, Clone)]
pub struct HistoryLine {
    /// "Polish: reads C1, writes B2, speaks B2, tested 3 May 2026".
    pub words: String,
    /// "Judith Rehm", or nobody.
    pub by: Option<String>,
    /// When it was entered.
    pub at: When,
}
