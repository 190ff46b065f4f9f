//! The `Received:` line that says how a mail came here (RFC 5321, 4.4).

use super::{Encryption, Envelope, Manner};
use kernel::Instant;

/// The line, folded, ending in CR LF. What the client said about itself is cut to harmless characters.
pub(super) fn received(envelope: &Envelope, by: &str, at: Instant) -> String {
    let helo: String = envelope.helo.chars().take(255).map(harmless).collect();
    let peer = match envelope.peer.to_canonical() {
        std::net::IpAddr::V4(peer) => format!("[{peer}]"),
        std::net::IpAddr::V6(peer) => format!("[IPv6:{peer}]"),
    };
    let recipient = match envelope.to.as_slice() {
        [only] => format!("\r\n\tfor <{only}>"),
        _ => String::new(),
    };
    let date = at.timestamp().strftime("%a, %d %b %Y %H:%M:%S +0000");
    format!(
        "Received: from {helo} ({peer})\r\n\tby {by} with {}{recipient};\r\n\t{date}\r\n",
        protocol(envelope)
    )
}

/// The registered names of RFC 3848 and RFC 6531.
fn protocol(envelope: &Envelope) -> &'static str {
    match (envelope.is_smtputf8, envelope.manner, &envelope.encryption) {
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
