//! Outgoing mail: the server that takes our letters. Its password is no setting of the database: the process is given it.

use crate::{Desk, sign_in::personal};
use kernel::{Fault, Kind, Reach, Refused, Stop};

/// How the connection to the server is protected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Security {
    /// Not at all: only for a server on this machine.
    Plain,
    /// It is encrypted after a plain greeting (port 587).
    StartTls,
    /// It is encrypted from the start (port 465).
    Tls,
}

impl Security {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::StartTls, Self::Tls, Self::Plain];

    /// The word in the store and in forms.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::StartTls => "starttls",
            Self::Tls => "tls",
        }
    }
}

/// The server that takes our letters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RelaySettings {
    /// Its name.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How the connection is protected.
    pub security: Security,
    /// The user name; empty for a server that asks for none.
    pub user: String,
}

impl RelaySettings {
    /// From what a form says.
    ///
    /// # Errors
    /// Refused as `relay.incomplete` when the host is missing or the port is no port.
    pub fn filled_in(host: &str, port: &str, security: &str, user: &str) -> Result<Self, Refused> {
        let incomplete = || {
            Refused::new(Kind::Invalid, "relay.incomplete", "The host or the port can't be read.")
                .hint("The host looks like smtp.example.com, the port is usually 587.")
        };
        let host = host.trim();
        let fits = !host.is_empty() && !host.contains(|c: char| c.is_whitespace() || c == '/' || c == '@');
        let security = Security::ALL.into_iter().find(|one| one.as_str() == security);
        match (fits, port.trim().parse(), security) {
            (true, Ok(port), Some(security)) => {
                Ok(Self { host: host.to_owned(), port, security, user: user.trim().to_owned() })
            }
            _ => Err(incomplete()),
        }
    }
}

/// The server that takes our letters, if one was named.
///
/// # Errors
/// A fault when the database can't be reached.
pub async fn relay(desk: &Desk) -> Result<Option<RelaySettings>, Fault> {
    desk.store
        .read(|tx| {
            let mut setting = |key: &str| Ok::<_, Fault>(tx.setting(key)?.unwrap_or_default());
            let (host, port) = (setting("relay.host")?, setting("relay.port")?);
            let (security, user) = (setting("relay.security")?, setting("relay.user")?);
            Ok(RelaySettings::filled_in(&host, &port, &security, &user).ok())
        })
        .await
}

/// Names the server that takes our letters.
///
/// # Errors
/// Refused as `relay.not_found` for everybody but owners.
pub async fn set_relay(desk: &Desk, reach: &Reach, relay: RelaySettings) -> Result<(), Stop> {
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
pub fn set_relay_in(tx: &mut store::Tx<'_>, relay: &RelaySettings) -> Result<(), Fault> {
    tx.set("relay.host", &relay.host)?;
    tx.set("relay.port", &relay.port.to_string())?;
    tx.set("relay.security", relay.security.as_str())?;
    tx.set("relay.user", &relay.user)
}
