//! The folder of models: what is there, adding to it so that never half a model stands there, and taking away.
//!
//! Not a rule: it reads and writes files. Each model has a folder named after its direction (`en-pt`) with its files and a
//! `manifest.json`. A model is built beside (`.adding-en-pt`), checked and tried, and then renamed.

use super::{
    adding::{Adding, unwritable},
    firefox,
    manifest::{Manifest, ModelFile, folder_of, part_of},
    quarters::Quarters,
    trial::{Trial, trial},
};
use crate::translation::{engines::Engines, port::Direction};
use kernel::{Kind, Refused};
use sha2::{Digest as _, Sha256};
use std::{
    fs::{self, File},
    io::{self, Read},
    path::{Path, PathBuf},
    sync::Arc,
};

/// The name of the file in which a model says what it is.
pub(super) const MANIFEST: &str = "manifest.json";

/// A folder of models.
#[derive(Clone, Debug)]
pub struct Models {
    root: PathBuf,
}

impl Models {
    /// The folder `models` of the data folder, whether or not it is there yet.
    pub fn of_data(data: &Path) -> Self {
        Self { root: data.join("models") }
    }

    /// The folder at this place, whether or not it is there yet.
    pub fn at(root: impl Into<PathBuf>) -> Self {
        Self { root: root.into() }
    }

    /// Where it is.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The models, by direction. One that can't be read comes with what is wrong with it.
    pub fn list(&self) -> Vec<(String, Result<Manifest, Refused>)> {
        let Ok(entries) = fs::read_dir(&self.root) else { return Vec::new() };
        let mut names: Vec<String> = entries
            .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
            .filter(|name| !name.starts_with('.') && self.root.join(name).is_dir())
            .collect();
        names.sort();
        names.into_iter().map(|name| (name.clone(), self.manifest(&name))).collect()
    }

    fn manifest(&self, name: &str) -> Result<Manifest, Refused> {
        let path = self.root.join(name).join(MANIFEST);
        let why = |what: String| damaged(name, &what);
        let text = fs::read_to_string(&path)
            .map_err(|error| why(format!("its {MANIFEST} can't be read: {error}")))?;
        let manifest: Manifest = serde_json::from_str(&text)
            .map_err(|error| why(format!("its {MANIFEST} is no manifest: {error}")))?;
        if manifest.folder() != name {
            return Err(why(format!("its {MANIFEST} is that of {}", manifest.folder())));
        }
        for file in &manifest.files {
            let bytes = fs::metadata(self.root.join(name).join(&file.name)).map(|found| found.len());
            match bytes {
                Ok(bytes) if bytes == file.bytes => {}
                Ok(bytes) => {
                    return Err(why(format!("{} has {bytes} bytes instead of {}", file.name, file.bytes)));
                }
                Err(error) => return Err(why(format!("{} can't be read: {error}", file.name))),
            }
        }
        Ok(manifest)
    }

    /// The model of a direction.
    pub fn find(&self, direction: &Direction) -> Result<Manifest, Refused> {
        let name = folder_of(direction);
        if self.root.join(&name).is_dir() { self.manifest(&name) } else { Err(not_here(&name)) }
    }

    /// Begins to add a model. Nothing changes in the folder until [`Adding::finish`].
    pub fn begin(&self, direction: &Direction) -> Result<Adding, Refused> {
        Adding::begin(&self.root, direction)
    }

    /// Adds the model in a folder: one that has a manifest, or files named as Firefox Translations names them. With `wanted`, a model
    /// of another direction is refused.
    pub fn add(&self, folder: &Path, wanted: Option<&Direction>) -> Result<(Manifest, Trial), Refused> {
        let mut manifest = read_or_recognised(folder)?;
        if let Some(wanted) = wanted.filter(|wanted| **wanted != manifest.direction()) {
            return Err(other_pair(&folder_of(wanted), &manifest.folder()));
        }
        if manifest.source.is_empty() {
            manifest.source = "a folder".to_owned();
        }
        let adding = self.begin(&manifest.direction())?;
        for file in &manifest.files {
            let mut from = File::open(folder.join(&file.name)).map_err(|error| {
                damaged(&manifest.folder(), &format!("{} can't be read: {error}", file.name))
            })?;
            adding.put(&file.name, &mut from)?;
        }
        adding.finish(&manifest)
    }

    /// Takes a model away. Who is translating with it goes on to the end.
    pub fn remove(&self, direction: &Direction) -> Result<(), Refused> {
        let name = folder_of(direction);
        let aside = self.root.join(format!(".removed-{name}"));
        if !self.root.join(&name).is_dir() {
            return Err(not_here(&name));
        }
        let removed = fs::rename(self.root.join(&name), &aside).and_then(|()| fs::remove_dir_all(&aside));
        removed.map_err(|error| unwritable(&self.root, &error))
    }

    /// Reads a model through, compares its checksums and tries it.
    pub fn test(&self, direction: &Direction) -> Result<Trial, Refused> {
        let manifest = self.find(direction)?;
        let folder = self.root.join(manifest.folder());
        check_sums(&folder, &manifest)?;
        tried(&folder, &manifest)
    }

