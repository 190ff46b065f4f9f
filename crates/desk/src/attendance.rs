//! Attendance: who was invited and hasn't come, who was last here when, and ending single sessions.

use crate::{Desk, sign_in};
use kernel::{Instant, PersonId, Reach, SeatId, Stop};
use people::{PeopleRefusal, tables as people_tables};

pub use people::tables::OpenInvitation;

/// What owners read about coming and going.
pub struct Attendance {
    /// The invitations that still hold, newest first.
    pub invitations: Vec<OpenInvitation>,
    /// When each person was last here; those who never were are missing.
    pub seen: Vec<(PersonId, Instant)>,
}

fn only_owners(reach: &Reach) -> Result<(), PeopleRefusal> {
    if reach.owns_installation() { Ok(()) } else { Err(PeopleRefusal::NotFound) }
}

/// Who was invited and hasn't come, and who was last here when.
///
/// # Errors
/// [`PeopleRefusal::NotFound`] for everybody but owners.
pub async fn attendance(desk: &Desk, reach: &Reach) -> Result<Attendance, Stop> {
    only_owners(reach)?;
    let now = desk.clock.now();
    desk.store
        .read(move |tx| {
            let invitations = people_tables::open_invitations(tx, now)?;
            Ok(Attendance { invitations, seen: people_tables::last_seen(tx)? })
        })
        .await
}

/// Since when a person holds each of their roles.
///
/// # Errors
/// [`PeopleRefusal::NotFound`] for everybody but owners.
pub async fn seated_since(
    desk: &Desk,
    reach: &Reach,
    person: PersonId,
) -> Result<Vec<(SeatId, Instant)>, Stop> {
    only_owners(reach)?;
    Ok(desk.store.read(move |tx| people_tables::seated_since(tx, person)).await?)
}

/// Ends an invitation before its time.
///
/// # Errors
/// [`PeopleRefusal::NotFound`] for everybody but owners and when it doesn't hold any more.
pub async fn withdraw_invitation(desk: &Desk, reach: &Reach, invitation: &str) -> Result<(), Stop> {
    only_owners(reach)?;
    let (invitation, now) = (invitation.to_owned(), desk.clock.now());
    let ended = desk.store.write(move |tx| people_tables::end_invitation(tx, &invitation, now)).await?;
    if ended { Ok(()) } else { Err(PeopleRefusal::NotFound.into()) }
}

/// Ends one of a person's own sessions, on another device.
///
/// # Errors
/// [`PeopleRefusal::NotFound`] when it isn't theirs or has ended.
pub async fn end_own_session(desk: &Desk, own: &sign_in::SignedIn, session: &str) -> Result<(), Stop> {
    let (person, session, now) = (own.person.id, session.to_owned(), desk.clock.now());
    desk.store
        .write(move |tx| {
            let found = people_tables::session(tx, &session, now)?.filter(|found| found.person == person);
            let found = found.ok_or(PeopleRefusal::NotFound)?;
            people_tables::end_session(tx, &found.token_hash)?;
            Ok(sign_in::personal(tx, "person.signed_out", person, now, "Signed out on another device.")?)
        })
        .await
}
