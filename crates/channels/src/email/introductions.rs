//! Rule: the line above a quoted message, in the language of the letter.

use cases::letter::Quoted;
use kernel::LanguageTag;

/// `On 2026-11-23 08:00 UTC, Ann wrote:` in the language of the letter; English where we don't have it.
pub(super) fn introduction(language: &LanguageTag, quoted: &Quoted) -> String {
    let date = quoted.date.to_string();
    let date = date.get(..16).map_or(date.clone(), |minutes| format!("{} UTC", minutes.replace('T', " ")));
    let who: String = quoted.who.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let primary = language.primary();
    let sentence =
        SENTENCES.iter().find(|(tag, _)| *tag == primary).map_or(ENGLISH, |(_, sentence)| sentence);
    sentence.replace("{date}", &date).replace("{who}", who.trim())
}

const ENGLISH: &str = "On {date}, {who} wrote:";

/// Forms that [`phrases`](super::phrases) knows again when the answer comes.
const SENTENCES: [(&str, &str); 10] = [
    ("de", "Am {date} schrieb {who}:"),
    ("es", "El {date}, {who} escribió:"),
    ("fr", "Le {date}, {who} a écrit :"),
    ("it", "Il {date}, {who} ha scritto:"),
    ("lt", "{date} {who} rašė:"),
    ("nl", "Op {date} schreef {who}:"),
    ("pl", "W dniu {date}, {who} napisał(a):"),
    ("pt", "Em {date}, {who} escreveu:"),
    ("sl", "Dne {date} je {who} napisal(a):"),
    ("sv", "Den {date} skrev {who}:"),
];
