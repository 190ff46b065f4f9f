//! How a sending domain stands, in words: its keys, its records, what to do next.

use crate::{
    views::sending_domains::{KeyLine, Mark, Paste, RecordCard},
    words::Words,
};
use desk::sending_domains::SendingDomain;
use engagements::{
    sending_domains::{KeyStanding, Method, Record, RecordKind, SigningKey, Verdict, in_pieces},
    tables::signing_keys::RecordCheck,
};
use kernel::Instant;

/// How a domain stands.
pub(super) struct Standing {
    pub(super) mark: Mark,
    /// In a sentence, with the next step.
    pub(super) sentence: String,
    /// The next step alone, for the list; often empty.
    pub(super) next: String,
}

fn mark(key: &'static str, icon: &'static str, words: &'static str) -> Mark {
    Mark { key, icon, words }
}

/// How a domain stands; `lost` are the keys that can't be opened.
pub(super) fn standing(domain: &SendingDomain, lost: &[String]) -> Standing {
    let said = |mark, fact: &str, next: &str| Standing {
        mark,
        sentence: [fact, next].join(" ").trim().to_owned(),
        next: next.to_owned(),
    };
    let is_prepared = domain.keys.iter().any(|key| key.standing == KeyStanding::Prepared);
    let signing = domain.keys.iter().filter(|key| key.standing == KeyStanding::Signing);
    let (opened, closed): (Vec<_>, Vec<_>) = signing.partition(|key| !lost.contains(&key.selector));
    let unsigned = "Letters from this domain leave unsigned.";
    if opened.is_empty() && !closed.is_empty() {
        let next = "The key can’t be opened. Start the desk with the key file with which it was made (--secrets-key), or forget it and make another.";
        return said(mark("urgent", "alert", "Key can’t be opened"), unsigned, next);
    }
    if opened.is_empty() && is_prepared {
        let next = "Paste the key’s record into the DNS, then check: signing begins when it is found.";
        return said(mark("waiting", "clock", "Waits for its record"), unsigned, next);
    }
    if opened.is_empty() {
        return said(mark("closed", "dot", "Not signed"), unsigned, "Make keys to begin.");
    }
    let names = opened.iter().map(|key| key.selector.as_str()).collect::<Vec<_>>().join(" and ");
    let fact = format!("Letters from this domain are signed with {names}.");
    if opened.iter().any(|key| is_absent(domain, &key.selector)) {
        let next =
            "A key’s record wasn’t found, so that nobody can check its signature. Put it into the DNS.";
        return said(mark("urgent", "alert", "Signed, record missing"), &fact, next);
    }
    let next = if is_prepared { "The next key takes over when its record is found." } else { "" };
    said(mark("in-force", "check", "Signed"), &fact, next)
}

fn is_absent(domain: &SendingDomain, selector: &str) -> bool {
    let check = check_of(domain, &RecordKind::Dkim(selector.to_owned()));
    check.is_some_and(|check| matches!(check.verdict, Verdict::Missing | Verdict::Different))
}

fn check_of<'a>(domain: &'a SendingDomain, kind: &RecordKind) -> Option<&'a RecordCheck> {
    let word = kind.word();
    domain.checks.iter().find(|check| check.record == word)
}

/// A key of a domain.
pub(super) fn key(words: &Words, key: &SigningKey, lost: &[String], now: Instant) -> KeyLine {
    let is_lost = lost.contains(&key.selector);
    let (standing, sentence) = match key.standing {
        _ if is_lost => (
            mark("urgent", "alert", "Can’t be opened"),
            "It was sealed with another key than the one in the key file, so it signs nothing.".to_owned(),
        ),
        KeyStanding::Prepared => (mark("waiting", "clock", "Waits for its record"), String::new()),
        KeyStanding::Signing => (mark("in-force", "check", "Signs"), String::new()),
        KeyStanding::Retired => (mark("closed", "lock", "Retired"), retired(words, key, now)),
    };
    KeyLine {
        selector: key.selector.clone(),
        method: match key.method {
            Method::Rsa => "RSA, 2,048 bits",
            Method::Ed25519 => "Ed25519",
        },
        mark: standing,
        since: words.exactly(key.since),
        sentence,
        may_begin: key.standing == KeyStanding::Prepared && !is_lost,
        may_go: key.standing != KeyStanding::Signing || is_lost,
    }
}

