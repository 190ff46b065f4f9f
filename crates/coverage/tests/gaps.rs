//! Where nobody is.

use crate::{calendar, instant};
use coverage::{Gap, Need, Span, There, by_step, gaps};
use proptest::prelude::*;
use std::time::Duration;

const OFFICE: &str = r#"{"zone": "Europe/Berlin", "hours": {"mon": [["08:00","12:00"], ["12:00","18:00"]], "tue": [["08:00","18:00"]]}}"#;

fn span(from: &str, until: &str) -> Span {
    Span { from: instant(from), until: instant(until) }
}

#[test]
fn a_gap_is_where_fewer_than_needed_are_there() {
    let hours = calendar(OFFICE).expect("a calendar");
    let need = Need { hours: &hours, least: 1, can: &[0, 1] };
    let there = [
        There { person: 0, span: span("2026-11-23T07:00:00Z", "2026-11-23T11:00:00Z") },
        There { person: 1, span: span("2026-11-23T11:30:00Z", "2026-11-23T20:00:00Z") },
        // Can't do it.
        There { person: 2, span: span("2026-11-23T07:00:00Z", "2026-11-24T20:00:00Z") },
    ];
    let (from, until) = (instant("2026-11-23T00:00:00Z"), instant("2026-11-30T00:00:00Z"));
    let found = gaps(&need, &there, from, until);
    let gap = |from, until| Gap { span: span(from, until), there: 0 };
    assert_eq!(
        found,
        [
            gap("2026-11-23T11:00:00Z", "2026-11-23T11:30:00Z"),
            gap("2026-11-24T07:00:00Z", "2026-11-24T17:00:00Z")
        ]
    );
    let steps = by_step(
        &need,
        &there,
        instant("2026-11-23T06:00:00Z"),
        instant("2026-11-23T18:00:00Z"),
        Duration::from_secs(3_600),
    );
    let counts: Vec<Option<u32>> = steps.iter().map(|(_, count)| *count).collect();
    let mut expected = vec![Some(1); 12];
    (expected[0], expected[5], expected[11]) = (None, Some(0), None);
    assert_eq!(counts, expected);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn gaps_are_what_a_look_at_each_quarter_says(
        shifts in proptest::collection::vec((0usize..4, 0u64..250, 1u64..60), 0..12),
        least in 1u32..3,
    ) {
        let hours = calendar(OFFICE).expect("a calendar");
        let need = Need { hours: &hours, least, can: &[0, 1, 2] };
        let (from, until) = (instant("2026-11-23T00:00:00Z"), instant("2026-11-26T00:00:00Z"));
        let quarter = Duration::from_secs(900);
        let at = |quarters: u64| from.plus(quarter * u32::try_from(quarters).expect("few"));
        let there: Vec<There> = shifts
            .into_iter()
            .map(|(person, begin, length)| There { person, span: Span { from: at(begin), until: at(begin + length) } })
            .collect();
        let found = gaps(&need, &there, from, until);
        for quarters in 0..288 {
            let now = at(quarters);
            let people = (0..3).filter(|person| {
                there.iter().any(|one| one.person == *person && one.span.from <= now && now < one.span.until)
            });
            let is_short = hours.is_open(now) && (people.count() as u32) < least;
            let is_gap = found.iter().any(|gap| gap.span.from <= now && now < gap.span.until);
            prop_assert_eq!(is_gap, is_short, "{}", now);
        }
    }
}
