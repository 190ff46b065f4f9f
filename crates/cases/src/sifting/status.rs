//! What a refusal means: whether the address itself is dead, from status codes (RFC 3463, RFC 5321) and the server's words.

/// Whether writing to the address again can help.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    /// The address or its host doesn't exist or has moved: no mail will ever arrive there.
    Dead,
    /// Something else stood in the way: a full mailbox, a policy, the network. Another mail may arrive.
    Passing,
    /// The words and codes don't say.
    Unclear,
}

/// What a server's words mean together with the enhanced status code that came with them.
pub(super) fn meaning(status: &str, words: &str) -> Meaning {
    let words = plain_words(words);
    let says = |list: &[&str]| list.iter().any(|phrase| words.contains(phrase));
    let (class, subject, detail) = split_status(status);
    // Senders at fault (X.1.7, X.1.8) and mailboxes that exist but don't take mail (X.2.*).
    if (subject == "1" && matches!(detail, "7" | "8")) || subject == "2" {
        return Meaning::Passing;
    }
    // Hosts of Japanese phone networks leave the address out when its owner's filter refused the mail.
    if says(&[" : user unknown"]) {
        return Meaning::Passing;
    }
    let dead_code = match (subject, detail) {
        ("1", "1" | "2" | "3" | "6" | "10" | "351") => true,
        ("4", "1") => says(&["recipient address rejected"]),
        _ => false,
    };
    if says(CERTAINLY_DEAD) || (dead_code && (subject == "4" || says(DEAD))) {
        return Meaning::Dead;
    }
    if says(PASSING) {
        return Meaning::Passing;
    }
    let about_address = !matches!(subject, "3" | "6" | "7");
    if says(DEAD) || (about_address && says(&["address rejected", "recipient rejected"])) {
        return Meaning::Dead;
    }
    by_code(class, subject, detail, &words)
}

fn by_code(class: &str, subject: &str, detail: &str, words: &str) -> Meaning {
    match (class, subject, detail) {
        ("5", "1", _) | ("5", "4", "4") => Meaning::Dead,
        ("4", _, _) | ("5", "3" | "4" | "6" | "7", _) => Meaning::Passing,
        _ => match reply_code(words) {
            Some(521 | 551 | 556) => Meaning::Dead,
            Some(550 | 553) if words.contains("rcpt to") => Meaning::Dead,
            Some(400..500) => Meaning::Passing,
            _ => Meaning::Unclear,
        },
    }
}

fn split_status(status: &str) -> (&str, &str, &str) {
    let mut parts = status.split('.');
    let mut part = || parts.next().unwrap_or_default();
    (part(), part(), part())
}

/// The words in lower case and one line, without addresses, links and names of hosts, which may contain any word.
fn plain_words(text: &str) -> String {
    const BYTES: usize = 4_000;
    let mut plain = String::new();
    for word in text.split_whitespace().filter(|word| word.len() < 200 && !is_name(word)) {
        plain.push_str(&word.to_lowercase());
        plain.push(' ');
        if plain.len() > BYTES {
            break;
        }
    }
    plain.replace(['’', '`'], "'")
}

/// `<a@b.example>`, `https://b.example/`, `mx.b.example[192.0.2.1]:`, but not `RESOLVER.ADR.RecipNotFound`.
fn is_name(word: &str) -> bool {
    const KEPT: [&str; 3] = ["RESOLVER.", "STOREDRV.", "SMTPSEND."];
    let dotted = |(left, right): (&str, &str)| {
        left.ends_with(|c: char| c.is_ascii_alphanumeric())
            && right.starts_with(|c: char| c.is_ascii_lowercase())
    };
    word.contains('@')
        || word.contains("://")
        || (word.split_once('.').is_some_and(dotted) && !KEPT.iter().any(|kept| word.contains(kept)))
}

/// The first enhanced status code (`5.1.1`) in a text; a precise one before one that says nothing (`5.0.0`).
pub(super) fn status_code(text: &str) -> Option<String> {
    let mut codes = text
        .split(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '.' | ':' | '['))
        .map(|word| word.trim_matches(['.', ':', '[']))
        .filter(|word| is_status(word));
    let first = codes.next()?;
    let precise = if is_vague(first) { codes.find(|code| !is_vague(code)) } else { None };
    Some(precise.unwrap_or(first).to_owned())
}

fn is_status(word: &str) -> bool {
    let mut parts = word.split('.');
    let mut part = || parts.next().unwrap_or_default();
    let (class, subject, detail) = (part(), part(), part());
    let fits = |part: &str| (1..=3).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
    matches!(class, "2" | "4" | "5") && fits(subject) && fits(detail) && parts.next().is_none()
}

/// A code that only names its class says less than any other.
pub(super) fn is_vague(status: &str) -> bool {
    status.ends_with(".0.0") || status.is_empty()
}

/// The first SMTP reply code of a refusal in a text: three digits that begin with 4 or 5 and stand alone.
pub(super) fn reply_code(text: &str) -> Option<u16> {
    text.split(|c: char| {
        c.is_whitespace() || matches!(c, '-' | ':' | '#' | '\'' | '"' | '(' | ')' | '[' | ']' | ',')
    })
    .filter(|word| word.len() == 3 && word.starts_with(['4', '5']))
    .filter_map(|word| word.parse().ok())
    .find(|code| (400..600).contains(code))
}

/// Phrases that outweigh everything near them.
const CERTAINLY_DEAD: &[&str] = &[
    "user unknown",
    "unknown user",
    "unknown recipient",
    "recipient unknown",
    "no such user",
    "no such mailbox",
    "no such recipient",
    "user not found",
    "recipient not found",
    "recipientnotfound",
    "recipnotfound",
    "no mailbox here",
    "account or domain may not exist",
    "domain is not reachable",
    "no mx found for",
    "nullmx",
    "indicated no smtp service",
];

