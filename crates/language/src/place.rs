//! Rule: a customer asks for somebody in their own country.
//!
//! Heard in English, German, Spanish, Polish, Slovenian and Lithuanian. A wish names a person and a place, and is about talking to them:
//! "somebody in Germany sold it to me" is none.

mod said;

use crate::understanding::Heard;
use kernel::LanguageTag;
use said::{Said, said};
use std::{collections::BTreeMap, ops::Range, sync::LazyLock};

/// So much of a text is looked at, in characters: a wish stands in what people write, not in what they paste below.
const LOOKED_AT: usize = 20_000;

/// A customer's wish for somebody in their country.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlaceWish {
    /// Where in the text it stands, in bytes.
    pub range: Range<usize>,
    /// The country that they name, as ISO 3166-1 alpha-2; none when they say "my country".
    pub country: Option<&'static str>,
}

/// The phrases of a language, by the country that they name.
struct Phrases {
    wishes: BTreeMap<&'static str, Vec<String>>,
    declines: Vec<String>,
}

impl Phrases {
    fn of(said: &Said) -> Self {
        let filled = |template: &str, here: &str| {
            let mut phrase = template.replace("{here}", here);
            for (name, words) in said.words {
                phrase = phrase.replace(&format!("{{{name}}}"), words);
            }
            phrase
        };
        let mut wishes: BTreeMap<&'static str, Vec<String>> = BTreeMap::new();
        for (country, here) in said.here {
            wishes.entry(country).or_default().extend(said.wishes.iter().map(|wish| filled(wish, here)));
        }
        wishes.entry("").or_default().extend(said.refusals.iter().map(|wish| filled(wish, "")));
        let declines = said.here.iter().flat_map(|(_, here)| {
            said.declines.iter().map(|decline| filled(decline, here)).collect::<Vec<_>>()
        });
        Self { wishes, declines: declines.collect() }
    }
}

static PHRASES: LazyLock<Vec<(&'static str, Phrases)>> =
    LazyLock::new(|| said().iter().map(|said| (said.language, Phrases::of(said))).collect());

/// The wish for somebody in the customer's country, if the text says one: in its own language, or in English.
pub fn place_wish(text: &str, language: &LanguageTag) -> Option<PlaceWish> {
    let end = text.char_indices().nth(LOOKED_AT).map_or(text.len(), |(end, _)| end);
    let heard = Heard::new(&text[..end]);
    let own = language.primary();
    let is_known = PHRASES.iter().any(|(tag, _)| *tag == own);
    let spoken = PHRASES.iter().filter(|(tag, _)| !is_known || *tag == own || *tag == "en");
    spoken.filter_map(|(_, phrases)| wished(&heard, phrases)).min_by_key(|wish| wish.range.start)
}

fn wished(heard: &Heard, phrases: &Phrases) -> Option<PlaceWish> {
    let first = |phrases: &[String]| {
        let phrases: Vec<&str> = phrases.iter().map(String::as_str).collect();
        heard.first(&phrases)
    };
    if first(&phrases.declines).is_some() {
        return None;
    }
    // A country that is named says more than "my country".
    let wish = |(country, said): (&&'static str, &Vec<String>)| {
        let country = (!country.is_empty()).then_some(*country);
        first(said).map(|range| PlaceWish { range, country })
    };
    phrases.wishes.iter().rev().find_map(wish)
}

#[cfg(test)]
mod tests;
