//! What is hinted at, and what is left alone.

use super::*;
use proptest::prelude::*;

#[track_caller]
fn check(language: &str, text: &str, expected: &[(HintKind, &str)]) {
    let found = hints(text, &language.parse().expect("a tag"), &["HDMI"]);
    let found: Vec<(HintKind, &str)> =
        found.iter().map(|hint| (hint.kind, &text[hint.start..hint.end])).collect();
    assert_eq!(found, expected, "{language}: {text}");
}

#[test]
fn passives_without_who_are_hinted_at() {
    use HintKind::PassiveWithoutWho;
    check("en", "Your refund was processed today.", &[(PassiveWithoutWho, "was processed")]);
    check("en", "The refund was processed by our bank.", &[]);
    check("en", "We processed your refund.", &[]);
    check("de", "Ihr Geld wurde gestern überwiesen.", &[(PassiveWithoutWho, "wurde gestern überwiesen")]);
    check("de", "Ihr Geld wurde von der Bank überwiesen.", &[]);
    check("es", "El paquete fue enviado ayer.", &[(PassiveWithoutWho, "fue enviado")]);
    check("pl", "Paczka została wysłana wczoraj.", &[(PassiveWithoutWho, "została wysłana")]);
    check("pl", "Paczka została wysłana przez magazyn.", &[]);
    check("sl", "Paket je bil poslan včeraj.", &[(PassiveWithoutWho, "bil poslan")]);
    check("lt", "Siunta buvo išsiųsta vakar.", &[(PassiveWithoutWho, "buvo išsiųsta")]);
}

#[test]
fn idioms_and_abbreviations_are_hinted_at() {
    use HintKind::{Abbreviation, Idiom};
    check("en", "We will keep you posted.", &[(Idiom, "keep you posted")]);
    check("de", "Wir halten Sie auf dem Laufenden.", &[(Idiom, "auf dem Laufenden")]);
    check("pl", "Załatwimy to od ręki.", &[(Idiom, "od ręki")]);
    check("en", "Send the RMA, ASAP, over HDMI.", &[(Abbreviation, "RMA"), (Abbreviation, "ASAP")]);
    check("de", "Senden Sie z. B. ein Bild.", &[(Abbreviation, "z. B.")]);
    check("sl", "Pošljite npr. sliko.", &[(Abbreviation, "npr.")]);
    check("en", "I AM NOT HAPPY", &[]);
}

#[test]
fn negations_dates_and_questions_are_hinted_at() {
    use HintKind::{AmbiguousDate, ManyQuestions, StackedNegation};
    check("en", "It is not true that nobody wrote.", &[(StackedNegation, "not true that nobody")]);
    check("pl", "Nikt nie pisał.", &[]);
    check("en", "It comes on 03/04/2026, not on 13/04/2026.", &[(AmbiguousDate, "03/04/2026")]);
    check("en", "It comes on 2026-04-03 or 4/4/2026.", &[]);
    check("en", "Who? What? When?", &[]);
    check("en", "Who? What? When? Why?", &[(ManyQuestions, "Who? What? When? Why?")]);
}

#[test]
fn long_sentences_are_hinted_at() {
    let sentence = |words: usize| format!("{}end.", "word ".repeat(words - 1));
    check("en", &sentence(25), &[]);
    check("en", &sentence(26), &[(HintKind::LongSentence, sentence(26).as_str())]);
    check("lt", &sentence(19), &[(HintKind::LongSentence, sentence(19).as_str())]);
}

#[test]
fn a_long_text_takes_a_time_as_long_as_it_is() {
    let english = "en".parse().expect("a tag");
    for piece in ["was not ", "1/2/", "e.g. ", "? ", "😀", "z. "] {
        hints(&piece.repeat(30_000), &english, &[]);
    }
}

proptest! {
    #[test]
    fn places_are_in_the_text(text in "(\\PC|was sent|not|1/2/2026|e.g.|\n| |\\?|/|-|[0-9]){0,40}") {
        for language in ["en", "de", "pl", "und"] {
            for hint in hints(&text, &language.parse().expect("a tag"), &[]) {
                prop_assert!(text.get(hint.start..hint.end).is_some());
            }
        }
    }
}
