//! Rule: names and domains as an eye takes them in: letters that look alike are the same letter.

use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization;
use unicode_security::skeleton;

/// How each ASCII letter looks; most names are made of them alone, and each mail is compared with all of ours.
static OF_ASCII: LazyLock<Vec<String>> =
    LazyLock::new(|| (0..128_u8).map(|c| of_small(&char::from(c).to_string())).collect());

/// A text as it looks at a glance (Unicode Technical Standard 39, after NFKC and case folding): two texts that can be mistaken for each
/// other have the same look.
pub(super) fn look(text: &str) -> String {
    if text.is_ascii() {
        return small(text).bytes().map(|c| OF_ASCII[usize::from(c)].as_str()).collect();
    }
    let plain: String = text.nfkc().filter(|c| !is_invisible(*c)).collect();
    of_small(&small(&plain))
}

/// The look of a text in small letters. Prototypes may be capitals, whose small forms have prototypes of their own.
fn of_small(text: &str) -> String {
    let once = skeleton(text).collect::<String>().to_lowercase();
    skeleton(&once).filter(|c| !is_mark(*c)).collect()
}

/// The words of a name, each as it looks.
pub(super) fn words(name: &str) -> Vec<String> {
    let pieces = name.split(|c: char| c.is_whitespace() || "&()[]<>\"'’,;:|/\\&+-–—_.".contains(c));
    pieces.map(look).filter(|word| !word.is_empty()).collect()
}

/// In small letters. A capital I behind a small letter is read as an l.
fn small(text: &str) -> String {
    let mut before = ' ';
    let read = text.chars().map(|c| {
        let read = if c == 'I' && before.is_lowercase() { 'l' } else { c };
        before = c;
        read
    });
    read.collect::<String>().to_lowercase()
}

fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// An accent is overlooked.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

/// A domain with its letters instead of their encoding.
pub(super) fn shown_domain(domain: &str) -> String {
    idna::domain_to_unicode(domain).0
}

/// Whether two words differ by one slip: a letter more, less, other, or two letters swapped.
pub(super) fn is_one_slip(one: &str, other: &str) -> bool {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    if one == other || one.len().abs_diff(other.len()) > 1 {
        return false;
    }
    let same_start = one.iter().zip(&other).take_while(|(a, b)| a == b).count();
    let (one, other) = (&one[same_start..], &other[same_start..]);
    let rest = |word: &[char], from: usize| word.get(from..).map(<[char]>::to_vec).unwrap_or_default();
    let swapped = one.len() > 1
        && other.len() > 1
        && one[0] == other[1]
        && one[1] == other[0]
        && rest(one, 2) == rest(other, 2);
    swapped || rest(one, 1) == rest(other, 1) || rest(one, 1) == *other || *one == rest(other, 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_looks_alike_has_one_look() {
        for (one, other) in [
            ("Aurora", "Аurоrа"),
            ("aurora", "AURORA"),
            ("paypal", "paypaI"),
            ("modern", "modem"),
            ("Aurora", "Au\u{200b}rora"),
            ("Aurora", "Ａｕｒｏｒａ"),
            ("aurora", "auröra"),
        ] {
            assert_eq!(look(one), look(other), "{one} and {other}");
        }
        assert_ne!(look("Aurora"), look("Aurela"));
    }

    #[test]
    fn ascii_looks_as_it_would_among_other_letters() {
        for text in ["Modern 1O0 |I| paypaI", "rn m w vv CI cl", "(a) [b] {c} <d> ~`'\"", "\u{7f}\t\n"] {
            // A letter that isn't ASCII, and looks like nothing else.
            let among = format!("{text}\u{13a0}");
            assert_eq!(look(&among).strip_prefix(&look(text)), Some(look("\u{13a0}").as_str()), "{text}");
        }
    }

    #[test]
    fn one_slip_is_one_letter() {
        for (one, other, expected) in [
            ("aurora", "aurrora", true),
            ("aurora", "auora", true),
            ("aurora", "aurara", true),
            ("aurora", "auroar", true),
            ("aurora", "aurora", false),
            ("aurora", "autoro", false),
            ("aurora", "auroraxx", false),
            ("", "a", true),
        ] {
            assert_eq!(is_one_slip(one, other), expected, "{one} and {other}");
        }
    }
}
