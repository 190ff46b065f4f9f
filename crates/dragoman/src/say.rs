//! What the program says to the person at the terminal.

use kernel::{Fault, Refused, Stop};
use serde::Serialize;
use std::{fmt, io::Write, process::ExitCode};
use tracing_subscriber::EnvFilter;

/// Why a command ended early: what happened, and what to do about it.
#[derive(Debug)]
pub struct Failure {
    sentence: String,
    hint: String,
}

impl Failure {
    /// A failure that says what to do.
    pub fn new(sentence: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { sentence: sentence.into(), hint: hint.into() }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.sentence)
    }
}

impl From<Fault> for Failure {
    fn from(fault: Fault) -> Self {
        Self::new(fault.to_string(), "`dragoman doctor` looks for the usual causes.")
    }
}

impl From<Refused> for Failure {
    fn from(refused: Refused) -> Self {
        Self::new(refused.sentence, refused.hint)
    }
}

impl From<Stop> for Failure {
    fn from(stop: Stop) -> Self {
        match stop {
            Stop::Refused(refused) => refused.into(),
            Stop::Fault(fault) => fault.into(),
        }
    }
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Self {
        Self::new(error.to_string(), "")
    }
}

/// Says why a command failed.
pub fn failed(failure: &Failure) -> ExitCode {
    let mut stderr = std::io::stderr();
    // Nobody reads a closed terminal.
    let _ = writeln!(stderr, "error: {}", failure.sentence);
    if !failure.hint.is_empty() {
        let _ = writeln!(stderr, "  hint: {}", failure.hint);
    }
    ExitCode::FAILURE
}

/// Says a line.
pub fn line(text: impl fmt::Display) {
    // A reader who closes the pipe has seen enough.
    let _ = writeln!(std::io::stdout(), "{text}");
}

/// Says beside the result what went otherwise than was wanted.
pub fn note(text: impl fmt::Display) {
    let _ = writeln!(std::io::stderr(), "note: {text}");
}

/// Prints a result as JSON.
pub fn json(value: &impl Serialize) -> Result<(), Failure> {
    let text = serde_json::to_string_pretty(value).map_err(|error| Failure::new(error.to_string(), ""))?;
    line(text);
    Ok(())
}

/// Logs go to standard error; `DRAGOMAN_LOG` sets what is logged, as `info,store=debug`.
pub fn log_to_stderr() {
    let filter = EnvFilter::try_from_env("DRAGOMAN_LOG").unwrap_or_else(|_| EnvFilter::new("info"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).with_target(false).init();
}
