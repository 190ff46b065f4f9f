//! The domains in whose name letters are sent: their signing keys (DKIM, RFC 6376), and when each of them signs.

mod looking;
mod records;
mod spf;

pub use looking::{Answer, Finding, Question, Sought, Verdict, judge, questions};
pub use records::{Record, RecordKind, dkim_record, in_pieces, records};
pub use spf::spf_terms;

use crate::EngagementRefusal;
use kernel::{EmailAddress, Instant};
use std::{fmt, str::FromStr, time::Duration};

/// With what selectors begin.
const SELECTOR: &str = "dragoman";
/// How long the record of a retired key must stay: so long may a letter be under way that it signed.
pub const RECORD_STAYS_FOR: Duration = Duration::from_secs(7 * 24 * 60 * 60);

/// A domain as the DNS knows it: in small letters and ASCII, `xn--…` where its owner writes it otherwise.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DomainName(String);

impl DomainName {
    /// The domain of an address; `None` when the DNS can't know it.
    pub fn of(address: &EmailAddress) -> Option<Self> {
        address.domain().parse().ok()
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for DomainName {
    type Err = EngagementRefusal;

    fn from_str(text: &str) -> Result<Self, EngagementRefusal> {
        let ascii = idna::domain_to_ascii(text.trim()).map_err(|_| EngagementRefusal::NoSuchDomain)?;
        let fits = |label: &str| {
            (1..=63).contains(&label.len())
                && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
        };
        match ascii.len() <= 240 && ascii.split('.').all(fits) {
            true => Ok(Self(ascii)),
            false => Err(EngagementRefusal::NoSuchDomain),
        }
    }
}

impl fmt::Display for DomainName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

store::text_column!(DomainName);
store::text_param!(DomainName);

/// The method of a signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// Every server understands it.
    Rsa,
    /// Shorter keys; many servers don't understand it yet (RFC 8463).
    Ed25519,
}

impl Method {
    /// The word in the store, in forms, and in the DNS.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Rsa => "rsa",
            Self::Ed25519 => "ed25519",
        }
    }
}

impl fmt::Display for Method {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Method {
    type Err = EngagementRefusal;

    fn from_str(word: &str) -> Result<Self, EngagementRefusal> {
        let known = [Self::Rsa, Self::Ed25519].into_iter().find(|method| method.as_str() == word);
        known.ok_or(EngagementRefusal::UnknownMethod)
    }
}

/// Where a key stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyStanding {
    /// It signs once its record is found.
    Prepared,
    /// It signs.
    Signing,
    /// Another signs in its place.
    Retired,
}

impl KeyStanding {
    /// The word in the store.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Prepared => "prepared",
            Self::Signing => "signing",
            Self::Retired => "retired",
        }
    }
}

impl fmt::Display for KeyStanding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for KeyStanding {
    type Err = EngagementRefusal;

    fn from_str(word: &str) -> Result<Self, EngagementRefusal> {
        let all = [Self::Prepared, Self::Signing, Self::Retired];
        all.into_iter().find(|one| one.as_str() == word).ok_or(EngagementRefusal::NoSuchKey)
    }
}

store::text_column!(Method, KeyStanding);
store::text_param!(Method, KeyStanding);

/// A key that signs, or did, or is to. Its private half is no part of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SigningKey {
    /// For which domain.
    pub domain: DomainName,
    /// Under which name its record stands: `dragoman1`.
    pub selector: String,
    /// How it signs.
    pub method: Method,
    /// Its public half in base64, as the record has it.
    pub public: String,
    /// Where it stands.
    pub standing: KeyStanding,
    /// Since when it stands there.
    pub since: Instant,
}

impl SigningKey {
    /// From when on nobody needs its record any more; `None` while it is needed.
    pub fn record_goes_at(&self) -> Option<Instant> {
        (self.standing == KeyStanding::Retired).then(|| self.since.plus(RECORD_STAYS_FOR))
    }
}

/// The selector of the next key: a number that none of the domain's keys has, higher than theirs.
pub fn next_selector(keys: &[SigningKey]) -> String {
    let number = |key: &SigningKey| key.selector.strip_prefix(SELECTOR)?.parse::<u32>().ok();
    let highest = keys.iter().filter_map(number).max().unwrap_or(0);
    format!("{SELECTOR}{}", highest.saturating_add(1))
}

/// Another key of this method may be made.
///
/// # Errors
/// [`EngagementRefusal::KeyWaits`] while one waits for its record.
pub fn may_be_made(keys: &[SigningKey], method: Method) -> Result<(), EngagementRefusal> {
    let waits = |key: &SigningKey| key.method == method && key.standing == KeyStanding::Prepared;
    if keys.iter().any(waits) { Err(EngagementRefusal::KeyWaits) } else { Ok(()) }
}

/// What changes when a key begins to sign: it, and the one of its method that signed until now. Nothing for a key that isn't prepared.
pub fn begins(keys: &[SigningKey], selector: &str) -> Vec<(String, KeyStanding)> {
    let prepared = |key: &&SigningKey| key.selector == selector && key.standing == KeyStanding::Prepared;
    let Some(begun) = keys.iter().find(prepared) else { return Vec::new() };
    let replaced =
        keys.iter().filter(|key| key.method == begun.method && key.standing == KeyStanding::Signing);
    let retired = replaced.map(|key| (key.selector.clone(), KeyStanding::Retired));
    retired.chain([(begun.selector.clone(), KeyStanding::Signing)]).collect()
}

#[cfg(test)]
mod tests;
