//! How a text addresses its reader: formally, informally, or both, which looks careless.

use super::Passage;
use super::finding::{Finding, Kind, Severity};
use super::tokens::{Token, tokens};
use std::ops::Range;

/// Words that address formally and informally, of one language. A star stands for more letters.
struct Forms {
    language: &'static str,
    formal: &'static [&'static str],
    informal: &'static [&'static str],
}

const FORMS: [Forms; 5] = [
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
            "twoją", "twoim", "twoich", "możesz", "masz", "jesteś",
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
            "ti", "tebe", "tebi", "te", "tvoj", "tvoja", "tvoje", "tvojega", "tvojo", "tvojem", "si", "boš",
            "imaš", "lahko_si",
        ],
    },
    Forms {
        language: "lt",
        formal: &["jūs", "jus", "jums", "jūsų", "jumis", "esate", "galite", "turite", "norite"],
        informal: &["tu", "tave", "tau", "tavo", "tavęs", "tavimi", "esi", "gali", "turi", "nori"],
    },
];

/// Words that are something else more often (*si želite*, *ti ljudje*, *klientas gali*): they count only beside a sure one.
const WEAK: [(&str, &str); 7] =
    [("sl", "te"), ("sl", "si"), ("sl", "ti"), ("lt", "gali"), ("lt", "turi"), ("lt", "nori"), ("es", "has")];

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
        let capital = |form: &&str| form.starts_with(char::is_uppercase);
        let Some(form) =
            list.iter().find(|form| if capital(form) { **form == word.text } else { **form == word.low })
        else {
            continue;
        };
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
        has_strong |= !WEAK.contains(&(forms.language, *form));
        found.push(word.range.clone());
    }
    if has_strong { found } else { Vec::new() }
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
        check("sl", "Ali ste poslala sliko?", Some("ste poslala"));
        check("sl", "Ali ste poslali sliko? Ne vem, kaj si želite.", None);
        check("lt", "Ar galite atsiųsti nuotrauką? Ačiū už tavo kantrybę.", Some("tavo"));
        check("lt", "Ar galite atsiųsti nuotrauką? Klientas gali palaukti.", None);
        check("en", "You can do it.", None);
    }
}
