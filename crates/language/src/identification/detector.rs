//! The port to a statistical language detector, and lingua behind it.

use super::prior::spoken;
use kernel::LanguageTag;
use lingua::{Language, LanguageDetector, LanguageDetectorBuilder};
use std::sync::OnceLock;

/// The languages that are identified unless an installation says otherwise: those of the European Union for which
/// models exist and which have more than a million speakers, with Norwegian, Russian and Ukrainian.
pub const DEFAULT_LANGUAGES: [&str; 25] = [
    "bg", "cs", "da", "de", "el", "en", "es", "et", "fi", "fr", "hr", "hu", "it", "lt", "lv", "nb", "nl",
    "pl", "pt", "ro", "ru", "sk", "sl", "sv", "uk",
];

/// Says how well words fit languages. The rules of identification know only this.
pub trait Detector: Send + Sync {
    /// The languages that it can tell apart.
    fn languages(&self) -> &[LanguageTag];

    /// How probable each of the languages is for these words alone, in the order of [`Detector::languages`]; all zero
    /// when the words say nothing.
    fn probabilities(&self, words: &str) -> Vec<f64>;
}

/// Character n-gram models, embedded in the program and read in place: only the pages that were looked at take memory.
pub(super) struct Lingua {
    tags: Vec<LanguageTag>,
    languages: Vec<Language>,
    detector: OnceLock<LanguageDetector>,
}

impl Lingua {
    /// A detector for those of `languages` that have a model; the others are left out.
    pub(super) fn new(languages: &[LanguageTag]) -> Self {
        let mut known: Vec<(Language, LanguageTag)> =
            languages.iter().filter_map(|tag| Some((model_of(tag)?, tag.clone()))).collect();
        known.sort();
        known.dedup_by(|a, b| a.0 == b.0);
        let (languages, tags) = known.into_iter().unzip();
        Self { tags, languages, detector: OnceLock::new() }
    }

    fn detector(&self) -> &LanguageDetector {
        self.detector.get_or_init(|| LanguageDetectorBuilder::from_languages(&self.languages).build())
    }
}

impl Detector for Lingua {
    fn languages(&self) -> &[LanguageTag] {
        &self.tags
    }

    fn probabilities(&self, words: &str) -> Vec<f64> {
        // The builder panics without a language, and with one it has nothing to compare.
        if self.languages.len() < 2 {
            return vec![1.0; self.languages.len()];
        }
        let mut probabilities = vec![0.0; self.languages.len()];
        for (language, probability) in self.detector().compute_language_confidence_values(words) {
            if let Ok(at) = self.languages.binary_search(&language) {
                probabilities[at] = probability;
            }
        }
        probabilities
    }
}

fn model_of(tag: &LanguageTag) -> Option<Language> {
    Language::all().into_iter().find(|language| language.iso_code_639_1().to_string() == spoken(tag))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tags(text: &str) -> Vec<LanguageTag> {
        text.split(' ').map(|tag| tag.parse().expect("a tag")).collect()
    }

    #[test]
    fn every_default_language_has_a_model() {
        let lingua = Lingua::new(&tags(&DEFAULT_LANGUAGES.join(" ")));
        assert_eq!(lingua.languages().len(), DEFAULT_LANGUAGES.len());
    }

    #[test]
    fn a_language_without_model_is_left_out_and_a_country_is_kept() {
        let lingua = Lingua::new(&tags("pt-br tlh de xx"));
        let mut found: Vec<&str> = lingua.languages().iter().map(LanguageTag::as_str).collect();
        found.sort_unstable();
        assert_eq!(found, ["de", "pt-br"]);
    }

    #[test]
    fn probabilities_stand_beside_their_languages() {
        let lingua = Lingua::new(&tags("sl de lt en"));
        let probabilities = lingua.probabilities("die Rechnung ist noch nicht angekommen");
        let best = (0..4).max_by(|a, b| probabilities[*a].total_cmp(&probabilities[*b])).expect("four");
        assert_eq!(lingua.languages()[best].as_str(), "de");
        assert_eq!(lingua.probabilities("12345 !!"), [0.0; 4]);
    }
}
