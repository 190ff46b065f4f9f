//! How a text addresses its reader: formally, informally, or both, which looks careless.

use super::Passage;
use super::finding::{Finding, Kind, Severity};
use super::tokens::{Token, tokens};
use std::ops::Range;

/// Words that address formally and informally, of one language. One that begins with a star is the ending of longer words.
struct Forms {
    language: &'static str,
    formal: &'static [&'static str],
    informal: &'static [&'static str],
}

const FORMS: [Forms; 6] = [
    Forms {
        language: "de",
        formal: &["Ihnen", "Ihr", "Ihre", "Ihrem", "Ihren", "Ihrer", "Ihres", "Sie"],
        informal: &[
            "du", "dich", "dir", "dein", "deine", "deinem", "deinen", "deiner", "deines", "euch", "euer",
            "eure", "eurem", "euren",
        ],
    },
    Forms {
        language: "es",
        formal: &["usted", "ustedes"],
        informal: &[
            "tú",
            "te",
            "ti",
            "contigo",
            "tu",
            "tus",
            "tienes",
            "puedes",
            "quieres",
            "necesitas",
            "debes",
            "has",
            "eres",
            "estás",
            "vosotros",
            "vuestro",
            "vuestra",
            "os",
            "tuyo",
            "tuya",
            "tuyos",
            "tuyas",
            "sabes",
            "recibiste",
            "enviaste",
            "compraste",
            "pediste",
            "hiciste",
        ],
    },
    Forms {
        language: "pl",
        formal: &[
            "Pan",
            "Pani",
            "Pana",
            "Panu",
            "Panią",
            "Panie",
            "Państwo",
            "Państwa",
            "Państwu",
            "Panem",
            "Państwem",
        ],
        informal: &[
            "ty", "ciebie", "tobie", "tobą", "cię", "ci", "twój", "twoja", "twoje", "twojego", "twojej",
            "twoją", "twoim", "twoich", "możesz", "masz", "jesteś", "chcesz", "musisz", "*ujesz", "*łeś",
            "*łaś",
        ],
    },
    Forms {
        language: "sl",
        formal: &[
            "vi",
            "vas",
            "vam",
            "vami",
            "vaš",
            "vaša",
            "vaše",
            "vašega",
            "vašo",
            "vašem",
            "vašemu",
            "vaših",
            "ste",
            "boste",
            "lahko_ste",
        ],
        informal: &[
            "ti",
            "tebe",
            "tebi",
            "te",
            "tvoj",
            "tvoja",
            "tvoje",
            "tvojega",
            "tvojo",
            "tvojem",
            "si",
            "boš",
            "imaš",
            "lahko_si",
            "moraš",
            "želiš",
            "hočeš",
            "potrebuješ",
            "*uješ",
        ],
    },
    Forms {
        language: "lt",
        formal: &["jūs", "jus", "jums", "jūsų", "jumis", "esate", "galite", "turite", "norite", "*kite"],
        informal: &["tu", "tave", "tau", "tavo", "tavęs", "tavimi", "esi", "gali", "turi", "nori"],
    },
    Forms {
        language: "pt",
        formal: &["senhor", "senhora", "senhores", "senhoras", "você", "vocês", "lhe", "lhes"],
        informal: &[
            "tu", "te", "ti", "teu", "tua", "teus", "tuas", "contigo", "tens", "podes", "queres", "precisas",
            "deves", "estás", "sabes",
        ],
    },
];

/// Words that are something else more often (*si želite*, *ti ljudje*, *klientas gali*): they count only beside a sure one.
const WEAK: [(&str, &str); 7] =
    [("sl", "te"), ("sl", "si"), ("sl", "ti"), ("lt", "gali"), ("lt", "turi"), ("lt", "nori"), ("es", "has")];

/// The translation is informal where the original is formal, in languages that mark both.
pub(super) fn dropped(source: &Passage<'_>, target: &Passage<'_>) -> Option<Finding> {
    let used = |text: &Passage<'_>| {
        let forms = FORMS.iter().find(|forms| forms.language == text.language.primary())?;
        let words = tokens(text.text, &[]);
        Some((places(&words, forms, Register::Formal), places(&words, forms, Register::Informal)))
    };
    let ((formal, informal), (kept, lost)) = (used(source)?, used(target)?);
    if formal.is_empty() || !informal.is_empty() || !kept.is_empty() {
        return None;
    }
    let place = lost.first()?.clone();
    let why = format!(
        "The original addresses its reader formally, the translation informally: “{}”. Use the formal form.",
        &target.text[place.clone()]
    );
    Some(Finding::new(Kind::AddressForm, Severity::Warn, why).at_source(formal[0].clone()).at_target(place))
}

/// How a text addresses its reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Address {
    /// With *Sie*, *usted*, *Pan*, *vi*.
    Formal,
    /// With *du*, *tú*, *ty*, *ti*.
    Informal,
    /// With both.
    Mixed,
}

