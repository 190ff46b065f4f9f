//! `dragoman bench`: what this machine can do, measured from outside on a real server process.

mod child;
mod corpus;
mod fetching;
mod figures;
mod http;
mod identification;
mod imap;
mod language;
mod reading;
mod routing;
mod seed;
mod smtp;
mod words;

use crate::{
    say::{self, Failure},
    settings::Place,
};
use child::Child;
use clap::{Args, Subcommand};
use figures::{Figures, Spread};
use std::{path::PathBuf, process::ExitCode, time::Duration};

/// Measure this machine.
///
/// It fills a database with made-up cases, starts the desk as a process of its own, and measures it from outside: pages under
/// concurrent readers, search, durable intake over SMTP, the way of a reply to an SMTP sink, memory, start-up. The measuring
/// program shares the machine with what it measures. Keep the filled database with --data to measure again without filling.
#[derive(Args)]
#[command(args_conflicts_with_subcommands = true)]
pub struct Bench {
    #[command(subcommand)]
    part: Option<Part>,
    /// How many cases.
    #[arg(long, default_value_t = 100_000)]
    cases: usize,
    /// How many messages, spread over the cases.
    #[arg(long, default_value_t = 1_000_000)]
    messages: usize,
    /// How many readers at the same time.
    #[arg(long, default_value_t = 16)]
    readers: usize,
    /// How many SMTP connections at the same time.
    #[arg(long, default_value_t = 20)]
    connections: usize,
    /// How many mails are sent over them.
    #[arg(long, default_value_t = 20_000)]
    mails: usize,
    /// How many seconds each kind of page is asked for.
    #[arg(long, default_value_t = 10)]
    seconds: u64,
    /// Keep the filled database in this folder, or use the one that is there.
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
    /// Measure on PostgreSQL: an empty database, or one that an earlier run has filled.
    #[arg(long, value_name = "URL")]
    database: Option<String>,
    /// Print the figures as JSON.
    #[arg(long)]
    json: bool,
}

/// What can be measured by itself.
#[derive(Subcommand)]
enum Part {
    Language(language::Language),
    Mail(reading::Mail),
    Routing(routing::Routing),
}

impl Bench {
    /// Fills, starts, measures, prints.
    pub async fn run(self) -> Result<ExitCode, Failure> {
        match &self.part {
            Some(Part::Language(language)) => language.run().await,
            Some(Part::Mail(mail)) => mail.run().await,
            Some(Part::Routing(routing)) => routing.run(),
            None => self.run_all().await,
        }
    }

    async fn run_all(&self) -> Result<ExitCode, Failure> {
        let temporary = tempfile::tempdir()?;
        let data = self.data.clone().unwrap_or_else(|| temporary.path().to_owned());
        let place = Place::plain(data, self.database.clone());
        let sink = smtp::Sink::start().await?;
        let world = seed::fill(&place, self.cases, self.messages, sink.address).await?;
        let mut figures = Figures::new(place.engine().name(), self.cases, self.messages, self.readers);
        self.measure(&place, &world, &sink, &mut figures).await?;
        if self.json {
            say::json(&figures)?
        } else {
            say::line(&figures)
        }
        Ok(ExitCode::SUCCESS)
    }

    async fn measure(
        &self,
        place: &Place,
        world: &seed::World,
        sink: &smtp::Sink,
        figures: &mut Figures,
    ) -> Result<(), Failure> {
        let child = Child::start(place).await?;
        figures.start_up_ms = child.started_in.as_secs_f64() * 1000.0;
        figures.binary_mib = child::binary_mib()?;
        figures.memory_at_rest_mib = child.memory_mib()?;
        let load = http::Load { pages: child.pages, token: world.token.clone(), readers: self.readers };
        let time = Duration::from_secs(self.seconds);
        for (name, paths) in world.pages() {
            let spread: Spread = load.run(&paths, time).await?;
            figures.pages.push((name.to_owned(), spread));
        }
        figures.memory_after_pages_mib = child.memory_mib()?;
        figures.intake_per_second = smtp::intake(child.smtp, self.connections, self.mails).await?;
        figures.memory_after_intake_mib = child.memory_mib()?;
        figures.drained_per_second = world.drained(place, self.mails).await?;
        figures.memory_after_reading_mib = child.memory_mib()?;
        figures.reply_round_trip = load.replies(&world.open_cases, sink).await?;
        Ok(())
    }
}
