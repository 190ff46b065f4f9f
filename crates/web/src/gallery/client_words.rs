//! Samples of the pages of a client's words.

use super::{aurora, language, pages::choices, shell};
use crate::views::client_words::{
    Brought, EntryLine, FormFields, FormLine, Memory, Term, TermForm, TermRow, Terms,
};
use crate::views::marks::{Choice, Pager};
use crate::views::shell::{Administration, Place, Shell};

fn frame(title: &str) -> Shell {
    shell(title, Place::Administration(Administration::Clients))
}

fn line(tag: &str, text: &str, status: &'static str) -> FormLine {
    FormLine {
        language: (tag != "und").then(|| language(tag)),
        text: text.to_owned(),
        status,
        is_forbidden: status == "not to be used",
        note: String::new(),
    }
}

fn row(id: &str, sense: &str, note: &str, forms: Vec<FormLine>) -> TermRow {
    TermRow {
        id: id.to_owned(),
        name: id.to_owned(),
        is_kept: forms.iter().any(|form| form.language.is_none()),
        sense: sense.to_owned(),
        note: note.to_owned(),
        subject: String::new(),
        forms,
    }
}

fn form() -> TermForm {
    let fields = |number, text: &str| FormFields {
        number,
        languages: choices(&[("en", "English"), ("pl", "Polish"), ("und", "Every language")]),
        text: text.to_owned(),
        parts: choices(&[("", "not said"), ("noun", "noun")]),
        statuses: choices(&[("preferred", "the word to use"), ("forbidden", "not to be used")]),
        note: String::new(),
    };
    TermForm {
        url: "#".to_owned(),
        name: "short (curt)".to_owned(),
        kinds: choices(&[
            ("translate", "is said with its form there"),
            ("keep", "stays as it is, letter by letter"),
        ]),
        sense: "of a person: curt".to_owned(),
        note: "short: curt, not brief".to_owned(),
        subject: String::new(),
        lines: vec![fields(1, "short"), fields(2, "oschły"), fields(3, "")],
    }
}

/// Terms, behind a file that was brought in with two bad lines.
pub fn terms() -> Terms {
    Terms {
        shell: frame("Terms of Aurora"),
        mark: aurora(),
        words: String::new(),
        rows: vec![
            row("one", "", "", vec![line("und", "Aurora Link 2", "")]),
            row(
                "two",
                "of a person: curt",
                "short: curt, not brief",
                vec![
                    line("en", "short", ""),
                    line("pl", "oschły", ""),
                    line("pl", "krótki", "not to be used"),
                ],
            ),
        ],
        all: 2,
        form: form(),
        is_adding: false,
        brought: Some(Brought {
            sentence: "41 terms were brought in. 2 places of the file are wrong.".to_owned(),
            problems: vec![
                "Line 4: The row has a form, but no language. The row was left out.".to_owned(),
                "Line 19: “wrong” is not one of translate, keep. The row was left out.".to_owned(),
            ],
            more: 0,
        }),
        pager: Pager::default(),
    }
}

/// A client without terms.
pub fn no_terms() -> Terms {
    Terms { rows: Vec::new(), all: 0, brought: None, ..terms() }
}

/// A term to change.
pub fn term() -> Term {
    Term { shell: frame("short"), mark: aurora(), title: "short".to_owned(), form: form() }
}

/// A translation memory.
pub fn memory() -> Memory {
    let entry = |id: &str, source: &str, target: &str, is_read| EntryLine {
        id: id.to_owned(),
        from: Some(language("pl")),
        source: source.to_owned(),
        to: Some(language("en")),
        target: target.to_owned(),
        who: "Marta Reis, 3 Mar".to_owned(),
        read: if is_read { "reads both languages" } else { "doesn’t read both languages" },
        is_read,
    };
    Memory {
        shell: frame("Translation memory of Aurora"),
        mark: aurora(),
        words: String::new(),
        pairs: vec![Choice::new("", "All directions"), Choice::new("pl..en", "Polish → English (2)")],
        summary: "There are 2 entries.".to_owned(),
        entries: vec![
            entry("one", "Wysłaliśmy zamówienie X1.", "We have sent your order X1.", true),
            entry(
                "two",
                "Proszę wyłączyć urządzenie na 10 minut.",
                "Please switch the device off for 10 minutes.",
                false,
            ),
        ],
        brought: None,
        pager: Pager::default(),
    }
}
