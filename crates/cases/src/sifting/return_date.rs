//! Rule: until when somebody is away and whom they name instead, from the words of their absence notice.

mod cues;
mod days;

use cues::{Role, role};
use days::{Mention, Tokens, mentions};
use jiff::{ToSpan, civil::Date, tz::TimeZone};
use kernel::{EmailAddress, Instant};

/// What an absence notice says of coming back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Return {
    /// The day it names, as `2026-12-03`; `None` when it only names a substitute.
    pub on: Option<String>,
    /// What the day is.
    pub day: ReturnDay,
    /// The first address to which urgent matters are to be sent.
    pub substitute: Option<EmailAddress>,
    /// The sentence that says so, in one line.
    pub words: String,
}

/// What the named day is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReturnDay {
    /// They are back on it: “back on 3 December”.
    Back,
    /// They are away until it; whether it is the last day or the first one back, such notices leave open.
    Until,
}

/// The day of return and the substitute that an absence notice names; `None` when it names neither.
///
/// `text` is what the notice newly says; `written` is its date, which gives the year where the notice leaves it out.
/// A day that is past, or more than three years ahead, isn't told.
pub fn returns(text: &str, written: Instant) -> Option<Return> {
    const LONGEST: usize = 4_000;
    let start: String = text.chars().take(LONGEST).collect();
    let today = written.timestamp().to_zoned(TimeZone::UTC).date();
    let sentences = sentences(&start);
    let named = sentences.iter().find_map(|sentence| named_day(sentence, today, ReturnDay::Back));
    let named =
        named.or_else(|| sentences.iter().find_map(|sentence| named_day(sentence, today, ReturnDay::Until)));
    let substitute = substitute(&start);
    match (named, substitute) {
        (Some((date, day, words)), substitute) => Some(Return {
            on: Some(date.to_string()),
            day,
            substitute: substitute.map(|(address, _)| address),
            words,
        }),
        (None, Some((address, words))) => {
            Some(Return { on: None, day: ReturnDay::Until, substitute: Some(address), words })
        }
        (None, None) => None,
    }
}

/// The latest day of this role that the sentence names.
fn named_day(sentence: &str, today: Date, wanted: ReturnDay) -> Option<(Date, ReturnDay, String)> {
    let tokens = Tokens::of(sentence);
    let mentions = mentions(&tokens);
    let dates = mentions.iter().enumerate().filter_map(|(n, mention)| {
        let is_wanted = match role(&tokens, &mentions, n) {
            Role::Back => wanted == ReturnDay::Back,
            Role::Until => wanted == ReturnDay::Until,
            Role::None => false,
        };
        is_wanted.then(|| date_of(mention, today)).flatten()
    });
    let date = dates.max()?;
    Some((date, wanted, one_line(sentence)))
}

/// The date that is meant: of several readings the one that comes next. Notices that were left on since last year name none.
fn date_of(mention: &Mention, today: Date) -> Option<Date> {
    const FURTHEST_DAYS: i32 = 1_100;
    const FURTHEST_WITHOUT_YEAR: i32 = 270;
    let ahead = |date: &Date| (*date - today).get_days();
    let dates = match mention {
        Mention::Weekday { day, .. } => {
            (1..=7).map(|n| today.saturating_add(n.days())).filter(|date| date.weekday() == *day).collect()
        }
        Mention::Tomorrow { .. } => vec![today.saturating_add(1.days())],
        Mention::Date { year, readings, .. } => {
            let years = year.map_or_else(|| vec![today.year(), today.year() + 1], |year| vec![year]);
            let dates = years
                .iter()
                .flat_map(|year| readings.iter().map(|(month, day)| Date::new(*year, *month, *day)));
            let furthest = if year.is_some() { FURTHEST_DAYS } else { FURTHEST_WITHOUT_YEAR };
            dates.flatten().filter(|date| ahead(date) <= furthest).collect::<Vec<_>>()
        }
    };
    dates.into_iter().filter(|date| ahead(date) >= 0).min()
}

/// Sentences and paragraphs. A dot within a date or after a short word ends none.
fn sentences(text: &str) -> Vec<String> {
    let mut sentences = vec![String::new()];
    let chars: Vec<char> = text.chars().collect();
    for (n, c) in chars.iter().copied().enumerate() {
        let next = |ahead: usize| chars.get(n + ahead).copied().unwrap_or('\n');
        let ends = match c {
            '。' | '！' | '？' | '!' | '?' => true,
            '\n' => next(1) == '\n' || next(1) == '\r',
            '.' => next(1).is_whitespace() && ends_sentence(&chars, n),
            _ => false,
        };
        if let Some(sentence) = sentences.last_mut() {
            sentence.push(if c.is_whitespace() { ' ' } else { c });
        }
        if ends {
            sentences.push(String::new());
        }
    }
    sentences.retain(|sentence| !sentence.trim().is_empty());
    sentences
}

/// The dot follows a word of some length, and a capital letter or something that isn't a letter follows.
fn ends_sentence(chars: &[char], dot: usize) -> bool {
    let before = chars.get(..dot).unwrap_or_default().iter().rev().take_while(|c| c.is_alphabetic()).count();
    let after = chars.get(dot..).unwrap_or_default().iter().skip(1).find(|c| !c.is_whitespace());
    let digit_before = dot.checked_sub(1).and_then(|at| chars.get(at)).is_some_and(char::is_ascii_digit);
    let capital = after.is_none_or(|c| c.is_uppercase());
    if digit_before { capital && !month_follows(chars, dot) } else { before > 3 || (before > 1 && capital) }
}

/// “3. Dezember”: the dot belongs to the day.
fn month_follows(chars: &[char], dot: usize) -> bool {
    let rest = chars.get(dot + 1..).unwrap_or_default().iter();
    let word: String = rest.skip_while(|c| c.is_whitespace()).take_while(|c| c.is_alphabetic()).collect();
    days::month(&word.to_lowercase()).is_some()
}

/// The first address in a sentence that speaks of urgent matters or of somebody else, or right after such a one.
fn substitute(text: &str) -> Option<(EmailAddress, String)> {
    let sentences = sentences(text);
    let mut told = false;
    for sentence in &sentences {
        let tells = cues::names_substitute(&sentence.to_lowercase());
        if let (true, Some(address)) = (told || tells, first_address(sentence)) {
            return Some((address, one_line(sentence)));
        }
        told = tells;
    }
    None
}

fn first_address(sentence: &str) -> Option<EmailAddress> {
    let local = |c: char| c.is_ascii_alphanumeric() || "._%+-".contains(c);
    let host = |c: char| c.is_ascii_alphanumeric() || ".-".contains(c);
    sentence.match_indices('@').find_map(|(at, _)| {
        let (before, after) = (sentence.get(..at)?, sentence.get(at + 1..)?);
        let name = before.get(before.trim_end_matches(local).len()..)?;
        let domain = after.get(..after.len() - after.trim_start_matches(host).len())?;
        format!("{name}@{}", domain.trim_end_matches(['.', '-'])).parse().ok()
    })
}

fn one_line(sentence: &str) -> String {
    const LONGEST: usize = 300;
    let words: Vec<&str> = sentence.split_whitespace().collect();
    words.join(" ").chars().filter(|c| !c.is_control()).take(LONGEST).collect()
}

#[cfg(test)]
mod tests;
