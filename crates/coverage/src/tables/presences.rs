//! The table of presences: whether people take new cases.

use crate::Presence;
use kernel::{Fault, Instant, PersonId};
use store::{Param, Row, Tx, sql};

fn presence_row(row: &mut Row) -> Result<(Presence, Instant), Fault> {
    let state: String = row.take()?;
    let state = Presence::of(&state).ok_or_else(|| Fault::new("a presence is unknown"))?;
    Ok((state, row.take()?))
}

/// Somebody's presence and since when; none when they never said.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn presence(tx: &mut Tx<'_>, person: PersonId) -> Result<Option<(Presence, Instant)>, Fault> {
    tx.maybe(sql!("select state, since_at from presences where person_id = $1"), &[&person], presence_row)
}

/// The presences of these people, in their order.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn presences_of(
    tx: &mut Tx<'_>,
    persons: &[PersonId],
) -> Result<Vec<Option<(Presence, Instant)>>, Fault> {
    let sets: Vec<Vec<&dyn Param>> =
        persons.iter().map(|person| -> Vec<&dyn Param> { vec![person] }).collect();
    let found =
        tx.lists(sql!("select state, since_at from presences where person_id = $1"), &sets, presence_row)?;
    Ok(found.into_iter().map(|mut rows| rows.pop()).collect())
}

/// Somebody says whether they take new cases.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn set_presence(tx: &mut Tx<'_>, person: PersonId, state: Presence, now: Instant) -> Result<(), Fault> {
    tx.run(
        sql!(
            "insert into presences (person_id, state, since_at) values ($1, $2, $3)
             on conflict (person_id) do update set state = excluded.state, since_at = excluded.since_at"
        ),
        &[&person, &state.as_str(), &now],
    )
    .map(drop)
}
