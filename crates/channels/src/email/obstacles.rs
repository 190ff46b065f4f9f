//! Rule: what stands between us and a mail server, in plain words: the network, its certificate, its encryption.

use kernel::Instant;
use rustls::{AlertDescription, CertificateError, Error as TlsError, pki_types::UnixTime};
use std::{
    error::Error,
    io::{self, ErrorKind},
};

/// Others' words are cut to this many characters.
const LONGEST_QUOTE: usize = 300;

/// An obstacle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Obstacle {
    pub kind: Kind,
    /// What it is, as "nothing answers there".
    pub clause: String,
    /// What a person may do, as "check host and port".
    pub next: &'static str,
}

/// Where an obstacle stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// In the network: it may pass by itself.
    Network,
    /// In the certificate, so that nobody knows who answers.
    Certificate,
    /// In the encryption otherwise.
    Encryption,
}

impl Obstacle {
    fn network(clause: &str, next: &'static str) -> Self {
        Self { kind: Kind::Network, clause: clause.to_owned(), next }
    }

    fn encryption(clause: impl Into<String>, next: &'static str) -> Self {
        Self { kind: Kind::Encryption, clause: clause.into(), next }
    }

    fn certificate(clause: impl Into<String>, next: &'static str) -> Self {
        Self { kind: Kind::Certificate, clause: clause.into(), next }
    }

    /// No answer came in time.
    pub(super) fn silence() -> Self {
        Self::network(
            "it doesn't answer",
            "check host, port and security, and whether a firewall stands between",
        )
    }

    /// What it is that a connection failed with.
    pub(super) fn of(error: &io::Error, host: &str) -> Self {
        let inner = error.get_ref().and_then(|inner| inner.downcast_ref::<TlsError>());
        inner.map_or_else(|| of_network(error), |error| of_encryption(error, host))
    }