    /// Makes the engines those of this folder, when the program starts and whenever models came or went. One that can't be read is
    /// left out. Engines that are there already stay as they are.
    pub fn refresh(&self, engines: &Engines) {
        let manifests: Vec<Manifest> =
            self.list().into_iter().filter_map(|(_, manifest)| manifest.ok()).collect();
        for gone in engines.of_name(firefox::NAME) {
            if !manifests.iter().any(|manifest| manifest.direction() == gone) {
                engines.take(&gone);
            }
        }
        let there = engines.of_name(firefox::NAME);
        for manifest in manifests.into_iter().filter(|manifest| !there.contains(&manifest.direction())) {
            engines.put(manifest.direction(), Arc::new(self.quarters(manifest)));
        }
    }

    /// The engine of one model, which gets sentences as they are: without cutting, masks or checks.
    pub fn bare(&self, direction: &Direction) -> Result<Quarters, Refused> {
        Ok(self.quarters(self.find(direction)?))
    }

    fn quarters(&self, manifest: Manifest) -> Quarters {
        let folder = self.root.join(manifest.folder());
        Quarters::new(manifest.direction(), firefox::NAME, move || firefox::load(&folder, &manifest))
    }
}

/// The manifest of a folder that somebody brings.
fn read_or_recognised(folder: &Path) -> Result<Manifest, Refused> {
    let unreadable = |error: &dyn std::fmt::Display| {
        Refused::new(
            Kind::Invalid,
            "model.unreadable",
            format!("{} can't be read: {error}.", folder.display()),
        )
        .hint("Name a folder that holds a model's files.")
    };
    if folder.join(MANIFEST).is_file() {
        let text = fs::read_to_string(folder.join(MANIFEST)).map_err(|error| unreadable(&error))?;
        return serde_json::from_str(&text).map_err(|error| unreadable(&error));
    }
    let mut files = Vec::new();
    let mut direction: Option<Direction> = None;
    for entry in fs::read_dir(folder).map_err(|error| unreadable(&error))? {
        let entry = entry.map_err(|error| unreadable(&error))?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let Some((part, said)) = part_of(&name) else { continue };
        let both = direction.as_ref().zip(said.as_ref());
        if let Some((one, other)) = both.filter(|(one, other)| one != other) {
            return Err(other_pair(&folder_of(one), &folder_of(other)));
        }
        direction = direction.or(said);
        let (bytes, sha256) = sum(&entry.path()).map_err(|error| unreadable(&error))?;
        files.push(ModelFile { part, name, bytes, sha256 });
    }
    let Direction { from, to } =
        direction.ok_or_else(|| incomplete("a file that names its languages, as model.enpt.bin"))?;
    files.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(Manifest { from, to, version: String::new(), source: String::new(), licence: String::new(), files })
}

/// The length and the SHA-256 of a file.
pub(super) fn sum(path: &Path) -> io::Result<(u64, String)> {
    let mut file = File::open(path)?;
    let mut hasher = Sha256::new();
    let mut bytes = 0;
    let mut buffer = vec![0; 1 << 16];
    loop {
        let read = file.read(&mut buffer)?;
        if read == 0 {
            let hex = hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
            return Ok((bytes, hex));
        }
        bytes += read as u64;
        hasher.update(&buffer[..read]);
    }
}

pub(super) fn check_sums(folder: &Path, manifest: &Manifest) -> Result<(), Refused> {
    for file in &manifest.files {
        let (bytes, sha256) = sum(&folder.join(&file.name))
            .map_err(|error| damaged(&manifest.folder(), &format!("{} can't be read: {error}", file.name)))?;
        if bytes != file.bytes {
            let what = format!("{} has {bytes} bytes instead of {}", file.name, file.bytes);
            return Err(damaged(&manifest.folder(), &what));
        }
        if sha256 != file.sha256 {
            return Err(damaged(
                &manifest.folder(),
                &format!("{} has another checksum than its manifest says", file.name),
            ));
        }
    }
    Ok(())
}

/// Loads the model and lets it say something, in a thread of its own, since a damaged one may panic.
pub(super) fn tried(folder: &Path, manifest: &Manifest) -> Result<Trial, Refused> {
    let (folder, manifest) = (folder.to_owned(), manifest.clone());
    let name = manifest.folder();
    let thread = std::thread::spawn(move || {
        let mut bare = firefox::load(&folder, &manifest)?;
        trial(bare.as_mut(), &manifest.direction())
    });
    let answer = thread.join().unwrap_or_else(|_| Err("its files are truncated or damaged.".to_owned()));
    answer.map_err(|why| damaged(&name, why.trim_end_matches('.')))
}

fn not_here(name: &str) -> Refused {
    Refused::new(Kind::NotFound, "model.not_found", format!("There is no model {name} here."))
        .hint("`dragoman models list` says which there are.")
}

pub(super) fn damaged(name: &str, what: &str) -> Refused {
    Refused::new(Kind::Invalid, "model.damaged", format!("The model {name} can't be used: {what}."))
        .hint("Get its files again, from another place if it stays so.")
}

pub(super) fn incomplete(what: &str) -> Refused {
    Refused::new(Kind::Invalid, "model.incomplete", format!("The model lacks {what}."))
        .hint("A model has a model file, one or two vocabularies and mostly a shortlist.")
}

fn other_pair(wanted: &str, found: &str) -> Refused {
    Refused::new(Kind::Invalid, "model.other_pair", format!("This is a model of {found}, not of {wanted}."))
        .hint("Each direction has a model of its own.")
}
