//! The wish for somebody in the customer's country, at a case.

use super::marks::{Choice, When};

/// What was asked and what became of it.
///
/// Forms under `/cases/{id}`: `/place-requests` with `country`; `/place-requests/refusals` with `because`.
#[derive(Debug, Clone, Default)]
pub struct CasePlace {
    /// What happened, the newest last.
    pub lines: Vec<PlaceLine>,
    /// A request is open.
    pub is_open: bool,
    /// Its country is known.
    pub is_known: bool,
    /// Who works there: "Ana Kolar, Jan Nowak".
    pub there: String,
    /// Countries to choose from.
    pub countries: Vec<Choice>,
}

/// One request.
#[derive(Debug, Clone)]
pub struct PlaceLine {
    /// "The customer asked for somebody in Germany."
    pub sentence: String,
    /// When.
    pub at: When,
    /// The words that say so; may be empty.
    pub words: String,
    /// The icon beside it.
    pub icon: &'static str,
    /// It is open.
    pub is_open: bool,
}
