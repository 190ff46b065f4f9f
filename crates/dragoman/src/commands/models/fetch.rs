//! `dragoman models fetch`: a model from a mirror.

use super::{
    Pair, added, blocking,
    mirror::{Records, Wanted},
};
use crate::{say::Failure, settings::ModelsPlace};
use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};
use language::translation::Adding;
use reqwest::{Client, Response, Url};
use ruzstd::decoding::StreamingDecoder;
use sha2::{Digest as _, Sha256};
use std::{
    fs::File,
    io::{Read as _, Write as _},
    path::Path,
    process::ExitCode,
    sync::Arc,
    time::Duration,
};

/// Whoever says nothing for so long isn't waited for.
const SILENT_FOR: Duration = Duration::from_secs(60);

/// A list of records is shorter than this.
const LONGEST_LIST: usize = 50_000_000;

/// Fetch a model from a mirror of Firefox Translations' models.
///
/// Every file is checked against the mirror's list, and the model is tried, before it stands where the desk finds it. What a broken
/// connection left is used by the next attempt. There is no mirror unless you name one: Mozilla's servers are meant for Firefox.
#[derive(Args)]
pub struct Fetch {
    /// The pair, as en-pt.
    pair: Pair,
    /// The mirror: the address below which records.json and the files are.
    #[arg(long, value_name = "URL", env = "DRAGOMAN_MODELS_FROM")]
    from: Option<String>,
    #[command(flatten)]
    place: ModelsPlace,
    /// Print what was added as JSON.
    #[arg(long)]
    json: bool,
}

impl Fetch {
    /// Runs the command.
    pub async fn run(self) -> Result<ExitCode, Failure> {
        let mirror = Mirror::at(self.from.as_deref())?;
        let records = mirror.records().await?;
        let Pair(direction) = self.pair;
        let pair = format!("{}-{}", direction.from, direction.to);
        let (manifest, wanted) = records.newest(&direction, mirror.base.as_str()).ok_or_else(|| {
            Failure::new(
                format!("The mirror has no model {pair} (it has {} others).", records.pairs()),
                "Where there is no direct model, two models through English do it: fetch both.",
            )
        })?;
        let adding = self.place.models().begin(&direction)?;
        let bar = progress(wanted.iter().map(|wanted| wanted.size).sum());
        let fetched = mirror.fetch_all(&adding, &wanted, &bar).await;
        bar.finish_and_clear();
        if let Err(failure) = fetched {
            adding.keep();
            return Err(failure);
        }
        let (manifest, trial) = blocking(move || Ok(adding.finish(&manifest)?)).await?;
        added(&manifest, &trial, self.json)
    }
}

fn progress(bytes: u64) -> ProgressBar {
    let style = ProgressStyle::with_template("{wide_bar} {bytes}/{total_bytes} {bytes_per_sec} {eta}");
    ProgressBar::new(bytes).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}

struct Mirror {
    client: Client,
    base: Url,
    list: Url,
}

impl Mirror {
    fn at(address: Option<&str>) -> Result<Self, Failure> {
        let hint = "Name it with --from, as https://models.example.com/firefox/. `docs/reference/translation.md` says how to make one.";
        let address = address.ok_or_else(|| Failure::new("No mirror is named.", hint))?;
        let wrong = |error: &dyn std::fmt::Display| {
            Failure::new(format!("{address} is no address of a mirror: {error}."), hint)
        };
        let mut base = Url::parse(address).map_err(|error| wrong(&error))?;
        if !matches!(base.scheme(), "http" | "https") {
            return Err(wrong(&"it begins with neither https:// nor http://"));
        }
        let names_list = base.path().ends_with(".json");
        if !names_list && !base.path().ends_with('/') {
            base.set_path(&format!("{}/", base.path()));
        }
        let list = if names_list {
            base.clone()
        } else {
            base.join("records.json").map_err(|error| wrong(&error))?
        };
        let base = list.join("./").map_err(|error| wrong(&error))?;
        Ok(Self { client: client()?, base, list })
    }

    async fn records(&self) -> Result<Records, Failure> {
        let mut response = self.get(self.list.clone()).await?;
        let mut body = Vec::new();
        while let Some(piece) = response.chunk().await.map_err(|error| broken(&self.list, &error))? {
            body.extend_from_slice(&piece);
            if body.len() > LONGEST_LIST {
                return Err(Failure::new(
                    format!("{} is too long for a list of models.", self.list),
                    "Check the address.",
                ));
            }
        }
        serde_json::from_slice(&body).map_err(|error| {
            Failure::new(
                format!("{} is no list of models: {error}.", self.list),
                "Check the address: it should lead to a records.json.",
            )
        })
    }

