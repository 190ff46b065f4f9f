//! Stems: what the forms of a word have in common, per language.

use super::folding::{fold, shortened};
use super::slovenian;
use frostem::{Algorithm, Stemmer};
use kernel::LanguageTag;
use unicode_normalization::UnicodeNormalization;

/// Shorter and longer words than these, in bytes, are their own stems.
const LETTERS: std::ops::RangeInclusive<usize> = 3..=64;

/// The stems of one language.
#[derive(Clone, Copy)]
pub(crate) enum Stems {
    Snowball(Stemmer),
    Slovenian,
}

impl Stems {
    /// The stemmer of a language, if there is one.
    pub(crate) fn of(language: &LanguageTag) -> Option<Self> {
        let algorithm = match language.primary() {
            "cs" => Algorithm::Czech,
            "da" => Algorithm::Danish,
            "de" => Algorithm::German,
            "el" => Algorithm::Greek,
            "en" => Algorithm::English,
            "es" => Algorithm::Spanish,
            "et" => Algorithm::Estonian,
            "fi" => Algorithm::Finnish,
            "fr" => Algorithm::French,
            "hu" => Algorithm::Hungarian,
            "it" => Algorithm::Italian,
            "lt" => Algorithm::Lithuanian,
            "nb" | "nn" | "no" => Algorithm::Norwegian,
            "nl" => Algorithm::Dutch,
            "pl" => Algorithm::Polish,
            "pt" => Algorithm::Portuguese,
            "ro" => Algorithm::Romanian,
            "ru" => Algorithm::Russian,
            "sl" => return Some(Self::Slovenian),
            "sv" => Algorithm::Swedish,
            "uk" => Algorithm::Ukrainian,
            _ => return None,
        };
        Some(Self::Snowball(Stemmer::new(algorithm)))
    }

    /// The folded stem of a word; none for what isn't a word.
    pub(crate) fn stem(self, word: &str) -> Option<String> {
        if !LETTERS.contains(&word.len()) || word.bytes().any(|byte| byte.is_ascii_digit()) {
            return None;
        }
        // Stemmers know the letters of their language, so folding comes after them.
        let lower: String = if word.is_ascii() {
            word.to_ascii_lowercase()
        } else {
            word.to_lowercase().nfc().filter(|c| c.is_alphanumeric()).collect()
        };
        let folded = match self {
            Self::Snowball(stemmer) => fold(&stemmer.stem(&lower)),
            Self::Slovenian => slovenian::stem(&fold(&lower)).to_owned(),
        };
        let stem = shortened(&folded);
        (!stem.is_empty()).then(|| stem.to_owned())
    }
}
