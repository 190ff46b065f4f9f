//! The server through which mail leaves, as the owner describes it.

use lettre::transport::smtp::{
    authentication::Credentials as Login,
    client::{Certificate, TlsParameters},
    extension::ClientId,
};
use std::{fmt, net::IpAddr};

/// The server through which mail leaves.
#[derive(Clone, Debug)]
pub struct Relay {
    /// Its name, which its certificate must bear.
    pub host: String,
    /// Its port: usually 587 with STARTTLS, 465 with TLS, 25 inside a network.
    pub port: u16,
    /// How the connection is encrypted.
    pub security: Security,
    /// Who signs in, if the server wants that.
    pub credentials: Option<Credentials>,
    /// The name that we give ourselves, as `desk.example.com`.
    pub hello_name: String,
    /// A certificate in PEM form that is trusted beside the public ones, for a server with a private certificate.
    pub extra_root: Option<Vec<u8>>,
}

/// How a connection is encrypted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Security {
    /// Not at all.
    Plain,
    /// In the clear at first, then encrypted, and never a mail unless it is.
    StartTls,
    /// From the first byte.
    Tls,
}

/// A user name and a password.
#[derive(Clone, PartialEq, Eq)]
pub struct Credentials {
    /// The user name.
    pub user: String,
    /// The password.
    pub password: String,
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Credentials")
    }
}

/// Why mail can't leave through a server as described.
#[derive(Debug, thiserror::Error)]
pub enum NoRelay {
    /// No host.
    #[error(
        "The outgoing mail server has no name. Enter it as your provider writes it, like smtp.example.com."
    )]
    NoHost,
    /// Not a certificate.
    #[error(
        "The extra certificate isn't a certificate in PEM form. It should begin with -----BEGIN CERTIFICATE-----."
    )]
    NoCertificate,
    /// A password in the clear over a network.
    #[error(
        "The password would cross the network in the clear. Choose STARTTLS or TLS for the outgoing mail server."
    )]
    PasswordInTheClear,
    /// The host's name can't be in a certificate.
    #[error("The name of the outgoing mail server can't be checked against a certificate: {0}")]
    Unencryptable(#[source] lettre::transport::smtp::Error),
}

/// A relay, checked and ready to connect to.
pub(super) struct Route {
    pub(super) host: String,
    pub(super) port: u16,
    pub(super) hello_name: ClientId,
    pub(super) login: Option<Login>,
    pub(super) encryption: RouteEncryption,
}

/// How a route is encrypted, with what that takes.
pub(super) enum RouteEncryption {
    Plain,
    StartTls(TlsParameters),
    Tls(TlsParameters),
}

impl Route {
    pub(super) fn to(relay: Relay) -> Result<Self, NoRelay> {
        if relay.host.trim().is_empty() {
            return Err(NoRelay::NoHost);
        }
        if relay.security == Security::Plain && relay.credentials.is_some() && !is_this_machine(&relay.host) {
            return Err(NoRelay::PasswordInTheClear);
        }
        let encryption = match relay.security {
            Security::Plain => RouteEncryption::Plain,
            Security::StartTls => RouteEncryption::StartTls(trust(&relay)?),
            Security::Tls => RouteEncryption::Tls(trust(&relay)?),
        };
        Ok(Self {
            host: relay.host,
            port: relay.port,
            hello_name: client_id(relay.hello_name),
            login: relay.credentials.map(|Credentials { user, password }| Login::new(user, password)),
            encryption,
        })
    }
}

impl fmt::Debug for Route {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.host, self.port)
    }
}

fn trust(relay: &Relay) -> Result<TlsParameters, NoRelay> {
    let mut parameters = TlsParameters::builder(relay.host.clone());
    if let Some(pem) = &relay.extra_root {
        let is_certificate = pem.windows(27).any(|part| part == b"-----BEGIN CERTIFICATE-----");
        let root =
            Certificate::from_pem(pem).ok().filter(|_| is_certificate).ok_or(NoRelay::NoCertificate)?;
        parameters = parameters.add_root_certificate(root);
    }
    parameters.build_rustls().map_err(NoRelay::Unencryptable)
}

fn is_this_machine(host: &str) -> bool {
    host == "localhost" || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

/// A name for EHLO; an address in brackets where there is no usable name.
fn client_id(name: String) -> ClientId {
    let is_name = |name: &str| {
        !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_'))
    };
    match name.parse() {
        Ok(IpAddr::V4(address)) => ClientId::Ipv4(address),
        Ok(IpAddr::V6(address)) => ClientId::Ipv6(address),
        Err(_) if is_name(&name) => ClientId::Domain(name),
        Err(_) => ClientId::Ipv4(std::net::Ipv4Addr::LOCALHOST),
    }
}
