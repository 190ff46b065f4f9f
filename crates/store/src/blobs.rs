//! Blobs: raw mails and attachments, each under the SHA-256 of its content, in a folder or in a bucket.

mod bucket;
mod copying;
mod fault;
mod folder;
mod reading;

pub use bucket::{Addressing, BucketSettings};
pub use copying::Copied;
pub use fault::BlobFault;
pub use reading::Reading;

use bucket::Bucket;
use folder::Folder;
use kernel::BlobHash;
use sha2::{Digest, Sha256};
use std::{
    fs::{self, File},
    io::{self, Cursor, Read},
    path::{Path, PathBuf},
    sync::Arc,
};

/// Where the blobs are. What is there never changes, so it can be copied while the program runs.
#[derive(Clone, Debug)]
pub struct Blobs {
    folder: Folder,
    bucket: Option<Arc<Bucket>>,
}

impl Blobs {
    /// Blobs in a folder, which is made where it is missing.
    ///
    /// # Errors
    /// A fault when it can't be made.
    pub fn open(folder: &Path) -> Result<Self, BlobFault> {
        Ok(Self { folder: Folder::open(folder)?, bucket: None })
    }

    /// Blobs in a bucket. The folder holds only what is still coming in. Nothing is asked of the bucket yet: see [`Blobs::probe`].
    ///
    /// # Errors
    /// A fault when the folder can't be made or the settings can't be true.
    pub fn in_bucket(settings: &BucketSettings, folder: &Path) -> Result<Self, BlobFault> {
        Ok(Self { folder: Folder::open(folder)?, bucket: Some(Arc::new(Bucket::open(settings)?)) })
    }

    /// Where they are, for a person: a folder, or a bucket and its server.
    pub fn place(&self) -> String {
        match &self.bucket {
            None => format!("the folder {}", self.folder.root().display()),
            Some(bucket) => bucket.place().to_owned(),
        }
    }

    /// Where bytes wait until they are whole, always on this machine. Files here are nobody's after a crash.
    pub fn incoming(&self) -> PathBuf {
        self.folder.incoming()
    }

    /// Keeps these bytes; they survive a power cut when this returns. Keeping the same bytes again changes nothing.
    ///
    /// # Errors
    /// A fault when they can't be written.
    pub fn put(&self, bytes: &[u8]) -> Result<BlobHash, BlobFault> {
        let hash = blob_hash(bytes);
        match &self.bucket {
            None => self.folder.put(&hash, bytes)?,
            Some(bucket) => bucket.put(&hash, || Ok(bytes.to_vec()))?,
        }
        Ok(hash)
    }

    /// Takes over a whole file from [`Blobs::incoming`].
    ///
    /// # Errors
    /// A fault when it can't be read or moved; the file is then still there.
    pub fn adopt(&self, file: &Path) -> Result<BlobHash, BlobFault> {
        let local = |source| self.folder.fault(source);
        let hash = digest(file).map_err(local)?;
        match &self.bucket {
            None => self.folder.settle(file, &hash).map_err(local)?,
            Some(bucket) => {
                bucket.put(&hash, || fs::read(file).map_err(local))?;
                fs::remove_file(file).map_err(local)?;
            }
        }
        Ok(hash)
    }

    /// The bytes of a blob.
    ///
    /// # Errors
    /// A fault when it is missing or can't be read.
    pub fn get(&self, hash: &BlobHash) -> Result<Vec<u8>, BlobFault> {
        match &self.bucket {
            None => self.folder.get(hash),
            Some(bucket) => bucket.get(hash),
        }
    }

    /// The first bytes of a blob, at most so many.
    ///
    /// # Errors
    /// A fault when it is missing or can't be read.
    pub fn beginning(&self, hash: &BlobHash, most: usize) -> Result<Vec<u8>, BlobFault> {
        match &self.bucket {
            None => self.folder.beginning(hash, most),
            Some(bucket) => bucket.beginning(hash, most),
        }
    }

    /// Every blob that is there, in the order of their hashes.
    ///
    /// # Errors
    /// A fault when they can't be listed.
    pub fn all(&self) -> Result<Vec<BlobHash>, BlobFault> {
        let parts = self.by_part().collect::<Result<Vec<_>, _>>()?;
        Ok(parts.concat())
    }

    /// Writes something of no meaning, reads it and deletes it again.
    ///
    /// # Errors
    /// A fault that says which of the three doesn't work, and what to do.
    pub fn probe(&self) -> Result<(), BlobFault> {
        match &self.bucket {
            None => self.folder.probe(),
            Some(bucket) => bucket.probe(),
        }
    }

    /// Every blob that is there, those whose hashes begin with 00, then those with 01, and so on.
    pub(crate) fn by_part(&self) -> impl Iterator<Item = Result<Vec<BlobHash>, BlobFault>> + '_ {
        (0..=u8::MAX).map(|first| self.part(&format!("{first:02x}")))
    }

    fn part(&self, first: &str) -> Result<Vec<BlobHash>, BlobFault> {
        let mut hashes = match &self.bucket {
            None => self.folder.part(first)?,
            Some(bucket) => bucket.part(first)?,
        };
        hashes.sort_by(|a, b| a.as_str().cmp(b.as_str()));
        Ok(hashes)
    }

    /// A blob's size and its bytes.
    pub(crate) fn reader(&self, hash: &BlobHash) -> Result<(u64, Box<dyn Read>), BlobFault> {
        match &self.bucket {
            None => self.folder.reader(hash),
            Some(bucket) => {
                let bytes = bucket.get(hash)?;
                Ok((bytes.len() as u64, Box::new(Cursor::new(bytes))))
            }
        }
    }

    pub(crate) fn damaged(&self, hash: &BlobHash) -> BlobFault {
        match &self.bucket {
            None => self.folder.fault(io::ErrorKind::InvalidData.into()),
            Some(bucket) => bucket.damaged(hash),
        }
    }

    /// Takes a blob from a reader; what doesn't have this hash is refused.
    pub(crate) fn take_in(&self, hash: &BlobHash, content: &mut dyn Read) -> Result<(), BlobFault> {
        let local = |source| self.folder.fault(source);
        let file = self.folder.spool(content).map_err(local)?;
        if digest(&file).map_err(local)? != *hash {
            return Err(local(io::ErrorKind::InvalidData.into()));
        }
        self.adopt(&file).map(drop)
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
