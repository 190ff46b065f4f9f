//! Why a mail came back, in words that anybody understands: from the status code (RFC 3463) and what the other server said.

use crate::incoming::Bounce;

/// Why a mail came back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    /// Nobody has this address.
    NoSuchAddress,
    /// The domain doesn't exist or takes no mail.
    NoSuchDomain,
    /// The mailbox exists and is closed for now.
    Closed,
    /// The mailbox has no room.
    MailboxFull,
    /// The mail is larger than the other server takes.
    TooLarge,
    /// It was taken for spam, or the sending server is on a block list.
    TakenForSpam,
    /// The sender's address or domain isn't accepted.
    SenderRefused,
    /// The proof of the sender is missing: SPF, DKIM or DMARC.
    SenderNotProven,
    /// The other side doesn't take mail from us, or not for this recipient.
    NotAllowed,
    /// The mail went in circles.
    Loop,
    /// The other server can't be reached or has a fault of its own.
    ServerTrouble,
    /// Too many mails were sent in a short time.
    TooMany,
    /// Neither code nor words say it.
    Unclear,
}

impl Cause {
    /// What a person reads, to follow *The reply came back from …:*.
    pub fn in_words(self) -> Option<&'static str> {
        Some(match self {
            Self::NoSuchAddress => "nobody has this address there",
            Self::NoSuchDomain => "its domain doesn't exist or takes no mail",
            Self::Closed => "the mailbox is disabled or locked",
            Self::MailboxFull => "the mailbox is full",
            Self::TooLarge => "the mail is too large for their server",
            Self::TakenForSpam => "their server took it for spam",
            Self::SenderRefused => "their server doesn't accept our sender's address",
            Self::SenderNotProven => "their server wants proof of the sender (SPF, DKIM or DMARC)",
            Self::NotAllowed => "their server doesn't allow mail to this address from outside",
            Self::Loop => "the mail went in circles between servers",
            Self::ServerTrouble => "their server has a fault or can't be reached",
            Self::TooMany => "their server took too many mails from here in a short time",
            Self::Unclear => return None,
        })
    }
}

/// Why a mail came back. An address that is dead is just that; else what the words say plainly, else what the code stands for.
pub fn cause(bounce: &Bounce) -> Cause {
    let words = bounce.reason.to_lowercase();
    let says = |phrases: &[&str]| phrases.iter().any(|phrase| words.contains(phrase));
    if bounce.permanent {
        let domain = says(NO_DOMAIN) || matches!(by_code(&bounce.status), Cause::NoSuchDomain);
        return if domain { Cause::NoSuchDomain } else { Cause::NoSuchAddress };
    }
    let told = BY_WORDS.iter().find(|(phrases, _)| says(phrases));
    told.map_or_else(|| by_code(&bounce.status), |(_, cause)| *cause)
}

const NO_DOMAIN: &[&str] = &[
    "host not found",
    "host unknown",
    "domain name not found",
    "no such domain",
    "no mx ",
    "nullmx",
    "domain not found",
    "name service error",
    "unrouteable",
];

/// Phrases that leave no doubt, in the order in which they decide: a block list's page may mention a user, a full mailbox never a list.
const BY_WORDS: [(&[&str], Cause); 10] = [
    (&[" spf", "dkim", "dmarc", "unauthenticated", "5.7.26"], Cause::SenderNotProven),
    (
        &[
            "spam",
            "blocklist",
            "block list",
            "blacklist",
            "dnsbl",
            "reputation",
            "junk",
            "virus",
            "blocked for abuse",
        ],
        Cause::TakenForSpam,
    ),
    (
        &[
            "quota",
            "mailbox full",
            "mailbox is full",
            "mailbox voll",
            "exceeded the local limit",
            "disk space",
            "pełna",
        ],
        Cause::MailboxFull,
    ),
    (
        &["too large", "too big", "size limit", "exceeds size", "message size exceeds", "maximum size"],
        Cause::TooLarge,
    ),
    (&["too many hops", "loop", "hop count"], Cause::Loop),
    (
        &[
            "rate limit",
            "at a rate",
            "too many messages",
            "too many connections",
            "frequency limited",
            "too fast",
            "throttl",
        ],
        Cause::TooMany,
    ),
    (
        &[
            "account is disabled",
            "is disabled",
            "been disabled",
            "disabled recipient",
            "temporary locked",
            "is locked",
        ],
        Cause::Closed,
    ),
    (&["sender address rejected", "domain of sender", "from: domain is invalid"], Cause::SenderRefused),
    (NO_DOMAIN, Cause::NoSuchDomain),
    (
        &[
            "timed out",
            "connection refused",
            "lost connection",
            "connect to",
            "requests to connect",
            "no route to host",
            "timeout exceeded",
            "network error",
            "delivered for too long",
            "could not be delivered for",
        ],
        Cause::ServerTrouble,
    ),
];

/// RFC 3463, section 3.
fn by_code(status: &str) -> Cause {
    let Some((_, detail)) = status.split_once('.') else { return Cause::Unclear };
    match detail {
        "1.2" | "4.4" => Cause::NoSuchDomain,
        "1.7" | "1.8" => Cause::SenderRefused,
        "2.2" => Cause::MailboxFull,
        "2.3" | "3.4" => Cause::TooLarge,
        "4.6" => Cause::Loop,
        "7.20" | "7.21" | "7.22" | "7.23" | "7.24" | "7.26" => Cause::SenderNotProven,
        "3.2" | "4.5" => Cause::TooMany,
        _ if detail.starts_with("7.") => Cause::NotAllowed,
        _ if detail.starts_with("4.") || detail.starts_with("3.") => Cause::ServerTrouble,
        _ => Cause::Unclear,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(status: &str, permanent: bool, reason: &str, expected: Cause) {
        let bounce = Bounce {
            recipient: String::new(),
            status: status.to_owned(),
            permanent,
            reason: reason.to_owned(),
        };
        assert_eq!(cause(&bounce), expected, "{status} {reason}");
    }

    #[test]
    fn a_dead_address_is_nobodys_or_its_domain_is_gone() {
        check("5.1.1", true, "550 5.1.1 User unknown", Cause::NoSuchAddress);
        check("", true, "ann isn't there; she may be blacklisted elsewhere", Cause::NoSuchAddress);
        check("", true, "", Cause::NoSuchAddress);
        check("5.4.4", true, "Host or domain name not found", Cause::NoSuchDomain);
        check("5.1.2", true, "", Cause::NoSuchDomain);
    }

    #[test]
    fn words_decide_before_codes() {
        check("5.1.1", false, "550 5.1.1 Your server is on our blocklist", Cause::TakenForSpam);
        check("5.0.0", false, "552 Quota exceeded", Cause::MailboxFull);
        check("5.2.2", false, "", Cause::MailboxFull);
        check("5.7.1", false, "Access denied", Cause::NotAllowed);
        check("5.7.26", false, "This mail is unauthenticated", Cause::SenderNotProven);
        check("5.1.8", false, "501 5.1.8 Sender address rejected", Cause::SenderRefused);
        check("4.4.1", false, "Connection timed out", Cause::ServerTrouble);
        check("5.4.6", false, "mail forwarding loop", Cause::Loop);
        check("5.3.4", false, "message size exceeds fixed limit", Cause::TooLarge);
        check("5.2.1", false, "The account is disabled", Cause::Closed);
        check("", false, "it just failed", Cause::Unclear);
    }
}
