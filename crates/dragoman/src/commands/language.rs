//! `dragoman language`: what the desk makes of languages, tried from the command line.

mod identify;

use crate::say::Failure;
use clap::Subcommand;
use std::process::ExitCode;

/// Try what the desk makes of languages.
#[derive(Subcommand)]
pub enum Language {
    Identify(identify::Identify),
}

impl Language {
    /// Runs the command.
    pub async fn run(self) -> Result<ExitCode, Failure> {
        match self {
            Self::Identify(identify) => identify.run(),
        }
    }
}
