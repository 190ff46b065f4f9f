//! The gallery's people who answer in the customer's language.

use super::when;
use crate::views::{
    marks::Choice,
    place::{CasePlace, PlaceLine},
    risk::{ApprovedText, CaseRisk, ClientRisk, TopicLine},
    speakers::{SpeakerLine, Speakers, WayLine},
};

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

/// What makes a wrong word expensive.
pub fn risk() -> CaseRisk {
    CaseRisk {
        topics: vec![TopicLine {
            topic: "money",
            title: "Money",
            words: "zwrot pieniędzy".to_owned(),
            is_marked: true,
            is_by_hand: false,
        }],
        others: vec![Choice::new("safety", "Safety"), Choice::new("legal", "Law")],
        is_risky: true,
        is_reader: false,
        own: None,
        readings: Vec::new(),
    }
}

/// What a client leaves to no machine alone.
pub fn client_risk() -> ClientRisk {
    ClientRisk {
        topics: vec![Choice::new("money", "Money").chosen(), Choice::new("safety", "Safety")],
        texts: vec![ApprovedText {
            name: "Refund, 14 days".to_owned(),
            tag: "pl".to_owned(),
            language: "Polish".to_owned(),
            text: "Zwrot otrzyma Pani w ciągu 14 dni.".to_owned(),
            at: super::when("3 Mar"),
        }],
        languages: vec![Choice::new("pl", "Polish")],
    }
}

/// A wish for somebody in Poland.
pub fn place() -> CasePlace {
    CasePlace {
        lines: vec![PlaceLine {
            sentence: "The customer asks for somebody in Poland.".to_owned(),
            at: when("12:47"),
            words: "porozmawiać z kimś w Polsce".to_owned(),
            icon: "alert",
            is_open: true,
        }],
        is_open: true,
        is_known: true,
        there: "Zofia Nowak".to_owned(),
        countries: vec![Choice::new("PL", "Poland"), Choice::new("DE", "Germany")],
    }
}
