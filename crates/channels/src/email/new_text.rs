//! Rule: what a person newly wrote in a mail, what they quoted, and their signature. When unsure, it counts as new.

use super::phrases;
use std::{borrow::Cow, ops::Range};

mod closings;
mod head_labels;
mod quotes;
mod signatures;

/// A mail's text in three parts. Every line of the text is in exactly one of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Split {
    /// What this person newly wrote.
    pub new_text: String,
    /// What they quoted.
    pub quoted_text: String,
    /// Their signature.
    pub signature: String,
}

/// Splits a plain text by what people and mail programs write around quotes and signatures.
pub fn split(text: &str) -> Split {
    split_marked(text, &[], &[])
}

/// Splits a text in which the mail program marked some byte ranges as quoted or as the signature.
pub(super) fn split_marked(text: &str, quotes: &[Range<usize>], signatures: &[Range<usize>]) -> Split {
    let text = &apart(text);
    let lines: Vec<&str> = text.split('\n').collect();
    let mut kinds = vec![Kind::New; lines.len()];
    mark_ranges(&lines, signatures, Kind::Signature, &mut kinds);
    let found = quotes::mark(text, &lines, quotes, &mut kinds);
    signatures::mark(&lines, found, &mut kinds);
    mark_blank_lines(&lines, &mut kinds);
    let says = |kind: Kind| lines.iter().zip(&kinds).any(|(line, is)| *is == kind && !line.trim().is_empty());
    // A forwarded mail is what the person wants to show. One that is all quote, and nothing says whose, was likely misread.
    if !says(Kind::New) && found != quotes::Found::Reply {
        kinds.iter_mut().filter(|kind| **kind == Kind::Quoted).for_each(|kind| *kind = Kind::New);
    }
    let part = |wanted: Kind| lines_of(&lines, &kinds, wanted);
    Split { new_text: part(Kind::New), quoted_text: part(Kind::Quoted), signature: part(Kind::Signature) }
}

/// An answer on the line of the introduction below it gets a line of its own. Every byte keeps its place.
fn apart(text: &str) -> Cow<'_, str> {
    let mut breaks = Vec::new();
    let mut at = 0;
    for line in text.split('\n') {
        breaks.extend(phrases::introduction_within(line).map(|space| at + space));
        at += line.len() + 1;
    }
    if breaks.is_empty() {
        return Cow::Borrowed(text);
    }
    let broken = |(at, c): (usize, char)| if breaks.binary_search(&at).is_ok() { '\n' } else { c };
    Cow::Owned(text.char_indices().map(broken).collect())
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    New,
    Quoted,
    Signature,
}

/// Marks the lines of ranges that may overlap: each line is held against those that are open where it stands.
fn mark_ranges(lines: &[&str], ranges: &[Range<usize>], wanted: Kind, kinds: &mut [Kind]) {
    let mut ranges: Vec<&Range<usize>> = ranges.iter().collect();
    ranges.sort_by_key(|range| range.start);
    let mut ranges = ranges.into_iter().peekable();
    let (mut at, mut marked_until) = (0, 0);
    for (line, kind) in lines.iter().zip(kinds) {
        let middle = at + line.len() / 2;
        while let Some(range) = ranges.next_if(|range| range.start <= middle) {
            marked_until = marked_until.max(range.end);
        }
        if !line.is_empty() && middle < marked_until {
            *kind = wanted;
        }
        at += line.len() + 1;
    }
}

/// The lines of one kind. Where lines of another kind stood between two blank ones, one blank line is enough.
fn lines_of(lines: &[&str], kinds: &[Kind], wanted: Kind) -> String {
    let mut kept: Vec<&str> = Vec::new();
    let mut gap = false;
    for (line, kind) in lines.iter().zip(kinds) {
        let doubled = gap && line.trim().is_empty() && kept.last().is_some_and(|last| last.trim().is_empty());
        if *kind == wanted && !doubled {
            kept.push(line);
        }
        gap = (gap && line.trim().is_empty()) || *kind != wanted;
    }
    kept.join("\n").trim_matches(['\n', '\r']).trim_end().to_owned()
}

/// A blank line belongs to what stands on both sides of it.
fn mark_blank_lines(lines: &[&str], kinds: &mut [Kind]) {
    let mut above: Option<(usize, Kind)> = None;
    for n in 0..lines.len() {
        if !has_words(lines, n) {
            continue;
        }
        let Some(kind) = kinds.get(n).copied() else { return };
        if let Some((from, same)) = above.filter(|(_, above)| *above == kind) {
            kinds.iter_mut().take(n).skip(from).for_each(|blank| *blank = same);
        }
        above = Some((n + 1, kind));
    }
}

fn line<'a>(lines: &[&'a str], n: usize) -> &'a str {
    lines.get(n).copied().unwrap_or_default()
}

fn has_words(lines: &[&str], n: usize) -> bool {
    !line(lines, n).trim().is_empty()
}

#[cfg(test)]
mod tests;
