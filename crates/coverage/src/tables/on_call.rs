//! The tables of on-call: who is called on which level when, and at which addresses.

use super::span;
use crate::{CallAddress, CallWay, OnCallDuty, Span};
use kernel::{EngagementId, Fault, OnCallDutyId, PersonId};
use store::{Param, Row, Tx, sql};

fn duty_row(row: &mut Row) -> Result<OnCallDuty, Fault> {
    let (id, engagement, level, person) = (row.take()?, row.take()?, row.take()?, row.take()?);
    let span = span(row)?;
    Ok(OnCallDuty { id, engagement, level, person, span, entered_by: row.take()?, entered_at: row.take()? })
}

/// Puts somebody on call.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn add_duty(tx: &mut Tx<'_>, duty: &OnCallDuty) -> Result<(), Fault> {
    tx.run(
        sql!(
            "insert into on_call_duties (id, engagement_id, level, person_id, from_at, until_at, entered_by, entered_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8)"
        ),
        &[
            &duty.id,
            &duty.engagement,
            &duty.level,
            &duty.person,
            &duty.span.from,
            &duty.span.until,
            &duty.entered_by,
            &duty.entered_at,
        ],
    )
    .map(drop)
}

/// Takes a duty out.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn drop_duty(tx: &mut Tx<'_>, id: OnCallDutyId) -> Result<(), Fault> {
    tx.run(sql!("delete from on_call_duties where id = $1"), &[&id]).map(drop)
}

/// One duty.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn duty(tx: &mut Tx<'_>, id: OnCallDutyId) -> Result<Option<OnCallDuty>, Fault> {
    tx.maybe(
        sql!(
            "select id, engagement_id, level, person_id, from_at, until_at, entered_by, entered_at
             from on_call_duties where id = $1"
        ),
        &[&id],
        duty_row,
    )
}

/// The duties in these engagements that have a part between two instants, by engagement, level and begin.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn duties_between(
    tx: &mut Tx<'_>,
    engagements: &[EngagementId],
    within: Span,
) -> Result<Vec<OnCallDuty>, Fault> {
    let sets: Vec<Vec<&dyn Param>> = engagements
        .iter()
        .map(|engagement| -> Vec<&dyn Param> { vec![engagement, &within.until, &within.from] })
        .collect();
    let found = tx.lists(
        sql!(
            "select id, engagement_id, level, person_id, from_at, until_at, entered_by, entered_at
             from on_call_duties where engagement_id = $1 and from_at < $2 and until_at > $3 order by level, from_at, id"
        ),
        &sets,
        duty_row,
    )?;
    Ok(found.into_iter().flatten().collect())
}

/// The duties of somebody that have a part between two instants, in order.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn duties_of(tx: &mut Tx<'_>, person: PersonId, within: Span) -> Result<Vec<OnCallDuty>, Fault> {
    tx.list(
        sql!(
            "select id, engagement_id, level, person_id, from_at, until_at, entered_by, entered_at
             from on_call_duties where person_id = $1 and from_at < $2 and until_at > $3 order by from_at, level, id"
        ),
        &[&person, &within.until, &within.from],
        duty_row,
    )
}

/// The addresses at which somebody is called, in the order in which they were added.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn call_addresses(tx: &mut Tx<'_>, person: PersonId) -> Result<Vec<CallAddress>, Fault> {
    tx.list(
        sql!(
            "select person_id, way, address, sealed_secret, made_at, trouble from call_addresses
             where person_id = $1 order by made_at, way, address"
        ),
        &[&person],
        |row| {
            let person = row.take()?;
            let way: String = row.take()?;
            let way = CallWay::of(&way).ok_or_else(|| Fault::new("a call goes an unknown way"))?;
            Ok(CallAddress {
                person,
                way,
                address: row.take()?,
                sealed_secret: row.take()?,
                made_at: row.take()?,
                trouble: row.take()?,
            })
        },
    )
}

/// Adds an address at which somebody is called; one that is there gets the new secret.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn add_call_address(tx: &mut Tx<'_>, address: &CallAddress) -> Result<(), Fault> {
    tx.run(
        sql!(
            "insert into call_addresses (person_id, way, address, sealed_secret, made_at, trouble)
             values ($1, $2, $3, $4, $5, $6)
             on conflict (person_id, way, address) do update set sealed_secret = excluded.sealed_secret, trouble = excluded.trouble"
        ),
        &[
            &address.person,
            &address.way.as_str(),
            &address.address,
            &address.sealed_secret,
            &address.made_at,
            &address.trouble,
        ],
    )
    .map(drop)
}

/// Forgets an address at which somebody was called.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn drop_call_address(
    tx: &mut Tx<'_>,
    person: PersonId,
    way: CallWay,
    address: &str,
) -> Result<(), Fault> {
    tx.run(
        sql!("delete from call_addresses where person_id = $1 and way = $2 and address = $3"),
        &[&person, &way.as_str(), &address],
    )
    .map(drop)
}

/// Notes why the last call didn't reach an address; nothing when it did.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn note_trouble(
    tx: &mut Tx<'_>,
    person: PersonId,
    way: CallWay,
    address: &str,
    trouble: &str,
) -> Result<(), Fault> {
    tx.run(
        sql!("update call_addresses set trouble = $1 where person_id = $2 and way = $3 and address = $4"),
        &[&trouble, &person, &way.as_str(), &address],
    )
    .map(drop)
}
