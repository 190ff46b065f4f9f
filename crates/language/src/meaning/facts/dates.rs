//! Dates: with the month's name or in digits, in the order that the language allows; weekdays; today and tomorrow.

use super::super::finding::Kind;
use super::{Reading, Scan, Strength};
use crate::meaning::lexicon::Sense;

/// What may stand between a day, a month and a year.
const FILLERS: [&str; 16] =
    ["of", "de", "del", "the", "r", "d", "m", "st", "nd", "rd", "th", "mėn", "dieną", "dienos", "den", "a"];
/// Before *May* and *March*, which are other words, too.
const BEFORE_MONTH: [&str; 16] = [
    "in", "of", "since", "until", "by", "early", "late", "mid", "this", "last", "next", "every", "from",
    "before", "after", "through",
];

/// Months by name with their day and year, weekdays, and days counted from today.
pub(super) fn named(scan: &mut Scan<'_, '_>) {
    for at in 0..scan.tokens.len() {
        for sense in scan.senses(at) {
            match sense {
                Sense::Month(month) if !scan.used[at] => month_with_day(scan, at, *month),
                Sense::Weekday(day) if !scan.used[at] && is_weekday(scan, at) => {
                    scan.note((at, at), Kind::Date, Strength::Word, vec![Reading::Weekday(*day)]);
                }
                Sense::Relative(days) if !scan.used[at] && is_relative(scan, at) => {
                    scan.note((at, at), Kind::Date, Strength::Loose, vec![Reading::Relative(*days)]);
                }
                _ => {}
            }
        }
    }
}

fn is_weekday(scan: &Scan<'_, '_>, at: usize) -> bool {
    !matches!(scan.language, "en" | "de")
        || scan.tokens[at].is_capital()
        || scan.tokens[at].low.ends_with('s')
}

/// German *Morgen* and Spanish *la mañana* are mornings.
fn is_relative(scan: &Scan<'_, '_>, at: usize) -> bool {
    let before = at.checked_sub(1).map(|before| scan.tokens[before].low.as_str()).unwrap_or_default();
    match scan.language {
        "de" => scan.tokens[at].low != "morgen" || (!scan.tokens[at].is_capital() && before != "guten"),
        "es" => !["la", "esta", "una"].contains(&before),
        _ => true,
    }
}

fn month_with_day(scan: &mut Scan<'_, '_>, at: usize, month: u32) {
    let (mut first, mut last) = (at, at);
    let (mut day, mut year) = (None, None);
    if let Some((place, number)) = neighbour(scan, at, Direction::Back) {
        match number {
            1..=31 => (day, first) = (Some(number), place),
            1000..=2200 => (year, first) = (Some(number), place),
            _ => {}
        }
    }
    for _ in 0..2 {
        let Some((place, number)) = neighbour(scan, last, Direction::On) else { break };
        match number {
            1..=31 if day.is_none() => (day, last) = (Some(number), place),
            1000..=2200 if year.is_none() => (year, last) = (Some(number), place),
            _ => break,
        }
    }
    let is_doubtful = day.is_none() && year.is_none() && is_another_word(scan, at);
    // Lithuanian months are trees and birds, too; English and German ones can be told by their capitals.
    if !is_doubtful || scan.language == "lt" {
        let strength = if is_doubtful { Strength::Loose } else { Strength::Word };
        scan.note((first, last), Kind::Date, strength, vec![Reading::Date { day, month, year }]);
    }
}

fn is_another_word(scan: &Scan<'_, '_>, at: usize) -> bool {
    let token = &scan.tokens[at];
    let before = at.checked_sub(1).map(|before| scan.tokens[before].low.as_str()).unwrap_or_default();
    match scan.language {
        "en" if ["may", "march", "mar", "jan", "dec"].contains(&token.low.as_str()) => {
            !token.is_capital() || !BEFORE_MONTH.contains(&before)
        }
        "en" | "de" => !token.is_capital(),
        "lt" => {
            ["liepa", "liepos", "liepą", "balandis", "balandį", "kovas", "kovą", "spalis", "gegužė", "kovai"]
                .contains(&token.low.as_str())
        }
        _ => false,
    }
}

enum Direction {
    Back,
    On,
}

/// The next number in this direction, over fillers and stops only.
fn neighbour(scan: &Scan<'_, '_>, from: usize, direction: Direction) -> Option<(usize, u32)> {
    let mut at = from;
    for _ in 0..4 {
        at = match direction {
            Direction::Back => at.checked_sub(1)?,
            Direction::On => at + 1,
        };
        let token = scan.token(at)?;
        if let Some(number) = scan.whole(at) {
            return Some((at, number));
        }
        let ends = token.is_mark('.')
            && scan
                .tokens
                .get(at + 1)
                .is_some_and(|next| next.is_capital() && next.range.start > scan.tokens[from].range.start);
        let is_filler = FILLERS.contains(&token.low.as_str())
            || token.is_mark('.')
            || (token.is_mark(',') && matches!(direction, Direction::On));
        if !is_filler || ends {
            return None;
        }
    }
    None
}

/// `12.03.2026`, `12. 3. 2026`, `12/03/2026`, `2026-03-12`, `12/03`.
pub(super) fn numeric(scan: &mut Scan<'_, '_>) {
    let mut at = 0;
    while at < scan.tokens.len() {
        at += written(scan, at).unwrap_or(1);
    }
}

fn written(scan: &mut Scan<'_, '_>, at: usize) -> Option<usize> {
    let token = scan.token(at)?;
    let parts: Vec<u32> = token.text.split('.').map(|part| part.parse().unwrap_or(0)).collect();
    if let [day, month, year] = parts[..]
        && (year >= 1000 || (year > 0 && token.text.len() >= 6))
    {
        let readings = readings(scan.language, day, month, Some(year));
        if !readings.is_empty() {
            scan.note((at, at), Kind::Date, Strength::Digits, readings);
            return Some(1);
        }
    }
    let first = scan.whole(at)?;
    let mark = ['/', '-', '.', '‑'].into_iter().find(|mark| scan.is_mark(at + 1, *mark))?;
    let second = scan.whole(at + 2)?;
    let third = scan.is_mark(at + 3, mark).then(|| scan.whole(at + 4)).flatten();
    let found = match third {
        Some(day) if first >= 1000 => dates(day, second, Some(first)),
        Some(year) if year >= 1000 || (mark != '.' && year < 100) => {
            readings(scan.language, first, second, Some(year))
        }
        None if mark == '/' => {
            let mut found = vec![Reading::Literal(format!("{first}/{second}"))];
            found.extend(readings(scan.language, first, second, None));
            if second > 0 && second <= 10 && first < second {
                found.push(Reading::Value(super::numbers::quotient(first, second)));
            }
            scan.note((at, at + 2), Kind::Number, Strength::Digits, found);
            return Some(3);
        }
        _ => Vec::new(),
    };
    if found.is_empty() {
        return None;
    }
    scan.note((at, at + 4), Kind::Date, Strength::Digits, found);
    Some(5)
}

/// English texts may put the month first.
fn readings(language: &str, first: u32, second: u32, year: Option<u32>) -> Vec<Reading> {
    let mut found = dates(first, second, year);
    if language == "en" {
        found.extend(dates(second, first, year));
    }
    found
}

fn dates(day: u32, month: u32, year: Option<u32>) -> Vec<Reading> {
    let fits = (1..=31).contains(&day) && (1..=12).contains(&month);
    fits.then_some(Reading::Date { day: Some(day), month, year }).into_iter().collect()
}
