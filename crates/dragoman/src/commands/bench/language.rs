//! `dragoman bench language`: how fast models translate here, and what they take.

use super::{identification, words};
use crate::{
    say::{self, Failure},
    settings::ModelsPlace,
};
use clap::Args;
use kernel::LanguageTag;
use language::translation::{Direction, Engines, Priority, Request, Translator as _};
use serde::Serialize;
use std::{process::ExitCode, time::Duration, time::Instant as Stopwatch};

/// Measure how fast the models that are here translate, on one core, and what memory each takes.
///
/// Sentences of the help desk, made up, are translated one after the other as if somebody looked at them. English ones are given to
/// models that read English; others get what those made of them.
#[derive(Args)]
pub struct Language {
    /// How many sentences each model gets.
    #[arg(long, default_value_t = 300)]
    sentences: usize,
    /// Measure instead how fast the language of a mail is told.
    #[arg(long, conflicts_with = "sentences")]
    identification: bool,
    /// Measure instead how fast a client's memory of 100,000 sentences and its 50,000 terms are looked through.
    #[arg(long, conflicts_with_all = ["sentences", "identification"])]
    words: bool,
    #[command(flatten)]
    place: ModelsPlace,
    /// Print the figures as JSON.
    #[arg(long)]
    json: bool,
}

/// What was measured of one model.
#[derive(Serialize)]
struct Figures {
    pair: String,
    words_per_second: f64,
    words_per_core_second: f64,
    sentence_p50_ms: f64,
    sentence_p95_ms: f64,
    first_sentence_ms: f64,
    memory_mib: f64,
}

impl Language {
    /// Runs the command.
    pub async fn run(&self) -> Result<ExitCode, Failure> {
        if self.identification {
            return identification::run(self.json);
        }
        if self.words {
            return words::run(self.json).await;
        }
        let engines = Engines::none();
        self.place.models().refresh(&engines);
        let english: LanguageTag = "en".parse().map_err(kernel::Fault::new)?;
        let mut directions = engines.directions();
        directions.sort_by_key(|direction| direction.from != english);
        let mut measured = Vec::new();
        for direction in directions {
            let sentences = self.sentences_in(&engines, &english, &direction).await?;
            measured.push(measure(&engines, &direction, sentences).await?);
        }
        if self.json {
            say::json(&measured)?;
        } else if measured.is_empty() {
            say::line("There are no models here. `dragoman models add` and `fetch` bring them.");
        }
        for figures in measured.iter().filter(|_| !self.json) {
            say::line(format!(
                "{}: {:.0} words a second ({:.0} a second of one core), a sentence {:.0} ms (95 of 100 within {:.0}), the first {:.0}; {:.0} MiB",
                figures.pair,
                figures.words_per_second,
                figures.words_per_core_second,
                figures.sentence_p50_ms,
                figures.sentence_p95_ms,
                figures.first_sentence_ms,
                figures.memory_mib
            ));
        }
        Ok(ExitCode::SUCCESS)
    }

    async fn sentences_in(
        &self,
        engines: &Engines,
        english: &LanguageTag,
        direction: &Direction,
    ) -> Result<Vec<String>, Failure> {
        let made: Vec<String> = (0..self.sentences.max(1)).map(sentence).collect();
        if direction.from == *english {
            return Ok(made);
        }
        let request = request(made.join("\n"), english, &direction.from);
        let said = engines.translate(request).await.map_err(|error| error.refused())?;
        Ok(said.text.lines().map(str::to_owned).collect())
    }
}

fn request(text: String, from: &LanguageTag, to: &LanguageTag) -> Request {
    Request::new(text, from.clone(), to.clone()).within(Priority::Looking, Duration::from_secs(600))
}

async fn measure(
    engines: &Engines,
    direction: &Direction,
    sentences: Vec<String>,
) -> Result<Figures, Failure> {
    let before = resident_mib();
    let mut took = Vec::new();
    let mut core_before = 0.0;
    let words: usize = sentences.iter().skip(1).map(|sentence| sentence.split_whitespace().count()).sum();
    for sentence in sentences {
        let begun = Stopwatch::now();
        let request = request(sentence, &direction.from, &direction.to);
        engines.translate(request).await.map_err(|error| error.refused())?;
        if took.is_empty() {
            core_before = core_seconds();
        }
        took.push(begun.elapsed().as_secs_f64());
    }
    let core = core_seconds() - core_before;
    let first = took.remove(0);
    let whole: f64 = took.iter().sum();
    took.sort_by(f64::total_cmp);
    let at = |share: f64| took.get((took.len() as f64 * share) as usize).copied().unwrap_or(first) * 1000.0;
    Ok(Figures {
        pair: format!("{}-{}", direction.from, direction.to),
        words_per_second: words as f64 / whole.max(1e-9),
        words_per_core_second: words as f64 / core.max(0.01),
        sentence_p50_ms: at(0.5),
        sentence_p95_ms: at(0.95),
        first_sentence_ms: first * 1000.0,
        memory_mib: resident_mib() - before,
    })
}

/// The processor time that the process has used, to a hundredth of a second: others may use the machine too.
pub(super) fn core_seconds() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let after_name = stat.rsplit(')').next().unwrap_or_default();
    after_name.split_whitespace().skip(11).take(2).filter_map(|ticks| ticks.parse::<f64>().ok()).sum::<f64>()
        / 100.0
}

/// What the process holds in memory, pages of files included.
pub(super) fn resident_mib() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kib = line.and_then(|line| line.split_whitespace().next()).and_then(|kib| kib.parse::<f64>().ok());
    kib.unwrap_or_default() / 1024.0
}

/// A sentence as they are written to help desks, each number another one.
fn sentence(number: usize) -> String {
    const THINGS: [&str; 7] =
        ["printer", "coffee machine", "scooter", "invoice", "password", "battery", "delivery"];
    const TROUBLES: [&str; 6] = [
        "stopped working last night and shows the message E-42",
        "has not arrived, although the order #1050 was paid two weeks ago",
        "makes a strange noise when I turn it on in the morning",
        "can't be opened any more since the last update",
        "was replaced in March, but the new one has the same fault",
        "is not the one that I saw on your page",
    ];
    const ASKS: [&str; 5] = [
        "please tell me what I should do next",
        "can somebody call me back today",
        "I would like to have my money back",
        "how long will it take to repair it",
        "please write to anna@example.com",
    ];
    let (thing, trouble) = (THINGS[number % 7], TROUBLES[number % 6]);
    format!("Hello, the {thing} {trouble}, {}.", ASKS[number % 5])
}
