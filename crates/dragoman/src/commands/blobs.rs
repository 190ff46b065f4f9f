//! `dragoman blobs`: moving mails and attachments to another place.

use crate::{
    say::{self, Failure},
    settings::Place,
};
use clap::{Args, Subcommand};
use indicatif::ProgressBar;
use std::process::ExitCode;

/// What can be done with the place of mails and attachments.
#[derive(Subcommand)]
pub enum Blobs {
    Copy(Copy),
}

impl Blobs {
    /// Runs the command.
    pub async fn run(self) -> Result<ExitCode, Failure> {
        match self {
            Self::Copy(copy) => copy.run().await,
        }
    }
}

/// Copy mails and attachments to a bucket, to another folder, or back.
///
/// It may run beside the desk and be repeated: only what is missing is copied, and nothing is deleted. To move, copy, stop the desk,
/// copy once more, and start the desk with the new --blobs.
#[derive(Args)]
pub struct Copy {
    #[command(flatten)]
    place: Place,
    /// Where they are to go: s3://bucket/prefix, or a folder.
    #[arg(long, value_name = "PLACE")]
    to: String,
    /// Print what was copied as JSON.
    #[arg(long)]
    json: bool,
}

impl Copy {
    async fn run(self) -> Result<ExitCode, Failure> {
        let (_, from, _) = self.place.open_existing()?;
        let to = self.place.blobs_at(Some(&self.to))?;
        let place = to.place();
        let bar = ProgressBar::new_spinner();
        let telling = bar.clone();
        let copying = tokio::task::spawn_blocking(move || {
            from.copy_to(&to, &|done| telling.set_message(format!("{done} mails and files")))
        });
        let copied = copying.await.map_err(kernel::Fault::new)?;
        bar.finish_and_clear();
        let copied = copied.map_err(|fault| Failure::new(fault.sentence(), fault.hint()))?;
        let damaged: Vec<&str> = copied.damaged.iter().map(kernel::BlobHash::as_str).collect();
        if self.json {
            say::json(&serde_json::json!({
                "copied": copied.copied, "there": copied.there, "bytes": copied.bytes, "damaged": damaged,
            }))?;
        } else {
            say::line(format!(
                "Copied {} mails and files ({} bytes) to {place}; {} were there already.",
                copied.copied, copied.bytes, copied.there
            ));
            for hash in &damaged {
                say::line(format!("{hash} is damaged and wasn't copied. Restore it from a backup."));
            }
        }
        Ok(if damaged.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    }
}
