//! The table of consents that somebody is just about to give.

use kernel::{Fault, Instant, MailboxId};
use store::{Row, Tx, sql};

/// Somebody went to a provider to sign in there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PendingConsent {
    /// The account's mailbox.
    pub mailbox: MailboxId,
    /// The session in which it began: nobody else can end it.
    pub session: String,
    /// What only we know of the question, sealed (RFC 7636).
    pub sealed_verifier: String,
    /// When it began.
    pub begun_at: Instant,
}

/// Notes that somebody goes to a provider. What began before `forgotten_before` is forgotten.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn begin(
    tx: &mut Tx<'_>,
    state_hash: &str,
    pending: &PendingConsent,
    forgotten_before: Instant,
) -> Result<(), Fault> {
    tx.run(sql!("delete from pending_consents where begun_at < $1"), &[&forgotten_before])?;
    tx.run(
        sql!(
            "insert into pending_consents (state_hash, mailbox_id, session, sealed_verifier, begun_at)
             values ($1, $2, $3, $4, $5)"
        ),
        &[&state_hash, &pending.mailbox, &pending.session, &pending.sealed_verifier, &pending.begun_at],
    )
    .map(drop)
}

/// Takes what was noted under a state, once.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn take(tx: &mut Tx<'_>, state_hash: &str) -> Result<Option<PendingConsent>, Fault> {
    tx.maybe(
        sql!(
            "delete from pending_consents where state_hash = $1
             returning mailbox_id, session, sealed_verifier, begun_at"
        ),
        &[&state_hash],
        |row: &mut Row| {
            Ok(PendingConsent {
                mailbox: row.take()?,
                session: row.take()?,
                sealed_verifier: row.take()?,
                begun_at: row.take()?,
            })
        },
    )
}
