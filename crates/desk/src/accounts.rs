//! Accounts: invitations, passwords, and what persons change of themselves.

use crate::{Desk, aside, sign_in};
use kernel::{
    ClientId, EmailAddress, Fault, LanguageTag, Owner, PersonId, Reach, Role, SeatId, Stop, TeamId,
};
use people::{Password, PeopleRefusal, Person, SeatHeld, Secret, Session, Spoken, tables as people_tables};
use std::time::Duration;
use store::{Tx, fresh};

/// How long an invitation can be used.
pub const INVITED_FOR: Duration = Duration::from_secs(7 * 24 * 60 * 60);

/// Where a role is held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// At a client.
    Client(ClientId),
    /// In a team.
    Team(TeamId),
}

/// A person to invite.
pub struct Invited {
    /// Their name.
    pub name: String,
    /// Their address.
    pub email: String,
    /// The languages that they speak.
    pub languages: Vec<LanguageTag>,
    /// Their first role, unless they come as an owner.
    pub seat: Option<(Role, Place)>,
    /// Whether they will own the installation.
    pub owner: Owner,
}

fn only_owners(reach: &Reach) -> Result<(), PeopleRefusal> {
    if reach.owns_installation() { Ok(()) } else { Err(PeopleRefusal::NotFound) }
}

/// Invites somebody; answers the person and the secret of their link.
///
/// # Errors
/// [`PeopleRefusal::NotFound`] for everybody but owners, [`PeopleRefusal::NameMissing`], [`PeopleRefusal::AddressTaken`],
/// [`PeopleRefusal::SeatWithoutPlace`].
pub async fn invite(desk: &Desk, reach: &Reach, invited: Invited) -> Result<(PersonId, Secret), Stop> {
    only_owners(reach)?;
    let email: EmailAddress =
        invited.email.parse().map_err(|_| engagements::EngagementRefusal::NotAnAddress)?;
    let today = desk.clock.now().day();
    let named = invited.languages.iter().map(|one| Spoken::named(one.clone(), today.clone())).collect();
    let person = new_person(&invited.name, email, named, invited.owner)?;
    let (secret, now, id) = (Secret::fresh(), desk.clock.now(), person.id);
    let hash = secret.hash();
    desk.store
        .write(move |tx| {
            if people_tables::person_by_email(tx, &person.email)?.is_some() {
                return Err(Stop::from(PeopleRefusal::AddressTaken));
            }
            people_tables::add_person(tx, &person, now)?;
            if let Some((role, place)) = invited.seat {
                give_seat(tx, person.id, role, place, now)?;
            }
            people_tables::invite(tx, &hash, person.id, now, now.plus(INVITED_FOR))?;
            sign_in::personal(tx, "person.invited", person.id, now, "Was invited.")?;
            Ok(())
        })
        .await?;
    Ok((id, secret))
}

/// A person who has just come, without a password.
pub(crate) fn new_person(
    name: &str,
    email: EmailAddress,
    languages: Vec<Spoken>,
    owner: Owner,
) -> Result<Person, PeopleRefusal> {
    let name = name.trim();
    if name.is_empty() {
        return Err(PeopleRefusal::NameMissing);
    }
    Ok(Person {
        id: sign_in::new_person(),
        name: name.chars().take(120).collect(),
        email,
        owner,
        languages,
        uses_shortcuts: true,
        has_password: false,
        disabled_at: None,
    })
}

/// Gives a person a role.
///
/// # Errors
/// [`PeopleRefusal::SeatWithoutPlace`].
pub fn give_seat(
    tx: &mut Tx<'_>,
    person: PersonId,
    role: Role,
    place: Place,
    now: kernel::Instant,
) -> Result<(), Stop> {
    let (client, team) = match place {
        Place::Client(client) if role.is_at_client() => (Some(client), None),
        Place::Team(team) if !role.is_at_client() => (None, Some(team)),
        _ => return Err(PeopleRefusal::SeatWithoutPlace.into()),
    };
    let is_there = match place {
        Place::Client(client) => people_tables::client(tx, client)?.is_some(),
        Place::Team(team) => people_tables::team(tx, team)?.is_some(),
    };
    if !is_there {
        return Err(PeopleRefusal::SeatWithoutPlace.into());
    }
    let seat = SeatHeld { id: fresh(), person, role, client, team };
    Ok(people_tables::add_seat(tx, &seat, now)?)
}

