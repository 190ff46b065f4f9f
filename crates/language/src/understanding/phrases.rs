//! Signals in so many words: "I don't understand", "what do you mean", "can I speak to somebody in Polish".
//!
//! A phrase is words without accents and apostrophes: `a|b` is one of them, `a*` begins like that, `a?` may be missing, `..`
//! is up to three words. A phrase stays within a sentence.

mod de;
mod en;
mod es;
mod lt;
mod pl;
mod sl;

use super::{From, Instruction, Signal, SignalKind, Thread, Turn};
use crate::words::fold;
use crate::written::{sentence_spans, word_spans};
use std::ops::Range;

/// The words of one message that are looked at.
const WORDS_HEARD: usize = 4_000;
/// How many words `..` may stand for.
const WORDS_OF_GAP: usize = 3;

/// What people say in one language.
struct Phrases {
    /// They don't understand, or that wasn't the question.
    explicit: &'static [&'static str],
    /// They ask what a reply means; unmistakable.
    asks_back: &'static [&'static str],
    /// The same, but only after a reply: it may be a first question, too.
    asks_back_after_reply: &'static [&'static str],
    /// They remind of what they asked.
    asked_before: &'static [&'static str],
    /// They did something and it went wrong, or they don't find where to do it.
    wrong_step: &'static [&'static str],
    /// They want a person, or one who speaks their language.
    person: &'static [&'static str],
    /// The customer is asked to do something.
    instruction: &'static [&'static str],
}

const LANGUAGES: [(&str, &Phrases); 6] = [
    ("en", &en::PHRASES),
    ("de", &de::PHRASES),
    ("es", &es::PHRASES),
    ("pl", &pl::PHRASES),
    ("sl", &sl::PHRASES),
    ("lt", &lt::PHRASES),
];

/// The signals that are said in so many words.
pub(super) fn signals(thread: &Thread) -> Vec<Signal> {
    let mut found = Vec::new();
    for (message, turn) in thread.turns.iter().enumerate() {
        let words = Heard::new(&turn.text);
        let after_reply = thread.earlier(message, From::Representative).next().is_some();
        for phrases in spoken(turn) {
            match turn.from {
                From::Customer => customer(message, &words, phrases, after_reply, &mut found),
                From::Representative => {
                    let why = "The representative says that the customer wasn't understood. Ask somebody who reads the language.";
                    found.extend(words.signal(
                        SignalKind::ExplicitPhrase,
                        message,
                        phrases.explicit,
                        0.9,
                        why,
                    ));
                }
            }
        }
    }
    found
}

fn customer(message: usize, words: &Heard, phrases: &Phrases, after_reply: bool, found: &mut Vec<Signal>) {
    use SignalKind::{AskingBack, AsksForPerson, ExplicitPhrase, RepeatedQuestion, WrongStep};
    let explicit = "The customer says that the reply was not understood, or did not answer the question.";
    found.extend(words.signal(ExplicitPhrase, message, phrases.explicit, 0.95, explicit));
    let back = "The customer asks what the reply means.";
    found.extend(words.signal(AskingBack, message, phrases.asks_back, 0.85, back));
    let before = "The customer reminds of a question that was asked before.";
    found.extend(words.signal(RepeatedQuestion, message, phrases.asked_before, 0.8, before));
    let person = "The customer asks for a person, or for somebody who speaks the language.";
    found.extend(words.signal(AsksForPerson, message, phrases.person, 0.9, person));
    let step =
        "The customer tried what was asked and reports that it went wrong, or doesn't find where to do it.";
    let sure = if after_reply { 0.8 } else { 0.5 };
    found.extend(words.signal(WrongStep, message, phrases.wrong_step, sure, step));
    if after_reply {
        found.extend(words.signal(AskingBack, message, phrases.asks_back_after_reply, 0.7, back));
    }
}

/// The message asks the customer to do something.
pub(super) fn instructs(turn: &Turn) -> bool {
    match turn.instruction {
        Instruction::Given => true,
        Instruction::None => false,
        Instruction::Unknown => {
            let words = Heard::new(&turn.text);
            spoken(turn).any(|phrases| words.first(phrases.instruction).is_some())
        }
    }
}

/// The phrases of the language of a message, and always the English ones; all of them when its language has none.
fn spoken(turn: &Turn) -> impl Iterator<Item = &'static Phrases> {
    let language = turn.language.primary().to_owned();
    let known = LANGUAGES.iter().any(|(tag, _)| *tag == language);
    let fits = move |tag: &str| !known || tag == language || tag == "en";
    LANGUAGES.iter().filter(move |(tag, _)| fits(tag)).map(|(_, phrases)| *phrases)
}

