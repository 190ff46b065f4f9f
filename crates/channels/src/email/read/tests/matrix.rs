//! The matrix: answers in the layouts of many mail programs and languages, which are made up here and not taken from anywhere.

use super::read;
use crate::email::new_text::split;
use clients::{CLIENTS, Cell, Made, Place};
use languages::{Language, languages};
use std::collections::BTreeMap;

mod clients;
mod languages;

/// Right and all, of those whose failures were looked at while the rules were written, and of those kept aside.
#[derive(Clone, Copy, Default)]
struct Count {
    seen: (usize, usize),
    aside: (usize, usize),
}

#[derive(Default)]
struct Matrix {
    counts: BTreeMap<String, Count>,
    wrong: String,
}

impl Matrix {
    fn count(&mut self, cell: &Cell<'_>, format: &str, new_text: &str, made: &Made) {
        let right = tidy(new_text) == tidy(&made.new_text);
        let aside = kept_aside(cell, format);
        let (language, client) = (cell.language.name, cell.client.name);
        for key in [
            format!("1 {format}"),
            format!("2 {language} {format}"),
            format!("3 {client} {format}"),
            format!("4 {format} {:?}", cell.place),
            format!("5 {format} signature {}", cell.n % 7),
        ] {
            let count = self.counts.entry(key).or_default();
            let counts = if aside { &mut count.aside } else { &mut count.seen };
            *counts = (counts.0 + usize::from(right), counts.1 + 1);
        }
        if !right && !aside {
            let body = &made.body;
            self.wrong.push_str(&format!(
                "=== {language} {client} {format} {:?} {}\n{body}\n--- ours\n{new_text}\n",
                cell.place, cell.n
            ));
        }
    }
}

/// A third of the cells, spread over everything.
fn kept_aside(cell: &Cell<'_>, format: &str) -> bool {
    let text = format!("{}{}{}{format}{:?}", cell.language.name, cell.client.name, cell.n, cell.place);
    text.bytes().fold(2_166_136_261_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(16_777_619)) % 3
        == 0
}

fn tidy(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn cells(languages: &[Language]) -> impl Iterator<Item = Cell<'_>> {
    let places = [Place::Above, Place::Below, Place::Between];
    languages.iter().enumerate().flat_map(move |(l, language)| {
        CLIENTS.iter().enumerate().flat_map(move |(c, client)| {
            places.into_iter().enumerate().flat_map(move |(p, place)| {
                (0..4).map(move |n| Cell {
                    language,
                    client,
                    place,
                    n: l * 5 + c * 11 + p * 3 + n * 17 + n / 2,
                })
            })
        })
    })
}

#[test]
fn answers_are_found_in_every_layout() {
    let languages = languages();
    let mut matrix = Matrix::default();
    for cell in cells(&languages) {
        if let Some(made) = cell.text() {
            let parts = split(&made.body);
            matrix.count(&cell, "text", &parts.new_text, &made);
            let all = [parts.new_text, parts.quoted_text, parts.signature].join(" ");
            assert_eq!(sorted_words(&all), sorted_words(&made.body), "nothing may be lost");
        }
        if let Some(made) = cell.html() {
            let mail = format!("From: a@b.example\nContent-Type: text/html; charset=utf-8\n\n{}", made.body);
            let parts = read(mail.as_bytes());
            matrix.count(&cell, "html", &parts.new_text, &made);
        }
    }
    let row = |(key, count): (&String, &Count)| {
        let share = |(right, all): (usize, usize)| format!("{:5.1} % of {all:>4}", percent(right, all));
        format!("{key:<32} seen {}   kept aside {}\n", share(count.seen), share(count.aside))
    };
    let report = matrix.counts.iter().map(row).collect::<String>();
    eprintln!("{}\n{report}", matrix.wrong);
    for format in ["1 text", "1 html"] {
        let count = matrix.counts[format];
        assert!(
            count.seen.0 * 100 >= count.seen.1 * LEAST && count.aside.0 * 100 >= count.aside.1 * LEAST,
            "{report}"
        );
    }
}

/// Of a hundred cells, so many are exactly right.
const LEAST: usize = 98;

#[expect(clippy::cast_precision_loss, reason = "small counts")]
fn percent(right: usize, all: usize) -> f64 {
    100.0 * right as f64 / all.max(1) as f64
}

fn sorted_words(text: &str) -> Vec<&str> {
    let mut words: Vec<&str> = text.split_whitespace().collect();
    words.sort_unstable();
    words
}
