//! Rule: which lines of a mail are quoted: `>`, what the HTML marks, introductions, and the heads of earlier mails.

use super::head_labels::{Label, head_row, header_label, is_head_in_one_line};
use super::{Kind, has_words, line, mark_ranges};
use crate::email::phrases;
use std::ops::Range;

/// How the quotes of a mail came into it, which tells a reply without words from a mail that is shown to somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Found {
    /// Nothing introduces the quotes, if there are any.
    Nothing,
    /// A line or the HTML says that somebody wrote them.
    Reply,
    /// They were forwarded.
    Forward,
}

/// Marks every line that is quoted.
pub(super) fn mark(text: &str, lines: &[&str], quotes: &[Range<usize>], kinds: &mut [Kind]) -> Found {
    mark_ranges(lines, quotes, Kind::Quoted, kinds);
    let lonely = mark_angles(lines, kinds);
    let quoted = kinds.contains(&Kind::Quoted);
    let introduced = mark_introductions(lines, kinds);
    if let Some(kind) = lonely.filter(|_| !introduced && quotes.is_empty()).and_then(|n| kinds.get_mut(n)) {
        // One line alone that nothing introduces may be an arrow or a prompt.
        *kind = Kind::New;
    }
    if !introduced && quotes.is_empty() {
        keep_own_quote(lines, kinds);
    }
    let forwarded = mark_forward(lines, kinds) || quotes.iter().any(|quote| begins_forward(text, quote));
    mark_rest(lines, kinds);
    if forwarded {
        Found::Forward
    } else if quoted && (introduced || !quotes.is_empty()) {
        Found::Reply
    } else {
        Found::Nothing
    }
}

/// Lines that begin with `>`, and links that were wrapped out of them. If it is one line alone, says which.
fn mark_angles(lines: &[&str], kinds: &mut [Kind]) -> Option<usize> {
    let angled = |n: usize| line(lines, n).trim_start().starts_with('>');
    let (mut first, mut count) = (None, 0);
    for (n, kind) in kinds.iter_mut().enumerate() {
        let link = || line(lines, n).starts_with(['(', '<', '[']) && line(lines, n).contains("://");
        if angled(n) || (n > 0 && angled(n - 1) && angled(n + 1) && link()) {
            *kind = Kind::Quoted;
            first = first.or(Some(n));
            count += 1;
        }
    }
    first.filter(|_| count == 1)
}

/// Somebody shows what they saw or typed, as `It says:` and lines with `>` below: one run of them, whose line above leads to it.
fn keep_own_quote(lines: &[&str], kinds: &mut [Kind]) {
    let is_quoted = |n: &usize| kinds.get(*n) == Some(&Kind::Quoted);
    let Some(first) = (0..lines.len()).find(is_quoted) else { return };
    let end = (first..lines.len()).find(|n| !is_quoted(n)).unwrap_or(lines.len());
    let once = !(end..lines.len()).any(|n| is_quoted(&n));
    let leads =
        first.checked_sub(1).is_some_and(|above| line(lines, above).trim_end().ends_with([':', '：']));
    if once && leads {
        kinds.iter_mut().take(end).skip(first).for_each(|kind| *kind = Kind::New);
    }
}

fn begins_forward(text: &str, quote: &Range<usize>) -> bool {
    let start = text.get(quote.start..).unwrap_or_default().trim_start();
    phrases::is_forward(start.lines().next().unwrap_or_default())
}

/// `On … wrote:` and its like, on up to four lines. Above a quote it belongs to it; above anything else, the rest is quoted.
fn mark_introductions(lines: &[&str], kinds: &mut [Kind]) -> bool {
    let (mut at, mut found) = (0, false);
    while at < lines.len() {
        let Some(end) = introduction(lines, kinds, at) else {
            at += 1;
            continue;
        };
        found = true;
        let until = if is_above_quote(lines, kinds, end).unwrap_or(true) { end } else { lines.len() };
        kinds.iter_mut().take(until).skip(at).for_each(|kind| *kind = Kind::Quoted);
        at = until;
    }
    found
}

/// Whether the next line with words is quoted; `None` where there is none.
fn is_above_quote(lines: &[&str], kinds: &[Kind], from: usize) -> Option<bool> {
    let below = (from..lines.len()).find(|n| has_words(lines, *n))?;
    Some(kinds.get(below) == Some(&Kind::Quoted))
}

