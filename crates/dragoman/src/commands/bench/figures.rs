//! The figures, and how they are printed.

use serde::Serialize;
use std::{fmt, time::Duration};

/// Everything that was measured.
#[derive(Serialize, Default)]
pub struct Figures {
    engine: String,
    cases: usize,
    messages: usize,
    readers: usize,
    /// From starting the process until it listens, in milliseconds.
    pub start_up_ms: f64,
    /// The program on disk, in MiB.
    pub binary_mib: f64,
    /// Resident memory before the first request, in MiB.
    pub memory_at_rest_mib: f64,
    /// Each kind of page and how long it took.
    pub pages: Vec<(String, Spread)>,
    /// Resident memory after the readers, in MiB.
    pub memory_after_pages_mib: f64,
    /// Mails that were acknowledged as durably stored, per second.
    pub intake_per_second: f64,
    /// Resident memory after intake, in MiB.
    pub memory_after_intake_mib: f64,
    /// Mails that became messages in cases, language included, per second.
    pub drained_per_second: f64,
    /// Resident memory after their languages were identified, in MiB.
    pub memory_after_reading_mib: f64,
    /// From sending a reply in the browser until an SMTP server has it.
    pub reply_round_trip: Spread,
}

/// How long something took, in milliseconds, over many times.
#[derive(Serialize, Default, Clone, Copy)]
pub struct Spread {
    /// How often it was done.
    pub times: usize,
    /// How often in a second, all readers together.
    pub per_second: f64,
    /// Half were faster.
    pub p50_ms: f64,
    /// Ninety-nine of a hundred were faster.
    pub p99_ms: f64,
    /// The slowest.
    pub max_ms: f64,
}

impl Spread {
    /// From single durations, taken in `elapsed` altogether.
    pub fn of(mut took: Vec<Duration>, elapsed: Duration) -> Self {
        took.sort();
        let at = |share: usize| {
            let index = (took.len() * share / 100).min(took.len().saturating_sub(1));
            took.get(index).map_or(0.0, |took| took.as_secs_f64() * 1000.0)
        };
        #[expect(clippy::cast_precision_loss, reason = "a count of requests is far below 2^52")]
        let per_second = took.len() as f64 / elapsed.as_secs_f64();
        Self { times: took.len(), per_second, p50_ms: at(50), p99_ms: at(99), max_ms: at(100) }
    }
}

impl Figures {
    /// No figures yet.
    pub fn new(engine: &str, cases: usize, messages: usize, readers: usize) -> Self {
        Self { engine: engine.to_owned(), cases, messages, readers, ..Self::default() }
    }
}

impl fmt::Display for Spread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { times, per_second, p50_ms, p99_ms, max_ms } = self;
        write!(
            f,
            "p50 {p50_ms:7.2} ms  p99 {p99_ms:7.2} ms  max {max_ms:7.2} ms  {per_second:6.0}/s  ({times} times)"
        )
    }
}

impl fmt::Display for Figures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { engine, cases, messages, readers, .. } = self;
        writeln!(f, "{engine}, {cases} cases, {messages} messages, {readers} readers at once")?;
        for (name, spread) in &self.pages {
            writeln!(f, "  {name:22} {spread}")?;
        }
        writeln!(f, "  {:22} {}", "reply to sink", self.reply_round_trip)?;
        writeln!(f, "  {:22} {:7.0} mails/s", "durable intake", self.intake_per_second)?;
        writeln!(f, "  {:22} {:7.0} mails/s", "filed into cases", self.drained_per_second)?;
        writeln!(f, "  {:22} {:7.0} ms", "start-up", self.start_up_ms)?;
        writeln!(f, "  {:22} {:7.0} MiB", "memory at rest", self.memory_at_rest_mib)?;
        writeln!(f, "  {:22} {:7.0} MiB", "memory after pages", self.memory_after_pages_mib)?;
        writeln!(f, "  {:22} {:7.0} MiB", "memory after intake", self.memory_after_intake_mib)?;
        writeln!(f, "  {:22} {:7.0} MiB", "memory after languages", self.memory_after_reading_mib)?;
        write!(f, "  {:22} {:7.0} MiB", "program", self.binary_mib)
    }
}
