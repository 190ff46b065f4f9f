//! Shifts from iCalendar: what repeats, who works, and what is wrong with the rest.

use crate::instant;
use coverage::{Imported, from_icalendar};

fn read(events: &str) -> Imported {
    let file = format!("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{events}END:VCALENDAR\r\n");
    from_icalendar(file.as_bytes(), instant("2027-06-01T00:00:00Z"))
}

fn event(lines: &str) -> String {
    format!("BEGIN:VEVENT\r\nUID:one@shifts.example\r\n{lines}\r\nEND:VEVENT\r\n")
}

fn begins(imported: &Imported) -> Vec<String> {
    imported.roster.shifts().map(|shift| shift.span.from.to_string()).collect()
}

#[test]
fn shifts_repeat_in_wall_time() {
    let night = "DTSTART;TZID=Europe/Berlin:20261019T220000\r\nDTEND;TZID=Europe/Berlin:20261020T060000\r\n\
                 ATTENDEE;CN=\"Ana: nights\":mailto:Ana@pip.example";
    let check = |more: &str, expected: &[&str]| {
        let imported = read(&event(&format!("{night}\r\n{more}")));
        assert_eq!(begins(&imported), expected, "{more}: {:?}", imported.problems);
    };
    check("SUMMARY:Night", &["2026-10-19T20:00:00Z"]);
    // The clocks go back between the two.
    check("RRULE:FREQ=WEEKLY;COUNT=2", &["2026-10-19T20:00:00Z", "2026-10-26T21:00:00Z"]);
    check(
        "RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE;UNTIL=20261103T230000Z",
        &["2026-10-19T20:00:00Z", "2026-10-21T20:00:00Z", "2026-11-02T21:00:00Z"],
    );
    check(
        "RRULE:FREQ=DAILY;COUNT=3\r\nEXDATE;TZID=Europe/Berlin:20261020T220000",
        &["2026-10-19T20:00:00Z", "2026-10-21T20:00:00Z"],
    );
    check("RRULE:FREQ=WEEKLY;UNTIL=20261026", &["2026-10-19T20:00:00Z", "2026-10-26T21:00:00Z"]);
    check("STATUS:CANCELLED", &[]);
    let forever = read(&event(&format!("{night}\r\nRRULE:FREQ=WEEKLY")));
    assert_eq!(forever.roster.shifts().count(), 33, "until the horizon, and no further");
    assert!(forever.roster.shifts().all(|shift| shift.span.length().as_secs() == 8 * 3_600));
}

#[test]
fn one_of_many_can_be_moved() {
    let weekly = event(
        "DTSTART:20261102T080000Z\r\nDURATION:PT8H\r\nRRULE:FREQ=WEEKLY;COUNT=3\r\nSUMMARY:Early (jan@pip.example)",
    );
    let moved = event(
        "RECURRENCE-ID:20261109T080000Z\r\nDTSTART:20261109T120000Z\r\nDURATION:PT8H\r\nORGANIZER:MAILTO:jan@pip.example",
    );
    let imported = read(&format!("{weekly}{moved}"));
    assert_eq!(
        begins(&imported),
        ["2026-11-02T08:00:00Z", "2026-11-09T12:00:00Z", "2026-11-16T08:00:00Z"],
        "{:?}",
        imported.problems
    );
    assert!(imported.roster.shifts().all(|shift| shift.person == "jan@pip.example"));
}

#[test]
fn bad_events_are_named_and_the_others_read() {
    let good = event("DTSTART:20261102T080000Z\r\nDTEND:20261102T160000Z\r\nSUMMARY:jan@pip.example");
    let check = |lines: &str, problem: &str| {
        let imported = read(&format!("{good}{}", event(lines)));
        assert_eq!(imported.roster.shifts().count(), 1, "{lines}");
        let told: Vec<&str> = imported.problems.iter().map(|problem| problem.sentence.as_str()).collect();
        assert!(told.len() == 1 && told[0].starts_with(problem), "{lines}: {told:?}");
        assert!(told[0].ends_with("(Event one@shifts.example.)"), "{told:?}");
        assert_eq!(imported.problems[0].line, 9, "the line on which the event begins");
    };
    check("DTSTART;VALUE=DATE:20261103\r\nSUMMARY:jan@pip.example", "It lasts whole days.");
    check(
        "DTSTART:20261103T080000Z\r\nDTEND:20261104T140000Z\r\nSUMMARY:jan@pip.example",
        "The shift lasts 30 hours",
    );
    check(
        "DTSTART:20261102T150000Z\r\nDTEND:20261102T180000Z\r\nSUMMARY:jan@pip.example",
        "The same person works",
    );
    check(
        "DTSTART;TZID=Europe/Warschau:20261103T080000\r\nDURATION:PT8H\r\nSUMMARY:jan@pip.example",
        "“Europe/Warschau”",
    );
    check("DTSTART:20261103T080000\r\nDURATION:PT8H\r\nSUMMARY:jan@pip.example", "It names no time zone");
    check("DTSTART:20261103T080000Z\r\nDURATION:PT8H\r\nSUMMARY:Early", "It names nobody");
    check("DTSTART:20261103T080000Z\r\nSUMMARY:jan@pip.example", "It has neither DTEND nor DURATION");
    check("DTSTART:yesterday\r\nDURATION:PT8H\r\nSUMMARY:jan@pip.example", "“yesterday” isn’t a time");
    check(
        "DTSTART:20261103T080000Z\r\nDURATION:PT8H\r\nSUMMARY:jan@pip.example\r\nRRULE:FREQ=MONTHLY;BYDAY=1MO",
        "“FREQ=MONTHLY;BYDAY=1MO” repeats in a way",
    );
    let cut = from_icalendar(b"BEGIN:VEVENT\nDTSTART:20261103T080000Z\n", instant("2027-01-01T00:00:00Z"));
    assert_eq!(cut.problems[0].sentence, "The event has no end. The file was cut.");
    let empty = from_icalendar(b"\xff\xfe", instant("2027-01-01T00:00:00Z"));
    assert_eq!(empty.problems.len(), 1);
}
