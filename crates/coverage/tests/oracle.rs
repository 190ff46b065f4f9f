//! Random calendars against an oracle that looks at every minute by itself.

use crate::instant;
use coverage::{Calendar, Written};
use jiff::{ToSpan, Zoned, civil::Date, tz::TimeZone};
use kernel::Instant;
use proptest::prelude::*;
use std::{collections::BTreeMap, time::Duration};

/// Zones with changes of an hour, of half an hour, of none; on the half hour; with a day that doesn't exist (Apia, 30 December 2011).
const ZONES: [&str; 8] = [
    "Europe/Berlin",
    "Australia/Lord_Howe",
    "Asia/Kathmandu",
    "Pacific/Apia",
    "America/St_Johns",
    "Africa/Casablanca",
    "America/Sao_Paulo",
    "UTC",
];
/// Mondays before something happens to the clocks of one of them.
const WEEKS: [&str; 7] = [
    "2026-03-23T00:00:00Z",
    "2026-10-19T00:00:00Z",
    "2026-03-30T00:00:00Z",
    "2011-12-26T00:00:00Z",
    "2026-02-09T00:00:00Z",
    "2017-10-09T00:00:00Z",
    "2026-06-01T00:00:00Z",
];
const WEEKDAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

fn clock(minutes: u16) -> String {
    format!("{:02}:{:02}", minutes / 60, minutes % 60)
}

/// Two or three stretches of a day that don't overlap, none after midnight.
fn stretches() -> impl Strategy<Value = Vec<[String; 2]>> {
    proptest::collection::btree_set(0u16..=96, 0..6).prop_map(|quarters| {
        let edges: Vec<u16> = quarters.into_iter().map(|quarter| quarter * 15).collect();
        edges.chunks_exact(2).map(|pair| [clock(pair[0]), clock(pair[1])]).collect()
    })
}

prop_compose! {
    fn calendars()(
        zone in proptest::sample::select(&ZONES[..]),
        week in proptest::sample::select(&WEEKS[..]),
        hours in proptest::collection::vec(stretches(), 7),
        holidays in proptest::collection::vec(0i64..10, 0..3),
        broken in proptest::option::of((0i64..10, stretches())),
        own in proptest::option::of((0i64..10, stretches())),
    ) -> (Written, Instant) {
        let monday = instant(week);
        let day = |days: i64| monday.plus_days(days).day();
        let one = |(days, rows): (i64, Vec<[String; 2]>)| BTreeMap::from([(day(days), rows)]);
        let hours = WEEKDAYS.iter().map(|day| (*day).to_owned()).zip(hours).collect();
        let holidays = serde_json::to_value(holidays.into_iter().map(day).collect::<Vec<_>>()).expect("days");
        let written = Written {
            zone: zone.to_owned(),
            hours,
            holidays: serde_json::from_value(holidays).expect("days"),
            days: own.map(one).unwrap_or_default(),
            breaks: broken.map(one).unwrap_or_default(),
        };
        (written, monday)
    }
}

/// Whether the desk is open in the minute that begins at an instant, by what its wall clock says.
fn is_open(written: &Written, zone: &TimeZone, at: Instant) -> bool {
    let zoned = at.timestamp().to_zoned(zone.clone());
    let day = zoned.date().to_string();
    let weekday = WEEKDAYS[usize::try_from(zoned.weekday().to_monday_zero_offset()).expect("a weekday")];
    let closed = serde_json::to_value(&written.holidays).expect("days");
    let rows = match written.days.get(&day) {
        Some(own) => own.as_slice(),
        None if closed.as_array().expect("a list").iter().any(|one| *one == day.as_str()) => &[],
        None => written.hours.get(weekday).map_or(&[][..], Vec::as_slice),
    };
    let within = |rows: &[[String; 2]]| {
        rows.iter().any(|[from, until]| !is_before(&zoned, from, zone) && is_before(&zoned, until, zone))
    };
    within(rows) && !within(written.breaks.get(&day).map_or(&[][..], Vec::as_slice))
}

/// Whether an instant lies before a wall time of its day.
fn is_before(at: &Zoned, wall: &str, zone: &TimeZone) -> bool {
    let (hours, minutes) = wall.split_once(':').expect("a time");
    let minutes = hours.parse::<i64>().expect("hours") * 60 + minutes.parse::<i64>().expect("minutes");
    let day: Date = at.date();
    let wall = day.at(0, 0, 0, 0).checked_add(minutes.minutes()).expect("a time");
    at.timestamp() < zone.to_zoned(wall).expect("an instant").timestamp()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn every_minute_is_counted_as_it_is((written, monday) in calendars(), minutes in 0u64..4_000) {
        let zone = TimeZone::get(&written.zone).expect("a zone");
        let calendar = Calendar::try_from(&written).expect("a calendar");
        let minute = Duration::from_secs(60);
        let end = monday.plus_days(9);
        let (mut open, mut due, mut at) = (0u64, None, monday);
        while at < end {
            let is_open = is_open(&written, &zone, at);
            prop_assert_eq!(calendar.is_open(at), is_open, "{}", at);
            if is_open {
                if open == minutes && minutes == 0 {
                    due = due.or(Some(at));
                }
                open += 1;
                if open == minutes {
                    due = Some(at.plus(minute));
                }
            }
            at = at.plus(minute);
        }
        prop_assert_eq!(calendar.between(monday, end), minute * u32::try_from(open).expect("minutes"));
        if let Some(due) = due {
            prop_assert_eq!(calendar.due(monday, minute * u32::try_from(minutes).expect("minutes")), Ok(due));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn what_is_due_gives_the_time_back((written, monday) in calendars(), offset in 0u64..700_000, service in 0u64..2_000_000) {
        let calendar = Calendar::try_from(&written).expect("a calendar");
        let start = monday.plus(Duration::from_secs(offset));
        let service = Duration::from_secs(service);
        if let Ok(due) = calendar.due(start, service) {
            prop_assert_eq!(calendar.between(start, due), service);
            let later = calendar.due(start, service + Duration::from_secs(1)).expect("it is open again");
            prop_assert!(later > due);
            let begun_later = calendar.due(start.plus(Duration::from_secs(61)), service).expect("it is open again");
            prop_assert!(begun_later >= due);
        }
    }

    #[test]
    fn open_and_closed_make_the_whole((written, monday) in calendars(), offset in 0u64..700_000, length in 1u64..3_000_000) {
        let calendar = Calendar::try_from(&written).expect("a calendar");
        let start = monday.plus(Duration::from_secs(offset));
        let end = start.plus(Duration::from_secs(length));
        let mut spans: Vec<_> = calendar.open(start, end).collect();
        spans.extend(calendar.closings(start, end).into_iter().map(|(span, _)| span));
        spans.sort_by_key(|span| span.from);
        prop_assert_eq!(spans.first().map(|span| span.from), Some(start));
        prop_assert_eq!(spans.last().map(|span| span.until), Some(end));
        for pair in spans.windows(2) {
            prop_assert_eq!(pair[0].until, pair[1].from);
        }
    }
}
