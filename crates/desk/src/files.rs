//! Files of a case: attachments, the original HTML, the mail as it was received. Each is reached through its case, so that a blob's
//! name alone opens nothing.

use crate::{Desk, aside, case_page};
use cases::{AttachmentRow, CaseRefusal, Kept, tables as case_tables};
use kernel::{BlobHash, CaseId, Fault, MessageId, Reach, Stop};
use store::Reading;

/// An attachment and its content.
///
/// # Errors
/// [`CaseRefusal::NotFound`].
pub async fn attachment(
    desk: &Desk,
    reach: &Reach,
    case: CaseId,
    message: MessageId,
    position: i64,
) -> Result<(AttachmentRow, Vec<u8>), Stop> {
    case_page::message(desk, reach, case, message).await?;
    let found = desk.store.read(move |tx| case_tables::attachment(tx, message, position)).await?;
    let row = found.ok_or(CaseRefusal::NotFound)?;
    let bytes = content(desk, row.blob.clone()).await?;
    Ok((row, bytes))
}

/// An attachment, and its content to be read piece by piece.
///
/// # Errors
/// [`CaseRefusal::NotFound`].
pub async fn open_attachment(
    desk: &Desk,
    reach: &Reach,
    case: CaseId,
    message: MessageId,
    position: i64,
) -> Result<(AttachmentRow, Reading), Stop> {
    case_page::message(desk, reach, case, message).await?;
    let found = desk.store.read(move |tx| case_tables::attachment(tx, message, position)).await?;
    let row = found.ok_or(CaseRefusal::NotFound)?;
    let reading = reading(desk, row.blob.clone()).await?;
    Ok((row, reading))
}

pub(crate) async fn reading(desk: &Desk, hash: BlobHash) -> Result<Reading, Fault> {
    let blobs = desk.blobs.clone();
    Ok(aside(move || blobs.reading(&hash)).await??)
}

/// The sanitised HTML of a message, and the files that it may refer to.
///
/// # Errors
/// [`CaseRefusal::NotFound`] when there is none.
pub async fn html(
    desk: &Desk,
    reach: &Reach,
    case: CaseId,
    message: MessageId,
) -> Result<(String, Vec<AttachmentRow>), Stop> {
    let found = case_page::message(desk, reach, case, message).await?;
    let hash = found.html.ok_or(CaseRefusal::NotFound)?;
    let files = desk.store.read(move |tx| case_tables::attachments_of(tx, message)).await?;
    let bytes = content(desk, hash).await?;
    Ok((String::from_utf8_lossy(&bytes).into_owned(), files))
}

/// A message's mail as it was received.
///
/// # Errors
/// [`CaseRefusal::NotFound`] when the message didn't come by mail.
pub async fn raw(desk: &Desk, reach: &Reach, case: CaseId, message: MessageId) -> Result<Vec<u8>, Stop> {
    let found = case_page::message(desk, reach, case, message).await?;
    let id = found.raw_mail.ok_or(CaseRefusal::NotFound)?;
    let mail =
        desk.store.read(move |tx| case_tables::raw_mail(tx, id)).await?.ok_or(CaseRefusal::NotFound)?;
    let trace = format!("{}\r\n", mail.trace.trim_end());
    let bytes = match mail.kept {
        Kept::InRow(bytes) => bytes,
        Kept::InBlob(hash) => content(desk, hash).await?,
    };
    Ok(if mail.trace.is_empty() { bytes } else { [trace.into_bytes(), bytes].concat() })
}

/// The messages among these whose HTML names pictures on other servers. The asker has made sure that they may be seen.
///
/// # Errors
/// A fault when a blob can't be read.
pub async fn naming_remote_images(
    desk: &Desk,
    htmls: Vec<(MessageId, BlobHash)>,
) -> Result<Vec<MessageId>, Fault> {
    let blobs = desk.blobs.clone();
    aside(move || {
        let mut found = Vec::new();
        for (message, hash) in htmls {
            // Sanitised HTML writes every attribute in this one way.
            if String::from_utf8_lossy(&blobs.get(&hash)?).contains(" src=\"http") {
                found.push(message);
            }
        }
        Ok(found)
    })
    .await?
}

async fn content(desk: &Desk, hash: BlobHash) -> Result<Vec<u8>, Fault> {
    let blobs = desk.blobs.clone();
    Ok(aside(move || blobs.get(&hash)).await??)
}
