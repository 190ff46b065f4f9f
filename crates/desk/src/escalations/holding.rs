//! What whoever has an escalation does with it: signed in, or with the link of their letter.

use super::moving::{self, By, Step, moves};
use crate::{Desk, letters::Letterhead};
use cases::{
    escalation::{Escalation, EscalationRefusal, Taken, fits},
    escalation_forms::Hand,
    tables as case_tables,
};
use kernel::{EscalationId, Fault, Instant, Reach, Role, Stop};
use people::Secret;
use store::Tx;

/// A step with the fields that were typed beside it.
#[derive(Clone, Debug)]
pub struct Words {
    /// The step.
    pub step: Taken,
    /// The fields of whoever has it, as typed; those that weren't on the page stay as they are.
    pub fields: Vec<(String, String)>,
}

/// Somebody who is signed in takes a step with what they have.
///
/// # Errors
/// [`EscalationRefusal::NotFound`] when it isn't theirs, and the refusals of the step.
pub async fn take_own(desk: &Desk, reach: &Reach, id: EscalationId, words: Words) -> Result<(), Stop> {
    let (reach, now, head) = (reach.clone(), desk.clock.now(), Letterhead::of(desk));
    desk.store
        .write(move |tx| {
            let found = held(tx, &reach, id)?;
            let by = By::person(tx, reach.person())?;
            takes(tx, &head, found, &words, by, now)
        })
        .await
}

/// Whoever holds the link takes a step.
///
/// # Errors
/// [`EscalationRefusal::LinkOver`] when it opens nothing any more, and the refusals of the step.
pub async fn take_linked(desk: &Desk, token: &str, words: Words) -> Result<(), Stop> {
    let (hash, now, head) = (Secret::presented(token).hash(), desk.clock.now(), Letterhead::of(desk));
    desk.store
        .write(move |tx| {
            let found = linked(tx, &hash, now)?;
            let by = By::holder(tx, &found)?;
            takes(tx, &head, found, &words, by, now)
        })
        .await
}

/// Somebody who is signed in fills in their fields.
///
/// # Errors
/// As [`take_own`], and [`EscalationRefusal::Field`].
pub async fn fill_in_own(
    desk: &Desk,
    reach: &Reach,
    id: EscalationId,
    typed: Vec<(String, String)>,
) -> Result<(), Stop> {
    let (reach, now) = (reach.clone(), desk.clock.now());
    desk.store
        .write(move |tx| {
            let found = held(tx, &reach, id)?;
            let by = By::person(tx, reach.person())?;
            fills_in(tx, found, &typed, &by, now)
        })
        .await
}

/// Whoever holds the link fills in their fields.
///
/// # Errors
/// As [`take_linked`], and [`EscalationRefusal::Field`].
pub async fn fill_in_linked(desk: &Desk, token: &str, typed: Vec<(String, String)>) -> Result<(), Stop> {
    let (hash, now) = (Secret::presented(token).hash(), desk.clock.now());
    desk.store
        .write(move |tx| {
            let found = linked(tx, &hash, now)?;
            let by = By::holder(tx, &found)?;
            fills_in(tx, found, &typed, &by, now)
        })
        .await
}

/// An RMA number can come after the answer, but nothing after the end.
fn fills_in(
    tx: &mut Tx<'_>,
    found: Escalation,
    typed: &[(String, String)],
    by: &By,
    now: Instant,
) -> Result<(), Stop> {
    if found.closed_at.is_some() {
        return Err(EscalationRefusal::Over.into());
    }
    let case = moving::case_of(tx, &found)?;
    moving::fills_in(tx, &case, found, (Hand::Holder, typed), by, now)
}

fn takes(
    tx: &mut Tx<'_>,
    head: &Letterhead,
    found: Escalation,
    words: &Words,
    by: By,
    now: Instant,
) -> Result<(), Stop> {
    let moved = found.taken(words.step.clone())?;
    let case = moving::case_of(tx, &found)?;
    let form = found.form.filled_in(found.kind, Hand::Holder, &words.fields).map_err(super::refused)?;
    let answer = match &words.step {
        Taken::Answer { customer_ready, .. } => fits(customer_ready.clone())?,
        _ => found.answer.clone(),
    };
    let escalation = Escalation { form, answer, ..found };
    moves(tx, head, Step { case: &case, escalation, moved, by, message: None, now }).map(drop)
}

/// An escalation that somebody has: theirs, or that of a specialist of the client whose support owner they are.
pub(super) fn held(tx: &mut Tx<'_>, reach: &Reach, id: EscalationId) -> Result<Escalation, Stop> {
    let found = case_tables::escalation(tx, id)?.ok_or(EscalationRefusal::NotFound)?;
    if holds(tx, reach, &found)? { Ok(found) } else { Err(EscalationRefusal::NotFound.into()) }
}

/// Somebody has an escalation, and still works for its client.
pub(super) fn holds(tx: &mut Tx<'_>, reach: &Reach, one: &Escalation) -> Result<bool, Fault> {
    let Some(person) = one.person else { return Ok(false) };
    let Some(case) = case_tables::case(tx, one.case)? else { return Ok(false) };
    let is_at_client =
        reach.seats().iter().any(|seat| seat.client == case.client && seat.role.is_at_client());
    let owns = reach.is(Role::SupportOwner, case.client);
    Ok((person == reach.person() && is_at_client) || owns)
}

/// The escalation that a link opens now.
pub(super) fn linked(tx: &mut Tx<'_>, hash: &str, now: Instant) -> Result<Escalation, Stop> {
    let found = case_tables::escalation_linked(tx, hash)?;
    found.filter(|one| one.is_linked(now)).ok_or_else(|| EscalationRefusal::LinkOver.into())
}
