//! The words that the guard's rules know, one text file a language.
//!
//! A line is `sense value: forms`. A form ends in `*` if longer words count, begins with `*` if words that end so count, begins
//! with `!` if it is none although another form would fit, and has `_` for a space.

use kernel::LanguageTag;
use std::collections::HashMap;
use std::sync::OnceLock;

/// What a word may mean.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Sense {
    Month(u32),
    Weekday(u32),
    /// Days from today.
    Relative(i32),
    /// A number that a translation must keep.
    Number(String),
    /// A number that need not be a number in the other language: *one, both, first, half*.
    Loose(String),
    Hundred,
    /// A power of ten, by its zeros.
    Scale(usize),
    /// Stands between tens and ones: *treinta y uno*.
    Join,
    Unit(&'static str),
    OClock,
    ClockBefore,
    Morning,
    Afternoon,
    /// Minutes that come to the hour said after it: *half past two* +30, *halb drei* −30.
    MinutesBefore(i32),
    /// Minutes that come to the hour said before it: *las dos y media*.
    MinutesAfter(i32),
    Negation,
    PerhapsNegation,
    AllowDouble,
    Title,
    Greeting,
    Minus,
    /// A little word that only this language has.
    Function,
}

/// The words of one language.
#[derive(Default)]
pub(super) struct Lexicon {
    words: HashMap<&'static str, Vec<Sense>>,
    beginnings: HashMap<&'static str, Vec<Sense>>,
    endings: HashMap<&'static str, Vec<Sense>>,
    exceptions: Vec<&'static str>,
    /// Verbs are negated by this prefix (Lithuanian).
    pub(super) negation_prefix: Option<&'static str>,
    /// The guard has words for this language.
    pub(super) is_known: bool,
}

impl Lexicon {
    /// The words of a language; empty for one that the guard doesn't know.
    pub(super) fn of(language: &LanguageTag) -> &'static Self {
        static LEXICONS: OnceLock<[Lexicon; 8]> = OnceLock::new();
        let all = LEXICONS.get_or_init(|| {
            [
                Self::read(include_str!("lexicon/en.txt")),
                Self::read(include_str!("lexicon/de.txt")),
                Self::read(include_str!("lexicon/es.txt")),
                Self::read(include_str!("lexicon/pt.txt")),
                Self::read(include_str!("lexicon/pl.txt")),
                Self::read(include_str!("lexicon/sl.txt")),
                Self::read(include_str!("lexicon/lt.txt")),
                Self::default(),
            ]
        });
        let known = ["en", "de", "es", "pt", "pl", "sl", "lt"];
        let primary = language.primary();
        &all[known.iter().position(|tag| *tag == primary).unwrap_or(known.len())]
    }

    fn read(text: &'static str) -> Self {
        let mut lexicon = Self { is_known: true, ..Self::default() };
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            let Some((head, forms)) = line.split_once(": ") else { continue };
            let (sense, value) = head.split_once(' ').unwrap_or((head, ""));
            if sense == "negation-prefix" {
                lexicon.negation_prefix = Some(forms.trim());
            } else if let Some(sense) = meaning(sense, value) {
                forms.split_whitespace().for_each(|form| lexicon.add(form, &sense));
            }
        }
        lexicon
    }

    fn add(&mut self, form: &'static str, sense: &Sense) {
        if let Some(exception) = form.strip_prefix('!') {
            self.exceptions.push(exception);
            return;
        }
        let (map, form) = if let Some(beginning) = form.strip_suffix('*') {
            (&mut self.beginnings, beginning)
        } else if let Some(ending) = form.strip_prefix('*') {
            (&mut self.endings, ending)
        } else {
            (&mut self.words, form)
        };
        map.entry(form).or_default().push(sense.clone());
    }

    /// All that a word in small letters may mean.
    pub(super) fn senses(&self, word: &str) -> Vec<&Sense> {
        let mut found: Vec<&Sense> = self.words.get(word).into_iter().flatten().collect();
        if let Some(owner) = word.strip_suffix("'s").or_else(|| word.strip_suffix("’s")) {
            found.extend(self.words.get(owner).into_iter().flatten());
        }
        let places = || word.char_indices().map(|(at, _)| at).skip(1).take(12);
        for at in places().chain([word.len()]) {
            found.extend(self.beginnings.get(&word[..at]).into_iter().flatten());
        }
        if !self.endings.is_empty() {
            for at in places() {
                found.extend(self.endings.get(&word[at..]).into_iter().flatten());
            }
        }
        found
    }

    /// A phrase of two words, with a space between them.
    pub(super) fn phrase(&self, first: &str, second: &str) -> Option<&Sense> {
        self.words.get(format!("{first}_{second}").as_str()).and_then(|senses| senses.first())
    }

    /// The word has this sense.
    pub(super) fn says(&self, word: &str, sense: &Sense) -> bool {
        self.senses(word).contains(&sense)
    }

    /// The word only looks as if it were negated: *under*, *Universität*.
    pub(super) fn is_exception(&self, word: &str) -> bool {
        self.exceptions.iter().any(|exception| match exception.strip_suffix('*') {
            Some(beginning) => word.starts_with(beginning),
            None => word == *exception,
        })
    }
}

