//! The faults that machine-translated pages about help desks really had, each in words of our own.

use super::LANGUAGES;
use language::{
    Identifier,
    meaning::{Expectations, Kind, Passage, check},
};

#[track_caller]
fn finds(identifier: &Identifier, source: (&str, &str), target: (&str, &str), expected: Kind) {
    assert!(LANGUAGES.contains(&source.0) && LANGUAGES.contains(&target.0));
    let passage = |text, language: &str| Passage { text, language: language.parse().expect("a tag") };
    let (ours, theirs) = (passage(source.1, source.0), passage(target.1, target.0));
    let checked = check(&ours, &theirs, &Expectations::default(), identifier);
    let kinds: Vec<Kind> = checked.findings.iter().map(|finding| finding.kind).collect();
    assert!(kinds.contains(&expected), "{kinds:?} without {expected:?} in {}", target.1);
}

#[test]
fn what_machines_did_to_whole_pages_is_found() {
    let identifier = Identifier::default();
    let finds = |source, target, expected| finds(&identifier, source, target, expected);
    finds(
        ("en", "The company offers 24-hour support to every customer."),
        ("sl", "Podjetje vsem strankam ponuja XNUMX-urno podporo."),
        Kind::Artefact,
    );
    finds(
        (
            "en",
            "A good team answers quickly and politely.\n\nBefore you sign, ask the provider how it trains its people and what it does at night.",
        ),
        (
            "es",
            "Un buen equipo responde con rapidez y cortesía.\n\nBefore you sign, ask the provider how it trains its people and what it does at night.",
        ),
        Kind::Untranslated,
    );
    finds(
        ("en", "Compare several providers before you decide."),
        ("sl", "Preden se odločite, primerjajte več ponudnikov. LampMarket."),
        Kind::StraySegment,
    );
    finds(
        ("en", "They repair printers, screens and devices."),
        ("pl", "Naprawiają drukarki, ekrany i drukarki."),
        Kind::Merged,
    );
    finds(
        ("en", "The provider is there for your customers at night."),
        ("de", "Der Anbieter in der Nacht für Ihre Kundschaft da."),
        Kind::Verb,
    );
}
