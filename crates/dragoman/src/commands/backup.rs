//! `dragoman backup` and `dragoman restore`.

use crate::{
    say::{self, Failure},
    settings::Place,
};
use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};
use std::{path::PathBuf, process::ExitCode, sync::Arc};
use store::{Backup as Written, Progress, Told};

/// Write a consistent backup while the desk runs.
///
/// The file holds every table as it stood at one moment, and every mail and attachment. It doesn't depend on the engine: restore
/// it into SQLite or PostgreSQL, whichever it came from. It holds customers' words, so keep it as safe as the database.
#[derive(Args)]
pub struct Backup {
    #[command(flatten)]
    place: Place,
    /// Where to write the backup. An existing file is never overwritten.
    file: PathBuf,
    /// Print what was written as JSON.
    #[arg(long)]
    json: bool,
}

impl Backup {
    /// Writes the backup.
    pub async fn run(self) -> Result<ExitCode, Failure> {
        let (store, blobs, _) = self.place.open_existing()?;
        let bar = bar();
        let written = store::backup(&store, &blobs, &self.file, told(&bar)).await;
        bar.finish_and_clear();
        report(&written?, self.json, &format!("The backup is in {}", self.file.display()))
    }
}

/// Fill an empty installation from a backup.
///
/// The counts and hashes that the backup names are checked; a damaged file changes nothing. Sessions come along, so people stay
/// signed in.
#[derive(Args)]
pub struct Restore {
    #[command(flatten)]
    place: Place,
    /// The backup.
    file: PathBuf,
    /// Print what was restored as JSON.
    #[arg(long)]
    json: bool,
}

impl Restore {
    /// Restores the backup.
    pub async fn run(self) -> Result<ExitCode, Failure> {
        let (store, blobs, _) = self.place.open()?;
        store.migrate().await?;
        let bar = bar();
        let restored = store::restore(&self.file, &store, &blobs, told(&bar)).await;
        bar.finish_and_clear();
        report(&restored?, self.json, "The installation was restored")
    }
}

fn bar() -> ProgressBar {
    let bar = ProgressBar::new_spinner();
    bar.set_style(
        ProgressStyle::with_template("{spinner} {msg}").unwrap_or_else(|_| ProgressStyle::default_spinner()),
    );
    bar
}

fn told(bar: &ProgressBar) -> Told {
    let bar = bar.clone();
    Arc::new(move |progress: Progress| {
        bar.set_message(words(&progress));
        bar.tick();
    })
}

fn words(progress: &Progress) -> String {
    match progress {
        Progress::Checked => "The file is whole.".to_owned(),
        Progress::Table { name, rows } => format!("{name}: {rows} rows"),
        Progress::Blobs(done) => format!("{done} mails and files"),
    }
}

fn report(written: &Written, json: bool, sentence: &str) -> Result<ExitCode, Failure> {
    if json {
        let tables: serde_json::Map<String, serde_json::Value> =
            written.tables.iter().map(|(table, rows)| (table.clone(), (*rows).into())).collect();
        say::json(&serde_json::json!({ "tables": tables, "blobs": written.blobs, "bytes": written.size }))?;
    } else {
        let rows: u64 = written.tables.iter().map(|(_, rows)| rows).sum();
        say::line(format!(
            "{sentence}: {rows} rows, {} mails and files, {} bytes.",
            written.blobs, written.size
        ));
    }
    Ok(ExitCode::SUCCESS)
}
