//! Rule: the words of an IMAP answer (RFC 3501, 9): atoms, quoted strings, literals, lists. What isn't understood is skipped.

use super::wire::{Answer, LITERAL};
use crate::email::receiver::Body;
use std::collections::BTreeSet;

/// How deep lists may be nested; the deepest that servers send is some 10.
const DEEPEST: usize = 100;

/// One word.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Word {
    /// `FETCH`, `12`, `BODY[HEADER.FIELDS (DATE)]`.
    Atom(String),
    /// A quoted string, with its escapes undone.
    Quoted(Vec<u8>),
    /// The next literal.
    Literal,
    Open,
    Close,
}

fn words(line: &[u8]) -> Vec<Word> {
    let mut words = Vec::new();
    let mut at = 0;
    while let Some(&byte) = line.get(at) {
        at += 1;
        match byte {
            b' ' | b'\t' => {}
            b'(' => words.push(Word::Open),
            b')' => words.push(Word::Close),
            LITERAL => words.push(Word::Literal),
            b'"' => {
                let (text, after) = quoted(line, at);
                words.push(Word::Quoted(text));
                at = after;
            }
            _ => {
                let (text, after) = atom(line, at - 1);
                words.push(Word::Atom(text));
                at = after;
            }
        }
    }
    words
}

fn quoted(line: &[u8], mut at: usize) -> (Vec<u8>, usize) {
    let mut text = Vec::new();
    while let Some(&byte) = line.get(at) {
        at += 1;
        match byte {
            b'"' => break,
            b'\\' => {
                text.extend(line.get(at));
                at += 1;
            }
            _ => text.push(byte),
        }
    }
    (text, at)
}

/// Inside of square brackets, spaces and round brackets belong to the word.
fn atom(line: &[u8], begins: usize) -> (String, usize) {
    let mut depth = 0_usize;
    let mut at = begins;
    while let Some(&byte) = line.get(at) {
        match byte {
            b'[' => depth += 1,
            b']' => depth = depth.saturating_sub(1),
            b' ' | b'(' | b')' | b'"' | LITERAL if depth == 0 => break,
            LITERAL => break,
            _ => {}
        }
        at += 1;
    }
    (String::from_utf8_lossy(&line[begins..at]).into_owned(), at.max(begins + 1))
}

/// What an answer is.
#[derive(Debug)]
pub(super) enum Heard {
    /// `+ …`: the server waits for more.
    GoOn,
    /// The end of the command with this tag.
    Ended { tag: String, how: How, said: Said },
    /// `* OK …` and its like.
    Status { how: How, said: Said },
    /// `* BYE …`.
    Bye(Said),
    /// `* CAPABILITY …`.
    Capabilities(BTreeSet<String>),
    /// `* 12 EXISTS`.
    Exists(u32),
    /// `* 12 EXPUNGE`.
    Gone,
    /// `* 12 FETCH (…)`.
    Mail(Fetched),
    /// Something that we didn't ask for.
    Other,
    /// It isn't IMAP.
    Garbage,
}

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum How {
    Ok,
    No,
    Bad,
}

/// A server's words to a person, and the code in square brackets before them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Said {
    /// "UIDVALIDITY 12", in capitals as far as it is a word.
    pub code: String,
    pub words: String,
}

impl Said {
    /// The number behind a code's word.
    pub(super) fn number(&self, word: &str) -> Option<u32> {
        self.code.strip_prefix(word)?.trim().parse().ok()
    }
}

/// What was handed over of one mail.
#[derive(Debug, Default)]
pub(super) struct Fetched {
    pub uid: Option<u32>,
    pub size: Option<u64>,
    pub arrived: Option<String>,
    pub body: Option<Body>,
}

/// What an answer is.
pub(super) fn heard(answer: Answer) -> Heard {
    let Answer { line, literals } = answer;
    if line.starts_with(b"+") {
        return Heard::GoOn;
    }
    let Some(space) = line.iter().position(|byte| *byte == b' ') else { return Heard::Garbage };
    let (tag, rest) = (&line[..space], line[space + 1..].trim_ascii_start());
    if tag == b"*" {
        return untagged(rest, literals);
    }
    let is_tag = !tag.is_empty() && tag.iter().all(u8::is_ascii_alphanumeric);
    match (is_tag, status(rest)) {
        (true, Some((how, said))) => {
            Heard::Ended { tag: String::from_utf8_lossy(tag).into_owned(), how, said }
        }
        _ => Heard::Garbage,
    }
}

