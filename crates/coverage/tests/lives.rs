//! Random lives of cases: the seconds of the parties add up, and every due instant follows from its own steps.

use crate::{calendar, instant};
use coverage::{Clock, Counted, Ledger, Party, Standing, Step, Turn};
use kernel::{Because, Instant};
use proptest::prelude::*;
use std::time::Duration;

const OFFICE: &str = r#"{"zone": "Europe/Berlin", "hours": {"mon": [["09:00","12:00"], ["13:00","17:00"]], "tue": [["09:00","17:00"]],
    "wed": [["09:00","17:00"]], "thu": [["09:00","17:00"]], "fri": [["09:00","17:00"]]}, "holidays": ["2026-10-26"]}"#;

fn turn(from: Instant, party: Party) -> Turn {
    Turn { from, party, because: Because::new("test.passed", "It was passed on.") }
}

prop_compose! {
    /// Turns in seconds after the one before (some told late), and whether the case ends.
    fn lives()(
        gaps in proptest::collection::vec((-5_000i64..200_000, 0usize..4), 0..12),
        ends in proptest::option::of(0u64..300_000),
    ) -> (Ledger, Instant) {
        let mut at = instant("2026-10-19T06:00:00Z");
        let mut ledger = Ledger::begin(turn(at, Party::Representative));
        for (gap, party) in gaps {
            at = Instant::from_micros(at.micros() + gap * 1_000_000);
            ledger.pass(turn(at, Party::ALL[party]));
        }
        at = ledger.last().from;
        if let Some(ends) = ends {
            at = at.plus(Duration::from_secs(ends));
            ledger.end(at);
        }
        (ledger, at)
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10_000))]

    #[test]
    fn the_seconds_of_the_parties_add_up((ledger, last) in lives(), later in 0u64..500_000) {
        let now = last.plus(Duration::from_secs(later));
        let held: Duration = Party::ALL.into_iter().map(|party| ledger.held(party, now)).sum();
        prop_assert_eq!(held, ledger.elapsed(now));
        let spans: Vec<_> = ledger.turns(now).map(|(span, _)| span).collect();
        for pair in spans.windows(2) {
            prop_assert_eq!(pair[0].until, pair[1].from);
        }
    }

    #[test]
    fn a_due_instant_follows_from_its_steps(
        (ledger, last) in lives(),
        later in 0u64..200_000,
        allowed in 0u64..300_000,
        counted in proptest::sample::select(vec![Counted::Service, Counted::Elapsed]),
        done in proptest::option::of(0u64..400_000),
    ) {
        let calendar = calendar(OFFICE).expect("a calendar");
        let now = last.plus(Duration::from_secs(later));
        let done_at = done.map(|done| ledger.began_at().plus(Duration::from_secs(done)));
        let allowed = Duration::from_secs(allowed);
        let paused_for = vec![Party::Customer, Party::Vendor];
        let clock = Clock { start: ledger.began_at(), allowed, counted, paused_for };
        let read = clock.read(&calendar, &ledger, done_at, now).expect("the desk opens again");
        for pair in read.steps.windows(2) {
            prop_assert_eq!(pair[0].span().until, pair[1].span().from);
        }
        // Somebody with a pencil goes through the steps.
        let mut left = allowed;
        let mut due = None;
        for step in &read.steps {
            let Step::Ran(span) = step else { continue };
            if due.is_none() && left <= span.length() {
                due = Some(span.from.plus(left));
            }
            left = left.saturating_sub(span.length());
        }
        match read.standing {
            Standing::Running => {
                prop_assert_eq!(read.used + read.left, allowed);
                // Nothing has to pass where nothing is left; it is due when the desk opens.
                if !read.left.is_zero() {
                    prop_assert_eq!(read.due, due);
                }
                prop_assert!(read.due.is_some_and(|due| due >= now.min(done_at.unwrap_or(now))));
            }
            Standing::Missed => {
                prop_assert_eq!(read.due, due);
                prop_assert!(read.used >= allowed);
            }
            Standing::Met => prop_assert!(done_at.is_some_and(|done| read.due.is_none_or(|due| done <= due))),
            Standing::Paused(party) => prop_assert!(party == ledger.last().party && read.due.is_none()),
            Standing::Over => prop_assert!(ledger.is_over() && read.due.is_none()),
        }
    }
}

#[test]
fn a_clock_explains_itself() {
    let calendar = calendar(OFFICE).expect("a calendar");
    let mut ledger = Ledger::begin(turn(instant("2026-10-23T13:00:00Z"), Party::Representative));
    ledger.pass(turn(instant("2026-10-23T14:30:00Z"), Party::Customer));
    ledger.pass(turn(instant("2026-10-25T08:00:00Z"), Party::Representative));
    let clock = Clock {
        start: instant("2026-10-23T13:00:00Z"),
        allowed: Duration::from_secs(4 * 3_600),
        counted: Counted::Service,
        paused_for: vec![Party::Customer],
    };
    let read = clock.read(&calendar, &ledger, None, instant("2026-10-25T09:00:00Z")).expect("it falls due");
    assert_eq!(read.standing, Standing::Running);
    // Friday 15:00 to 16:30 in Berlin; the clocks go back on Sunday, Monday is a holiday; two and a half hours on Tuesday.
    assert_eq!((read.used, read.due), (Duration::from_secs(5_400), Some(instant("2026-10-27T10:30:00Z"))));
    let told: Vec<String> =
        read.steps.iter().map(|step| format!("{} {}", step.span().from, kind(step))).collect();
    assert_eq!(
        told,
        [
            "2026-10-23T13:00:00Z ran",
            "2026-10-23T14:30:00Z paused",
            "2026-10-25T08:00:00Z closed",
            "2026-10-25T09:00:00Z closed",
            "2026-10-25T23:00:00Z holiday",
            "2026-10-26T23:00:00Z closed",
            "2026-10-27T08:00:00Z ran",
        ]
    );
}

fn kind(step: &Step) -> &'static str {
    match step {
        Step::Ran(_) => "ran",
        Step::Paused(..) => "paused",
        Step::Closed(_, coverage::Closed::Holiday(_)) => "holiday",
        Step::Closed(..) => "closed",
    }
}
