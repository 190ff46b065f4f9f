//! Receiving mail over SMTP (RFC 5321) or LMTP (RFC 2033), for the addresses that an [`Intake`] serves and for no others.
//!
//! A connection is a `session`, which speaks over a `link`. A session that turns to TLS ends, and a new one begins on
//! the encrypted stream, so that nothing said in the clear can be remembered. `dots` finds the end of a mail, `body`
//! keeps it in bounded memory, and the `Intake` stores it before 250 is said.

pub(in crate::email) mod body;
mod certificate;
mod dots;
mod guests;
mod limits;
mod link;
mod listener;
mod listening;
mod reply;
mod session;
#[cfg(test)]
mod tests;
mod trace;

pub use body::Body;
pub use certificate::{Certificate, NoCertificate};
pub use limits::Limits;
pub use listener::Receiver;
pub use listening::Address;
pub use trace::handed_over;

use kernel::Instant;
use std::{future::Future, net::IpAddr, path::PathBuf};

/// What the receiver asks of the desk.
pub trait Intake: Send + Sync + 'static {
    /// Whether mail for this address is served here.
    fn serves(&self, recipient: &str) -> impl Future<Output = Recipient> + Send;

    /// Takes a whole mail. Returns [`Taken::Stored`] only after it is durably stored: the client is told so at once,
    /// and forgets the mail.
    fn take(&self, envelope: Envelope, body: Body) -> impl Future<Output = Taken> + Send;

    /// Takes a whole mail for each recipient on its own, and answers for each, in the order of [`Envelope::to`]. Whoever can't
    /// keep them apart answers the same for all.
    fn take_each(&self, envelope: Envelope, body: Body) -> impl Future<Output = Vec<Taken>> + Send {
        async {
            let recipients = envelope.to.len();
            vec![self.take(envelope, body).await; recipients]
        }
    }
}

/// Whether an address is served.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Recipient {
    /// Mail for it is taken.
    Served,
    /// Nobody here has this address.
    Unknown,
    /// It can't be said now; the client should ask again later, for this reason.
    Later(String),
}

/// What became of a mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Taken {
    /// It is durably stored.
    Stored {
        /// What the client's log will know it by.
        reference: String,
    },
    /// It will never be taken, for this reason.
    Refused(String),
    /// It can't be taken now, for this reason.
    Later(String),
}

/// What the client said about a mail, apart from the mail itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Envelope {
    /// The sender to whom failures are reported (to be shown as `Return-Path`); none for the null sender `<>`.
    pub from: Option<String>,
    /// The recipients that were accepted, each once, at least one.
    pub to: Vec<String>,
    /// The name that the client gave itself.
    pub helo: String,
    /// Where the client is.
    pub peer: IpAddr,
    /// Whether the connection was encrypted.
    pub encryption: Encryption,
    /// Whether the client spoke plain or extended SMTP.
    pub manner: Manner,
    /// Whether addresses and headers may be in UTF-8 (RFC 6531).
    pub is_smtputf8: bool,
    /// The `Received:` line, ending in CR LF. It isn't in the body, so that a repeated mail has an equal body.
    pub trace: String,
}

/// Whether a connection is encrypted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Encryption {
    /// It isn't.
    Plain,
    /// It is.
    Tls {
        /// The protocol, as `TLSv1_3`.
        protocol: String,
        /// The cipher suite, as `TLS13_AES_256_GCM_SHA384`.
        cipher: String,
    },
}

/// How a client greeted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Manner {
    /// With HELO.
    Plain,
    /// With EHLO.
    Extended,
    /// With LHLO.
    Local,
}

/// What is spoken.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Protocol {
    /// With everybody: one answer for a mail, whomever it is for.
    #[default]
    Smtp,
    /// With a mail server of the same house: one answer for each recipient, and no queue in between.
    Lmtp,
}

/// How a receiver is set up.
#[derive(Clone, Debug)]
pub struct Settings {
    /// What it speaks.
    pub protocol: Protocol,
    /// The name of this server, as in its greeting.
    pub hostname: String,
    /// What it puts up with.
    pub limits: Limits,
    /// An existing folder for mails that are too long for memory.
    pub spool: PathBuf,
    /// With a certificate, STARTTLS is offered.
    pub certificate: Option<Certificate>,
    /// The clock, for the `Received:` line.
    pub now: fn() -> Instant,
}
