//! What to simplify before a text is translated.

use super::tables::{self, Tables};
use crate::words::fold;
use crate::written::{sentence_spans, word_spans};
use kernel::{Because, LanguageTag};
use std::ops::Range;

/// More questions than this are easily answered by half.
const QUESTIONS: usize = 3;
/// A passive's participle stands at most so many words behind its auxiliary.
const WORDS_OF_PASSIVE: usize = 6;
/// A word in capitals of so many letters is an abbreviation.
const LETTERS_OF_ABBREVIATION: Range<usize> = 2..6;
/// So many hints are enough for anybody.
const MOST_HINTS: usize = 200;

/// A place that is hard to translate or to read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hint {
    /// What kind of place.
    pub kind: HintKind,
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// Why it is hard.
    pub because: Because,
    /// What to do.
    pub suggestion: String,
}

/// What makes a place hard.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum HintKind {
    /// A sentence of too many words.
    LongSentence,
    /// A passive that doesn't say who does it.
    PassiveWithoutWho,
    /// Words that mean something else than they say.
    Idiom,
    /// A shortened word.
    Abbreviation,
    /// Several negations in one sentence.
    StackedNegation,
    /// A date whose day and month can be taken for each other.
    AmbiguousDate,
    /// More than three questions.
    ManyQuestions,
}

/// The hints for a text in this language, in order. `known` are abbreviations that readers know: products, the client's
/// terms.
pub fn hints(text: &str, language: &LanguageTag, known: &[&str]) -> Vec<Hint> {
    let tables = tables::of(language.primary());
    let words = words(text);
    let mut rest = words.as_slice();
    let mut found = Vec::new();
    for sentence in sentence_spans(text) {
        let first = rest.partition_point(|word| word.range.start < sentence.start);
        let last = rest.partition_point(|word| word.range.start < sentence.end);
        let inside = &rest[first..last];
        rest = &rest[last..];
        found.extend(long(inside, &sentence, tables));
        found.extend(passive(inside, tables));
        found.extend(negations(inside, tables));
        found.extend(idioms(inside, tables));
        if found.len() >= MOST_HINTS {
            break;
        }
    }
    found.extend(abbreviations(text, &words, tables, known));
    found.extend(dates(text));
    found.extend(questions(text));
    found.sort_by_key(|hint| (hint.start, hint.kind));
    found.truncate(MOST_HINTS);
    found
}

struct Word {
    folded: String,
    range: Range<usize>,
}

/// The words of a text, *don't* as one.
fn words(text: &str) -> Vec<Word> {
    let mut ranges: Vec<Range<usize>> = Vec::new();
    for span in word_spans(text) {
        match ranges.last_mut() {
            Some(last) if matches!(&text[last.end..span.range.start], "'" | "’") => {
                last.end = span.range.end
            }
            _ => ranges.push(span.range),
        }
    }
    ranges.into_iter().map(|range| Word { folded: fold(&text[range.clone()]), range }).collect()
}

fn hint(kind: HintKind, range: Range<usize>, code: &str, why: String, suggestion: impl Into<String>) -> Hint {
    let because = Because::new(code, why);
    Hint { kind, start: range.start, end: range.end, because, suggestion: suggestion.into() }
}

fn long(words: &[Word], sentence: &Range<usize>, tables: &Tables) -> Option<Hint> {
    let most = tables.words_of_sentence;
    let why =
        format!("The sentence has {} words; beyond {most} engines and readers lose the thread.", words.len());
    let suggestion = "Make two sentences of it, one thought each.";
    (words.len() > most)
        .then(|| hint(HintKind::LongSentence, sentence.clone(), "plain.long_sentence", why, suggestion))
}

fn passive(words: &[Word], tables: &Tables) -> Option<Hint> {
    if words.iter().any(|word| tables.by.contains(&word.folded.as_str())) {
        return None;
    }
    let participle = |word: &Word| {
        let ends = |ending: &str| word.folded.ends_with(ending) && word.folded.len() > ending.len() + 2;
        (tables.by.contains(&"vom") && is_german_participle(&word.folded))
            || tables.participles.iter().any(|ending| ends(ending))
            || tables.irregular.contains(&word.folded.as_str())
    };
    let is_auxiliary = |word: &Word| tables.auxiliaries.contains(&word.folded.as_str());
    let near = |at: usize| {
        let last = (at + WORDS_OF_PASSIVE).min(words.len());
        (at.saturating_sub(1)..last).filter(move |other| *other != at)
    };
    let found = (0..words.len()).filter(|at| is_auxiliary(&words[*at])).find_map(|at| {
        let other = near(at).find(|other| participle(&words[*other]))?;
        Some((at.min(other), at.max(other)))
    });
    found.map(|(first, last)| {
        let range = words[first].range.start..words[last].range.end;
        let why = "It doesn't say who does it; other languages need somebody.".to_owned();
        let suggestion = "Say who does it: “we”, “you”, “the carrier”.";
        hint(HintKind::PassiveWithoutWho, range, "plain.passive_without_who", why, suggestion)
    })
}

/// *gesendet, angekommen*; the verb stands at the end, so that *gestern* before it is told apart by its ending.
fn is_german_participle(folded: &str) -> bool {
    folded.find("ge").is_some_and(|at| at <= 4 && folded.len() > at + 5)
        && (folded.ends_with('t') || folded.ends_with("en"))
        && !folded.ends_with("gegen")
}

