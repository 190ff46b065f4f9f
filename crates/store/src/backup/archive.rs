//! The file of a backup: what stands in it in which order, writing it, and walking through it.

use crate::TABLES;
use flate2::{Compression, read::GzDecoder, write::GzEncoder};
use kernel::{BlobHash, Fault, Kind, Refused, Stop};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use sha2::{Digest, Sha256};
use std::{
    fs::File,
    io::{self, BufRead, BufReader, Read},
    path::Path,
};
use tempfile::NamedTempFile;

/// The newest form of the file that this program writes and reads.
const FORMAT: u32 = 1;
/// A table is written in parts of some four mebibytes, so that memory stays small.
const PART: usize = 4 << 20;
const FORMAT_NAME: &str = "format.json";
const MANIFEST_NAME: &str = "manifest.json";

/// What stands first in the file: how the rest is to be read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Format {
    pub(super) format: u32,
    pub(super) steps: Vec<String>,
}

impl Format {
    pub(super) fn current(steps: Vec<String>) -> Self {
        Self { format: FORMAT, steps }
    }
}

/// What stands last in the file: what must be in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Manifest {
    #[serde(flatten)]
    pub(super) format: Format,
    pub(super) tables: Vec<TableSum>,
    pub(super) blobs: u64,
}

impl Manifest {
    pub(super) fn backup(self, size: u64) -> super::Backup {
        let tables = self.tables.into_iter().map(|table| (table.name, table.rows)).collect();
        super::Backup { tables, blobs: self.blobs, size }
    }
}

/// The number of rows of a table, and the SHA-256 of their lines.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct TableSum {
    pub(super) name: String,
    pub(super) rows: u64,
    pub(super) sha256: String,
}

/// A sum in the making.
#[derive(Default)]
pub(super) struct Summing {
    rows: u64,
    hasher: Sha256,
}

impl Summing {
    pub(super) fn add(&mut self, line: &str) {
        self.rows += 1;
        self.hasher.update(line.as_bytes());
        self.hasher.update(b"\n");
    }

    pub(super) fn sum(self, table: &str) -> TableSum {
        TableSum { name: table.to_owned(), rows: self.rows, sha256: hex(&self.hasher.finalize()) }
    }
}

fn hex(digest: &[u8]) -> String {
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A backup that is being written, beside the place where it will stand.
pub(super) struct Archive {
    tar: tar::Builder<GzEncoder<NamedTempFile>>,
}

impl Archive {
    pub(super) fn begin(path: &Path, format: &Format) -> Result<Self, Fault> {
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
        let file = NamedTempFile::new_in(folder.unwrap_or(Path::new("."))).map_err(Fault::new)?;
        let mut archive = Self { tar: tar::Builder::new(GzEncoder::new(file, Compression::fast())) };
        archive.add(FORMAT_NAME, &serde_json::to_vec(format).map_err(Fault::new)?)?;
        Ok(archive)
    }

    pub(super) fn table(&mut self, table: &'static str) -> TableParts<'_> {
        TableParts { archive: self, table, parts: 0, waiting: Vec::new(), summing: Summing::default() }
    }

    pub(super) fn blob(&mut self, hash: &BlobHash, size: u64, content: impl Read) -> Result<(), Fault> {
        let name = format!("blobs/{hash}");
        self.tar.append_data(&mut header(size), name, content).map_err(Fault::new)
    }

    /// Closes the file and gives it its name; answers its size.
    pub(super) fn end(mut self, manifest: &Manifest, path: &Path) -> Result<u64, Fault> {
        self.add(MANIFEST_NAME, &serde_json::to_vec_pretty(manifest).map_err(Fault::new)?)?;
        let compressed = self.tar.into_inner().map_err(Fault::new)?;
        let file = compressed.finish().map_err(Fault::new)?;
        file.as_file().sync_all().map_err(Fault::new)?;
        let file = file.persist_noclobber(path).map_err(Fault::new)?;
        Ok(file.metadata().map_err(Fault::new)?.len())
    }

    fn add(&mut self, name: &str, content: &[u8]) -> Result<(), Fault> {
        self.tar.append_data(&mut header(content.len() as u64), name, content).map_err(Fault::new)
    }
}

fn header(size: u64) -> tar::Header {
    let mut header = tar::Header::new_gnu();
    header.set_size(size);
    header.set_mode(0o600);
    header
}

/// A table that is being written.
pub(super) struct TableParts<'a> {
    archive: &'a mut Archive,
    table: &'static str,
    parts: u32,
    waiting: Vec<u8>,
    summing: Summing,
}

impl TableParts<'_> {
    pub(super) fn add(&mut self, line: &str) -> Result<(), Fault> {
        self.summing.add(line);
        self.waiting.extend_from_slice(line.as_bytes());
        self.waiting.push(b'\n');
        if self.waiting.len() >= PART { self.flush() } else { Ok(()) }
    }

    pub(super) fn end(mut self) -> Result<TableSum, Fault> {
        if !self.waiting.is_empty() {
            self.flush()?;
        }
        Ok(self.summing.sum(self.table))
    }

    fn flush(&mut self) -> Result<(), Fault> {
        self.parts += 1;
        self.archive.add(&format!("tables/{}/{:06}.jsonl", self.table, self.parts), &self.waiting)?;
        self.waiting.clear();
        Ok(())
    }
}

