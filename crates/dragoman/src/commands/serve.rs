//! `dragoman serve`: runs the desk.

use crate::{
    say::{self, Failure},
    server::{Kind, Server},
    settings::{Listen, Place},
};
use clap::Args;
use std::process::ExitCode;

/// Run the desk.
///
/// The first start makes the data folder and the database. Open the page that it names: the first visitor becomes the owner
/// and sets up clients, partners and engagements there. Point your mail server at the SMTP address, or forward mail to it.
#[derive(Args)]
pub struct Serve {
    #[command(flatten)]
    place: Place,
    #[command(flatten)]
    listen: Listen,
}

impl Serve {
    /// Runs until stopped.
    pub async fn run(self) -> Result<ExitCode, Failure> {
        let server = Server::open(&self.place, self.listen, Kind::Installation).await?;
        let engine = self.place.engine();
        server
            .run(|doors| {
                say::line(format!("Dragoman is running on {}.", engine.name()));
                say::line(format!("  pages  http://{}", doors.pages));
                if let Some(lmtp) = doors.lmtp {
                    say::line(format!("  mail   lmtp  {lmtp}"));
                }
                say::line(format!("  mail   smtp://{}", doors.smtp));
            })
            .await?;
        Ok(ExitCode::SUCCESS)
    }
}
