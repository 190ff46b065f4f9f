//! The tables of persons and their seats.

use super::levels::{add_level, read_projected};
use crate::{LevelEntry, Person, SeatHeld};
use kernel::{EmailAddress, EngagementId, Fault, Instant, Owner, PersonId, SeatId, TeamId};
use store::{Row, Tx, sql};

pub(super) fn person_row(row: &mut Row) -> Result<Person, Fault> {
    let id = row.take()?;
    let name = row.take()?;
    let email = row.take()?;
    let owner = if row.take::<bool>()? { Owner::Yes } else { Owner::No };
    let languages: String = row.take()?;
    Ok(Person {
        id,
        name,
        email,
        owner,
        languages: read_projected(&languages)?,
        uses_shortcuts: row.take()?,
        has_password: row.take::<i64>()? != 0,
        disabled_at: row.take()?,
    })
}

/// Writes a new person down, without a password; their languages by their own word.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn add_person(tx: &mut Tx<'_>, person: &Person, now: Instant) -> Result<(), Fault> {
    tx.run(
        sql!(
            "insert into persons (id, name, email, owns_installation, languages, uses_shortcuts, created_at)
             values ($1, $2, $3, $4, $5, $6, $7)"
        ),
        &[
            &person.id,
            &person.name,
            &person.email,
            &(person.owner == Owner::Yes),
            &"[]",
            &person.uses_shortcuts,
            &now,
        ],
    )?;
    for spoken in &person.languages {
        let entry =
            LevelEntry { person: person.id, spoken: spoken.clone(), entered_by: None, entered_at: now };
        add_level(tx, &entry)?;
    }
    Ok(())
}

/// Changes what a person may change of themselves, but for their languages.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn change_person(tx: &mut Tx<'_>, person: &Person) -> Result<(), Fault> {
    tx.run(
        sql!("update persons set name = $1, uses_shortcuts = $2 where id = $3"),
        &[&person.name, &person.uses_shortcuts, &person.id],
    )
    .map(drop)
}

/// One person.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn person(tx: &mut Tx<'_>, id: PersonId) -> Result<Option<Person>, Fault> {
    tx.maybe(
        sql!(
            "select id, name, email, owns_installation, languages, uses_shortcuts,
                    case when password_hash is null then 0 else 1 end, disabled_at
             from persons where id = $1"
        ),
        &[&id],
        person_row,
    )
}

/// Who signs in with an address: the person, the hash of their password, and since when they can't sign in any more.
pub type Credentials = (PersonId, Option<String>, Option<Instant>);

/// The person who signs in with this address, and the hash of their password.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn person_by_email(tx: &mut Tx<'_>, email: &EmailAddress) -> Result<Option<Credentials>, Fault> {
    tx.maybe(sql!("select id, password_hash, disabled_at from persons where email = $1"), &[email], |row| {
        Ok((row.take()?, row.take()?, row.take()?))
    })
}

/// All persons, by name.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn persons(tx: &mut Tx<'_>) -> Result<Vec<Person>, Fault> {
    let mut persons = tx.list(
        sql!(
            "select id, name, email, owns_installation, languages, uses_shortcuts,
                    case when password_hash is null then 0 else 1 end, disabled_at
             from persons"
        ),
        &[],
        person_row,
    )?;
    persons.sort_by_key(|person| person.name.to_lowercase());
    Ok(persons)
}

/// The installation has an owner.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn has_owner(tx: &mut Tx<'_>) -> Result<bool, Fault> {
    Ok(owners(tx)? > 0)
}

/// How many owners can sign in.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn owners(tx: &mut Tx<'_>) -> Result<i64, Fault> {
    tx.value(sql!("select count(*) from persons where owns_installation and disabled_at is null"), &[])
}

/// Keeps the hash of a person's new password.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn set_password(tx: &mut Tx<'_>, person: PersonId, hash: &str) -> Result<(), Fault> {
    tx.run(sql!("update persons set password_hash = $1 where id = $2"), &[&hash, &person]).map(drop)
}

/// Keeps a person from signing in, or lets them again with `None`.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn disable(tx: &mut Tx<'_>, person: PersonId, at: Option<Instant>) -> Result<(), Fault> {
    tx.run(sql!("update persons set disabled_at = $1 where id = $2"), &[&at, &person]).map(drop)
}

fn seat_row(row: &mut Row) -> Result<SeatHeld, Fault> {
    Ok(SeatHeld {
        id: row.take()?,
        person: row.take()?,
        role: row.take()?,
        client: row.take()?,
        team: row.take()?,
    })
}

/// Gives a person a role. Giving it twice changes nothing.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn add_seat(tx: &mut Tx<'_>, seat: &SeatHeld, now: Instant) -> Result<(), Fault> {
    tx.run(
        sql!(
            "insert into seats (id, person_id, role, client_id, team_id, created_at)
             values ($1, $2, $3, $4, $5, $6) on conflict do nothing"
        ),
        &[&seat.id, &seat.person, &seat.role, &seat.client, &seat.team, &now],
    )
    .map(drop)
}

/// Takes a role away.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn drop_seat(tx: &mut Tx<'_>, seat: SeatId) -> Result<(), Fault> {
    tx.run(sql!("delete from seats where id = $1"), &[&seat]).map(drop)
}

/// The seats that a person holds.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn seats_of(tx: &mut Tx<'_>, person: PersonId) -> Result<Vec<SeatHeld>, Fault> {
    tx.list(
        sql!("select id, person_id, role, client_id, team_id from seats where person_id = $1"),
        &[&person],
        seat_row,
    )
}

/// Every seat.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn seats(tx: &mut Tx<'_>) -> Result<Vec<SeatHeld>, Fault> {
    tx.list(sql!("select id, person_id, role, client_id, team_id from seats"), &[], seat_row)
}

/// Who may be given a case of this engagement: its team and the client's own people, as far as they can sign in; by name.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn colleagues(tx: &mut Tx<'_>, engagement: EngagementId) -> Result<Vec<Person>, Fault> {
    let mut colleagues = tx.list(
        sql!(
            "select id, name, email, owns_installation, languages, uses_shortcuts,
                    case when password_hash is null then 0 else 1 end, disabled_at
             from persons where disabled_at is null and id in
               (select s.person_id from engagements e join seats s on s.client_id = e.client_id where e.id = $1
                union select s.person_id from engagements e join seats s on s.team_id = e.team_id where e.id = $1)"
        ),
        &[&engagement],
        person_row,
    )?;
    colleagues.sort_by_key(|person| person.name.to_lowercase());
    Ok(colleagues)
}

/// Since when a person holds each of their seats.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn seated_since(tx: &mut Tx<'_>, person: PersonId) -> Result<Vec<(SeatId, Instant)>, Fault> {
    tx.list(
        sql!("select id, created_at from seats where person_id = $1 order by created_at"),
        &[&person],
        |row| Ok((row.take()?, row.take()?)),
    )
}

/// The people of a team who can sign in, by name.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn people_of_team(tx: &mut Tx<'_>, team: TeamId) -> Result<Vec<Person>, Fault> {
    let mut people = tx.list(
        sql!(
            "select id, name, email, owns_installation, languages, uses_shortcuts,
                    case when password_hash is null then 0 else 1 end, disabled_at
             from persons where disabled_at is null and id in (select person_id from seats where team_id = $1)"
        ),
        &[&team],
        person_row,
    )?;
    people.sort_by_key(|person| person.name.to_lowercase());
    Ok(people)
}
