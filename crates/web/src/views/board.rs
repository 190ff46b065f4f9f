//! The board: how each team stands now.

use super::marks::{ClientMark, When};
use super::shell::Shell;
use askama::Template;

/// `GET /board`. It is fetched again whenever something changes, and each minute.
#[derive(Debug, Clone, Template)]
#[template(path = "board.html")]
pub struct Board {
    /// The frame.
    pub shell: Shell,
    /// The teams.
    pub teams: Vec<Team>,
    /// When it was drawn.
    pub at: When,
}

/// A team.
#[derive(Debug, Clone)]
pub struct Team {
    /// Its anchor on the page.
    pub id: String,
    /// Whose customers.
    pub client: ClientMark,
    /// The engagement.
    pub name: String,
    /// "Open now", "Closed now".
    pub hours: &'static str,
    /// It is open.
    pub is_open: bool,
    /// The figures, each a number and what it counts.
    pub figures: Vec<Figure>,
    /// What is due first.
    pub due: Vec<DueRow>,
    /// Who is there, or has something in hand.
    pub people: Vec<PersonRow>,
    /// How many are there.
    pub there: usize,
    /// "Overflow is on since 14:05; 7 cases came over today."; may be empty.
    pub overflow: String,
    /// It is on.
    pub is_overflowing: bool,
}

/// A figure.
#[derive(Debug, Clone)]
pub struct Figure {
    /// The number, or an age.
    pub number: String,
    /// What it counts.
    pub words: &'static str,
    /// Where it leads; may be empty.
    pub url: String,
    /// Somebody should look.
    pub is_urgent: bool,
}

/// A case that is due.
#[derive(Debug, Clone)]
pub struct DueRow {
    /// The case.
    pub url: String,
    /// Its subject.
    pub subject: String,
    /// "first reply".
    pub what: &'static str,
    /// "in 40 min", "2 h late".
    pub until: String,
    /// When.
    pub at: When,
    /// It is late.
    pub is_late: bool,
    /// Who has it; empty where nobody does.
    pub who: String,
}

/// Somebody of the team.
#[derive(Debug, Clone)]
pub struct PersonRow {
    /// Their name.
    pub name: String,
    /// Their initials.
    pub initials: String,
    /// "available", "busy", "away", "not on shift".
    pub state: &'static str,
    /// The word for the style: `there`, `busy`, `away`.
    pub kind: &'static str,
    /// "until 18:00"; empty where they aren't there.
    pub until: String,
    /// "3 of 6".
    pub load: String,
    /// How full they are, in hundredths.
    pub share: i64,
    /// What of it is due first: "in 40 min"; may be empty.
    pub due: String,
    /// That is late.
    pub is_late: bool,
}
