//! Two words of the original that became one: *hardware, software and equipment* → *sprzętem, oprogramowaniem i sprzętem*.

use super::finding::{Finding, Kind, Severity};
use super::tokens::Token;
use crate::words::{Stems, fold};
use kernel::LanguageTag;
use std::collections::HashMap;

/// Shorter words are little words.
const LETTERS: usize = 5;
/// In the original, words as short as these count, so that a repetition isn't overlooked.
const LETTERS_OF_ORIGINAL: usize = 4;
/// The two stand at most this many tokens apart: in one list.
const APART: usize = 7;

/// Before the last of a list, in the six languages and their neighbours.
const AND: [&str; 12] = ["and", "und", "y", "e", "i", "oraz", "in", "ter", "ir", "bei", "et", "a"];

/// A word that a list in the translation has twice, while the original repeats nothing.
pub(super) fn merged(
    source: (&[Token<'_>], &LanguageTag),
    target: (&[Token<'_>], &LanguageTag),
) -> Option<Finding> {
    let (first, last) = repeated(target.0, target.1, LETTERS)?;
    if repeated(source.0, source.1, LETTERS_OF_ORIGINAL).is_some() {
        return None;
    }
    let words = &target.0[first..=last];
    let is_list = words.len() > 3 && words[1].is_mark(',');
    let joins = words.iter().rev().skip(1).take(3).any(|word| AND.contains(&word.low.as_str()));
    let ends = words.iter().any(|word| matches!(word.text, "." | ":" | "?" | "!"));
    if !is_list || !joins || ends {
        return None;
    }
    let why = format!(
        "“{}” and “{}” are the same word in one list, and the original repeats none: two words may have become one.",
        target.0[first].text, target.0[last].text
    );
    Some(
        Finding::new(Kind::Merged, Severity::Warn, why)
            .at_target(target.0[first].range.start..target.0[last].range.end),
    )
}

/// The first word that comes again in another or the same form within a list, and where both stand.
fn repeated(tokens: &[Token<'_>], language: &LanguageTag, least: usize) -> Option<(usize, usize)> {
    let stems = Stems::of(language);
    let mut seen: HashMap<String, usize> = HashMap::new();
    for (at, token) in tokens.iter().enumerate() {
        if !token.is_word() || token.low.chars().count() < least {
            continue;
        }
        let root = stems.and_then(|stems| stems.stem(&token.low)).unwrap_or_else(|| fold(&token.low));
        if let Some(before) = seen.insert(root, at).filter(|before| at - before <= APART) {
            return Some((before, at));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::meaning::tokens::tokens;

    #[track_caller]
    fn check(source: &str, target: (&str, &str), expected: bool) {
        let (english, theirs) = ("en".parse().expect("a tag"), target.0.parse().expect("a tag"));
        let found = merged((&tokens(source, &[]), &english), (&tokens(target.1, &[]), &theirs));
        assert_eq!(found.is_some(), expected, "{target:?}: {found:?}");
    }

    #[test]
    fn a_list_names_nothing_twice() {
        check(
            "with hardware, software and equipment",
            ("pl", "ze sprzętem, oprogramowaniem i sprzętem"),
            true,
        );
        check(
            "with hardware, software and equipment",
            ("pl", "ze sprzętem, oprogramowaniem i urządzeniami"),
            false,
        );
        check("one lamp after another lamp, and more", ("de", "eine Lampe, dann noch eine Lampe"), false);
    }
}
