//! Rule: what a customer's mail consists of beside its words: quoted text, signature, languages, Message-IDs.

use super::chance::Chance;
use super::script::Line;
use cases::Span;
use kernel::LanguageTag;

/// Confidence of a language that the file names.
const SURE: f64 = 0.99;

/// A text and the signature below it that a telephone adds.
pub(super) fn without_signature(text: &str) -> (String, String) {
    const BEGINS: [&str; 6] =
        ["sent from my", "gesendet von", "von meinem", "enviado desde", "wysłane z", "poslano z"];
    match text.rsplit_once("\n\n") {
        Some((words, last)) if BEGINS.iter().any(|begins| last.to_lowercase().starts_with(begins)) => {
            (words.trim_end().to_owned(), last.to_owned())
        }
        _ => (text.to_owned(), String::new()),
    }
}

/// The language of each paragraph; neighbours in one language are one span.
pub(super) fn spans(text: &str, line: &Line, language: &LanguageTag) -> Vec<Span> {
    let mut spans: Vec<Span> = Vec::new();
    let mut start = 0;
    for (at, paragraph) in text.split("\n\n").enumerate() {
        let end = start + paragraph.len();
        let own = line.paragraphs.get(&at.to_string()).unwrap_or(language);
        match spans.last_mut().filter(|span| span.language == *own) {
            Some(span) => span.end = end,
            None => spans.push(Span { start, end, language: own.clone(), confidence: SURE }),
        }
        start = end + "\n\n".len();
    }
    spans
}

/// An earlier text as mail programs quote it, below a line in the customer's language.
pub(super) fn quoted(language: &str, who: &str, day: &str, text: &str) -> String {
    let intro = match language {
        "de" => format!("Am {day} schrieb {who}:"),
        "es" => format!("El {day}, {who} escribió:"),
        "pl" => format!("W dniu {day} {who} napisał(a):"),
        "sl" => format!("Dne {day} je {who} napisal/-a:"),
        "lt" => format!("{day} {who} rašė:"),
        _ => format!("On {day}, {who} wrote:"),
    };
    let lines = text.lines().map(|line| if line.is_empty() { ">".to_owned() } else { format!("> {line}") });
    std::iter::once(intro).chain(lines).collect::<Vec<_>>().join("\n")
}

/// The subject of an answer, as mail programs in this language write it.
pub(super) fn answer_subject(language: &str, subject: &str) -> String {
    let subject = subject.trim_start_matches("Re: ");
    match language {
        "de" => format!("AW: {subject}"),
        "pl" => format!("Odp: {subject}"),
        _ => format!("Re: {subject}"),
    }
}

/// A Message-ID without angle brackets, as a customer's mail server makes it.
pub(super) fn message_id(chance: &mut Chance) -> String {
    format!("{:016x}.{:08x}@mail.example", chance.number(), chance.number() >> 32)
}
