//! Enclosures: files that go with a reply.

use crate::{Desk, aside};
use cases::{AttachmentRow, CaseRefusal, letter::Enclosure, tables as case_tables};
use kernel::{BlobHash, Fault, MessageId, Stop};
use store::Tx;

/// How much the files of a reply may hold together, in bytes. Most mail servers refuse a mail of more than 25 MB, and on the way a
/// file takes a third more.
pub const MOST_BYTES: usize = 18_000_000;

/// A file whose content is a blob already.
#[derive(Clone)]
pub(crate) struct Enclosed {
    name: String,
    media_type: String,
    size: i64,
    blob: BlobHash,
}

/// Makes blobs of files.
pub(crate) async fn enclose(desk: &Desk, files: Vec<Enclosure>) -> Result<Vec<Enclosed>, Stop> {
    if files.iter().map(|file| file.content.len()).sum::<usize>() > MOST_BYTES {
        return Err(CaseRefusal::FilesTooLarge.into());
    }
    let blobs = desk.blobs.clone();
    let enclose = move || {
        let one = |file: Enclosure| {
            Ok::<_, Fault>(Enclosed {
                size: i64::try_from(file.content.len()).unwrap_or(i64::MAX),
                blob: blobs.put(&file.content)?,
                name: file.name,
                media_type: file.media_type,
            })
        };
        files.into_iter().map(one).collect::<Result<_, _>>()
    };
    Ok(aside(enclose).await??)
}

/// Writes down that files go with a message.
pub(crate) fn attach(tx: &mut Tx<'_>, message: MessageId, files: &[Enclosed]) -> Result<(), Fault> {
    files.iter().zip(0..).try_for_each(|(file, position)| {
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
        case_tables::add_attachment(tx, &row)
    })
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
