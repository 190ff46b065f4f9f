//! Finds a client's terms in a text.
//!
//! The words of all forms make one tree of word keys, which is walked once from each word of the text: as long as the text
//! is, and no more often than a form has words. A form that isn't words (`ERR-42:7`, `Settings > Invoices`) is looked for
//! letter by letter.

use super::{Form, Term, TermKind};
use crate::words::{WordForms, fold};
use crate::written::{Gap, WordSpan, word_spans};
use aho_corasick::{AhoCorasick, MatchKind};
use kernel::LanguageTag;
use std::{collections::HashMap, ops::Range};

/// A form of more words isn't looked for.
const WORDS_OF_FORM: usize = 12;
/// A word in capitals of at most this many letters is an abbreviation: `IT` isn't *it*.
const LETTERS_OF_ABBREVIATION: usize = 5;
/// What stands beside a form in a hyphened word has at least this many letters: *WLAN-Router*, but not *re-order*.
const LETTERS_OF_NEIGHBOUR: usize = 3;

/// A term that stands in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// What it may be: one for each sense that has this form.
    pub senses: Vec<Sense>,
}

/// A term and which of its forms was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sense {
    /// The place of the term in the list that the finder was made of.
    pub term: usize,
    /// The place of the form in the term.
    pub form: usize,
    /// How the form is written in the text.
    pub written: Written,
}

/// How a form is written in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Written {
    /// As in the termbase, apart from capitals, accents and hyphens.
    Same,
    /// In another of its forms: *invoices*, *faktury*.
    Inflected,
}

/// Looks for terms in texts of one language.
pub struct Finder {
    forms: Vec<Wanted>,
    word_forms: WordForms,
    nodes: Vec<Node>,
    literal: Option<AhoCorasick>,
    literals: Vec<Vec<Sense>>,
}

/// A form that is looked for.
struct Wanted {
    term: usize,
    form: usize,
    /// The words of the form, without hyphens.
    words: Vec<String>,
    case: Case,
}

/// Which capitals a text must have.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Case {
    Any,
    /// The first letter: products that are called like ordinary words.
    First,
    /// All of them: abbreviations.
    All,
}

#[derive(Default)]
struct Node {
    next: HashMap<String, usize>,
    forms: Vec<usize>,
}

/// A word of the text as the tree knows it.
struct Key {
    span: WordSpan,
    key: String,
}

impl Finder {
    /// A finder for texts in this language: it knows the forms of the language and what is kept in all of them.
    pub fn new(terms: &[Term], language: &LanguageTag) -> Self {
        let word_forms = WordForms::of(language);
        let mut finder = Self {
            forms: Vec::new(),
            word_forms,
            nodes: vec![Node::default()],
            literal: None,
            literals: Vec::new(),
        };
        let mut patterns: Vec<&str> = Vec::new();
        let mut known: HashMap<&str, usize> = HashMap::new();
        for (at, term) in terms.iter().enumerate() {
            for form in term.forms_in(language).filter(|form| !form.text.trim().is_empty()) {
                let place = term.forms.iter().position(|other| std::ptr::eq(other, form)).unwrap_or_default();
                let spans = word_spans(&form.text);
                if is_words(&form.text, &spans) {
                    finder.add(at, place, term, form, &spans);
                } else {
                    let pattern = *known.entry(form.text.trim()).or_insert_with(|| {
                        patterns.push(form.text.trim());
                        finder.literals.push(Vec::new());
                        patterns.len() - 1
                    });
                    let sense = Sense { term: at, form: place, written: Written::Same };
                    finder.literals[pattern].push(sense);
                }
            }
        }
        // The patterns of a termbase are far below the limits of the automaton.
        let literal = || AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(&patterns).ok();
        finder.literal = (!patterns.is_empty()).then(literal).flatten();
        finder
    }

    fn add(&mut self, at: usize, place: usize, term: &Term, form: &Form, spans: &[WordSpan]) {
        let words: Vec<String> = spans.iter().map(|span| form.text[span.range.clone()].to_owned()).collect();
        if words.len() > WORDS_OF_FORM {
            return;
        }
        let joined = words.concat();
        let has_hyphen = spans.iter().any(|span| span.before == Gap::Hyphen);
        let wanted = self.forms.len();
        self.insert(&words, wanted);
        if has_hyphen {
            self.insert(&[joined], wanted);
        }
        self.forms.push(Wanted { term: at, form: place, case: case(term, &words), words });
    }

    fn insert(&mut self, words: &[String], wanted: usize) {
        let mut node = 0;
        for word in words {
            let key = self.word_forms.key(word);
            node = match self.nodes[node].next.get(&key) {
                Some(next) => *next,
                None => {
                    self.nodes.push(Node::default());
                    let next = self.nodes.len() - 1;
                    self.nodes[node].next.insert(key, next);
                    next
                }
            };
        }
        self.nodes[node].forms.push(wanted);
    }

    /// The terms of a text, in order and without overlap, the longest where several begin.
    pub fn find(&self, text: &str) -> Vec<Found> {
        let literals = self.find_literals(text);
        let words = self.find_words(text, &literals);
        let mut found = literals;
        found.extend(words);
        found.sort_by_key(|found| found.start);
        found
    }

    fn find_words(&self, text: &str, literals: &[Found]) -> Vec<Found> {
        let keys: Vec<Key> = word_spans(text)
            .into_iter()
            .filter(|span| !covered(literals, &span.range))
            .map(|span| Key { key: self.word_forms.key(&text[span.range.clone()]), span })
            .collect();
        let mut found = Vec::new();
        let mut at = 0;
        while at < keys.len() {
            let longest = [self.walk(text, &keys, at), self.joined(text, &keys, at)];
            match longest.into_iter().flatten().max_by_key(|(count, _)| *count) {
                Some((count, hit)) => {
                    found.push(hit);
                    at += count;
                }
                None => at += 1,
            }
        }
        found
    }

