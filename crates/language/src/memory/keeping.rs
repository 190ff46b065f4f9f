//! Rule: which sentences of a reply may be remembered, so that nobody's letter ever tells another what was theirs.
//!
//! Numbers, codes, links and addresses become places to fill in (`X1`). A sentence with a name isn't kept at all, nor one with a value
//! that doesn't stand in both languages alike. What is said of a product may be lost by that; what is said of a person never stays.

use super::pattern;
use crate::meaning::is_given_name;
use crate::terms::Term;
use crate::words::fold;
use kernel::LanguageTag;

/// A sentence with its language.
#[derive(Clone, Copy, Debug)]
pub struct Spoken<'t> {
    /// The words.
    pub text: &'t str,
    /// Their language.
    pub language: &'t LanguageTag,
}

/// A pair of sentences that may be remembered, with places in the stead of values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Keepable {
    /// What was said.
    pub source: String,
    /// How it was said in the other language.
    pub target: String,
}

/// The longest sentence that is kept, in bytes.
const LONGEST: usize = 2_000;
/// Numbers of more digits are somebody's: orders, telephones, accounts.
const DIGITS_OF_COUNT: usize = 3;
/// A sentence with more digits than this in small numbers may be a telephone number or a price list.
const DIGITS_OF_SENTENCE: usize = 6;
/// Words with a capital letter in all languages that are no person's.
const NOBODYS: [&str; 24] = [
    "android",
    "apple",
    "bluetooth",
    "chrome",
    "email",
    "excel",
    "facebook",
    "firefox",
    "google",
    "internet",
    "iphone",
    "linux",
    "mac",
    "mastercard",
    "microsoft",
    "paypal",
    "safari",
    "samsung",
    "usb",
    "visa",
    "whatsapp",
    "wifi",
    "windows",
    "wlan",
];

/// The pair as it may be remembered; `None` when it says something that is somebody's, or nothing.
///
/// `names` are those of everybody in the case, `terms` the client's own words, which may have capitals.
pub fn keepable(source: Spoken<'_>, target: Spoken<'_>, names: &[&str], terms: &[Term]) -> Option<Keepable> {
    let (ours, theirs) = (flat(source.text), flat(target.text));
    let has_words = |text: &str| text.chars().any(char::is_alphabetic) && text.len() <= LONGEST;
    if !has_words(&ours) || !has_words(&theirs) || ours == theirs {
        return None;
    }
    let is_somebodys = |text: &str| names_anybody(text, names);
    if is_somebodys(&ours) || is_somebodys(&theirs) || stays_with_capital(&ours, &theirs, terms) {
        return None;
    }
    let (ours, theirs) = with_places(ours, theirs)?;
    let is_clear = |text: &str| !may_be_a_number_of_somebody(text);
    (is_clear(&ours) && is_clear(&theirs)).then_some(Keepable { source: ours, target: theirs })
}

fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The words of a text without what stands around them.
fn cores(text: &str) -> impl Iterator<Item = &str> {
    text.split_whitespace().map(core).filter(|core| !core.is_empty())
}

fn core(token: &str) -> &str {
    token.trim_matches(|c: char| !c.is_alphanumeric())
}

/// Letters between anything else: *Anna’s* is *Anna* and *s*.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty())
}

fn is_capital(word: &str) -> bool {
    word.starts_with(char::is_uppercase)
}

fn letters(word: &str) -> usize {
    word.chars().count()
}

fn in_common(a: &str, b: &str) -> usize {
    a.chars().zip(b.chars()).take_while(|(a, b)| a == b).count()
}

fn names_anybody(text: &str, names: &[&str]) -> bool {
    let parts: Vec<String> = names.iter().flat_map(|name| words(name)).map(fold).collect();
    words(text).any(|word| {
        let folded = fold(word);
        (is_capital(word) && is_given_name(&folded))
            || parts
                .iter()
                .any(|part| folded == *part || (is_capital(word) && is_form_of_name(&folded, part)))
    })
}

/// *Annie*, *Anny*, *Kowalskiego*: a name with another ending.
fn is_form_of_name(word: &str, name: &str) -> bool {
    let (long, common) = (letters(name), in_common(word, name));
    long >= 2 && common >= 2 && common + 2 >= long && letters(word) <= long + 4 && common + 4 >= letters(word)
}

