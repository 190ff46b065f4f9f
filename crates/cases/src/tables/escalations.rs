//! The tables of escalations and their steps.

use super::messages::{from_json, json};
use crate::{
    escalation::{Escalation, EscalationStep},
    escalation_forms::Form,
};
use kernel::{CaseId, EscalationId, Fault, Instant, MessageId, PersonId, VendorId};
use store::{Param, Row, Tx, sql};

/// The columns of an escalation.
macro_rules! escalations {
    ($which:literal) => {
        sql!(concat!(
            "select id, case_id, party, person_id, vendor_id, address, kind, state, asked, tried, shared, form, answer,
               needed_at, opened_by, opened_at, closed_at, bounces, token_hash, token_until, overdue_at
             from escalations where ",
            $which
        ))
    };
}

fn escalation_row(row: &mut Row) -> Result<Escalation, Fault> {
    Ok(Escalation {
        id: row.take()?,
        case: row.take()?,
        to: row.take()?,
        person: row.take()?,
        vendor: row.take()?,
        address: row.take()?,
        kind: row.take()?,
        standing: row.take()?,
        asked: row.take()?,
        tried: row.take()?,
        shared: from_json(&row.take::<String>()?)?,
        form: from_json(&row.take::<String>()?)?,
        answer: row.take()?,
        needed_at: row.take()?,
        opened_by: row.take()?,
        opened_at: row.take()?,
        closed_at: row.take()?,
        bounces: row.take()?,
        token_hash: row.take()?,
        token_until: row.take()?,
        overdue_at: row.take()?,
    })
}

/// Writes a new escalation down.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn add_escalation(tx: &mut Tx<'_>, one: &Escalation) -> Result<(), Fault> {
    let (shared, form) = (json(&one.shared), json(&one.form));
    let values: [&dyn Param; 21] = [
        &one.id,
        &one.case,
        &one.to,
        &one.person,
        &one.vendor,
        &one.address,
        &one.kind,
        &one.standing,
        &one.asked,
        &one.tried,
        &shared,
        &form,
        &one.answer,
        &one.needed_at,
        &one.opened_by,
        &one.opened_at,
        &one.closed_at,
        &one.bounces,
        &one.token_hash,
        &one.token_until,
        &one.overdue_at,
    ];
    tx.run(
        sql!(
            "insert into escalations (id, case_id, party, person_id, vendor_id, address, kind, state, asked, tried, shared,
               form, answer, needed_at, opened_by, opened_at, closed_at, bounces, token_hash, token_until, overdue_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21)"
        ),
        &values,
    )
    .map(drop)
}

/// Changes where an escalation stands and what it holds.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn change_escalation(tx: &mut Tx<'_>, one: &Escalation) -> Result<(), Fault> {
    tx.run(
        sql!(
            "update escalations set state = $1, form = $2, answer = $3, closed_at = $4, bounces = $5, token_until = $6,
               overdue_at = $7 where id = $8"
        ),
        &[
            &one.standing,
            &json::<Form>(&one.form),
            &one.answer,
            &one.closed_at,
            &one.bounces,
            &one.token_until,
            &one.overdue_at,
            &one.id,
        ],
    )
    .map(drop)
}

/// Lets a link open an escalation, by the hash of its secret.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn link(tx: &mut Tx<'_>, id: EscalationId, token_hash: &str, until: Instant) -> Result<(), Fault> {
    tx.run(
        sql!("update escalations set token_hash = $1, token_until = $2 where id = $3"),
        &[&token_hash, &until, &id],
    )
    .map(drop)
}

/// One escalation, for the program's own work: whoever shows it has made sure that it may be seen.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn escalation(tx: &mut Tx<'_>, id: EscalationId) -> Result<Option<Escalation>, Fault> {
    tx.maybe(escalations!("id = $1"), &[&id], escalation_row)
}

/// The escalation that a link opens, by the hash of its secret, whether or not the link still works.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn escalation_linked(tx: &mut Tx<'_>, token_hash: &str) -> Result<Option<Escalation>, Fault> {
    tx.maybe(escalations!("token_hash = $1"), &[&token_hash], escalation_row)
}