    /// The longest form that begins at a word, and how many words it takes.
    fn walk(&self, text: &str, keys: &[Key], at: usize) -> Option<(usize, Found)> {
        let mut node = &self.nodes[0];
        let mut longest = None;
        for (count, key) in keys[at..].iter().enumerate() {
            if count > 0 && key.span.before == Gap::Apart {
                break;
            }
            let Some(next) = node.next.get(&key.key) else { break };
            node = &self.nodes[*next];
            longest = self.hit(text, keys, at..at + count + 1, node).or(longest);
        }
        longest
    }

    /// A form without a hyphen that the text writes with one: *e-mail* for *email*.
    fn joined(&self, text: &str, keys: &[Key], at: usize) -> Option<(usize, Found)> {
        let more = keys[at + 1..].iter().take(WORDS_OF_FORM).take_while(|key| key.span.before == Gap::Hyphen);
        let end = at + 1 + more.count();
        if end == at + 1 {
            return None;
        }
        let joined: String = keys[at..end].iter().map(|key| &text[key.span.range.clone()]).collect();
        let node = self.nodes[0].next.get(&self.word_forms.key(&joined))?;
        self.hit(text, keys, at..end, &self.nodes[*node])
    }

    fn hit(&self, text: &str, keys: &[Key], place: Range<usize>, node: &Node) -> Option<(usize, Found)> {
        if node.forms.is_empty() || !stands_alone(text, keys, &place) {
            return None;
        }
        let words: Vec<&str> = keys[place.clone()].iter().map(|key| &text[key.span.range.clone()]).collect();
        let senses: Vec<Sense> =
            node.forms.iter().filter_map(|wanted| self.sense(&self.forms[*wanted], &words)).collect();
        let (start, end) = (keys[place.start].span.range.start, keys[place.end - 1].span.range.end);
        (!senses.is_empty()).then(|| (place.len(), Found { start, end, senses }))
    }

    fn sense(&self, wanted: &Wanted, words: &[&str]) -> Option<Sense> {
        let same = fold(&words.concat()) == fold(&wanted.words.concat());
        let forms = || {
            words.len() != wanted.words.len()
                || words.iter().zip(&wanted.words).all(|(word, of)| self.word_forms.is_form(word, of))
        };
        let fits = wanted.case.fits(words) && (same || forms());
        let written = if same { Written::Same } else { Written::Inflected };
        fits.then_some(Sense { term: wanted.term, form: wanted.form, written })
    }

    fn find_literals(&self, text: &str) -> Vec<Found> {
        let Some(literal) = &self.literal else { return Vec::new() };
        let places = literal
            .find_iter(text)
            .filter(|found| !text[..found.start()].ends_with(is_joined) && !continues(&text[found.end()..]));
        let found = |found: aho_corasick::Match| Found {
            start: found.start(),
            end: found.end(),
            senses: self.literals[found.pattern().as_usize()].clone(),
        };
        places.map(found).collect()
    }
}

impl Case {
    fn fits(self, words: &[&str]) -> bool {
        match self {
            Self::Any => true,
            Self::First => words[0].starts_with(char::is_uppercase),
            Self::All => words.iter().all(|word| !word.starts_with(char::is_lowercase)),
        }
    }
}

fn case(term: &Term, words: &[String]) -> Case {
    let [word] = words else { return Case::Any };
    let letters = word.chars().count();
    let capitals = word.chars().filter(|c| c.is_uppercase()).count();
    if letters > 1 && capitals == letters && letters <= LETTERS_OF_ABBREVIATION {
        Case::All
    } else if term.kind == TermKind::Keep && word.starts_with(char::is_uppercase) {
        Case::First
    } else {
        Case::Any
    }
}

/// The form is words with nothing but spaces and hyphens between, so that it may be inflected.
fn is_words(form: &str, spans: &[WordSpan]) -> bool {
    let (Some(first), Some(last)) = (spans.first(), spans.last()) else { return false };
    let around = (form.len() - form.trim_start().len(), form.trim_end().len());
    (first.range.start, last.range.end) == around
        && spans.iter().skip(1).all(|span| span.before != Gap::Apart)
}

/// No hyphen joins it to a short prefix or ending.
fn stands_alone(text: &str, keys: &[Key], place: &Range<usize>) -> bool {
    let is_word = |key: &Key| {
        let word = &text[key.span.range.clone()];
        word.chars().count() >= LETTERS_OF_NEIGHBOUR
    };
    let before = keys[place.start].span.before != Gap::Hyphen
        || place.start.checked_sub(1).is_none_or(|before| is_word(&keys[before]));
    let after = keys.get(place.end).is_none_or(|next| next.span.before != Gap::Hyphen || is_word(next));
    before && after
}

fn covered(found: &[Found], range: &Range<usize>) -> bool {
    let next = found.partition_point(|found| found.end <= range.start);
    found.get(next).is_some_and(|found| found.start < range.end)
}

/// What makes a literal part of something longer.
fn is_joined(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '@' | '/' | '\\' | '-')
}

/// What follows a literal makes it part of something longer: `shop.example` in `shop.example.org`.
fn continues(after: &str) -> bool {
    let is_stop = |c: char| c == '.';
    after.starts_with(is_joined)
        || after.strip_prefix(is_stop).is_some_and(|rest| rest.starts_with(char::is_alphanumeric))
}

#[cfg(test)]
mod tests;