fn negations(words: &[Word], tables: &Tables) -> Option<Hint> {
    let denies = |word: &&Word| tables.negations.contains(&word.folded.as_str());
    let found: Vec<&Word> = words.iter().filter(denies).collect();
    let (first, last) = (found.first()?, found.last()?);
    let why =
        format!("The sentence denies {} times; one of them is easily lost in a translation.", found.len());
    let suggestion = "Say what is so, rather than what is not.";
    (found.len() > tables.most_negations).then(|| {
        let range = first.range.start..last.range.end;
        hint(HintKind::StackedNegation, range, "plain.stacked_negation", why, suggestion)
    })
}

fn idioms(words: &[Word], tables: &Tables) -> Vec<Hint> {
    let stands = |idiom: &str, at: usize| {
        let count = idiom.split(' ').count();
        let inside = words.get(at..at + count)?;
        inside.iter().zip(idiom.split(' ')).all(|(word, part)| word.folded == part).then_some(count)
    };
    let places = (0..words.len()).flat_map(|at| tables.idioms.iter().map(move |idiom| (at, idiom)));
    let found = places.filter_map(|(at, (idiom, plain))| {
        let count = stands(idiom, at)?;
        let range = words[at].range.start..words[at + count - 1].range.end;
        let why =
            "The words mean something else than they say; an engine takes them at their word.".to_owned();
        Some(hint(HintKind::Idiom, range, "plain.idiom", why, format!("Say it plainly: “{plain}”.")))
    });
    found.collect()
}

fn abbreviations(text: &str, words: &[Word], tables: &Tables, known: &[&str]) -> Vec<Hint> {
    let why = || "An engine or a reader may not know the abbreviation.".to_owned();
    let code = "plain.abbreviation";
    let mut found = Vec::new();
    for (at, word) in words.iter().enumerate() {
        let written = &text[word.range.clone()];
        let listed =
            tables.abbreviations.iter().filter(|(short, _)| begins_with(&text[word.range.start..], short));
        if let Some((short, long)) = listed.max_by_key(|(short, _)| short.len()) {
            let length: usize =
                text[word.range.start..].chars().take(short.chars().count()).map(char::len_utf8).sum();
            let range = word.range.start..word.range.start + length;
            found.push(hint(HintKind::Abbreviation, range, code, why(), format!("Write “{long}”.")));
        } else if is_abbreviation(written) && !known.contains(&written) && !is_loud(text, words, at) {
            let suggestion = "Write it out, or add it to the termbase as a word to keep.";
            found.push(hint(HintKind::Abbreviation, word.range.clone(), code, why(), suggestion));
        }
    }
    found
}

/// The text goes on with an abbreviation that ends there.
fn begins_with(text: &str, short: &str) -> bool {
    let mut letters = text.chars().flat_map(char::to_lowercase);
    short.chars().all(|wanted| letters.next() == Some(wanted))
        && !letters.next().is_some_and(char::is_alphanumeric)
}

fn is_abbreviation(word: &str) -> bool {
    LETTERS_OF_ABBREVIATION.contains(&word.chars().count()) && word.chars().all(char::is_uppercase)
}

/// Two words near it are in capitals too: the writer shouts.
fn is_loud(text: &str, words: &[Word], at: usize) -> bool {
    let loud = |word: &&Word| {
        let written = &text[word.range.clone()];
        written.chars().count() > 1 && written.chars().all(char::is_uppercase)
    };
    let near = &words[at.saturating_sub(2)..(at + 3).min(words.len())];
    near.iter().filter(loud).count() > 2
}

/// `03/04/2026`: both may be the month.
fn dates(text: &str) -> Vec<Hint> {
    let mut found = Vec::new();
    for (at, _) in text.match_indices(['/', '-']) {
        let digits = |c: &char| c.is_ascii_digit();
        let before = text[..at].chars().rev().take_while(digits).count();
        let after = text[at + 1..].chars().take_while(digits).count();
        let start = at - before;
        let rest = &text[at + 1 + after..];
        let year = rest.get(1..).map_or(0, |year| year.chars().take_while(digits).count());
        let same_mark = rest.starts_with(&text[at..=at]);
        let number =
            |range: Range<usize>| text[range].parse::<u8>().ok().filter(|number| (1..=12).contains(number));
        let (Some(first), Some(second)) = (
            number(start..at).filter(|_| before <= 2),
            number(at + 1..at + 1 + after).filter(|_| after <= 2),
        ) else {
            continue;
        };
        let opens = !text[..start].ends_with(|c: char| c.is_alphanumeric() || matches!(c, '/' | '-' | '.'));
        if same_mark && matches!(year, 2 | 4) && opens && first != second {
            let range = start..at + 2 + after + year;
            let why = format!("Some readers take {first} for the month, others {second}.");
            found.push(hint(
                HintKind::AmbiguousDate,
                range,
                "plain.ambiguous_date",
                why,
                "Write the month as a word.",
            ));
        }
    }
    found
}

fn questions(text: &str) -> Option<Hint> {
    let asked: Vec<Range<usize>> =
        sentence_spans(text).into_iter().filter(|range| text[range.clone()].contains('?')).collect();
    let (first, last) = (asked.first()?.start, asked.last()?.end);
    let why = format!("The text asks {} things; some are easily left unanswered.", asked.len());
    let suggestion = "Ask what you need first, or number the questions.";
    (asked.len() > QUESTIONS)
        .then(|| hint(HintKind::ManyQuestions, first..last, "plain.many_questions", why, suggestion))
}

#[cfg(test)]
mod tests;