/// Where an introduction that begins at a line ends. One on several lines must begin as introductions do, or the words above
/// it would be taken for a part of it.
fn introduction(lines: &[&str], kinds: &[Kind], at: usize) -> Option<usize> {
    const LONGEST: usize = 4;
    let longest = if phrases::may_go_on(line(lines, at), line(lines, at + 1)) { LONGEST } else { 1 };
    let end = introduction_of(lines, kinds, at, longest)?;
    // Where a line within it begins one of its own, what stands above that line are somebody's words.
    let own = |n: &usize| {
        let row = line(lines, *n);
        phrases::opens_introduction(row)
            && phrases::opens_with_word(row)
            && introduction_of(lines, kinds, *n, LONGEST) == Some(end)
    };
    (!(at + 1..end).any(|n| own(&n))).then_some(end)
}

fn introduction_of(lines: &[&str], kinds: &[Kind], at: usize, longest: usize) -> Option<usize> {
    let mut joined = String::new();
    for n in at..lines.len().min(at + longest) {
        if kinds.get(n) != Some(&Kind::New) || !has_words(lines, n) {
            return None;
        }
        joined.push_str(line(lines, n).trim());
        let above_quote = || is_above_quote(lines, kinds, n + 1) == Some(true);
        if phrases::is_introduction(&joined) || (above_quote() && phrases::is_short_introduction(&joined)) {
            return Some(n + 1);
        }
        // Programs break a line within an address, or between words.
        if !joined.ends_with('<') {
            joined.push(' ');
        }
    }
    None
}

/// A forwarded mail is quoted to its end, or as far as its lines are marked.
fn mark_forward(lines: &[&str], kinds: &mut [Kind]) -> bool {
    let starts = |n: &usize| kinds.get(*n) == Some(&Kind::New) && phrases::is_forward(line(lines, *n));
    let Some(start) = (0..lines.len()).find(starts) else { return false };
    let until = match is_above_quote(lines, kinds, start + 1) {
        Some(true) => start + 1,
        Some(false) | None => lines.len(),
    };
    kinds.iter_mut().take(until).skip(start).for_each(|kind| *kind = Kind::Quoted);
    true
}

/// Below `-----Original Message-----` or a block of `From:`, `Sent:`, `To:`, everything is quoted.
fn mark_rest(lines: &[&str], kinds: &mut [Kind]) {
    let starts = |n: &usize| kinds.get(*n) == Some(&Kind::New) && begins_original(lines, *n);
    let Some(mut start) = (0..lines.len()).find(starts) else { return };
    while start > 0 && (!has_words(lines, start - 1) || phrases::is_rule(line(lines, start - 1))) {
        start -= 1;
    }
    if (0..start).any(|n| kinds.get(n) == Some(&Kind::New) && has_words(lines, n)) {
        kinds.iter_mut().skip(start).for_each(|kind| *kind = Kind::Quoted);
    }
}

fn begins_original(lines: &[&str], at: usize) -> bool {
    let first = line(lines, at);
    phrases::is_separator(first)
        || is_head_in_one_line(first)
        || begins_head(lines, at)
        || ((phrases::is_framed(first) || phrases::is_rule(first))
            && begins_any_head(lines, at + 1, Least::Announced))
        || begins_any_head(lines, at, Least::Alone)
}

/// A head whose labels are known.
fn begins_head(lines: &[&str], at: usize) -> bool {
    const HEADER_LINES: usize = 9;
    let Some((label, _)) = header_label(line(lines, at)) else { return false };
    let head = lines.iter().skip(at).take(HEADER_LINES);
    let found: Vec<(Label, &str)> = head.filter_map(|line| header_label(line)).collect();
    let by_address = found.iter().any(|(label, rest)| *label == Label::From && rest.contains('@'));
    let mut labels: Vec<Label> = found.into_iter().map(|(label, _)| label).collect();
    labels.sort();
    labels.dedup();
    let least = match (label, by_address) {
        (Label::From, true) if header_label(line(lines, at + 1)).is_some() => 2,
        // People write forms that begin with a subject or a place.
        (Label::To | Label::Subject, false) => return false,
        _ => 3,
    };
    labels.len() >= least && labels.contains(&Label::From)
}

/// How much a head in a language that isn't known must show.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Least {
    /// It stands below a rule or a separator.
    Announced,
    /// Nothing announces it.
    Alone,
}

/// Rows of `label: value`, one with an address and one with a year and a time, whatever the labels are called.
fn begins_any_head(lines: &[&str], at: usize, least: Least) -> bool {
    const FEWEST: usize = 3;
    const MOST: usize = 7;
    let from = if has_words(lines, at) { at } else { at + 1 };
    let rows = lines.iter().skip(from).take(MOST).map_while(|line| head_row(line));
    let (mut count, mut addresses, mut dates) = (0, 0, 0);
    for value in rows {
        count += 1;
        addresses += usize::from(value.contains('@'));
        dates += usize::from(phrases::is_moment(value));
    }
    count >= FEWEST && dates > 0 && addresses >= if least == Least::Alone { 2 } else { 1 }
}
