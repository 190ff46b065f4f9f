//! The coverage map: how many are there, hour by hour, and the gaps.

use super::shell::Shell;
use askama::Template;

/// `GET /coverage?week=2026-11-23&zone=Europe/Berlin`.
#[derive(Debug, Clone, Template)]
#[template(path = "coverage.html")]
pub struct CoverageMap {
    /// The frame.
    pub shell: Shell,
    /// "23 to 29 Nov 2026".
    pub title: String,
    /// The zone of all times.
    pub zone: String,
    /// The weeks before and after.
    pub before_url: String,
    /// The week after.
    pub after_url: String,
    /// The hours of the day, "00" to "23".
    pub hours: Vec<String>,
    /// The gaps of the next four weeks, in sentences.
    pub gaps: Vec<String>,
    /// "and 12 more"; empty when all are shown.
    pub more: String,
    /// The maps, by engagement and need.
    pub maps: Vec<NeedMap>,
}

/// A need of an engagement.
#[derive(Debug, Clone)]
pub struct NeedMap {
    /// "Aurora · Lisbon for Aurora".
    pub name: String,
    /// "Anybody", "Polish".
    pub needed: String,
    /// A day each.
    pub days: Vec<DayMap>,
}

/// A day.
#[derive(Debug, Clone)]
pub struct DayMap {
    /// "Mon 23".
    pub words: String,
    /// By hour.
    pub cells: Vec<HourCell>,
}

/// An hour.
#[derive(Debug, Clone)]
pub struct HourCell {
    /// `closed`, `nobody`, `one` or `enough`.
    pub kind: &'static str,
    /// What stands in it: a number, or nothing where it is closed.
    pub words: String,
    /// "closed", "nobody is there", "3 are there".
    pub title: String,
}
