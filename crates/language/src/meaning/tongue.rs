//! Whether the translation is in the language that it should be in.

use super::Passage;
use super::finding::{Finding, Kind, Severity};
use super::lexicon::{Lexicon, Sense};
use super::tokens::Token;
use crate::identification::{Identifier, Prior};
use std::collections::HashSet;

/// Shorter passages don't say their language surely enough, in letters.
const LETTERS: usize = 18;
/// The same, for a language that is neither of the two: neighbours look alike.
const LETTERS_OF_OTHER: usize = 40;
/// How sure the identifier must be.
const CONFIDENCE: f64 = 0.93;
/// So many words of the original in a row are no coincidence.
const COPIED: usize = 4;

/// Paragraphs and sentences in another language.
pub(super) fn languages(source: &Passage<'_>, target: &Passage<'_>, identifier: &Identifier) -> Vec<Finding> {
    let known = |language: &str| identifier.languages().iter().any(|tag| tag.primary() == language);
    let (ours, theirs) = (source.language.primary(), target.language.primary());
    if ours == theirs || !known(theirs) {
        return Vec::new();
    }
    let prior = Prior::of(target.language.clone());
    let spans = identifier.paragraphs(target.text, &prior);
    let wrong = spans.iter().filter_map(|span| {
        let text = &target.text[span.start..span.end];
        let letters = text.chars().filter(|c| c.is_alphabetic()).count();
        let language = span.language.primary();
        if language == theirs || !span.language.is_known() || span.confidence < CONFIDENCE {
            return None;
        }
        let small = text.split_whitespace().filter(|word| word.starts_with(char::is_lowercase)).count();
        let (kind, least, why) = if language == ours {
            (
                Kind::Untranslated,
                LETTERS,
                "This passage is still in the language of the original. Translate it.".to_owned(),
            )
        } else {
            let why = format!(
                "This passage seems to be in another language ({language}). Write it in the customer's."
            );
            (Kind::WrongLanguage, LETTERS_OF_OTHER, why)
        };
        (letters >= least && small >= 2)
            .then(|| Finding::new(kind, Severity::Stop, why).at_target(span.start..span.end))
    });
    wrong.collect()
}

/// Words that were copied: several of the original in a row, or little words that only its language has.
pub(super) fn copied(source: (&[Token<'_>], &Lexicon), target: (&[Token<'_>], &Lexicon)) -> Option<Finding> {
    let phrases: HashSet<Vec<&str>> =
        source.0.windows(COPIED).map(|words| words.iter().map(|word| word.text).collect()).collect();
    let is_plain = |words: &[Token<'_>]| {
        words.iter().all(Token::is_word)
            && words.iter().filter(|word| !word.is_capital() && word.text.chars().count() >= 2).count() >= 3
    };
    let run = target.0.windows(COPIED).find(|words| {
        is_plain(words) && phrases.contains(&words.iter().map(|word| word.text).collect::<Vec<_>>())
    });
    let foreign = |word: &Token<'_>| {
        word.is_word()
            && !word.is_capital()
            && source.1.says(&word.low, &Sense::Function)
            && target.1.senses(&word.low).is_empty()
    };
    let ours: HashSet<&str> = source.0.iter().map(|word| word.low.as_str()).collect();
    let little = || {
        target.0.windows(3).find(|words| {
            source.1.is_known
                && target.1.is_known
                && words.iter().all(|word| word.is_word() && ours.contains(word.low.as_str()))
                && words.iter().filter(|word| foreign(word)).count() >= 2
        })
    };
    let words = run.or_else(little)?;
    let range = words[0].range.start..words[words.len() - 1].range.end;
    let why = "These words stand in the original just so: the passage is not translated. Translate it, or confirm that it is a name.";
    Some(Finding::new(Kind::Untranslated, Severity::Warn, why).at_target(range))
}
