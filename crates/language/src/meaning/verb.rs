//! A sentence that has lost its verb: *The page “Error”* for *Die Seite meldet „Fehler“*.
//!
//! Only English and German translations are looked at: there a sentence without any word that could be a verb can be told by endings
//! and a list. In the other languages nouns end as verbs do.

use super::finding::{Finding, Kind, Severity};
use super::lexicon::{Lexicon, Sense};
use super::tokens::Token;
use std::ops::Range;

/// A shorter sentence may do without.
const WORDS: usize = 3;

/// Words that are finite verbs and nothing else, or hardly ever, by language: so that the original surely has one.
const SURE: [(&str, &[&str]); 7] = [
    (
        "en",
        &[
            "is", "are", "was", "were", "has", "have", "had", "will", "would", "can", "cannot", "could",
            "must", "should", "does", "did", "says", "needs", "works", "shows", "holds", "comes", "goes",
            "arrives", "starts", "begins", "lasts", "covers", "contains", "answers", "sends", "takes",
            "makes", "gives", "means", "keeps", "helps", "wants", "becomes", "remains",
        ],
    ),
    (
        "de",
        &[
            "ist",
            "sind",
            "war",
            "waren",
            "hat",
            "haben",
            "hatte",
            "wird",
            "werden",
            "wurde",
            "kann",
            "können",
            "muss",
            "müssen",
            "soll",
            "sollte",
            "darf",
            "meldet",
            "zeigt",
            "enthält",
            "gilt",
            "kommt",
            "geht",
            "beginnt",
            "endet",
            "hält",
            "dauert",
            "antwortet",
            "braucht",
            "bleibt",
            "steht",
            "liegt",
            "gibt",
            "macht",
            "funktioniert",
            "kostet",
        ],
    ),
    (
        "es",
        &[
            "es", "está", "están", "son", "fue", "hay", "tiene", "tienen", "puede", "pueden", "debe", "será",
            "ha", "han", "responde", "contiene", "dice",
        ],
    ),
    (
        "pl",
        &[
            "jest",
            "są",
            "był",
            "była",
            "było",
            "będzie",
            "ma",
            "mają",
            "może",
            "mogą",
            "musi",
            "należy",
            "został",
            "została",
            "odpowiada",
            "zawiera",
            "kosztuje",
            "pokazuje",
            "zaczyna",
        ],
    ),
    (
        "sl",
        &[
            "je",
            "so",
            "bo",
            "bodo",
            "ima",
            "imajo",
            "mora",
            "odgovarja",
            "stane",
            "javlja",
            "velja",
            "zdrži",
            "traja",
        ],
    ),
    ("lt", &["yra", "buvo", "bus", "turi", "gali", "reikia", "atsako", "kainuoja", "prasideda", "galioja"]),
    (
        "pt",
        &[
            "é", "está", "estão", "são", "foi", "há", "tem", "têm", "pode", "podem", "deve", "será",
            "contém", "diz",
        ],
    ),
];

/// German verbs that no ending tells.
const GERMAN: [&str; 44] = [
    "war", "habe", "hatte", "wird", "werde", "wurde", "würde", "kann", "muss", "soll", "darf", "mag", "will",
    "weiß", "sei", "wäre", "hätte", "könnte", "kam", "ging", "fand", "gab", "nahm", "sah", "stand", "lag",
    "ließ", "blieb", "schrieb", "rief", "lief", "fiel", "sprach", "brach", "zog", "flog", "schloss",
    "verlor", "begann", "ich", "sind", "bin", "ist", "tun",
];

/// German words that end like a verb and are none.
const NO_GERMAN_VERBS: [&str; 36] = [
    "nicht", "mit", "seit", "jetzt", "dort", "erst", "fast", "selbst", "statt", "den", "einen", "keinen",
    "meinen", "unseren", "ihren", "seinen", "diesen", "jeden", "allen", "ihnen", "denen", "zwischen",
    "wegen", "neben", "gegen", "sieben", "morgen", "oben", "unten", "innen", "außen", "vielen", "etwa",
    "sonst", "damit", "gut",
];

/// English words at the beginning of a sentence with a subject of its own in the singular.
const ENGLISH_BEGINNINGS: [&str; 9] = ["the", "a", "an", "this", "our", "your", "my", "their", "its"];

/// English verbs that no ending tells.
const ENGLISH: [&str; 122] = [
    "am",
    "is",
    "are",
    "was",
    "were",
    "be",
    "been",
    "has",
    "have",
    "had",
    "do",
    "does",
    "did",
    "will",
    "would",
    "can",
    "cannot",
    "could",
    "may",
    "might",
    "must",
    "shall",
    "should",
    "went",
    "came",
    "took",
    "gave",
    "made",
    "got",
    "said",
    "sent",
    "left",
    "lost",
    "found",
    "kept",
    "held",
    "told",
    "broke",
    "began",
    "ran",
    "fell",
    "felt",
    "met",
    "paid",
    "put",
    "read",
    "set",
    "cut",
    "let",
    "sat",
    "saw",
    "spoke",
    "stood",
    "wrote",
    "won",
    "bought",
    "brought",
    "thought",
    "became",
    "knew",
    "meant",
    "built",
    "shook",
    "drew",
    "drove",
    "flew",
    "grew",
    "rose",
    "threw",
    "wore",
    "woke",
    "sang",
    "sank",
    "swam",
    "drank",
    "chose",
    "froze",
    "stole",
    "hid",
    "bit",
    "fed",
    "fled",
    "led",
    "lent",
    "bent",
    "spent",
    "slept",
    "swept",
    "dealt",
    "caught",
    "taught",
    "fought",
    "sought",
    "sold",
    "hung",
    "stuck",
    "struck",
    "swung",
    "dug",
    "shot",
    "lit",
    "slid",
    "hit",
    "hurt",
    "cost",
    "quit",
    "shut",
    "split",
    "spread",
    "cast",
    "burst",
    "shrank",
    "sprang",
    "tore",
    "swore",
    "beat",
    "ate",
    "forgot",
    "understood",
    "withdrew",
    "lay",
    "laid",
];

