//! `dragoman language signals`: where in a thread somebody wasn't understood.

use crate::{
    commands::given,
    say::{self, Failure},
};
use clap::Args;
use jiff::{Timestamp, civil::DateTime, tz::TimeZone};
use kernel::{Instant, LanguageTag};
use language::understanding::{self, From, Instruction, Thread, Turn};
use language::{Identifier, Prior};
use serde::{Deserialize, Serialize};
use std::{path::PathBuf, process::ExitCode};

/// Say where in a thread somebody wasn't understood.
///
/// A thread has a JSON object in each line: `from` (customer or representative), `text`, and perhaps `at`, `language`,
/// `instruction`, `case`, `translated_again`. Anything else is taken for one message of a customer.
#[derive(Args)]
pub struct Signals {
    /// The thread or the text as a file in UTF-8, or - for standard input.
    #[arg(default_value = "-")]
    file: PathBuf,
    /// Print everything as JSON.
    #[arg(long)]
    json: bool,
    /// Until when nothing more was written, as 2026-05-01T12:00:00Z; now, unless named.
    #[arg(long, value_name = "INSTANT")]
    as_of: Option<String>,
}

/// One message as it is read.
#[derive(Deserialize)]
struct Line {
    from: Writer,
    text: String,
    at: Option<String>,
    language: Option<LanguageTag>,
    instruction: Option<bool>,
    case: Option<String>,
    #[serde(default)]
    translated_again: u32,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Writer {
    Customer,
    Representative,
}

/// What was found. Places count Unicode code points.
#[derive(Serialize)]
struct Found {
    signals: Vec<Signal>,
}

#[derive(Serialize)]
struct Signal {
    kind: &'static str,
    /// The place of the message in the thread, from 0.
    message: usize,
    start: usize,
    end: usize,
    why: String,
    confidence: f64,
}

impl Signals {
    /// Runs the command.
    pub fn run(self) -> Result<ExitCode, Failure> {
        let as_of = match &self.as_of {
            Some(written) => {
                instant(written).map_err(|sentence| Failure::new(sentence, HOW_INSTANTS_LOOK))?
            }
            None => Timestamp::now().into(),
        };
        let thread = Thread { turns: turns(&given::text(&self.file)?)?, as_of: Some(as_of) };
        let found = found(&thread);
        if self.json {
            say::json(&found)?;
            return Ok(ExitCode::SUCCESS);
        }
        if found.signals.is_empty() {
            say::line("No signal that somebody was not understood.");
        }
        for (signal, shown) in understanding::signals(&thread, &[]).iter().zip(&found.signals) {
            let text = &thread.turns[signal.message].text[signal.start..signal.end];
            let words: String = text.chars().take(60).collect();
            say::line(format!("message {}  {}: {}", shown.message + 1, shown.kind, words.replace('\n', " ")));
            say::line(format!("  {}", shown.why));
        }
        Ok(ExitCode::SUCCESS)
    }
}

const HOW_INSTANTS_LOOK: &str = "Write an instant as 2026-05-01T12:00:00Z.";

/// The messages of a thread in JSON lines; one message when the text isn't that.
fn turns(text: &str) -> Result<Vec<Turn>, Failure> {
    let identifier = Identifier::default();
    let identified = |mut turn: Turn| {
        if !turn.language.is_known() {
            turn.language = identifier.identify(&turn.text, &Prior::none()).0.language;
        }
        turn
    };
    if !text.trim_start().starts_with('{') || text.trim_start().starts_with("{{") {
        return Ok(vec![identified(Turn::new(From::Customer, text))]);
    }
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    lines
        .map(|(at, line)| {
            turn(line).map(identified).map_err(|sentence| {
                Failure::new(
                    format!("Line {} is no message: {sentence}", at + 1),
                    "Each line is a JSON object as {\"from\":\"customer\",\"text\":\"…\"}; nothing was looked at.",
                )
            })
        })
        .collect()
}

fn turn(line: &str) -> Result<Turn, String> {
    let line: Line = serde_json::from_str(line).map_err(|error| error.to_string())?;
    let from = match line.from {
        Writer::Customer => From::Customer,
        Writer::Representative => From::Representative,
    };
    Ok(Turn {
        at: line.at.as_deref().map(instant).transpose()?,
        language: line.language.unwrap_or_else(LanguageTag::unknown),
        instruction: match line.instruction {
            Some(true) => Instruction::Given,
            Some(false) => Instruction::None,
            None => Instruction::Unknown,
        },
        case: line.case,
        translated_again: line.translated_again,
        ..Turn::new(from, line.text)
    })
}

/// An instant with its offset; without one it is in UTC.
fn instant(written: &str) -> Result<Instant, String> {
    let plain =
        || written.parse::<DateTime>().and_then(|at| at.to_zoned(TimeZone::UTC)).map(|at| at.timestamp());
    let parsed = written.parse::<Timestamp>().or_else(|_| plain());
    parsed.map(Instant::from).map_err(|_| format!("“{written}” is no instant."))
}

fn found(thread: &Thread) -> Found {
    let signals = understanding::signals(thread, &[]).into_iter().map(|signal| {
        let text = &thread.turns[signal.message].text;
        let start = text[..signal.start].chars().count();
        Signal {
            kind: signal.kind.as_str(),
            message: signal.message,
            start,
            end: start + text[signal.start..signal.end].chars().count(),
            why: signal.because.sentence,
            confidence: signal.confidence,
        }
    });
    Found { signals: signals.collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(text: &str) -> Vec<(&'static str, usize)> {
        let turns = turns(text).expect("it can be read");
        found(&Thread { turns, as_of: None })
            .signals
            .iter()
            .map(|signal| (signal.kind, signal.message))
            .collect()
    }

    #[test]
    fn a_thread_and_a_text_are_read() {
        let thread = "{\"from\":\"customer\",\"at\":\"2026-05-01T10:00:00Z\",\"text\":\"Gdzie jest moja paczka?\"}\n\n\
            {\"from\":\"representative\",\"at\":\"2026-05-01T12:00\",\"text\":\"Paczki są ubezpieczone.\"}\n\
            {\"from\":\"customer\",\"language\":\"pl\",\"text\":\"Przykro mi, nie rozumiem.\"}\n";
        assert_eq!(kinds(thread), [("explicit_phrase", 2)]);
        assert_eq!(kinds("Das war nicht meine Frage."), [("explicit_phrase", 0)]);
        assert_eq!(kinds(""), []);
    }

    #[test]
    fn places_count_code_points() {
        let turns = turns("Żółć 😀. Nie rozumiem tego.").expect("it can be read");
        let found = found(&Thread { turns, as_of: None });
        assert_eq!((found.signals[0].start, found.signals[0].end), (8, 20));
    }

    #[test]
    fn a_bad_line_is_named() {
        let failure =
            turns("{\"from\":\"customer\",\"text\":\"a\"}\n{\"from\":\"nobody\",\"text\":\"a\"}").err();
        assert!(failure.is_some_and(|failure| failure.to_string().starts_with("Line 2 is no message")));
    }
}
