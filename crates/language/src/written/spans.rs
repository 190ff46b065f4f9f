//! The words and the sentences of a text, with their places.

use super::opaque::opaque_spans;
use crate::identification::sentences;
use std::{iter, ops::Range};

/// A word and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct WordSpan {
    /// Bytes of the text.
    pub range: Range<usize>,
    /// What stands between it and the word before.
    pub before: Gap,
}

/// What stands between two words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Gap {
    /// Spaces, or one line break.
    Space,
    /// A hyphen.
    Hyphen,
    /// Anything else: they don't belong together.
    Apart,
}

/// The words of a text, without links, addresses, file names, code, placeholders and tags.
pub(crate) fn word_spans(text: &str) -> Vec<WordSpan> {
    let mut found: Vec<WordSpan> = Vec::new();
    let mut from = 0;
    for opaque in opaque_spans(text).into_iter().chain(iter::once(text.len()..text.len())) {
        words_between(text, from..opaque.start, &mut found);
        from = opaque.end;
    }
    found
}

fn words_between(text: &str, range: Range<usize>, found: &mut Vec<WordSpan>) {
    let mut at = range.start;
    while let Some(start) = text[at..range.end].find(char::is_alphanumeric).map(|length| at + length) {
        let end = text[start..range.end].find(|c| !is_part(c)).map_or(range.end, |length| start + length);
        let before = match found.last() {
            Some(last) if last.range.end >= range.start => gap(&text[last.range.end..start]),
            _ => Gap::Apart,
        };
        found.push(WordSpan { range: start..end, before });
        at = end;
    }
}

fn is_part(c: char) -> bool {
    c.is_alphanumeric() || c == '\u{ad}' || ('\u{300}'..='\u{36f}').contains(&c)
}

fn gap(between: &str) -> Gap {
    match between {
        "-" | "\u{2010}" | "\u{2011}" => Gap::Hyphen,
        _ if between.len() <= 8
            && between.chars().all(char::is_whitespace)
            && between.matches('\n').count() < 2 =>
        {
            Gap::Space
        }
        _ => Gap::Apart,
    }
}

/// The sentences of a text, line by line.
pub(crate) fn sentence_spans(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        found.extend(sentences(line).map(|range| at + range.start..at + range.end));
        at += line.len();
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[(&str, Gap)]) {
        let spans = word_spans(text);
        let found: Vec<(&str, Gap)> =
            spans.iter().map(|word| (&text[word.range.clone()], word.before)).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn words_know_what_stands_before_them() {
        use Gap::{Apart, Hyphen, Space};
        check(
            "Der WLAN-Router  geht\nnicht.",
            &[("Der", Apart), ("WLAN", Space), ("Router", Hyphen), ("geht", Space), ("nicht", Space)],
        );
        check("end. Next\n\npart", &[("end", Apart), ("Next", Apart), ("part", Apart)]);
        check("client's bill", &[("client", Apart), ("s", Apart), ("bill", Space)]);
        check("the a@b.example bill", &[("the", Apart), ("bill", Apart)]);
    }
}
