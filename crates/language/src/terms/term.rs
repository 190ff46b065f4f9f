//! A term: a concept of the client's with its forms in each language.

use kernel::LanguageTag;
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// A concept of the client's, in one sense.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Term {
    /// The client's own name for the entry, unique in its termbase: `c12`, `curt`.
    pub id: String,
    /// Whether it is translated or kept as it is.
    pub kind: TermKind,
    /// Which sense is meant, as a definition; empty when the forms say enough.
    pub sense: String,
    /// What a translator should know: "short: curt, not brief". Empty without one.
    pub note: String,
    /// The field it belongs to: "billing". Empty without one.
    pub subject: String,
    /// How it is said, in every language. What is kept has its form once, in any language.
    pub forms: Vec<Form>,
}

/// What is to be done with a term when a text is said in another language.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TermKind {
    /// It is said with its form in the other language.
    #[default]
    Translate,
    /// It stays as it is, letter by letter: products, menus, error texts.
    Keep,
}

/// One way to say a term in one language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Form {
    /// The language of the form; unknown for what is kept in all of them.
    pub language: LanguageTag,
    /// The words, as they stand in a dictionary.
    pub text: String,
    /// What kind of word it is, where the termbase says so.
    pub part_of_speech: Option<PartOfSpeech>,
    /// Whether it should be used.
    pub status: Status,
    /// What to know about this form: "only in letters". Empty without one.
    pub note: String,
}

/// Whether a form should be used.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// It is the word to use.
    #[default]
    Preferred,
    /// It may be used, and is understood.
    Allowed,
    /// It must not be used in a reply; a customer may well write it.
    Forbidden,
}

/// The parts of speech that TBX-Basic knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PartOfSpeech {
    /// *invoice*
    Noun,
    /// *Dragoman*
    ProperNoun,
    /// *to cancel*
    Verb,
    /// *curt*
    Adjective,
    /// *soon*
    Adverb,
    /// Anything else.
    Other,
}

/// The word isn't one of those that a termbase knows here.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("“{found}” is not one of {expected}.")]
pub struct UnknownWord {
    /// What was written.
    pub found: String,
    /// What may be written.
    pub expected: &'static str,
}

impl Term {
    /// A term that is said with its forms in each language.
    pub fn new(id: impl Into<String>, forms: Vec<Form>) -> Self {
        Self { id: id.into(), forms, ..Self::default() }
    }

    /// A term that stays as it is in every language.
    pub fn kept(id: impl Into<String>, text: impl Into<String>) -> Self {
        let form = Form::new(LanguageTag::unknown(), text);
        Self { id: id.into(), kind: TermKind::Keep, forms: vec![form], ..Self::default() }
    }

    /// The forms to look for in a text of this language: those of the language, and what is kept as it is.
    ///
    /// `pt` takes the forms of `pt-br` too, and the other way round.
    pub fn forms_in(&self, language: &LanguageTag) -> impl Iterator<Item = &Form> {
        let wanted = language.primary().to_owned();
        self.forms.iter().filter(move |form| self.kind == TermKind::Keep || form.language.primary() == wanted)
    }

    /// The form to write in this language: the first preferred one, else the first that is allowed.
    pub fn best_form(&self, language: &LanguageTag) -> Option<&Form> {
        let rank = |form: &&Form| (form.status, form.language != *language);
        self.forms_in(language).filter(|form| form.status != Status::Forbidden).min_by_key(rank)
    }
}

impl Form {
    /// A preferred form.
    pub fn new(language: LanguageTag, text: impl Into<String>) -> Self {
        Self {
            language,
            text: text.into(),
            part_of_speech: None,
            status: Status::Preferred,
            note: String::new(),
        }
    }

    /// The same form with another status.
    pub fn with_status(self, status: Status) -> Self {
        Self { status, ..self }
    }
}

/// The words by which an enum is written in a table, both ways.
macro_rules! written {
    ($type:ident, $expected:literal, $($value:ident = $word:literal),+) => {
        impl $type {
            /// The word by which it is written in a table.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$value => $word),+ }
            }
        }

        impl fmt::Display for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl FromStr for $type {
            type Err = UnknownWord;

            fn from_str(text: &str) -> Result<Self, UnknownWord> {
                match text.trim().to_lowercase().as_str() {
                    $($word => Ok(Self::$value),)+
                    _ => Err(UnknownWord { found: text.trim().to_owned(), expected: $expected }),
                }
            }
        }
    };
}

written!(TermKind, "translate, keep", Translate = "translate", Keep = "keep");
written!(
    Status,
    "preferred, allowed, forbidden",
    Preferred = "preferred",
    Allowed = "allowed",
    Forbidden = "forbidden"
);
written!(
    PartOfSpeech,
    "noun, proper noun, verb, adjective, adverb, other",
    Noun = "noun",
    ProperNoun = "proper noun",
    Verb = "verb",
    Adjective = "adjective",
    Adverb = "adverb",
    Other = "other"
);

#[cfg(test)]
mod tests {
    use super::*;

    fn form(language: &str, text: &str, status: Status) -> Form {
        Form::new(language.parse().expect("a tag"), text).with_status(status)
    }

    #[track_caller]
    fn check_best(forms: Vec<Form>, language: &str, expected: Option<&str>) {
        let term = Term::new("t", forms);
        let best = term.best_form(&language.parse().expect("a tag"));
        assert_eq!(best.map(|form| form.text.as_str()), expected);
    }

    #[test]
    fn the_form_to_write_is_the_preferred_one_of_the_nearest_language() {
        use Status::{Allowed, Forbidden, Preferred};
        check_best(
            vec![form("pl", "krótki", Forbidden), form("pl", "oschły", Allowed)],
            "pl",
            Some("oschły"),
        );
        check_best(
            vec![form("pl", "zdawkowy", Allowed), form("pl", "oschły", Preferred)],
            "pl",
            Some("oschły"),
        );
        check_best(vec![form("pl", "krótki", Forbidden)], "pl", None);
        check_best(vec![form("de", "barsch", Preferred)], "pl", None);
        let portuguese = || vec![form("pt", "ecrã", Preferred), form("pt-br", "tela", Preferred)];
        check_best(portuguese(), "pt-br", Some("tela"));
        check_best(portuguese(), "pt", Some("ecrã"));
        check_best(vec![form("pt-br", "tela", Preferred)], "pt", Some("tela"));
    }

    #[test]
    fn what_is_kept_has_its_form_in_every_language() {
        let term = Term::kept("router", "Aurora Link 2");
        for language in ["pl", "de", "und"] {
            let best = term.best_form(&language.parse().expect("a tag"));
            assert_eq!(best.map(|form| form.text.as_str()), Some("Aurora Link 2"));
        }
    }

    #[test]
    fn words_are_read_back_as_they_are_written() {
        for status in [Status::Preferred, Status::Allowed, Status::Forbidden] {
            assert_eq!(status.to_string().parse(), Ok(status));
        }
        assert_eq!(" Keep ".parse(), Ok(TermKind::Keep));
        assert_eq!("proper noun".parse(), Ok(PartOfSpeech::ProperNoun));
        let error = "deprecated".parse::<Status>().expect_err("it isn't a status");
        assert_eq!(error.to_string(), "“deprecated” is not one of preferred, allowed, forbidden.");
    }
}
