//! The tables of what is on its way out: how much went where, who asked for a pause, and the steps that each reply took.

use crate::pace::Paused;
use crate::steps::Step;
use kernel::{CaseId, Fault, Instant, MessageId};
use store::{Tx, fresh, sql};

/// How many letters were counted in a stretch of time that began at this instant.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn counted(tx: &mut Tx<'_>, scope: &str, since: Instant) -> Result<i64, Fault> {
    let found = tx.maybe(
        sql!("select letters from sending_counts where scope = $1 and began_at = $2"),
        &[&scope, &since],
        store::Row::take,
    )?;
    Ok(found.unwrap_or(0))
}

/// Counts one letter more. What was counted two days before is forgotten.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn count_one(tx: &mut Tx<'_>, scope: &str, since: Instant) -> Result<(), Fault> {
    const TWO_DAYS: i64 = 2 * 24 * 3_600 * 1_000_000;
    tx.run(
        sql!(
            "insert into sending_counts (scope, began_at, letters) values ($1, $2, 1)
             on conflict (scope, began_at) do update set letters = sending_counts.letters + 1"
        ),
        &[&scope, &since],
    )?;
    let old = Instant::from_micros(since.micros() - TWO_DAYS);
    tx.run(sql!("delete from sending_counts where scope = $1 and began_at < $2"), &[&scope, &old]).map(drop)
}

/// The pause of a domain behind a server; that of the server itself where the domain is empty.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn paused(tx: &mut Tx<'_>, server: &str, domain: &str) -> Result<Option<Paused>, Fault> {
    tx.maybe(
        sql!("select until_at, times, because from sending_pauses where server = $1 and domain = $2"),
        &[&server, &domain],
        |row| Ok(Paused { until: row.take()?, times: row.take()?, because: row.take()? }),
    )
}

/// Every pause that isn't over, with its server and domain.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn pauses(tx: &mut Tx<'_>, now: Instant) -> Result<Vec<(String, String, Paused)>, Fault> {
    tx.list(
        sql!(
            "select server, domain, until_at, times, because from sending_pauses where until_at > $1
             order by server, domain"
        ),
        &[&now],
        |row| {
            let (server, domain) = (row.take()?, row.take()?);
            Ok((server, domain, Paused { until: row.take()?, times: row.take()?, because: row.take()? }))
        },
    )
}

/// Begins or prolongs a pause.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn set_pause(tx: &mut Tx<'_>, server: &str, domain: &str, paused: &Paused) -> Result<(), Fault> {
    tx.run(
        sql!(
            "insert into sending_pauses (server, domain, until_at, times, because) values ($1, $2, $3, $4, $5)
             on conflict (server, domain) do update set until_at = $3, times = $4, because = $5"
        ),
        &[&server, &domain, &paused.until, &paused.times, &paused.because],
    )
    .map(drop)
}

/// Ends a pause.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn end_pause(tx: &mut Tx<'_>, server: &str, domain: &str) -> Result<(), Fault> {
    tx.run(sql!("delete from sending_pauses where server = $1 and domain = $2"), &[&server, &domain])
        .map(drop)
}

/// Writes down a step that a reply took.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn add_step(tx: &mut Tx<'_>, reply: MessageId, step: &Step) -> Result<(), Fault> {
    let id: kernel::EventId = fresh();
    tx.run(
        sql!(
            "insert into delivery_steps (id, message_id, at, kind, recipient, sentence, words)
             values ($1, $2, $3, $4, $5, $6, $7)"
        ),
        &[&id, &reply, &step.at, &step.kind, &step.recipient, &step.sentence, &step.words],
    )
    .map(drop)
}

/// The steps that a reply took, oldest first.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn steps(tx: &mut Tx<'_>, reply: MessageId) -> Result<Vec<Step>, Fault> {
    tx.list(
        sql!(
            "select at, kind, recipient, sentence, words from delivery_steps where message_id = $1 order by at, id"
        ),
        &[&reply],
        |row| {
            Ok(Step {
                at: row.take()?,
                kind: row.take()?,
                recipient: row.take()?,
                sentence: row.take()?,
                words: row.take()?,
            })
        },
    )
}

/// The steps that the replies of a case took, oldest first.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn steps_in(tx: &mut Tx<'_>, case: CaseId) -> Result<Vec<(MessageId, Step)>, Fault> {
    tx.list(
        sql!(
            "select s.message_id, s.at, s.kind, s.recipient, s.sentence, s.words
             from messages m join delivery_steps s on s.message_id = m.id where m.case_id = $1 order by s.at, s.id"
        ),
        &[&case],
        |row| {
            let message = row.take()?;
            let (at, kind, recipient) = (row.take()?, row.take()?, row.take()?);
            Ok((message, Step { at, kind, recipient, sentence: row.take()?, words: row.take()? }))
        },
    )
}
