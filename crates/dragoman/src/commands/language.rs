//! `dragoman language`: what the desk makes of languages, tried from the command line.

mod check;
mod corrections;
mod identify;
mod of_client;
mod signals;
mod translate;

use crate::say::Failure;
use clap::Subcommand;
use std::process::ExitCode;

/// Try what the desk makes of languages.
#[derive(Subcommand)]
pub enum Language {
    Check(check::Check),
    Corrections(corrections::Corrections),
    Identify(identify::Identify),
    Signals(signals::Signals),
    Translate(translate::Translate),
}

impl Language {
    /// Runs the command.
    pub async fn run(self) -> Result<ExitCode, Failure> {
        match self {
            Self::Check(check) => check.run(),
            Self::Corrections(corrections) => corrections.run().await,
            Self::Identify(identify) => identify.run(),
            Self::Signals(signals) => signals.run(),
            Self::Translate(translate) => translate.run().await,
        }
    }
}
