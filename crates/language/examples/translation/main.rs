//! Measures what the course around an engine (cuts, masks, checks) costs in quality, and how often each attempt is needed.
//!
//! `cargo run --release -p language --example translation` reads the English sentences of the folder named by `DRAGOMAN_TEST_DATA`, says
//! them in Portuguese by the bare engine and by the course, and both back in English by the bare engine. BLEU (Papineni et al. 2002,
//! four orders, no smoothing, on words and punctuation) compares what came back with what was sent.
//!
//! With `DRAGOMAN_TEST_PAIRS`, a file of lines with an English text, a tab and its Portuguese reference, it compares both ways with the
//! references instead; so do other tools with what `DRAGOMAN_SAID` names: a file into which both are written, with a tab between.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a measurement that ends with what is wrong")]

use kernel::LanguageTag;
use language::translation::{
    Direction, Engine as _, Engines, How, Models, Priority, Quarters, Request, Translator as _, Turn,
};
use std::{
    collections::HashMap,
    path::PathBuf,
    time::{Duration, Instant},
};

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let (sentences, references) = pairs().unwrap_or_else(|| (sentences(), Vec::new()));
    let folder = std::env::var_os("DRAGOMAN_TEST_MODELS")
        .map_or_else(|| PathBuf::from("target/models-for-tests"), PathBuf::from);
    let models = Models::at(folder);
    let (en, pt): (LanguageTag, LanguageTag) = ("en".parse().unwrap(), "pt".parse().unwrap());
    let there = models.bare(&Direction { from: en.clone(), to: pt.clone() }).unwrap();
    let back = models.bare(&Direction { from: pt.clone(), to: en.clone() }).unwrap();
    let engines = Engines::none();
    models.refresh(&engines);

    let bare = say(&there, &sentences).await;
    let mut course = Vec::new();
    let mut attempts: HashMap<String, usize> = HashMap::new();
    for sentence in &sentences {
        let request = Request::new(sentence.clone(), en.clone(), pt.clone())
            .within(Priority::Whenever, Duration::from_secs(60));
        let translation = engines.translate(request).await.unwrap();
        for segment in &translation.segments {
            let kept = segment.how == How::Kept;
            let attempt =
                if kept { "kept".to_owned() } else { format!("confidence {:.1}", segment.confidence) };
            *attempts.entry(attempt).or_default() += 1;
            if std::env::var_os("SHOW").is_some() && segment.confidence < 0.6 {
                println!("{}\n  {}", &sentence[segment.source.clone()], segment.text(&translation));
            }
        }
        course.push(translation.text);
    }
    let same = bare.iter().zip(&course).filter(|(bare, course)| bare == course).count();
    println!("{} sentences, {same} the same by both ways; segments: {attempts:?}", sentences.len());
    if let Some(file) = std::env::var_os("DRAGOMAN_SAID") {
        let rows = bare.iter().zip(&course).map(|(bare, course)| format!("{bare}\t{course}\n"));
        std::fs::write(file, rows.collect::<String>()).unwrap();
    }
    if !references.is_empty() {
        println!("BLEU against the references, bare engine: {:.2}", bleu(&bare, &references));
        println!("BLEU against the references, with the course: {:.2}", bleu(&course, &references));
        return;
    }
    let (bare_back, course_back) = (say(&back, &bare).await, say(&back, &course).await);
    println!("BLEU there and back, bare engine: {:.2}", bleu(&bare_back, &sentences));
    println!("BLEU there and back, with the course on the way there: {:.2}", bleu(&course_back, &sentences));
}

fn pairs() -> Option<(Vec<String>, Vec<String>)> {
    let rows = std::fs::read_to_string(std::env::var_os("DRAGOMAN_TEST_PAIRS")?).unwrap();
    let pair = |row: &str| {
        let (english, reference) = row.split_once('\t').unwrap();
        (english.to_owned(), reference.to_owned())
    };
    Some(rows.lines().map(pair).unzip())
}

fn sentences() -> Vec<String> {
    let folder =
        std::env::var_os("DRAGOMAN_TEST_DATA").map_or_else(|| PathBuf::from("../shared/data"), PathBuf::from);
    let rows = std::fs::read_to_string(folder.join("language/flores_firefox.jsonl")).unwrap();
    let sentence = |row: &str| {
        let row: serde_json::Value = serde_json::from_str(row).unwrap();
        row["en"].as_str().unwrap().to_owned()
    };
    rows.lines().map(sentence).collect()
}

async fn say(engine: &Quarters, sentences: &[String]) -> Vec<String> {
    let turn = Turn { priority: Priority::Whenever, until: Instant::now() + Duration::from_secs(3600) };
    engine.say(sentences.to_vec(), turn).await.unwrap()
}

/// From 0 to 100.
fn bleu(said: &[String], expected: &[String]) -> f64 {
    let (mut found, mut all, mut lengths) = ([0usize; 4], [0usize; 4], [0usize; 2]);
    for (said, expected) in said.iter().zip(expected) {
        let (said, expected) = (words(said), words(expected));
        lengths[0] += said.len();
        lengths[1] += expected.len();
        for order in 1..=4 {
            let mut left: HashMap<&[String], usize> = HashMap::new();
            expected.windows(order).for_each(|gram| *left.entry(gram).or_default() += 1);
            for gram in said.windows(order) {
                all[order - 1] += 1;
                if let Some(count) = left.get_mut(gram).filter(|count| **count > 0) {
                    *count -= 1;
                    found[order - 1] += 1;
                }
            }
        }
    }
    let precision: f64 =
        (0..4).map(|order| (found[order] as f64 / all[order] as f64).ln()).sum::<f64>() / 4.0;
    let brevity = (1.0 - lengths[1] as f64 / lengths[0] as f64).min(0.0);
    (precision + brevity).exp() * 100.0
}

/// Words and marks of punctuation, each by itself.
fn words(text: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut is_open = false;
    for c in text.chars() {
        if c.is_alphanumeric() && is_open {
            words.last_mut().unwrap().push(c);
        } else if !c.is_whitespace() {
            words.push(c.to_string());
        }
        is_open = c.is_alphanumeric();
    }
    words
}
