//! The table of permits. One that has ended stays.

use crate::permits::{Ended, Permit};
use kernel::{ClientId, Fault, Instant, PermitId, PersonId};
use store::{Row, Tx, sql};

fn permit_row(row: &mut Row) -> Result<Permit, Fault> {
    let (id, person, client) = (row.take()?, row.take()?, row.take()?);
    let (intent, stage, evidence) = (row.take()?, row.take()?, row.take()?);
    let (granted_by, granted_at, until_on) = (row.take()?, row.take()?, row.take()?);
    let at: Option<Instant> = row.take()?;
    let (by, because) = (row.take()?, row.take()?);
    let ended = at.map(|at| Ended { at, by, because });
    Ok(Permit { id, person, client, intent, stage, evidence, granted_by, granted_at, until_on, ended })
}

/// Writes a permit down.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn add_permit(tx: &mut Tx<'_>, permit: &Permit) -> Result<(), Fault> {
    let ended = permit.ended.as_ref();
    tx.run(
        sql!(
            "insert into permits (id, person_id, client_id, intent, stage, evidence, granted_by, granted_at, until_on,
                                  ended_at, ended_by, ended_because)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)"
        ),
        &[
            &permit.id,
            &permit.person,
            &permit.client,
            &permit.intent,
            &permit.stage,
            &permit.evidence,
            &permit.granted_by,
            &permit.granted_at,
            &permit.until_on,
            &ended.map(|ended| ended.at),
            &ended.and_then(|ended| ended.by),
            &ended.map_or("", |ended| ended.because.as_str()),
        ],
    )
    .map(drop)
}

/// Ends a permit. False if it had ended before.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn end_permit(tx: &mut Tx<'_>, id: PermitId, ended: &Ended) -> Result<bool, Fault> {
    let done = tx.run(
        sql!(
            "update permits set ended_at = $1, ended_by = $2, ended_because = $3 where id = $4 and ended_at is null"
        ),
        &[&ended.at, &ended.by, &ended.because, &id],
    )?;
    Ok(done > 0)
}

/// One permit.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn permit(tx: &mut Tx<'_>, id: PermitId) -> Result<Option<Permit>, Fault> {
    tx.maybe(
        sql!(
            "select id, person_id, client_id, intent, stage, evidence, granted_by, granted_at, until_on, ended_at,
                    ended_by, ended_because
             from permits where id = $1"
        ),
        &[&id],
        permit_row,
    )
}

/// Every permit of a client, those that ended included, the newest first.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn permits_of_client(tx: &mut Tx<'_>, client: ClientId) -> Result<Vec<Permit>, Fault> {
    tx.list(
        sql!(
            "select id, person_id, client_id, intent, stage, evidence, granted_by, granted_at, until_on, ended_at,
                    ended_by, ended_because
             from permits where client_id = $1 order by granted_at desc, id desc"
        ),
        &[&client],
        permit_row,
    )
}

/// Every permit of a person, those that ended included, the newest first.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn permits_of_person(tx: &mut Tx<'_>, person: PersonId) -> Result<Vec<Permit>, Fault> {
    tx.list(
        sql!(
            "select id, person_id, client_id, intent, stage, evidence, granted_by, granted_at, until_on, ended_at,
                    ended_by, ended_because
             from permits where person_id = $1 order by granted_at desc, id desc"
        ),
        &[&person],
        permit_row,
    )
}

/// Who holds permits of which clients whose last day lies in a stretch of days: `after` is out, `before` too.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn expired_since(tx: &mut Tx<'_>, after: &str, before: &str) -> Result<Vec<(PersonId, ClientId)>, Fault> {
    tx.list(
        sql!(
            "select distinct person_id, client_id from permits
             where ended_at is null and until_on is not null and until_on >= $1 and until_on < $2"
        ),
        &[&after, &before],
        |row| Ok((row.take()?, row.take()?)),
    )
}
