//! Sending domains: whether letters are signed, the keys, and the records to paste into the DNS.

use super::marks::{ClientMark, When};
use super::shell::Shell;
use askama::Template;

/// `GET /sending-domains`.
#[derive(Debug, Clone, Template)]
#[template(path = "sending_domains.html")]
pub struct SendingDomains {
    /// The frame.
    pub shell: Shell,
    /// Every domain.
    pub rows: Vec<DomainRow>,
}

/// A domain in that list.
#[derive(Debug, Clone)]
pub struct DomainRow {
    /// "aurora.example".
    pub name: String,
    /// Its page.
    pub url: String,
    /// Whether its letters are signed.
    pub mark: Mark,
    /// What a person should do; often empty.
    pub next: String,
    /// Whose mailboxes send in its name.
    pub clients: Vec<ClientMark>,
    /// Their addresses.
    pub mailboxes: Vec<String>,
    /// When its records were looked at.
    pub checked: Option<When>,
}

/// A badge.
#[derive(Debug, Clone)]
pub struct Mark {
    /// Its style.
    pub key: &'static str,
    /// Its icon.
    pub icon: &'static str,
    /// Its words.
    pub words: &'static str,
}

/// `GET /sending-domains/{domain}`.
///
/// Forms, all posts below that address: `/keys` with `method` = `rsa` or `ed25519`; `/keys/{selector}/beginnings` and
/// `/keys/{selector}/removals`; `/checks`.
#[derive(Debug, Clone, Template)]
#[template(path = "sending_domain.html")]
pub struct SendingDomain {
    /// The frame.
    pub shell: Shell,
    /// "aurora.example".
    pub name: String,
    /// Its address.
    pub url: String,
    /// Whether its letters are signed.
    pub mark: Mark,
    /// The same in a sentence, with the next step.
    pub sentence: String,
    /// Whose mailboxes send in its name.
    pub clients: Vec<ClientMark>,
    /// Their addresses.
    pub mailboxes: Vec<String>,
    /// The servers through which its letters leave: "smtp.example.com, smtp.other.example"; may be empty.
    pub hosts: String,
    /// Its keys, newest first.
    pub keys: Vec<KeyLine>,
    /// The words on the button that makes a key; none while one waits.
    pub make: Option<&'static str>,
    /// The same for a short key beside the other.
    pub make_short: Option<&'static str>,
    /// What should stand in the DNS.
    pub records: Vec<RecordCard>,
    /// When it was looked at.
    pub checked: Option<When>,
}

/// A key.
#[derive(Debug, Clone)]
pub struct KeyLine {
    /// "dragoman1".
    pub selector: String,
    /// "RSA, 2048 bits".
    pub method: &'static str,
    /// Where it stands.
    pub mark: Mark,
    /// Since when.
    pub since: When,
    /// What a person should know; may be empty.
    pub sentence: String,
    /// It can be told to sign.
    pub may_begin: bool,
    /// It can be forgotten.
    pub may_go: bool,
}

/// A record.
#[derive(Debug, Clone)]
pub struct RecordCard {
    /// Distinguishes it on the page: "dkim-dragoman1".
    pub id: String,
    /// "Key dragoman1 (DKIM)".
    pub heading: String,
    /// What it is for.
    pub purpose: &'static str,
    /// How it stands.
    pub mark: Mark,
    /// What was found, in a sentence; empty before the first check.
    pub because: String,
    /// What stands there, where that helps; may be empty.
    pub found: String,
    /// What to paste; none where nothing is to be done.
    pub paste: Option<Paste>,
    /// It is right, so that what to paste is folded.
    pub is_right: bool,
}

/// What to paste.
#[derive(Debug, Clone)]
pub struct Paste {
    /// "dragoman1._domainkey.aurora.example".
    pub name: String,
    /// The same without the domain: "dragoman1._domainkey"; "@" for the domain itself.
    pub short: String,
    /// The value in one line.
    pub value: String,
    /// The value in pieces, where it is too long for one.
    pub pieces: Option<String>,
}
