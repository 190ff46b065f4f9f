//! The port to a statistical language detector, and lingua behind it.

use super::prior::spoken;
use super::trigrams::Trigrams;
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
    by_triples: OnceLock<LanguageDetector>,
    trigrams: Trigrams,
}

impl Lingua {
    /// A detector for those of `languages` that have a model; the others are left out.
    pub(super) fn new(languages: &[LanguageTag]) -> Self {
        let mut known: Vec<(Language, LanguageTag)> =
            languages.iter().filter_map(|tag| Some((model_of(tag)?, tag.clone()))).collect();
        known.sort();
        known.dedup_by(|a, b| a.0 == b.0);
        let (languages, tags) = known.into_iter().unzip();
        let (detector, by_triples) = (OnceLock::new(), OnceLock::new());
        Self { tags, languages, detector, by_triples, trigrams: Trigrams::default() }
    }

    fn detector(&self) -> &LanguageDetector {
        self.detector.get_or_init(|| LanguageDetectorBuilder::from_languages(&self.languages).build())
    }

    /// The library's own way of looking at triples of letters only.
    fn by_triples(&self) -> &LanguageDetector {
        let built =
            || LanguageDetectorBuilder::from_languages(&self.languages).with_low_accuracy_mode().build();
        self.by_triples.get_or_init(built)
    }

    fn asked(&self, detector: &LanguageDetector, words: &str) -> Vec<f64> {
        let mut probabilities = vec![0.0; self.languages.len()];
        for (language, probability) in detector.compute_language_confidence_values(words) {
            if let Ok(at) = self.languages.binary_search(&language) {
                probabilities[at] = probability;
            }
        }
        probabilities
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
        let ask = |triple: &str| self.asked(self.by_triples(), triple);
        if let Some(clear) = self.trigrams.clear(words, ask) {
            let mut probabilities = vec![0.0; self.languages.len()];
            probabilities[clear] = 1.0;
            return probabilities;
        }
        self.asked(self.detector(), words)
    }
}

/// The tags of all languages that have a model here, in their order.
pub(super) fn built_in() -> Vec<String> {
    let mut tags: Vec<String> =
        Language::all().into_iter().map(|language| language.iso_code_639_1().to_string()).collect();
    tags.sort_unstable();
    tags
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
    fn what_the_triples_find_clear_the_models_find_too() {
        let lingua = Lingua::new(&tags(&DEFAULT_LANGUAGES.join(" ")));
        for (tag, words) in [
            ("de", "leider ist die bestellte Lampe heute ohne Netzteil bei mir angekommen"),
            ("sl", "žal je naročena svetilka danes prispela brez napajalnika"),
            ("lt", "deja užsakyta lempa šiandien atkeliavo be maitinimo bloko"),
        ] {
            let clear = lingua.trigrams.clear(words, |triple| lingua.asked(lingua.by_triples(), triple));
            let full = lingua.asked(lingua.detector(), words);
            let best = (0..full.len()).max_by(|a, b| full[*a].total_cmp(&full[*b])).expect("many");
            assert_eq!(lingua.languages()[best].as_str(), tag);
            assert_eq!(clear, Some(best), "{words}");
        }
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
