//! The terms of an engagement: those in force, the calendar of their hours, how they are agreed on.

mod agreeing;
mod preview;
mod reading;
mod whom;

pub use agreeing::{Proposal, agree, agreed_elsewhere, propose, withdraw};
pub use preview::{LOOKED_AT, effect_of};
pub use reading::{AgreedPage, Past, Waiting, page};
pub use whom::{Listed, theirs};

use coverage::{Calendar, CoverageRefusal, Written};
use engagements::{
    Engagement,
    tables::{self as engagement_tables, holidays},
    terms::{ServiceHours, Terms, WEEKDAYS},
};
use jiff::{civil::Date, tz::TimeZone};
use kernel::{EngagementId, Fault, Instant};
use std::collections::BTreeMap;
use store::Tx;

/// An engagement with the terms that are in force in it.
#[derive(Clone, Debug)]
pub struct InForce {
    /// The engagement.
    pub engagement: Engagement,
    /// The version of the terms; none where the usual ones hold because nobody has agreed on any.
    pub version: Option<i64>,
    /// The terms.
    pub terms: Terms,
}

/// An engagement's terms at an instant.
///
/// # Errors
/// A fault when there is no such engagement, or the database can't be reached.
pub fn of(tx: &mut Tx<'_>, engagement: EngagementId, now: Instant) -> Result<InForce, Fault> {
    let found = engagement_tables::engagement(tx, engagement)?;
    let engagement = found.ok_or_else(|| Fault::new(format!("there is no engagement {engagement}")))?;
    let (version, terms) = engagement_tables::terms::in_force(tx, engagement.id, today(&engagement, now))?;
    Ok(InForce { engagement, version, terms })
}

/// The day that it is in an engagement's zone. A zone that nobody knows counts as UTC.
pub fn today(engagement: &Engagement, now: Instant) -> Date {
    let zone = TimeZone::get(&engagement.zone).unwrap_or(TimeZone::UTC);
    now.timestamp().to_zoned(zone).date()
}

/// The calendar of an engagement's hours of service, its lists of holidays included.
///
/// # Errors
/// A fault when hours were agreed that can't be read, or the database can't be reached.
pub fn calendar(tx: &mut Tx<'_>, engagement: &Engagement, terms: &Terms) -> Result<Calendar, Fault> {
    let id = engagement.id;
    let unread = |refusal: CoverageRefusal| Fault::new(format!("the hours of engagement {id}: {refusal:?}"));
    calendar_of(tx, &engagement.zone, &terms.hours)?.map_err(unread)
}

/// The calendar of hours in a zone, or what is wrong with them.
pub fn calendar_of(
    tx: &mut Tx<'_>,
    zone: &str,
    hours: &ServiceHours,
) -> Result<Result<Calendar, CoverageRefusal>, Fault> {
    let mut held = BTreeMap::new();
    for list in hours.holidays.iter().filter(|_| !hours.is_round_the_clock) {
        for holiday in holidays::of_list(tx, list)? {
            held.entry(holiday.on).or_insert(holiday.name);
        }
    }
    Ok(Calendar::try_from(&written(zone, hours, held)))
}

fn written(zone: &str, hours: &ServiceHours, held: BTreeMap<Date, String>) -> Written {
    let zone = zone.to_owned();
    if hours.is_round_the_clock {
        return Written {
            zone,
            hours: ServiceHours::on(&WEEKDAYS, &[("00:00", "24:00")]),
            ..Written::default()
        };
    }
    let mut days = BTreeMap::new();
    let mut closings = BTreeMap::new();
    for (on, name) in held {
        match hours.on_holidays.is_empty() {
            true => drop(closings.insert(on, name)),
            false => drop(days.insert(on.to_string(), hours.on_holidays.clone())),
        }
    }
    closings.extend(hours.closed_days.iter().map(|closing| (closing.on, closing.name.clone())));
    for closing in &hours.closed_days {
        days.remove(&closing.on.to_string());
    }
    days.extend(hours.own_days.iter().map(|(on, stretches)| (on.to_string(), stretches.clone())));
    let named = |(on, name): (Date, String)| coverage::Closing::Named { on: on.to_string(), name };
    let holidays = closings.into_iter().map(named).collect();
    Written { zone, hours: hours.week.clone(), holidays, days, breaks: BTreeMap::new() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn open(hours: &ServiceHours, at: &str) -> bool {
        let held = BTreeMap::from([("2026-12-25".parse().unwrap(), "Christmas Day".to_owned())]);
        let calendar = Calendar::try_from(&written("Europe/Berlin", hours, held)).unwrap();
        calendar.is_open(at.parse::<jiff::Timestamp>().unwrap().into())
    }

    #[test]
    fn hours_and_holidays_make_a_calendar() {
        let check =
            |hours: &ServiceHours, at, expected| assert_eq!(open(hours, at), expected, "{at} {hours:?}");
        let office = ServiceHours::office();
        check(&office, "2026-12-23T10:00:00Z", true);
        check(&office, "2026-12-25T10:00:00Z", false);
        let always = ServiceHours::round_the_clock();
        check(&always, "2026-12-25T03:00:00Z", true);
        let nights = ServiceHours {
            week: [
                ServiceHours::on(&WEEKDAYS[..5], &[("00:00", "08:00"), ("18:00", "24:00")]),
                ServiceHours::on(&WEEKDAYS[5..], &[("00:00", "24:00")]),
            ]
            .into_iter()
            .flatten()
            .collect(),
            on_holidays: vec![["00:00".to_owned(), "24:00".to_owned()]],
            ..ServiceHours::default()
        };
        check(&nights, "2026-12-24T10:00:00Z", false);
        check(&nights, "2026-12-24T22:00:00Z", true);
        check(&nights, "2026-12-25T10:00:00Z", true);
        let closed = ServiceHours {
            closed_days: vec![engagements::terms::OwnClosing {
                on: "2026-12-25".parse().unwrap(),
                name: "Closed all the same".to_owned(),
            }],
            ..nights
        };
        check(&closed, "2026-12-25T10:00:00Z", false);
    }
}
