//! `dragoman language identify`: which language a text is in, and each of its parts.

mod batch;

use crate::{
    commands::given,
    say::{self, Failure},
    settings::Tongues,
};
use clap::Args;
use kernel::LanguageTag;
use language::{Identifier, Prior};
use serde::Serialize;
use std::{path::PathBuf, process::ExitCode};

/// Say which language a text is in, and each of its parts.
///
/// Names, addresses, numbers, code, quotations and signatures don't count. Words that don't tell one language are `und`: nothing is
/// guessed. Nothing is stored and no installation is needed.
#[derive(Args)]
pub struct Identify {
    /// The text as a file in UTF-8, or - for standard input. With --batch a file of JSON lines.
    #[arg(default_value = "-")]
    file: PathBuf,
    /// Print everything as JSON.
    #[arg(long)]
    json: bool,
    /// Read many texts, a JSON object with `id` and `text` in each line, and print a line of JSON for each.
    #[arg(long)]
    batch: bool,
    #[command(flatten)]
    tongues: Tongues,
    /// What is expected, as the desk expects a customer's earlier languages: de, or de,en. It decides what the words don't.
    #[arg(long, value_name = "TAGS", value_delimiter = ',')]
    prior: Vec<LanguageTag>,
}

/// What was found. Places count Unicode code points.
#[derive(Serialize)]
struct Found {
    language: String,
    confidence: f64,
    segments: Vec<Segment>,
}

#[derive(Serialize)]
struct Segment {
    start: usize,
    end: usize,
    language: String,
    confidence: f64,
}

impl Identify {
    /// Runs the command.
    pub fn run(self) -> Result<ExitCode, Failure> {
        let (identifier, prior) = (self.tongues.identifier()?, self.expected());
        if self.batch {
            let answer = |text: &str| found(&identifier, text, &prior);
            let ended = batch::run(given::open(&self.file)?, answer);
            return ended.map_err(|error| given::unreadable(&self.file, &error));
        }
        let text = given::text(&self.file)?;
        let found = found(&identifier, &text, &prior);
        if self.json {
            say::json(&found)?;
        } else {
            tell(&found, &text);
        }
        Ok(ExitCode::SUCCESS)
    }

    fn expected(&self) -> Prior {
        self.prior.iter().fold(Prior::none(), |prior, tag| prior.with(tag.clone(), 1.0))
    }
}

fn tell(found: &Found, text: &str) {
    say::line(format!("{} ({:.0} %)", found.language, found.confidence * 100.0));
    for part in &found.segments {
        let words: String = text.chars().skip(part.start).take((part.end - part.start).min(60)).collect();
        let (language, sure) = (&part.language, part.confidence * 100.0);
        say::line(format!("  {language:4} {sure:3.0} %  {}", words.replace('\n', " ")));
    }
}

fn found(identifier: &Identifier, text: &str, prior: &Prior) -> Found {
    let (whole, spans) = identifier.identify(text, prior);
    let mut counted = (0, 0);
    let mut point = |byte: usize| {
        counted = (byte, counted.1 + text.get(counted.0..byte).map_or(0, |piece| piece.chars().count()));
        counted.1
    };
    let segment = |span: &language::Span| Segment {
        start: point(span.start),
        end: point(span.end),
        language: span.language.to_string(),
        confidence: span.confidence,
    };
    Found {
        language: whole.language.to_string(),
        confidence: whole.confidence,
        segments: spans.iter().map(segment).collect(),
    }
}
