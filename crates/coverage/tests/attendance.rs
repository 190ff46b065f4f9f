//! Who is there: shifts without breaks and without absences.

use crate::instant;
use coverage::{Leave, LeaveKind, ShiftEntry, ShiftSource, Span};
use kernel::{Id, LeaveId, PersonId, ShiftId};
use uuid::Uuid;

fn nobody() -> PersonId {
    PersonId::from_uuid(Uuid::nil())
}

/// A span of the day, as `08:00-16:00`; hours above 24 lie on the next day.
fn span(text: &str) -> Span {
    let (from, until) = text.split_once('-').expect("the test writes a span");
    let at = |time: &str| {
        let (hour, minute) = time.split_once(':').expect("the test writes a time");
        let (hour, minute): (u64, u64) = (hour.parse().expect("an hour"), minute.parse().expect("a minute"));
        instant("2026-11-23T00:00:00Z").plus(std::time::Duration::from_secs(hour * 3_600 + minute * 60))
    };
    Span { from: at(from), until: at(until) }
}

fn spans(text: &str) -> Vec<Span> {
    text.split_whitespace().map(span).collect()
}

/// Shifts, each with its breaks after a slash: `08:00-16:00/12:00-12:30`.
fn shifts(text: &str) -> Vec<ShiftEntry> {
    let shift = |text: &str| {
        let mut parts = text.split('/').map(span);
        ShiftEntry {
            id: ShiftId::from_uuid(Uuid::nil()),
            person: nobody(),
            span: parts.next().expect("the test writes a shift"),
            breaks: parts.collect(),
            source: ShiftSource::Drawn,
            entered_by: None,
            entered_at: instant("2026-11-01T00:00:00Z"),
        }
    };
    text.split_whitespace().map(shift).collect()
}

fn leaves(text: &str) -> Vec<Leave> {
    let leave = |span| Leave {
        id: LeaveId::from_uuid(Uuid::nil()),
        person: nobody(),
        span,
        kind: LeaveKind::Ill,
        entered_by: None,
        entered_at: instant("2026-11-01T00:00:00Z"),
    };
    spans(text).into_iter().map(leave).collect()
}

#[test]
fn somebody_is_there_but_for_breaks_and_absences() {
    let check = |worked: &str, absent: &str, expected: &str| {
        let found = coverage::there(&shifts(worked), &leaves(absent), span("00:00-24:00"));
        assert_eq!(found, spans(expected), "{worked} without {absent}");
    };
    check("08:00-16:00", "", "08:00-16:00");
    check("08:00-16:00/12:00-12:30", "", "08:00-12:00 12:30-16:00");
    check("08:00-16:00/12:00-12:30", "14:00-40:00", "08:00-12:00 12:30-14:00");
    check("08:00-16:00", "00:00-24:00", "");
    check("08:00-12:00 12:00-16:00", "", "08:00-16:00");
    check("22:00-30:00", "", "22:00-24:00");
    check("08:00-16:00", "10:00-10:00", "08:00-16:00");
}

#[test]
fn a_shift_ends_with_its_end_or_an_absence_and_not_with_a_break() {
    let check = |worked: &str, absent: &str, at: &str, until: Option<&str>| {
        let at = span(&format!("{at}-{at}")).from;
        let until = until.map(|time| span(&format!("{time}-{time}")).from);
        assert_eq!(
            coverage::on_shift(&shifts(worked), &leaves(absent), at),
            until,
            "{worked} without {absent}"
        );
    };
    check("08:00-16:00", "", "07:59", None);
    check("08:00-16:00", "", "08:00", Some("16:00"));
    check("08:00-16:00", "", "16:00", None);
    check("08:00-16:00/12:00-12:30", "", "11:00", Some("16:00"));
    check("08:00-16:00/12:00-12:30", "", "12:10", None);
    check("08:00-16:00", "14:00-20:00", "13:00", Some("14:00"));
    check("08:00-16:00", "14:00-20:00", "14:00", None);
    check("08:00-16:00 16:00-20:00", "", "09:00", Some("20:00"));
}
