//! Puts `XQ1X` in the place of what an engine would break, and puts it back afterwards.
//!
//! Engines carry a short code of capital letters and a digit through a sentence nearly always. Nearly: so whatever comes back is
//! checked, and each code must be there exactly once.

use super::{
    digits,
    marks::{Mark, MarkKind},
};
use std::{collections::BTreeMap, ops::Range};

/// What engines leave in the place of a number that their training had hidden from them.
pub(super) const ARTEFACT: &str = "XNUMX";

/// A sentence as the engine gets it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Masked {
    /// What stands before the words and is the same in both languages.
    pub head: String,
    /// The words between the masks: one more than there are masks.
    pub fragments: Vec<String>,
    /// What the masks stand for.
    pub pieces: Vec<Piece>,
    /// What stands behind the words.
    pub tail: String,
}

/// What a mask stands for.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Piece {
    said: String,
    is_wrapping: bool,
    /// It touches the words before it, after it.
    touches: [bool; 2],
}

/// What came back isn't the sentence that was sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lost {
    /// A mask is missing, is there twice, or stands in the wrong order.
    Mask,
    /// A number that wasn't masked is missing or another.
    Number,
    /// It is empty, or far too long.
    Words,
}

/// Masks a sentence. `links` are the words of links in the other language, by where they begin.
pub(super) fn mask(
    text: &str,
    sentence: Range<usize>,
    marks: &[Mark],
    links: &BTreeMap<usize, String>,
) -> Masked {
    let flat = |range: Range<usize>| text[range].replace("\r\n", " ").replace(['\r', '\n'], " ");
    let mut masked = Masked {
        head: String::new(),
        fragments: vec![String::new()],
        pieces: Vec::new(),
        tail: String::new(),
    };
    let mut at = sentence.start;
    for mark in marks.iter().filter(|mark| mark.span.start >= sentence.start && mark.span.end <= sentence.end)
    {
        masked.words(&flat(at..mark.span.start));
        let touches = [
            text[sentence.start..mark.span.start].ends_with(|c: char| !c.is_whitespace()),
            text[mark.span.end..sentence.end].starts_with(|c: char| !c.is_whitespace()),
        ];
        let is_wrapping = mark.kind == MarkKind::Wrapping;
        masked.piece(Piece { said: said(text, mark, links), is_wrapping, touches });
        at = mark.span.end;
    }
    masked.words(&flat(at..sentence.end));
    masked.bare_edges();
    masked
}

fn said(text: &str, mark: &Mark, links: &BTreeMap<usize, String>) -> String {
    let source = &text[mark.span.clone()];
    match &mark.kind {
        MarkKind::Word | MarkKind::Wrapping => source.to_owned(),
        MarkKind::Term(words) => words.clone(),
        MarkKind::Link { words } => match links.get(&words.start) {
            Some(said) => format!("[{said}]{}", &text[words.end + 1..mark.span.end]),
            None => source.to_owned(),
        },
    }
}

impl Masked {
    fn words(&mut self, words: &str) {
        if let Some(last) = self.fragments.last_mut() {
            last.push_str(words);
        }
    }

    /// Two pieces with only spaces between travel as one.
    fn piece(&mut self, piece: Piece) {
        let is_alone = self.fragments.last().is_some_and(|between| !between.trim().is_empty());
        match self.pieces.last_mut() {
            Some(last) if !is_alone => {
                let between = self.fragments.last_mut().map(std::mem::take).unwrap_or_default();
                last.said.push_str(&between);
                last.said.push_str(&piece.said);
                last.is_wrapping &= piece.is_wrapping;
                last.touches[1] = piece.touches[1];
            }
            _ => {
                self.pieces.push(piece);
                self.fragments.push(String::new());
            }
        }
    }

    /// Emoji and marks at the edges needn't travel.
    fn bare_edges(&mut self) {
        if self.pieces.first().is_some_and(|piece| piece.is_wrapping) && self.fragments[0].trim().is_empty() {
            self.head = self.fragments.remove(0) + &self.pieces.remove(0).said;
            let words = self.fragments[0].trim_start().len();
            let space = self.fragments[0].len() - words;
            self.head.extend(self.fragments[0].drain(..space));
        }
        let last = self.fragments.len() - 1;
        if self.pieces.last().is_some_and(|piece| piece.is_wrapping) && self.fragments[last].trim().is_empty()
        {
            let after = self.fragments.pop().unwrap_or_default();
            let piece = self.pieces.pop().map(|piece| piece.said).unwrap_or_default();
            let before = &mut self.fragments[last - 1];
            let space = before.split_off(before.trim_end().len());
            self.tail = space + &piece + &after;
        }
    }

