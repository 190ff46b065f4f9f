//! Enclosures: files that go with a reply, or that are fetched because they are too large for a letter.

use crate::{Desk, aside};
use cases::{AttachmentRow, CaseRefusal, DraftFile, letter::Enclosure, plan, tables as case_tables};
use kernel::{BlobHash, Fault, Instant, MessageId, Stop};
use std::sync::Arc;
use store::{Blobs, Tx};
use tempfile::TempPath;

/// How much the files of a reply may hold together, in bytes.
pub const MOST_BYTES: usize = 100_000_000;

/// A file as somebody attached it.
#[derive(Clone, Debug)]
pub struct Attached {
    /// Its name.
    pub name: String,
    /// Its media type.
    pub media_type: String,
    /// What is in it.
    pub content: Content,
}

/// What is in a file that was attached.
#[derive(Clone, Debug)]
pub enum Content {
    /// The bytes.
    Bytes(Vec<u8>),
    /// A file among those that come in, of so many bytes; whoever drops it last deletes it.
    Spooled(Arc<TempPath>, u64),
}

impl Content {
    fn size(&self) -> i64 {
        let size = match self {
            Self::Bytes(bytes) => u64::try_from(bytes.len()),
            Self::Spooled(_, size) => Ok(*size),
        };
        size.ok().and_then(|size| i64::try_from(size).ok()).unwrap_or(i64::MAX)
    }

    fn keep(&self, blobs: &Blobs) -> Result<BlobHash, Fault> {
        Ok(match self {
            Self::Bytes(bytes) => blobs.put(bytes)?,
            Self::Spooled(path, _) => blobs.adopt(path)?,
        })
    }
}

impl From<Enclosure> for Attached {
    fn from(file: Enclosure) -> Self {
        Self { name: file.name, media_type: file.media_type, content: Content::Bytes(file.content) }
    }
}

/// A file whose content is a blob already.
#[derive(Clone)]
pub(crate) struct Enclosed {
    name: String,
    media_type: String,
    size: i64,
    blob: BlobHash,
}

impl From<DraftFile> for Enclosed {
    fn from(file: DraftFile) -> Self {
        Self { name: file.name, media_type: file.media_type, size: file.size, blob: file.blob }
    }
}

impl From<AttachmentRow> for Enclosed {
    fn from(file: AttachmentRow) -> Self {
        Self { name: file.name, media_type: file.media_type, size: file.size, blob: file.blob }
    }
}

impl Enclosed {
    /// The same as a file beside a draft, at no place yet.
    pub(crate) fn beside_draft(&self) -> DraftFile {
        DraftFile {
            position: 0,
            name: self.name.clone(),
            media_type: self.media_type.clone(),
            size: self.size,
            blob: self.blob.clone(),
        }
    }
}

/// How large files are, in bytes.
pub(crate) fn sizes(files: &[Attached]) -> Vec<i64> {
    files.iter().map(|file| file.content.size()).collect()
}

/// Makes blobs of files.
pub(crate) async fn enclose(desk: &Desk, files: Vec<Attached>) -> Result<Vec<Enclosed>, Stop> {
    plan::fetched(&sizes(&files))?;
    let blobs = desk.blobs.clone();
    let enclose = move || {
        let one = |file: Attached| {
            Ok::<_, Fault>(Enclosed {
                size: file.content.size(),
                blob: file.content.keep(&blobs)?,
                name: file.name,
                media_type: file.media_type,
            })
        };
        files.into_iter().map(one).collect::<Result<_, _>>()
    };
    Ok(aside(enclose).await??)
}

/// Writes down that files go with a message, and lets those be fetched that are too large for a letter.
pub(crate) fn attach(
    tx: &mut Tx<'_>,
    message: MessageId,
    files: &[Enclosed],
    has_address: Links,
    now: Instant,
) -> Result<(), Stop> {
    for (file, position) in files.iter().zip(0..) {
        let row = AttachmentRow {
            message,
            position,
            name: file.name.clone(),
            media_type: file.media_type.clone(),
            size: file.size,
            blob: file.blob.clone(),
            inline: false,
            content_id: None,
        };
        case_tables::add_attachment(tx, &row)?;
    }
    let sizes: Vec<i64> = files.iter().map(|file| file.size).collect();
    let fetched = plan::fetched(&sizes)?;
    if !fetched.is_empty() && has_address == Links::Impossible {
        return Err(CaseRefusal::NoPublicAddress.into());
    }
    for place in fetched {
        let position = i64::try_from(place).unwrap_or(i64::MAX);
        case_tables::add_download(tx, message, position, now.plus(plan::FETCHED_FOR))?;
    }
    Ok(())
}

/// Whether letters can hold links to us.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Links {
    /// Customers know where we are.
    Possible,
    /// Nobody said where we are.
    Impossible,
}

impl Links {
    pub(crate) fn of(desk: &Desk) -> Self {
        if desk.public_address.is_some() { Self::Possible } else { Self::Impossible }
    }
}

/// The files of a reply that go along with its letter.
pub(crate) fn going_along(tx: &mut Tx<'_>, reply: MessageId) -> Result<Vec<AttachmentRow>, Fault> {
    let fetched = case_tables::downloads_of(tx, reply)?;
    let mut files = case_tables::attachments_of(tx, reply)?;
    files.retain(|file| fetched.iter().all(|row| row.position != file.position));
    Ok(files)
}

/// The files of a message with their contents.
pub(crate) async fn with_contents(desk: &Desk, rows: Vec<AttachmentRow>) -> Result<Vec<Enclosure>, Fault> {
    let blobs = desk.blobs.clone();
    let read = move || {
        let one = |row: AttachmentRow| {
            Ok(Enclosure { content: blobs.get(&row.blob)?, name: row.name, media_type: row.media_type })
        };
        rows.into_iter().map(one).collect()
    };
    aside(read).await?
}
