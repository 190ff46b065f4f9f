//! The tables of how far accounts are fetched: cursors, leases, mails that were left on the server.

use super::accounts::Begin;
use crate::fetching::{Cursor, Fetching, LeftMail, Standing};
use kernel::{Fault, Instant, MailboxId};
use store::{Row, Tx, sql};

pub(super) fn begin(tx: &mut Tx<'_>, mailbox: MailboxId, begin: Begin, now: Instant) -> Result<(), Fault> {
    tx.run(
        sql!(
            "insert into fetchings (mailbox_id, began_at, last_uid, compared_until, standing, sentence, done, total, tries,
                                    stumbled_uid, stumbles, taken, leased_by, leased_until)
             values ($1, $2, 0, 0, 'new', '', 0, 0, 0, 0, 0, 0, '', 0) on conflict (mailbox_id) do nothing"
        ),
        &[&mailbox, &now],
    )?;
    if begin == Begin::Anew {
        tx.run(
            sql!(
                "update fetchings set began_at = $1, uid_validity = null, last_uid = 0, compared_until = 0,
                   stumbled_uid = 0, stumbles = 0 where mailbox_id = $2"
            ),
            &[&now, &mailbox],
        )?;
        tx.run(sql!("delete from left_mails where mailbox_id = $1"), &[&mailbox])?;
    }
    forget_pause(tx, mailbox)
}

pub(super) fn forget_pause(tx: &mut Tx<'_>, mailbox: MailboxId) -> Result<(), Fault> {
    tx.run(
        sql!(
            "update fetchings set standing = 'new', sentence = '', done = 0, total = 0, tries = 0, next_try_at = null
             where mailbox_id = $1"
        ),
        &[&mailbox],
    )
    .map(drop)
}

fn whole(number: i64) -> u32 {
    u32::try_from(number).unwrap_or(0)
}

fn fetching_row(row: &mut Row) -> Result<Fetching, Fault> {
    let (mailbox, began_at): (MailboxId, Instant) = (row.take()?, row.take()?);
    let validity: Option<i64> = row.take()?;
    let (last, compared_until): (i64, i64) = (row.take()?, row.take()?);
    let set_out_at = row.take()?;
    let standing: String = row.take()?;
    let unknown = || Fault::new(format!("the fetching of mailbox {mailbox} stands at an unknown word"));
    Ok(Fetching {
        mailbox,
        began_at,
        cursor: validity.map(|validity| Cursor {
            validity: whole(validity),
            last: whole(last),
            compared_until: whole(compared_until),
        }),
        set_out_at,
        standing: Standing::named(&standing).ok_or_else(unknown)?,
        sentence: row.take()?,
        done: row.take()?,
        total: row.take()?,
        tries: row.take()?,
        stumbled_uid: row.take()?,
        stumbles: row.take()?,
        next_try_at: row.take()?,
        taken: row.take()?,
        last_taken_at: row.take()?,
    })
}

/// How far the fetching of a mailbox is; none without an account.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn fetching(tx: &mut Tx<'_>, mailbox: MailboxId) -> Result<Option<Fetching>, Fault> {
    tx.maybe(
        sql!(
            "select mailbox_id, began_at, uid_validity, last_uid, compared_until, set_out_at, standing, sentence, done, total, tries,
                    stumbled_uid, stumbles, next_try_at, taken, last_taken_at
             from fetchings where mailbox_id = $1"
        ),
        &[&mailbox],
        fetching_row,
    )
}

/// How far each account is fetched.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn fetchings(tx: &mut Tx<'_>) -> Result<Vec<Fetching>, Fault> {
    tx.list(
        sql!(
            "select mailbox_id, began_at, uid_validity, last_uid, compared_until, set_out_at, standing, sentence, done, total, tries,
                    stumbled_uid, stumbles, next_try_at, taken, last_taken_at
             from fetchings order by mailbox_id"
        ),
        &[],
        fetching_row,
    )
}

/// Takes the accounts that nobody else fetches, renews those that this server has, and answers all of its own with their
/// editions. A server that falls silent loses them at `until`.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn lease(
    tx: &mut Tx<'_>,
    server: &str,
    now: Instant,
    until: Instant,
) -> Result<Vec<(MailboxId, i64)>, Fault> {
    tx.run(
        sql!(
            "update fetchings set leased_by = $1, leased_until = $2
             where (leased_by = $1 or leased_until <= $3)
               and mailbox_id in (select mailbox_id from mail_accounts where is_on)"
        ),
        &[&server, &until, &now],
    )?;
    tx.list(
        sql!(
            "select a.mailbox_id, a.edition from mail_accounts a join fetchings f on f.mailbox_id = a.mailbox_id
             where a.is_on and f.leased_by = $1 order by a.mailbox_id"
        ),
        &[&server],
        |row| Ok((row.take()?, row.take()?)),
    )
}

/// Gives back what this server fetched, so that another may go on at once.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn give_back(tx: &mut Tx<'_>, server: &str) -> Result<(), Fault> {
    tx.run(sql!("update fetchings set leased_by = '', leased_until = 0 where leased_by = $1"), &[&server])
        .map(drop)
}

/// Gives back everything: only for an engine that one process has to itself, when that process starts.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn give_all_back(tx: &mut Tx<'_>) -> Result<(), Fault> {
    tx.run(sql!("update fetchings set leased_by = '', leased_until = 0"), &[]).map(drop)
}