fn retired(words: &Words, key: &SigningKey, now: Instant) -> String {
    match key.record_goes_at() {
        Some(at) if at > now => format!(
            "Leave its record in the DNS until {}: letters that it signed are still under way.",
            words.exactly(at).words
        ),
        _ => "Its record may be removed from the DNS now.".to_owned(),
    }
}

/// What should stand in the DNS, and what does.
pub(super) fn records(domain: &SendingDomain) -> Vec<RecordCard> {
    let wanted = domain.records();
    let mut cards: Vec<RecordCard> = wanted.iter().map(|record| card(domain, record)).collect();
    if let Some(check) = check_of(domain, &RecordKind::Mx) {
        cards.push(RecordCard { paste: None, ..drawn(&RecordKind::Mx, Some(check)) });
    }
    cards
}

fn card(domain: &SendingDomain, record: &Record) -> RecordCard {
    let pieces = in_pieces(&record.value);
    let paste = Paste {
        short: match record.name.strip_suffix(domain.name.as_str()).map(|short| short.trim_end_matches('.')) {
            Some("") => "@".to_owned(),
            Some(short) => short.to_owned(),
            None => record.name.clone(),
        },
        name: record.name.clone(),
        pieces: pieces.contains("\" \"").then_some(pieces),
        value: record.value.clone(),
    };
    let card = drawn(&record.kind, check_of(domain, &record.kind));
    // Whoever has a good record of their own isn't given another.
    let is_theirs = card.is_right && !matches!(record.kind, RecordKind::Dkim(_));
    RecordCard { paste: (!is_theirs).then_some(paste), ..card }
}

fn drawn(kind: &RecordKind, check: Option<&RecordCheck>) -> RecordCard {
    let (heading, purpose) = match kind {
        RecordKind::Dkim(selector) => (
            format!("Key {selector} (DKIM)"),
            "With it, others check that a letter was signed here and not changed.",
        ),
        RecordKind::Spf => (
            "Servers that send (SPF)".to_owned(),
            "It names the servers through which letters leave. A domain has one such record: if it has one already, add the words to it.",
        ),
        RecordKind::Dmarc => (
            "Policy (DMARC)".to_owned(),
            "It says what others do with letters that prove nothing. “none” only asks for reports; they go to the address after rua, so name one that somebody reads.",
        ),
        RecordKind::Mx => ("Servers that receive (MX)".to_owned(), "They take the answers of customers."),
    };
    let is_right = check.is_some_and(|check| check.verdict == Verdict::Right);
    let shows = check.is_some_and(|check| matches!(check.verdict, Verdict::Different | Verdict::Missing));
    let is_own = is_right && matches!(kind, RecordKind::Spf | RecordKind::Dmarc);
    RecordCard {
        id: kind.word().replace(' ', "-"),
        heading,
        purpose,
        mark: verdict(check.map(|check| check.verdict)),
        because: check.map_or(String::new(), |check| check.because.clone()),
        found: check.filter(|_| shows || is_own).map_or(String::new(), |check| check.found.clone()),
        paste: None,
        is_right,
    }
}

fn verdict(found: Option<Verdict>) -> Mark {
    match found {
        None => mark("closed", "dot", "Not looked up yet"),
        Some(Verdict::Right) => mark("in-force", "check", "Right"),
        Some(Verdict::Missing) => mark("urgent", "alert", "Missing"),
        Some(Verdict::Different) => mark("urgent", "alert", "Different"),
        Some(Verdict::Unknown) => mark("closed", "notice", "Can’t be looked up"),
    }
}