    /// There are letters that an engine could say.
    pub fn has_words(&self) -> bool {
        self.fragments.iter().any(|words| words.contains(char::is_alphabetic))
    }

    /// Every word is written in capitals, which engines don't understand.
    pub fn is_loud(&self) -> bool {
        let letters = || self.fragments.iter().flat_map(|words| words.chars()).filter(|c| c.is_alphabetic());
        let words =
            self.fragments.iter().flat_map(|words| words.split_whitespace()).filter(|word| word.len() > 1);
        letters().count() > 5 && words.count() > 1 && letters().all(char::is_uppercase)
    }

    /// The sentence for the engine.
    pub fn text(&self) -> String {
        let is_loud = self.is_loud();
        let mut text = String::new();
        for (at, words) in self.fragments.iter().enumerate() {
            if at > 0 {
                pad(&mut text);
                text.push_str(&format!("XQ{at}X"));
                if words.starts_with(char::is_alphanumeric) {
                    text.push(' ');
                }
            }
            if is_loud { text.push_str(&words.to_lowercase()) } else { text.push_str(words) }
        }
        let text = text.trim();
        if is_loud { capitalised(text) } else { text.to_owned() }
    }

    /// Everything as it stands, with what the masks stand for.
    pub fn kept(&self) -> String {
        self.with_fragments(|words| words.to_owned())
    }

    /// Everything with each run of words said by itself.
    pub fn with_fragments(&self, say: impl Fn(&str) -> String) -> String {
        let mut text = self.head.clone();
        for (at, words) in self.fragments.iter().enumerate() {
            if at > 0 {
                text.push_str(&self.pieces[at - 1].said);
            }
            text.push_str(&say(words));
        }
        text + &self.tail
    }

    /// A finished translation with masks in the place of the pieces, as an engine would have answered.
    pub fn hidden_in(&self, target: &str) -> String {
        let target = target.strip_prefix(self.head.trim_end()).unwrap_or(target);
        let mut text = target.strip_suffix(self.tail.trim_start()).unwrap_or(target).trim().to_owned();
        for (at, piece) in self.pieces.iter().enumerate() {
            text = text.replacen(&piece.said, &format!("XQ{}X", at + 1), 1);
        }
        text
    }

    /// What the engine answered with everything put back, if nothing was lost on the way.
    pub fn unmask(&self, answer: &str) -> Result<String, Lost> {
        let (between, order) = split(answer);
        let mut sorted = order.clone();
        sorted.sort_unstable();
        let wrappings =
            order.iter().filter(|n| (1..=self.pieces.len()).contains(*n) && self.pieces[**n - 1].is_wrapping);
        if sorted != (1..=self.pieces.len()).collect::<Vec<_>>() || !wrappings.is_sorted() {
            return Err(Lost::Mask);
        }
        self.check_words(&between)?;
        let is_loud = self.is_loud();
        let mut text = String::new();
        for (at, words) in between.iter().enumerate() {
            let words = if is_loud { words.to_uppercase() } else { (*words).to_owned() };
            let Some(number) = at.checked_sub(1).map(|before| order[before]) else {
                text.push_str(words.trim_start());
                continue;
            };
            self.put_back(&mut text, number - 1);
            let piece = &self.pieces[number - 1];
            let touches = piece.touches[1]
                && (piece.is_wrapping || self.fragments[number].starts_with(char::is_alphanumeric));
            if touches {
                text.push_str(words.trim_start());
            } else {
                if words.starts_with(char::is_alphanumeric) {
                    text.push(' ');
                }
                text.push_str(&words);
            }
        }
        Ok(format!("{}{}{}", self.head, text.trim(), self.tail))
    }

    fn put_back(&self, text: &mut String, piece: usize) {
        let Piece { said, is_wrapping, touches } = &self.pieces[piece];
        if touches[0] && (*is_wrapping || self.fragments[piece].ends_with(char::is_alphanumeric)) {
            text.truncate(text.trim_end().len());
        } else {
            pad(text);
        }
        text.push_str(said);
    }

    /// Numbers that went through the engine must have come out, and the words must be there.
    fn check_words(&self, between: &[&str]) -> Result<(), Lost> {
        let count = |words: &mut dyn Iterator<Item = &str>| {
            words.map(|words| words.trim().chars().count()).sum::<usize>()
        };
        let sent = count(&mut self.fragments.iter().map(String::as_str));
        let came = count(&mut between.iter().copied());
        let made_up = between.iter().any(|words| words.contains(ARTEFACT));
        if self.has_words() && came == 0 || came > 4 * sent + 30 || made_up {
            return Err(Lost::Words);
        }
        let are_kept = digits::are_kept(self.fragments.iter().map(String::as_str), between.iter().copied());
        if are_kept { Ok(()) } else { Err(Lost::Number) }
    }
}

