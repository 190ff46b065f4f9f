//! Rule: the records that a sending domain needs in the DNS, as its owner pastes them.

use super::{DomainName, KeyStanding, SigningKey, spf};

/// The most bytes of one string in a TXT record (RFC 1035, 3.3.14).
const LONGEST_PIECE: usize = 255;

/// What a record is for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum RecordKind {
    /// The public half of the key with this selector.
    Dkim(String),
    /// Which servers send.
    Spf,
    /// What others do with letters that prove nothing.
    Dmarc,
    /// Which servers receive.
    Mx,
}

impl RecordKind {
    /// The word in the store: `dkim dragoman1`, `spf`.
    pub fn word(&self) -> String {
        match self {
            Self::Dkim(selector) => format!("dkim {selector}"),
            Self::Spf => "spf".to_owned(),
            Self::Dmarc => "dmarc".to_owned(),
            Self::Mx => "mx".to_owned(),
        }
    }
}

/// A record as it should stand in the DNS.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// What it is for.
    pub kind: RecordKind,
    /// Where it stands: `dragoman1._domainkey.aurora.example`.
    pub name: String,
    /// What it says, in one line.
    pub value: String,
}

/// The records of a domain: for each key that signs or is to, for its senders, and for others' policy. `terms` are the words for its
/// senders, `spf` is the one record about them that it has already.
pub fn records(domain: &DomainName, keys: &[SigningKey], terms: &[String], spf: Option<&str>) -> Vec<Record> {
    let needed = keys.iter().filter(|key| key.standing != KeyStanding::Retired);
    let value = spf.map_or_else(|| spf::fresh(terms), |own| spf::amended(own, terms));
    let spf = Record { kind: RecordKind::Spf, name: domain.to_string(), value };
    let dmarc = Record {
        kind: RecordKind::Dmarc,
        name: format!("_dmarc.{domain}"),
        value: format!("v=DMARC1; p=none; rua=mailto:postmaster@{domain}"),
    };
    needed.map(dkim_record).chain([spf, dmarc]).collect()
}

/// The record of a key.
pub fn dkim_record(key: &SigningKey) -> Record {
    Record {
        kind: RecordKind::Dkim(key.selector.clone()),
        name: format!("{}._domainkey.{}", key.selector, key.domain),
        value: format!("v=DKIM1; k={}; p={}", key.method, key.public),
    }
}

/// The same value as pieces in quotes, as the files of name servers and some providers want it.
pub fn in_pieces(value: &str) -> String {
    let pieces = value.as_bytes().chunks(LONGEST_PIECE);
    let quoted = pieces.map(|piece| format!("\"{}\"", String::from_utf8_lossy(piece)));
    quoted.collect::<Vec<_>>().join(" ")
}
