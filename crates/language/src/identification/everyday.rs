//! Words that everybody who writes to a help desk uses, as a second witness beside the letters.
//!
//! Letters alone say little about "Danke!" or "any news?", and a person still knows. `everyday.txt` has a line for each
//! language: greetings, thanks, small words, and what help desks are asked about. A word stands in the line of every language
//! that has it: one that neighbours share (*hvala*) decides nothing between them.

use super::prior::spoken;
use kernel::LanguageTag;
use std::collections::HashMap;
use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization;

/// Longer texts are told by their letters.
const MOST_WORDS: usize = 6;
/// How probable an everyday word is in a language that doesn't list it, against one that does.
const ELSEWHERE: f64 = 0.05;

/// Languages as bits, in the order of the lines of `everyday.txt`.
type Bits = u64;

struct Everyday {
    languages: Vec<&'static str>,
    words: HashMap<String, Bits>,
}

static EVERYDAY: LazyLock<Everyday> = LazyLock::new(|| Everyday::read(include_str!("everyday.txt")));

impl Everyday {
    fn read(lines: &'static str) -> Self {
        let mut everyday = Self { languages: Vec::new(), words: HashMap::new() };
        for (at, line) in lines.lines().enumerate() {
            let mut words = line.split(' ');
            everyday.languages.extend(words.next());
            for word in words {
                // Many people write without accents, whatever their keyboard has.
                for written in [word.to_owned(), bare(word)] {
                    *everyday.words.entry(written).or_default() |= 1 << at;
                }
            }
        }
        everyday
    }
}

fn bare(word: &str) -> String {
    let plain = |c: char| match c {
        'ł' => 'l',
        'đ' => 'd',
        'ø' => 'o',
        c => c,
    };
    word.nfd().filter(|c| !('\u{300}'..='\u{36f}').contains(c)).map(plain).collect()
}

/// How well the everyday words among these fit each language: 1 where all of them are at home. `None` when there are too many words for
/// this to matter, or no everyday word.
pub(super) fn everyday(words: &str, languages: &[LanguageTag]) -> Option<Vec<f64>> {
    if words.split(' ').count() > MOST_WORDS {
        return None;
    }
    let small = words.to_lowercase();
    let mut told: Vec<Bits> = small.split(' ').filter_map(|word| EVERYDAY.words.get(word).copied()).collect();
    told.sort_unstable();
    let fit = |tag: &LanguageTag| -> f64 {
        let line = EVERYDAY.languages.iter().position(|language| *language == spoken(tag));
        let of_word = |bits: &Bits| match line {
            Some(at) if bits & (1 << at) != 0 => 1.0,
            Some(_) => ELSEWHERE,
            None => ELSEWHERE.sqrt(),
        };
        told.iter().map(of_word).product()
    };
    (!told.is_empty()).then(|| languages.iter().map(fit).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(words: &str, expected: &[&str]) {
        let languages: Vec<LanguageTag> =
            "cs de en hr lt pl sk sl pt-br ca".split(' ').map(|tag| tag.parse().expect("a tag")).collect();
        let fit = everyday(words, &languages).unwrap_or_default();
        let best = fit.iter().copied().fold(f64::MIN, f64::max);
        let found: Vec<&str> = languages
            .iter()
            .zip(&fit)
            .filter(|(_, fit)| **fit == best)
            .map(|(tag, _)| tag.as_str())
            .collect();
        assert_eq!(found, expected, "{words}");
    }

    #[test]
    fn a_word_speaks_for_the_languages_that_have_it() {
        check("Danke", &["de"]);
        check("obrigado", &["pt-br"]);
        check("any news", &["en"]);
        check("hvala", &["hr", "sl"]);
        check("hvala in lahko", &["sl"]);
    }

    #[test]
    fn accents_may_be_left_out() {
        check("aciu", &["lt"]);
        check("dziekuje", &["pl"]);
        check("prosim", &["cs", "sk", "sl"]);
    }

    #[test]
    fn other_words_and_long_texts_say_nothing() {
        check("xyzzy", &[]);
        check("", &[]);
        check("danke danke danke danke danke danke danke", &[]);
    }

    #[test]
    fn every_default_language_has_a_line_of_different_words() {
        let mut lines: Vec<&str> = EVERYDAY.languages.clone();
        lines.sort_unstable();
        assert_eq!(lines, crate::DEFAULT_LANGUAGES);
        for line in include_str!("everyday.txt").lines() {
            let words: Vec<&str> = line.split(' ').skip(1).collect();
            assert!(words.len() > 100, "{} words: {line}", words.len());
            assert!(words.is_sorted_by(|a, b| a < b), "{line}");
            assert!(words.iter().all(|word| *word == word.to_lowercase()), "{line}");
        }
    }
}
