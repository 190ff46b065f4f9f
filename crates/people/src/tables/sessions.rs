//! The tables of sessions and invitations. Both are found by the hash of a secret that only its holder has.

use super::persons::person_row;
use crate::{Person, Session};
use kernel::{Fault, Instant, PersonId};
use store::{Row, Tx, sql};

fn session_row(row: &mut Row) -> Result<Session, Fault> {
    Ok(Session {
        token_hash: row.take()?,
        person: row.take()?,
        created_at: row.take()?,
        seen_at: row.take()?,
        expires_at: row.take()?,
        device: row.take()?,
    })
}

/// Writes a session down.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn begin_session(tx: &mut Tx<'_>, session: &Session) -> Result<(), Fault> {
    tx.run(
        sql!(
            "insert into sessions (token_hash, person_id, created_at, seen_at, expires_at, device)
             values ($1, $2, $3, $4, $5, $6)"
        ),
        &[
            &session.token_hash,
            &session.person,
            &session.created_at,
            &session.seen_at,
            &session.expires_at,
            &session.device,
        ],
    )
    .map(drop)
}

/// The session of this token, unless it has expired.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn session(tx: &mut Tx<'_>, token_hash: &str, now: Instant) -> Result<Option<Session>, Fault> {
    tx.maybe(
        sql!(
            "select token_hash, person_id, created_at, seen_at, expires_at, device from sessions
             where token_hash = $1 and expires_at > $2"
        ),
        &[&token_hash, &now],
        session_row,
    )
}

/// The session of this token and whose it is, unless it has expired or they can't sign in any more.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn signed_in(
    tx: &mut Tx<'_>,
    token_hash: &str,
    now: Instant,
) -> Result<Option<(Session, Person)>, Fault> {
    tx.maybe(
        sql!(
            "select s.token_hash, s.person_id, s.created_at, s.seen_at, s.expires_at, s.device,
                    p.id, p.name, p.email, p.owns_installation, p.languages, p.uses_shortcuts,
                    case when p.password_hash is null then 0 else 1 end, p.disabled_at
             from sessions s join persons p on p.id = s.person_id
             where s.token_hash = $1 and s.expires_at > $2 and p.disabled_at is null"
        ),
        &[&token_hash, &now],
        |row| Ok((session_row(row)?, person_row(row)?)),
    )
}

/// The sessions of a person, newest first.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn sessions_of(tx: &mut Tx<'_>, person: PersonId, now: Instant) -> Result<Vec<Session>, Fault> {
    tx.list(
        sql!(
            "select token_hash, person_id, created_at, seen_at, expires_at, device from sessions
             where person_id = $1 and expires_at > $2 order by created_at desc"
        ),
        &[&person, &now],
        session_row,
    )
}

/// Notes that a session was used.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn touch(tx: &mut Tx<'_>, token_hash: &str, now: Instant) -> Result<(), Fault> {
    tx.run(sql!("update sessions set seen_at = $1 where token_hash = $2"), &[&now, &token_hash]).map(drop)
}

/// Ends one session.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn end_session(tx: &mut Tx<'_>, token_hash: &str) -> Result<(), Fault> {
    tx.run(sql!("delete from sessions where token_hash = $1"), &[&token_hash]).map(drop)
}

/// Ends all sessions of a person; answers how many there were.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn end_sessions_of(tx: &mut Tx<'_>, person: PersonId) -> Result<u64, Fault> {
    tx.run(sql!("delete from sessions where person_id = $1"), &[&person])
}

/// Writes an invitation down. Earlier ones of the same person end.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn invite(
    tx: &mut Tx<'_>,
    token_hash: &str,
    person: PersonId,
    now: Instant,
    expires_at: Instant,
) -> Result<(), Fault> {
    tx.run(
        sql!("update invitations set expires_at = $1 where person_id = $2 and used_at is null and expires_at > $1"),
        &[&now, &person],
    )?;
    tx.run(
        sql!(
            "insert into invitations (token_hash, person_id, created_at, expires_at) values ($1, $2, $3, $4)"
        ),
        &[&token_hash, &person, &now, &expires_at],
    )
    .map(drop)
}

/// Who was invited with this secret, if the invitation still holds.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn whose_invitation(tx: &mut Tx<'_>, token_hash: &str, now: Instant) -> Result<Option<PersonId>, Fault> {
    tx.maybe(
        sql!(
            "select person_id from invitations
             where token_hash = $1 and used_at is null and expires_at > $2"
        ),
        &[&token_hash, &now],
        Row::take,
    )
}

/// Notes that an invitation was used, so that it can't be used again.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn use_invitation(tx: &mut Tx<'_>, token_hash: &str, now: Instant) -> Result<(), Fault> {
    tx.run(sql!("update invitations set used_at = $1 where token_hash = $2"), &[&now, &token_hash]).map(drop)
}

/// An invitation that nobody has used yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenInvitation {
    /// The hash of its secret: names it without opening it.
    pub token_hash: String,
    /// Who is invited.
    pub person: PersonId,
    /// When it ends.
    pub expires_at: Instant,
}

/// The invitations that still hold, newest first.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn open_invitations(tx: &mut Tx<'_>, now: Instant) -> Result<Vec<OpenInvitation>, Fault> {
    tx.list(
        sql!(
            "select token_hash, person_id, expires_at from invitations
             where used_at is null and expires_at > $1 order by created_at desc"
        ),
        &[&now],
        |row| Ok(OpenInvitation { token_hash: row.take()?, person: row.take()?, expires_at: row.take()? }),
    )
}

/// Ends an invitation before its time. False if there is none that still holds.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn end_invitation(tx: &mut Tx<'_>, token_hash: &str, now: Instant) -> Result<bool, Fault> {
    let ended = tx.run(
        sql!("update invitations set expires_at = $1 where token_hash = $2 and used_at is null and expires_at > $1"),
        &[&now, &token_hash],
    )?;
    Ok(ended > 0)
}

/// When each person was last here, as far as sessions remember.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn last_seen(tx: &mut Tx<'_>) -> Result<Vec<(PersonId, Instant)>, Fault> {
    tx.list(sql!("select person_id, max(seen_at) from sessions group by person_id"), &[], |row| {
        Ok((row.take()?, row.take()?))
    })
}
