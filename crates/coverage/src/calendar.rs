//! A calendar: when a desk is open. Hours of each weekday in a zone, holidays, days with hours of their own, breaks.
//!
//! Hours are written in wall time and counted in real elapsed time: the day on which clocks go forward has an hour less, the one on
//! which they go back an hour more. A wall time that doesn't exist moves forward by what was left out, one that happens twice is the
//! first; a day that doesn't exist has no hours. Hours that end before they begin go on after midnight and belong to the day on which they begin, its holidays included.

mod counting;
mod reading;
mod spans;

pub use reading::{Closing, Written};

use jiff::{
    civil::{Date, Weekday},
    tz::TimeZone,
};
use kernel::Instant;
use std::{collections::BTreeMap, time::Duration};

/// When a desk is open.
#[derive(Clone, Debug)]
pub struct Calendar {
    zone: TimeZone,
    /// From Monday to Sunday.
    week: [Vec<Stretch>; 7],
    holidays: BTreeMap<Date, String>,
    own_days: BTreeMap<Date, Vec<Stretch>>,
    breaks: BTreeMap<Date, Vec<Stretch>>,
}

/// Hours of one day, in minutes after its midnight; `until` is after `from` and goes into the next day where it is above 1,440.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Stretch {
    from: u16,
    until: u16,
}

/// Time from one instant to a later one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// Where it begins.
    pub from: Instant,
    /// Where it ends; not a part of it.
    pub until: Instant,
}

/// A day on which the desk is closed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holiday {
    /// The day, in the calendar's zone.
    pub on: Date,
    /// What it is called; empty where nobody said.
    pub name: String,
}

/// Why a desk is closed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Closed {
    /// It isn't among the hours of that day of the week.
    OutOfHours,
    /// There is a holiday.
    Holiday(Holiday),
    /// The day has hours of its own.
    OwnDay,
    /// There is a break.
    Break,
}

impl Span {
    /// How long it is, in real elapsed time.
    pub fn length(&self) -> Duration {
        self.until.since(self.from)
    }
}

impl Calendar {
    /// Its zone's name, as `Europe/Berlin`.
    pub fn zone(&self) -> &str {
        self.zone.iana_name().unwrap_or("UTC")
    }

    /// Where it is open, as people call its zone: "Berlin".
    pub fn city(&self) -> String {
        let zone = self.zone();
        zone.rsplit('/').next().unwrap_or(zone).replace('_', " ")
    }

    /// The day that it is in the calendar's zone.
    pub fn day_of(&self, at: Instant) -> Date {
        at.timestamp().to_zoned(self.zone.clone()).date()
    }

    /// Why it is closed at an instant; none while it is open.
    pub fn closed(&self, at: Instant) -> Option<Closed> {
        if self.spans(at).next().is_some_and(|span| span.from <= at) {
            return None;
        }
        let day = self.day_of(at);
        let is_in_break = || self.breaks_around(day).any(|span| span.from <= at && at < span.until);
        Some(match self.holidays.get(&day) {
            _ if is_in_break() => Closed::Break,
            _ if self.own_days.contains_key(&day) => Closed::OwnDay,
            Some(name) => Closed::Holiday(Holiday { on: day, name: name.clone() }),
            None => Closed::OutOfHours,
        })
    }

    /// Whether it is open at an instant.
    pub fn is_open(&self, at: Instant) -> bool {
        self.closed(at).is_none()
    }

    /// The hours of a day: its own, none on a holiday, else those of its weekday.
    fn stretches(&self, day: Date) -> &[Stretch] {
        match self.own_days.get(&day) {
            Some(own) => own,
            None if self.holidays.contains_key(&day) => &[],
            None => &self.week[weekday(day.weekday())],
        }
    }
}

fn weekday(weekday: Weekday) -> usize {
    weekday.to_monday_zero_offset().unsigned_abs().into()
}
