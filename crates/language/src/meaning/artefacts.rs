//! Traces of machines: residues of masks, broken encoding, words that loop, words that stand twice.

use super::finding::{Finding, Kind, Severity};
use super::lexicon::{Lexicon, Sense};
use super::tokens::Token;
use std::collections::HashSet;
use std::ops::Range;

/// Signs of a text that was read in the wrong encoding, or of an engine's inner alphabet.
const BROKEN: [&str; 30] = [
    "\u{fffd}", "Ã¤", "Ã¶", "Ã¼", "ÃŸ", "Ã©", "Ã¡", "Ã\u{ad}", "Ã³", "Ãº", "Ã±", "â€™", "â€œ", "â€“", "Å‚",
    "Å¡", "Å¾", "Ä…", "Ä™", "Å›", "Å¼", "Ä‡", "ÄŤ", "Ä—", "Â ", "<unk>", "⁇", "▁", "@@ ", "&amp;",
];
/// A phrase that stands this often in a row is a loop.
const LOOP: usize = 3;

/// Residues in the translation that the original doesn't have.
pub(super) fn residues(source: &str, target: &str, tokens: &[Token<'_>]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for sign in BROKEN {
        if let Some(at) = target.find(sign).filter(|_| !source.contains(sign)) {
            let why = "Here characters are broken: the text was read in the wrong encoding, or a letter is unknown. Write the passage again.";
            findings.push(artefact(why, at..at + sign.len()));
        }
    }
    if let Some((at, control)) = target.char_indices().find(|(_, c)| c.is_control() && !c.is_whitespace())
        && !source.contains(control)
    {
        findings.push(artefact(
            "Here stands a control character, which nobody can read. Take it out.",
            at..at + control.len_utf8(),
        ));
    }
    for token in tokens.iter().filter(|token| token.is_word()) {
        if is_residue(token.text) && !source.contains(token.text) {
            let why = format!(
                "“{}” is a machine's stand-in, not a word. Put what the original has in its place.",
                token.text
            );
            findings.push(artefact(&why, token.range.clone()));
        }
    }
    findings
}

fn artefact(why: &str, range: Range<usize>) -> Finding {
    Finding::new(Kind::Artefact, Severity::Stop, why).at_target(range)
}

/// `XNUMX`, `XQ12X`, `XURLX`, `PLACEHOLDER3`, `__PH_1__`.
fn is_residue(word: &str) -> bool {
    let bare = word.trim_matches('_');
    let inner = bare.strip_prefix('X').and_then(|rest| rest.strip_suffix('X'));
    let is_masked = inner.is_some_and(|inner| {
        ["NUM", "URL", "EMAIL", "DATE", "NAME", "TAG", "CODE"]
            .contains(&inner.trim_end_matches(|c: char| c.is_ascii_digit()))
            || inner
                .strip_prefix('Q')
                .is_some_and(|number| !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit()))
    });
    let is_named = ["PLACEHOLDER", "MASK", "PROTECTED", "UNTRANSLATED"].iter().any(|name| {
        bare.strip_prefix(name).is_some_and(|rest| rest.bytes().all(|b| b.is_ascii_digit() || b == b'_'))
            && bare.len() > name.len()
    });
    let is_framed = word.len() > 4 && word.starts_with("__") && word.ends_with("__");
    is_masked || is_named || is_framed || bare.to_ascii_uppercase().starts_with("XNUMX")
}

