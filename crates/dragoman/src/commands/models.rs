//! `dragoman models`: the translation models of this installation.

mod fetch;
mod mirror;

use crate::{
    say::{self, Failure},
    settings::ModelsPlace,
};
use clap::{Args, Subcommand};
use language::translation::{Direction, Manifest, Models as Folder, Trial};
use serde_json::{Value, json};
use std::{path::PathBuf, process::ExitCode, str::FromStr};

/// List, add, fetch, test and remove translation models.
#[derive(Subcommand)]
pub enum Models {
    List(List),
    Add(Add),
    Fetch(fetch::Fetch),
    Remove(Remove),
    Test(Test),
}

impl Models {
    /// Runs the command.
    pub async fn run(self) -> Result<ExitCode, Failure> {
        match self {
            Self::List(list) => list.run(),
            Self::Add(add) => blocking(move || add.run()).await,
            Self::Fetch(fetch) => fetch.run().await,
            Self::Remove(remove) => remove.run(),
            Self::Test(test) => blocking(move || test.run()).await,
        }
    }
}

/// Models are read, checked and tried for seconds, so not on a thread that others wait for.
async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Failure> + Send + 'static,
) -> Result<T, Failure> {
    tokio::task::spawn_blocking(work).await.map_err(kernel::Fault::new)?
}

/// Two languages as `en-pt`: from the first into the second.
#[derive(Clone, Debug)]
struct Pair(Direction);

impl FromStr for Pair {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let pair = text.split_once('-').and_then(|(from, to)| Some((from.parse().ok()?, to.parse().ok()?)));
        let (from, to) = pair.ok_or("a pair looks like en-pt: from English into Portuguese")?;
        Ok(Self(Direction { from, to }))
    }
}

/// List the translation models that are here, with their sizes and where they came from.
#[derive(Args)]
pub struct List {
    #[command(flatten)]
    place: ModelsPlace,
    /// Print them as JSON.
    #[arg(long)]
    json: bool,
}

impl List {
    fn run(&self) -> Result<ExitCode, Failure> {
        let models = self.place.models();
        let listed = models.list();
        if self.json {
            let row = |(pair, manifest): &(String, Result<Manifest, kernel::Refused>)| match manifest {
                Ok(manifest) => described(manifest),
                Err(refused) => json!({ "pair": pair, "error": refused.sentence }),
            };
            say::json(
                &json!({ "folder": models.root(), "models": listed.iter().map(row).collect::<Vec<_>>() }),
            )?;
            return Ok(ExitCode::SUCCESS);
        }
        for (pair, manifest) in &listed {
            say::line(match manifest {
                Ok(manifest) => line(manifest),
                Err(refused) => format!("{pair:8} {}", refused.sentence),
            });
        }
        if listed.is_empty() {
            say::line(format!(
                "No models in {}. `dragoman models add` and `fetch` bring them.",
                models.root().display()
            ));
        }
        Ok(ExitCode::SUCCESS)
    }
}

fn described(manifest: &Manifest) -> Value {
    json!({
        "pair": manifest.folder(), "from": manifest.from, "to": manifest.to, "bytes": manifest.bytes(),
        "version": manifest.version, "source": manifest.source, "licence": manifest.licence,
    })
}

fn line(manifest: &Manifest) -> String {
    let known = [&manifest.version, &manifest.licence, &manifest.source];
    let known: Vec<&str> = known.into_iter().map(String::as_str).filter(|word| !word.is_empty()).collect();
    let mb = manifest.bytes() as f64 / 1e6;
    format!("{:8} {mb:5.1} MB  {}", manifest.folder(), known.join(", "))
}

/// Says what was added, and how it did when it was tried.
fn added(manifest: &Manifest, trial: &Trial, as_json: bool) -> Result<ExitCode, Failure> {
    if as_json {
        let mut described = described(manifest);
        described["trial"] = tried(trial);
        say::json(&described)?;
    } else {
        say::line(format!("Added {}", line(manifest)));
        say_trial(trial);
    }
    Ok(ExitCode::SUCCESS)
}

fn tried(trial: &Trial) -> Value {
    json!({ "source": trial.source, "target": trial.target, "words_per_second": trial.words_per_second.round() })
}

fn say_trial(trial: &Trial) {
    say::line(format!("  {}", trial.source));
    say::line(format!("  {}", trial.target));
    say::line(format!("  {:.0} words a second on one core", trial.words_per_second));
}

/// Add a model whose files are on this machine.
///
/// The folder holds a model's files as Firefox Translations names them (model.enpt….bin, vocab.enpt.spm, lex….enpt.s2t.bin), or files
/// with a manifest.json. They are copied, checked and tried; a model of the same pair gives way only when all is well.
#[derive(Args)]
pub struct Add {
    /// The folder with the model's files.
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// Refuse a model of another pair than this, as en-pt.
    #[arg(long)]
    pair: Option<Pair>,
    #[command(flatten)]
    place: ModelsPlace,
    /// Print what was added as JSON.
    #[arg(long)]
    json: bool,
}

impl Add {
    fn run(&self) -> Result<ExitCode, Failure> {
        let wanted = self.pair.as_ref().map(|pair| &pair.0);
        let (manifest, trial) = self.place.models().add(&self.folder, wanted)?;
        added(&manifest, &trial, self.json)
    }
}

/// Remove a model. Texts are then translated through English, or not at all.
#[derive(Args)]
pub struct Remove {
    /// The pair, as en-pt.
    pair: Pair,
    #[command(flatten)]
    place: ModelsPlace,
    /// Print what was removed as JSON.
    #[arg(long)]
    json: bool,
}

impl Remove {
    fn run(&self) -> Result<ExitCode, Failure> {
        self.place.models().remove(&self.pair.0)?;
        let pair = format!("{}-{}", self.pair.0.from, self.pair.0.to);
        if self.json {
            say::json(&json!({ "removed": pair }))?
        } else {
            say::line(format!("Removed {pair}."))
        }
        Ok(ExitCode::SUCCESS)
    }
}

/// Test models: compare their checksums, let them say a sentence, and measure how fast they are here.
#[derive(Args)]
pub struct Test {
    /// The pair, as en-pt; every model that is here unless named.
    pair: Option<Pair>,
    #[command(flatten)]
    place: ModelsPlace,
    /// Print the results as JSON.
    #[arg(long)]
    json: bool,
}

impl Test {
    fn run(&self) -> Result<ExitCode, Failure> {
        let models: Folder = self.place.models();
        let names = match &self.pair {
            Some(pair) => vec![format!("{}-{}", pair.0.from, pair.0.to)],
            None => models.list().into_iter().map(|(name, _)| name).collect(),
        };
        let mut all_well = true;
        let mut results = Vec::new();
        for name in names {
            let pair: Result<Pair, String> = name.parse();
            let trial = pair.map_err(|why| Failure::new(why, "")).and_then(|pair| Ok(models.test(&pair.0)?));
            all_well &= trial.is_ok();
            results.push(match &trial {
                Ok(trial) => json!({ "pair": name, "works": true, "trial": tried(trial) }),
                Err(failure) => json!({ "pair": name, "works": false, "error": failure.to_string() }),
            });
            match &trial {
                _ if self.json => {}
                Ok(trial) => {
                    say::line(format!("{name} works"));
                    say_trial(trial);
                }
                Err(failure) => say::line(format!("{name}: {failure}")),
            }
        }
        if self.json {
            say::json(&results)?;
        }
        Ok(if all_well { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    }
}