fn untagged(rest: &[u8], literals: Vec<Body>) -> Heard {
    if let Some((how, said)) = status(rest) {
        return Heard::Status { how, said };
    }
    let first = rest.split(|byte| *byte == b' ').next().unwrap_or_default().to_ascii_uppercase();
    match first.as_slice() {
        b"BYE" => Heard::Bye(said(&rest[3..])),
        // A server that we needn't sign in at; we sign in all the same.
        b"PREAUTH" => Heard::Status { how: How::Ok, said: said(&rest[7..]) },
        b"CAPABILITY" => Heard::Capabilities(capabilities(&String::from_utf8_lossy(&rest[10..]))),
        number if number.first().is_some_and(u8::is_ascii_digit) => counted(rest, literals),
        word if word.first().is_some_and(u8::is_ascii_alphabetic) => Heard::Other,
        _ => Heard::Garbage,
    }
}

/// `12 EXISTS`, `12 FETCH (…)`.
fn counted(rest: &[u8], literals: Vec<Body>) -> Heard {
    let words = words(rest);
    let [Word::Atom(number), Word::Atom(what), items @ ..] = words.as_slice() else { return Heard::Garbage };
    match what.to_ascii_uppercase().as_str() {
        "EXISTS" => number.parse().map_or(Heard::Garbage, Heard::Exists),
        "EXPUNGE" => Heard::Gone,
        "FETCH" => fetched(items, literals).map_or(Heard::Garbage, Heard::Mail),
        _ => Heard::Other,
    }
}

fn fetched(items: &[Word], literals: Vec<Body>) -> Option<Fetched> {
    let (Some(Word::Open), Some(Word::Close)) = (items.first(), items.last()) else { return None };
    let mut literals = literals.into_iter();
    let mut fetched = Fetched::default();
    let mut inside = items[1..items.len() - 1].iter();
    while let Some(name) = inside.next() {
        let Word::Atom(name) = name else { return None };
        let value = inside.next()?;
        match (name.to_ascii_uppercase().as_str(), value) {
            ("UID", Word::Atom(number)) => fetched.uid = Some(number.parse().ok()?),
            ("RFC822.SIZE", Word::Atom(number)) => fetched.size = Some(number.parse().unwrap_or(u64::MAX)),
            ("INTERNALDATE", Word::Quoted(text)) => {
                fetched.arrived = Some(String::from_utf8_lossy(text).into_owned());
            }
            (name, Word::Literal) => {
                let literal = literals.next();
                if name.starts_with("BODY[") {
                    fetched.body = literal;
                }
            }
            (name, Word::Quoted(text)) if name.starts_with("BODY[") => {
                fetched.body = Some(Body::Inline(text.clone()));
            }
            (_, Word::Open) => skip_list(&mut inside, &mut literals)?,
            (_, Word::Close) => return None,
            _ => {}
        }
    }
    Some(fetched)
}

fn skip_list<'a>(
    inside: &mut impl Iterator<Item = &'a Word>,
    literals: &mut impl Iterator<Item = Body>,
) -> Option<()> {
    let mut depth = 1;
    while depth > 0 {
        match inside.next()? {
            Word::Open => depth += 1,
            Word::Close => depth -= 1,
            Word::Literal => drop(literals.next()),
            _ => {}
        }
        (depth < DEEPEST).then_some(())?;
    }
    Some(())
}

fn status(rest: &[u8]) -> Option<(How, Said)> {
    let end = rest.iter().position(|byte| *byte == b' ').unwrap_or(rest.len());
    let how = match rest[..end].to_ascii_uppercase().as_slice() {
        b"OK" => How::Ok,
        b"NO" => How::No,
        b"BAD" => How::Bad,
        _ => return None,
    };
    Some((how, said(&rest[end..])))
}

fn said(text: &[u8]) -> Said {
    let text = String::from_utf8_lossy(text).replace('\0', "").trim().to_owned();
    match text.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        Some((code, words)) => Said { code: code.to_ascii_uppercase(), words: words.trim().to_owned() },
        None => Said { code: String::new(), words: text },
    }
}

/// The words of a capability answer or code.
pub(super) fn capabilities(text: &str) -> BTreeSet<String> {
    text.split_whitespace().map(str::to_ascii_uppercase).collect()
}
