//! The barrier meter: rates with their intervals, drawn and in figures, and the cases behind them.

use super::marks::{Choice, Language, When};
use super::shell::Shell;
use askama::Template;

/// `GET /understanding?days=28`.
#[derive(Debug, Clone, Template)]
#[template(path = "meter.html")]
pub struct Meter {
    /// The frame.
    pub shell: Shell,
    /// The days to choose from.
    pub periods: Vec<Choice>,
    /// Where the same is as CSV.
    pub figures_url: String,
    /// The figures, by client and team.
    pub teams: Vec<TeamFigures>,
}

/// The figures of a team.
#[derive(Debug, Clone)]
pub struct TeamFigures {
    /// "Aurora".
    pub client: String,
    /// "Lisbon, Home electronics".
    pub team: String,
    /// By pair of languages and way of handling.
    pub lines: Vec<FigureLine>,
}

/// A pair of languages and a way of handling.
#[derive(Debug, Clone)]
pub struct FigureLine {
    /// "Polish", or "English → Polish".
    pub pair: String,
    /// "Native", "Certified bilingual", "Own level", "Machine", "Other language".
    pub handling: &'static str,
    /// How many cases.
    pub cases: i64,
    /// Too few cases to say much.
    pub is_small: bool,
    /// How often somebody did not understand.
    pub misunderstood: RateCell,
    /// Still at the end.
    pub unresolved: RateCell,
    /// Came back within seven days.
    pub repeated: RateCell,
    /// Asked for a person.
    pub asked_for_person: RateCell,
    /// "0.4".
    pub clarifications: String,
    /// "12 %" that native handling of the same topics would have; empty where there is none.
    pub expected: String,
    /// The same as a place on the drawing, in percent.
    pub expected_at: Option<String>,
    /// Where the cases behind it are; none where nobody misunderstood.
    pub url: Option<String>,
}

/// A rate.
#[derive(Debug, Clone, Default)]
pub struct RateCell {
    /// "3 of 25".
    pub count: String,
    /// "12 %".
    pub share: String,
    /// "4–30 %".
    pub interval: String,
    /// The lower bound as a place on the drawing, 0 to 100.
    pub low: String,
    /// The width up to the upper bound.
    pub width: String,
    /// The share as a place.
    pub at: String,
}

/// `GET /understanding/cases`: the cases behind a figure.
#[derive(Debug, Clone, Template)]
#[template(path = "meter_cases.html")]
pub struct MeterCases {
    /// The frame.
    pub shell: Shell,
    /// "Polish, machine".
    pub heading: String,
    /// The way back.
    pub back_url: String,
    /// The cases.
    pub cases: Vec<MeterCase>,
}

/// A case in which somebody did not understand.
#[derive(Debug, Clone)]
pub struct MeterCase {
    /// Where it is.
    pub url: String,
    /// What people quote.
    pub reference: String,
    /// Its subject.
    pub subject: String,
    /// Its language.
    pub language: Option<Language>,
    /// Last activity.
    pub active: When,
    /// What shows it.
    pub signals: Vec<SignalLine>,
}

/// A signal that somebody did not understand.
#[derive(Debug, Clone)]
pub struct SignalLine {
    /// "asks back".
    pub title: &'static str,
    /// Why it is one.
    pub because: String,
    /// The words that show it.
    pub words: String,
    /// "80 % sure", or nothing when it was said with a click.
    pub sure: String,
    /// Where it is dismissed; none where it was, or on lists.
    pub dismiss_url: Option<String>,
    /// The kind that the form sends.
    pub kind: String,
    /// It was dismissed, or isn't sure enough to count.
    pub counts: bool,
}