/// A word with a capital letter stands in both languages, and it is none of the client's: it must be a name.
fn stays_with_capital(ours: &str, theirs: &str, terms: &[Term]) -> bool {
    let theirs: Vec<String> = capitals(theirs).map(fold).collect();
    let mut suspects = capitals(ours).map(fold).filter(|word| {
        theirs.iter().any(|other| {
            let least = letters(word).min(letters(other));
            let common = in_common(word, other);
            common >= 3 && common + 2 >= least
        })
    });
    suspects.any(|word| !is_of_client(&word, terms))
}

/// Words with a capital letter, abbreviations left out.
fn capitals(text: &str) -> impl Iterator<Item = &str> {
    let is_abbreviation = |word: &str| letters(word) <= 5 && word.chars().all(char::is_uppercase);
    words(text).filter(move |word| letters(word) >= 3 && is_capital(word) && !is_abbreviation(word))
}

fn is_of_client(word: &str, terms: &[Term]) -> bool {
    let of_client = |text: &str| words(text).map(fold).any(|known| known == word);
    NOBODYS.contains(&word) || terms.iter().flat_map(|term| &term.forms).any(|form| of_client(&form.text))
}

/// Both sentences with places in the stead of what is somebody's; `None` when a value doesn't stand in both as often.
fn with_places(ours: String, theirs: String) -> Option<(String, String)> {
    let mut values: Vec<String> = Vec::new();
    for token in ours.split_whitespace().filter(|token| is_somebodys(token)) {
        let value = core(token).to_owned();
        if !values.contains(&value) {
            values.push(value);
        }
    }
    let places: Vec<String> = (1..=values.len()).map(|number| format!("X{number}")).collect();
    let pairs: Vec<(&str, &str)> =
        values.iter().map(String::as_str).zip(places.iter().map(String::as_str)).collect();
    let stand_in_both =
        values.iter().all(|value| pattern::count(&ours, value) == pattern::count(&theirs, value));
    if !stand_in_both {
        return None;
    }
    let (ours, theirs) = (pattern::replaced(&ours, &pairs), pattern::replaced(&theirs, &pairs));
    let is_place = |token: &str| places.iter().any(|place| place == core(token));
    let is_left = |text: &str| text.split_whitespace().any(|token| is_somebodys(token) && !is_place(token));
    (!is_left(&ours) && !is_left(&theirs)).then_some((ours, theirs))
}

/// A value that belongs to somebody: an address, a link, a reference, a long number.
fn is_somebodys(token: &str) -> bool {
    let core = core(token);
    let digits = core.bytes().filter(u8::is_ascii_digit).count();
    let letters = core.chars().filter(|c| c.is_alphabetic()).count();
    let is_reference = token.contains(['#', '№']) || (token.starts_with('+') && digits > 0);
    let is_link = core.contains(['@', '/', '\\', '_']) || core.contains("www.");
    is_link
        || (digits > 0 && (is_reference || digits > DIGITS_OF_COUNT || letters > DIGITS_OF_COUNT))
        || (digits > 0 && letters > 0 && core.contains('-'))
}

