//! Blobs: raw mails and attachments in a folder, each under the SHA-256 of its content.

use kernel::BlobHash;
use sha2::{Digest, Sha256};
use std::{
    fs::{self, File},
    io::{self, Read, Write},
    path::{Path, PathBuf},
};

/// A blob can't be written or read.
#[derive(Debug, thiserror::Error)]
#[error("the blob folder {folder}: {source}")]
pub struct BlobFault {
    folder: PathBuf,
    source: io::Error,
}

impl From<BlobFault> for kernel::Fault {
    fn from(fault: BlobFault) -> Self {
        Self::new(fault)
    }
}

/// The folder of blobs. What is there never changes, so it can be copied while the program runs.
#[derive(Clone, Debug)]
pub struct Blobs {
    folder: PathBuf,
}

impl Blobs {
    /// Opens the folder, making it where it is missing.
    ///
    /// # Errors
    /// A fault when it can't be made.
    pub fn open(folder: &Path) -> Result<Self, BlobFault> {
        let blobs = Self { folder: folder.to_owned() };
        fs::create_dir_all(blobs.incoming()).map_err(|source| blobs.fault(source))?;
        Ok(blobs)
    }

    /// Where bytes wait until they are whole. Files here are nobody's after a crash.
    pub fn incoming(&self) -> PathBuf {
        self.folder.join("incoming")
    }

    /// Keeps these bytes; they survive a power cut when this returns. Keeping the same bytes again changes nothing.
    ///
    /// # Errors
    /// A fault when the folder can't be written.
    pub fn put(&self, bytes: &[u8]) -> Result<BlobHash, BlobFault> {
        let hash = blob_hash(bytes);
        if !self.path(&hash).exists() {
            self.write(&hash, bytes).map_err(|source| self.fault(source))?;
        }
        Ok(hash)
    }

    /// Takes over a whole file from [`Blobs::incoming`].
    ///
    /// # Errors
    /// A fault when it can't be read or moved.
    pub fn adopt(&self, file: &Path) -> Result<BlobHash, BlobFault> {
        self.adopt_file(file).map_err(|source| self.fault(source))
    }

    /// The bytes of a blob.
    ///
    /// # Errors
    /// A fault when it is missing or can't be read.
    pub fn get(&self, hash: &BlobHash) -> Result<Vec<u8>, BlobFault> {
        fs::read(self.path(hash)).map_err(|source| self.fault(source))
    }

    /// The first bytes of a blob, at most so many.
    ///
    /// # Errors
    /// A fault when it is missing or can't be read.
    pub fn beginning(&self, hash: &BlobHash, most: usize) -> Result<Vec<u8>, BlobFault> {
        let read = || {
            let mut bytes = Vec::new();
            let most = u64::try_from(most).unwrap_or(u64::MAX);
            File::open(self.path(hash))?.take(most).read_to_end(&mut bytes)?;
            Ok(bytes)
        };
        read().map_err(|source| self.fault(source))
    }

    /// Where a blob lies.
    pub fn path(&self, hash: &BlobHash) -> PathBuf {
        self.folder.join(&hash.as_str()[..2]).join(hash.as_str())
    }

    /// Every blob that is there, in the order of their hashes.
    ///
    /// # Errors
    /// A fault when the folder can't be read.
    pub fn all(&self) -> Result<Vec<BlobHash>, BlobFault> {
        let folders = self.by_folder().collect::<Result<Vec<_>, _>>()?;
        Ok(folders.concat())
    }

    /// Every blob that is there, one folder of them after the other.
    pub(crate) fn by_folder(&self) -> impl Iterator<Item = Result<Vec<BlobHash>, BlobFault>> + '_ {
        (0..=u8::MAX).map(|first| self.list(&format!("{first:02x}")).map_err(|source| self.fault(source)))
    }

    /// Takes a blob from a reader; what doesn't have this hash is refused.
    pub(crate) fn take_in(&self, hash: &BlobHash, content: &mut dyn Read) -> Result<(), BlobFault> {
        if self.path(hash).exists() {
            return Ok(());
        }
        self.copy_in(hash, content).map_err(|source| self.fault(source))
    }

    fn copy_in(&self, hash: &BlobHash, content: &mut dyn Read) -> io::Result<()> {
        let mut file = tempfile::NamedTempFile::new_in(self.incoming())?;
        io::copy(content, &mut file)?;
        let file = file.into_temp_path();
        if digest(&file)? == *hash {
            self.settle(&file, hash)
        } else {
            Err(io::ErrorKind::InvalidData.into())
        }
    }

    fn list(&self, first: &str) -> io::Result<Vec<BlobHash>> {
        let files = match fs::read_dir(self.folder.join(first)) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            files => files?,
        };
        let hashes = files.map(|file| Ok(BlobHash::new(&file?.file_name().to_string_lossy())));
        let mut hashes: Vec<BlobHash> =
            hashes.filter_map(io::Result::transpose).collect::<io::Result<_>>()?;
        hashes.sort_by(|a, b| a.as_str().cmp(b.as_str()));
        Ok(hashes)
    }

    fn write(&self, hash: &BlobHash, bytes: &[u8]) -> io::Result<()> {
        let mut file = tempfile::NamedTempFile::new_in(self.incoming())?;
        file.write_all(bytes)?;
        let file = file.into_temp_path();
        self.settle(&file, hash)
    }

    fn adopt_file(&self, file: &Path) -> io::Result<BlobHash> {
        let hash = digest(file)?;
        self.settle(file, &hash)?;
        Ok(hash)
    }

    /// Moves a whole file to its place, in an order that leaves no half blob behind a power cut.
    fn settle(&self, file: &Path, hash: &BlobHash) -> io::Result<()> {
        let path = self.path(hash);
        let folder = path.parent().unwrap_or(&self.folder);
        fs::create_dir_all(folder)?;
        File::open(file)?.sync_all()?;
        fs::rename(file, &path)?;
        File::open(folder)?.sync_all()
    }

    fn fault(&self, source: io::Error) -> BlobFault {
        BlobFault { folder: self.folder.clone(), source }
    }
}

/// The name of a blob with these bytes.
pub fn blob_hash(bytes: &[u8]) -> BlobHash {
    hash_of(Sha256::digest(bytes).as_slice())
}

fn digest(file: &Path) -> io::Result<BlobHash> {
    let mut reader = File::open(file)?;
    let mut hasher = Sha256::new();
    let mut buffer = vec![0; 64 * 1024];
    loop {
        let read = reader.read(&mut buffer)?;
        if read == 0 {
            return Ok(hash_of(hasher.finalize().as_slice()));
        }
        hasher.update(&buffer[..read]);
    }
}

fn hash_of(digest: &[u8]) -> BlobHash {
    let hex: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
    BlobHash::new(&hex).expect("a SHA-256 digest is 64 hex digits")
}
