//! Folding: what a word looks like when case, accents and special letters don't matter.

use unicode_normalization::UnicodeNormalization;

/// Longer tokens are cut, in documents and queries alike.
const LETTERS_OF_TOKEN: usize = 64;

/// Lower case, without accents, with only letters and digits.
pub(crate) fn fold(word: &str) -> String {
    if word.is_ascii() {
        return word.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect();
    }
    let mut folded = String::with_capacity(word.len());
    let letters = word.nfkd().flat_map(char::to_lowercase).filter(|c| c.is_alphanumeric() && !is_accent(*c));
    // Once more, because marks that now stand side by side have an order.
    for c in letters.nfkd() {
        match spelt_out(c) {
            Some(letters) => folded.push_str(letters),
            None => folded.push(c),
        }
    }
    folded
}

/// The first letters of a folded word, as many as a token may have.
pub(super) fn shortened(folded: &str) -> &str {
    folded.char_indices().nth(LETTERS_OF_TOKEN).map_or(folded, |(end, _)| &folded[..end])
}

/// Letters that have no decomposition and that people type without their stroke or ligature.
fn spelt_out(c: char) -> Option<&'static str> {
    Some(match c {
        'ł' => "l",
        'ø' => "o",
        'đ' | 'ð' => "d",
        'ħ' => "h",
        'ı' => "i",
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'þ' => "th",
        'ς' => "σ",
        _ => return None,
    })
}

/// Combining marks of the alphabets whose accents people leave out; marks that are vowels in other scripts stay.
pub(super) fn is_accent(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20ff}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn check(word: &str, folded: &str) {
        assert_eq!(fold(word), folded, "{word}");
    }

    #[test]
    fn accents_and_case_fold_away() {
        check("Kündigung", "kundigung");
        check("Ku\u{308}ndigung", "kundigung");
        check("ŁÓDŹ", "lodz");
        check("STRASSE", "strasse");
        check("Straße", "strasse");
        check("GROẞ", "gross");
        check("smørrebrød", "smorrebrod");
        check("Đorđe", "dorde");
        check("Æsir", "aesir");
        check("cœur", "coeur");
        check("Þór", "thor");
        check("Λόγος", "λογοσ");
        check("ΛΌΓΟΣ", "λογοσ");
        check("Ёлка", "елка");
        check("Rech\u{ad}nung", "rechnung");
        check("ﬁn", "fin");
        check("½", "12");
        check("sąskaitą", "saskaita");
    }

    proptest! {
        #[test]
        fn folding_twice_changes_nothing(word in any::<String>()) {
            let once = fold(&word);
            prop_assert_eq!(fold(&once), once);
        }

        #[test]
        fn upper_case_folds_alike(word in "[a-zäöüßąčęėįšųūžłóśżźñáéíúåøæőű]{0,12}") {
            prop_assert_eq!(fold(&word.to_uppercase()), fold(&word));
        }

        #[test]
        fn a_folded_word_has_only_letters_and_digits(word in any::<String>()) {
            prop_assert!(fold(&word).chars().all(char::is_alphanumeric));
        }
    }
}