/// Notes what an account is doing.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn note(
    tx: &mut Tx<'_>,
    mailbox: MailboxId,
    standing: Standing,
    sentence: &str,
    total: i64,
) -> Result<(), Fault> {
    tx.run(
        sql!(
            "update fetchings set standing = $1, sentence = $2, done = 0, total = $3, next_try_at = null
             where mailbox_id = $4"
        ),
        &[&standing.as_str(), &sentence, &total, &mailbox],
    )
    .map(drop)
}

/// Notes that everything was taken.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn rest(tx: &mut Tx<'_>, mailbox: MailboxId, sentence: &str) -> Result<(), Fault> {
    note(tx, mailbox, Standing::Waiting, sentence, 0)?;
    tx.run(sql!("update fetchings set tries = 0 where mailbox_id = $1"), &[&mailbox]).map(drop)
}

/// Notes a try that failed, at which mail if at one, and when the next one is.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn fail(tx: &mut Tx<'_>, failed: &Fetching) -> Result<(), Fault> {
    tx.run(
        sql!(
            "update fetchings set standing = 'failed', sentence = $1, tries = $2, stumbled_uid = $3, stumbles = $4,
               next_try_at = $5 where mailbox_id = $6"
        ),
        &[
            &failed.sentence,
            &failed.tries,
            &failed.stumbled_uid,
            &failed.stumbles,
            &failed.next_try_at,
            &failed.mailbox,
        ],
    )
    .map(drop)
}

/// Moves the cursor to where it begins: at the first time, or when the folder is another.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn set_out(tx: &mut Tx<'_>, mailbox: MailboxId, cursor: Cursor, now: Instant) -> Result<(), Fault> {
    tx.run(
        sql!(
            "update fetchings set uid_validity = $1, last_uid = $2, compared_until = $3, set_out_at = $4, stumbled_uid = 0,
               stumbles = 0 where mailbox_id = $5"
        ),
        &[
            &i64::from(cursor.validity),
            &i64::from(cursor.last),
            &i64::from(cursor.compared_until),
            &now,
            &mailbox,
        ],
    )
    .map(drop)
}

/// Moves the cursor on: everything up to it is kept. It never moves back, and not under another UIDVALIDITY.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn advance(
    tx: &mut Tx<'_>,
    mailbox: MailboxId,
    cursor: Cursor,
    taken: i64,
    done: i64,
    now: Instant,
) -> Result<(), Fault> {
    tx.run(
        sql!(
            "update fetchings set last_uid = $1, done = done + $2, stumbled_uid = 0, stumbles = 0, tries = 0
             where mailbox_id = $3 and uid_validity = $4 and last_uid < $1"
        ),
        &[&i64::from(cursor.last), &done, &mailbox, &i64::from(cursor.validity)],
    )?;
    if taken > 0 {
        tx.run(
            sql!("update fetchings set taken = taken + $1, last_taken_at = $2 where mailbox_id = $3"),
            &[&taken, &now, &mailbox],
        )?;
    }
    Ok(())
}

/// Notes a mail that is left on the server.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn leave(tx: &mut Tx<'_>, mailbox: MailboxId, mail: &LeftMail) -> Result<(), Fault> {
    tx.run(
        sql!(
            "insert into left_mails (mailbox_id, uid_validity, uid, because, is_wanted, at)
             values ($1, $2, $3, $4, false, $5)
             on conflict (mailbox_id, uid_validity, uid) do update set because = $4, is_wanted = false, at = $5"
        ),
        &[&mailbox, &i64::from(mail.validity), &i64::from(mail.uid), &mail.because, &mail.at],
    )
    .map(drop)
}

/// The mails of a mailbox that were left on the server, newest first.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn left(tx: &mut Tx<'_>, mailbox: MailboxId, limit: i64) -> Result<Vec<LeftMail>, Fault> {
    tx.list(
        sql!(
            "select uid_validity, uid, because, at from left_mails where mailbox_id = $1
             order by at desc, uid desc limit $2"
        ),
        &[&mailbox, &limit],
        |row| {
            let (validity, uid): (i64, i64) = (row.take()?, row.take()?);
            Ok(LeftMail { validity: whole(validity), uid: whole(uid), because: row.take()?, at: row.take()? })
        },
    )
}

/// Lets the mails that were left be tried once more.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn want_left(tx: &mut Tx<'_>, mailbox: MailboxId) -> Result<(), Fault> {
    tx.run(sql!("update left_mails set is_wanted = true where mailbox_id = $1"), &[&mailbox]).map(drop)
}

/// The UIDs of left mails that are to be tried once more.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn wanted(tx: &mut Tx<'_>, mailbox: MailboxId, validity: u32) -> Result<Vec<u32>, Fault> {
    tx.list(
        sql!(
            "select uid from left_mails where mailbox_id = $1 and uid_validity = $2 and is_wanted
             order by uid limit 500"
        ),
        &[&mailbox, &i64::from(validity)],
        |row| row.take().map(whole),
    )
}

/// A mail that was left is here now, or is to be left for good.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn leave_no_more(tx: &mut Tx<'_>, mailbox: MailboxId, validity: u32, uid: u32) -> Result<(), Fault> {
    tx.run(
        sql!("delete from left_mails where mailbox_id = $1 and uid_validity = $2 and uid = $3"),
        &[&mailbox, &i64::from(validity), &i64::from(uid)],
    )
    .map(drop)
}
