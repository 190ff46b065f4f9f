//! Documents and queries together: what finds what.

use super::{document_words, query_words};
use kernel::LanguageTag;
use proptest::prelude::*;
use std::collections::HashSet;

const LANGUAGES: [&str; 6] = ["en", "de", "es", "pl", "sl", "lt"];

fn tag(text: &str) -> LanguageTag {
    text.parse().expect("a tag")
}

fn finds(query: &str, document: &str, language: &str) -> bool {
    let indexed = document_words(document, &tag(language));
    let tokens: HashSet<&str> = indexed.split(' ').collect();
    let languages: Vec<LanguageTag> = LANGUAGES.iter().copied().chain([language]).map(tag).collect();
    let words = query_words(query, &languages);
    words.iter().all(|alternatives| alternatives.iter().any(|word| tokens.contains(word.as_str())))
}

/// Every form finds every other.
#[track_caller]
fn check_forms(language: &str, forms: &str) {
    for query in forms.split(' ') {
        for document in forms.split(' ') {
            assert!(finds(query, document, language), "{language}: {query} doesn't find {document}");
        }
    }
}

#[track_caller]
fn check(query: &str, document: &str, expected: bool) {
    assert_eq!(
        finds(query, document, "en"),
        expected,
        "{query} in {document}: {}",
        document_words(document, &tag("en"))
    );
}

#[test]
fn the_forms_of_a_word_find_each_other() {
    check_forms("en", "lamp lamps Lamp LAMPS");
    check_forms("en", "refund refunds refunded refunding");
    check_forms("de", "Lampe Lampen lampe");
    check_forms("de", "Rechnung Rechnungen rechnungen");
    check_forms("es", "factura facturas");
    check_forms("es", "pedido pedidos");
    check_forms("pl", "faktura faktury fakturę fakturą faktur");
    check_forms("pl", "zamówienie zamówienia zamówieniem");
    check_forms("sl", "račun računa računu računom računi računov račune računih");
    check_forms("sl", "paket paketa paketi paketov");
    check_forms("lt", "sąskaita sąskaitos sąskaitą sąskaitų");
    check_forms("lt", "užsakymas užsakymo užsakymą užsakymai");
    check_forms("fr", "facture factures");
    check_forms("it", "fattura fatture");
    check_forms("nl", "lamp lampen");
    check_forms("pt", "fatura faturas");
    check_forms("cs", "faktura faktury fakturu");
    check_forms("da", "faktura fakturaer fakturaen");
    check_forms("sv", "lampa lampor");
    check_forms("fi", "lasku laskun laskut");
    check_forms("hu", "számla számlák");
    check_forms("ro", "factura facturi facturii");
}

#[test]
fn a_word_without_its_accents_finds_it() {
    for (language, query, document) in [
        ("de", "kundigung", "Kündigung"),
        ("pl", "lodz", "Łódź"),
        ("sl", "racuna", "računi"),
        ("lt", "saskaita", "sąskaitos"),
        ("pl", "fakture", "fakturą"),
        ("und", "saskaita", "Sąskaita"),
        ("ja", "東京", "東京都に住んでいます"),
    ] {
        assert!(finds(query, document, language), "{language}: {query} doesn't find {document}");
    }
}

#[test]
fn references_and_addresses_are_found_whole_and_in_pieces() {
    let document = "Re [K7QM-3XTP]: order 2024-118/3 from <Anna.Kowalska@x.pl>, paid 42,50 EUR, see https://x.pl/a/b?id=7";
    for query in [
        "K7QM-3XTP",
        "k7qm3xtp",
        "k7qm",
        "3XTP",
        "2024-118",
        "118/3",
        "2024-118/3",
        "anna.kowalska@x.pl",
        "kowalska@x.pl",
        "@x.pl",
        "x.pl",
        "kowalska",
        "anna",
        "42,50",
        "https://x.pl/a/b?id=7",
        "Anna.Kowalska@x.pl,",
    ] {
        check(query, document, true);
    }
    for query in ["K7QM-3XTQ", "2024-119", "anna@x.pl", "118-2024", "x@kowalska.pl"] {
        check(query, document, false);
    }
}

#[test]
fn every_word_of_a_query_must_fit() {
    check("red lamps", "the lamp is red", true);
    check("green lamps", "the lamp is red", false);
    check("", "anything", true);
    check("?!", "anything", true);
}

#[test]
fn a_document_keeps_its_words_in_order_and_then_its_extras() {
    let english = tag("en");
    assert_eq!(document_words("Lamps: two lamps, K7-9!", &english), "lamps two lamps k7 9 _lamp k7_9 k79");
    assert_eq!(document_words("don't", &english), "don t");
    assert_eq!(document_words("Lampen", &LanguageTag::unknown()), "lampen");
    assert_eq!(document_words("", &english), "");
}

#[test]
fn a_query_word_has_its_stems_as_alternatives() {
    let languages = [tag("en"), tag("de")];
    assert_eq!(query_words("Lampen", &languages), [["lampen", "_lampen", "_lamp", "lamp"]]);
    assert_eq!(query_words("K7-9", &languages), [["k7_9", "k79"]]);
}

#[test]
fn the_number_and_the_length_of_tokens_are_bounded() {
    let words = document_words(&"a1-b2-c3 lamps ".repeat(50_000), &tag("en"));
    assert!(words.split(' ').count() <= 20_000);
    let word = "x".repeat(100_000);
    let words = document_words(&word, &tag("en"));
    assert_eq!(words.len(), 64);
    assert!(finds(&word, &word, "en"));
    assert!(query_words(&"word ".repeat(1000), &[]).len() <= 32);
}

proptest! {
    #[test]
    fn every_word_of_a_document_finds_it(
        document in "(\\PC|[a-zäöüßąčęėįšųūžłóśżźñáéíú0-9 .,@/_-]){0,60}",
        language in proptest::sample::select(vec!["en", "de", "es", "pl", "sl", "lt", "und"]),
    ) {
        for word in document.split_whitespace() {
            prop_assert!(finds(word, &document, language), "{word}");
        }
    }

    #[test]
    fn tokens_are_letters_digits_and_underscores(document in "\\PC{0,60}") {
        let words = document_words(&document, &tag("de"));
        prop_assert!(words.chars().all(|c| c == ' ' || c == '_' || c.is_alphanumeric()));
        prop_assert!(words.is_empty() || words.split(' ').all(|token| !token.is_empty()));
    }
}
