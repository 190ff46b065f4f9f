//! Outgoing mail: the servers that take our letters. The password of the installation's is no setting of the database: the process is
//! given it. Those of mailboxes are sealed.

use crate::{Desk, sign_in::personal};
use engagements::tables as engagement_tables;
use kernel::{Fault, Kind, MailboxId, Reach, Refused, Stop};

pub use engagements::{Security, Smarthost};

/// The server through which a letter leaves, with what it takes to sign in there.
#[derive(Clone, PartialEq, Eq)]
pub struct Route {
    /// The server.
    pub smarthost: Smarthost,
    /// Its password, if the mailbox has a server of its own; that of the installation's is known to the process alone.
    pub password: Option<String>,
}

/// The server through which letters of this mailbox leave: its own, else the installation's. `None` when neither was named.
///
/// # Errors
/// A fault when the database can't be reached or a password was sealed with another key.
pub async fn route(desk: &Desk, mailbox: Option<MailboxId>) -> Result<Option<Route>, Fault> {
    let own = match mailbox {
        Some(mailbox) => desk.store.read(move |tx| engagement_tables::own_server(tx, mailbox)).await?,
        None => None,
    };
    let (Some(own), Some(mailbox)) = (own, mailbox) else {
        return Ok(relay(desk).await?.map(|smarthost| Route { smarthost, password: None }));
    };
    let sealed = own.sealed_password;
    let password = if sealed.is_empty() {
        String::new()
    } else {
        desk.vault.unseal(&crate::mailboxes::smarthost_of(mailbox), &sealed)?
    };
    Ok(Some(Route { smarthost: own.smarthost, password: Some(password) }))
}

/// The server that takes our letters, if one was named.
///
/// # Errors
/// A fault when the database can't be reached.
pub async fn relay(desk: &Desk) -> Result<Option<Smarthost>, Fault> {
    desk.store.read(relay_in).await
}

/// The same inside a transaction.
pub(crate) fn relay_in(tx: &mut store::Tx<'_>) -> Result<Option<Smarthost>, Fault> {
    let mut setting = |key: &str| Ok::<_, Fault>(tx.setting(key)?.unwrap_or_default());
    let (host, port) = (setting("relay.host")?, setting("relay.port")?);
    let (security, user) = (setting("relay.security")?, setting("relay.user")?);
    Ok(Smarthost::filled_in(&host, &port, &security, &user).ok())
}

/// Names the server that takes our letters.
///
/// # Errors
/// Refused as `relay.not_found` for everybody but owners.
pub async fn set_relay(desk: &Desk, reach: &Reach, relay: Smarthost) -> Result<(), Stop> {
    if !reach.owns_installation() {
        return Err(Refused::new(
            Kind::NotFound,
            "relay.not_found",
            "There is nothing here, or it isn't yours to see.",
        )
        .into());
    }
    let (person, now) = (reach.person(), desk.clock.now());
    desk.store
        .write(move |tx| {
            set_relay_in(tx, &relay)?;
            let sentence = format!("Outgoing mail goes to {}:{} now.", relay.host, relay.port);
            Ok(personal(tx, "relay.named", person, now, &sentence)?)
        })
        .await
}

/// Names the server, from the command line or a test.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn set_relay_in(tx: &mut store::Tx<'_>, relay: &Smarthost) -> Result<(), Fault> {
    tx.set("relay.host", &relay.host)?;
    tx.set("relay.port", &relay.port.to_string())?;
    tx.set("relay.security", relay.security.as_str())?;
    tx.set("relay.user", &relay.user)
}
