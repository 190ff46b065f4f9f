//! What this room refuses, with its stable codes.

use kernel::{Kind, Refused, Stop};

/// Why something about hours or clocks was refused. The texts name the row that is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CoverageRefusal {
    /// The zone isn't in the IANA database.
    UnknownZone(String),
    /// A day of the week isn't one of `mon` to `sun`.
    UnknownWeekday(String),
    /// A day isn't written as `2026-12-25`.
    NotADay(String),
    /// A time of the day isn't written as `09:00`, or lies after `24:00`.
    NotATime(String),
    /// Hours begin and end at the same time.
    Empty(String),
    /// Two stretches of a day overlap.
    Overlap(String),
    /// More holidays, own days and breaks than a calendar takes.
    TooManyDays(usize),
    /// It is never open again, so nothing ever falls due.
    NeverOpen,
    /// What is asked for lies further away than a calendar reaches.
    TooFar,
}

impl From<CoverageRefusal> for Refused {
    fn from(refusal: CoverageRefusal) -> Self {
        use CoverageRefusal as R;
        let (kind, code, sentence, hint) = match refusal {
            R::UnknownZone(zone) => (
                Kind::Invalid,
                "coverage.unknown_zone",
                format!("“{zone}” isn’t a time zone."),
                "Write it as in the IANA list, like Europe/Berlin.",
            ),
            R::UnknownWeekday(row) => (
                Kind::Invalid,
                "coverage.unknown_weekday",
                format!("“{row}” isn’t a day of the week."),
                "Write mon, tue, wed, thu, fri, sat or sun.",
            ),
            R::NotADay(row) => (
                Kind::Invalid,
                "coverage.not_a_day",
                format!("“{row}” isn’t a day."),
                "Write it as 2026-12-25.",
            ),
            R::NotATime(row) => (
                Kind::Invalid,
                "coverage.not_a_time",
                format!("A time can’t be read: {row}."),
                "Write it as 09:00; 24:00 ends a day.",
            ),
            R::Empty(row) => (
                Kind::Invalid,
                "coverage.empty_hours",
                format!("These hours begin and end at the same time: {row}."),
                "Write 00:00 to 24:00 for a whole day, or take them out.",
            ),
            R::Overlap(row) => (
                Kind::Invalid,
                "coverage.overlapping_hours",
                format!("Two stretches overlap: {row}."),
                "Let the second begin where the first ends, or later.",
            ),
            R::TooManyDays(count) => (
                Kind::Invalid,
                "coverage.too_many_days",
                format!("The calendar names {count} single days; it takes 5,000."),
                "Leave out days that are long past.",
            ),
            R::NeverOpen => (
                Kind::Invalid,
                "coverage.never_open",
                "The calendar is never open after that.".to_owned(),
                "Give it hours on at least one day of the week.",
            ),
            R::TooFar => (
                Kind::Invalid,
                "coverage.too_far",
                "That lies more than a hundred years away.".to_owned(),
                "Look whether the time is written in the right unit.",
            ),
        };
        Self::new(kind, code, sentence).hint(hint)
    }
}

impl From<CoverageRefusal> for Stop {
    fn from(refusal: CoverageRefusal) -> Self {
        Self::Refused(refusal.into())
    }
}
