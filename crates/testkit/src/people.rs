//! The people of the small world: who is there, in which role and where.

use desk::{accounts::Place, sign_in};
use kernel::{EmailAddress, Fault, Instant, Owner, PersonId, Role};
use people::{Password, Person, SeatHeld, tables as people_tables};
use std::{collections::HashMap, sync::OnceLock};
use store::{Tx, fresh};

/// The password of everybody.
pub const PASSWORD: &str = "a password for tests";

/// Everybody: first name, surname, whether they own the installation.
pub(crate) const EVERYBODY: [(&str, &str, Owner); 11] = [
    ("olga", "Kranjc", Owner::Yes),
    ("greta", "Lindqvist", Owner::No),
    ("rok", "Zupan", Owner::No),
    ("nora", "Weiss", Owner::No),
    ("paula", "Ibarra", Owner::No),
    ("wanda", "Nowak", Owner::No),
    ("ines", "Carvalho", Owner::No),
    ("tiago", "Rocha", Owner::No),
    ("carla", "Sousa", Owner::No),
    ("maricel", "Santos", Owner::No),
    ("jun", "Reyes", Owner::No),
];

/// Everybody's hash, made once for a whole run.
fn password_hash() -> &'static str {
    static HASH: OnceLock<String> = OnceLock::new();
    HASH.get_or_init(|| Password::typed(PASSWORD).hash().expect("the machine has randomness"))
}

/// Writes everybody down, with a password; answers who is who.
pub(crate) fn add(tx: &mut Tx<'_>, now: Instant) -> Result<HashMap<&'static str, PersonId>, Fault> {
    let mut known = HashMap::new();
    for (first, surname, owner) in EVERYBODY {
        let person = person(first, surname, owner);
        people_tables::add_person(tx, &person, now)?;
        people_tables::set_password(tx, person.id, password_hash())?;
        known.insert(first, person.id);
    }
    Ok(known)
}

fn person(first: &str, surname: &str, owner: Owner) -> Person {
    let mut name = first.to_owned();
    name.replace_range(..1, &first[..1].to_uppercase());
    Person {
        id: fresh(),
        name: format!("{name} {surname}"),
        email: email(first),
        owner,
        languages: Vec::new(),
        uses_shortcuts: true,
        has_password: true,
        disabled_at: None,
    }
}

/// The address with which somebody signs in.
pub(crate) fn email(first: &str) -> EmailAddress {
    format!("{first}@people.example").parse().expect("a first name makes an address")
}

/// Gives somebody a role.
pub(crate) fn seat(
    tx: &mut Tx<'_>,
    person: PersonId,
    role: Role,
    place: Place,
    now: Instant,
) -> Result<(), Fault> {
    let (client, team) = match place {
        Place::Client(client) => (Some(client), None),
        Place::Team(team) => (None, Some(team)),
    };
    people_tables::add_seat(tx, &SeatHeld { id: fresh(), person, role, client, team }, now)
}

/// What somebody may see now.
pub(crate) fn reach(tx: &mut Tx<'_>, person: PersonId, now: Instant) -> Result<kernel::Reach, Fault> {
    let person = people_tables::person(tx, person)?.ok_or_else(|| Fault::new("nobody has this id"))?;
    sign_in::reach_of(tx, &person, now)
}
