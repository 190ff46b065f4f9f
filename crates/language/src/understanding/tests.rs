//! Threads and what they show.

use super::*;
use kernel::{Instant, LanguageTag};
use proptest::prelude::*;

fn turn(written: &str) -> Turn {
    let (side, rest) = written.split_once(' ').expect("side text");
    let (from, tag) = side.split_at(1);
    let from = if from == "C" { From::Customer } else { From::Representative };
    let language = if tag.is_empty() { "en" } else { tag };
    Turn { language: language.parse().expect("a tag"), ..Turn::new(from, rest) }
}

/// Messages like `C hello` or `Rde Hallo`, a day apart; `kind@message` of what is found.
fn found(messages: &[&str]) -> Vec<String> {
    let day = |place: usize| Instant::from_micros(place as i64 * 86_400_000_000);
    let turns = messages.iter().enumerate();
    let turns = turns.map(|(place, written)| Turn { at: Some(day(place)), ..turn(written) }).collect();
    let thread = Thread { turns, as_of: Some(day(messages.len() + 5)) };
    signals(&thread, &[]).iter().map(|signal| format!("{}@{}", signal.kind, signal.message)).collect()
}

#[track_caller]
fn check(messages: &[&str], expected: &[&str]) {
    assert_eq!(found(messages), expected, "{messages:?}");
}

#[test]
fn a_question_that_is_asked_again_is_seen() {
    let question = "C When will my order 48213 be delivered to the locker?";
    let again = "C Hello. So when will order 48213 be delivered to a locker?";
    check(&[question, "R Our parcels are insured.", again], &["repeated_question@2"]);
    check(&[question, "R On Monday.", "C Thank you, Monday is fine."], &[]);
    check(
        &[
            "Cpl Kiedy dotrze moja faktura za router?",
            "Rpl Router ma gwarancję.",
            "Cpl Kiedy dotrze faktura za mój router?",
        ],
        &["repeated_question@2"],
    );
}

#[test]
fn a_representative_who_asks_twice_is_seen() {
    check(
        &[
            "C It is broken.",
            "R Which order number is on the label?",
            "C 48213",
            "R Which order number is on your label?",
        ],
        &["asks_twice@3"],
    );
}

#[test]
fn a_change_of_language_is_seen() {
    check(
        &["Cpl Gdzie jest moja paczka?", "Rpl Sprawdzimy to.", "Cen Where is my parcel then, in English?"],
        &["language_switch@2"],
    );
    check(&["Cpl Gdzie jest moja paczka?", "Rpl Sprawdzimy to.", "Cen ok thx"], &[]);
}

#[test]
fn silence_after_an_instruction_is_seen() {
    check(
        &["C My router is down.", "R Please restart the router and send a picture."],
        &["silence_after_instruction@1"],
    );
    check(&["C My router is down.", "R We repaired it."], &[]);
    check(&["C My router is down.", "R Please restart the router.", "C It works now."], &[]);
}

#[test]
fn the_same_contact_within_seven_days_is_seen() {
    let case = |case: &str, day: i64, text: &str| Turn {
        case: Some(case.into()),
        at: Some(Instant::from_micros(day * 86_400_000_000)),
        ..turn(text)
    };
    let kinds = |day| {
        let turns = vec![
            case("a", 0, "C The invoice for March is wrong."),
            case("a", 1, "R It is corrected."),
            case("b", day, "C The March invoice is still wrong."),
        ];
        let found = signals(&Thread { turns, as_of: None }, &[]);
        found.iter().map(|signal| signal.kind).collect::<Vec<_>>()
    };
    assert_eq!(kinds(6), [SignalKind::RepeatContact]);
    assert_eq!(kinds(9), []);
}

#[test]
fn an_answer_about_another_product_and_many_translations_are_seen() {
    let products = [Term::kept("hub", "Aurora Hub"), Term::kept("lamp", "Aurora Lamp")];
    let kinds = |reply: &str, again: u32| {
        let reply = Turn { translated_again: again, ..turn(reply) };
        let turns = vec![turn("C My Aurora Hub is off."), reply];
        let found = signals(&Thread { turns, as_of: None }, &products);
        found.iter().map(|signal| signal.kind).collect::<Vec<_>>()
    };
    assert_eq!(kinds("R The Aurora Lamp needs a new bulb.", 0), [SignalKind::OtherProduct]);
    assert_eq!(kinds("R The Aurora Hub and the Aurora Lamp are fine.", 3), [SignalKind::ManyTranslations]);
}

#[test]
fn a_representative_who_does_not_understand_is_heard() {
    check(&["C foo bar", "R Sorry, I don't understand your message."], &["explicit_phrase@1"]);
}

#[test]
fn long_threads_and_texts_take_their_time_only() {
    let long = "I do not what is the ".repeat(20_000);
    let turns = (0..40).map(|place| turn(&format!("{} {}", ["C", "R"][place % 2], &long[..4_000]))).collect();
    signals(&Thread { turns, as_of: None }, &[]);
    signals(&Thread { turns: vec![turn(&format!("C {long}"))], as_of: None }, &[]);
    signals(&Thread { turns: vec![turn(&format!("C {}", "😀".repeat(10_000)))], as_of: None }, &[]);
}

proptest! {
    #[test]
    fn places_are_in_the_text(text in "(\\PC|I don't understand|nie rozumiem|\n| |\\?){0,30}") {
        let turn = Turn { language: LanguageTag::unknown(), ..Turn::new(From::Customer, text.clone()) };
        for signal in signals(&Thread { turns: vec![turn], as_of: None }, &[]) {
            prop_assert!(text.get(signal.start..signal.end).is_some());
        }
    }
}
