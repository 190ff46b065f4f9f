//! The `Received:` line that says how a mail came here (RFC 5321, 4.4).

use super::{Encryption, Envelope, Manner};
use kernel::{EmailAddress, Instant};
use std::fmt::Display;

/// The line, folded, ending in CR LF. What the client said about itself is cut to harmless characters.
pub(super) fn received(envelope: &Envelope, by: &str, at: Instant) -> String {
    let helo: String = envelope.helo.chars().take(255).map(harmless).collect();
    let peer = match envelope.peer.to_canonical() {
        std::net::IpAddr::V4(peer) => format!("[{peer}]"),
        std::net::IpAddr::V6(peer) => format!("[IPv6:{peer}]"),
    };
    let (protocol, end) = (protocol(envelope), for_whom(&envelope.to, at));
    format!("Received: from {helo} ({peer})\r\n\tby {by} with {protocol}{end}")
}

/// The line of a mail that another server on this machine handed over through a pipe.
pub fn handed_over(to: &[EmailAddress], at: Instant) -> String {
    format!("Received: by dragoman with local (pipe){}", for_whom(to, at))
}

/// The end of the line. Recipients are named only where there is one: several mustn't know of each other.
fn for_whom(to: &[impl Display], at: Instant) -> String {
    let date = at.timestamp().strftime("%a, %d %b %Y %H:%M:%S +0000");
    match to {
        [only] => format!("\r\n\tfor <{only}>;\r\n\t{date}\r\n"),
        _ => format!(";\r\n\t{date}\r\n"),
    }
}

/// The registered names of RFC 3848 and RFC 6531.
fn protocol(envelope: &Envelope) -> &'static str {
    match (envelope.is_smtputf8, envelope.manner, &envelope.encryption) {
        (true, Manner::Local, Encryption::Plain) => "UTF8LMTP",
        (true, Manner::Local, Encryption::Tls { .. }) => "UTF8LMTPS",
        (false, Manner::Local, Encryption::Plain) => "LMTP",
        (false, Manner::Local, Encryption::Tls { .. }) => "LMTPS",
        (true, _, Encryption::Plain) => "UTF8SMTP",
        (true, _, Encryption::Tls { .. }) => "UTF8SMTPS",
        (false, Manner::Plain, _) => "SMTP",
        (false, Manner::Extended, Encryption::Plain) => "ESMTP",
        (false, Manner::Extended, Encryption::Tls { .. }) => "ESMTPS",
    }
}

fn harmless(character: char) -> char {
    match character {
        'a'..='z' | 'A'..='Z' | '0'..='9' | '.' | '-' | '_' | ':' | '[' | ']' => character,
        _ => '?',
    }
}