    async fn get(&self, url: Url) -> Result<Response, Failure> {
        let response = self.client.get(url.clone()).send().await.map_err(|error| broken(&url, &error))?;
        if response.status().is_success() {
            return Ok(response);
        }
        Err(Failure::new(
            format!("{url} answers {}.", response.status()),
            "Check the address of the mirror, and that it is complete.",
        ))
    }

    async fn fetch_all(&self, adding: &Adding, wanted: &[Wanted], bar: &ProgressBar) -> Result<(), Failure> {
        for wanted in wanted {
            let there = adding.folder().join(&wanted.file.name);
            if sha256(&there).is_some_and(|sum| sum == wanted.file.sha256) {
                bar.inc(wanted.size);
                continue;
            }
            let packed = adding.folder().join(".packed");
            self.fetch(wanted, &packed, bar).await?;
            unpack(adding, wanted, &packed)?;
        }
        Ok(())
    }

    /// Writes a file as it comes, no more of it than was announced.
    async fn fetch(&self, wanted: &Wanted, into: &Path, bar: &ProgressBar) -> Result<(), Failure> {
        let url = self
            .base
            .join(&wanted.location)
            .map_err(|error| Failure::new(format!("{}: {error}.", wanted.location), ""))?;
        let mut response = self.get(url.clone()).await?;
        let mut file = File::create(into).map_err(|error| unwritten(into, &error))?;
        let mut came = 0;
        while let Some(piece) = response.chunk().await.map_err(|error| broken(&url, &error))? {
            came += piece.len() as u64;
            if came > wanted.size {
                break;
            }
            file.write_all(&piece).map_err(|error| unwritten(into, &error))?;
            bar.inc(piece.len() as u64);
        }
        if came == wanted.size {
            return Ok(());
        }
        let sentence = format!("{url} has {came} bytes where the mirror's list says {}.", wanted.size);
        Err(Failure::new(
            sentence,
            "Try again; if it stays so, the mirror is incomplete. Nothing was changed.",
        ))
    }
}

fn client() -> Result<Client, Failure> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let roots = rustls::RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
    let tls = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(kernel::Fault::new)?
        .with_root_certificates(roots)
        .with_no_client_auth();
    let client =
        Client::builder().tls_backend_preconfigured(tls).connect_timeout(SILENT_FOR).read_timeout(SILENT_FOR);
    Ok(client.build().map_err(kernel::Fault::new)?)
}

fn broken(url: &Url, error: &reqwest::Error) -> Failure {
    let why = if error.is_timeout() {
        "it didn't answer in time"
    } else if error.is_connect() {
        "it can't be reached"
    } else {
        "the connection broke"
    };
    Failure::new(
        format!("{url} can't be fetched: {why}."),
        "Try again: what is here already isn't fetched again.",
    )
}

fn unwritten(path: &Path, error: &std::io::Error) -> Failure {
    let hint = "Make room or check the folder, and try again. Nothing was changed.";
    Failure::new(format!("{} can't be written: {error}.", path.display()), hint)
}

/// Unpacks a file into the model that is being added.
fn unpack(adding: &Adding, wanted: &Wanted, packed: &Path) -> Result<(), Failure> {
    let name = &wanted.file.name;
    let spoilt = |why: &dyn std::fmt::Display| {
        let sentence = format!("{name} came damaged: {why}.");
        Failure::new(
            sentence,
            "Try again; if it stays so, the mirror's file is damaged. Nothing was changed.",
        )
    };
    let file = File::open(packed).map_err(|error| unwritten(packed, &error))?;
    // One byte more than announced shows that there is more.
    let most = wanted.file.bytes + 1;
    let written = if wanted.is_packed {
        let decoder = StreamingDecoder::new(file).map_err(|error| spoilt(&error))?;
        adding.put(name, &mut decoder.take(most))?
    } else {
        adding.put(name, &mut file.take(most))?
    };
    drop(std::fs::remove_file(packed));
    if written != wanted.file.bytes {
        return Err(spoilt(&format!("it has {written} bytes instead of {}", wanted.file.bytes)));
    }
    match sha256(&adding.folder().join(name)) {
        Some(sum) if sum == wanted.file.sha256 => Ok(()),
        _ => Err(spoilt(&"its checksum is another than in the mirror's list")),
    }
}

fn sha256(path: &Path) -> Option<String> {
    let mut file = File::open(path).ok()?;
    let mut hasher = Sha256::new();
    let mut buffer = vec![0; 1 << 16];
    loop {
        match file.read(&mut buffer).ok()? {
            0 => return Some(hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect()),
            read => hasher.update(&buffer[..read]),
        }
    }
}
