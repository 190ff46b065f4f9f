//! Bad input: nothing makes the guard panic, every place that it names is in the text, and huge texts are cut.

use super::LANGUAGES;
use language::{
    Identifier,
    meaning::{Checked, Expectations, Kind, Passage, address_forms, check},
    terms::{Form, Term},
};
use proptest::prelude::*;

fn terms() -> Expectations {
    let form = |language: &str, text: &str| Form::new(language.parse().expect("a tag"), text);
    let translated = LANGUAGES.map(|language| form(language, "a b")).into_iter();
    let translated = translated.chain(LANGUAGES.map(|language| form(language, "c")));
    Expectations {
        terms: vec![Term::new("x", translated.collect()), Term::kept("1", "1"), Term::kept("", "")],
    }
}

fn guard(identifier: &Identifier, source: (&str, &str), target: (&str, &str)) -> Checked {
    let passage = |(language, text)| {
        let language: &str = language;
        Passage { text, language: language.parse().expect("a tag") }
    };
    let (ours, theirs) = (passage(source), passage(target));
    address_forms(&theirs);
    let checked = check(&ours, &theirs, &terms(), identifier);
    for finding in &checked.findings {
        assert!(finding.source.clone().is_none_or(|place| ours.text.get(place).is_some()), "{finding:?}");
        assert!(finding.target.clone().is_none_or(|place| theirs.text.get(place).is_some()), "{finding:?}");
    }
    checked
}

/// A detector without models: what is tried here are the rules.
fn deaf() -> Identifier {
    Identifier::new(&[])
}

#[test]
fn huge_and_strange_texts_are_cut_and_end() {
    let identifier = deaf();
    let pieces = [
        "1 ",
        "1,",
        "😀",
        ". ",
        "{{x}} ",
        "%",
        "the the ",
        "\0",
        "12.3. ",
        "a@b.de ",
        "half past two ",
        "K7-3 ",
        "?",
        "\n",
        "zwei und ",
        "😀 слово word λέξη ",
        "Mr. A ",
    ];
    for piece in pieces {
        let text = piece.repeat(1_000_000 / piece.len());
        let checked =
            guard(&identifier, ("en", &text), ("de", &text[..text.len() / 2 / piece.len() * piece.len()]));
        assert!(checked.findings.iter().any(|finding| finding.kind == Kind::Unchecked), "{piece:?}");
    }
}

#[test]
fn nothing_is_found_in_nothing() {
    let checked = guard(&deaf(), ("en", ""), ("de", ""));
    assert!(checked.findings.is_empty() && checked.pairs.is_empty());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn no_text_makes_it_panic(
        source in "(\\PC|[0-9.,:/ %{}<>#@°€ßé\n\0]|uno |zwei|half past |trzecia |y media|[IVX]){0,60}",
        target in "(\\PC|[0-9.,:/ %{}<>#@°€ßé\n\0]|uno |zwei|half past |trzecia |y media|[IVX]){0,60}",
        languages in (0..6_usize, 0..6_usize),
    ) {
        let (from, to) = (LANGUAGES[languages.0], LANGUAGES[languages.1]);
        guard(&deaf(), (from, &source), (to, &target));
    }
}
