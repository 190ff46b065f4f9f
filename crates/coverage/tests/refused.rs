//! What a calendar refuses, and by which row.

use crate::{calendar, instant};
use coverage::CoverageRefusal as R;
use std::time::Duration;

#[track_caller]
fn check(json: &str, expected: &R) {
    match calendar(json) {
        Ok(_) => panic!("{json} was read"),
        Err(refusal) => assert_eq!(refusal, *expected, "{json}"),
    }
}

#[test]
fn what_cannot_be_read_names_its_row() {
    check(r#"{"zone": "Europe/Berln"}"#, &R::UnknownZone("Europe/Berln".to_owned()));
    check(r#"{"zone": "UTC", "hours": {"monday": []}}"#, &R::UnknownWeekday("monday".to_owned()));
    check(r#"{"zone": "UTC", "holidays": ["2026-02-29"]}"#, &R::NotADay("2026-02-29".to_owned()));
    check(r#"{"zone": "UTC", "holidays": ["2026-02-28T10:00"]}"#, &R::NotADay("2026-02-28T10:00".to_owned()));
    let nine =
        |from: &str, until: &str| format!(r#"{{"zone": "UTC", "hours": {{"mon": [["{from}","{until}"]]}}}}"#);
    check(&nine("9:00", "17:00"), &R::NotATime("mon 9:00–17:00".to_owned()));
    check(&nine("09:00", "24:01"), &R::NotATime("mon 09:00–24:01".to_owned()));
    check(&nine("09:60", "17:00"), &R::NotATime("mon 09:60–17:00".to_owned()));
    check(&nine("+9:00", "17:00"), &R::NotATime("mon +9:00–17:00".to_owned()));
    check(&nine("09:00", "09:00"), &R::Empty("mon 09:00–09:00".to_owned()));
    check(&nine("24:00", "08:00"), &R::Empty("mon 24:00–08:00".to_owned()));
    check(
        r#"{"zone": "UTC", "hours": {"tue": [["11:00","13:00"], ["09:00","12:00"]]}}"#,
        &R::Overlap("tue 09:00–12:00 and 11:00–13:00".to_owned()),
    );
    check(
        r#"{"zone": "UTC", "hours": {"sun": [["22:00","06:00"]], "mon": [["05:00","12:00"]]}}"#,
        &R::Overlap("sun goes on into the hours of mon".to_owned()),
    );
}

#[test]
fn ten_thousand_holidays_are_too_many() {
    let days: Vec<String> =
        (0..10_000).map(|n| format!("\"{:04}-01-{:02}\"", 2000 + n / 28, 1 + n % 28)).collect();
    check(&format!(r#"{{"zone": "UTC", "holidays": [{}]}}"#, days.join(",")), &R::TooManyDays(10_000));
}

#[test]
fn nothing_falls_due_in_a_calendar_that_is_never_open() {
    let start = instant("2026-11-23T08:00:00Z");
    let hour = Duration::from_secs(3_600);
    let never = calendar(r#"{"zone": "UTC"}"#).expect("a calendar");
    assert_eq!(never.due(start, hour), Err(R::NeverOpen));
    assert_eq!(never.between(start, start.plus_days(300)), Duration::ZERO);
    let once =
        calendar(r#"{"zone": "UTC", "days": {"2026-11-24": [["09:00","10:00"]]}}"#).expect("a calendar");
    assert_eq!(once.due(start, hour), Ok(instant("2026-11-24T10:00:00Z")));
    assert_eq!(once.due(start, hour + hour), Err(R::NeverOpen));
    let rarely = calendar(r#"{"zone": "UTC", "hours": {"mon": [["09:00","09:01"]]}}"#).expect("a calendar");
    assert_eq!(rarely.due(start, hour * 1_000), Err(R::TooFar));
}
