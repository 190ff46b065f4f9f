//! What the loop breaker counts, and what it does to cases. Every count stops where the rule has seen enough.

use kernel::{CaseId, CustomerId, Fault, Instant};
use store::{Tx, sql};

/// How many mails a customer wrote since an instant, counted up to `most`.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn written_since(tx: &mut Tx<'_>, writer: CustomerId, since: Instant, most: i64) -> Result<i64, Fault> {
    tx.value(
        sql!("select count(*) from (select 1 from messages where writer_id = $1 and at > $2 limit $3) as counted"),
        &[&writer, &since, &most],
    )
}

/// How many mails that look forged stand in cases of the customer in whose name they came, since an instant, counted up to `most`.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn forged_since(tx: &mut Tx<'_>, customer: CustomerId, since: Instant, most: i64) -> Result<i64, Fault> {
    tx.value(
        sql!(
            "select count(*) from (select 1 from messages join cases on cases.id = messages.case_id
              where cases.customer_id = $1 and messages.at > $2 and messages.trust = 'failed' limit $3) as counted"
        ),
        &[&customer, &since, &most],
    )
}

/// How many mails with these words a customer wrote since an instant, counted up to `most`.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn same_words_since(
    tx: &mut Tx<'_>,
    writer: CustomerId,
    since: Instant,
    words: &str,
    most: i64,
) -> Result<i64, Fault> {
    tx.value(
        sql!(
            "select count(*) from (select 1 from messages where writer_id = $1 and at > $2 and new_text = $3 limit $4)
               as counted"
        ),
        &[&writer, &since, &words, &most],
    )
}

/// How many automatic mails a case took since an instant, counted up to `most`.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn automatic_since(tx: &mut Tx<'_>, case: CaseId, since: Instant, most: i64) -> Result<i64, Fault> {
    tx.value(
        sql!(
            "select count(*) from (select 1 from messages where case_id = $1 and at > $2 and automatic is not null limit $3)
               as counted"
        ),
        &[&case, &since, &most],
    )
}

/// Notes that further mails of a sender who writes too many are filed in a case. False if that was noted before.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn note_flood(tx: &mut Tx<'_>, case: CaseId, at: Instant) -> Result<bool, Fault> {
    let noted =
        tx.run(sql!("update cases set flooded_at = $1 where id = $2 and flooded_at is null"), &[&at, &case])?;
    Ok(noted > 0)
}

/// Counts a message of a case that doesn't show it as touched.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn note_quiet_message(tx: &mut Tx<'_>, case: CaseId) -> Result<(), Fault> {
    tx.run(sql!("update cases set message_count = message_count + 1 where id = $1"), &[&case]).map(drop)
}
