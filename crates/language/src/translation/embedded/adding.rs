//! A model that is being added: built beside the others, checked, tried, and then put in its place at once.
//!
//! Not a rule: it writes files.

use super::{
    manifest::{Manifest, Part, folder_of},
    models::{MANIFEST, check_sums, damaged, incomplete, tried},
    trial::Trial,
};
use crate::translation::port::Direction;
use kernel::{Kind, Refused};
use std::{
    fs::{self, File},
    io::{self, Read},
    path::{Path, PathBuf},
};

/// A model that isn't there yet. Dropped before it is finished, it leaves nothing behind, unless it is kept for another try.
pub struct Adding {
    root: PathBuf,
    name: String,
    beside: PathBuf,
    is_kept: bool,
}

impl Adding {
    pub(super) fn begin(root: &Path, direction: &Direction) -> Result<Self, Refused> {
        let name = folder_of(direction);
        let beside = root.join(format!(".adding-{name}"));
        fs::create_dir_all(&beside).map_err(|error| unwritable(root, &error))?;
        Ok(Self { root: root.to_owned(), name, beside, is_kept: false })
    }

    /// Where its files are being gathered. What an interrupted attempt left is still there.
    pub fn folder(&self) -> &Path {
        &self.beside
    }

    /// Writes one of its files. A file that breaks off leaves nothing.
    pub fn put(&self, name: &str, from: &mut dyn Read) -> Result<u64, Refused> {
        let is_plain = !name.is_empty() && !name.starts_with('.') && !name.contains(['/', '\\', '\0']);
        if !is_plain {
            return Err(damaged(&self.name, &format!("a file of it may not be called {name:?}")));
        }
        let path = self.beside.join(name);
        let written = File::create(&path).and_then(|mut file| {
            let bytes = io::copy(from, &mut file)?;
            file.sync_all()?;
            Ok(bytes)
        });
        written.map_err(|error| {
            // What is left is of no use; if it can't be removed either, the folder is emptied later.
            drop(fs::remove_file(&path));
            unwritable(&self.root, &error)
        })
    }

    /// Keeps what is there for another try, after a connection broke.
    pub fn keep(mut self) {
        self.is_kept = true;
    }

    /// Checks and tries the model and puts it in its place. A model of the same direction that was there gives way only now.
    pub fn finish(self, manifest: &Manifest) -> Result<(Manifest, Trial), Refused> {
        let has = |part| manifest.file(part).is_some();
        if !has(Part::Model) {
            return Err(incomplete("its model file"));
        }
        let both = has(Part::SourceVocabulary) && has(Part::TargetVocabulary);
        if !(has(Part::Vocabulary) || both) {
            return Err(incomplete("its vocabulary"));
        }
        check_sums(&self.beside, manifest)?;
        let trial = tried(&self.beside, manifest)?;
        let text = serde_json::to_string_pretty(manifest)
            .map_err(|error| damaged(&self.name, &error.to_string()))?;
        self.put(MANIFEST, &mut text.as_bytes())?;
        self.put_in_place().map_err(|error| unwritable(&self.root, &error))?;
        Ok((manifest.clone(), trial))
    }

    fn put_in_place(&self) -> io::Result<()> {
        let place = self.root.join(&self.name);
        let before = self.root.join(format!(".before-{}", self.name));
        if place.exists() {
            drop(fs::remove_dir_all(&before));
            fs::rename(&place, &before)?;
        }
        let renamed = fs::rename(&self.beside, &place);
        if renamed.is_err() && before.exists() {
            fs::rename(&before, &place)?;
        }
        drop(fs::remove_dir_all(&before));
        renamed
    }
}

impl Drop for Adding {
    fn drop(&mut self) {
        if !self.is_kept {
            drop(fs::remove_dir_all(&self.beside));
        }
    }
}

/// Why the folder of models can't be written.
pub(super) fn unwritable(root: &Path, error: &io::Error) -> Refused {
    match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge => {
            Refused::new(
                Kind::Conflict,
                "model.no_room",
                format!("There is no room left for the model in {}.", root.display()),
            )
            .hint("Make room (a model takes some 20 to 60 MB) and try again. Nothing was changed.")
        }
        _ => Refused::new(
            Kind::Conflict,
            "model.unwritable",
            format!("The model can't be written to {}: {error}.", root.display()),
        )
        .hint("Check the folder and who may write to it. Nothing was changed."),
    }
}
