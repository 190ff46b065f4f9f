//! Signing in and out, and who asks: from a session's token to a person and their reach.

use crate::{Desk, aside};
use engagements::{Engagement, Standing, tables as engagement_tables};
use kernel::{EmailAddress, Fault, Instant, PersonId, Reach, Stop};
use people::{
    Door, InForce, Password, PeopleRefusal, Person, SeatHeld, Secret, Session, tables as people_tables,
};
use std::time::Duration;
use store::{Tx, fresh};

/// How long a session lasts.
pub const SESSION_FOR: Duration = Duration::from_secs(14 * 24 * 60 * 60);

/// The name under which a browser keeps a session's token.
pub const SESSION_COOKIE: &str = "dragoman_session";

/// How exact the note of a session's last use is.
const SEEN_EVERY: Duration = Duration::from_secs(60);

/// Who is signed in, and what they may see now.
#[derive(Clone, Debug)]
pub struct SignedIn {
    /// The person.
    pub person: Person,
    /// The seats that they hold.
    pub seats: Vec<SeatHeld>,
    /// What they may see.
    pub reach: Reach,
    /// Names their session without opening it.
    pub session: String,
}

/// Checks an address and a password and begins a session; answers its token.
///
/// # Errors
/// [`PeopleRefusal::WrongPassword`], which doesn't say which of the two is wrong.
pub async fn sign_in(desk: &Desk, email: &str, password: &str, device: &str) -> Result<Secret, Stop> {
    let email: EmailAddress = email.parse().map_err(|_| PeopleRefusal::WrongPassword)?;
    let found = desk.store.read(move |tx| people_tables::person_by_email(tx, &email)).await?;
    let (hash, typed) = (found.as_ref().and_then(|(_, hash, _)| hash.clone()), Password::typed(password));
    let belongs = aside(move || typed.belongs_to(hash.as_deref())).await?;
    match found {
        Some((person, _, None)) if belongs => begin(desk, person, device).await,
        _ => Err(PeopleRefusal::WrongPassword.into()),
    }
}

/// Begins a session for somebody whose identity is already sure; answers its token.
///
/// # Errors
/// A fault when the database can't be reached.
pub async fn begin(desk: &Desk, person: PersonId, device: &str) -> Result<Secret, Stop> {
    let (token, now) = (Secret::fresh(), desk.clock.now());
    let session = Session {
        token_hash: token.hash(),
        person,
        created_at: now,
        seen_at: now,
        expires_at: now.plus(SESSION_FOR),
        device: device.chars().take(200).collect(),
    };
    desk.store
        .write(move |tx| {
            people_tables::begin_session(tx, &session)?;
            personal(tx, "person.signed_in", person, now, "Signed in.")
        })
        .await?;
    Ok(token)
}

/// Writes down that something happened to a person.
pub(crate) fn personal(
    tx: &mut Tx<'_>,
    kind: &'static str,
    person: PersonId,
    at: Instant,
    sentence: &str,
) -> Result<(), Fault> {
    let sentence = sentence.to_owned();
    tx.record(&store::Event {
        at,
        kind,
        client: None,
        engagement: None,
        case: None,
        person: Some(person),
        sentence,
    })
}

/// Who is signed in with this token; `None` when it is no session, or its person was disabled.
///
/// # Errors
/// A fault when the database can't be reached.
pub async fn who(desk: &Desk, token: &Secret) -> Result<Option<SignedIn>, Fault> {
    let (hash, now) = (token.hash(), desk.clock.now());
    let found = desk
        .store
        .read(move |tx| {
            let Some((session, person)) = people_tables::signed_in(tx, &hash, now)? else { return Ok(None) };
            let (seats, reach) = reach_from(tx, &person, now)?;
            let signed_in = SignedIn { person, seats, reach, session: session.token_hash };
            Ok::<_, Fault>(Some((signed_in, session.seen_at)))
        })
        .await?;
    let Some((signed_in, seen_at)) = found else { return Ok(None) };
    if now.since(seen_at) > SEEN_EVERY {
        let session = signed_in.session.clone();
        desk.store.write(move |tx| people_tables::touch(tx, &session, now)).await?;
    }
    Ok(Some(signed_in))
}

/// The reach that a person has now.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn reach_of(tx: &mut Tx<'_>, person: &Person, now: Instant) -> Result<Reach, Fault> {
    Ok(reach_from(tx, person, now)?.1)
}

fn reach_from(tx: &mut Tx<'_>, person: &Person, now: Instant) -> Result<(Vec<SeatHeld>, Reach), Fault> {
    let (seats, engagements) = tx.together((
        |tx: &mut Tx<'_>| people_tables::seats_of(tx, person.id),
        |tx: &mut Tx<'_>| engagement_tables::around(tx, person.id),
    ))?;
    let doors: Vec<Door> = engagements.iter().map(|engagement| door(engagement, now)).collect();
    let reach = people::reach(person, &seats, &doors);
    Ok((seats, reach))
}

fn door(engagement: &Engagement, now: Instant) -> Door {
    let in_force = if engagement.standing(now) == Standing::InForce { InForce::Yes } else { InForce::No };
    Door { engagement: engagement.id, client: engagement.client, team: engagement.team, in_force }
}

/// Ends one session.
///
/// # Errors
/// A fault when the database can't be reached.
pub async fn sign_out(desk: &Desk, signed_in: &SignedIn) -> Result<(), Fault> {
    let (session, person, now) = (signed_in.session.clone(), signed_in.person.id, desk.clock.now());
    desk.store
        .write(move |tx| {
            people_tables::end_session(tx, &session)?;
            personal(tx, "person.signed_out", person, now, "Signed out.")
        })
        .await
}

/// Ends all sessions of a person, on every device.
///
/// # Errors
/// A fault when the database can't be reached.
pub async fn sign_out_everywhere(desk: &Desk, person: PersonId) -> Result<u64, Fault> {
    let now = desk.clock.now();
    desk.store
        .write(move |tx| {
            let ended = people_tables::end_sessions_of(tx, person)?;
            personal(tx, "person.signed_out_everywhere", person, now, "Signed out on every device.")?;
            Ok(ended)
        })
        .await
}

/// A new id for a person, for those who set up.
pub(crate) fn new_person() -> PersonId {
    fresh()
}
