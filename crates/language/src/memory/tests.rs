//! What a memory says, and what it keeps to itself.

use super::*;
use proptest::prelude::*;

fn client(number: u8) -> ClientId {
    format!("00000000-0000-0000-0000-00000000000{number}").parse().expect("an id")
}

fn remembered(source: &str, target: &str) -> Remembered {
    Remembered {
        client: client(1),
        from: "en".parse().expect("a tag"),
        to: "de".parse().expect("a tag"),
        source: source.into(),
        target: target.into(),
        approved_by: "Ana".into(),
        approved_at: Instant::from_micros(0),
        approval: Approval::Read,
    }
}

fn said(source: &str, known: &[Remembered]) -> Vec<(u8, String)> {
    let wanted = Wanted {
        client: client(1),
        from: "en".parse().expect("a tag"),
        to: "de".parse().expect("a tag"),
        source,
        names: &["Anna Kowalska", "Jonas"],
    };
    matches(&wanted, known).into_iter().map(|found| (found.score, found.target)).collect()
}

#[track_caller]
fn check(source: &str, known: (&str, &str), expected: Option<(u8, &str)>) {
    let found = said(source, &[remembered(known.0, known.1)]);
    assert_eq!(found.first().map(|(score, target)| (*score, target.as_str())), expected, "{source}");
}

#[test]
fn the_same_segment_is_exact_and_takes_the_new_values() {
    let known = ("Your order 48213 was sent to Jonas.", "Ihre Bestellung 48213 ging an Jonas.");
    check("Your  order 48213 was\nsent to Jonas.", known, Some((100, known.1)));
    check("Your order 50001 was sent to Anna.", known, Some((100, "Ihre Bestellung 50001 ging an Anna.")));
    let link = ("See https://a.example/1 now.", "Siehe https://a.example/1 jetzt.");
    check("See https://b.example/2 now.", link, Some((100, "Siehe https://b.example/2 jetzt.")));
    let two = ("From 10 to 20.", "Von 10 bis 20.");
    check("From 20 to 10.", two, Some((100, "Von 20 bis 10.")));
}

#[test]
fn values_that_cannot_be_filled_in_cost() {
    let known = ("You get 5 days.", "Sie bekommen fünf Tage.");
    check("You get 6 days.", known, Some((90, known.1)));
    let amount = ("It costs 12.50 euros today.", "Es kostet heute 12,50 Euro.");
    check("It costs 13.75 euros today.", amount, Some((90, amount.1)));
    check("It costs 12.50 euros today.", amount, Some((100, amount.1)));
    let twice = ("1 of 1 is done.", "1 von 1 ist fertig.");
    check("1 of 2 is done.", twice, Some((90, twice.1)));
}

#[test]
fn other_words_are_never_taken_unseen() {
    let known = (
        "Please send the device back to us in the box in which it came within the next days.",
        "Bitte senden Sie das Gerät zurück.",
    );
    check(
        "Please send the device back to us in the box in which it came within the last days.",
        known,
        Some((94, known.1)),
    );
    check("Please send it.", known, None);
    check("please send the device", ("Please send the device", "Bitte"), Some((97, "Bitte")));
    check("Please send the device!", ("Please send the device.", "Bitte."), Some((98, "Bitte.")));
}

#[test]
fn another_clients_memory_is_never_used() {
    let other = Remembered { client: client(2), ..remembered("Hello", "Hallo") };
    assert_eq!(said("Hello", &[other]), []);
    let other = Remembered { to: "pl".parse().expect("a tag"), ..remembered("Hello", "Cześć") };
    assert_eq!(said("Hello", &[other]), []);
}

#[test]
fn the_reason_says_whose_reply_it_is() {
    let wanted = Wanted {
        client: client(1),
        from: "en".parse().expect("a tag"),
        to: "de".parse().expect("a tag"),
        source: "Hello",
        names: &[],
    };
    let found = best(&wanted, &[remembered("Hello", "Hallo")]).expect("it is there");
    assert_eq!(found.because, Because::new("memory.exact", "Ana approved this in a reply on 1970-01-01."));
    assert_eq!(best(&wanted, &[remembered("Hello there you", "Hallo")]), None);
}

#[test]
fn what_nobody_read_who_knows_both_is_less_sure_and_says_so() {
    let wanted = Wanted {
        client: client(1),
        from: "en".parse().expect("a tag"),
        to: "de".parse().expect("a tag"),
        source: "Hello",
        names: &[],
    };
    let unread = Remembered { approval: Approval::Unread, ..remembered("Hello", "Hallo") };
    let found = best(&wanted, &[unread]).expect("it is there");
    assert_eq!(
        found.because.sentence,
        "Ana sent this in a reply on 1970-01-01 without reading the language."
    );
    assert!((found.confidence - 0.9).abs() < 1e-9);
}

#[test]
fn a_question_is_no_statement_and_a_count_keeps_its_grammar() {
    check("Is it on.", ("Is it on?", "Ist es an?"), Some((75, "Ist es an?")));
    check("It is on, yes?", ("It is on, yes.", "Es ist an."), Some((83, "Es ist an.")));
    let known = ("You have 3 open invoices.", "Ma Pani 3 otwarte faktury.");
    check("You have 4 open invoices.", known, Some((100, "Ma Pani 4 otwarte faktury.")));
    check("You have 5 open invoices.", known, Some((90, known.1)));
}

#[test]
fn a_table_finds_by_keys() {
    let keys = |text: &str| index_keys(text, &["Anna"]);
    assert_eq!(keys("Your order 1, Anna."), keys("Your  order 2345, Anna."));
    assert_ne!(keys("Your order 1").exact, keys("Your orders 1").exact);
    assert_ne!(keys("Your order!").exact, keys("your order.").exact);
    assert_eq!(keys("Your ordér!").near, keys("your order.").near);
    assert_ne!(keys("Your order?").near, keys("your order.").near);
}

proptest! {
    #[test]
    fn a_segment_matches_itself(source in "\\PC{1,60}") {
        prop_assert_eq!(said(&source, &[remembered(&source, "x")]), [(100, "x".to_owned())]);
    }

    #[test]
    fn whatever_is_taken_is_found_by_its_key(a in "[a-c ,.?é1]{1,9}", b in "[a-cA ,.?e1]{1,9}") {
        let score = said(&a, &[remembered(&b, "x")]).first().map_or(0, |(score, _)| *score);
        if score >= TAKEN_FROM {
            prop_assert_eq!(index_keys(&a, &[]).near, index_keys(&b, &[]).near);
        }
    }
}
