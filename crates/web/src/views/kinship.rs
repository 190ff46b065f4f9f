//! The cases that belong to a case: one that it continues, those that continue it, those whose messages it holds.

use super::marks::CaseState;

/// What stands in the side panel about cases that belong together.
///
/// Forms: `POST /cases/{id}/merges` with `into` (a reference), `POST /cases/{id}/partings` with `merged` (a case's id).
#[derive(Debug, Clone, Default)]
pub struct Kinship {
    /// The case that it continues.
    pub follows: Option<Relative>,
    /// Those that continue it.
    pub followed_by: Vec<Relative>,
    /// Those whose messages it holds.
    pub merged: Vec<Relative>,
    /// Cases that it could be merged into, to choose from.
    pub offered: Vec<Relative>,
    /// What was typed into the form of merging.
    pub into: String,
    /// The case that holds its messages now.
    pub holder: Option<Holder>,
    /// Since when further mails of one sender are gathered here: a sentence.
    pub flood: Option<String>,
}

/// A case that belongs to another.
#[derive(Debug, Clone)]
pub struct Relative {
    /// Its id, for the form.
    pub id: String,
    /// Where it is.
    pub url: String,
    /// What people quote.
    pub reference: String,
    /// Subject.
    pub subject: String,
    /// State.
    pub state: CaseState,
}

/// Where a merged case's messages are.
#[derive(Debug, Clone)]
pub enum Holder {
    /// In a case that the reader sees.
    Seen(Relative),
    /// In one that they don't.
    Elsewhere,
}

impl Kinship {
    /// Whether there is any case to name.
    pub fn has_relatives(&self) -> bool {
        self.follows.is_some() || !self.followed_by.is_empty() || !self.merged.is_empty()
    }
}
