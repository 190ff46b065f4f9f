//! The gallery's people who answer in the customer's language.

use crate::views::speakers::{SpeakerLine, Speakers, WayLine};

/// Who speaks Polish.
pub fn speakers() -> Speakers {
    let line = |name: &str, level: &str, act| SpeakerLine {
        id: "2".to_owned(),
        name: name.to_owned(),
        level: level.to_owned(),
        act,
    };
    let way = |title, icon, because: &str, persons| WayLine {
        title,
        icon,
        because: because.to_owned(),
        persons,
        more: String::new(),
    };
    Speakers {
        heading: "Who speaks Polish".to_owned(),
        ways: vec![
            way(
                "Native speakers",
                "check",
                "It is their own language.",
                vec![line("Ewa Mazur", "known native speaker 1 Mar 2024", Some("Hand over"))],
            ),
            way(
                "Certified bilingual",
                "check",
                "They are certified from C1 on, and that holds today.",
                vec![line("Jan Novak", "C1, tested 3 May 2026, holds until 3 May 2027", Some("Hand over"))],
            ),
            way(
                "A machine translates",
                "language",
                "A machine translates, and the meaning guard compares.",
                Vec::new(),
            ),
        ],
        is_folded: false,
        asks_for_english: false,
    }
}
