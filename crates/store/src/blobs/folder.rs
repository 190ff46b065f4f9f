//! Blobs in a folder of this machine.

use super::BlobFault;
use kernel::BlobHash;
use std::{
    fs::{self, File},
    io::{self, Read, Seek, SeekFrom, Write},
    ops::Range,
    path::{Path, PathBuf},
};
use tempfile::{NamedTempFile, TempPath};

/// The folder, with a folder in it for each two digits that hashes begin with.
#[derive(Clone, Debug)]
pub(super) struct Folder(PathBuf);

impl Folder {
    pub(super) fn open(folder: &Path) -> Result<Self, BlobFault> {
        let folder = Self(folder.to_owned());
        fs::create_dir_all(folder.incoming()).map_err(|source| folder.fault(source))?;
        Ok(folder)
    }

    pub(super) fn root(&self) -> &Path {
        &self.0
    }

    pub(super) fn incoming(&self) -> PathBuf {
        self.0.join("incoming")
    }

    fn path(&self, hash: &BlobHash) -> PathBuf {
        self.0.join(&hash.as_str()[..2]).join(hash.as_str())
    }

    pub(super) fn put(&self, hash: &BlobHash, bytes: &[u8]) -> Result<(), BlobFault> {
        if self.path(hash).exists() {
            return Ok(());
        }
        let write = || {
            let file = self.spool(&mut &*bytes)?;
            self.settle(&file, hash)
        };
        write().map_err(|source| self.fault(source))
    }

    pub(super) fn get(&self, hash: &BlobHash) -> Result<Vec<u8>, BlobFault> {
        fs::read(self.path(hash)).map_err(|source| self.fault(source))
    }

    pub(super) fn beginning(&self, hash: &BlobHash, most: usize) -> Result<Vec<u8>, BlobFault> {
        let read = || {
            let mut bytes = Vec::new();
            let most = u64::try_from(most).unwrap_or(u64::MAX);
            File::open(self.path(hash))?.take(most).read_to_end(&mut bytes)?;
            Ok(bytes)
        };
        read().map_err(|source| self.fault(source))
    }

    pub(super) fn size(&self, hash: &BlobHash) -> Result<u64, BlobFault> {
        fs::metadata(self.path(hash)).map(|file| file.len()).map_err(|source| self.fault(source))
    }

    pub(super) fn range(&self, hash: &BlobHash, range: Range<u64>) -> Result<Vec<u8>, BlobFault> {
        let read = || {
            let mut file = File::open(self.path(hash))?;
            file.seek(SeekFrom::Start(range.start))?;
            let mut bytes = Vec::new();
            file.take(range.end - range.start).read_to_end(&mut bytes)?;
            Ok(bytes)
        };
        read().map_err(|source| self.fault(source))
    }

    pub(super) fn reader(&self, hash: &BlobHash) -> Result<(u64, Box<dyn Read>), BlobFault> {
        let open = || {
            let file = File::open(self.path(hash))?;
            Ok((file.metadata()?.len(), Box::new(file) as Box<dyn Read>))
        };
        open().map_err(|source| self.fault(source))
    }

    /// The blobs whose hashes begin so, in no order. What isn't named like a blob is passed over.
    pub(super) fn part(&self, first: &str) -> Result<Vec<BlobHash>, BlobFault> {
        let list = || {
            let files = match fs::read_dir(self.0.join(first)) {
                Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
                files => files?,
            };
            let hashes = files.map(|file| Ok(BlobHash::new(&file?.file_name().to_string_lossy())));
            hashes.filter_map(io::Result::transpose).collect()
        };
        list().map_err(|source| self.fault(source))
    }

    pub(super) fn probe(&self) -> Result<(), BlobFault> {
        NamedTempFile::new_in(self.incoming()).map(drop).map_err(|source| self.fault(source))
    }

    /// Writes everything that a reader has to a file among what is coming in.
    pub(super) fn spool(&self, content: &mut dyn Read) -> io::Result<TempPath> {
        let mut file = NamedTempFile::new_in(self.incoming())?;
        io::copy(content, &mut file)?;
        file.flush()?;
        Ok(file.into_temp_path())
    }

    /// Moves a whole file to its place, in an order that leaves no half blob behind a power cut.
    pub(super) fn settle(&self, file: &Path, hash: &BlobHash) -> io::Result<()> {
        let path = self.path(hash);
        let folder = path.parent().unwrap_or(&self.0);
        fs::create_dir_all(folder)?;
        File::open(file)?.sync_all()?;
        fs::rename(file, &path)?;
        File::open(folder)?.sync_all()
    }

    pub(super) fn fault(&self, source: io::Error) -> BlobFault {
        let sentence = format!("The blob folder {}: {source}.", self.0.display());
        let hint = "Give it to the user that runs Dragoman, and look whether the disk is full.";
        BlobFault::new(sentence, hint).because(source)
    }
}
