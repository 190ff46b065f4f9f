//! The course of a translation with engines that answer, fail, lose and hang as they are told.
//!
//! Not a rule: engines are waited for.

mod real;
mod recorded;

use super::*;
use kernel::LanguageTag;
use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

pub(in crate::translation) fn tag(text: &str) -> LanguageTag {
    text.parse().unwrap()
}

pub(in crate::translation) fn direction(from: &str, to: &str) -> Direction {
    Direction { from: tag(from), to: tag(to) }
}

/// Answers by a function, and remembers what it was asked.
struct Scripted {
    answer: fn(&str) -> String,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Engine for Scripted {
    fn name(&self) -> Arc<str> {
        "scripted".into()
    }

    fn say(&self, sentences: Vec<String>, _turn: Turn) -> Spoken {
        let answers = sentences.iter().map(|sentence| (self.answer)(sentence)).collect();
        self.asked.lock().unwrap().extend(sentences);
        Box::pin(std::future::ready(Ok(answers)))
    }
}

/// An engine that never answers.
struct Stuck;

impl Engine for Stuck {
    fn name(&self) -> Arc<str> {
        "stuck".into()
    }

    fn say(&self, _sentences: Vec<String>, _turn: Turn) -> Spoken {
        Box::pin(std::future::pending())
    }
}

fn scripted(answer: fn(&str) -> String) -> (Engines, Arc<Mutex<Vec<String>>>) {
    let asked = Arc::new(Mutex::new(Vec::new()));
    let engine = Scripted { answer, asked: asked.clone() };
    (Engines::none().with(direction("en", "pt"), engine), asked)
}

/// Says every word backwards in capitals would be: leaves masks and marks alone and doubles each vowel.
fn vowels(sentence: &str) -> String {
    let word = |word: &str| {
        if word.contains("XQ") {
            return word.to_owned();
        }
        word.chars().flat_map(|c| std::iter::repeat_n(c, if "aeiou".contains(c) { 2 } else { 1 })).collect()
    };
    sentence.split(' ').map(word).collect::<Vec<String>>().join(" ")
}

/// Forgets every mask.
fn forgets(sentence: &str) -> String {
    let words = sentence.split(' ').filter(|word| !word.contains("XQ"));
    vowels(&words.collect::<Vec<_>>().join(" "))
}

async fn check(answer: fn(&str) -> String, text: &str, expected: &str) {
    let (engines, _) = scripted(answer);
    let translation = engines.translate(Request::new(text, tag("en"), tag("pt"))).await.unwrap();
    assert_eq!(translation.text, expected);
    let mut ends = (0, 0);
    for segment in &translation.segments {
        assert!(segment.source.start >= ends.0 && segment.target.start >= ends.1, "segments are in order");
        assert!(text.get(segment.source.clone()).is_some() && expected.get(segment.target.clone()).is_some());
        ends = (segment.source.end, segment.target.end);
    }
}

#[tokio::test]
async fn structure_stays() {
    let text = "Dear Ana,\r\n\r\n1. open the lid\n2. see [the guide](https://a.example)\n\n> old words\n\n```\nnot this\n```\n-- \nAnna\n";
    let said = "Deeaar Anaa,\r\n\r\n1. oopeen thee liid\n2. seeee [thee guuiidee](https://a.example)\n\n> oold woords\n\n```\nnot this\n```\n-- \nAnna\n";
    check(vowels, text, said).await;
    check(vowels, "", "").await;
    check(vowels, "123 😀 #4\n\n", "123 😀 #4\n\n").await;
}

#[tokio::test]
async fn what_an_engine_loses_is_put_where_it_was() {
    check(
        forgets,
        "write to a@b.example and wait 24 hours now",
        "wriitee too a@b.example aand waaiit 24 hoouurs noow",
    )
    .await;
    check(forgets, "see **this**, {{name}}!", "seeee **thiis**, {{name}}!").await;
    check(|_| "XNUMX".into(), "wait 24 hours", "wait 24 hours").await;
    check(|_| String::new(), "wait now", "wait now").await;
}

#[tokio::test]
async fn terms_and_known_sentences_are_taken_over() {
    let (engines, asked) = scripted(vowels);
    let text = "open the Toner Box now. It is known.\nBye";
    let protected = Protected::everywhere(text, "Toner Box", &Say::This("Caixa".into()));
    let known = Known {
        source: "It is  known.".into(),
        target: "Sabe-se.".into(),
        confidence: 0.95,
        because: "Ana.".into(),
    };
    let request = Request::new(text, tag("en"), tag("pt")).protecting(protected).knowing(vec![known]);
    let translation = engines.translate(request).await.unwrap();
    assert_eq!(translation.text, "oopeen thee Caixa noow. Sabe-se.\nByee");
    let hows: Vec<&How> = translation.segments.iter().map(|segment| &segment.how).collect();
    assert_eq!(
        hows,
        [&How::Engine("scripted".into()), &How::Memory("Ana.".into()), &How::Engine("scripted".into())]
    );
    assert_eq!(translation.segments[1].text(&translation), "Sabe-se.");
    assert_eq!(*asked.lock().unwrap(), ["open the XQ1X now.", "Bye"]);
}

#[tokio::test]
async fn without_a_direct_way_english_stands_between() {
    let engine = |answer| Scripted { answer, asked: Arc::default() };
    let engines = Engines::none()
        .with(direction("de", "en"), engine(|words| format!("{words} en")))
        .with(direction("en", "pl"), engine(|words| format!("{words} pl")));
    let translation = engines.translate(Request::new("Hallo #5", tag("de"), tag("pl"))).await.unwrap();
    assert_eq!(translation.text, "Hallo #5 en pl");
    let Way::Through { between, .. } = &translation.way else { panic!("{:?}", translation.way) };
    assert_eq!(between.as_str(), "en");
    assert!(translation.confidence() < 0.8);
    assert!(engines.way(&tag("de"), &tag("en-gb")).is_some(), "a language of one country is that language");
    let missing = engines.translate(Request::new("Hallo", tag("de"), tag("lt"))).await.unwrap_err();
    assert_eq!(missing, Untranslated::NoWay(direction("de", "lt")));
    assert!(missing.to_string().contains("dragoman models fetch de-lt"));
}

#[tokio::test]
async fn an_engine_that_hangs_costs_the_budget_and_no_more() {
    let engines = Engines::none().with(direction("en", "pt"), Stuck);
    let request = Request::new("One. Two.", tag("en"), tag("pt")).within(Priority::Soon, Duration::ZERO);
    assert_eq!(engines.translate(request).await, Err(Untranslated::TimedOut { ready: 0, of: 2 }));
}

#[tokio::test]
async fn hostile_texts_end() {
    let (engines, asked) = scripted(vowels);
    let long = "word ".repeat(200_000);
    let emoji = "😀 ".repeat(10_000);
    let opens = "[`{{<(**".repeat(40_000);
    let mixed = "привет hello 你好 \0 ".repeat(5_000);
    for text in [long.as_str(), &emoji, &opens, &mixed, "\0\0\0", "XQ1X XQ2X and XQ", "a\u{0301}\u{fe0f}"] {
        let translation = engines.translate(Request::new(text, tag("en"), tag("pt"))).await.unwrap();
        assert!(translation.text.len() >= text.trim().len(), "nothing is lost");
    }
    assert!(asked.lock().unwrap().iter().all(|sentence| sentence.len() < 4_000));
    let too_long = engines.translate(Request::new("a".repeat(MOST_BYTES + 1), tag("en"), tag("pt"))).await;
    assert!(matches!(too_long, Err(Untranslated::TooLong { .. })));
}