/// The escalation whose letter this message was.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn escalation_told_by(tx: &mut Tx<'_>, message: MessageId) -> Result<Option<Escalation>, Fault> {
    let found: Option<EscalationId> = tx.maybe(
        sql!("select escalation_id from escalation_steps where message_id = $1"),
        &[&message],
        Row::take,
    )?;
    found.map_or(Ok(None), |id| escalation(tx, id))
}

/// The escalations of a case and of those that were merged into it, the oldest first.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn escalations_of(tx: &mut Tx<'_>, case: CaseId) -> Result<Vec<Escalation>, Fault> {
    tx.list(
        escalations!(
            "case_id in (select id from cases where id = $1 or merged_into_id = $1) order by opened_at, id"
        ),
        &[&case],
        escalation_row,
    )
}

/// The escalations that aren't over, the one that is needed first at the beginning; at most `limit`.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn open_escalations(tx: &mut Tx<'_>, limit: i64) -> Result<Vec<Escalation>, Fault> {
    tx.list(
        escalations!("closed_at is null order by coalesce(needed_at, opened_at), id limit $1"),
        &[&limit],
        escalation_row,
    )
}

/// The escalations that a specialist has and that aren't over, the one that is needed first at the beginning.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn escalations_held(tx: &mut Tx<'_>, person: PersonId) -> Result<Vec<Escalation>, Fault> {
    tx.list(
        escalations!(
            "person_id = $1 and closed_at is null order by coalesce(needed_at, opened_at), id limit 500"
        ),
        &[&person],
        escalation_row,
    )
}

/// Whether a specialist has, or had, a part of this case.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn was_escalated_to(tx: &mut Tx<'_>, case: CaseId, person: PersonId) -> Result<bool, Fault> {
    let found: i64 = tx.value(
        sql!("select count(*) from escalations where case_id = $1 and person_id = $2 and closed_at is null"),
        &[&case, &person],
    )?;
    Ok(found > 0)
}

/// How many escalations to a vendor aren't over.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn open_at_vendor(tx: &mut Tx<'_>, vendor: VendorId) -> Result<i64, Fault> {
    tx.value(sql!("select count(*) from escalations where vendor_id = $1 and closed_at is null"), &[&vendor])
}

/// Writes down what happened to an escalation, behind what happened before.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn add_escalation_step(tx: &mut Tx<'_>, id: EscalationId, step: &EscalationStep) -> Result<(), Fault> {
    let position: i64 = tx.value(
        sql!("select coalesce(max(position) + 1, 0) from escalation_steps where escalation_id = $1"),
        &[&id],
    )?;
    tx.run(
        sql!(
            "insert into escalation_steps (escalation_id, position, at, act, state, person_id, name, words, message_id)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9)"
        ),
        &[
            &id,
            &position,
            &step.at,
            &step.act,
            &step.standing,
            &step.person,
            &step.name,
            &step.words,
            &step.message,
        ],
    )
    .map(drop)
}

/// What happened to an escalation, the oldest first.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn escalation_steps(tx: &mut Tx<'_>, id: EscalationId) -> Result<Vec<EscalationStep>, Fault> {
    tx.list(
        sql!(
            "select at, act, state, person_id, name, words, message_id from escalation_steps
             where escalation_id = $1 order by position"
        ),
        &[&id],
        |row| {
            Ok(EscalationStep {
                at: row.take()?,
                act: row.take()?,
                standing: row.take()?,
                person: row.take()?,
                name: row.take()?,
                words: row.take()?,
                message: row.take()?,
            })
        },
    )
}

/// The step that a letter of ours told of.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn step_told_by(
    tx: &mut Tx<'_>,
    message: MessageId,
) -> Result<Option<(Escalation, EscalationStep)>, Fault> {
    let Some(found) = escalation_told_by(tx, message)? else { return Ok(None) };
    let steps = escalation_steps(tx, found.id)?;
    Ok(steps.into_iter().find(|step| step.message == Some(message)).map(|step| (found, step)))
}

/// Notes that it was told that an escalation wasn't answered in time. False if that was told before.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn note_overdue(tx: &mut Tx<'_>, id: EscalationId, at: Instant) -> Result<bool, Fault> {
    let noted = tx.run(
        sql!("update escalations set overdue_at = $1 where id = $2 and overdue_at is null"),
        &[&at, &id],
    )?;
    Ok(noted > 0)
}
