//! Downloads: files that were too large for a letter, fetched from us by whoever was sent the link.

use crate::{Desk, changes, files, letters};
use cases::{
    AttachmentRow, CaseRefusal, DownloadRow, tables as case_tables,
    token::{Purpose, read_token},
};
use kernel::{CaseId, MessageId, Reach, Stop};
use std::sync::Arc;
use store::Reading;

/// The file that a token opens, with its content to be read piece by piece. That it was fetched is counted and written down.
///
/// # Errors
/// [`CaseRefusal::DownloadOver`] when there is no such file, or it can't be fetched any more.
pub async fn fetch(desk: &Desk, token: &str) -> Result<(AttachmentRow, Reading), Stop> {
    let (key, now, token) = (Arc::clone(&desk.signing_key), desk.clock.now(), token.to_owned());
    let said = read_token(key.as_bytes(), Purpose::Download, &token).ok_or(CaseRefusal::DownloadOver)?;
    let (message, position) = letters::download_said(&said).ok_or(CaseRefusal::DownloadOver)?;
    let file = desk
        .store
        .write(move |tx| {
            let rows = case_tables::downloads_of(tx, message)?;
            let row = rows.into_iter().find(|row| row.position == position && row.is_open(now));
            let row: DownloadRow = row.ok_or(CaseRefusal::DownloadOver)?;
            let file = case_tables::attachment(tx, message, position)?.ok_or(CaseRefusal::DownloadOver)?;
            case_tables::note_fetched(tx, row.message, row.position)?;
            if let Some(case) = case_tables::found_by_message(tx, message)? {
                let sentence = format!("{} was fetched by its link.", file.name);
                changes::happened(tx, &case, "download.fetched", None, now, sentence)?;
            }
            Ok::<_, Stop>(file)
        })
        .await?;
    let reading = files::reading(desk, file.blob.clone()).await?;
    Ok((file, reading))
}

/// Ends the link to a file of a reply before its time.
///
/// # Errors
/// [`CaseRefusal::NotFound`] and [`CaseRefusal::DownloadOver`].
pub async fn end(
    desk: &Desk,
    reach: &Reach,
    case: CaseId,
    reply: MessageId,
    position: i64,
) -> Result<(), Stop> {
    let (reach, now) = (reach.clone(), desk.clock.now());
    desk.store
        .write(move |tx| {
            let case = case_tables::find(tx, &reach, case)?;
            let message = case_tables::message_in(tx, case.id, reply)?.ok_or(CaseRefusal::NotFound)?;
            let file = case_tables::attachment(tx, message.id, position)?.ok_or(CaseRefusal::NotFound)?;
            if !case_tables::revoke(tx, message.id, position, now)? {
                return Err(CaseRefusal::DownloadOver.into());
            }
            let what = format!("ended the link to {}.", file.name);
            Ok(changes::did(tx, &case, &reach, "download.ended", now, what)?)
        })
        .await
}
