//! English names of languages: those of the models that identify them, and others that installations meet.

use crate::LanguageTag;

const NAMES: [(&str, &str); 79] = [
    ("af", "Afrikaans"),
    ("ar", "Arabic"),
    ("az", "Azerbaijani"),
    ("be", "Belarusian"),
    ("bg", "Bulgarian"),
    ("bn", "Bengali"),
    ("bs", "Bosnian"),
    ("ca", "Catalan"),
    ("cs", "Czech"),
    ("cy", "Welsh"),
    ("da", "Danish"),
    ("de", "German"),
    ("el", "Greek"),
    ("en", "English"),
    ("eo", "Esperanto"),
    ("es", "Spanish"),
    ("et", "Estonian"),
    ("eu", "Basque"),
    ("fa", "Persian"),
    ("fi", "Finnish"),
    ("fr", "French"),
    ("ga", "Irish"),
    ("gl", "Galician"),
    ("gu", "Gujarati"),
    ("he", "Hebrew"),
    ("hi", "Hindi"),
    ("hr", "Croatian"),
    ("hu", "Hungarian"),
    ("hy", "Armenian"),
    ("id", "Indonesian"),
    ("is", "Icelandic"),
    ("it", "Italian"),
    ("ja", "Japanese"),
    ("ka", "Georgian"),
    ("kk", "Kazakh"),
    ("ko", "Korean"),
    ("la", "Latin"),
    ("lg", "Ganda"),
    ("lt", "Lithuanian"),
    ("lv", "Latvian"),
    ("mi", "Maori"),
    ("mk", "Macedonian"),
    ("mn", "Mongolian"),
    ("mr", "Marathi"),
    ("ms", "Malay"),
    ("mt", "Maltese"),
    ("nb", "Norwegian"),
    ("nl", "Dutch"),
    ("nn", "Norwegian Nynorsk"),
    ("no", "Norwegian"),
    ("pa", "Punjabi"),
    ("pl", "Polish"),
    ("pt", "Portuguese"),
    ("ro", "Romanian"),
    ("ru", "Russian"),
    ("sk", "Slovak"),
    ("sl", "Slovenian"),
    ("sn", "Shona"),
    ("so", "Somali"),
    ("sq", "Albanian"),
    ("sr", "Serbian"),
    ("st", "Sotho"),
    ("sv", "Swedish"),
    ("sw", "Swahili"),
    ("ta", "Tamil"),
    ("te", "Telugu"),
    ("th", "Thai"),
    ("tl", "Filipino"),
    ("tn", "Tswana"),
    ("tr", "Turkish"),
    ("ts", "Tsonga"),
    ("uk", "Ukrainian"),
    ("ur", "Urdu"),
    ("vi", "Vietnamese"),
    ("xh", "Xhosa"),
    ("yi", "Yiddish"),
    ("yo", "Yoruba"),
    ("zh", "Chinese"),
    ("zu", "Zulu"),
];

/// The English name of the language of a tag, as "Portuguese" for `pt-br`; `None` where it isn't among ours.
pub fn english(tag: &str) -> Option<&'static str> {
    let primary = tag.split('-').next().unwrap_or(tag);
    NAMES.iter().find(|(known, _)| *known == primary).map(|(_, name)| *name)
}

/// The language that somebody means by its English name or its tag, in capitals or not; only those that have a name here.
pub fn named(words: &str) -> Option<LanguageTag> {
    let words = words.trim();
    let by_name = NAMES.iter().find(|(_, name)| name.eq_ignore_ascii_case(words));
    let tag: LanguageTag = by_name.map_or(words, |(tag, _)| tag).parse().ok()?;
    english(tag.as_str()).map(|_| tag)
}

/// Every name, in the order of the alphabet, once.
pub fn all() -> Vec<&'static str> {
    let mut names: Vec<&str> = NAMES.iter().map(|(_, name)| *name).collect();
    names.sort_unstable();
    names.dedup();
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_is_meant_by_its_name_or_its_tag() {
        let check = |words: &str, expected: Option<&str>| {
            assert_eq!(named(words).as_ref().map(LanguageTag::as_str), expected, "{words}");
        };
        check("Slovenian", Some("sl"));
        check(" slovenian ", Some("sl"));
        check("sl", Some("sl"));
        check("PT-BR", Some("pt-br"));
        check("Norwegian", Some("nb"));
        check("Klingon", None);
        check("tlh", None);
        check("und", None);
        check("", None);
    }

    #[test]
    fn names_stand_in_the_order_of_the_alphabet_once() {
        let names = all();
        assert!(names.windows(2).all(|two| two[0] < two[1]));
        assert_eq!(english("pt-br"), Some("Portuguese"));
    }
}
