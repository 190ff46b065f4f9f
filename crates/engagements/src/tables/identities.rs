//! The tables of identities, signatures and smarthosts: as whom and through which server a mailbox writes.

use crate::{Identity, Signature, Smarthost};
use kernel::{Fault, LanguageTag, MailboxId};
use store::{Tx, sql};

/// As whom a mailbox writes.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn identity(tx: &mut Tx<'_>, mailbox: MailboxId) -> Result<Identity, Fault> {
    let said = tx.maybe(
        sql!("select sender_name, letters_a_day from identities where mailbox_id = $1"),
        &[&mailbox],
        |row| Ok((row.take()?, row.take()?)),
    )?;
    let plain = Identity::plain(mailbox);
    let (sender_name, letters_a_day) = said.unwrap_or((plain.sender_name, plain.letters_a_day));
    let signatures = tx.list(
        sql!("select language, markdown from signatures where mailbox_id = $1 order by language"),
        &[&mailbox],
        |row| Ok(Signature { language: row.take()?, markdown: row.take()? }),
    )?;
    Ok(Identity { mailbox, sender_name, letters_a_day, signatures })
}

/// Changes how a mailbox names senders and how much it sends a day.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn set_identity(tx: &mut Tx<'_>, identity: &Identity) -> Result<(), Fault> {
    tx.run(
        sql!(
            "insert into identities (mailbox_id, sender_name, letters_a_day) values ($1, $2, $3)
             on conflict (mailbox_id) do update set sender_name = $2, letters_a_day = $3"
        ),
        &[&identity.mailbox, &identity.sender_name, &identity.letters_a_day],
    )
    .map(drop)
}

/// Changes the name that customers see beside a mailbox's address.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn rename_mailbox(tx: &mut Tx<'_>, mailbox: MailboxId, display_name: &str) -> Result<(), Fault> {
    tx.run(sql!("update mailboxes set display_name = $1 where id = $2"), &[&display_name, &mailbox]).map(drop)
}

/// Writes a signature down; one without words is forgotten.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn set_signature(tx: &mut Tx<'_>, mailbox: MailboxId, signature: &Signature) -> Result<(), Fault> {
    let language: &LanguageTag = &signature.language;
    if signature.markdown.trim().is_empty() {
        let forget = sql!("delete from signatures where mailbox_id = $1 and language = $2");
        return tx.run(forget, &[&mailbox, language]).map(drop);
    }
    tx.run(
        sql!(
            "insert into signatures (mailbox_id, language, markdown) values ($1, $2, $3)
             on conflict (mailbox_id, language) do update set markdown = $3"
        ),
        &[&mailbox, language, &signature.markdown],
    )
    .map(drop)
}

/// A mailbox's own server, with its sealed password.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnServer {
    /// The server.
    pub smarthost: Smarthost,
    /// Its password as it was sealed; empty when there is none.
    pub sealed_password: String,
}

/// The server through which a mailbox's letters leave; `None` when they leave through the installation's.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn own_server(tx: &mut Tx<'_>, mailbox: MailboxId) -> Result<Option<OwnServer>, Fault> {
    let found = tx.maybe(
        sql!("select host, port, security, user_name, sealed_password from smarthosts where mailbox_id = $1"),
        &[&mailbox],
        |row| {
            let (host, port): (String, i64) = (row.take()?, row.take()?);
            let (security, user): (String, String) = (row.take()?, row.take()?);
            let smarthost = Smarthost::filled_in(&host, &port.to_string(), &security, &user);
            Ok(smarthost.ok().zip(Some(row.take()?)))
        },
    )?;
    Ok(found.flatten().map(|(smarthost, sealed_password)| OwnServer { smarthost, sealed_password }))
}

/// Lets a mailbox's letters leave through a server of its own.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn set_own_server(tx: &mut Tx<'_>, mailbox: MailboxId, server: &OwnServer) -> Result<(), Fault> {
    let smarthost = &server.smarthost;
    tx.run(
        sql!(
            "insert into smarthosts (mailbox_id, host, port, security, user_name, sealed_password)
             values ($1, $2, $3, $4, $5, $6)
             on conflict (mailbox_id) do update
             set host = $2, port = $3, security = $4, user_name = $5, sealed_password = $6"
        ),
        &[
            &mailbox,
            &smarthost.host,
            &i64::from(smarthost.port),
            &smarthost.security.as_str(),
            &smarthost.user,
            &server.sealed_password,
        ],
    )
    .map(drop)
}

/// Lets a mailbox's letters leave through the installation's server again.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn drop_own_server(tx: &mut Tx<'_>, mailbox: MailboxId) -> Result<(), Fault> {
    tx.run(sql!("delete from smarthosts where mailbox_id = $1"), &[&mailbox]).map(drop)
}

/// Forgets as whom and through which server a mailbox writes, before the mailbox itself is forgotten.
pub(super) fn drop_identity(tx: &mut Tx<'_>, mailbox: MailboxId) -> Result<(), Fault> {
    drop_own_server(tx, mailbox)?;
    tx.run(sql!("delete from signatures where mailbox_id = $1"), &[&mailbox])?;
    tx.run(sql!("delete from identities where mailbox_id = $1"), &[&mailbox]).map(drop)
}
