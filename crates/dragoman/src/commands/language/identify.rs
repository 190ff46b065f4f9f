//! `dragoman language identify`: which language a text is in, and each of its parts.

use crate::say::{self, Failure};
use clap::Args;
use language::{Identifier, Prior};
use serde::Serialize;
use std::{
    io::Read as _,
    path::{Path, PathBuf},
    process::ExitCode,
};

/// Say which language a text is in, and each of its parts.
#[derive(Args)]
pub struct Identify {
    /// The text as a file in UTF-8, or - for standard input.
    #[arg(default_value = "-")]
    file: PathBuf,
    /// Print everything as JSON.
    #[arg(long)]
    json: bool,
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
        let text = text(&self.file)?;
        let found = found(&Identifier::default(), &text);
        if self.json {
            say::json(&found)?;
            return Ok(ExitCode::SUCCESS);
        }
        say::line(format!("{} ({:.0} %)", found.language, found.confidence * 100.0));
        for part in &found.segments {
            let words: String = text.chars().skip(part.start).take((part.end - part.start).min(60)).collect();
            say::line(format!(
                "  {:4} {:3.0} %  {}",
                part.language,
                part.confidence * 100.0,
                words.replace('\n', " ")
            ));
        }
        Ok(ExitCode::SUCCESS)
    }
}

fn found(identifier: &Identifier, text: &str) -> Found {
    let (whole, spans) = identifier.identify(text, &Prior::none());
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

fn text(file: &Path) -> Result<String, Failure> {
    let read = if file.as_os_str() == "-" {
        let mut bytes = Vec::new();
        std::io::stdin().read_to_end(&mut bytes).map(|_| bytes)
    } else {
        std::fs::read(file)
    };
    let bytes = read.map_err(|error| {
        Failure::new(format!("{} can't be read: {error}", file.display()), "Check the path.")
    })?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}
