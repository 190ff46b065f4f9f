//! What the forms of one word have in common, where it must not be another word.
//!
//! A search may find too much; a term may not. So what the stemmer leaves is asked again: the consonants that change in
//! Polish and Lithuanian count as one (*faktura, fakturze*), and a word that was made of another (*shortly* of *short*)
//! isn't a form of it.

use super::folding::fold;
use super::stems::Stems;
use kernel::LanguageTag;
use std::borrow::Cow;

/// The longest ending that a made word may have.
const BYTES_OF_ENDING: usize = 3;

/// The forms of words in one language.
#[derive(Clone, Copy)]
pub(crate) struct WordForms {
    stems: Option<Stems>,
    changes: &'static [(&'static str, &'static str)],
    /// Endings that make another word; a form has one only when its dictionary form has it.
    makers: &'static [&'static str],
}

/// Endings of stems whose consonant changes, longest first, and what they count as.
const POLISH: [(&str, &str); 16] = [
    ("dzi", "d"),
    ("rz", "r"),
    ("dz", "d"),
    ("ch", "s"),
    ("sz", "s"),
    ("si", "s"),
    ("cz", "k"),
    ("ci", "k"),
    ("ni", "n"),
    ("zi", "z"),
    ("mi", "m"),
    ("c", "k"),
    ("t", "k"),
    ("g", "d"),
    ("i", ""),
    ("j", ""),
];
const LITHUANIAN: [(&str, &str); 3] = [("dz", "d"), ("c", "t"), ("i", "")];
const ENGLISH: [&str; 12] =
    ["ly", "ness", "ment", "able", "ible", "ful", "less", "ation", "ity", "ive", "er", "or"];
const GERMAN: [&str; 6] = ["lich", "bar", "ung", "keit", "heit", "los"];
const SPANISH: [&str; 4] = ["mente", "cion", "able", "ible"];
const POLISH_MAKERS: [&str; 2] = ["osc", "owy"];

impl WordForms {
    /// The forms of a language; only equal words where it has no stemmer.
    pub(crate) fn of(language: &LanguageTag) -> Self {
        let (changes, makers): (&[_], &[_]) = match language.primary() {
            "pl" => (&POLISH, &POLISH_MAKERS),
            "lt" => (&LITHUANIAN, &[]),
            "en" => (&[], &ENGLISH),
            "de" => (&[], &GERMAN),
            "es" => (&[], &SPANISH),
            _ => (&[], &[]),
        };
        Self { stems: Stems::of(language), changes, makers }
    }

    /// What all forms of a word share. Words that share it are likely forms of one word.
    pub(crate) fn key(self, word: &str) -> String {
        let folded = || fold(word);
        let Some(stem) = self.stems.and_then(|stems| stems.stem(&self.respelt(word))) else {
            return folded();
        };
        if stem.chars().count() < 3 {
            return folded();
        }
        self.without_change(stem)
    }

    /// A word with the same key is a form of the dictionary's word and not another word made of it.
    pub(crate) fn is_form(self, word: &str, of: &str) -> bool {
        let (word, of) = (fold(word), fold(of));
        word == of || self.makers.iter().all(|maker| was_made_with(maker, &word) == was_made_with(maker, &of))
    }

    /// *błąd, błędu*: one vowel; *zwrot, zwrocie*: an ending that the stemmer takes for a verb's.
    fn respelt(self, word: &str) -> Cow<'_, str> {
        if !self.changes.iter().eq(&POLISH) {
            return word.into();
        }
        let inner = word.char_indices().rfind(|(_, c)| *c == 'ą').map(|(at, _)| at + 'ą'.len_utf8());
        if inner.is_some_and(|end| end < word.len()) {
            return word.replace('ą', "ę").into();
        }
        word.strip_suffix("cie").map_or(word.into(), |stem| format!("{stem}tem").into())
    }

    fn without_change(self, mut stem: String) -> String {
        let change = self.changes.iter().find(|(ending, _)| stem.len() > 3 && stem.ends_with(ending));
        if let Some((ending, counts_as)) = change {
            stem.truncate(stem.len() - ending.len());
            stem.push_str(counts_as);
        }
        stem
    }
}

