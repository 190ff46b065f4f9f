//! The table of raw mails.

use crate::{Kept, ParkedMail, RawMail};
use kernel::{BlobHash, EmailAddress, Fault, RawMailId};
use store::{Row, Tx, sql};

/// Writes a mail down as it was received. False if it is here already.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn add_raw_mail(tx: &mut Tx<'_>, mail: &RawMail) -> Result<bool, Fault> {
    let (bytes, blob) = match &mail.kept {
        Kept::InRow(bytes) => (Some(bytes), None),
        Kept::InBlob(hash) => (None, Some(hash.clone())),
    };
    let added = tx.run(
        sql!(
            "insert into raw_mails (id, received_at, intake_key, sender, recipient, peer, trace, size, bytes, blob_hash,
                                    state, because)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'received', '') on conflict (intake_key) do nothing"
        ),
        &[
            &mail.id,
            &mail.received_at,
            &mail.intake_key,
            &mail.sender,
            &mail.recipient,
            &mail.peer,
            &mail.trace,
            &mail.size,
            &bytes,
            &blob,
        ],
    )?;
    Ok(added > 0)
}

/// One mail.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn raw_mail(tx: &mut Tx<'_>, id: RawMailId) -> Result<Option<RawMail>, Fault> {
    tx.maybe(
        sql!(
            "select id, received_at, intake_key, sender, recipient, peer, trace, size, bytes, blob_hash
             from raw_mails where id = $1"
        ),
        &[&id],
        |row| {
            Ok(RawMail {
                id: row.take()?,
                received_at: row.take()?,
                intake_key: row.take()?,
                sender: row.take()?,
                recipient: row.take()?,
                peer: row.take()?,
                trace: row.take()?,
                size: row.take()?,
                kept: kept(row)?,
            })
        },
    )
}

fn kept(row: &mut Row) -> Result<Kept, Fault> {
    match (row.take::<Option<Vec<u8>>>()?, row.take::<Option<BlobHash>>()?) {
        (_, Some(hash)) => Ok(Kept::InBlob(hash)),
        (Some(bytes), None) => Ok(Kept::InRow(bytes)),
        (None, None) => Err(Fault::new("a raw mail has lost its bytes")),
    }
}

/// What has become of a mail: `received`, `read`, `parked`, `discarded`.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn raw_mail_state(tx: &mut Tx<'_>, id: RawMailId) -> Result<Option<String>, Fault> {
    tx.maybe(sql!("select state from raw_mails where id = $1"), &[&id], Row::take)
}

/// What has become of a mail, as [`raw_mail_state`], and why; the reason is empty where there is none.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn raw_mail_standing(tx: &mut Tx<'_>, id: RawMailId) -> Result<Option<(String, String)>, Fault> {
    tx.maybe(sql!("select state, because from raw_mails where id = $1"), &[&id], |row| {
        Ok((row.take()?, row.take()?))
    })
}

/// The newest mails that are in no case: not read yet, parked, or discarded.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn in_no_case(tx: &mut Tx<'_>, limit: i64) -> Result<Vec<RawMailId>, Fault> {
    tx.list(
        sql!("select id from raw_mails where state <> 'read' order by received_at desc, id desc limit $1"),
        &[&limit],
        Row::take,
    )
}

/// Moves the bytes of a mail out of its row, now that a blob holds them.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn keep_in_blob(tx: &mut Tx<'_>, id: RawMailId, blob: &BlobHash) -> Result<(), Fault> {
    tx.run(sql!("update raw_mails set bytes = null, blob_hash = $1 where id = $2"), &[blob, &id]).map(drop)
}

/// Notes that a mail was read into a case.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn mark_read(tx: &mut Tx<'_>, id: RawMailId) -> Result<(), Fault> {
    tx.run(sql!("update raw_mails set state = 'read', because = '' where id = $1"), &[&id]).map(drop)
}

/// Leaves a mail for a person to decide.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn park(tx: &mut Tx<'_>, id: RawMailId, because: &str) -> Result<(), Fault> {
    tx.run(sql!("update raw_mails set state = 'parked', because = $1 where id = $2"), &[&because, &id])
        .map(drop)
}

/// Lets a parked mail be read again, for an address that a person chose. False if it isn't parked.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn release(tx: &mut Tx<'_>, id: RawMailId, recipient: &EmailAddress) -> Result<bool, Fault> {
    let changed = tx.run(
        sql!(
            "update raw_mails set state = 'received', because = 'released', recipient = $1
             where id = $2 and state = 'parked'"
        ),
        &[recipient, &id],
    )?;
    Ok(changed > 0)
}

/// A person has decided that this mail is to become a case.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn is_released(tx: &mut Tx<'_>, id: RawMailId) -> Result<bool, Fault> {
    Ok(tx.value::<i64>(
        sql!("select count(*) from raw_mails where id = $1 and because = 'released'"),
        &[&id],
    )? > 0)
}

/// Drops a parked mail for good, its bytes excepted. False if it isn't parked.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn discard(tx: &mut Tx<'_>, id: RawMailId) -> Result<bool, Fault> {
    let changed =
        tx.run(sql!("update raw_mails set state = 'discarded' where id = $1 and state = 'parked'"), &[&id])?;
    Ok(changed > 0)
}

/// The parked mails, oldest first.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn parked(tx: &mut Tx<'_>, limit: i64) -> Result<Vec<ParkedMail>, Fault> {
    tx.list(
        sql!(
            "select id, received_at, sender, recipient, size, because from raw_mails
             where state = 'parked' order by received_at limit $1"
        ),
        &[&limit],
        |row| {
            Ok(ParkedMail {
                id: row.take()?,
                received_at: row.take()?,
                sender: row.take()?,
                recipient: row.take()?,
                size: row.take()?,
                because: row.take()?,
            })
        },
    )
}

/// How many mails are parked.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn parked_count(tx: &mut Tx<'_>) -> Result<i64, Fault> {
    tx.value(sql!("select count(*) from raw_mails where state = 'parked'"), &[])
}
