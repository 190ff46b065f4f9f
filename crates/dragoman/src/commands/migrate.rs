//! `dragoman migrate`: brings the schema up to date.

use crate::{
    say::{self, Failure},
    settings::Place,
};
use clap::Args;
use std::process::ExitCode;

/// Bring the database's schema up to date.
///
/// `serve` does this by itself at every start; run it by hand to prepare a database, or to see that it works before a
/// release. Taking a step twice changes nothing.
#[derive(Args)]
pub struct Migrate {
    #[command(flatten)]
    place: Place,
    /// Print the steps as JSON.
    #[arg(long)]
    json: bool,
}

impl Migrate {
    /// Takes the missing steps.
    pub async fn run(self) -> Result<ExitCode, Failure> {
        let (store, ..) = self.place.open()?;
        let took = store.migrate().await?;
        if self.json {
            say::json(&serde_json::json!({ "engine": store.engine().name(), "took": took }))?;
        } else if took.is_empty() {
            say::line("The schema is current; nothing to do.");
        } else {
            say::line(format!("The schema is current; took {}.", took.join(", ")));
        }
        Ok(ExitCode::SUCCESS)
    }
}
