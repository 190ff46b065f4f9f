//! The table of shifts: who works when.

use super::span;
use crate::{LONGEST_SHIFT, ShiftEntry, ShiftSource, Span};
use kernel::{Fault, Instant, PersonId, ShiftId, TeamId};
use store::{Param, Row, Tx, sql};

fn shift_row(row: &mut Row) -> Result<ShiftEntry, Fault> {
    let (id, person, span) = (row.take()?, row.take()?, span(row)?);
    let breaks: String = row.take()?;
    let breaks: Vec<(Instant, Instant)> = serde_json::from_str(&breaks).map_err(Fault::new)?;
    let breaks = breaks.into_iter().map(|(from, until)| Span { from, until }).collect();
    let source: String = row.take()?;
    let source = ShiftSource::of(&source).ok_or_else(|| Fault::new("a shift has an unknown source"))?;
    Ok(ShiftEntry { id, person, span, breaks, source, entered_by: row.take()?, entered_at: row.take()? })
}

/// Writes a shift down.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn add_shift(tx: &mut Tx<'_>, shift: &ShiftEntry) -> Result<(), Fault> {
    let breaks: Vec<(Instant, Instant)> = shift.breaks.iter().map(|span| (span.from, span.until)).collect();
    tx.run(
        sql!(
            "insert into shifts (id, person_id, from_at, until_at, breaks, source, entered_by, entered_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8)"
        ),
        &[
            &shift.id,
            &shift.person,
            &shift.span.from,
            &shift.span.until,
            &serde_json::to_string(&breaks).map_err(Fault::new)?,
            &shift.source.as_str(),
            &shift.entered_by,
            &shift.entered_at,
        ],
    )
    .map(drop)
}

/// Takes a shift out.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn drop_shift(tx: &mut Tx<'_>, id: ShiftId) -> Result<(), Fault> {
    tx.run(sql!("delete from shifts where id = $1"), &[&id]).map(drop)
}

/// One shift.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn shift(tx: &mut Tx<'_>, id: ShiftId) -> Result<Option<ShiftEntry>, Fault> {
    tx.maybe(
        sql!(
            "select id, person_id, from_at, until_at, breaks, source, entered_by, entered_at from shifts where id = $1"
        ),
        &[&id],
        shift_row,
    )
}

/// The shifts of these people that have a part between two instants, person by person, each in order.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn shifts_between(tx: &mut Tx<'_>, persons: &[PersonId], within: Span) -> Result<Vec<ShiftEntry>, Fault> {
    // No shift is longer, so the index finds all that may reach into the time asked for.
    let earliest = within.from.minus(LONGEST_SHIFT);
    let sets: Vec<Vec<&dyn Param>> = persons
        .iter()
        .map(|person| -> Vec<&dyn Param> { vec![person, &earliest, &within.until, &within.from] })
        .collect();
    let found = tx.lists(
        sql!(
            "select id, person_id, from_at, until_at, breaks, source, entered_by, entered_at from shifts
             where person_id = $1 and from_at >= $2 and from_at < $3 and until_at > $4 order by from_at"
        ),
        &sets,
        shift_row,
    )?;
    Ok(found.into_iter().flatten().collect())
}

/// The shifts that ended after one instant and not after another, in order.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn ended_between(tx: &mut Tx<'_>, after: Instant, until: Instant) -> Result<Vec<ShiftEntry>, Fault> {
    tx.list(
        sql!(
            "select id, person_id, from_at, until_at, breaks, source, entered_by, entered_at from shifts
             where until_at > $1 and until_at <= $2 order by until_at, id"
        ),
        &[&after, &until],
        shift_row,
    )
}

/// Whether somebody of a team has a shift that ends after an instant.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn has_roster(tx: &mut Tx<'_>, team: TeamId, after: Instant) -> Result<bool, Fault> {
    let found = tx.maybe(
        sql!(
            "select h.id from seats s join shifts h on h.person_id = s.person_id
             where s.team_id = $1 and h.until_at > $2 limit 1"
        ),
        &[&team, &after],
        |row| row.take::<ShiftId>(),
    )?;
    Ok(found.is_some())
}
