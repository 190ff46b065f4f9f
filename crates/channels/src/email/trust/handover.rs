//! From which server a mail really came, and whose word about that counts. A field that the sender may have written never does.
//!
//! Not a rule: it reads addresses of the network.

use super::results::Results;
use cases::{
    RawMail,
    incoming::Incoming,
    trust::{Outcome, Server, organisational_domain, same_organisation},
};
use std::net::IpAddr;

/// Whose word an owner believes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Believed {
    /// The names of servers in front of this one, whose Authentication-Results and Received fields count.
    pub servers: Vec<String>,
    /// The domains whose ARC seals count.
    pub seals: Vec<String>,
}

/// How the envelope's server can be known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Handover {
    /// It came from this address, under this name: the DNS says whether it may.
    From(IpAddr, String),
    /// A server that is believed has said so.
    Told(Server),
    /// It can't be known.
    Unknown,
}

/// Works out from where a mail came.
pub(super) fn handover(raw: &RawMail, mail: &Incoming, believed: &Believed) -> Handover {
    match raw.peer.parse::<IpAddr>().map(|peer| peer.to_canonical()) {
        Ok(peer) if !is_of_the_house(peer) => Handover::From(peer, hello(&raw.trace)),
        Ok(_) => from_the_front(mail, believed),
        Err(_) => match raw.peer.strip_prefix("imap ") {
            Some(host) => from_a_provider(host.trim(), mail, believed),
            None => from_the_front(mail, believed),
        },
    }
}

/// An address of this machine or of its network, where a server in front of ours stands.
fn is_of_the_house(peer: IpAddr) -> bool {
    match peer {
        IpAddr::V4(peer) => {
            let shared = peer.octets()[0] == 100 && peer.octets()[1] & 0xc0 == 64;
            peer.is_loopback() || peer.is_private() || peer.is_link_local() || shared
        }
        IpAddr::V6(peer) => peer.is_loopback() || peer.is_unique_local() || peer.is_unicast_link_local(),
    }
}

/// The name in our own Received line.
fn hello(trace: &str) -> String {
    let name = trace.strip_prefix("Received: from ").and_then(|rest| rest.split_whitespace().next());
    name.unwrap_or_default().to_owned()
}

/// A server in front that was named says what it found, or at least from whom it took the mail. Its fields stand on top, because it
/// was the last: those below may be anybody's, so only the topmost of its name counts.
fn from_the_front(mail: &Incoming, believed: &Believed) -> Handover {
    let is_named = |name: &str| believed.servers.iter().any(|known| known.eq_ignore_ascii_case(name));
    if let Some(server) = told(mail, is_named) {
        return Handover::Told(server);
    }
    let topmost = mail.headers_named("Received").next();
    match topmost.and_then(received).filter(|(_, _, by)| is_named(by)) {
        Some((peer, hello, _)) => Handover::From(peer, hello),
        None => Handover::Unknown,
    }
}

/// `from HELLO (name [ADDRESS]) by NAME`: the address and the names.
fn received(field: &str) -> Option<(IpAddr, String, String)> {
    let rest = field.trim_start().strip_prefix("from ")?;
    let (hello, rest) = rest.trim_start().split_once(char::is_whitespace)?;
    let comment = rest.trim_start().strip_prefix('(')?;
    let (comment, rest) = comment.split_once(')')?;
    let (_, address) = comment.rsplit_once('[')?;
    let address = address.split(']').next()?.trim_start_matches("IPv6:").parse::<IpAddr>().ok()?;
    let by = rest.split_whitespace().skip_while(|word| *word != "by").nth(1)?;
    Some((address.to_canonical(), hello.to_owned(), by.to_owned()))
}

/// Of mail that was fetched, the provider's own finding counts where nobody else can have written it: above every Received field, or
/// anywhere under a name that an owner or this program knows to be cleaned of others'.
fn from_a_provider(host: &str, mail: &Incoming, believed: &Believed) -> Handover {
    let is_vouched = |name: &str| {
        let named = believed.servers.iter().any(|known| known.eq_ignore_ascii_case(name));
        let google = ["imap.gmail.com", "imap.googlemail.com"].contains(&host) && name == "mx.google.com";
        named || google
    };
    if let Some(server) = told(mail, is_vouched) {
        return Handover::Told(server);
    }
    let above = mail.headers.iter().take_while(|(name, _)| !name.eq_ignore_ascii_case("Received"));
    let above: Vec<(String, String)> = above.cloned().collect();
    let above = Incoming { headers: above, ..Incoming::default() };
    let is_own = |name: &str| name.contains('.') && same_organisation(name, host);
    told(&above, is_own).map_or(Handover::Unknown, Handover::Told)
}

