//! Rule: clients, partners and teams as plain values.

use kernel::{ClientId, LanguageTag, PartnerId, TeamId};

/// A company whose customers are served. Its workspace holds the data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Client {
    /// The client.
    pub id: ClientId,
    /// Its name, as its customers know it.
    pub name: String,
    /// Its name in addresses of pages; never changes.
    pub slug: String,
    /// One of [`COLOURS`]: the mark beside its cases.
    pub colour: String,
    /// The language in which its own people work.
    pub language: LanguageTag,
    /// Its IANA time zone.
    pub zone: String,
}

/// A contracted service company.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Partner {
    /// The partner.
    pub id: PartnerId,
    /// Its name.
    pub name: String,
    /// The city where the work is done.
    pub city: String,
    /// The country where the work is done, as ISO 3166-1 alpha-2.
    pub country: String,
    /// Its IANA time zone.
    pub zone: String,
}

/// A team of a partner, or a client's own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Team {
    /// The team.
    pub id: TeamId,
    /// Its name.
    pub name: String,
    /// The client whose own team it is; otherwise it is a partner's.
    pub client: Option<ClientId>,
    /// The partner whose team it is.
    pub partner: Option<PartnerId>,
}

/// The colours that a client can be marked with, in the order in which the form offers them.
pub const COLOURS: [&str; 10] =
    ["teal", "blue", "indigo", "violet", "plum", "rose", "red", "orange", "gold", "green"];

/// A name made fit for an address: lower-case letters and digits, hyphens between.
pub fn slug(name: &str) -> String {
    let folded = name.to_lowercase();
    let words = folded.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let slug = words.collect::<Vec<_>>().join("-");
    if slug.is_empty() { "client".to_owned() } else { slug.chars().take(40).collect() }
}
