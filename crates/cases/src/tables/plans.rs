//! The tables of what was planned for replies: schedules, copies, files to fetch, and the files of drafts.

use crate::{CopyTo, DownloadRow, DraftFile, Plan, WhenAnswered};
use kernel::{CaseId, Fault, Instant, MessageId, PersonId};
use store::{Row, Tx, sql};

/// Schedules a reply.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn set_plan(tx: &mut Tx<'_>, reply: MessageId, plan: Plan) -> Result<(), Fault> {
    tx.run(
        sql!(
            "insert into reply_plans (message_id, scheduled_at, when_answered) values ($1, $2, $3)
             on conflict (message_id) do update set scheduled_at = $2, when_answered = $3"
        ),
        &[&reply, &plan.at, &plan.when_answered],
    )
    .map(drop)
}

/// When a reply is to go; `None` for one that goes after its undo window.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn plan(tx: &mut Tx<'_>, reply: MessageId) -> Result<Option<Plan>, Fault> {
    tx.maybe(
        sql!("select scheduled_at, when_answered from reply_plans where message_id = $1"),
        &[&reply],
        |row| Ok(Plan { at: row.take()?, when_answered: row.take()? }),
    )
}

/// The schedules of a case's replies.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn plans(tx: &mut Tx<'_>, case: CaseId) -> Result<Vec<(MessageId, Plan)>, Fault> {
    tx.list(
        sql!(
            "select p.message_id, p.scheduled_at, p.when_answered
             from messages m join reply_plans p on p.message_id = m.id where m.case_id = $1"
        ),
        &[&case],
        |row| Ok((row.take()?, Plan { at: row.take()?, when_answered: row.take()? })),
    )
}

/// The scheduled replies of a case that wait, and are held when the customer writes.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn held_when_answered(tx: &mut Tx<'_>, case: CaseId) -> Result<Vec<MessageId>, Fault> {
    tx.list(
        sql!(
            "select m.id from messages m join reply_plans p on p.message_id = m.id
             where m.case_id = $1 and m.delivery = 'waiting' and p.when_answered = $2"
        ),
        &[&case, &WhenAnswered::Hold],
        Row::take,
    )
}

/// Writes down who gets a copy of a reply.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn add_copies(tx: &mut Tx<'_>, reply: MessageId, copies: &[CopyTo]) -> Result<(), Fault> {
    let insert =
        sql!("insert into reply_copies (message_id, position, address, name) values ($1, $2, $3, $4)");
    copies.iter().zip(0_i64..).try_for_each(|(copy, position)| {
        tx.run(insert, &[&reply, &position, &copy.address, &copy.name]).map(drop)
    })
}

/// Who gets a copy of a reply.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn copies_of(tx: &mut Tx<'_>, reply: MessageId) -> Result<Vec<CopyTo>, Fault> {
    tx.list(
        sql!("select name, address from reply_copies where message_id = $1 order by position"),
        &[&reply],
        |row| Ok(CopyTo { name: row.take()?, address: row.take()? }),
    )
}

/// Who gets copies of a case's replies.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn copies(tx: &mut Tx<'_>, case: CaseId) -> Result<Vec<(MessageId, CopyTo)>, Fault> {
    tx.list(
        sql!(
            "select c.message_id, c.name, c.address from messages m join reply_copies c on c.message_id = m.id
             where m.case_id = $1 order by c.message_id, c.position"
        ),
        &[&case],
        |row| Ok((row.take()?, CopyTo { name: row.take()?, address: row.take()? })),
    )
}

fn download_row(row: &mut Row) -> Result<DownloadRow, Fault> {
    Ok(DownloadRow {
        message: row.take()?,
        position: row.take()?,
        until: row.take()?,
        revoked_at: row.take()?,
        fetched: row.take()?,
    })
}

/// Lets a file of a reply be fetched.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn add_download(tx: &mut Tx<'_>, reply: MessageId, position: i64, until: Instant) -> Result<(), Fault> {
    tx.run(
        sql!("insert into downloads (message_id, position, until_at, fetched) values ($1, $2, $3, 0)"),
        &[&reply, &position, &until],
    )
    .map(drop)
}

/// The files of a reply that are fetched.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn downloads_of(tx: &mut Tx<'_>, reply: MessageId) -> Result<Vec<DownloadRow>, Fault> {
    tx.list(
        sql!(
            "select message_id, position, until_at, revoked_at, fetched from downloads where message_id = $1
             order by position"
        ),
        &[&reply],
        download_row,
    )
}