/// How a text addresses its reader; none where nothing in it says so, or the language marks no such thing.
pub fn address(text: &Passage<'_>) -> Option<Address> {
    let forms = FORMS.iter().find(|forms| forms.language == text.language.primary())?;
    let words = tokens(text.text, &[]);
    let used = |register| !places(&words, forms, register).is_empty();
    match (used(Register::Formal), used(Register::Informal)) {
        (true, false) => Some(Address::Formal),
        (false, true) => Some(Address::Informal),
        (true, true) => Some(Address::Mixed),
        (false, false) => None,
    }
}

/// Places where a text leaves the form of address that it uses elsewhere, and Slovenian half-*vikanje* (*ste poslala*).
pub fn address_forms(text: &Passage<'_>) -> Vec<Finding> {
    let language = text.language.primary();
    let Some(forms) = FORMS.iter().find(|forms| forms.language == language) else { return Vec::new() };
    let words = tokens(text.text, &[]);
    let (formal, informal) =
        (places(&words, forms, Register::Formal), places(&words, forms, Register::Informal));
    let mut findings = Vec::new();
    if !formal.is_empty() && !informal.is_empty() {
        let (few, most) =
            if informal.len() <= formal.len() { (&informal, "formally") } else { (&formal, "informally") };
        let place = few[0].clone();
        let why = format!(
            "“{}” changes the form of address: elsewhere this text addresses its reader {most}. Use one form throughout.",
            &text.text[place.clone()]
        );
        findings.push(Finding::new(Kind::AddressForm, Severity::Warn, why).at_target(place));
    }
    if language == "sl" {
        findings.extend(half_formal(&words));
    }
    findings
}

#[derive(Clone, Copy, PartialEq)]
enum Register {
    Formal,
    Informal,
}

fn places(words: &[Token<'_>], forms: &Forms, register: Register) -> Vec<Range<usize>> {
    let list = if register == Register::Formal { forms.formal } else { forms.informal };
    let mut found = Vec::new();
    let mut has_strong = false;
    for (at, word) in words.iter().enumerate().filter(|(_, word)| word.is_word()) {
        let Some(form) = list.iter().find(|form| is_form(word, form)) else { continue };
        // At the beginning of a sentence, *Sie* and *Ihr* may be she, they, her.
        let begins = at == 0
            || words[..at]
                .last()
                .is_some_and(|before| matches!(before.text, "." | "!" | "?" | ":" | "„" | "“" | "\""));
        if forms.language == "de" && register == Register::Formal && begins && !is_asked(words, at) {
            continue;
        }
        // Before a surname, *Pan* and *Pani* speak of somebody.
        let is_title = forms.language == "pl"
            && register == Register::Formal
            && words.get(at + 1).is_some_and(Token::is_capital);
        if is_title {
            continue;
        }
        has_strong |= !WEAK.contains(&(forms.language, *form)) || is_addressed(words, at);
        found.push(word.range.clone());
    }
    if has_strong { found } else { Vec::new() }
}

/// Slovenian *ti bomo poslali*, *te bo poklical*: before these verbs they are no *these*; and *si že poslal*, which is no reflexive
/// where no other auxiliary stands beside it.
fn is_addressed(words: &[Token<'_>], at: usize) -> bool {
    let next = words.get(at + 1).map_or("", |next| next.low.as_str());
    match words[at].low.as_str() {
        "ti" | "te" => matches!(next, "bo" | "bom" | "bomo" | "sem" | "smo"),
        "si" => {
            let clause = || words[at + 1..].iter().take_while(|word| word.is_word()).take(6);
            let participle = |word: &Token<'_>| {
                word.low.chars().count() >= 5
                    && (word.low.ends_with("al") || word.low.ends_with("il") || word.low.ends_with("ala"))
            };
            let auxiliary = |word: &Token<'_>| {
                matches!(
                    word.low.as_str(),
                    "je" | "so" | "sem" | "smo" | "ste" | "bo" | "bom" | "bomo" | "boste" | "bodo" | "bi"
                )
            };
            clause().any(participle)
                && !clause().any(auxiliary)
                && at.checked_sub(1).is_none_or(|before| !auxiliary(&words[before]))
        }
        _ => false,
    }
}

fn is_form(word: &Token<'_>, form: &str) -> bool {
    match form.strip_prefix('*') {
        Some(ending) => word.low.len() > ending.len() + 1 && word.low.ends_with(ending),
        None if form.starts_with(char::is_uppercase) => form == word.text,
        None => form == word.low,
    }
}

