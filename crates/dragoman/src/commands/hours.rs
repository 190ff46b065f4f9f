//! `dragoman hours`: what calendars count, tried from the command line.

use crate::say::Failure;
use clap::{Args, Subcommand};
use coverage::{Calendar, Written};
use jiff::Timestamp;
use kernel::{Instant, Refused};
use serde::{Deserialize, Serialize};
use std::{
    io::{BufRead, Write},
    path::PathBuf,
    process::ExitCode,
    time::Duration,
};

/// Try what calendars count.
#[derive(Subcommand)]
pub enum Hours {
    Due(Due),
}

impl Hours {
    /// Runs the command.
    pub fn run(self) -> Result<ExitCode, Failure> {
        match self {
            Self::Due(due) => due.run(),
        }
    }
}

/// Say when a time of service has passed, or how much of it lies between two instants.
///
/// Reads a JSON object in each line: a `calendar` with `start` and `minutes` or `seconds`, or with `between`: two instants. Prints a line
/// for each, `{"due": …}` or `{"seconds": …}`, or `{"error": …}` for one that can't be answered; then it ends with 1.
#[derive(Args)]
pub struct Due {
    /// The lines as a file in UTF-8, or - for standard input.
    #[arg(default_value = "-")]
    file: PathBuf,
    /// Lines of JSON are all that there is; the switch is taken for the sake of likeness.
    #[arg(long)]
    json: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Question {
    calendar: Written,
    start: Option<Timestamp>,
    minutes: Option<u64>,
    seconds: Option<u64>,
    between: Option<[Timestamp; 2]>,
    /// Whatever name the asker gives it; it comes back with the answer.
    id: Option<serde_json::Value>,
}

#[derive(Default, Serialize)]
struct Answer {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<serde_json::Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    due: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    seconds: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<String>,
}

impl Due {
    fn run(self) -> Result<ExitCode, Failure> {
        let input: Box<dyn BufRead> = if self.file.as_os_str() == "-" {
            Box::new(std::io::stdin().lock())
        } else {
            let file = std::fs::File::open(&self.file).map_err(|error| {
                Failure::new(
                    format!("{} can't be read: {error}", self.file.display()),
                    "Name a file that is there.",
                )
            })?;
            Box::new(std::io::BufReader::new(file))
        };
        let mut code = ExitCode::SUCCESS;
        let mut out = std::io::stdout().lock();
        for (number, line) in (1..).zip(input.split(b'\n')) {
            let line = line?;
            if line.trim_ascii().is_empty() {
                continue;
            }
            let answer = answer(&line).unwrap_or_else(|error| {
                code = ExitCode::FAILURE;
                Answer { error: Some(format!("Line {number}: {error}")), ..Answer::default() }
            });
            serde_json::to_writer(&mut out, &answer).map_err(std::io::Error::from)?;
            writeln!(out)?;
        }
        Ok(code)
    }
}

fn answer(line: &[u8]) -> Result<Answer, String> {
    let asked: Question = serde_json::from_slice(line).map_err(|error| error.to_string())?;
    let calendar =
        Calendar::try_from(&asked.calendar).map_err(|refusal| Refused::from(refusal).to_string())?;
    let seconds = asked.seconds.or(asked.minutes.map(|minutes| minutes.saturating_mul(60)));
    let answered = Answer { id: asked.id, ..Answer::default() };
    match (asked.start, seconds, asked.between) {
        (Some(start), Some(seconds), None) => {
            let due = calendar.due(start.into(), Duration::from_secs(seconds));
            let due = due.map_err(|refusal| Refused::from(refusal).to_string())?;
            Ok(Answer { due: Some(due.to_string()), ..answered })
        }
        (None, None, Some([from, until])) if from <= until => {
            let (from, until): (Instant, Instant) = (from.into(), until.into());
            Ok(Answer { seconds: Some(calendar.between(from, until).as_secs()), ..answered })
        }
        (None, None, Some(_)) => Err("the second instant of `between` is before the first".to_owned()),
        _ => Err("name `start` and `minutes` or `seconds`, or `between` with two instants".to_owned()),
    }
}
