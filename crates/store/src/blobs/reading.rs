//! A blob read piece by piece, so that a large one is never whole in memory.

use super::{BlobFault, Blobs, hash_of};
use kernel::BlobHash;
use sha2::{Digest, Sha256};

/// How much is read at once, in bytes.
const PIECE: u64 = 1024 * 1024;

/// A blob that is being read.
#[derive(Debug)]
pub struct Reading {
    blobs: Blobs,
    hash: BlobHash,
    size: u64,
    at: u64,
    digest: Sha256,
}

impl Blobs {
    /// Begins to read a blob.
    ///
    /// # Errors
    /// A fault when it is missing.
    pub fn reading(&self, hash: &BlobHash) -> Result<Reading, BlobFault> {
        let size = match &self.bucket {
            None => self.folder.size(hash)?,
            Some(bucket) => bucket.size(hash)?,
        };
        Ok(Reading { blobs: self.clone(), hash: hash.clone(), size, at: 0, digest: Sha256::new() })
    }
}

impl Reading {
    /// How many bytes it has altogether.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// The next bytes; none at the end.
    ///
    /// # Errors
    /// A fault when they can't be read, or instead of the last ones when the content isn't what was kept.
    pub fn next_piece(&mut self) -> Result<Option<Vec<u8>>, BlobFault> {
        if self.at >= self.size {
            return Ok(None);
        }
        let end = (self.at + PIECE).min(self.size);
        let piece = match &self.blobs.bucket {
            None => self.blobs.folder.range(&self.hash, self.at..end)?,
            Some(bucket) => bucket.range(&self.hash, self.at..end)?,
        };
        self.digest.update(&piece);
        self.at = end;
        if end == self.size && hash_of(self.digest.clone().finalize().as_slice()) != self.hash {
            return Err(self.blobs.damaged(&self.hash));
        }
        Ok(Some(piece))
    }
}

#[cfg(test)]
mod tests {
    use super::super::Blobs;
    use super::PIECE;

    #[test]
    fn a_blob_comes_in_pieces_and_a_damaged_one_never_whole() {
        let folder = tempfile::tempdir().unwrap();
        let blobs = Blobs::open(folder.path()).unwrap();
        let size = usize::try_from(PIECE).unwrap();
        for length in [0, 1, size, 2 * size + 7] {
            let bytes: Vec<u8> = (0..length).map(|nth| (nth % 251) as u8).collect();
            let hash = blobs.put(&bytes).unwrap();
            let mut reading = blobs.reading(&hash).unwrap();
            let mut read = Vec::new();
            while let Some(piece) = reading.next_piece().unwrap() {
                assert!(piece.len() <= size);
                read.extend(piece);
            }
            assert!(read == bytes && reading.size() == length as u64);
        }
        let hash = blobs.put(&vec![7; size + 1]).unwrap();
        let path = folder.path().join(&hash.as_str()[..2]).join(hash.as_str());
        std::fs::write(path, vec![8; size + 1]).unwrap();
        let mut reading = blobs.reading(&hash).unwrap();
        assert!(reading.next_piece().is_ok_and(|piece| piece.is_some()));
        assert!(reading.next_piece().is_err());
        assert!(blobs.reading(&super::super::blob_hash(b"missing")).is_err());
    }
}
