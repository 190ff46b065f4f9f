//! `dragoman bench mail`: how fast mails are read, on one core; with `--mailboxes`, how fast they are fetched.

use super::{
    corpus::{self, Sample},
    fetching,
};
use crate::say::{self, Failure};
use clap::Args;
use serde::Serialize;
use std::{
    hint::black_box,
    path::PathBuf,
    process::ExitCode,
    time::{Duration, Instant as Stopwatch},
};

/// Measure how fast mails are read, on one core.
///
/// Reading is everything that `dragoman mail read` does: parts, character sets, HTML, what is new and what is quoted, automatic mail
/// and bounces. The mails are held in memory and read over and over; nothing is stored and no installation is needed.
///
/// With --mailboxes it measures fetching instead: so many IMAP accounts on a pretend server, with --each mails each, are fetched by a
/// desk of its own, and the mails filed into cases. One more account is at a server that never answers.
#[derive(Args)]
pub struct Mail {
    /// Read the mails below this folder instead of made-up ones. Files that don't begin as a mail are left out and counted.
    #[arg(long, value_name = "DIR")]
    corpus: Option<PathBuf>,
    /// For how many seconds; every mail is read at least twice.
    #[arg(long, default_value_t = 5)]
    seconds: u64,
    /// Measure fetching: from so many mailboxes at once.
    #[arg(long, value_name = "NUMBER", conflicts_with = "corpus")]
    mailboxes: Option<usize>,
    /// How many mails each of these mailboxes has.
    #[arg(long, value_name = "NUMBER", default_value_t = 10, requires = "mailboxes")]
    each: usize,
    /// Fetch into this empty PostgreSQL database.
    #[arg(long, value_name = "URL", requires = "mailboxes")]
    database: Option<String>,
    /// Print the figures as JSON.
    #[arg(long)]
    json: bool,
}

impl Mail {
    /// Runs the command.
    pub async fn run(&self) -> Result<ExitCode, Failure> {
        match self.mailboxes {
            Some(mailboxes) => self.fetch(mailboxes).await,
            None => self.read(),
        }
    }

    async fn fetch(&self, mailboxes: usize) -> Result<ExitCode, Failure> {
        let wanted = fetching::Wanted { mailboxes, each: self.each, database: self.database.clone() };
        let figures = fetching::run(&wanted).await?;
        if self.json {
            say::json(&figures)?
        } else {
            figures.print()
        }
        Ok(ExitCode::SUCCESS)
    }

    fn read(&self) -> Result<ExitCode, Failure> {
        let (samples, left_out) = match &self.corpus {
            Some(folder) => corpus::of_folder(folder)?,
            None => (corpus::made_up(), 0),
        };
        if samples.is_empty() {
            let hint = "Name a folder that holds mails as files, one each (RFC 5322, often .eml).";
            return Err(Failure::new("There is no mail to read.", hint));
        }
        let figures = Figures { left_out, ..measure(&samples, Duration::from_secs(self.seconds)) };
        if self.json {
            say::json(&figures)?
        } else {
            tell(&figures)
        }
        Ok(ExitCode::SUCCESS)
    }
}

/// What was measured.
#[derive(Serialize)]
struct Figures {
    mails: usize,
    left_out: usize,
    bytes: usize,
    rounds: usize,
    mails_per_second: f64,
    megabytes_per_second: f64,
    slowest: Vec<Slow>,
}

/// A mail that took long.
#[derive(Serialize, Clone)]
struct Slow {
    mail: String,
    bytes: usize,
    milliseconds: f64,
}

/// So many of the slowest mails are named.
const SLOWEST: usize = 5;

/// Reads everything once to warm up, then again and again. A mail's own time is its fastest, so that what else the machine does isn't
/// held against it; the rates count all time.
fn measure(samples: &[Sample], at_least: Duration) -> Figures {
    let mut fastest = vec![Duration::MAX; samples.len()];
    read_all(samples, &mut fastest);
    let (began, mut rounds) = (Stopwatch::now(), 0);
    while rounds == 0 || began.elapsed() < at_least {
        read_all(samples, &mut fastest);
        rounds += 1;
    }
    let took = began.elapsed().as_secs_f64() / as_f64(rounds);
    let bytes: usize = samples.iter().map(|sample| sample.bytes.len()).sum();
    Figures {
        mails: samples.len(),
        left_out: 0,
        bytes,
        rounds,
        mails_per_second: as_f64(samples.len()) / took,
        megabytes_per_second: as_f64(bytes) / took / 1e6,
        slowest: slowest(samples, &fastest),
    }
}

fn read_all(samples: &[Sample], fastest: &mut [Duration]) {
    for (sample, fastest) in samples.iter().zip(fastest) {
        let began = Stopwatch::now();
        black_box(channels::email::read::read(black_box(&sample.bytes)));
        *fastest = began.elapsed().min(*fastest);
    }
}

fn slowest(samples: &[Sample], fastest: &[Duration]) -> Vec<Slow> {
    let slow = |(sample, took): (&Sample, &Duration)| Slow {
        mail: sample.name.clone(),
        bytes: sample.bytes.len(),
        milliseconds: took.as_secs_f64() * 1000.0,
    };
    let mut all: Vec<Slow> = samples.iter().zip(fastest).map(slow).collect();
    all.sort_by(|one, other| other.milliseconds.total_cmp(&one.milliseconds));
    all.truncate(SLOWEST);
    all
}

#[expect(clippy::cast_precision_loss, reason = "counts of mails and bytes are far below 2^52")]
fn as_f64(count: usize) -> f64 {
    count as f64
}

fn tell(figures: &Figures) {
    let Figures { mails, left_out, bytes, rounds, mails_per_second, megabytes_per_second, .. } = figures;
    let megabytes = as_f64(*bytes) / 1e6;
    say::line(format!("{mails} mails of {megabytes:.1} MB together, {rounds} times on one core"));
    if *left_out > 0 {
        say::line(format!("  {left_out} files don't begin as a mail and were left out"));
    }
    say::line(format!("  read       {mails_per_second:8.0} mails/s  {megabytes_per_second:8.1} MB/s"));
    for Slow { mail, bytes, milliseconds } in &figures.slowest {
        say::line(format!("  slow       {milliseconds:8.2} ms       {bytes:8} bytes  {mail}"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_mail_counts_and_the_slowest_are_named() {
        let sample =
            |name: &str, text: &str| Sample { name: name.to_owned(), bytes: text.as_bytes().to_vec() };
        let long = format!("From: a@b.example\r\n\r\n{}", "<p>hello</p> ".repeat(20_000));
        let samples = [sample("short", "From: a@b.example\r\n\r\nhello"), sample("long", &long)];
        let figures = measure(&samples, Duration::ZERO);
        assert_eq!((figures.mails, figures.rounds, figures.bytes), (2, 1, 26 + long.len()));
        assert_eq!(figures.slowest[0].mail, "long");
        assert!(figures.mails_per_second > 0.0 && figures.megabytes_per_second > 0.0);
    }
}