/// The files of a case's replies that are fetched.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn downloads(tx: &mut Tx<'_>, case: CaseId) -> Result<Vec<DownloadRow>, Fault> {
    tx.list(
        sql!(
            "select d.message_id, d.position, d.until_at, d.revoked_at, d.fetched
             from messages m join downloads d on d.message_id = m.id where m.case_id = $1
             order by d.message_id, d.position"
        ),
        &[&case],
        download_row,
    )
}

/// Counts that a file was fetched.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn note_fetched(tx: &mut Tx<'_>, reply: MessageId, position: i64) -> Result<(), Fault> {
    tx.run(
        sql!("update downloads set fetched = fetched + 1 where message_id = $1 and position = $2"),
        &[&reply, &position],
    )
    .map(drop)
}

/// Lets a file be fetched no more. False if there is none, or it was ended before.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn revoke(tx: &mut Tx<'_>, reply: MessageId, position: i64, at: Instant) -> Result<bool, Fault> {
    let revoked = tx.run(
        sql!(
            "update downloads set revoked_at = $1 where message_id = $2 and position = $3 and revoked_at is null"
        ),
        &[&at, &reply, &position],
    )?;
    Ok(revoked > 0)
}

/// The files that wait beside somebody's reply draft.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn draft_files(tx: &mut Tx<'_>, case: CaseId, person: PersonId) -> Result<Vec<DraftFile>, Fault> {
    tx.list(
        sql!(
            "select position, name, media_type, size, blob_hash from draft_files
             where case_id = $1 and person_id = $2 order by position"
        ),
        &[&case, &person],
        |row| {
            Ok(DraftFile {
                position: row.take()?,
                name: row.take()?,
                media_type: row.take()?,
                size: row.take()?,
                blob: row.take()?,
            })
        },
    )
}

/// Puts the files of a message beside the draft that has its words, behind those that are there. Pictures inside its text stay there.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn back_beside_draft(
    tx: &mut Tx<'_>,
    case: CaseId,
    person: PersonId,
    message: MessageId,
) -> Result<(), Fault> {
    let first: i64 = tx.value(
        sql!("select coalesce(max(position) + 1, 0) from draft_files where case_id = $1 and person_id = $2"),
        &[&case, &person],
    )?;
    tx.run(
        sql!(
            "insert into draft_files (case_id, person_id, position, name, media_type, size, blob_hash)
             select $1, $2, position + $3, name, media_type, size, blob_hash from attachments
             where message_id = $4 and is_inline = $5"
        ),
        &[&case, &person, &first, &message, &false],
    )
    .map(drop)
}

/// Puts these files beside a draft in place of those that are there, in this order.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn set_draft_files(
    tx: &mut Tx<'_>,
    case: CaseId,
    person: PersonId,
    files: &[DraftFile],
) -> Result<(), Fault> {
    drop_draft_files(tx, case, person)?;
    for (file, position) in files.iter().zip(0_i64..) {
        tx.run(
            sql!(
                "insert into draft_files (case_id, person_id, position, name, media_type, size, blob_hash)
                 values ($1, $2, $3, $4, $5, $6, $7)"
            ),
            &[&case, &person, &position, &file.name, &file.media_type, &file.size, &file.blob],
        )?;
    }
    Ok(())
}

/// Forgets the files beside a draft, because it was sent.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn drop_draft_files(tx: &mut Tx<'_>, case: CaseId, person: PersonId) -> Result<(), Fault> {
    tx.run(sql!("delete from draft_files where case_id = $1 and person_id = $2"), &[&case, &person]).map(drop)
}

/// Forgets what was planned for a reply that is taken back.
pub(super) fn drop_plan(tx: &mut Tx<'_>, reply: MessageId) -> Result<(), Fault> {
    tx.run(sql!("delete from reply_plans where message_id = $1"), &[&reply])?;
    tx.run(sql!("delete from reply_copies where message_id = $1"), &[&reply])?;
    tx.run(sql!("delete from downloads where message_id = $1"), &[&reply])?;
    tx.run(sql!("delete from merged_messages where message_id = $1"), &[&reply])?;
    tx.run(sql!("delete from delivery_steps where message_id = $1"), &[&reply]).map(drop)
}