fn meaning(sense: &str, value: &'static str) -> Option<Sense> {
    Some(match sense {
        "month" => Sense::Month(value.parse().ok()?),
        "weekday" => Sense::Weekday(value.parse().ok()?),
        "relative" => Sense::Relative(value.parse().ok()?),
        "number" => Sense::Number(value.to_owned()),
        "loose" => Sense::Loose(value.to_owned()),
        "hundred" => Sense::Hundred,
        "scale" => Sense::Scale(value.len() - 1),
        "join" => Sense::Join,
        "unit" => Sense::Unit(value),
        "oclock" => Sense::OClock,
        "clock-before" => Sense::ClockBefore,
        "am" => Sense::Morning,
        "pm" => Sense::Afternoon,
        "half-past" => Sense::MinutesBefore(30),
        "half-to" => Sense::MinutesBefore(-30),
        "quarter-past" => Sense::MinutesBefore(15),
        "quarter-to" => Sense::MinutesBefore(-15),
        "and-half" => Sense::MinutesAfter(30),
        "and-quarter" => Sense::MinutesAfter(15),
        "less-quarter" => Sense::MinutesAfter(-15),
        "negation" => Sense::Negation,
        "perhaps-negation" => Sense::PerhapsNegation,
        "allow-double" => Sense::AllowDouble,
        "title" => Sense::Title,
        "greeting" => Sense::Greeting,
        "minus" => Sense::Minus,
        "function" => Sense::Function,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_every_language_is_understood() {
        for (tag, text) in [
            ("en", include_str!("lexicon/en.txt")),
            ("de", include_str!("lexicon/de.txt")),
            ("es", include_str!("lexicon/es.txt")),
            ("pl", include_str!("lexicon/pl.txt")),
            ("sl", include_str!("lexicon/sl.txt")),
            ("lt", include_str!("lexicon/lt.txt")),
        ] {
            for line in text.lines().filter(|line| !line.starts_with('#')) {
                let (head, forms) = line.split_once(": ").expect(line);
                let (sense, value) = head.split_once(' ').unwrap_or((head, ""));
                assert!(sense == "negation-prefix" || meaning(sense, value).is_some(), "{tag}: {line}");
                assert!(!forms.trim().is_empty(), "{tag}: {line}");
            }
            let lexicon = Lexicon::of(&tag.parse().expect("a tag"));
            let months = lexicon.words.values().flatten().filter(|sense| matches!(sense, Sense::Month(_)));
            assert!(months.count() >= 12, "{tag}");
        }
    }

    #[test]
    fn forms_with_stars_fit_longer_words() {
        let english = Lexicon::of(&"en-gb".parse().expect("a tag"));
        assert!(english.says("failed", &Sense::PerhapsNegation));
        assert!(english.says("may", &Sense::Month(5)));
        assert!(english.is_exception("under"));
        assert_eq!(english.phrase("half", "past"), Some(&Sense::MinutesBefore(30)));
        let german = Lexicon::of(&"de".parse().expect("a tag"));
        assert!(german.says("drahtlose", &Sense::PerhapsNegation));
        assert!(!Lexicon::of(&"fr".parse().expect("a tag")).is_known);
    }
}