/// A new link for somebody who has lost theirs or their password. Earlier links end.
///
/// # Errors
/// [`PeopleRefusal::NotFound`].
pub async fn invite_again(desk: &Desk, reach: &Reach, person: PersonId) -> Result<Secret, Stop> {
    only_owners(reach)?;
    let (secret, now) = (Secret::fresh(), desk.clock.now());
    let hash = secret.hash();
    desk.store
        .write(move |tx| {
            people_tables::person(tx, person)?.ok_or(PeopleRefusal::NotFound)?;
            people_tables::invite(tx, &hash, person, now, now.plus(INVITED_FOR))?;
            sign_in::personal(tx, "person.invited", person, now, "Was invited again.")?;
            Ok::<_, Stop>(())
        })
        .await?;
    Ok(secret)
}

/// Who was invited with this secret.
///
/// # Errors
/// [`PeopleRefusal::InvitationOver`].
pub async fn whose_invitation(desk: &Desk, secret: &Secret) -> Result<Person, Stop> {
    let (hash, now) = (secret.hash(), desk.clock.now());
    desk.store.read(move |tx| invited(tx, &hash, now)).await
}

fn invited(tx: &mut Tx<'_>, hash: &str, now: kernel::Instant) -> Result<Person, Stop> {
    let person = people_tables::whose_invitation(tx, hash, now)?.ok_or(PeopleRefusal::InvitationOver)?;
    people_tables::person(tx, person)?.ok_or_else(|| PeopleRefusal::InvitationOver.into())
}

/// Accepts an invitation with a name and a password; answers who it is, so that they can be signed in.
///
/// # Errors
/// [`PeopleRefusal::InvitationOver`], [`PeopleRefusal::WeakPassword`], [`PeopleRefusal::NameMissing`].
pub async fn accept_invitation(
    desk: &Desk,
    secret: &Secret,
    name: &str,
    password: &str,
) -> Result<PersonId, Stop> {
    let chosen = Password::chosen(password)?;
    if name.trim().is_empty() {
        return Err(PeopleRefusal::NameMissing.into());
    }
    let hashed = aside(move || chosen.hash()).await??;
    let (hash, name, now) = (secret.hash(), name.trim().to_owned(), desk.clock.now());
    desk.store
        .write(move |tx| {
            let person = invited(tx, &hash, now)?;
            people_tables::use_invitation(tx, &hash, now)?;
            people_tables::change_person(tx, &Person { name: name.clone(), ..person.clone() })?;
            people_tables::set_password(tx, person.id, &hashed)?;
            people_tables::end_sessions_of(tx, person.id)?;
            sign_in::personal(tx, "person.joined", person.id, now, "Accepted the invitation.")?;
            Ok(person.id)
        })
        .await
}

/// Changes a person's own name and shortcuts.
///
/// # Errors
/// [`PeopleRefusal::NameMissing`].
pub async fn change_own(
    desk: &Desk,
    signed_in: &sign_in::SignedIn,
    name: &str,
    shortcuts: Shortcuts,
) -> Result<(), Stop> {
    let name = name.trim().to_owned();
    if name.is_empty() {
        return Err(PeopleRefusal::NameMissing.into());
    }
    let uses_shortcuts = shortcuts == Shortcuts::On;
    let changed = Person { name, uses_shortcuts, ..signed_in.person.clone() };
    Ok(desk.store.write(move |tx| people_tables::change_person(tx, &changed)).await?)
}

/// Whether single-key shortcuts are on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shortcuts {
    /// They are.
    On,
    /// They aren't.
    Off,
}

