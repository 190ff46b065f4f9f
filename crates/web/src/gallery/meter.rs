//! The gallery's barrier meter, and the signals at a message.

use super::{pages::choices, shell};
use crate::views::{
    meter::{FigureLine, Meter, RateCell, SignalLine, TeamFigures},
    shell::{Administration, Place},
};

fn rate(count: &str, share: &str, interval: &str, places: [&str; 3]) -> RateCell {
    let [low, width, at] = places.map(str::to_owned);
    RateCell {
        count: count.to_owned(),
        share: share.to_owned(),
        interval: interval.to_owned(),
        low,
        width,
        at,
    }
}

/// Three ways of handling, one of them with few cases.
pub fn meter() -> Meter {
    let line = |pair: &str, handling, cases, misunderstood: RateCell| FigureLine {
        pair: pair.to_owned(),
        handling,
        cases,
        is_small: cases < 30,
        misunderstood,
        unresolved: rate("4 of 148", "3 %", "1–7 %", ["1", "6", "3"]),
        repeated: rate("6 of 148", "4 %", "2–9 %", ["2", "7", "4"]),
        asked_for_person: rate("1 of 148", "1 %", "0–4 %", ["0", "4", "1"]),
        clarifications: "0.2".to_owned(),
        expected: "10 %".to_owned(),
        expected_at: Some("10".to_owned()),
        url: Some("/understanding/cases".to_owned()),
    };
    Meter {
        shell: shell("Understanding", Place::Administration(Administration::Understanding)),
        periods: choices(&[("28", "the last 28 days"), ("90", "the last 90 days")]),
        figures_url: "/understanding/figures".to_owned(),
        teams: vec![TeamFigures {
            client: "Aurora".to_owned(),
            team: "Lisbon, Home electronics".to_owned(),
            lines: vec![
                line("Polish", "Native", 148, rate("15 of 148", "10 %", "6–16 %", ["6.2", "9.8", "10.1"])),
                line(
                    "English → Polish",
                    "Machine",
                    62,
                    rate("14 of 62", "23 %", "14–34 %", ["14", "20.5", "22.6"]),
                ),
                line(
                    "Lithuanian",
                    "Not certified",
                    5,
                    rate("2 of 5", "40 %", "12–77 %", ["11.8", "65.1", "40"]),
                ),
            ],
        }],
    }
}

/// A message that asks back.
pub fn signals() -> Vec<SignalLine> {
    vec![SignalLine {
        title: "asks back",
        because: "The customer asks what the reply means.".to_owned(),
        words: "what do you mean".to_owned(),
        sure: "85 % sure".to_owned(),
        dismiss_url: Some("/gallery".to_owned()),
        kind: "asking_back".to_owned(),
        counts: true,
    }]
}
