//! The texts to measure on, read from the test data or put together from it.

use serde_json::Value;
use std::error::Error;
use std::path::PathBuf;

/// A text and its true spans: first byte, one past the last, language.
pub struct Marked {
    pub text: String,
    pub spans: Vec<(usize, usize, String)>,
    pub separator: &'static str,
}

pub struct Material {
    pub mixed: Vec<Marked>,
    pub composed: Vec<Marked>,
    pub monolingual: Vec<(String, String)>,
    pub chatty: Vec<(String, String)>,
    pub short: Vec<(String, String)>,
    /// Number of words, language, text.
    pub pieces: Vec<(usize, String, String)>,
}

pub const LANGUAGES: [&str; 6] = ["en", "de", "es", "pl", "sl", "lt"];

pub fn read() -> Result<Material, Box<dyn Error>> {
    let folder =
        std::env::var_os("DRAGOMAN_TEST_DATA").map_or_else(|| PathBuf::from("../shared/data"), PathBuf::from);
    let read = |name: &str| std::fs::read_to_string(folder.join("language").join(name));
    let sentences = sentences(&read("flores_firefox.jsonl")?)?;
    let short: Vec<(String, String)> =
        read("short_messages.tsv")?.lines().filter_map(|line| line.split_once('\t')).map(owned).collect();
    Ok(Material {
        mixed: read("mixed.jsonl")?.lines().map(marked).collect::<Result<_, _>>()?,
        composed: composed(&sentences),
        monolingual: monolingual(&sentences),
        chatty: chatty(&short),
        short,
        pieces: pieces(&sentences),
    })
}

fn owned((first, second): (&str, &str)) -> (String, String) {
    (first.to_owned(), second.to_owned())
}

fn marked(line: &str) -> Result<Marked, Box<dyn Error>> {
    let row: Value = serde_json::from_str(line)?;
    let text = row["text"].as_str().ok_or("no text")?.to_owned();
    let byte = |points: &Value| {
        let at = points.as_u64().unwrap_or_default() as usize;
        text.char_indices().nth(at).map_or(text.len(), |(byte, _)| byte)
    };
    let spans: Vec<(usize, usize, String)> = row["spans"]
        .as_array()
        .ok_or("no spans")?
        .iter()
        .map(|span| {
            (byte(&span["start"]), byte(&span["end"]), span["lang"].as_str().unwrap_or_default().to_owned())
        })
        .collect();
    let separator = match spans.as_slice() {
        [first, second, ..] if text[first.1..second.0].contains('\n') => "\n",
        _ => " ",
    };
    Ok(Marked { text, spans, separator })
}

/// Per sentence, its six translations in the order of `LANGUAGES`.
fn sentences(lines: &str) -> Result<Vec<Vec<String>>, Box<dyn Error>> {
    let mut sentences = Vec::new();
    for line in lines.lines() {
        let row: Value = serde_json::from_str(line)?;
        sentences.push(
            LANGUAGES
                .iter()
                .map(|tag| row[*tag].as_str().unwrap_or_default().trim().replace('\n', " "))
                .collect(),
        );
    }
    Ok(sentences)
}

/// Two neighbouring sentences in two languages.
fn composed(sentences: &[Vec<String>]) -> Vec<Marked> {
    let mut composed = Vec::new();
    for (number, pair) in sentences.windows(2).enumerate() {
        let (a, b) = (number % 6, (number / 6 + number % 6 + 1) % 6);
        let separator = [" ", "\n"][number / 3 % 2];
        if a == b {
            continue;
        }
        let (first, second) = (&pair[0][a], &pair[1][b]);
        let start = first.len() + separator.len();
        composed.push(Marked {
            text: format!("{first}{separator}{second}"),
            spans: vec![
                (0, first.len(), LANGUAGES[a].to_owned()),
                (start, start + second.len(), LANGUAGES[b].to_owned()),
            ],
            separator,
        });
    }
    composed
}

/// Messages of four sentences in one language, in two paragraphs.
fn monolingual(sentences: &[Vec<String>]) -> Vec<(String, String)> {
    let messages = sentences.chunks_exact(4);
    messages
        .flat_map(|four| {
            LANGUAGES.iter().enumerate().map(|(at, tag)| {
                let text = format!("{} {}\n\n{}\n{}", four[0][at], four[1][at], four[2][at], four[3][at]);
                ((*tag).to_owned(), text)
            })
        })
        .collect()
}

/// One to eight words from the middle of a sentence.
fn pieces(sentences: &[Vec<String>]) -> Vec<(usize, String, String)> {
    let mut pieces = Vec::new();
    for (number, sentence) in sentences.iter().enumerate() {
        for (at, tag) in LANGUAGES.iter().enumerate() {
            let words: Vec<&str> = sentence[at].split_whitespace().collect();
            for count in [1, 2, 4, 8] {
                let first = (number * 7 + at) % words.len();
                if let Some(piece) = words.get(first..first + count) {
                    pieces.push((count, (*tag).to_owned(), piece.join(" ")));
                }
            }
        }
    }
    pieces
}

/// Messages of three short ones in one language, on one line or on three.
fn chatty(short: &[(String, String)]) -> Vec<(String, String)> {
    let neighbours =
        short.windows(3).enumerate().filter(|(_, three)| three.iter().all(|(tag, _)| *tag == three[0].0));
    neighbours
        .map(|(number, three)| {
            let separator = [". ", "\n", "\n\n"][number % 3];
            let texts: Vec<&str> = three.iter().map(|(_, text)| text.trim_end_matches(['.', '!'])).collect();
            (three[0].0.clone(), texts.join(separator))
        })
        .collect()
}