    /// What lies behind another library's error, if it is the network or the encryption.
    pub(super) fn behind(error: &(dyn Error + 'static), host: &str) -> Option<Self> {
        let mut behind = Some(error);
        while let Some(error) = behind {
            if let Some(error) = error.downcast_ref::<TlsError>() {
                return Some(of_encryption(error, host));
            }
            if let Some(error) = error.downcast_ref::<io::Error>() {
                return Some(Self::of(error, host));
            }
            behind = error.source();
        }
        None
    }
}

fn of_network(error: &io::Error) -> Obstacle {
    // The standard library tells of names in words only.
    let words = error.to_string();
    if words.contains("failed to lookup address") {
        return match words.contains("Temporary failure") {
            true => Obstacle::network(
                "its name can't be looked up now",
                "check this machine's name service (DNS)",
            ),
            false => Obstacle::network("there is no server of this name", "check the host"),
        };
    }
    match error.kind() {
        ErrorKind::ConnectionRefused => Obstacle::network(
            "nothing answers there (the connection is refused)",
            "check host and port, and whether the server runs",
        ),
        ErrorKind::HostUnreachable | ErrorKind::NetworkUnreachable | ErrorKind::NetworkDown => {
            Obstacle::network(
                "no way leads there in the network",
                "check the host, this machine's network, and whether a firewall stands between",
            )
        }
        ErrorKind::TimedOut => Obstacle::silence(),
        ErrorKind::ConnectionReset
        | ErrorKind::ConnectionAborted
        | ErrorKind::UnexpectedEof
        | ErrorKind::BrokenPipe
        | ErrorKind::NotConnected => Obstacle::network("it closes the connection", "check port and security"),
        ErrorKind::PermissionDenied => {
            Obstacle::network("this machine doesn't let the connection out", "check its firewall")
        }
        ErrorKind::AddrNotAvailable | ErrorKind::InvalidInput => {
            Obstacle::network("this address can't be reached from here", "check the host")
        }
        _ => Obstacle::network(&without_number(&words), "check host and port"),
    }
}

fn of_encryption(error: &TlsError, host: &str) -> Obstacle {
    use AlertDescription as Alert;
    const TOO_OLD: &str = "it encrypts in old ways only, and TLS 1.2 or newer is wanted";
    match error {
        TlsError::InvalidCertificate(why) => of_certificate(why, host),
        TlsError::InvalidMessage(_) => Obstacle::encryption(
            "it answers without encryption",
            "choose STARTTLS, or the port that encrypts from the start",
        ),
        TlsError::PeerIncompatible(_)
        | TlsError::AlertReceived(
            Alert::ProtocolVersion | Alert::HandshakeFailure | Alert::InsufficientSecurity,
        ) => Obstacle::encryption(TOO_OLD, "ask its provider to offer TLS 1.2 or newer"),
        TlsError::AlertReceived(Alert::UnrecognisedName) => {
            Obstacle::encryption("it says that it isn't the server of this name", "check the host")
        }
        TlsError::AlertReceived(alert) => {
            Obstacle::encryption(format!("it ends the encryption ({alert:?})"), "check port and security")
        }
        other => Obstacle::encryption(quote(&other.to_string()), "check port and security"),
    }
}

fn of_certificate(why: &CertificateError, host: &str) -> Obstacle {
    use CertificateError as E;
    match why {
        E::Expired => Obstacle::certificate("its certificate has expired", RENEW),
        E::ExpiredContext { not_after, .. } => {
            Obstacle::certificate(format!("its certificate has expired on {}", day(*not_after)), RENEW)
        }
        E::NotValidYet => Obstacle::certificate("its certificate isn't valid yet", WAIT),
        E::NotValidYetContext { not_before, .. } => Obstacle::certificate(
            format!("its certificate isn't valid yet, but from {}", day(*not_before)),
            WAIT,
        ),
        E::NotValidForName => Obstacle::certificate(format!("its certificate is not for {host}"), OTHER_NAME),
        E::NotValidForNameContext { presented, .. } => Obstacle::certificate(
            match names(presented) {
                names if names.is_empty() => format!("its certificate is not for {host}"),
                names => format!("its certificate is for {names} and not for {host}"),
            },
            OTHER_NAME,
        ),
        E::UnknownIssuer => Obstacle::certificate("its certificate is signed by nobody who is known", PUBLIC),
        E::Revoked => Obstacle::certificate("its certificate was called back", RENEW),
        _ => Obstacle::certificate("its certificate can't be trusted", PUBLIC),
    }
}

const RENEW: &str = "ask its provider to renew it";
const WAIT: &str = "check this machine's clock, or ask its provider";
const OTHER_NAME: &str = "enter the name that stands in the certificate, or ask its provider";
const PUBLIC: &str = "ask its provider for one of a public authority";

fn day(time: UnixTime) -> String {
    let micros = i64::try_from(time.as_secs()).unwrap_or(0).saturating_mul(1_000_000);
    Instant::from_micros(micros).to_string().chars().take(10).collect()
}

/// The first names of a certificate; the library writes `DnsName("imap.example.com")`.
fn names(presented: &[String]) -> String {
    const MOST: usize = 3;
    let bare = |name: &String| quote(name.split('"').nth(1).unwrap_or(name));
    let mut names: Vec<String> = presented.iter().take(MOST).map(bare).collect();
    if presented.len() > MOST {
        names.push("others".to_owned());
    }
    names.join(", ")
}

/// What the system says, without its number for it.
fn without_number(words: &str) -> String {
    let words = quote(words);
    words.split(" (os error").next().unwrap_or_default().to_owned()
}

/// Others' words, on one line and of bounded length, without the full stop that our own sentence adds.
pub(super) fn quote(words: &str) -> String {
    let line: String =
        words.chars().map(|c| if c.is_control() { ' ' } else { c }).take(LONGEST_QUOTE).collect();
    line.split_whitespace().collect::<Vec<_>>().join(" ").trim_end_matches('.').to_owned()
}

/// A step as a sentence of its own: "Check the host."
pub(super) fn as_sentence(next: &str) -> String {
    let mut letters = next.chars();
    letters.next().map_or(String::new(), |first| format!("{}{}.", first.to_uppercase(), letters.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use rustls::pki_types::ServerName;
    use std::time::Duration;

    fn check(error: io::Error, kind: Kind, clause: &str, next: &str) {
        let found = Obstacle::of(&error, "imap.a.example");
        assert_eq!((found.kind, found.clause.as_str()), (kind, clause), "{error}");
        assert!(found.next.contains(next), "{error}: {}", found.next);
        let inside = io::Error::other(error);
        assert!(Obstacle::behind(&inside, "imap.a.example").is_some());
    }

    #[test]
    fn the_networks_errors_are_plain_words() {
        let check = |number: i32, clause: &str, next: &str| {
            check(io::Error::from_raw_os_error(number), Kind::Network, clause, next);
        };
        // Numbers of Linux.
        check(111, "nothing answers there (the connection is refused)", "host and port");
        check(113, "no way leads there in the network", "firewall");
        check(101, "no way leads there in the network", "network");
        check(110, "it doesn't answer", "firewall");
        check(104, "it closes the connection", "security");
        check(32, "it closes the connection", "security");
        check(13, "this machine doesn't let the connection out", "firewall");
        check(99, "this address can't be reached from here", "host");
        check(24, "Too many open files", "host and port");
    }

    #[test]
    fn names_that_lead_nowhere_are_told() {
        let check = |words: &str, clause: &str, next: &str| {
            let words = format!("failed to lookup address information: {words}");
            check(io::Error::other(words), Kind::Network, clause, next);
        };
        check("Name or service not known", "there is no server of this name", "the host");
        check("No address associated with hostname", "there is no server of this name", "the host");
        check("Temporary failure in name resolution", "its name can't be looked up now", "DNS");
    }

    #[test]
    fn certificates_and_encryption_are_plain_words() {
        let check = |error: TlsError, kind: Kind, clause: &str, next: &str| {
            check(io::Error::new(ErrorKind::InvalidData, error), kind, clause, next);
        };
        let at = |seconds| UnixTime::since_unix_epoch(Duration::from_secs(seconds));
        let certificate = |why, clause: &str, next: &str| {
            check(TlsError::InvalidCertificate(why), Kind::Certificate, clause, next);
        };
        let expired =
            CertificateError::ExpiredContext { time: at(1_800_000_000), not_after: at(1_700_000_000) };
        certificate(expired, "its certificate has expired on 2023-11-14", "renew");
        let early = CertificateError::NotValidYetContext { time: at(0), not_before: at(1_700_000_000) };
        certificate(early, "its certificate isn't valid yet, but from 2023-11-14", "clock");
        let other = CertificateError::NotValidForNameContext {
            expected: ServerName::try_from("imap.a.example").unwrap(),
            presented: ["a", "b", "c", "d"].map(|name| format!("DnsName(\"{name}.example\")")).to_vec(),
        };
        let clause =
            "its certificate is for a.example, b.example, c.example, others and not for imap.a.example";
        certificate(other, clause, "enter the name");
        certificate(
            CertificateError::NotValidForName,
            "its certificate is not for imap.a.example",
            "enter the name",
        );
        let nobody = "its certificate is signed by nobody who is known";
        certificate(CertificateError::UnknownIssuer, nobody, "public authority");
        certificate(CertificateError::BadEncoding, "its certificate can't be trusted", "provider");
        let old = "it encrypts in old ways only, and TLS 1.2 or newer is wanted";
        check(TlsError::AlertReceived(AlertDescription::ProtocolVersion), Kind::Encryption, old, "TLS 1.2");
        let clear = TlsError::InvalidMessage(rustls::InvalidMessage::InvalidContentType);
        check(clear, Kind::Encryption, "it answers without encryption", "STARTTLS");
        let ended = TlsError::AlertReceived(AlertDescription::InternalError);
        check(ended, Kind::Encryption, "it ends the encryption (InternalError)", "security");
    }

    #[test]
    fn a_step_is_a_sentence() {
        assert_eq!(as_sentence("check the host"), "Check the host.");
        assert_eq!(as_sentence(""), "");
    }
}
