//! Cuts a run of prose into sentences that an engine can take.

use super::marks::Mark;
use crate::identification::sentences as stops;
use std::ops::Range;

/// How many letters an engine gets at once. Its window is some 128 pieces of words; in the languages with the most pieces a word a
/// sentence of this length stays within.
const LETTERS: usize = 320;

/// The sentences of a run, as ranges of the whole text, without the white space around. A mark is never cut.
pub(super) fn sentences(text: &str, run: Range<usize>, marks: &[Mark]) -> Vec<Range<usize>> {
    let flat = text[run.clone()].replace(['\r', '\n'], " ");
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut inside = marks.iter().peekable();
    for sentence in stops(&flat) {
        let sentence = run.start + sentence.start..run.start + sentence.end;
        while inside.next_if(|mark| mark.span.end <= sentence.start).is_some() {}
        let cuts_mark = inside.peek().is_some_and(|mark| mark.span.start < sentence.start);
        match found.last_mut() {
            Some(last) if cuts_mark => last.end = sentence.end,
            _ => found.push(sentence),
        }
    }
    found.into_iter().flat_map(|sentence| shortened(text, sentence, marks)).collect()
}

/// A sentence that is too long in parts that aren't.
fn shortened(text: &str, sentence: Range<usize>, marks: &[Mark]) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    let mut from = sentence.start;
    while let Some(cut) = cut(text, from..sentence.end, marks) {
        let end = from + text[from..cut].trim_end().len();
        if end > from {
            parts.push(from..end);
        }
        from = cut + (text[cut..sentence.end].len() - text[cut..sentence.end].trim_start().len());
    }
    if from < sentence.end {
        parts.push(from..sentence.end);
    }
    parts
}

/// The best place to cut what is too long: behind a mark of punctuation, else at a space; none if it isn't too long or has no space.
fn cut(text: &str, rest: Range<usize>, marks: &[Mark]) -> Option<usize> {
    let (most, _) = text[rest.clone()].char_indices().nth(LETTERS)?;
    let first = marks.partition_point(|mark| mark.span.end <= rest.start);
    let is_free = |at: usize| {
        let marks = marks[first..].iter().take_while(|mark| mark.span.start < at);
        !marks.into_iter().any(|mark| mark.span.end > at)
    };
    let spaces = |range: Range<usize>| {
        let start = range.start;
        let found =
            text[range].char_indices().filter(|(_, c)| c.is_whitespace()).map(move |(at, _)| start + at);
        found.filter(|at| *at > rest.start && is_free(*at))
    };
    let near: Vec<usize> = spaces(rest.start..rest.start + most).collect();
    let behind = |marks: &[char]| near.iter().rev().find(|at| text[..**at].ends_with(marks)).copied();
    behind(&[';', ':'])
        .or_else(|| behind(&[',', '–', '—', ')']))
        .or_else(|| near.last().copied())
        .or_else(|| spaces(rest.start + most..rest.end).next())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::translation::marks::{Numbers, marks};

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let marks = marks(text, &[], "en", Numbers::Risky);
        let found = sentences(text, 0..text.len(), &marks);
        assert_eq!(found.iter().map(|range| &text[range.clone()]).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn sentences_keep_what_must_not_be_cut() {
        check("One. Two!  Three", &["One.", "Two!", "Three"]);
        check(
            "See [this. And that](https://a.example). Done.",
            &["See [this. And that](https://a.example).", "Done."],
        );
        check("Type `ls. Then` now. Bye", &["Type `ls. Then` now.", "Bye"]);
        check("a line\nthat goes on. And on", &["a line\nthat goes on.", "And on"]);
    }

    #[test]
    fn long_sentences_are_cut_where_they_breathe() {
        let text = format!("{}, {}", "word ".repeat(50).trim_end(), "more ".repeat(60).trim_end());
        let parts = sentences(&text, 0..text.len(), &[]);
        assert_eq!(parts.len(), 2);
        assert!(text[parts[0].clone()].ends_with("word,"));
        let endless = "x".repeat(5_000);
        assert_eq!(sentences(&endless, 0..endless.len(), &[]), vec![0..5_000]);
    }
}
