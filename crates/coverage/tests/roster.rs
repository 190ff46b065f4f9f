//! Shifts from CSV: what is read, and what is wrong with the rest.

use crate::instant;
use coverage::{Imported, from_csv};

fn told(imported: &Imported) -> Vec<String> {
    imported.problems.iter().map(|problem| format!("{}: {}", problem.line, problem.sentence)).collect()
}

#[test]
fn good_rows_are_kept_and_bad_ones_named() {
    let csv = "person;begins;ends;zone;breaks\n\
        Ana@pip.example;2026-10-24 22:00;2026-10-25 06:00;Europe/Berlin;02:30-03:00; 05:00-05:15\n\
        ana@pip.example;2026-10-25 05:00;2026-10-25 12:00;Europe/Berlin;\n\
        jan@pip.example;2026-12-01 08:00;2026-12-02 14:00;Europe/Warsaw;\n\
        jan@pip.example;2026-12-01 08:00;2026-12-01 08:00;Europe/Warsaw;\n\
        jan@pip.example;2026-12-01 08:00;2026-12-01 16:00;Europe/Warschau;\n\
        ;2026-12-01 08:00;2026-12-01 16:00;Europe/Warsaw;\n\
        jan@pip.example;1 Dec 2026;2026-12-01 16:00;Europe/Warsaw;\n\
        jan@pip.example;2026-12-01 08:00;2026-12-01 16:00;Europe/Warsaw;17:00-17:30\n\
        jan@pip.example;2026-12-01 08:00;2026-12-01 16:00;Europe/Warsaw;12-13\n\
        jan@pip.example;2026-12-01 08:00;2026-12-01 16:00;Europe/Warsaw;12:00-12:30\n";
    // A semicolon within a row's breaks needs quotes where semicolons part the cells.
    let csv = csv.replace("02:30-03:00; 05:00-05:15", "\"02:30-03:00; 05:00-05:15\"");
    let imported = from_csv(csv.as_bytes());
    assert_eq!(
        told(&imported),
        [
            "3: The same person works from 2026-10-24T20:00:00Z to 2026-10-25T05:00:00Z already.",
            "4: The shift lasts 30 hours; sixteen are the most. Part it in two.",
            "5: The shift ends before it begins, or at once.",
            "6: “Europe/Warschau” isn’t a time zone. Write it as in the IANA list, like Europe/Berlin.",
            "7: The cell “person” is empty.",
            "8: “1 Dec 2026” isn’t a time. Write it as 2026-12-01 22:00.",
            "9: A break lies outside of the shift, or over another break.",
            "10: “12-13” isn’t a break. Write it as 12:00-12:30.",
        ]
    );
    let shifts: Vec<_> = imported.roster.shifts().collect();
    assert_eq!(shifts.len(), 2);
    // The night in which clocks go back: nine hours, of which the first break takes half an hour at the first 02:30 and one more.
    let worked: u64 = shifts[0].worked().map(|span| span.length().as_secs() / 60).sum();
    assert_eq!(worked, 9 * 60 - 90 - 15);
    assert!(imported.roster.at("ana@pip.example", instant("2026-10-25T04:59:59Z")).is_some());
    assert!(imported.roster.at("ana@pip.example", instant("2026-10-25T05:00:00Z")).is_none());
}

#[test]
fn a_list_without_its_columns_or_in_other_letters_is_told() {
    let missing = from_csv(b"who,begins,ends,zone\nana,2026-12-01 08:00,2026-12-01 16:00,UTC\n");
    assert!(told(&missing)[0].starts_with("1: The column “person” is missing."), "{:?}", told(&missing));
    let latin = from_csv(b"person,begins,ends,zone\nan\xe1,2026-12-01 08:00,2026-12-01 16:00,UTC\nana,2026-12-01 08:00,2026-12-01 16:00,UTC\n");
    assert_eq!(told(&latin), ["2: The row isn’t in UTF-8. Save the file as UTF-8."]);
    assert_eq!(latin.roster.shifts().count(), 1);
    assert_eq!(from_csv(b"").problems.len(), 1);
}
