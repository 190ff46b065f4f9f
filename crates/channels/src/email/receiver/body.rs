//! The bytes of one mail: in memory while it is short, in a temporary file when it is long.

use std::{io, mem, path::Path};
use tempfile::TempPath;
use tokio::{fs::File, io::AsyncWriteExt};

/// How the names of temporary files begin, so that leftovers of a killed process are recognised.
pub(super) const SPOOLED_PREFIX: &str = "incoming-";

/// A whole mail, byte for byte as received, without the transport's dots and without any added line.
#[derive(Debug)]
pub enum Body {
    /// A short mail.
    Inline(Vec<u8>),
    /// A long mail. The file is removed when `path` is dropped; whoever keeps it moves it (`TempPath::persist`).
    Spooled {
        /// Where it is.
        path: TempPath,
        /// Its length in bytes.
        bytes: u64,
    },
}

impl Body {
    /// The length in bytes.
    pub fn length(&self) -> u64 {
        match self {
            Self::Inline(bytes) => bytes.len() as u64,
            Self::Spooled { bytes, .. } => *bytes,
        }
    }

    /// The whole mail in memory.
    ///
    /// # Errors
    /// The temporary file can't be read.
    pub fn into_bytes(self) -> io::Result<Vec<u8>> {
        match self {
            Self::Inline(bytes) => Ok(bytes),
            Self::Spooled { path, .. } => std::fs::read(&path),
        }
    }
}

/// Why there is no mail although the client sent one.
#[derive(Debug)]
pub(in crate::email) enum Lost {
    /// It is longer than allowed.
    Outgrown,
    /// It couldn't be written to the temporary file.
    Unwritten(io::Error),
}

/// Collects a mail piece by piece, in bounded memory.
pub(in crate::email) struct Collector<'a> {
    folder: &'a Path,
    limit: u64,
    in_memory: usize,
    /// Where the next piece is put; emptied by `settle` when it is long.
    pub(in crate::email) pending: Vec<u8>,
    settled: u64,
    file: Option<(File, TempPath)>,
    lost: Option<Lost>,
}

impl<'a> Collector<'a> {
    /// `expected` is the size that the client announced, or 0.
    pub(in crate::email) fn new(folder: &'a Path, limits: &super::Limits, expected: u64) -> Self {
        let room = usize::try_from(expected).unwrap_or(usize::MAX).clamp(4096, 65_536);
        Self {
            folder,
            limit: limits.message_bytes,
            in_memory: limits.in_memory_bytes,
            pending: Vec::with_capacity(room),
            settled: 0,
            file: None,
            lost: None,
        }
    }

    /// How many bytes came so far.
    pub(super) fn length(&self) -> u64 {
        self.settled + self.pending.len() as u64
    }

    /// Keeps memory bounded; called after each piece.
    pub(in crate::email) async fn settle(&mut self) {
        if self.lost.is_none() && self.length() > self.limit {
            self.lose(Lost::Outgrown);
        }
        if self.lost.is_some() {
            self.settled += self.pending.len() as u64;
            self.pending.clear();
        } else if self.pending.len() > self.in_memory
            && let Err(error) = self.spool().await
        {
            self.lose(Lost::Unwritten(error));
        }
    }

    /// The whole mail, or why there is none.
    pub(in crate::email) async fn finish(mut self) -> Result<Body, Lost> {
        if let Some(lost) = self.lost {
            return Err(lost);
        }
        if self.file.is_none() {
            return Ok(Body::Inline(mem::take(&mut self.pending)));
        }
        self.spool().await.map_err(Lost::Unwritten)?;
        let bytes = self.settled;
        let (mut file, path) = self.file.take().expect("checked above");
        file.flush().await.map_err(Lost::Unwritten)?;
        Ok(Body::Spooled { path, bytes })
    }

    fn lose(&mut self, lost: Lost) {
        self.lost = Some(lost);
        self.file = None;
    }

    async fn spool(&mut self) -> io::Result<()> {
        if self.file.is_none() {
            let named = tempfile::Builder::new().prefix(SPOOLED_PREFIX).tempfile_in(self.folder)?;
            let (file, path) = named.into_parts();
            self.file = Some((File::from_std(file), path));
        }
        if let Some((file, _)) = &mut self.file {
            file.write_all(&self.pending).await?;
            self.settled += self.pending.len() as u64;
            self.pending.clear();
        }
        Ok(())
    }
}