/// The mailbox or the host isn't there, or not any more.
const DEAD: &[&str] = &[
    "unknown address",
    "address unknown",
    "unknown account",
    "unknown mailbox",
    "unknown local part",
    "unknown local-part",
    "unknown or illegal",
    "no such address",
    "no such account",
    "no such person",
    "no such local user",
    "no such domain",
    "no such host",
    "no mailbox by that name",
    "no user here",
    "no account by",
    "nosuchuser",
    "mailbox unknown",
    "account unavailable",
    "account is unavailable",
    "unknown e-mail",
    "unknown email",
    "unknown virtual",
    "user not local",
    "not on this server",
    "doesnt exist",
    "all host address lookups failed",
    "no valid recipients",
    "not a valid mailbox",
    "not a valid user",
    "not a known user",
    "not a local",
    "not our customer",
    "invalid recipient",
    "invalid mailbox",
    "invalid user",
    "invalid address",
    "invalid user or account",
    "bad destination",
    "bad recipient",
    "bad address",
    "recipient name is not recognized",
    "mailbox not found",
    "address not found",
    "account not found",
    "mailbox does not exist",
    "does not exist",
    "doesn't exist",
    "do not exist",
    "not exist",
    "no longer exists",
    "no longer valid",
    "no longer in use",
    "no longer available",
    "no longer active",
    "no longer employed",
    "no longer with",
    "couldn't be found",
    "could not be found",
    "wasn't found",
    "was not found",
    "not listed in",
    "doesn't have a",
    "does not have a",
    "not have an account",
    "does not like recipient",
    "user doesn't",
    "has moved",
    "mailbox has been moved",
    "domain not found",
    "domain does not",
    "host not found",
    "host unknown",
    "unknown host",
    "unknown domain",
    "unrouteable",
    "unroutable",
    "unrouteable address",
    "illegal host",
    "all relevant mx records point to non-existent hosts",
    "name or service not known",
    "couldn't find any host",
    "nxdomain",
    "unbekannt",
    "existiert nicht",
    "nicht gefunden",
    "konnte nicht gefunden werden",
    "inconnu",
    "n'existe pas",
    "destinataire invalide",
    "introuvable",
    "no existe",
    "desconocid",
    "destinatario inexistente",
    "não existe",
    "inexistente",
    "non esiste",
    "sconosciut",
    "inesistente",
    "bestaat niet",
    "onbekend",
    "nie istnieje",
    "nieznany",
    "ne obstaja",
    "neegzistuoja",
    "neexistuje",
    "не существует",
    "не найден",
    "неизвестн",
    "finns inte",
    "findes ikke",
    "nem létezik",
    "存在しません",
    "見つかりません",
    "見つからない",
    "宛先不明",
    "不存在",
    "8+$d$+$j$^$;$s", // “isn't found”, in the bytes of ISO-2022-JP, as Domino writes it undeclared
];

/// The mail or the moment was wrong, not the address.
const PASSING: &[&str] = &[
    "quota",
    "mailbox full",
    "mailbox is full",
    "inbox is full",
    "box full",
    "mailbox exceeded",
    "mailbox has exceeded",
    "exceeded storage",
    "storage allocation",
    "storage limit",
    "exceeded the local limit",
    "size limit",
    "too large",
    "too big",
    "exceeds",
    "insufficient",
    "disk space",
    "disk full",
    "over limit",
    "overlimit",
    "postfach ist voll",
    "boîte pleine",
    "buzón lleno",
    "容量",
    "temporar",
    "try again",
    "try later",
    "later time",
    "retry",
    "greylist",
    "graylist",
    "grey list",
    "rate limit",
    "at a rate",
    "too many",
    "too fast",
    "too much mail",
    "throttl",
    "frequency",
    "timed out",
    "timeout",
    "time out",
    "timed-out",
    "expired",
    "too long",
    "connection refused",
    "connection dropped",
    "connection reset",
    "connection closed",
    "lost connection",
    "did not accept our requests",
    "socket error",
    "network error",
    "network is unreachable",
    "network unreachable",
    "no route to host",
    "unreachable",
    "host is down",
    "deferred",
    "delayed",
    "malformed or unexpected name server reply",
    "your hostname",
    "spam",
    "junk",
    "unsolicited",
    "bulk mail",
    "virus",
    "malware",
    "phish",
    "infected",
    "content rejected",
    "content filter",
    "message content",
    "message rejected",
    "message refused",
    "message not accepted",
    "attachment",
    "blacklist",
    "blocklist",
    "block list",
    "blocked",
    "black list",
    "banned",
    "listed at",
    "listed by",
    "listed on",
    " rbl",
    "dnsbl",
    "reputation",
    "policy",
    "policies",
    "spf",
    "dkim",
    "dmarc",
    "reverse dns",
    "ptr ",
    "fcrdns",
    "rdns",
    "name lookup failed",
    "mismatches client ip",
    "relay",
    "sender address",
    "sender rejected",
    "sender domain",
    "sender verif",
    "sender was rejected",
    "sender denied",
    "sending domain",
    "domain of sender",
    "from: domain",
    "my name was rejected",
    "helo",
    "access denied",
    "not authorized",
    "not authorised",
    "not permitted",
    "permission",
    "not allowed",
    "authentication",
    "recipient preferences",
    "do not accept mail from",
    "don't accept mail from",
    "not accepting mail",
    "not accepting messages",
    "disabled",
    "locked",
    "suspend",
    "inactive",
    "deactivated",
    "on hold",
    "abuse",
    "malformed address",
    "protocol error",
    "syntax error",
    "system error",
    "local error",
    "configuration error",
    "loop",
    "too many hops",
];
