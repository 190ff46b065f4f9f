//! Which letters a language is written in, as far as it takes to see that some aren't its own.

/// The alphabets that are told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Script {
    Latin,
    Greek,
    Cyrillic,
    Hebrew,
    Arabic,
    Other,
}

/// How many bytes of letters begin here that the language isn't written in; none if they are its own.
pub(super) fn foreign(rest: &str, language: &str) -> Option<usize> {
    let own = own(language)?;
    let is_foreign = |c: char| c.is_alphabetic() && script(c) != own && !is_shared(c);
    rest.chars().next().filter(|first| is_foreign(*first))?;
    Some(rest.find(|c: char| !is_foreign(c)).unwrap_or(rest.len()))
}

/// Marks and letters that stand for quantities, in any language: `µ`, `º`, `ª`.
fn is_shared(c: char) -> bool {
    matches!(c, 'µ' | 'μ' | 'º' | 'ª')
}

/// What a language is written in; none if that can't be told so simply.
fn own(language: &str) -> Option<Script> {
    match language.split('-').next().unwrap_or_default() {
        "el" => Some(Script::Greek),
        "be" | "bg" | "mk" | "ru" | "uk" => Some(Script::Cyrillic),
        "he" | "yi" => Some(Script::Hebrew),
        "ar" | "fa" | "ur" => Some(Script::Arabic),
        "am" | "bn" | "gu" | "hi" | "hy" | "ja" | "ka" | "km" | "kn" | "ko" | "lo" | "ml" | "mr" | "my"
        | "ne" | "pa" | "si" | "sr" | "ta" | "te" | "th" | "zh" => None,
        _ => Some(Script::Latin),
    }
}

fn script(c: char) -> Script {
    match c {
        'A'..='Z' | 'a'..='z' | '\u{aa}' | '\u{ba}' | '\u{c0}'..='\u{2af}' | '\u{1e00}'..='\u{1eff}' => {
            Script::Latin
        }
        '\u{370}'..='\u{3ff}' | '\u{1f00}'..='\u{1fff}' => Script::Greek,
        '\u{400}'..='\u{52f}' => Script::Cyrillic,
        '\u{590}'..='\u{5ff}' => Script::Hebrew,
        '\u{600}'..='\u{6ff}' | '\u{750}'..='\u{77f}' | '\u{fb50}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}' => {
            Script::Arabic
        }
        _ => Script::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_of_others_are_foreign() {
        assert_eq!(foreign("привет", "en"), Some(12));
        assert_eq!(foreign("привет", "ru"), None);
        assert_eq!(foreign("hello", "bg"), Some(5));
        assert_eq!(foreign("straße", "de"), None);
        assert_eq!(foreign("你好", "pt-br"), Some(6));
        assert_eq!(foreign("你好", "ja"), None);
        assert_eq!(foreign("µF", "en"), None);
    }
}
