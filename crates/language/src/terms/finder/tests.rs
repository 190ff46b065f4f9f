//! Terms in texts: what is found, what isn't, and how long it takes.

use super::*;
use crate::terms::Status;
use proptest::prelude::*;

fn tag(text: &str) -> LanguageTag {
    text.parse().expect("a tag")
}

/// A termbase of forms like `pl:faktura`; `=Aurora Link` is kept.
fn termbase(forms: &[&str]) -> Vec<Term> {
    let term = |(at, form): (usize, &&str)| match form.strip_prefix('=') {
        Some(kept) => Term::kept(at.to_string(), kept),
        None => {
            let (language, text) = form.split_once(':').expect("language:form");
            Term::new(at.to_string(), vec![Form::new(tag(language), text)])
        }
    };
    forms.iter().enumerate().map(term).collect()
}

/// What is found in a text, `~` before what is inflected.
fn found(forms: &[&str], language: &str, text: &str) -> Vec<String> {
    let finder = Finder::new(&termbase(forms), &tag(language));
    let mark = |found: &Found| if found.senses[0].written == Written::Inflected { "~" } else { "" };
    finder
        .find(text)
        .iter()
        .map(|found| format!("{}{}", mark(found), &text[found.start..found.end]))
        .collect()
}

#[track_caller]
fn check(forms: &[&str], language: &str, text: &str, expected: &[&str]) {
    assert_eq!(found(forms, language, text), expected, "{language}: {text}");
}

#[test]
fn terms_are_found_in_their_forms() {
    check(&["en:invoice"], "en", "Two invoices, one Invoice.", &["~invoices", "Invoice"]);
    check(&["en:credit note"], "en", "The CREDIT\nNOTES are here", &["~CREDIT\nNOTES"]);
    check(&["de:Rechnung"], "de", "Ihre Rechnungen und die Rechnung", &["~Rechnungen", "Rechnung"]);
    check(&["es:nota de crédito"], "es", "las notas de crédito", &["~notas de crédito"]);
    check(&["pl:faktura korygująca"], "pl", "na fakturze korygującej jest błąd", &["~fakturze korygującej"]);
    check(&["pl:zwrot pieniędzy"], "pl", "czekam na zwrotu pieniędzy", &["~zwrotu pieniędzy"]);
    check(&["sl:račun"], "sl", "Na računu in v racunih", &["~računu", "~racunih"]);
    check(&["lt:sąskaita faktūra"], "lt", "sąskaitos faktūros nėra", &["~sąskaitos faktūros"]);
    check(&["pt:fatura"], "pt-br", "as faturas", &["~faturas"]);
}

#[test]
fn the_longest_term_wins() {
    let forms = ["en:help", "en:help desk", "en:help desk outsourcing"];
    check(
        &forms,
        "en",
        "help desk outsourcing, help desks, help",
        &["help desk outsourcing", "~help desks", "help"],
    );
    check(&["en:a b c", "en:b"], "en", "a b d", &["b"]);
}

#[test]
fn hyphens_do_not_matter_but_longer_words_do() {
    check(&["en:e-mail"], "en", "email, e-mail, E mail, emails", &["email", "e-mail", "E mail", "~emails"]);
    check(&["en:email"], "en", "my e-mail", &["e-mail"]);
    check(&["de:Router"], "de", "der WLAN-Router im Routerhaus", &["Router"]);
    check(&["en:order"], "en", "re-order, orders, disorder, order-id", &["~orders"]);
    check(&["en:client"], "en", "the client's bill", &["client"]);
}

#[test]
fn addresses_links_and_code_hold_no_terms() {
    check(
        &["en:invoice"],
        "en",
        "https://a.example/invoice invoice@a.example `invoice` invoice.pdf {{invoice}} my_invoice",
        &[],
    );
}

#[test]
fn what_is_kept_is_found_in_every_language() {
    check(&["=Aurora Link"], "pl", "Mam Aurora Link 2 i aurora-link", &["Aurora Link", "aurora-link"]);
    check(&["=Spark"], "en", "the Spark has no spark", &["Spark"]);
    check(&["en:IT"], "en", "is it IT?", &["IT"]);
    check(&["=Settings > Invoices"], "de", "unter Settings > Invoices.", &["Settings > Invoices"]);
    check(&["=ERR_42"], "de", "Fehler ERR_42, ERR_421", &["ERR_42"]);
    check(&["=shop.example"], "en", "shop.example and shop.example.org", &["shop.example"]);
}

#[test]
fn words_made_of_a_term_are_not_the_term() {
    check(&["en:short"], "en", "shortly before the shortage he was short", &["short"]);
    check(&["de:Rechnung"], "de", "Wir rechnen mit dem Rechner", &[]);
}

#[test]
fn a_form_with_two_senses_has_both() {
    let mut terms = termbase(&["en:short", "en:short"]);
    terms[1].forms[0].status = Status::Forbidden;
    let found = Finder::new(&terms, &tag("en")).find("too short");
    assert_eq!(found.len(), 1);
    let senses: Vec<usize> = found[0].senses.iter().map(|sense| sense.term).collect();
    assert_eq!(senses, [0, 1]);
}

#[test]
fn forms_of_other_languages_are_not_looked_for() {
    check(&["de:Gift", "en:gift"], "en", "a gift", &["gift"]);
    check(&["de:Gift"], "en", "a gift", &[]);
}

#[test]
fn a_long_text_takes_a_time_as_long_as_it_is() {
    let forms = ["en:a a a a a a b", "en:a-a-a-a", "=x > x > y"];
    let finder = Finder::new(&termbase(&forms), &tag("en"));
    for piece in ["a ", "a-", "x > ", "😀 ", "\u{0}", "a\u{301}"] {
        finder.find(&piece.repeat(50_000));
    }
}

proptest! {
    #[test]
    fn places_are_in_order_and_at_letters(
        text in "(\\PC|invoice|credit note|-| |\n|ą){0,40}",
    ) {
        let finder = Finder::new(&termbase(&["en:invoice", "en:credit note", "=a > b", "en:e-mail"]), &tag("en"));
        let mut end = 0;
        for found in finder.find(&text) {
            prop_assert!(found.start >= end && found.end > found.start);
            prop_assert!(text.get(found.start..found.end).is_some());
            end = found.end;
        }
    }
}
