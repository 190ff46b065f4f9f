//! A calendar as it is written down, and what is wrong with one that can't be read.

use super::{Calendar, Stretch};
use crate::CoverageRefusal;
use jiff::{civil::Date, tz::TimeZone};
use serde::{Deserialize, Deserializer, Serialize};
use std::collections::BTreeMap;

/// More single days than this are a mistake: some twenty years of holidays in several countries.
const MOST_DAYS: usize = 5_000;
/// Minutes of a day.
const DAY: u16 = 1_440;
const WEEKDAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/// A calendar as it is written down: times as `09:00`, days as `2026-12-25`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Written {
    /// The zone, as in the IANA list.
    #[serde(alias = "tz")]
    pub zone: String,
    /// The hours of each day of the week, by `mon` to `sun`; a day that isn't named is closed.
    #[serde(default)]
    pub hours: BTreeMap<String, Vec<[String; 2]>>,
    /// Days on which it is closed.
    #[serde(default)]
    pub holidays: Vec<Closing>,
    /// Days with hours of their own, in place of those of the weekday and of a holiday.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub days: BTreeMap<String, Vec<[String; 2]>>,
    /// Breaks on single days, taken out of whatever hours there are.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty", deserialize_with = "named_or_paired")]
    pub breaks: BTreeMap<String, Vec<[String; 2]>>,
}

/// Days by name, as an object or as a list of pairs: other programs write them so.
fn named_or_paired<'de, D: Deserializer<'de>>(
    reading: D,
) -> Result<BTreeMap<String, Vec<[String; 2]>>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Days {
        Named(BTreeMap<String, Vec<[String; 2]>>),
        Paired(Vec<(String, Vec<[String; 2]>)>),
    }
    Ok(match Days::deserialize(reading)? {
        Days::Named(days) => days,
        Days::Paired(days) => days.into_iter().collect(),
    })
}

/// A day on which it is closed, with or without its name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Closing {
    /// The day.
    Day(String),
    /// The day and what it is called.
    Named {
        /// The day.
        on: String,
        /// What it is called.
        name: String,
    },
}

impl TryFrom<&Written> for Calendar {
    type Error = CoverageRefusal;

    fn try_from(written: &Written) -> Result<Self, CoverageRefusal> {
        let named = written.holidays.len() + written.days.len() + written.breaks.len();
        if named > MOST_DAYS {
            return Err(CoverageRefusal::TooManyDays(named));
        }
        let zone =
            TimeZone::get(&written.zone).map_err(|_| CoverageRefusal::UnknownZone(written.zone.clone()))?;
        let calendar = Self {
            zone,
            week: week(&written.hours)?,
            holidays: written.holidays.iter().map(holiday).collect::<Result<_, _>>()?,
            own_days: days(&written.days)?,
            breaks: days(&written.breaks)?,
        };
        Ok(calendar)
    }
}

fn week(hours: &BTreeMap<String, Vec<[String; 2]>>) -> Result<[Vec<Stretch>; 7], CoverageRefusal> {
    let mut week: [Vec<Stretch>; 7] = Default::default();
    for (name, rows) in hours {
        let place = WEEKDAYS.iter().position(|day| day == name);
        let place = place.ok_or_else(|| CoverageRefusal::UnknownWeekday(name.clone()))?;
        week[place] = stretches(name, rows)?;
    }
    for (place, day) in week.iter().enumerate() {
        let next = (place + 1) % 7;
        let runs_over = day.last().zip(week[next].first());
        if runs_over.is_some_and(|(night, morning)| night.until > DAY + morning.from) {
            let row = format!("{} goes on into the hours of {}", WEEKDAYS[place], WEEKDAYS[next]);
            return Err(CoverageRefusal::Overlap(row));
        }
    }
    Ok(week)
}

fn days(rows: &BTreeMap<String, Vec<[String; 2]>>) -> Result<BTreeMap<Date, Vec<Stretch>>, CoverageRefusal> {
    rows.iter().map(|(day, rows)| Ok((date(day)?, stretches(day, rows)?))).collect()
}

fn holiday(closing: &Closing) -> Result<(Date, String), CoverageRefusal> {
    match closing {
        Closing::Day(on) => Ok((date(on)?, String::new())),
        Closing::Named { on, name } => Ok((date(on)?, name.clone())),
    }
}

fn date(day: &str) -> Result<Date, CoverageRefusal> {
    // Jiff reads times after the day, too.
    let is_day = day.len() == "2026-12-25".len();
    let read = day.parse().ok().filter(|_| is_day);
    read.ok_or_else(|| CoverageRefusal::NotADay(day.to_owned()))
}

/// The hours of one day in order; `day` names the row in what is refused.
fn stretches(day: &str, rows: &[[String; 2]]) -> Result<Vec<Stretch>, CoverageRefusal> {
    let mut stretches = rows.iter().map(|row| stretch(day, row)).collect::<Result<Vec<_>, _>>()?;
    stretches.sort();
    match stretches.windows(2).find(|pair| pair[0].until > pair[1].from) {
        Some(pair) => Err(CoverageRefusal::Overlap(format!("{day} {} and {}", pair[0], pair[1]))),
        None => Ok(stretches),
    }
}

fn stretch(day: &str, [from, until]: &[String; 2]) -> Result<Stretch, CoverageRefusal> {
    let row = || format!("{day} {from}–{until}");
    let read = |time| minutes(time).ok_or_else(|| CoverageRefusal::NotATime(row()));
    let (from, until) = (read(from)?, read(until)?);
    if from == until || from == DAY {
        return Err(CoverageRefusal::Empty(row()));
    }
    Ok(Stretch { from, until: if until > from { until } else { until + DAY } })
}

/// Minutes after midnight of `09:00`; up to `24:00`.
fn minutes(time: &str) -> Option<u16> {
    let (hours, minutes) = time.split_once(':')?;
    let two = |digits: &str| {
        (digits.len() == 2 && digits.bytes().all(|digit| digit.is_ascii_digit()))
            .then(|| digits.parse::<u16>().ok())?
    };
    let (hours, minutes) = (two(hours)?, two(minutes)?);
    (minutes < 60 && hours * 60 + minutes <= DAY).then_some(hours * 60 + minutes)
}

impl std::fmt::Display for Stretch {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let until = if self.until > DAY { self.until - DAY } else { self.until };
        write!(f, "{:02}:{:02}–{:02}:{:02}", self.from / 60, self.from % 60, until / 60, until % 60)
    }
}
