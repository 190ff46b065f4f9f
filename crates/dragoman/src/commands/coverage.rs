//! `dragoman coverage`: where nobody is, from the roster and the terms of every engagement.

use crate::{
    say::{self, Failure},
    settings::Place,
};
use clap::{Args, Subcommand};
use desk::{
    Desk, UNDO_FOR,
    coverage_map::{self, Covered, Needed},
};
use serde::Serialize;
use std::process::ExitCode;
use store::Clock;

/// Look at who is there when.
#[derive(Subcommand)]
pub enum Coverage {
    Gaps(Gaps),
}

impl Coverage {
    /// Runs the command.
    pub async fn run(self) -> Result<ExitCode, Failure> {
        match self {
            Self::Gaps(gaps) => gaps.run().await,
        }
    }
}

/// List the hours of service in which nobody is there, or nobody who speaks a language that the terms name.
///
/// Each line is a gap, in the zone of its client. It changes nothing and may run beside the desk.
#[derive(Args)]
pub struct Gaps {
    #[command(flatten)]
    place: Place,
    /// So many weeks from now on.
    #[arg(long, default_value_t = 4, value_parser = clap::value_parser!(u32).range(1..=52))]
    weeks: u32,
    /// Print the gaps as JSON.
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct Told<'a> {
    client: &'a str,
    engagement: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    skill: Option<&'a str>,
    from: String,
    until: String,
    there: u32,
    sentence: String,
}

impl Gaps {
    async fn run(self) -> Result<ExitCode, Failure> {
        let (store, blobs, vault) = self.place.open_current().await?;
        let desk = Desk::open(store, blobs, vault, Clock::System, UNDO_FOR).await?;
        let covered = coverage_map::gaps(&desk, self.weeks).await?;
        let mut told: Vec<Told<'_>> = covered.iter().flat_map(told).collect();
        told.sort_by(|a, b| (&a.from, a.client).cmp(&(&b.from, b.client)));
        if self.json {
            say::line(&serde_json::to_string_pretty(&told).map_err(kernel::Fault::new)?);
            return Ok(ExitCode::SUCCESS);
        }
        for gap in &told {
            say::line(&gap.sentence);
        }
        if told.is_empty() {
            say::line(format!(
                "Somebody is there in every hour of service of the next {} weeks.",
                self.weeks
            ));
        }
        Ok(ExitCode::SUCCESS)
    }
}

fn told(covered: &Covered) -> impl Iterator<Item = Told<'_>> {
    covered.gaps.iter().map(move |gap| Told {
        client: &covered.client,
        engagement: &covered.engagement.name,
        language: match &covered.needed {
            Needed::Language(language) => Some(language.as_str()),
            _ => None,
        },
        skill: match &covered.needed {
            Needed::Skill(skill) => Some(skill),
            _ => None,
        },
        from: gap.span.from.to_string(),
        until: gap.span.until.to_string(),
        there: gap.there,
        sentence: coverage_map::sentence(covered, gap),
    })
}