/// Changes a person's own password; their other sessions end.
///
/// # Errors
/// [`PeopleRefusal::WrongPassword`] when the old one is wrong, [`PeopleRefusal::WeakPassword`].
pub async fn change_password(
    desk: &Desk,
    signed_in: &sign_in::SignedIn,
    old: &str,
    new: &str,
) -> Result<(), Stop> {
    let chosen = Password::chosen(new)?;
    let (email, typed) = (signed_in.person.email.clone(), Password::typed(old));
    let found = desk.store.read(move |tx| people_tables::person_by_email(tx, &email)).await?;
    let hash = found.and_then(|(_, hash, _)| hash);
    let hashed = aside(move || if typed.belongs_to(hash.as_deref()) { Some(chosen.hash()) } else { None });
    let hashed = hashed.await?.ok_or(PeopleRefusal::WrongPassword)??;
    let (person, session, now) = (signed_in.person.id, signed_in.session.clone(), desk.clock.now());
    desk.store
        .write(move |tx| {
            people_tables::set_password(tx, person, &hashed)?;
            let sessions = people_tables::sessions_of(tx, person, now)?;
            for other in sessions.iter().filter(|other| other.token_hash != session) {
                people_tables::end_session(tx, &other.token_hash)?;
            }
            Ok(sign_in::personal(tx, "person.changed_password", person, now, "Changed the password.")?)
        })
        .await
}

/// The devices on which a person is signed in.
///
/// # Errors
/// A fault when the database can't be reached.
pub async fn sessions(desk: &Desk, person: PersonId) -> Result<Vec<Session>, Fault> {
    let now = desk.clock.now();
    desk.store.read(move |tx| people_tables::sessions_of(tx, person, now)).await
}

/// Gives a person one more role.
///
/// # Errors
/// [`PeopleRefusal::NotFound`] and [`PeopleRefusal::SeatWithoutPlace`].
pub async fn seat(
    desk: &Desk,
    reach: &Reach,
    person: PersonId,
    role: Role,
    place: Place,
) -> Result<(), Stop> {
    only_owners(reach)?;
    let now = desk.clock.now();
    desk.store
        .write(move |tx| {
            people_tables::person(tx, person)?.ok_or(PeopleRefusal::NotFound)?;
            give_seat(tx, person, role, place, now)?;
            Ok(sign_in::personal(tx, "person.seated", person, now, &format!("Became {}.", role.title()))?)
        })
        .await
}

/// Takes a role away from a person. It works at once: their next page is made without it.
///
/// # Errors
/// [`PeopleRefusal::NotFound`].
pub async fn unseat(desk: &Desk, reach: &Reach, person: PersonId, seat: SeatId) -> Result<(), Stop> {
    only_owners(reach)?;
    let now = desk.clock.now();
    desk.store
        .write(move |tx| {
            let held = people_tables::seats_of(tx, person)?;
            held.iter().find(|held| held.id == seat).ok_or(PeopleRefusal::NotFound)?;
            people_tables::drop_seat(tx, seat)?;
            Ok(sign_in::personal(tx, "person.unseated", person, now, "Lost a role.")?)
        })
        .await
}

/// Keeps a person from signing in and ends their sessions, or lets them in again.
///
/// # Errors
/// [`PeopleRefusal::NotFound`] and [`PeopleRefusal::LastOwner`].
pub async fn admit(desk: &Desk, reach: &Reach, person: PersonId, admission: Admission) -> Result<(), Stop> {
    only_owners(reach)?;
    let now = desk.clock.now();
    desk.store
        .write(move |tx| {
            let found = people_tables::person(tx, person)?.ok_or(PeopleRefusal::NotFound)?;
            if admission == Admission::Disabled {
                let is_last = found.owner == Owner::Yes && people_tables::owners(tx)? < 2;
                if is_last {
                    return Err(Stop::from(PeopleRefusal::LastOwner));
                }
                people_tables::disable(tx, person, Some(now))?;
                people_tables::end_sessions_of(tx, person)?;
                return Ok(sign_in::personal(tx, "person.disabled", person, now, "Can't sign in any more.")?);
            }
            people_tables::disable(tx, person, None)?;
            Ok(sign_in::personal(tx, "person.enabled", person, now, "Can sign in again.")?)
        })
        .await
}

/// Whether a person may sign in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Admission {
    /// They may.
    Enabled,
    /// They may not.
    Disabled,
}