/// Words and phrases that stand twice in a row, unless the original or the language doubles them, too.
pub(super) fn doubled(
    source: &[Token<'_>],
    target: &[Token<'_>],
    lexicon: &Lexicon,
    source_lexicon: &Lexicon,
) -> Vec<Finding> {
    let original = repetitions(source).len();
    let mut found = repetitions(target);
    found.retain(|(range, length)| {
        *length > 1 || range.len() > 2 || !lexicon.says(&target[range.start].low, &Sense::AllowDouble)
    });
    let doubled_by_source: HashSet<usize> = repetitions(source).iter().map(|(_, length)| *length).collect();
    let is_emphasis = |length: usize| {
        doubled_by_source.contains(&length)
            && repetitions(source)
                .iter()
                .all(|(range, _)| !source_lexicon.says(&source[range.start].low, &Sense::AllowDouble))
    };
    if original >= found.len() {
        found.retain(|(_, length)| !is_emphasis(*length) || *length > 4);
    }
    found.into_iter().map(|(range, length)| finding(target, range, length)).collect()
}

fn finding(tokens: &[Token<'_>], range: Range<usize>, length: usize) -> Finding {
    let bytes = tokens[range.start].range.start..tokens[range.end - 1].range.end;
    let times = range.len() / length;
    let words: Vec<&str> = tokens[range.start..range.start + length].iter().map(|token| token.text).collect();
    let words = words.join(" ");
    if times > LOOP {
        let why = format!(
            "“{words}” stands {times} times in a row: the machine was caught in a loop. Write the passage again."
        );
        return Finding::new(Kind::Artefact, Severity::Stop, why).at_target(bytes);
    }
    let why = format!("“{words}” stands twice in a row. Take one out.");
    Finding::new(Kind::DoubledWord, Severity::Warn, why).at_target(bytes)
}

/// Where one to four words stand at least twice in a row: the tokens, and how many make one turn.
fn repetitions(tokens: &[Token<'_>]) -> Vec<(Range<usize>, usize)> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let hit = (1..=5).find_map(|length| turn(tokens, at, length).map(|end| (at..end, length)));
        at = hit.as_ref().map_or(at + 1, |(range, _)| range.end);
        found.extend(hit);
    }
    found
}

fn turn(tokens: &[Token<'_>], at: usize, length: usize) -> Option<usize> {
    let first = tokens.get(at..at + length)?;
    if !first.iter().all(Token::is_word) || first.iter().map(|token| token.low.len()).sum::<usize>() < 2 {
        return None;
    }
    let mut end = at + length;
    while let Some(next) = tokens.get(end..end + length)
        && next.iter().zip(first).all(|(a, b)| a.low == b.low)
        && next[0].is_spaced
    {
        end += length;
    }
    (end > at + length).then_some(end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::meaning::tokens::tokens;

    #[track_caller]
    fn check(source: &str, target: &str, expected: &[(Kind, &str)]) {
        let english = Lexicon::of(&"en".parse().expect("a tag"));
        let read = tokens(target, &[]);
        let mut findings = residues(source, target, &read);
        findings.extend(doubled(&tokens(source, &[]), &read, english, english));
        let found: Vec<_> = findings
            .iter()
            .map(|finding| (finding.kind, &target[finding.target.clone().expect("a place")]))
            .collect();
        assert_eq!(found, expected, "{target}");
    }

    #[test]
    fn traces_of_machines_are_found() {
        check("24", "We offer XNUMX hours", &[(Kind::Artefact, "XNUMX")]);
        check("a", "Here XQ3X and MASK1", &[(Kind::Artefact, "XQ3X"), (Kind::Artefact, "MASK1")]);
        check("ä", "schÃ¤n", &[(Kind::Artefact, "Ã¤")]);
        check(
            "a",
            "of the house of the house of the house of the house",
            &[(Kind::Artefact, "of the house of the house of the house of the house")],
        );
        check("a", "a\u{0}b", &[(Kind::Artefact, "\u{0}")]);
    }

    #[test]
    fn doubled_words_are_found() {
        check("a", "Turn the the lamp", &[(Kind::DoubledWord, "the the")]);
        check("a", "press the key press the key", &[(Kind::DoubledWord, "press the key press the key")]);
        check("a", "I know that that lamp works", &[]);
        check("sehr sehr gut", "really really good", &[]);
        check("a", "one. One", &[]);
    }
}
