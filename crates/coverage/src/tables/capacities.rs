//! The table of capacities: how many cases somebody can have at once.

use kernel::{Fault, PersonId};
use store::{Param, Tx, sql};

/// How many cases of a channel somebody can have at once; none when nobody said.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn capacity(tx: &mut Tx<'_>, person: PersonId, channel: &str) -> Result<Option<i64>, Fault> {
    tx.maybe(
        sql!("select most from capacities where person_id = $1 and channel = $2"),
        &[&person, &channel],
        |row| row.take(),
    )
}

/// How many cases of a channel these people can have at once, in their order.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn capacities_of(
    tx: &mut Tx<'_>,
    persons: &[PersonId],
    channel: &str,
) -> Result<Vec<Option<i64>>, Fault> {
    let sets: Vec<Vec<&dyn Param>> =
        persons.iter().map(|person| -> Vec<&dyn Param> { vec![person, &channel] }).collect();
    let found =
        tx.lists(sql!("select most from capacities where person_id = $1 and channel = $2"), &sets, |row| {
            row.take()
        })?;
    Ok(found.into_iter().map(|mut rows| rows.pop()).collect())
}

/// All that was said of somebody's capacities, by channel.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn capacities(tx: &mut Tx<'_>, person: PersonId) -> Result<Vec<(String, i64)>, Fault> {
    tx.list(
        sql!("select channel, most from capacities where person_id = $1 order by channel"),
        &[&person],
        |row| Ok((row.take()?, row.take()?)),
    )
}

/// Says how many cases of a channel somebody can have at once.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn set_capacity(tx: &mut Tx<'_>, person: PersonId, channel: &str, most: i64) -> Result<(), Fault> {
    tx.run(
        sql!(
            "insert into capacities (person_id, channel, most) values ($1, $2, $3)
             on conflict (person_id, channel) do update set most = excluded.most"
        ),
        &[&person, &channel, &most],
    )
    .map(drop)
}
