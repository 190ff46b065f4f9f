//! Known answers: those of another engine, and those of domain figures about the weeks in which clocks change.

use crate::{calendar, instant};
use coverage::{Calendar, Written};
use serde_json::Value;
use std::{collections::BTreeMap, path::PathBuf, time::Duration};

fn data(name: &str) -> String {
    let folder = std::env::var_os("DRAGOMAN_TEST_DATA")
        .map_or_else(|| PathBuf::from("../../../shared/data"), PathBuf::from);
    std::fs::read_to_string(folder.join("time").join(name)).expect("the test data is there")
}

fn calendars() -> BTreeMap<String, Calendar> {
    let all: BTreeMap<String, Written> = serde_json::from_str(&data("calendars.json")).expect("calendars");
    let one = |(name, written): (String, Written)| {
        (name, Calendar::try_from(&written).expect("a calendar that can be read"))
    };
    all.into_iter().map(one).collect()
}

#[test]
fn another_engine_counts_the_same() {
    let calendars = calendars();
    let (mut dues, mut withins) = (0, 0);
    for row in data("due_cases.jsonl").lines() {
        let case: Value = serde_json::from_str(row).expect("a case");
        let calendar = &calendars[case["calendar"].as_str().expect("a name")];
        let text = |name: &str| case[name].as_str().unwrap_or_else(|| panic!("{name} of {row}"));
        if case["kind"] == "due" {
            let service = Duration::from_secs(case["duration_s"].as_u64().expect("seconds"));
            let due = calendar.due(instant(text("start")), service).expect("it falls due").to_string();
            // The other engine puts what ends at closing at the next opening.
            let expected = case["also_accept"].as_str().unwrap_or(text("due"));
            assert_eq!(due, expected, "{row}");
            dues += 1;
        } else {
            let seconds = calendar.between(instant(text("start")), instant(text("end"))).as_secs();
            assert_eq!(Some(seconds), case["business_s"].as_u64(), "{row}");
            withins += 1;
        }
    }
    assert!(dues > 300 && withins > 100, "{dues} and {withins}");
}

const BERLIN_DAYS: &str = r#"{"zone": "Europe/Berlin", "hours": {"mon": [["08:00","18:00"]], "tue": [["08:00","18:00"]],
    "wed": [["08:00","18:00"]], "thu": [["08:00","18:00"]], "fri": [["08:00","18:00"]]}}"#;

#[track_caller]
fn check_after_hours(monday: &str, next_monday: &str, week: u64, after_hours: u64) {
    let open = calendar(BERLIN_DAYS).expect("a calendar");
    let (from, until) = (instant(monday), instant(next_monday));
    let closed: Duration = open.closings(from, until).iter().map(|(span, _)| span.length()).sum();
    assert_eq!(until.since(from), Duration::from_secs(week * 3_600));
    assert_eq!(closed, Duration::from_secs(after_hours * 3_600));
}

#[test]
fn weeks_with_a_change_of_clocks_have_another_length() {
    check_after_hours("2026-10-18T22:00:00Z", "2026-10-25T23:00:00Z", 169, 119);
    check_after_hours("2026-03-22T23:00:00Z", "2026-03-29T22:00:00Z", 167, 117);
    check_after_hours("2026-05-31T22:00:00Z", "2026-06-07T22:00:00Z", 168, 118);
}

#[track_caller]
fn check_night(hours: [&str; 2], day: &str, expected: u64) {
    let written =
        format!(r#"{{"zone": "Europe/Berlin", "days": {{"{day}": [["{}","{}"]]}}}}"#, hours[0], hours[1]);
    let night = calendar(&written).expect("a calendar");
    let (from, until) = (instant("2026-01-01T00:00:00Z"), instant("2027-01-01T00:00:00Z"));
    assert_eq!(night.between(from, until), Duration::from_secs(expected * 3_600), "{day}");
}

#[test]
fn a_night_is_as_long_as_it_really_is() {
    check_night(["22:00", "06:00"], "2026-10-24", 9);
    check_night(["22:00", "06:00"], "2026-03-28", 7);
    check_night(["22:00", "06:00"], "2026-06-13", 8);
    // The rest between two shifts, which the wall clock says to be 11 hours.
    check_night(["21:00", "08:00"], "2026-03-28", 10);
}

#[test]
fn a_closing_says_why() {
    let open = r#"{"zone": "Europe/Berlin", "hours": {"thu": [["09:00","17:00"]], "fri": [["09:00","17:00"]], "sat": [["09:00","17:00"]]},
        "holidays": [{"on": "2026-12-25", "name": "Christmas Day"}], "breaks": {"2026-12-24": [["12:00","13:00"]]}}"#;
    let open = calendar(open).expect("a calendar");
    let closings = open.closings(instant("2026-12-24T08:00:00Z"), instant("2026-12-26T09:00:00Z"));
    let told: Vec<String> =
        closings.iter().map(|(span, why)| format!("{} {} {why:?}", span.from, span.until)).collect();
    assert_eq!(
        told,
        [
            "2026-12-24T11:00:00Z 2026-12-24T12:00:00Z Break",
            "2026-12-24T16:00:00Z 2026-12-24T23:00:00Z OutOfHours",
            r#"2026-12-24T23:00:00Z 2026-12-25T23:00:00Z Holiday(Holiday { on: 2026-12-25, name: "Christmas Day" })"#,
            "2026-12-25T23:00:00Z 2026-12-26T08:00:00Z OutOfHours",
        ]
    );
}

#[test]
fn hours_after_midnight_belong_to_the_day_on_which_they_begin() {
    let night =
        r#"{"zone": "Europe/Berlin", "hours": {"fri": [["22:00","06:00"]]}, "holidays": ["2026-12-26"]}"#;
    let night = calendar(night).expect("a calendar");
    // Friday the 25th goes on into the holiday; had the Friday been one, nobody would be there.
    assert!(night.is_open(instant("2026-12-26T02:00:00Z")));
    assert!(!night.is_open(instant("2026-12-26T05:00:00Z")));
}
