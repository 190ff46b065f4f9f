//! Rule: where an engine elsewhere goes, as it said itself.

use kernel::LanguageTag;
use std::{fmt, str::FromStr};

/// A language that an engine understands, and those into which it says it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spoken {
    /// The language of the original.
    pub from: LanguageTag,
    /// The languages of translations.
    pub to: Vec<LanguageTag>,
}

/// Where an engine goes. In the store `en:pt,de;pt:en`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reaches(pub Vec<Spoken>);

impl Reaches {
    /// From every language into every other one.
    pub fn all_of(languages: &[LanguageTag]) -> Self {
        let one = |from: &LanguageTag| Spoken {
            from: from.clone(),
            to: languages.iter().filter(|to| !to.is_same_language(from)).cloned().collect(),
        };
        Self(languages.iter().map(one).collect())
    }

    /// The engine's own two tags for a direction, if it goes there: the very ones, or those of the same languages. Portuguese without
    /// a country is that of Portugal, English that of Great Britain, where an engine wants a country.
    pub fn way(&self, from: &LanguageTag, to: &LanguageTag) -> Option<(LanguageTag, LanguageTag)> {
        let sources: Vec<&LanguageTag> = self.0.iter().map(|spoken| &spoken.from).collect();
        let source = nearest(&sources, from)?;
        let spoken = self.0.iter().find(|spoken| spoken.from == source)?;
        let targets: Vec<&LanguageTag> = spoken.to.iter().collect();
        Some((source, nearest(&targets, to)?))
    }

    /// How many languages it says texts in.
    pub fn count(&self) -> usize {
        let mut targets: Vec<&str> =
            self.0.iter().flat_map(|spoken| &spoken.to).map(LanguageTag::primary).collect();
        targets.sort_unstable();
        targets.dedup();
        targets.len()
    }
}

fn nearest(known: &[&LanguageTag], wanted: &LanguageTag) -> Option<LanguageTag> {
    let usual = match wanted.as_str() {
        "pt" => "pt-pt",
        "en" => "en-gb",
        other => other,
    };
    let exact = known.iter().find(|tag| **tag == wanted);
    let bare = || known.iter().find(|tag| tag.as_str() == wanted.primary());
    let of_country = || known.iter().find(|tag| tag.as_str() == usual);
    let any = || known.iter().find(|tag| tag.is_same_language(wanted));
    exact.or_else(bare).or_else(of_country).or_else(any).map(|tag| (*tag).clone())
}

impl fmt::Display for Reaches {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, spoken) in self.0.iter().enumerate() {
            let separator = if at == 0 { "" } else { ";" };
            let to: Vec<&str> = spoken.to.iter().map(LanguageTag::as_str).collect();
            write!(f, "{separator}{}:{}", spoken.from, to.join(","))?;
        }
        Ok(())
    }
}

impl FromStr for Reaches {
    type Err = kernel::NotALanguage;

    fn from_str(text: &str) -> Result<Self, kernel::NotALanguage> {
        let one = |part: &str| {
            let (from, to) = part.split_once(':').ok_or(kernel::NotALanguage)?;
            let to = to.split(',').filter(|tag| !tag.is_empty()).map(str::parse).collect::<Result<_, _>>()?;
            Ok(Spoken { from: from.parse()?, to })
        };
        text.split(';').filter(|part| !part.is_empty()).map(one).collect::<Result<_, _>>().map(Self)
    }
}

store::text_column!(Reaches);
store::text_param!(Reaches);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_engine_is_asked_in_its_own_tags() {
        let check = |reaches: &str, from: &str, to: &str, expected: &str| {
            let read: Reaches = reaches.parse().unwrap();
            assert_eq!(read.to_string(), reaches);
            let found = read.way(&from.parse().unwrap(), &to.parse().unwrap());
            let found = found.map(|(from, to)| format!("{from}>{to}")).unwrap_or_default();
            assert_eq!(found, expected, "{reaches} {from} {to}");
        };
        check("en:pt,de;pt:en", "en", "pt", "en>pt");
        check("en:pt,de;pt:en", "en-us", "pt-br", "en>pt");
        check("en:pt,de;pt:en", "de", "en", "");
        check("en:pt,de;pt:en", "pt", "de", "");
        check("de:en-gb,en-us,pt-br,pt-pt", "de", "en", "de>en-gb");
        check("de:en-gb,en-us,pt-br,pt-pt", "de-at", "pt", "de>pt-pt");
        check("de:en-gb,en-us,pt-br,pt-pt", "de", "pt-br", "de>pt-br");
        check("zh-hans:en", "zh", "en", "zh-hans>en");
        check("", "en", "pt", "");
    }

    #[test]
    fn all_of_them_is_everywhere_but_home() {
        let languages = ["en", "de", "pl"].map(|tag| tag.parse().unwrap());
        let all = Reaches::all_of(&languages);
        assert_eq!(all.to_string(), "en:de,pl;de:en,pl;pl:en,de");
        assert_eq!(all.count(), 3);
    }
}
