//! How hard a text is to read, by the published formula of its language.

use crate::written::{sentence_spans, word_spans};
use kernel::LanguageTag;

/// So many approved texts make a yardstick.
const TEXTS_OF_YARDSTICK: usize = 20;
/// A text of fewer words has no figure worth showing.
const WORDS_OF_TEXT: usize = 10;

/// A published formula.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Formula {
    /// English: R. Flesch 1948, *A new readability yardstick*; higher is easier.
    Flesch,
    /// German: T. Amstad 1978, *Wie verständlich sind unsere Zeitungen?*; higher is easier.
    Amstad,
    /// Spanish: F. Szigriszt Pazos 1993, *Sistemas predictivos de legilibilidad del mensaje escrito*; higher is easier.
    Szigriszt,
    /// Polish: R. Gunning 1952, *The technique of clear writing*, with hard words of four syllables and more, as usual for
    /// Polish; lower is easier.
    FogPolish,
    /// Others: C. H. Björnsson 1968, *Läsbarhet* (LIX); lower is easier.
    Lix,
}

/// How hard a text is to read.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Readability {
    /// By which formula.
    pub formula: Formula,
    /// Its figure; comparable within a language only.
    pub value: f64,
    /// Words a sentence.
    pub words_per_sentence: f64,
}

/// Where a text stands among the client's own approved ones.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rank {
    /// The share of approved texts that are as easy or easier, 0 to 100: 95 says that nearly all are easier.
    pub percentile: f64,
    /// Among how many.
    pub of: usize,
}

impl Formula {
    /// The formula for a language.
    pub fn of(language: &LanguageTag) -> Self {
        match language.primary() {
            "en" => Self::Flesch,
            "de" => Self::Amstad,
            "es" => Self::Szigriszt,
            "pl" => Self::FogPolish,
            _ => Self::Lix,
        }
    }

    /// Whether a higher figure is an easier text.
    pub fn rises_with_ease(self) -> bool {
        matches!(self, Self::Flesch | Self::Amstad | Self::Szigriszt)
    }
}

/// How hard a text is; none for one of fewer than ten words.
pub fn readability(text: &str, language: &LanguageTag) -> Option<Readability> {
    let words: Vec<&str> = word_spans(text).into_iter().map(|span| &text[span.range]).collect();
    if words.len() < WORDS_OF_TEXT {
        return None;
    }
    let has_words = |range: &std::ops::Range<usize>| text[range.clone()].contains(char::is_alphabetic);
    let sentences = sentence_spans(text).into_iter().filter(has_words).count().max(1);
    let count = words.len() as f64;
    let length = count / sentences as f64;
    let share =
        |counts: &dyn Fn(&str) -> bool| words.iter().filter(|word| counts(word)).count() as f64 / count;
    let syllables = || words.iter().map(|word| syllables(word, language)).sum::<usize>() as f64 / count;
    let formula = Formula::of(language);
    let value = match formula {
        Formula::Flesch => 206.835 - 1.015 * length - 84.6 * syllables(),
        Formula::Amstad => 180.0 - length - 58.5 * syllables(),
        Formula::Szigriszt => 206.835 - 62.3 * syllables() - length,
        Formula::FogPolish => 0.4 * (length + 100.0 * share(&|word| self::syllables(word, language) >= 4)),
        Formula::Lix => length + 100.0 * share(&|word| word.chars().count() > 6),
    };
    Some(Readability { formula, value, words_per_sentence: length })
}

/// Where a text stands among the client's approved texts of the same language; none with fewer than twenty of them.
pub fn rank(text: &Readability, approved: &[Readability]) -> Option<Rank> {
    let same: Vec<f64> =
        approved.iter().filter(|other| other.formula == text.formula).map(|other| other.value).collect();
    let easier = |value: &&f64| match text.formula.rises_with_ease() {
        true => **value >= text.value,
        false => **value <= text.value,
    };
    (same.len() >= TEXTS_OF_YARDSTICK).then(|| Rank {
        percentile: 100.0 * same.iter().filter(easier).count() as f64 / same.len() as f64,
        of: same.len(),
    })
}