fn pad(text: &mut String) {
    if text.ends_with(char::is_alphanumeric) {
        text.push(' ');
    }
}

/// With its first letter in upper case.
pub(super) fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

/// The answer for a few words out of a sentence, dressed as they were: engines like to make a sentence of them.
pub(super) fn dressed_like(words: &str, answer: &str) -> String {
    let is_upper = |text: &str| text.starts_with(char::is_uppercase);
    let answer = answer.trim_end_matches(['.', '!', '?']);
    if words.len() > 1 && words.contains(char::is_uppercase) && !words.contains(char::is_lowercase) {
        return answer.to_uppercase();
    }
    let second_is_upper = answer.chars().nth(1).is_some_and(char::is_uppercase);
    if is_upper(words) || !is_upper(answer) || second_is_upper {
        return answer.to_owned();
    }
    let mut chars = answer.chars();
    chars.next().map(|first| first.to_lowercase().chain(chars).collect()).unwrap_or_default()
}

/// The words between the masks of an answer, and the masks' numbers in their order.
fn split(answer: &str) -> (Vec<&str>, Vec<usize>) {
    let (mut between, mut order) = (Vec::new(), Vec::new());
    let (mut from, mut at) = (0, 0);
    while let Some(found) = answer[at..].find("XQ") {
        let start = at + found;
        let digits = answer[start + 2..].bytes().take_while(u8::is_ascii_digit).count();
        let end = start + 2 + digits;
        at = end;
        // A broken mask counts as number 0, which is never asked for.
        let number =
            if answer[end..].starts_with('X') { answer[start + 2..end].parse().unwrap_or(0) } else { 0 };
        between.push(&answer[from..start]);
        order.push(number);
        from = if number == 0 { end } else { end + 1 };
        at = at.max(from);
    }
    between.push(&answer[from..]);
    (between, order)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::translation::marks::{Numbers, marks};

    fn masked(text: &str) -> Masked {
        mask(text, 0..text.len(), &marks(text, &[], "en", Numbers::Risky), &BTreeMap::new())
    }

    #[track_caller]
    fn check(text: &str, sent: &str, answer: &str, expected: Result<&str, Lost>) {
        let masked = masked(text);
        assert_eq!(masked.text(), sent);
        assert_eq!(masked.unmask(answer), expected.map(str::to_owned), "{text}");
        assert_eq!(masked.kept(), text);
    }

    #[test]
    fn masks_go_and_come_back() {
        check(
            "Write to a@example.com.",
            "Write to XQ1X.",
            "Escreva para XQ1X.",
            Ok("Escreva para a@example.com."),
        );
        check("Do **not** stop", "Do XQ1X not XQ2X stop", "XQ1X Não XQ2X pare", Ok("**Não** pare"));
        check("😀 Thanks 👍👍 🎉", "Thanks", "Obrigado", Ok("😀 Obrigado 👍👍 🎉"));
        check("Order #1 #2 is 5 kg", "Order XQ1X is 5 kg", "XQ1X tem 5 kg", Ok("#1 #2 tem 5 kg"));
        check("Weight 2.5 kg", "Weight 2.5 kg", "Peso 2,5 kg", Ok("Peso 2,5 kg"));
        check("(see `ls`)", "(see XQ1X)", "(ver XQ1X)", Ok("(ver `ls`)"));
    }

    #[test]
    fn what_is_lost_is_seen() {
        check("Write to a@example.com.", "Write to XQ1X.", "Escreva.", Err(Lost::Mask));
        check("Write to a@example.com.", "Write to XQ1X.", "XQ1X e XQ1X", Err(Lost::Mask));
        check("Write to a@example.com.", "Write to XQ1X.", "para XQ1 X", Err(Lost::Mask));
        check("Do **not** stop", "Do XQ1X not XQ2X stop", "XQ2X Não XQ1X pare", Err(Lost::Mask));
        check("It has 24 hours", "It has 24 hours", "Tem XNUMX horas", Err(Lost::Words));
        check("It has 24 hours", "It has 24 hours", "Tem 24 horas em 2019", Err(Lost::Number));
        check("It has hours", "It has hours", "", Err(Lost::Words));
    }

    #[test]
    fn capitals_are_said_quietly() {
        check(
            "RESTART YOUR ROUTER NOW #5",
            "Restart your router now XQ1X",
            "Reinicie já XQ1X",
            Ok("REINICIE JÁ #5"),
        );
        assert!(!masked("USB").is_loud());
        assert!(!masked("Do NOT stop").is_loud());
        // Most scripts have no capitals.
        assert!(!masked("دراجتي لا تعمل").is_loud());
        assert!(!masked("هذا USB لا يعمل").is_loud());
        assert_eq!(dressed_like("إعادة", "Return."), "return");
    }
}
