//! `dragoman language corrections`: the messages whose language a person corrected, to measure identification by them.

use crate::{
    say::{self, Failure},
    settings::Place,
};
use cases::corrections::Example;
use clap::Args;
use desk::correcting;
use serde::Serialize;
use std::process::ExitCode;

/// List the messages whose language somebody corrected.
///
/// With --json each is a line that `dragoman language identify --batch` reads. They hold customers' words: keep them where those may be.
#[derive(Args)]
pub struct Corrections {
    #[command(flatten)]
    place: Place,
    /// Print a line of JSON for each.
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct Line<'a> {
    id: String,
    text: &'a str,
    said: &'a str,
    corrected: &'a str,
    at: String,
}

impl Corrections {
    /// Runs the command.
    pub async fn run(self) -> Result<ExitCode, Failure> {
        let (store, _, _) = self.place.open_current().await?;
        let examples = correcting::examples(&store).await?;
        if !self.json {
            say::line(format!("{} messages were in another language than the machine said.", examples.len()));
        }
        for example in &examples {
            say::line(if self.json { json(example) } else { words(example) });
        }
        Ok(ExitCode::SUCCESS)
    }
}

fn json(example: &Example) -> String {
    let told = &example.correction;
    let line = Line {
        id: told.message.to_string(),
        text: &example.text,
        said: told.said.as_str(),
        corrected: told.corrected.as_str(),
        at: told.at.to_string(),
    };
    serde_json::to_string(&line).unwrap_or_default()
}

fn words(example: &Example) -> String {
    let told = &example.correction;
    let begins: String =
        example.text.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(60).collect();
    format!("  {:4} not {:4} {begins}", told.corrected.as_str(), told.said.as_str())
}