/// The syllables of a word, by its groups of vowels; at least one.
fn syllables(word: &str, language: &LanguageTag) -> usize {
    let letters: Vec<char> = word.chars().flat_map(char::to_lowercase).collect();
    let language = language.primary();
    let mut count: usize = 0;
    let mut joined = false;
    for (at, letter) in letters.iter().enumerate() {
        let before = at.checked_sub(1).map(|before| letters[before]);
        let after = letters.get(at + 1).copied();
        let starts = is_vowel(*letter)
            && match (language, before) {
                ("pl", _) => !(*letter == 'i' && after.is_some_and(is_vowel)),
                ("es", Some(before)) if is_vowel(before) => is_strong(before) && is_strong(*letter),
                ("de", Some(before)) if is_vowel(before) => joined || !joins_in_german(before, *letter),
                (_, Some(before)) => !is_vowel(before),
                (_, None) => true,
            };
        joined = is_vowel(*letter) && !starts;
        count += usize::from(starts);
    }
    let silent = language == "en"
        && count > 1
        && letters.ends_with(&['e'])
        && !letters.ends_with(&['l', 'e'])
        && letters.len() > 2
        && !is_vowel(letters[letters.len() - 2]);
    (count - usize::from(silent)).max(1)
}

fn is_vowel(c: char) -> bool {
    "aeiouyäöüáéíóúąęėįųūàèìòùâêîôûåæøő".contains(c)
}

/// Spanish vowels that don't join: *le-er*, *pa-ís*.
fn is_strong(c: char) -> bool {
    "aeoáéíóú".contains(c)
}

/// *Zeit*, but *ne-ue*.
fn joins_in_german(before: char, letter: char) -> bool {
    matches!((before, letter), ('e' | 'a', 'i' | 'y') | ('a' | 'e' | 'ä', 'u') | ('i', 'e'))
        || before == letter
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tag(text: &str) -> LanguageTag {
        text.parse().expect("a tag")
    }

    #[track_caller]
    fn check_syllables(language: &str, words: &[(&str, usize)]) {
        for (word, expected) in words {
            assert_eq!(syllables(word, &tag(language)), *expected, "{language}: {word}");
        }
    }

    #[test]
    fn syllables_are_counted() {
        check_syllables(
            "en",
            &[("the", 1), ("invoice", 2), ("table", 2), ("device", 2), ("free", 1), ("reply", 2)],
        );
        check_syllables("de", &[("Rechnung", 2), ("neue", 2), ("Bestellung", 3), ("Zeit", 1)]);
        check_syllables("es", &[("leer", 2), ("país", 2), ("bueno", 2), ("factura", 3)]);
        check_syllables("pl", &[("faktura", 3), ("zamówienie", 4), ("pies", 1), ("nauka", 3)]);
    }

    #[track_caller]
    fn check(language: &str, text: &str, formula: Formula, value: f64) {
        let found = readability(text, &tag(language)).expect("the text is long enough");
        assert_eq!(found.formula, formula);
        assert!((found.value - value).abs() < 0.01, "{language}: {}", found.value);
    }

    /// Ten words in two sentences; the figures by hand.
    #[test]
    fn figures_follow_the_formulas() {
        // 10 words, 13 syllables.
        check("en", "We sent the invoice today. Please pay it next Monday.", Formula::Flesch, 91.78);
        // 10 words, 15 syllables.
        check("de", "Wir haben die Rechnung gesandt. Bitte zahlen Sie sie heute.", Formula::Amstad, 81.4);
        // 10 words, 20 syllables.
        check(
            "es",
            "Hemos enviado la factura hoy. Pague antes del próximo lunes.",
            Formula::Szigriszt,
            77.24,
        );
        // 10 words, 1 of four syllables and more.
        check("pl", "Wysłaliśmy dziś fakturę za prąd. Proszę zapłacić ją do środy.", Formula::FogPolish, 6.0);
        // 10 words, 7 of seven letters and more.
        check(
            "lt",
            "Šiandien išsiuntėme jums sąskaitą už elektrą. Prašome sumokėti iki trečiadienio.",
            Formula::Lix,
            75.0,
        );
        assert_eq!(readability("Too short.", &tag("en")), None);
    }

    #[test]
    fn a_text_is_ranked_among_the_clients_own() {
        let of = |formula, value| Readability { formula, value, words_per_sentence: 10.0 };
        let approved: Vec<Readability> = (0..20).map(|at| of(Formula::Lix, f64::from(at) * 5.0)).collect();
        let percentile = |value| rank(&of(Formula::Lix, value), &approved).map(|rank| rank.percentile);
        assert_eq!(percentile(94.0), Some(95.0));
        assert_eq!(percentile(0.0), Some(5.0));
        assert_eq!(rank(&of(Formula::Flesch, 50.0), &approved), None);
        assert_eq!(rank(&of(Formula::Lix, 50.0), &approved[..19]), None);
    }
}
