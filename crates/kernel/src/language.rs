//! Language tags, as in BCP 47.

use crate::language_names;
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// A language as its BCP 47 tag in lower case: `de`, `pt-br`. `und` says that it isn't known.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct LanguageTag(String);

/// The text isn't a language tag.
#[derive(Debug, thiserror::Error)]
#[error("This is not a language tag. It should look like `de` or `pt-br`.")]
pub struct NotALanguage;

impl LanguageTag {
    /// The tag for a language that isn't known.
    pub fn unknown() -> Self {
        Self("und".to_owned())
    }

    /// The tag.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The language without its country or script: `pt` of `pt-br`.
    pub fn primary(&self) -> &str {
        self.0.split('-').next().unwrap_or_default()
    }

    /// Whether both name the same language, in whichever country.
    pub fn is_same_language(&self, other: &Self) -> bool {
        self.primary() == other.primary()
    }

    /// Whether it is written from right to left.
    pub fn is_right_to_left(&self) -> bool {
        ["ar", "fa", "he", "ur", "yi"].contains(&self.primary())
    }

    /// The English name; the tag where we have none.
    pub fn english_name(&self) -> &str {
        language_names::english(&self.0).unwrap_or(&self.0)
    }

    /// The language is known.
    pub fn is_known(&self) -> bool {
        self.0 != "und"
    }
}

impl FromStr for LanguageTag {
    type Err = NotALanguage;

    fn from_str(text: &str) -> Result<Self, NotALanguage> {
        let mut parts = text.split('-');
        let primary = parts.next().unwrap_or_default();
        let primary_fits =
            (2..=3).contains(&primary.len()) && primary.bytes().all(|b| b.is_ascii_alphabetic());
        let part_fits = |p: &str| (2..=8).contains(&p.len()) && p.bytes().all(|b| b.is_ascii_alphanumeric());
        if primary_fits && parts.all(part_fits) {
            Ok(Self(text.to_ascii_lowercase()))
        } else {
            Err(NotALanguage)
        }
    }
}

impl TryFrom<String> for LanguageTag {
    type Error = NotALanguage;
    fn try_from(text: String) -> Result<Self, NotALanguage> {
        text.parse()
    }
}

impl From<LanguageTag> for String {
    fn from(tag: LanguageTag) -> String {
        tag.0
    }
}

impl fmt::Display for LanguageTag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
