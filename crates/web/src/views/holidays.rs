//! Lists of holidays.

use super::shell::Shell;
use askama::Template;

/// `GET /holidays`.
///
/// Forms: `POST /holidays` with a file, `POST /holidays/{list}/removals`, `POST /holidays/{list}/days/{day}/removals`.
#[derive(Debug, Clone, Template)]
#[template(path = "holidays.html")]
pub struct Holidays {
    /// The frame.
    pub shell: Shell,
    /// The lists, by name.
    pub lists: Vec<HolidayListView>,
    /// Whether the reader may change them.
    pub may_change: bool,
}

/// A list.
#[derive(Debug, Clone)]
pub struct HolidayListView {
    /// "DE-BE".
    pub name: String,
    /// "21 days, 1 Jan 2026 to 26 Dec 2027".
    pub reach: String,
    /// Its days.
    pub days: Vec<HolidayDay>,
}

/// A day of a list.
#[derive(Debug, Clone)]
pub struct HolidayDay {
    /// `2026-12-25`.
    pub on: String,
    /// "25 Dec 2026".
    pub words: String,
    /// "Christmas Day".
    pub name: String,
}