/// The topmost finding about the envelope's sender by a server of this name.
fn told(mail: &Incoming, is_believed: impl Fn(&str) -> bool) -> Option<Server> {
    let results = mail.headers_named("Authentication-Results").map(Results::read);
    let results = results.into_iter().find(|results| is_believed(&results.server))?;
    let spf = results.of("spf")?;
    let sender = spf.property("smtp", "mailfrom").or_else(|| spf.property("smtp", "helo"))?;
    let domain = sender.trim_matches(['<', '>']).rsplit('@').next().unwrap_or_default();
    let outcome = match spf.result.as_str() {
        "pass" => Outcome::Pass,
        "fail" | "hardfail" | "softfail" => Outcome::Fail,
        "temperror" => Outcome::Unknown,
        _ => Outcome::Neutral,
    };
    Some(Server { domain: domain.to_owned(), outcome, told_by: results.server.clone() })
}

/// Whether an owner believes the seals of every one of these domains.
pub(super) fn believes_seals<'a>(believed: &Believed, mut sealers: impl Iterator<Item = &'a str>) -> bool {
    sealers.all(|sealer| {
        let sealer = organisational_domain(sealer);
        believed.seals.iter().any(|known| organisational_domain(known) == sealer)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use cases::Kept;
    use kernel::Instant;

    fn raw(peer: &str) -> RawMail {
        RawMail {
            id: uuid::Uuid::nil().to_string().parse().unwrap(),
            received_at: Instant::from_micros(0),
            intake_key: String::new(),
            sender: "eva@a.example".to_owned(),
            recipient: "help@aurora.example".parse().unwrap(),
            peer: peer.to_owned(),
            trace: "Received: from mail.a.example ([192.0.2.1])\r\n\tby desk".to_owned(),
            size: 0,
            kept: Kept::InRow(Vec::new()),
        }
    }

    fn check(peer: &str, headers: &[(&str, &str)], expected: &str) {
        let headers = headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        let mail = Incoming { headers: headers.collect(), ..Incoming::default() };
        let believed = Believed { servers: vec!["mx.aurora.example".to_owned()], seals: Vec::new() };
        let found = match handover(&raw(peer), &mail, &believed) {
            Handover::From(peer, hello) => format!("{peer} as {hello}"),
            Handover::Told(server) => {
                format!("{:?} for {} by {}", server.outcome, server.domain, server.told_by)
            }
            Handover::Unknown => "unknown".to_owned(),
        };
        assert_eq!(found, expected, "{peer}: {:?}", mail.headers);
    }

    const PASS: (&str, &str) =
        ("Authentication-Results", "mx.aurora.example; spf=pass smtp.mailfrom=eva@a.example");
    const FAIL: (&str, &str) =
        ("Authentication-Results", "mx.aurora.example; spf=fail smtp.mailfrom=eva@a.example");
    const FRONT: (&str, &str) = (
        "Received",
        "from mail.a.example (unknown [198.51.100.7])\r\n\tby mx.aurora.example (Postfix) with ESMTP id X",
    );

    #[test]
    fn a_stranger_is_asked_for_at_the_dns_whatever_the_mail_says() {
        check("192.0.2.1", &[PASS, FRONT], "192.0.2.1 as mail.a.example");
        check("::ffff:192.0.2.1", &[], "192.0.2.1 as mail.a.example");
        check("2001:db8::1", &[PASS], "2001:db8::1 as mail.a.example");
    }

    #[test]
    fn a_server_in_front_counts_only_by_its_name_and_only_on_top() {
        check("127.0.0.1", &[PASS, FRONT], "Pass for a.example by mx.aurora.example");
        check("10.1.2.3", &[FAIL, PASS], "Fail for a.example by mx.aurora.example");
        check("pipe", &[FRONT, PASS], "Pass for a.example by mx.aurora.example");
        check("127.0.0.1", &[FRONT], "198.51.100.7 as mail.a.example");
        check(
            "127.0.0.1",
            &[("Authentication-Results", "evil.example; spf=pass smtp.mailfrom=a.example")],
            "unknown",
        );
        let other = ("Received", "from x (y [192.0.2.9]) by other.example with SMTP");
        check("127.0.0.1", &[other, FRONT], "unknown");
        let tricky = ("Received", "from [203.0.113.1] (mail.a.example [198.51.100.7]) by mx.aurora.example");
        check("127.0.0.1", &[tricky], "198.51.100.7 as [203.0.113.1]");
        check("::1", &[("Received", "by mx.aurora.example")], "unknown");
    }

    #[test]
    fn a_provider_counts_where_the_sender_cannot_write() {
        let own = ("Authentication-Results", "mx1.mail.provider.example; spf=pass smtp.mailfrom=a.example");
        let hop = ("Received", "from x by mail.provider.example");
        check("imap mail.provider.example", &[own, hop], "Pass for a.example by mx1.mail.provider.example");
        check("imap mail.provider.example", &[hop, own], "unknown");
        check("imap mail.other.example", &[own, hop], "unknown");
        let google = ("Authentication-Results", "mx.google.com; spf=pass smtp.mailfrom=a.example");
        check("imap imap.gmail.com", &[hop, google], "Pass for a.example by mx.google.com");
        check("imap mail.provider.example", &[hop, google], "unknown");
        check("imap imap.provider.example", &[hop, PASS], "Pass for a.example by mx.aurora.example");
    }
}