/// The folded word ends with what makes it, and perhaps an ending of its own: *Rechn-ung-en*.
fn was_made_with(maker: &str, word: &str) -> bool {
    word.rfind(maker).is_some_and(|at| at > 2 && word.len() - at - maker.len() <= BYTES_OF_ENDING)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn forms(language: &str) -> WordForms {
        WordForms::of(&language.parse().expect("a tag"))
    }

    fn is_form(language: &str, word: &str, of: &str) -> bool {
        let forms = forms(language);
        forms.key(word) == forms.key(of) && forms.is_form(word, of)
    }

    /// The first is the dictionary's.
    #[track_caller]
    fn check(language: &str, words: &str) {
        let of = words.split(' ').next().unwrap_or_default();
        let keys: Vec<String> = words.split(' ').map(|word| forms(language).key(word)).collect();
        let missed: Vec<&str> = words.split(' ').filter(|word| !is_form(language, word, of)).collect();
        assert!(missed.is_empty(), "{language} {of}: {missed:?} {keys:?}");
    }

    #[track_caller]
    fn check_other(language: &str, of: &str, others: &str) {
        let taken: Vec<&str> = others.split(' ').filter(|word| is_form(language, word, of)).collect();
        assert!(taken.is_empty(), "{language} {of}: {taken:?}");
    }

    #[test]
    fn the_forms_of_a_word_are_known() {
        check("en", "invoice invoices Invoice INVOICES");
        check("en", "refund refunds refunded refunding");
        check("de", "Rechnung Rechnungen");
        check("de", "Vertrag Vertrags Vertrages Verträge Verträgen");
        check("de", "Gutschrift Gutschriften");
        check("es", "factura facturas");
        check("es", "pedido pedidos");
        check("pl", "faktura faktury fakturze fakturę fakturą faktur fakturom fakturami fakturach");
        check("pl", "zwrot zwrotu zwrotowi zwrotem zwrocie zwroty zwrotów");
        check("pl", "zdjęcie zdjęcia zdjęciu zdjęć zdjęciem");
        check("pl", "paczka paczki paczce paczkę paczką paczkom paczkami paczkach");
        check("pl", "błąd błędu błędem błędzie błędy błędów");
        check("pl", "zamówienie zamówienia zamówieniu zamówieniem zamówieniach");
        check("pl", "reklamacja reklamacji reklamację reklamacją reklamacje");
        check("sl", "račun računa računu računom računi računov računih");
        check("sl", "naročilo naročila naročilu naročilom naročil naročilih");
        check("sl", "vračilo vračila vračilu vračilom");
        check("lt", "sąskaita sąskaitos sąskaitą sąskaitai sąskaitų sąskaitoms sąskaitoje");
        check("lt", "užsakymas užsakymo užsakymą užsakymai užsakymų užsakymu");
        check("lt", "grąžinimas grąžinimo grąžinimą grąžinimui");
        check("lt", "sutartis sutarties sutartį sutartimi sutarčių sutartyje");
    }

    #[test]
    fn other_words_are_not_forms() {
        check_other("en", "short", "shortly shortness shirt");
        check_other("en", "refund", "refundable");
        check_other("en", "order", "ordinary");
        check_other("de", "Rechnung", "Rechner rechnen");
        check_other("de", "kurz", "kürzlich Kurs");
        check_other("es", "corto", "cortante");
        check_other("pl", "zwrot", "zwrotnica zwykły");
        check_other("pl", "konto", "kontakt kontrola");
        check_other("sl", "račun", "računalnik");
        check_other("lt", "sąskaita", "skaityti skaičius");
    }
}
