//! What a refusal means: whether the address itself is dead, from status codes (RFC 3463, RFC 5321) and the server's words.

use super::refusals::{CERTAINLY_DEAD, DEAD, PASSING};

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
    if CERTAINLY_DEAD.are_in(&words) || (dead_code && (subject == "4" || DEAD.are_in(&words))) {
        return Meaning::Dead;
    }
    if PASSING.are_in(&words) {
        return Meaning::Passing;
    }
    let about_address = !matches!(subject, "3" | "6" | "7");
    if DEAD.are_in(&words) || (about_address && says(&["address rejected", "recipient rejected"])) {
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
