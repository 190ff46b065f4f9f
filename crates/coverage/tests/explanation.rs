//! What a clock says of itself.

use crate::{calendar, instant};
use coverage::{Clock, Counted, Ledger, Party, Turn, Wall, explain};
use kernel::{Because, Instant};
use std::time::Duration;

const OFFICE: &str = r#"{"zone": "Europe/Berlin", "hours": {"mon": [["09:00","17:00"]], "tue": [["09:00","17:00"]],
    "wed": [["09:00","17:00"]], "thu": [["09:00","17:00"]], "fri": [["09:00","17:00"]]},
    "holidays": [{"on": "2026-10-26", "name": "Town Day"}, "2026-12-25"]}"#;

/// Turns as instants with parties; the first is the representative's.
struct Life<'a> {
    turns: &'a [(&'a str, Party)],
    ends: Option<&'a str>,
}

fn clock(start: &str, hours: u64, counted: Counted) -> Clock {
    let allowed = Duration::from_secs(hours * 3_600);
    Clock { start: instant(start), allowed, counted, paused_for: vec![Party::Customer, Party::Vendor] }
}

fn check(clock: &Clock, life: &Life<'_>, done: Option<&str>, now: &str, expected: &str) {
    let calendar = calendar(OFFICE).expect("a calendar");
    let because = Because::new("test.passed", "It was passed on.");
    let turn =
        |(from, party): &(&str, Party)| Turn { from: instant(from), party: *party, because: because.clone() };
    let first = Turn { from: clock.start, party: Party::Representative, because: because.clone() };
    let turns = std::iter::once(first).chain(life.turns.iter().map(turn));
    let ledger = Ledger::of(turns, life.ends.map(instant)).expect("it begins");
    let (done, now): (Option<Instant>, Instant) = (done.map(instant), instant(now));
    let read = clock.read(&calendar, &ledger, done, now).expect("it falls due");
    let wall = Wall::at("Europe/Berlin", now);
    assert_eq!(explain(clock, &read, done, &calendar.city(), &wall), expected, "{read:#?}");
}

const UNTOUCHED: Life<'_> = Life { turns: &[], ends: None };

#[test]
fn a_clock_that_runs_says_when_it_is_due_and_why() {
    let four = clock("2026-11-20T13:00:00Z", 4, Counted::Service);
    check(
        &four,
        &UNTOUCHED,
        None,
        "2026-11-20T13:00:00Z",
        "Due Mon 10:00: 4 h of service time, closed Fri 17:00–Mon 09:00.",
    );
    check(
        &four,
        &UNTOUCHED,
        None,
        "2026-11-20T15:00:00Z",
        "Due Mon 10:00: 4 h of service time, 2 h used Fri, closed Fri 17:00–Mon 09:00.",
    );
    check(
        &clock("2026-11-20T09:00:00Z", 2, Counted::Service),
        &UNTOUCHED,
        None,
        "2026-11-20T09:30:00Z",
        "Due Fri 12:00: 2 h of service time, 30 min used Fri.",
    );
    check(
        &clock("2026-11-20T22:30:00Z", 2, Counted::Elapsed),
        &UNTOUCHED,
        None,
        "2026-11-20T23:30:00Z",
        "Due Sat 01:30: 2 h of all time, 30 min used Fri, 30 min Sat.",
    );
    check(
        &clock("2026-11-02T09:00:00Z", 40, Counted::Service),
        &UNTOUCHED,
        None,
        "2026-11-05T10:00:00Z",
        "Due Mon 10:00: 40 h of service time, 25 h used Mon–Thu, closed 5 times, 5 d 8 h together.",
    );
}

#[test]
fn holidays_and_pauses_are_named() {
    let life = Life {
        turns: &[("2026-10-23T14:30:00Z", Party::Customer), ("2026-10-25T08:00:00Z", Party::Representative)],
        ends: None,
    };
    let four = clock("2026-10-23T13:00:00Z", 4, Counted::Service);
    check(
        &four,
        &life,
        None,
        "2026-10-25T09:00:00Z",
        "Due Tue 11:30: 4 h of service time, 1 h 30 min used Fri, paused Fri 16:30–Sun 09:00 for the customer, closed Sun 09:00–Tue 09:00, holiday in Berlin Mon (Town Day).",
    );
    check(
        &four,
        &Life { turns: &life.turns[..1], ends: None },
        None,
        "2026-10-24T09:00:00Z",
        "Stands still while it is the turn of the customer, with 2 h 30 min left: 4 h of service time, 1 h 30 min used Fri, paused Fri 16:30–Sat 11:00 for the customer.",
    );
    let often = Life {
        turns: &[
            ("2026-11-02T10:00:00Z", Party::Customer),
            ("2026-11-02T11:00:00Z", Party::Representative),
            ("2026-11-02T12:00:00Z", Party::Vendor),
            ("2026-11-02T13:00:00Z", Party::Representative),
            ("2026-11-02T14:00:00Z", Party::Customer),
            ("2026-11-02T15:00:00Z", Party::Representative),
        ],
        ends: None,
    };
    check(
        &clock("2026-11-02T09:00:00Z", 4, Counted::Elapsed),
        &often,
        None,
        "2026-11-02T15:30:00Z",
        "Due Mon 17:00: 4 h of all time, 3 h 30 min used Mon, paused 3 times for the customer and the vendor, 3 h together.",
    );
}

#[test]
fn what_is_over_says_how_it_ended() {
    let two = clock("2026-11-20T09:00:00Z", 2, Counted::Service);
    check(
        &two,
        &UNTOUCHED,
        None,
        "2026-11-20T15:00:00Z",
        "Was due Fri 12:00: 2 h of service time, 2 h used Fri.",
    );
    check(
        &two,
        &UNTOUCHED,
        Some("2026-11-20T15:00:00Z"),
        "2026-12-20T15:00:00Z",
        "Was due Fri 20 Nov 12:00, done Fri 20 Nov 16:00: 2 h of service time, 2 h used Fri 20 Nov.",
    );
    check(
        &two,
        &UNTOUCHED,
        Some("2026-11-20T10:15:00Z"),
        "2026-11-23T10:00:00Z",
        "Done Fri 11:15 with 45 min left: 2 h of service time, 1 h 15 min used Fri.",
    );
    let ended = Life { turns: &[], ends: Some("2026-11-20T10:00:00Z") };
    check(
        &two,
        &ended,
        None,
        "2026-11-23T10:00:00Z",
        "The case ended with 1 h left: 2 h of service time, 1 h used Fri.",
    );
}