/// The folded words of a text by sentence, with their places.
pub(crate) struct Heard {
    sentences: Vec<Vec<(String, Range<usize>)>>,
}

impl Heard {
    pub(crate) fn new(text: &str) -> Self {
        let mut spans: Vec<Range<usize>> = Vec::new();
        for span in word_spans(text).into_iter().take(WORDS_HEARD) {
            match spans.last_mut() {
                Some(last) if matches!(&text[last.end..span.range.start], "'" | "’") => {
                    last.end = span.range.end;
                }
                _ => spans.push(span.range),
            }
        }
        let mut spans = spans.into_iter().peekable();
        let mut sentences = Vec::new();
        for sentence in sentence_spans(text).into_iter().filter(|range| !text[range.clone()].starts_with('>'))
        {
            while spans.next_if(|span| span.start < sentence.start).is_some() {}
            let inside = std::iter::from_fn(|| spans.next_if(|span| span.start < sentence.end));
            sentences.push(inside.map(|span| (fold(&text[span.clone()]), span)).collect());
        }
        Self { sentences }
    }

    /// The first place where one of the phrases stands.
    pub(crate) fn first(&self, phrases: &[&str]) -> Option<Range<usize>> {
        let phrases: Vec<Vec<&str>> = phrases.iter().map(|phrase| phrase.split(' ').collect()).collect();
        self.sentences.iter().find_map(|words| {
            (0..words.len()).find_map(|at| {
                let length = phrases.iter().find_map(|phrase| matched(phrase, &words[at..]))?;
                let last = &words[at + length.max(1) - 1];
                Some(words[at].1.start..last.1.end)
            })
        })
    }

    fn signal(
        &self,
        kind: SignalKind,
        message: usize,
        phrases: &[&str],
        confidence: f64,
        why: &str,
    ) -> Option<Signal> {
        self.first(phrases).map(|range| kind.at(message, range, confidence, why))
    }
}

/// How many words the phrase takes at the beginning of these, if it stands there.
fn matched(phrase: &[&str], words: &[(String, Range<usize>)]) -> Option<usize> {
    let Some((first, rest)) = phrase.split_first() else { return Some(0) };
    if *first == ".." {
        let most = WORDS_OF_GAP.min(words.len());
        return (0..=most).find_map(|gap| matched(rest, &words[gap..]).map(|length| gap + length));
    }
    let (wanted, may_miss) = first.strip_suffix('?').map_or((*first, false), |wanted| (wanted, true));
    let fits = |word: &str| {
        wanted.split('|').any(|wanted| match wanted.strip_suffix('*') {
            Some(beginning) => word.starts_with(beginning),
            None => word == wanted,
        })
    };
    let taken = words.first().filter(|(word, _)| fits(word)).and_then(|_| matched(rest, &words[1..]));
    taken.map(|length| length + 1).or_else(|| may_miss.then(|| matched(rest, words)).flatten())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(phrase: &str, text: &str, expected: Option<&str>) {
        let found = Heard::new(text).first(&[phrase]);
        assert_eq!(found.map(|range| &text[range]), expected, "{phrase} in {text}");
    }

    #[test]
    fn phrases_stand_in_texts() {
        check("i dont understand", "Sorry, I don’t understand it.", Some("I don’t understand"));
        check("i really? dont|cannot see", "I cannot see", Some("I cannot see"));
        check("i really? dont|cannot see", "I really don't see", Some("I really don't see"));
        check("speak .. polish|german", "speak to someone in Polish", Some("speak to someone in Polish"));
        check("speak .. polish|german", "speak to one of you four in Polish", None);
        check("nie rozum*", "Nie rozumiem.", Some("Nie rozumiem"));
        check("i dont understand", "I don't. Understand me.", None);
        check("i dont understand", "> I don't understand", None);
        check("i dont understand", "`I don't understand`", None);
    }

    #[test]
    fn every_phrase_is_folded() {
        for (language, phrases) in LANGUAGES {
            let all = [
                phrases.explicit,
                phrases.asks_back,
                phrases.asks_back_after_reply,
                phrases.asked_before,
                phrases.wrong_step,
                phrases.person,
                phrases.instruction,
            ];
            for word in all.concat().iter().flat_map(|phrase| phrase.split([' ', '|'])) {
                let letters = word.trim_end_matches(['*', '?']);
                assert!(
                    word == ".." || (!letters.is_empty() && fold(letters) == letters),
                    "{language}: {word}"
                );
            }
        }
    }
}