/// Small numbers that follow each other, or many of them: a telephone number in groups.
fn may_be_a_number_of_somebody(text: &str) -> bool {
    let is_number =
        |core: &str| core.bytes().all(|byte| byte.is_ascii_digit() || byte.is_ascii_punctuation());
    let numbers: Vec<bool> = cores(text).map(is_number).collect();
    let follow = numbers.windows(2).any(|pair| pair[0] && pair[1]);
    let places = |core: &&str| core.strip_prefix('X').is_none_or(|rest| rest.parse::<u8>().is_err());
    let digits: usize =
        cores(text).filter(places).map(|core| core.bytes().filter(u8::is_ascii_digit).count()).sum();
    follow || digits > DIGITS_OF_SENTENCE
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::terms::Form;

    fn tag(text: &str) -> LanguageTag {
        text.parse().expect("a tag")
    }

    fn kept(ours: (&str, &str), theirs: (&str, &str)) -> Option<(String, String)> {
        let terms = [
            Term::kept("p", "Aurora Link 2"),
            Term::new(
                "m",
                vec![Form::new(tag("en"), "Milk Container"), Form::new(tag("de"), "Milchbehälter")],
            ),
        ];
        let (from, to) = (tag(ours.0), tag(theirs.0));
        let (ours, theirs) =
            (Spoken { text: ours.1, language: &from }, Spoken { text: theirs.1, language: &to });
        let names = ["Zofia Nowak-Wiśniewska", "Tiago", "José"];
        keepable(ours, theirs, &names, &terms).map(|kept| (kept.source, kept.target))
    }

    #[track_caller]
    fn check_kept(ours: (&str, &str), theirs: (&str, &str), expected: (&str, &str)) {
        assert_eq!(kept(ours, theirs), Some((expected.0.to_owned(), expected.1.to_owned())));
    }

    #[track_caller]
    fn check_left(ours: (&str, &str), theirs: (&str, &str)) {
        assert_eq!(kept(ours, theirs), None, "{ours:?} {theirs:?}");
    }

    #[test]
    fn what_is_nobodys_is_kept() {
        let (ours, theirs) =
            ("Please send it back  within\n14 days.", "Bitte senden Sie es binnen 14 Tagen zurück.");
        check_kept(("en", ours), ("de", theirs), ("Please send it back within 14 days.", theirs));
        let (ours, theirs) = (
            "The Milk Container of the Aurora Link 2 is on its way.",
            "Der Milchbehälter des Aurora Link 2 ist unterwegs.",
        );
        check_kept(("en", ours), ("de", theirs), (ours, theirs));
        let (ours, theirs) = ("Is it there?", "Ist es da?");
        check_kept(("en", ours), ("de", theirs), (ours, theirs));
        let (ours, theirs) =
            ("Please restart Wi-Fi and the PDF reader.", "Proszę uruchomić ponownie Wi-Fi i czytnik PDF.");
        check_kept(("en", ours), ("pl", theirs), (ours, theirs));
    }

    #[test]
    fn values_become_places() {
        check_kept(
            ("en", "Your order #48 (AB-123) is at https://post.example/t/99."),
            ("de", "Ihre Bestellung #48 (AB-123) ist bei https://post.example/t/99."),
            ("Your order #X1 (X2) is at X3.", "Ihre Bestellung #X1 (X2) ist bei X3."),
        );
        check_kept(
            ("en", "We wrote to eva@customer.example about 2048123."),
            ("pl", "Pisaliśmy na eva@customer.example w sprawie 2048123."),
            ("We wrote to X1 about X2.", "Pisaliśmy na X1 w sprawie X2."),
        );
    }

    #[test]
    fn what_is_somebodys_is_left() {
        for (ours, theirs) in [
            ("Dear Ms Nowak,", "Szanowna Pani Nowak,"),
            ("Hello Zofia,", "Dzień dobry Pani Zofio,"),
            ("We told Wiśniewska.", "Powiedzieliśmy Wiśniewskiej."),
            ("Thank you, zofia", "Dziękuję, zofia"),
            ("Best regards, Tiago", "Pozdrawiam, Tiago"),
            ("Katarzyna will come.", "Przyjdzie Katarzyna."),
            ("Mr Brzozowski will call.", "Zadzwoni pan Brzozowski."),
            ("We send it to Długa Street.", "Wysyłamy na ulicę Długą."),
            ("It goes to Warszawa.", "Jedzie do Warszawy."),
            ("Call 600 123 456.", "Proszę dzwonić 600 123 456."),
            ("Call +48 22 now.", "Proszę dzwonić pod 22 teraz."),
            ("You paid 1,299.00 euros.", "Zapłaciła Pani 1299,00 euro."),
            ("Order 48213 is here.", "Zamówienie jest tutaj."),
            ("The order is here.", "Zamówienie 48213 jest tutaj."),
            ("Ok", "Ok"),
            ("12345", "12345"),
            ("", "Tak"),
        ] {
            check_left(("en", ours), ("pl", theirs));
        }
        check_left(("en", "José, hello."), ("es", "Hola, José."));
    }

    #[test]
    fn what_is_left_in_it_is_nobodys_and_it_is_found_again() {
        use crate::memory::index_keys;
        let (ours, theirs) = ("Order 48213 left today.", "Zamówienie 48213 wyszło dziś.");
        let (source, _) = kept(("en", ours), ("pl", theirs)).expect("it is kept");
        assert_eq!(index_keys(&source, &[]), index_keys(ours, &[]));
        assert_eq!(index_keys(&source, &[]), index_keys("Order 777777 left today.", &[]));
    }
}
