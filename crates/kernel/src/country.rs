//! Countries, as ISO 3166-1 writes them with two letters, and what they are called in the languages in which the program writes to
//! customers. The names are those of the Unicode Common Locale Data Repository.

use crate::LanguageTag;
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr, sync::LazyLock};

/// A line for each country: its code, and its names in the languages that the first line tells; English first.
static LINES: LazyLock<Vec<Vec<&str>>> = LazyLock::new(|| {
    include_str!("../names/countries.tsv").lines().map(|line| line.split('\t').collect()).collect()
});

/// A country: its place in the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Country(u8);

/// The text isn't the two letters of a country.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("This isn’t a country. Write the two letters of ISO 3166-1, as DE or PT.")]
pub struct NotACountry;

impl Country {
    /// All of them, by their letters.
    pub fn all() -> impl Iterator<Item = Self> {
        (0u8..).take(LINES.len() - 1).map(Self)
    }

    /// Its two letters, as `DE`.
    pub fn as_str(self) -> &'static str {
        self.cells()[0]
    }

    /// Its name in English.
    pub fn english_name(self) -> &'static str {
        self.cells()[1]
    }

    /// Its name in a language; in English where the list doesn't know the language.
    pub fn name(self, language: &LanguageTag) -> &'static str {
        let column = LINES[0].iter().skip(1).position(|head| *head == language.primary()).unwrap_or(0);
        self.cells()[column + 1]
    }

    fn cells(self) -> &'static [&'static str] {
        &LINES[usize::from(self.0) + 1]
    }
}

impl FromStr for Country {
    type Err = NotACountry;

    fn from_str(text: &str) -> Result<Self, NotACountry> {
        let letters = text.trim().to_ascii_uppercase();
        let place =
            LINES[1..].binary_search_by_key(&letters.as_str(), |line| line[0]).map_err(|_| NotACountry)?;
        u8::try_from(place).map(Self).map_err(|_| NotACountry)
    }
}

impl TryFrom<String> for Country {
    type Error = NotACountry;

    fn try_from(text: String) -> Result<Self, NotACountry> {
        text.parse()
    }
}

impl From<Country> for String {
    fn from(country: Country) -> Self {
        country.as_str().to_owned()
    }
}

impl fmt::Display for Country {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn countries_are_read_by_their_letters() {
        let check = |text: &str, expected: Option<&str>| {
            let read: Option<Country> = text.parse().ok();
            assert_eq!(read.map(Country::english_name), expected, "{text}");
        };
        check("DE", Some("Germany"));
        check(" pt ", Some("Portugal"));
        check("AD", Some("Andorra"));
        check("ZW", Some("Zimbabwe"));
        check("UK", None);
        check("", None);
        check("Germany", None);
    }

    #[test]
    fn names_are_said_in_the_customers_language() {
        let check = |code: &str, language: &str, expected: &str| {
            let country: Country = code.parse().unwrap();
            assert_eq!(country.name(&language.parse().unwrap()), expected);
        };
        check("PT", "en", "Portugal");
        check("PT", "sl", "Portugalska");
        check("DE", "pl-PL", "Niemcy");
        check("DE", "ja", "Germany");
    }

    #[test]
    fn the_list_is_in_order_and_whole() {
        assert!(LINES[1..].is_sorted_by(|a, b| a[0] < b[0]));
        assert_eq!(Country::all().count(), 250);
        for line in LINES.iter() {
            assert_eq!(line.iter().filter(|cell| !cell.is_empty()).count(), LINES[0].len(), "{line:?}");
        }
    }
}
