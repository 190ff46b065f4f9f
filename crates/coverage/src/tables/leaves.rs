//! The table of absences: when people don't work although they would.

use super::span;
use crate::{Leave, LeaveKind, Span};
use kernel::{Fault, Instant, LeaveId, PersonId};
use store::{Param, Row, Tx, sql};

fn leave_row(row: &mut Row) -> Result<Leave, Fault> {
    let (id, person, span) = (row.take()?, row.take()?, span(row)?);
    let kind: String = row.take()?;
    let kind = LeaveKind::of(&kind).ok_or_else(|| Fault::new("an absence is of an unknown kind"))?;
    Ok(Leave { id, person, span, kind, entered_by: row.take()?, entered_at: row.take()? })
}

/// Writes an absence down.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn add_leave(tx: &mut Tx<'_>, leave: &Leave) -> Result<(), Fault> {
    tx.run(
        sql!(
            "insert into leaves (id, person_id, from_at, until_at, kind, entered_by, entered_at)
             values ($1, $2, $3, $4, $5, $6, $7)"
        ),
        &[
            &leave.id,
            &leave.person,
            &leave.span.from,
            &leave.span.until,
            &leave.kind.as_str(),
            &leave.entered_by,
            &leave.entered_at,
        ],
    )
    .map(drop)
}

/// Lets an absence end at an instant; one that would end as it begins is taken out.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn end_leave(tx: &mut Tx<'_>, id: LeaveId, at: Instant) -> Result<(), Fault> {
    tx.run(sql!("delete from leaves where id = $1 and from_at >= $2"), &[&id, &at])?;
    tx.run(sql!("update leaves set until_at = $1 where id = $2"), &[&at, &id]).map(drop)
}

/// One absence.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn leave(tx: &mut Tx<'_>, id: LeaveId) -> Result<Option<Leave>, Fault> {
    tx.maybe(
        sql!(
            "select id, person_id, from_at, until_at, kind, entered_by, entered_at from leaves where id = $1"
        ),
        &[&id],
        leave_row,
    )
}

/// The absences of these people that have a part between two instants, person by person, each in order.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn leaves_between(tx: &mut Tx<'_>, persons: &[PersonId], within: Span) -> Result<Vec<Leave>, Fault> {
    let sets: Vec<Vec<&dyn Param>> = persons
        .iter()
        .map(|person| -> Vec<&dyn Param> { vec![person, &within.until, &within.from] })
        .collect();
    let found = tx.lists(
        sql!(
            "select id, person_id, from_at, until_at, kind, entered_by, entered_at from leaves
             where person_id = $1 and from_at < $2 and until_at > $3 order by from_at"
        ),
        &sets,
        leave_row,
    )?;
    Ok(found.into_iter().flatten().collect())
}
