//! CSV there and back, and rows that can't be read.

use super::*;
use crate::terms::{PartOfSpeech, importing::Problem, samples};
use proptest::prelude::*;

#[track_caller]
fn check_problems(csv: &str, terms: usize, expected: &[(usize, &str)]) {
    let imported = from_csv(csv.as_bytes());
    assert_eq!(imported.terms.len(), terms, "{imported:?}");
    let fits = |(problem, (line, part)): (&Problem, &(usize, &str))| {
        problem.line == *line && problem.sentence.contains(part)
    };
    let all = imported.problems.iter().zip(expected).all(fits);
    assert!(all && imported.problems.len() == expected.len(), "{:?}", imported.problems);
}

#[test]
fn terms_come_back_as_they_went() {
    let terms = samples::termbase();
    let imported = from_csv(to_csv(&terms).as_bytes());
    assert_eq!(imported, Imported { terms, problems: vec![] });
}

#[test]
fn lists_with_a_column_for_each_language_are_read() {
    let csv = "\u{feff}Note;en;de;pl\ncurt, not brief;short;kurz angebunden;oschły\n;invoice;Rechnung;\n";
    let imported = from_csv(csv.as_bytes());
    assert_eq!(imported.problems, []);
    let forms: Vec<usize> = imported.terms.iter().map(|term| term.forms.len()).collect();
    assert_eq!(forms, [3, 2]);
    assert_eq!(imported.terms[0].note, "curt, not brief");
    assert_eq!(imported.terms[1].id, "line-3");
}

#[test]
fn columns_stand_in_any_order() {
    let csv = "form\tstatus\tlanguage\tpart of speech\ncurt\tallowed\ten\tadjective\n";
    let form = from_csv(csv.as_bytes()).terms.remove(0).forms.remove(0);
    assert_eq!((form.text.as_str(), form.status), ("curt", Status::Allowed));
    assert_eq!(form.part_of_speech, Some(PartOfSpeech::Adjective));
}

#[test]
fn a_bad_row_does_not_lose_the_good_ones() {
    check_problems(
        "id,language,form,status\na,en,one,\nb,english,two,\nc,en,three,deprecated\nd,en,,\n,,,\ne,,five,\nf,en,six,\n",
        2,
        &[(3, "“english”"), (4, "“deprecated” is not one of preferred"), (5, "no form"), (7, "no language")],
    );
    check_problems("id,language,form,sense\na,en,one,x\na,de,eins,y\n", 1, &[(3, "than line 2")]);
    check_problems("one,two\na,b\n", 0, &[(1, "must name the columns")]);
    check_problems("", 0, &[]);
    check_problems(&format!("en\n{}\nfine\n", "x".repeat(3_000)), 1, &[(2, "3000 bytes")]);
}

#[test]
fn rows_that_are_not_utf_8_are_told() {
    let imported = from_csv(b"language,form\nen,one\nde,gr\xfc\xdfe\nen,two\n");
    assert_eq!((imported.terms.len(), imported.problems[0].line), (2, 3));
}

#[test]
fn cells_are_no_formulas() {
    let terms = [Term::new("a", vec![Form::new(LanguageTag::unknown(), "=1+1")]), Term::kept("'b", "'s")];
    let csv = to_csv(&terms);
    assert!(csv.contains(",'=1+1,") && !csv.contains(",=1+1"), "{csv}");
    assert_eq!(from_csv(csv.as_bytes()).terms, terms);
}

proptest! {
    #[test]
    fn any_bytes_are_read(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        from_csv(&bytes);
    }

    #[test]
    fn any_words_come_back(sense in "\\PC{0,20}", form in "[^\\p{Z}\\p{C}]([^\\p{C}]{0,20}[^\\p{Z}\\p{C}])?") {
        let language = "pl".parse().expect("a tag");
        let terms = [Term { sense, ..Term::new("t", vec![Form::new(language, form)]) }];
        prop_assert_eq!(from_csv(to_csv(&terms).as_bytes()).terms, terms);
    }
}
