//! Samples of hand-overs.

use super::{language, when};
use crate::views::{
    hand_overs::{NoteView, OfferView, SeamsView, TriedLine},
    marks::{Choice, ChoiceGroup},
};

/// A case that waits for somebody who accepts it.
pub(super) fn seams() -> SeamsView {
    SeamsView {
        open: Some(offer()),
        last: None,
        recipients: vec![ChoiceGroup {
            heading: "To everybody who could take it".to_owned(),
            choices: vec![Choice::new("engagement:1", "Everybody at Manila nights")],
        }],
    }
}

fn offer() -> OfferView {
    OfferView {
        id: "1".to_owned(),
        seam: "Take-over after hours",
        since: when("18:00"),
        between: "From Marta Reis at Lisbon to Jun Reyes at Manila nights.".to_owned(),
        standing: "It is still Marta Reis’s. If nobody accepts it, Maricel Santos has it: 18:10.".to_owned(),
        icon: "clock",
        is_late: false,
        is_open: true,
        is_warm: true,
        why: "The customer is angry: talk to each other.".to_owned(),
        asks: true,
        needs_talk: true,
        may_keep: true,
        note: note(),
    }
}

fn note() -> NoteView {
    NoteView {
        customer: "Zofia Nowak, a customer of Aurora".to_owned(),
        needs: "Ekspres nadal nie podgrzewa wody. Co teraz?".to_owned(),
        needs_language: Some(language("pl")),
        facts: vec!["Product: espresso machine.".to_owned(), "Files in the case: ekspres.jpg.".to_owned()],
        tried: vec![TriedLine {
            at: when("13:20"),
            by: "Marta Reis".to_owned(),
            what: "Proszę odłączyć ekspres na dziesięć minut.".to_owned(),
            result: "They answered: Odłączyłam, bez zmian.".to_owned(),
        }],
        waiting: Some(("Representative".to_owned(), when("17:40"), "The customer wrote.".to_owned())),
        promises: vec![(
            "A reply to what they wrote last".to_owned(),
            Some(when("21:40")),
            "the engagement’s terms".to_owned(),
        )],
        next: Some((
            "Answer what they wrote last.".to_owned(),
            "Jun Reyes".to_owned(),
            None,
            Some(when("21:40")),
        )),
        language: "Polish. We address them formally.".to_owned(),
        mood: vec!["They have written 2 times since our last answer.".to_owned()],
        do_not: Vec::new(),
        is_called: true,
        added: Vec::new(),
    }
}
