//! The gallery page: every part in every state.

use super::inbox::Row;
use super::marks::{CaseState, Choice, ClientMark, Language, PersonMark, Priority};
use super::shell::{Flash, Shell};
use super::thread::Entry;
use askama::Template;

/// `GET /gallery`. Its forms lead nowhere.
#[derive(Debug, Clone, Template)]
#[template(path = "gallery.html")]
pub struct Gallery {
    /// The frame.
    pub shell: Shell,
    /// Flashes of all kinds.
    pub flashes: Vec<Flash>,
    /// States.
    pub states: Vec<CaseState>,
    /// Priorities.
    pub priorities: Vec<Priority>,
    /// A client of each colour.
    pub clients: Vec<ClientMark>,
    /// Persons.
    pub people: Vec<PersonMark>,
    /// Languages.
    pub languages: Vec<Language>,
    /// Rows of the inbox.
    pub rows: Vec<Row>,
    /// Entries of a thread in all states.
    pub entries: Vec<Entry>,
    /// Choices for selects.
    pub choices: Vec<Choice>,
    /// All icons.
    pub icons: Vec<&'static str>,
}