/// *Sie können* at the beginning speaks to the reader if the verb isn't that of a single person.
fn is_asked(words: &[Token<'_>], at: usize) -> bool {
    words[at].text == "Sie"
        && words.get(at + 1).is_some_and(|next| next.low.ends_with("en") || next.low == "sind")
}

/// *ste poslala* to one person: the participle has to be plural, *ste poslali*.
fn half_formal(words: &[Token<'_>]) -> Option<Finding> {
    let place = words.windows(2).find(|pair| {
        let participle = pair[1].low.as_str();
        let is_half = participle.ends_with("la") && participle.chars().count() > 4
            || participle.ends_with("il")
            || participle.ends_with("al");
        (pair[0].low == "ste" || pair[0].low == "boste") && is_half && pair[1].is_word()
    })?;
    let why = format!(
        "After “{}” the participle is plural when one person is addressed formally: “-li”, not “{}”.",
        place[0].text, place[1].text
    );
    Some(
        Finding::new(Kind::AddressForm, Severity::Warn, why)
            .at_target(place[0].range.start..place[1].range.end),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(language: &str, text: &str, expected: Option<&str>) {
        let passage = Passage { text, language: language.parse().expect("a tag") };
        let found = address_forms(&passage);
        let place = found.first().map(|finding| &text[finding.target.clone().expect("a place")]);
        assert_eq!(place, expected, "{text}");
    }

    #[test]
    fn one_text_uses_one_form_of_address() {
        check("de", "Bitte senden Sie uns Ihre Nummer. Wir helfen dir.", Some("dir"));
        check("de", "Bitte senden Sie uns Ihre Nummer. Sie ist auf dem Karton.", None);
        check("de", "Schick uns deine Nummer. Sie steht auf dem Karton.", None);
        check("es", "¿Puede usted enviar la foto? Gracias por tu paciencia.", Some("tu"));
        check("es", "Puede enviar la foto. Gracias por su paciencia.", None);
        check("pl", "Czy może Pani wysłać zdjęcie? Dziękujemy za twoją cierpliwość.", Some("twoją"));
        check("pl", "Rozmawiałam z Panią Nowak, twoje zamówienie jest gotowe.", None);
        check("sl", "Ali nam lahko pošljete vašo številko? Potem ti pomagamo s tvojo lučjo.", Some("vašo"));
        check("sl", "Hvala za vaše sporočilo. Sodelavka ti bo odgovorila.", Some("ti"));
        check("sl", "Hvala za vaše sporočilo. Ti podatki so pravi.", None);
        check("sl", "Hvala za vaše sporočilo. Ali si že poslal sliko?", Some("si"));
        check("sl", "Hvala za vaše sporočilo. Sodelavec si je ogledal sliko.", None);
        check("sl", "Ali ste poslala sliko?", Some("ste poslala"));
        check("sl", "Ali ste poslali sliko? Ne vem, kaj si želite.", None);
        check("lt", "Ar galite atsiųsti nuotrauką? Ačiū už tavo kantrybę.", Some("tavo"));
        check("lt", "Ar galite atsiųsti nuotrauką? Klientas gali palaukti.", None);
        check("pt", "Pode enviar-lhe a foto? Obrigada pela tua paciência.", Some("tua"));
        check("pt", "Podes enviar a foto? Obrigada pela tua paciência.", None);
        check("pl", "Czy może Pani wysłać zdjęcie, jeśli go potrzebujesz?", Some("potrzebujesz"));
        check("pl", "Dziękuję Pani. Nasz arkusz jest gotowy.", None);
        check("en", "You can do it.", None);
    }

    #[test]
    fn a_text_addresses_its_reader_in_one_way_or_both() {
        let check = |language: &str, text: &str, expected| {
            let passage = Passage { text, language: language.parse().expect("a tag") };
            assert_eq!(address(&passage), expected, "{text}");
        };
        check("de", "Bitte senden Sie uns Ihre Nummer.", Some(Address::Formal));
        check("de", "Schick uns deine Nummer.", Some(Address::Informal));
        check("de", "Bitte senden Sie uns Ihre Nummer. Wir helfen dir.", Some(Address::Mixed));
        check("de", "Die Nummer steht auf dem Karton.", None);
        check("en", "You can do it.", None);
    }

    #[test]
    fn a_formal_original_stays_formal() {
        let check = |from: &str, source: &str, to: &str, target: &str, expected: Option<&str>| {
            let passage = |text, language: &str| Passage { text, language: language.parse().expect("a tag") };
            let found = dropped(&passage(source, from), &passage(target, to));
            let place = found.map(|finding| &target[finding.target.expect("a place")]);
            assert_eq!(place, expected, "{target}");
        };
        let source = "Wir haben Ihre Nachricht erhalten.";
        check("de", source, "pl", "Otrzymaliśmy twoją wiadomość.", Some("twoją"));
        check("de", source, "pl", "Otrzymaliśmy Pani wiadomość.", None);
        check("de", source, "en", "We have your message.", None);
        check("de", "Wir haben deine Nachricht erhalten.", "pl", "Otrzymaliśmy twoją wiadomość.", None);
        check("en", "We have your message.", "pl", "Otrzymaliśmy twoją wiadomość.", None);
    }
}