/// Who takes what is found on a walk through a backup.
pub(super) trait Taker {
    /// What stands first.
    fn format(&mut self, format: &Format) -> Result<(), Stop>;
    /// A row of a table.
    fn line(&mut self, table: &'static str, line: &str) -> Result<(), Stop>;
    /// A blob.
    fn blob(&mut self, hash: &BlobHash, content: &mut dyn Read) -> Result<(), Stop>;
}

/// Walks through a backup from its beginning to its end; answers its manifest, which fits what was found.
pub(super) fn walk(path: &Path, taker: &mut dyn Taker) -> Result<Manifest, Stop> {
    let file = File::open(path).map_err(|error| not_one(path, &error))?;
    let mut tar = tar::Archive::new(GzDecoder::new(BufReader::new(file)));
    let mut walked = Walked::default();
    for entry in tar.entries().map_err(|error| not_one(path, &error))? {
        match entry {
            Ok(entry) => walked.entry(entry, taker)?,
            Err(error) if walked.format.is_none() => return Err(not_one(path, &error).into()),
            Err(error) => return Err(damaged(&error.to_string())),
        }
    }
    // The checksum of the whole stands behind the last entry and is compared when the end is reached.
    io::copy(&mut tar.into_inner(), &mut io::sink()).map_err(|error| damaged(&error.to_string()))?;
    walked.end()
}

type Entry<'a> = tar::Entry<'a, GzDecoder<BufReader<File>>>;

#[derive(Default)]
struct Walked {
    format: Option<Format>,
    summing: Vec<(&'static str, Summing)>,
    blobs: u64,
    manifest: Option<Manifest>,
}

impl Walked {
    fn entry(&mut self, mut entry: Entry<'_>, taker: &mut dyn Taker) -> Result<(), Stop> {
        let name = String::from_utf8_lossy(&entry.path_bytes()).into_owned();
        if self.format.is_none() {
            let format: Format = if name == FORMAT_NAME { whole(&mut entry)? } else { return Err(foreign()) };
            known_format(&format)?;
            taker.format(&format)?;
            self.format = Some(format);
        } else if name == MANIFEST_NAME {
            self.manifest = Some(whole(&mut entry)?);
        } else if let Some(hash) = name.strip_prefix("blobs/").and_then(BlobHash::new) {
            self.blobs += 1;
            taker.blob(&hash, &mut entry)?;
        } else if let Some(table) = table_named(&name) {
            self.lines(table, entry, taker)?;
        } else {
            return Err(damaged(&format!("nothing is called {name} in a backup")));
        }
        Ok(())
    }

