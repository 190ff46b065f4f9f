//! Rule: what a person newly wrote in a mail, what they quoted, and their signature. When unsure, it counts as new.

use super::phrases::{self, Label};
use std::ops::Range;

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
    split_marked(text, &[])
}

/// Splits a text in which the mail program marked some byte ranges as quoted.
pub(super) fn split_marked(text: &str, quotes: &[Range<usize>]) -> Split {
    let lines: Vec<&str> = text.split('\n').collect();
    let mut kinds = vec![Kind::New; lines.len()];
    mark_quotes(text, &lines, quotes, &mut kinds);
    let before = kinds.clone();
    mark_introductions(&lines, &mut kinds);
    let introduced = before != kinds || !quotes.is_empty();
    mark_rest(&lines, &mut kinds);
    mark_signature(&lines, &mut kinds);
    mark_blank_lines(&lines, &mut kinds);
    let says = |(line, kind): (&&str, &Kind)| *kind == Kind::New && !line.trim().is_empty();
    let nothing_new = !lines.iter().zip(&kinds).any(says);
    if nothing_new && !(introduced && before.contains(&Kind::Quoted)) {
        // A mail that is all one quote is more likely one that was misread.
        kinds.fill(Kind::New);
    }
    let part = |wanted: Kind| lines_of(&lines, &kinds, wanted);
    Split { new_text: part(Kind::New), quoted_text: part(Kind::Quoted), signature: part(Kind::Signature) }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    New,
    Quoted,
    Signature,
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
    kept.join("\n").trim_matches('\n').trim_end().to_owned()
}

fn mark_quotes(text: &str, lines: &[&str], quotes: &[Range<usize>], kinds: &mut [Kind]) {
    let forwarded = |quote: &Range<usize>| {
        let start = text.get(quote.start..).unwrap_or_default().trim_start();
        phrases::is_forward(start.lines().next().unwrap_or_default())
    };
    let quotes: Vec<&Range<usize>> = quotes.iter().filter(|quote| !forwarded(quote)).collect();
    let mut at = 0;
    for (line, kind) in lines.iter().zip(kinds) {
        let middle = at + line.len() / 2;
        let inside = !line.is_empty() && quotes.iter().any(|quote| quote.contains(&middle));
        if line.trim_start().starts_with('>') || inside {
            *kind = Kind::Quoted;
        }
        at += line.len() + 1;
    }
}

/// `On … wrote:` and its like, on up to four lines. Above a quote it belongs to it; above anything else, the rest is quoted.
fn mark_introductions(lines: &[&str], kinds: &mut [Kind]) {
    let mut at = 0;
    while at < lines.len() {
        let Some(end) = introduction(lines, kinds, at) else {
            at += 1;
            continue;
        };
        let below = (end..lines.len()).find(|n| !line(lines, *n).trim().is_empty());
        let above_quote = below.is_none_or(|n| kinds.get(n) == Some(&Kind::Quoted));
        let until = if above_quote { end } else { lines.len() };
        kinds.iter_mut().take(until).skip(at).for_each(|kind| *kind = Kind::Quoted);
        at = until;
    }
}

/// Where an introduction that begins at a line ends. One on several lines must begin as introductions do, or the words above
/// it would be taken for a part of it.
fn introduction(lines: &[&str], kinds: &[Kind], at: usize) -> Option<usize> {
    const LONGEST: usize = 4;
    let longest = if phrases::opens_introduction(line(lines, at)) { LONGEST } else { 1 };
    let mut joined = String::new();
    for n in at..lines.len().min(at + longest) {
        if kinds.get(n) != Some(&Kind::New) || line(lines, n).trim().is_empty() {
            return None;
        }
        joined.push_str(line(lines, n).trim());
        let below = (n + 1..lines.len()).find(|n| !line(lines, *n).trim().is_empty());
        let above_quote = below.is_some_and(|n| kinds.get(n) == Some(&Kind::Quoted));
        if phrases::is_introduction(&joined) || (above_quote && phrases::is_short_introduction(&joined)) {
            return Some(n + 1);
        }
        joined.push(' ');
    }
    None
}

/// Below `-----Original Message-----` or a block of `From:`, `Sent:`, `To:`, everything is quoted.
fn mark_rest(lines: &[&str], kinds: &mut [Kind]) {
    let starts = |n: &usize| kinds.get(*n) == Some(&Kind::New) && begins_original(lines, *n);
    let Some(mut start) = (0..lines.len()).find(starts) else { return };
    let has_words = |n: &usize| kinds.get(*n) == Some(&Kind::New) && !line(lines, *n).trim().is_empty();
    while start > 0 && (line(lines, start - 1).trim().is_empty() || phrases::is_rule(line(lines, start - 1)))
    {
        start -= 1;
    }
    if (0..start).any(|n| has_words(&n)) {
        kinds.iter_mut().skip(start).for_each(|kind| *kind = Kind::Quoted);
    }
}

fn begins_original(lines: &[&str], at: usize) -> bool {
    const HEADER_LINES: usize = 8;
    let first = line(lines, at);
    if phrases::is_separator(first) {
        return true;
    }
    if !matches!(phrases::header_label(first), Some(Label::From | Label::Date)) {
        return false;
    }
    // A forwarded mail is what the person wants to show.
    let above = lines.iter().take(at).rev().find(|line| !line.trim().is_empty());
    if above.is_some_and(|above| phrases::is_forward(above)) {
        return false;
    }
    let head = lines.iter().skip(at).take(HEADER_LINES);
    let mut labels: Vec<Label> = head.filter_map(|line| phrases::header_label(line)).collect();
    labels.sort();
    labels.dedup();
    labels.len() >= 3 && labels.contains(&Label::From)
}

/// What stands below `-- `, as far as it is short, and footers such as “Sent from my phone”.
fn mark_signature(lines: &[&str], kinds: &mut [Kind]) {
    const LONGEST: usize = 20;
    let is_new = |kinds: &[Kind], n: usize| kinds.get(n) == Some(&Kind::New);
    let delimiter = (0..lines.len())
        .rev()
        .find(|n| is_new(kinds, *n) && phrases::is_signature_delimiter(line(lines, *n)));
    let footer =
        (0..lines.len()).rev().filter(|n| is_new(kinds, *n)).find(|n| phrases::is_footer(line(lines, *n)));
    // A delimiter with nothing below it is no signature; a footer is one by itself.
    for (start, first_words, longest) in [(delimiter, 2, LONGEST), (footer, 1, 3)] {
        let Some(start) = start else { continue };
        let end = (start..lines.len()).find(|n| !is_new(kinds, *n)).unwrap_or(lines.len());
        let words = (start..end).filter(|n| !line(lines, *n).trim().is_empty()).count();
        let above = (0..start).any(|n| is_new(kinds, n) && !line(lines, n).trim().is_empty());
        if (first_words..=longest).contains(&words) && above {
            kinds.iter_mut().take(end).skip(start).for_each(|kind| *kind = Kind::Signature);
        }
    }
}

/// A blank line belongs to what stands on both sides of it.
fn mark_blank_lines(lines: &[&str], kinds: &mut [Kind]) {
    let mut above: Option<(usize, Kind)> = None;
    for n in 0..lines.len() {
        if line(lines, n).trim().is_empty() {
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

#[cfg(test)]
mod tests;
