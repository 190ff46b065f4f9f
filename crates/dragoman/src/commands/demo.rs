//! `dragoman demo`: a whole example world to look around in.

use crate::{
    demo::seed,
    say::{self, Failure},
    server::{Doors, Kind, Server},
    settings::{Listen, Place},
};
use clap::Args;
use std::{path::PathBuf, process::ExitCode};

/// Start a seeded example world to look around in.
///
/// Two clients (Aurora, home electronics; pip, scooter rental), their own teams, three partners and 400 cases in six languages.
/// The sign-in page lists everybody: one click and you are that person. Outgoing mail goes into a postbox page, where you can
/// also write as a customer. Nothing leaves the machine.
#[derive(Args)]
pub struct Demo {
    /// Keep the world in this folder; without it, it is gone when the program stops.
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
    /// A PostgreSQL database instead of the embedded one; it must be empty or a demo already.
    #[arg(long, value_name = "URL")]
    database: Option<String>,
    #[command(flatten)]
    listen: Listen,
}

impl Demo {
    /// Runs until stopped.
    pub async fn run(self) -> Result<ExitCode, Failure> {
        let temporary = tempfile::tempdir()?;
        let data = self.data.unwrap_or_else(|| temporary.path().to_owned());
        let place = Place::plain(data, self.database);
        let server = Server::open(&place, self.listen, Kind::Demo).await?;
        seed(&server.desk).await?;
        server
            .run(|Doors { pages, smtp, .. }| {
                say::line(
                    "The demo is running. Everything in it is made up, and nothing leaves this machine.",
                );
                say::line(format!("  look     http://{pages}          sign in as anybody with one click"));
                say::line(format!(
                    "  postbox  http://{pages}/postbox  write as a customer, read what customers receive"
                ));
                say::line(format!(
                    "  mail     smtp://{smtp}          help@aurora.example, hello@pip.example"
                ));
                say::line("Press Ctrl-C to stop.");
            })
            .await?;
        Ok(ExitCode::SUCCESS)
    }
}