    fn lines(&mut self, table: &'static str, entry: Entry<'_>, taker: &mut dyn Taker) -> Result<(), Stop> {
        if self.summing.last().is_none_or(|(last, _)| *last != table) {
            self.summing.push((table, Summing::default()));
        }
        for line in BufReader::new(entry).lines() {
            let line = line.map_err(|error| damaged(&error.to_string()))?;
            taker.line(table, &line)?;
            self.summing.iter_mut().rev().take(1).for_each(|(_, summing)| summing.add(&line));
        }
        Ok(())
    }

    fn end(self) -> Result<Manifest, Stop> {
        let (Some(format), Some(manifest)) = (self.format, self.manifest) else {
            return Err(damaged("it ends too early"));
        };
        let mut found: Vec<TableSum> =
            self.summing.into_iter().map(|(table, summing)| summing.sum(table)).collect();
        // A table without rows has no part in the file.
        found.extend(
            TABLES
                .iter()
                .map(|table| Summing::default().sum(table))
                .filter(|empty| manifest.tables.iter().any(|table| table == empty)),
        );
        let fits = manifest.tables.iter().all(|table| found.contains(table));
        let whole = fits && found.len() == manifest.tables.len() && manifest.tables.len() == TABLES.len();
        if whole && manifest.blobs == self.blobs && manifest.format == format {
            Ok(manifest)
        } else {
            Err(damaged("what it holds is not what its manifest says"))
        }
    }
}

fn table_named(name: &str) -> Option<&'static str> {
    let (table, _) = name.strip_prefix("tables/")?.split_once('/')?;
    TABLES.iter().copied().find(|known| *known == table)
}

fn whole<T: DeserializeOwned>(entry: &mut Entry<'_>) -> Result<T, Stop> {
    let mut text = String::new();
    entry.take(1 << 20).read_to_string(&mut text).map_err(|error| damaged(&error.to_string()))?;
    serde_json::from_str(&text).map_err(|error| damaged(&error.to_string()))
}

fn known_format(format: &Format) -> Result<(), Refused> {
    if format.format <= FORMAT {
        return Ok(());
    }
    let sentence = format!(
        "The backup has the form {}, and this program knows forms up to {FORMAT}: a newer version made it.",
        format.format
    );
    Err(Refused::new(Kind::Invalid, "backup.newer_format", sentence)
        .hint("Restore it with the version that made it, or a newer one."))
}

fn not_one(path: &Path, error: &io::Error) -> Refused {
    let sentence = format!("{} can't be read as a backup: {error}.", path.display());
    Refused::new(Kind::Invalid, "backup.not_one", sentence)
        .hint("Name a file that `dragoman backup` made. Nothing was changed.")
}

fn foreign() -> Stop {
    Refused::new(Kind::Invalid, "backup.not_one", "The file is no backup that Dragoman made.")
        .hint("Name a file that `dragoman backup` made. Nothing was changed.")
        .into()
}

/// The refusal of a file that isn't what it was.
pub(super) fn damaged(why: &str) -> Stop {
    Refused::new(Kind::Invalid, "backup.damaged", format!("The backup is damaged or was cut short: {why}."))
        .hint("Fetch the file again, or take an older backup. Nothing was changed.")
        .into()
}

/// The SHA-256 of what is read, as a blob's name.
pub(super) fn hash_of(content: &mut dyn Read) -> io::Result<String> {
    let mut hasher = Sha256::new();
    let mut reader = BufReader::with_capacity(64 * 1024, content);
    loop {
        let piece = reader.fill_buf()?;
        if piece.is_empty() {
            return Ok(hex(&hasher.finalize()));
        }
        hasher.update(piece);
        let length = piece.len();
        reader.consume(length);
    }
}
