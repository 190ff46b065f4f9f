//! What the pages of a client's words have in common.

use super::doorstep;
use crate::{
    views::{
        client_words::Brought as BroughtView,
        marks::{Choice, Pager},
        shell::{Administration, Place},
    },
    words::language_name,
};
use desk::word_files::Brought;

/// So many problems of a file are shown.
const PROBLEMS: usize = 100;

pub(super) fn place() -> Place {
    Place::Administration(Administration::Clients)
}

/// The languages of a form of a term, with the one that it has, and with all.
pub(super) fn languages(chosen: &str) -> Vec<Choice> {
    let mut choices = doorstep::languages(chosen);
    let every = Choice { is_chosen: chosen == "und", ..Choice::new("und", "Every language") };
    if !choices.iter().any(|choice| choice.value == chosen) && !chosen.is_empty() && chosen != "und" {
        let name = format!("{} ({chosen})", language_name(chosen));
        choices.push(Choice { is_chosen: true, ..Choice::new(chosen, name) });
    }
    choices.insert(0, every);
    choices
}

/// What came of a file, in words.
pub(super) fn brought(done: &Brought, what: &str) -> BroughtView {
    let problems: Vec<String> = done.problems.iter().take(PROBLEMS).map(ToString::to_string).collect();
    let places = match done.problems.len() {
        1 => "One place of the file is wrong.".to_owned(),
        many => format!("{many} places of the file are wrong."),
    };
    BroughtView {
        sentence: format!("{} {what} were brought in. {places}", done.written),
        more: done.problems.len() - problems.len(),
        problems,
    }
}

/// The pages before and behind one, of a list of so many entries.
pub(super) fn pager(url: &str, page: i64, on_a_page: i64, all: i64) -> Pager {
    let (first, end) = (page * on_a_page, ((page + 1) * on_a_page).min(all));
    Pager {
        newer_url: (page > 0).then(|| format!("{url}&page={}", page - 1)),
        older_url: (end < all).then(|| format!("{url}&page={}", page + 1)),
        words: if all > on_a_page { format!("{}–{end} of {all}", first + 1) } else { String::new() },
    }
}

/// A word for an address, letter by letter where it isn't plain.
pub(super) fn escaped(text: &str) -> String {
    let one = |byte: u8| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'.' | b'-' => char::from(byte).to_string(),
        other => format!("%{other:02X}"),
    };
    text.bytes().map(one).collect()
}
