//! The facts of a text: numbers, amounts, dates and times, each with all the readings that its language allows.
//!
//! `1.500` is 1500 in a German text and 1.5 in an English one; `03/04` may be two days. So a fact has several readings, and two
//! facts agree if one reading of each does.

mod clocks;
mod dates;
mod number_words;
mod numbers;

use super::finding::Kind;
use super::lexicon::{Lexicon, Sense};
use super::tokens::Token;
use std::ops::Range;

/// At most this many facts are compared on each side.
const MOST: usize = 1_000;

/// How sure it is that a translation needs the same fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Strength {
    /// *one, first, both, half*: often lost without harm, so only a change counts.
    Loose,
    /// *three*, *Monday*.
    Word,
    /// Written in digits.
    Digits,
}

/// One way to read a fact.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Reading {
    /// A number without separators: `1234.5`.
    Value(String),
    /// Digits that are no number: `1.2.3`, `0042`.
    Literal(String),
    Date {
        day: Option<u32>,
        month: u32,
        year: Option<u32>,
    },
    Weekday(u32),
    Relative(i32),
    /// Minutes since midnight; whether noon has passed may be open.
    Clock {
        minutes: u32,
        half: Half,
    },
}

/// Whether a clock says which half of the day it means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Half {
    Said,
    Open,
}

/// A fact and where it stands.
#[derive(Clone, Debug)]
pub(super) struct Fact {
    pub range: Range<usize>,
    pub readings: Vec<Reading>,
    pub strength: Strength,
    pub units: Vec<&'static str>,
    pub kind: Kind,
}

impl Fact {
    /// One reading of each is the same.
    pub(super) fn agrees(&self, other: &Self) -> bool {
        self.readings.iter().any(|ours| other.readings.iter().any(|theirs| ours.agrees(theirs)))
    }

    /// The units can be the same, as far as both are known.
    pub(super) fn shares_unit(&self, other: &Self) -> bool {
        self.units.is_empty() && other.units.is_empty()
            || self.units.iter().any(|unit| other.units.contains(unit))
    }
}

impl Reading {
    fn agrees(&self, other: &Self) -> bool {
        let fits = |ours: Option<u32>, theirs: Option<u32>| ours.zip(theirs).is_none_or(|(a, b)| a == b);
        let years = |ours: Option<u32>, theirs: Option<u32>| {
            ours.zip(theirs).is_none_or(|(a, b)| a == b || (a.min(b) < 100 && a % 100 == b % 100))
        };
        match (self, other) {
            (Self::Date { day, month, year }, Self::Date { day: d, month: m, year: y }) => {
                month == m && fits(*day, *d) && years(*year, *y)
            }
            (Self::Clock { minutes: a, half }, Self::Clock { minutes: b, half: other }) => {
                a == b || ((*half == Half::Open || *other == Half::Open) && a % 720 == b % 720)
            }
            (Self::Clock { minutes, half }, Self::Value(value))
            | (Self::Value(value), Self::Clock { minutes, half }) => {
                let hour = value.parse::<u32>().ok().filter(|hour| *hour <= 24);
                minutes % 60 == 0
                    && hour.is_some_and(|hour| {
                        hour == minutes / 60
                            || ((*half == Half::Open || hour <= 12) && hour % 12 == (minutes / 60) % 12)
                    })
            }
            _ => self == other,
        }
    }
}

/// All facts of the text, in order.
pub(super) fn facts(tokens: &[Token<'_>], lexicon: &'static Lexicon, language: &str) -> Vec<Fact> {
    let mut scan = Scan { tokens, lexicon, language, used: vec![false; tokens.len()], facts: Vec::new() };
    dates::named(&mut scan);
    dates::numeric(&mut scan);
    clocks::spoken(&mut scan);
    numbers::all(&mut scan);
    scan.facts.sort_by_key(|fact| fact.range.start);
    scan.facts.truncate(MOST);
    scan.facts
}

/// A text on its way to facts.
struct Scan<'s, 't> {
    tokens: &'s [Token<'t>],
    lexicon: &'static Lexicon,
    language: &'s str,
    used: Vec<bool>,
    facts: Vec<Fact>,
}

impl<'s, 't> Scan<'s, 't> {
    fn token(&self, at: usize) -> Option<&'s Token<'t>> {
        self.tokens.get(at).filter(|_| !self.used[at])
    }

    fn is_mark(&self, at: usize, mark: char) -> bool {
        self.tokens.get(at).is_some_and(|token| token.is_mark(mark))
    }

    /// A whole number without separators.
    fn whole(&self, at: usize) -> Option<u32> {
        let token = self.token(at)?;
        (token.text.len() <= 4).then(|| token.text.parse().ok()).flatten()
    }

    fn senses(&self, at: usize) -> Vec<&'static Sense> {
        match self.token(at) {
            Some(token) if token.is_word() => self.lexicon.senses(&token.low),
            _ => Vec::new(),
        }
    }

    fn says(&self, at: usize, sense: &Sense) -> bool {
        self.senses(at).contains(&sense)
    }

    /// The sense of the two words from here on.
    fn phrase(&self, at: usize) -> Option<&'static Sense> {
        let (first, second) = (self.token(at)?, self.token(at + 1)?);
        self.lexicon.phrase(&first.low, &second.low)
    }

    /// Notes a fact that takes the tokens from `first` to `last`.
    fn note(
        &mut self,
        (first, last): (usize, usize),
        kind: Kind,
        strength: Strength,
        readings: Vec<Reading>,
    ) {
        self.used[first..=last].fill(true);
        let range = self.tokens[first].range.start..self.tokens[last].range.end;
        self.facts.push(Fact { range, readings, strength, units: Vec::new(), kind });
    }
}

#[cfg(test)]
mod tests;
