//! The week of a team: people by days, with shifts, breaks, absences and duties.

use super::marks::{Choice, When};
use super::shell::Shell;
use askama::Template;

/// `GET /roster?team=…&week=2026-11-23&zone=Europe/Lisbon`.
///
/// Forms: `POST /roster/{team}/shifts` with `person`, `day`, `from`, `until`, `breaks`, `zone`, `week`;
/// `POST /roster/{team}/shifts/{shift}/removals`; `POST /roster/{team}/copies` with `week`, `zone`; `POST /roster/{team}/files` with a
/// file; `POST /roster/{team}/absences` with `person`, `kind`, `from`, `until`, `zone`;
/// `POST /roster/{team}/absences/{leave}/endings`.
#[derive(Debug, Clone, Template)]
#[template(path = "roster.html")]
pub struct Roster {
    /// The frame.
    pub shell: Shell,
    /// The teams to choose from.
    pub teams: Vec<Choice>,
    /// The zones to choose from.
    pub zones: Vec<Choice>,
    /// The team's name.
    pub team: String,
    /// Where its forms go: `/roster/{team}`.
    pub url: String,
    /// The Monday: `2026-11-23`.
    pub week: String,
    /// "23 to 29 Nov 2026".
    pub title: String,
    /// The zone of all times.
    pub zone: String,
    /// The weeks before and after, and this one.
    pub before_url: String,
    /// The week after.
    pub after_url: String,
    /// This week; none when it is shown.
    pub this_url: Option<String>,
    /// The days: "Mon 23".
    pub days: Vec<Day>,
    /// The people.
    pub people: Vec<Row>,
    /// The reader may change it.
    pub may_draw: bool,
    /// The team has drawn no shift for long, so that the hours of service count.
    pub has_no_roster: bool,
    /// People for the forms.
    pub choices: Vec<Choice>,
    /// Kinds of absence.
    pub kinds: Vec<Choice>,
    /// Today, for the forms.
    pub today: String,
    /// What came of a file.
    pub brought: Option<Brought>,
}

/// A day of the week.
#[derive(Debug, Clone)]
pub struct Day {
    /// "Mon 23".
    pub words: String,
    /// It is today.
    pub is_today: bool,
}

/// Somebody in the week.
#[derive(Debug, Clone)]
pub struct Row {
    /// Their name.
    pub name: String,
    /// "Lisbon, PT".
    pub place: String,
    /// "Available".
    pub presence: &'static str,
    /// The seven days.
    pub cells: Vec<Cell>,
    /// "38 h".
    pub hours: String,
}

/// A day of somebody's.
#[derive(Debug, Clone)]
pub struct Cell {
    /// It is today.
    pub is_today: bool,
    /// The drawn parts of the day, from 0 to 1,440 minutes.
    pub bars: Vec<Bar>,
    /// The shifts that begin on it.
    pub shifts: Vec<ShiftLine>,
    /// The absences that touch it.
    pub leaves: Vec<LeaveLine>,
    /// "On call, level 1"
    pub duties: Vec<String>,
}

/// A part of a day.
#[derive(Debug, Clone)]
pub struct Bar {
    /// Where it begins.
    pub from: i64,
    /// How long it is.
    pub width: i64,
    /// `worked`, `absent` or `on_call`.
    pub kind: &'static str,
}

/// A shift in words.
#[derive(Debug, Clone)]
pub struct ShiftLine {
    /// "22:00–06:00".
    pub words: String,
    /// "with a break 02:00–02:30"; may be empty.
    pub breaks: String,
    /// Where it is removed; none where the reader may not.
    pub remove_url: Option<String>,
}

/// An absence in words.
#[derive(Debug, Clone)]
pub struct LeaveLine {
    /// "Ill".
    pub words: &'static str,
    /// Until when.
    pub until: When,
    /// Where it is ended; none where the reader may not.
    pub end_url: Option<String>,
}

/// What came of a file.
#[derive(Debug, Clone)]
pub struct Brought {
    /// "12 shifts were brought in, 3 were there already."
    pub sentence: String,
    /// "Line 4: …".
    pub problems: Vec<String>,
}
