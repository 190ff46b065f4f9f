//! A roster: who works when. Shifts with their breaks, and the days on which somebody is absent.
//!
//! Shifts are imported as CSV ([`from_csv`]) and as iCalendar ([`from_icalendar`]); what can't be read is told by its row and the
//! others are kept.

mod icalendar;
mod reading;
mod recurrence;

pub use icalendar::from_icalendar;
pub use reading::{Imported, Problem, drawn, from_csv};

use crate::Span;
use kernel::Instant;
use std::{collections::BTreeMap, fmt, time::Duration};

/// A longer shift is a mistake: sixteen hours leave no lawful rest in a day.
pub const LONGEST_SHIFT: Duration = Duration::from_secs(16 * 3_600);

/// Somebody works from one instant to another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shift {
    /// Who, as they are named where the shift comes from: their e-mail address.
    pub person: String,
    /// When.
    pub span: Span,
    /// Within it, in order and without overlap.
    pub breaks: Vec<Span>,
}

/// What is wrong with a shift.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unfit {
    /// It ends before it begins, or at once.
    EndsBeforeItBegins,
    /// It is longer than [`LONGEST_SHIFT`].
    TooLong(Duration),
    /// A break doesn't lie within it, or overlaps another.
    Break,
    /// The same person works already.
    Overlaps(Span),
}

/// Shifts of many people, checked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Roster {
    /// By person and beginning.
    shifts: BTreeMap<(String, Instant), Shift>,
}

impl Roster {
    /// Adds a shift. Breaks are put in order.
    ///
    /// # Errors
    /// [`Unfit`], and the roster stays as it was.
    pub fn add(&mut self, mut shift: Shift) -> Result<(), Unfit> {
        let Span { from, until } = shift.span;
        if until <= from {
            return Err(Unfit::EndsBeforeItBegins);
        }
        if shift.span.length() > LONGEST_SHIFT {
            return Err(Unfit::TooLong(shift.span.length()));
        }
        shift.breaks.sort_by_key(|span| span.from);
        let edges = shift.breaks.iter().flat_map(|span| [span.from, span.until]);
        let ordered: Vec<Instant> = [from].into_iter().chain(edges).chain([until]).collect();
        if !ordered.is_sorted() {
            return Err(Unfit::Break);
        }
        if let Some(other) = self.overlapping(&shift) {
            return Err(Unfit::Overlaps(other));
        }
        self.shifts.insert((shift.person.clone(), from), shift);
        Ok(())
    }

    fn overlapping(&self, shift: &Shift) -> Option<Span> {
        let key = |at| (shift.person.clone(), at);
        let mut before = self.shifts.range(key(Instant::from_micros(i64::MIN))..key(shift.span.until));
        let (_, last) = before.next_back()?;
        (last.span.until > shift.span.from).then_some(last.span)
    }

    /// All shifts, by person and beginning.
    pub fn shifts(&self) -> impl Iterator<Item = &Shift> {
        self.shifts.values()
    }

    /// The shift that somebody works at an instant.
    pub fn at(&self, person: &str, at: Instant) -> Option<&Shift> {
        let key = |at| (person.to_owned(), at);
        let mut before = self.shifts.range(key(Instant::from_micros(i64::MIN))..=key(at));
        before.next_back().map(|(_, shift)| shift).filter(|shift| at < shift.span.until)
    }
}

impl Shift {
    /// The parts in which somebody is there: without the breaks.
    pub fn worked(&self) -> impl Iterator<Item = Span> {
        let begins = [self.span.from].into_iter().chain(self.breaks.iter().map(|span| span.until));
        let ends = self.breaks.iter().map(|span| span.from).chain([self.span.until]);
        begins.zip(ends).map(|(from, until)| Span { from, until }).filter(|span| span.from < span.until)
    }
}

impl fmt::Display for Unfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::EndsBeforeItBegins => f.write_str("The shift ends before it begins, or at once."),
            Self::TooLong(length) => {
                let hours = length.as_secs() / 3_600;
                write!(f, "The shift lasts {hours} hours; sixteen are the most. Part it in two.")
            }
            Self::Break => f.write_str("A break lies outside of the shift, or over another break."),
            Self::Overlaps(other) => {
                write!(f, "The same person works from {} to {} already.", other.from, other.until)
            }
        }
    }
}
