//! Recurrence: the days on which a shift of a calendar file repeats (RFC 5545, `RRULE`), as far as rosters repeat: daily and weekly.

use jiff::{
    ToSpan,
    civil::{DateTime, Weekday},
    tz::TimeZone,
};
use kernel::Instant;

/// No shift of a roster is repeated more often.
const MOST: usize = 1_500;

/// How a shift repeats.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Recurrence {
    is_weekly: bool,
    every: i64,
    count: usize,
    until: Option<Until>,
    days: Vec<Weekday>,
    week_begins: Weekday,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Until {
    /// In the zone of the shift.
    Wall(DateTime),
    Instant(Instant),
}

impl Recurrence {
    /// Reads what stands behind `RRULE:`.
    pub(super) fn read(text: &str) -> Result<Self, String> {
        let unread = || format!("“{text}” repeats in a way that isn’t read: daily and weekly shifts are.");
        let mut read = Self {
            is_weekly: false,
            every: 1,
            count: MOST,
            until: None,
            days: Vec::new(),
            week_begins: Weekday::Monday,
        };
        let mut has_frequency = false;
        for part in text.split(';').filter(|part| !part.is_empty()) {
            let (name, value) = part.split_once('=').ok_or_else(unread)?;
            match (name.to_ascii_uppercase().as_str(), value.to_ascii_uppercase().as_str()) {
                ("FREQ", "WEEKLY") => (read.is_weekly, has_frequency) = (true, true),
                ("FREQ", "DAILY") => has_frequency = true,
                ("INTERVAL", every) => {
                    read.every =
                        every.parse().ok().filter(|every| (1..=400).contains(every)).ok_or_else(unread)?;
                }
                ("COUNT", count) => {
                    read.count =
                        count.parse::<usize>().ok().filter(|count| *count > 0).ok_or_else(unread)?.min(MOST);
                }
                ("UNTIL", until) => read.until = Some(end(until).ok_or_else(unread)?),
                ("BYDAY", days) => {
                    read.days = days.split(',').map(weekday).collect::<Option<_>>().ok_or_else(unread)?;
                }
                ("WKST", day) => read.week_begins = weekday(day).ok_or_else(unread)?,
                _ => return Err(unread()),
            }
        }
        if has_frequency { Ok(read) } else { Err(unread()) }
    }

    /// When it begins, the first time included, until an instant.
    pub(super) fn begins(&self, first: DateTime, zone: &TimeZone, horizon: Instant) -> Vec<DateTime> {
        let mut begins = Vec::new();
        let mut day = first;
        // A day after the other: at most ten years.
        for _ in 0..3_700 {
            if begins.len() >= self.count.min(MOST) || self.is_over(day, zone, horizon) {
                break;
            }
            if self.falls_on(first, day) {
                begins.push(day);
            }
            let Ok(next) = day.checked_add(1.day()) else { break };
            day = next;
        }
        begins
    }

    fn is_over(&self, day: DateTime, zone: &TimeZone, horizon: Instant) -> bool {
        let at = |wall: DateTime| {
            let zoned = zone.to_ambiguous_zoned(wall).compatible();
            zoned.map_or(Instant::MAX, |zoned| zoned.timestamp().into())
        };
        let is_over = match self.until {
            Some(Until::Wall(until)) => day > until,
            Some(Until::Instant(until)) => at(day) > until,
            None => false,
        };
        is_over || at(day) > horizon
    }

    fn falls_on(&self, first: DateTime, day: DateTime) -> bool {
        let days = (day.date() - first.date()).get_days();
        if !self.is_weekly {
            let is_named = self.days.is_empty() || self.days.contains(&day.date().weekday());
            return is_named && i64::from(days) % self.every == 0;
        }
        // Weeks are counted from the one in which the first shift lies.
        let into_week = first.date().weekday().since(self.week_begins);
        let week = (i64::from(days) + i64::from(into_week)) / 7;
        let is_named = match self.days.as_slice() {
            [] => day.date().weekday() == first.date().weekday(),
            days => days.contains(&day.date().weekday()),
        };
        is_named && week % self.every == 0
    }
}

fn end(text: &str) -> Option<Until> {
    if text.len() == 8 {
        let day = jiff::civil::Date::strptime("%Y%m%d", text).ok()?;
        return Some(Until::Wall(day.at(23, 59, 59, 0)));
    }
    let wall = DateTime::strptime("%Y%m%dT%H%M%S", text.trim_end_matches('Z')).ok()?;
    if !text.ends_with('Z') {
        return Some(Until::Wall(wall));
    }
    Some(Until::Instant(TimeZone::UTC.to_timestamp(wall).ok()?.into()))
}

fn weekday(text: &str) -> Option<Weekday> {
    Some(match text.trim() {
        "MO" => Weekday::Monday,
        "TU" => Weekday::Tuesday,
        "WE" => Weekday::Wednesday,
        "TH" => Weekday::Thursday,
        "FR" => Weekday::Friday,
        "SA" => Weekday::Saturday,
        "SU" => Weekday::Sunday,
        _ => return None,
    })
}
