//! TBX there and back, both styles, and files that aren't right.

use super::*;
use crate::terms::{Form, Imported, samples};
use proptest::prelude::*;

fn check_problems(tbx: &str, terms: usize, expected: &[(usize, &str)]) {
    let imported = from_tbx(tbx.as_bytes());
    assert_eq!(imported.terms.len(), terms, "{imported:?}");
    assert_eq!(imported.problems.len(), expected.len(), "{:?}", imported.problems);
    for (problem, (line, part)) in imported.problems.iter().zip(expected) {
        assert!(problem.line == *line && problem.sentence.contains(part), "{problem:?}");
    }
}

#[test]
fn terms_come_back_as_they_went() {
    let terms = samples::termbase();
    let written = to_tbx(&terms);
    assert_eq!(from_tbx(written.as_bytes()), Imported { terms, problems: vec![] }, "{written}");
}

#[test]
fn categories_as_attributes_are_read() {
    let tbx = r#"<?xml version="1.0"?><!DOCTYPE martif SYSTEM "TBXBasiccoreStructV02.dtd">
<martif type="TBX-Basic" xml:lang="en"><text><body><termEntry id="c5">
<descrip type="subjectField">quality</descrip>
<descripGrp><descrip type="definition">few <hi>unfriendly</hi> words</descrip></descripGrp>
<langSet xml:lang="en_GB"><tig><term>curt</term><termNote type="partOfSpeech">adjective</termNote>
<termNote type="administrativeStatus">admittedTerm-admn-sts</termNote></tig></langSet>
<langSet xml:lang="pl"><ntig><termGrp><term>krótki &amp; zły</term>
<termNote type="administrativeStatus">deprecatedTerm-admn-sts</termNote></termGrp></ntig></langSet>
</termEntry></body></text></martif>"#;
    let imported = from_tbx(tbx.as_bytes());
    assert_eq!(imported.problems, []);
    let term = &imported.terms[0];
    assert_eq!((term.id.as_str(), term.subject.as_str()), ("c5", "quality"));
    assert_eq!(term.sense, "few unfriendly words");
    let forms: Vec<(&str, &str, Status)> =
        term.forms.iter().map(|form| (form.language.as_str(), form.text.as_str(), form.status)).collect();
    assert_eq!(forms, [("en-gb", "curt", Status::Allowed), ("pl", "krótki & zły", Status::Forbidden)]);
    assert_eq!(term.forms[0].part_of_speech, Some(PartOfSpeech::Adjective));
}

#[test]
fn entities_of_the_file_are_not_expanded() {
    let tbx = "<!DOCTYPE tbx [<!ENTITY a \"boom\"><!ENTITY b \"&a;&a;\"><!ENTITY c SYSTEM \"file:///etc/passwd\">]>\n\
        <tbx><conceptEntry id=\"x\"><langSec xml:lang=\"en\"><termSec><term>one&b;&c;</term></termSec></langSec></conceptEntry></tbx>";
    let imported = from_tbx(tbx.as_bytes());
    assert_eq!(imported.terms[0].forms[0].text, "one");
    assert_eq!(imported.problems.len(), 2);
}

#[test]
fn a_bad_entry_does_not_lose_the_good_ones() {
    let concept = |id: &str, language: &str, term: &str| {
        format!(
            "<conceptEntry id=\"{id}\"><langSec xml:lang=\"{language}\"><termSec><term>{term}</term></termSec></langSec></conceptEntry>\n"
        )
    };
    let body = [
        concept("a", "en", "one"),
        concept("b", "english", "two"),
        concept("c", "en", " "),
        concept("a", "en", "four"),
    ];
    check_problems(
        &format!("<tbx>\n{}</tbx>", body.concat()),
        3,
        &[(3, "“english”"), (4, "no words"), (5, "the concept on line 2")],
    );
    check_problems(&format!("<tbx>\n{}<conceptEntry", body[0]), 1, &[(3, "no XML")]);
    check_problems(&format!("<tbx>\n{}", body[0]), 1, &[(3, "ends in the middle")]);
    check_problems("<html></html>", 0, &[(1, "no TBX")]);
    check_problems("", 0, &[(1, "no TBX")]);
    check_problems(&"<a>".repeat(100_000), 0, &[(1, "too deep"), (1, "no TBX")]);
    assert_eq!(from_tbx(b"\xff\xfe").problems.len(), 1);
}

proptest! {
    #[test]
    fn any_bytes_are_read(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        from_tbx(&bytes);
    }

    #[test]
    fn any_words_come_back(
        id in "\\PC{1,8}",
        note in "[^\\p{C}]{1,20}",
        form in "[^\\p{Z}\\p{C}]([^\\p{C}]{0,20}[^\\p{Z}\\p{C}])?",
    ) {
        let language = "pl".parse().expect("a tag");
        let terms = [Term { note, ..Term::new(id, vec![Form::new(language, form)]) }];
        prop_assert_eq!(from_tbx(to_tbx(&terms).as_bytes()).terms, terms);
    }
}