/// Whoever is named by these does what comes next.
const ENGLISH_PRONOUNS: [&str; 7] = ["i", "you", "we", "they", "who", "that", "which"];

/// Behind these stands a noun, so that its *-s* is a plural's.
const BEFORE_ENGLISH_NOUNS: [&str; 27] = [
    "the", "a", "an", "this", "these", "those", "my", "your", "our", "their", "its", "his", "her", "all",
    "many", "some", "several", "of", "in", "with", "for", "from", "by", "at", "on", "to", "about",
];

/// The translation of a sentence with a verb has none.
pub(super) fn lost(
    source: (&[Token<'_>], &str),
    target: (&[Token<'_>], &str),
    places: (Range<usize>, Range<usize>),
) -> Option<Finding> {
    let sure = SURE.iter().find(|(language, _)| *language == source.1)?.1;
    if !source.0.iter().any(|word| sure.contains(&word.low.as_str())) {
        return None;
    }
    let may_have = match target.1 {
        "de" => in_german(target.0),
        "en" => in_english(target.0),
        _ => true,
    };
    let words = target.0.iter().filter(|word| word.is_word()).count();
    (!may_have && words >= WORDS).then(|| {
        let why =
            "The original says what is done or so, and no word of the translation can be its verb. Add it.";
        Finding::new(Kind::Verb, Severity::Warn, why).at_source(places.0).at_target(places.1)
    })
}

/// Nouns have a capital, so that small words and the first tell. A first word that isn't an article or the like may be an imperative.
fn in_german(words: &[Token<'_>]) -> bool {
    const BEGINNINGS: [&str; 24] = [
        "der", "die", "das", "ein", "eine", "unser", "unsere", "ihr", "ihre", "mein", "meine", "dieser",
        "diese", "dieses", "jeder", "jede", "jedes", "mit", "in", "im", "am", "für", "nach", "seit",
    ];
    let begins =
        words.iter().find(|word| word.is_word()).is_none_or(|word| BEGINNINGS.contains(&word.low.as_str()));
    let may = |at: usize| {
        let word = &words[at];
        let between = at > 0
            && BEGINNINGS.contains(&words[at - 1].low.as_str())
            && words.get(at + 1).is_some_and(Token::is_capital);
        word.is_word() && !word.is_capital() && !between && is_german_verb(&word.low)
    };
    !begins || (0..words.len()).any(may)
}

fn is_german_verb(word: &str) -> bool {
    let ends = ["t", "en", "ern", "eln", "te"].iter().any(|ending| word.ends_with(ending));
    GERMAN.contains(&word) || (ends && !NO_GERMAN_VERBS.contains(&word))
}

/// After a subject in the singular a verb ends in *-s* or *-ed*, or stands in the list.
fn in_english(words: &[Token<'_>]) -> bool {
    let begins = words.iter().find(|word| word.is_word());
    if !begins.is_some_and(|word| ENGLISH_BEGINNINGS.contains(&word.low.as_str())) {
        return true;
    }
    words.iter().enumerate().skip(1).filter(|(_, word)| word.is_word()).any(|(at, word)| {
        let (low, before) = (word.low.as_str(), words[at - 1].low.as_str());
        let is_plural =
            before.starts_with(|c: char| c.is_ascii_digit()) || BEFORE_ENGLISH_NOUNS.contains(&before);
        let is_little = matches!(low, "this" | "its" | "his" | "plus") || is_number(before);
        let ends = low.len() > 3 && (low.ends_with("ed") || (low.ends_with('s') && !is_plural && !is_little));
        ENGLISH.contains(&low) || ends || low.contains(['\'', '’']) || ENGLISH_PRONOUNS.contains(&before)
    })
}

/// *four hours*
fn is_number(word: &str) -> bool {
    let senses = Lexicon::of(&"en".parse().expect("a constant tag parses")).senses(word);
    senses
        .iter()
        .any(|sense| matches!(sense, Sense::Number(_) | Sense::Loose(_) | Sense::Hundred | Sense::Scale(_)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::meaning::tokens::tokens;

    #[track_caller]
    fn check(from: &str, source: &str, to: &str, target: &str, expected: bool) {
        let (ours, theirs) = (tokens(source, &[]), tokens(target, &[]));
        let found = lost((&ours, from), (&theirs, to), (0..source.len(), 0..target.len()));
        assert_eq!(found.is_some(), expected, "{target}");
    }

    #[test]
    fn a_sentence_without_its_verb_is_found() {
        let page = "Die Seite meldet einen Fehler.";
        check("de", page, "en", "The page an error.", true);
        check("de", page, "en", "The page with all its errors and five questions.", true);
        check("de", page, "en", "The page reports an error.", false);
        check("de", page, "en", "The page reported an error.", false);
        check("de", page, "en", "Please look at the page with the error.", false);
        let parcel = "The parcel is on its way.";
        check("en", parcel, "de", "Das Paket auf dem Weg.", true);
        check("en", parcel, "de", "Das nächste Paket auf dem Weg.", true);
        check("en", parcel, "de", "Das Paket ist auf dem Weg.", false);
        check("en", parcel, "de", "Das Paket kam auf den Weg.", false);
        check("en", parcel, "de", "Schick das Paket auf den Weg.", false);
        check("en", "Monday to Friday, all day", "de", "Die ganze Woche über", false);
        check("en", parcel, "pl", "Paczka w drodze.", false);
    }
}
