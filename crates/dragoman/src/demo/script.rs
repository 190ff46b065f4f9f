//! What the demo's files say: who there is, and what people write to each other.

use kernel::{LanguageTag, Role};
use serde::Deserialize;
use std::{collections::BTreeMap, time::Duration};

/// The people, companies and things of the demo world.
#[derive(Deserialize)]
pub(super) struct Cast {
    pub client: Vec<ClientPart>,
    pub partner: Vec<PartnerPart>,
    pub team: Vec<TeamPart>,
    pub engagement: Vec<EngagementPart>,
    pub person: Vec<PersonPart>,
    pub product: Vec<ProductPart>,
    pub cities: BTreeMap<LanguageTag, Vec<String>>,
    pub names: BTreeMap<LanguageTag, Names>,
}

/// A client, and the engagement that answers its mailbox.
#[derive(Deserialize)]
pub(super) struct ClientPart {
    pub key: String,
    pub name: String,
    pub colour: String,
    pub language: LanguageTag,
    pub zone: String,
    pub mailbox: String,
    pub answered_by: String,
}

/// A partner.
#[derive(Deserialize)]
pub(super) struct PartnerPart {
    pub key: String,
    pub name: String,
    pub city: String,
    pub country: String,
    pub zone: String,
}

/// A team of a partner or of a client.
#[derive(Deserialize)]
pub(super) struct TeamPart {
    pub key: String,
    pub name: String,
    pub partner: Option<String>,
    pub client: Option<String>,
}

/// An engagement, and how many of a hundred cases in a language it takes by day and by night.
#[derive(Deserialize)]
pub(super) struct EngagementPart {
    pub key: String,
    pub client: String,
    pub team: String,
    pub name: String,
    pub from_days: i64,
    pub until_days: Option<i64>,
    #[serde(default)]
    pub day: BTreeMap<LanguageTag, u64>,
    #[serde(default)]
    pub night: BTreeMap<LanguageTag, u64>,
}

/// Somebody who signs in; without a seat they own the installation.
#[derive(Deserialize)]
pub(super) struct PersonPart {
    pub name: String,
    pub email: String,
    pub role: Part,
    pub client: Option<String>,
    #[serde(default)]
    pub teams: Vec<String>,
    pub languages: Vec<LanguageTag>,
}

/// What somebody does.
#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Part {
    Owner,
    #[serde(untagged)]
    Seated(Role),
}

/// Something that a client sells.
#[derive(Deserialize)]
pub(super) struct ProductPart {
    pub client: String,
    pub name: String,
}

/// First and last names that go together.
#[derive(Deserialize)]
pub(super) struct Names {
    pub female: Vec<(String, String)>,
    pub male: Vec<(String, String)>,
}

/// Whether a customer is addressed as a woman or as a man.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
pub(super) enum Gender {
    #[serde(rename = "f")]
    Female,
    #[serde(rename = "m")]
    Male,
}

/// A conversation with gaps where names, numbers and days go.
#[derive(Deserialize)]
pub(super) struct Template {
    pub client: String,
    pub key: String,
    pub subject: String,
    pub intent: String,
    #[serde(deserialize_with = "priority")]
    pub priority: cases::Priority,
    pub gender: Option<Gender>,
    pub first: Option<String>,
    pub last: Option<String>,
    pub message: Vec<Line>,
    #[serde(skip, default = "LanguageTag::unknown")]
    pub language: LanguageTag,
}

/// One message of a conversation.
#[derive(Deserialize)]
pub(super) struct Line {
    pub by: Author,
    #[serde(deserialize_with = "gap")]
    pub after: Duration,
    pub text: String,
    /// The paragraphs that are in another language than the rest, counted from 0.
    #[serde(default)]
    pub paragraphs: BTreeMap<String, LanguageTag>,
    /// What comes with it.
    pub file: Option<FilePart>,
}

/// A file that comes with a message.
#[derive(Deserialize)]
pub(super) struct FilePart {
    pub kind: FileKind,
    /// Its name; it may have gaps, too.
    pub name: String,
}

/// What kind of file it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum FileKind {
    Photo,
    /// A photo inside the text.
    InlinePhoto,
    /// A picture on another server, of which the mail only has the address.
    RemotePicture,
    Paper,
    Recording,
}

/// Who writes a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Author {
    Customer,
    Representative,
    Note,
}

fn priority<'de, D: serde::Deserializer<'de>>(from: D) -> Result<cases::Priority, D::Error> {
    String::deserialize(from)?.parse().map_err(serde::de::Error::custom)
}

/// `35m`, `4h` or `2d` since the message before.
fn gap<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Duration, D::Error> {
    let text = String::deserialize(from)?;
    let (number, unit) = text.split_at(text.len().saturating_sub(1));
    let minutes = match unit {
        "m" => Some(1),
        "h" => Some(60),
        "d" => Some(24 * 60),
        _ => None,
    };
    let minutes = minutes.and_then(|unit: u64| Some(number.parse::<u64>().ok()? * unit));
    minutes.map(|minutes| Duration::from_secs(60 * minutes)).ok_or_else(|| {
        serde::de::Error::custom(format!("`{text}` isn't a span of time such as 35m, 4h or 2d"))
    })
}

#[derive(Deserialize)]
struct Threads {
    thread: Vec<Template>,
}

const PEOPLE: &str = include_str!("../../demo/people.toml");
const THREADS: [(&str, &str); 6] = [
    ("en", include_str!("../../demo/threads.en.toml")),
    ("de", include_str!("../../demo/threads.de.toml")),
    ("es", include_str!("../../demo/threads.es.toml")),
    ("pl", include_str!("../../demo/threads.pl.toml")),
    ("sl", include_str!("../../demo/threads.sl.toml")),
    ("lt", include_str!("../../demo/threads.lt.toml")),
];

impl Cast {
    /// What `people.toml` says.
    pub fn read() -> Result<Self, toml::de::Error> {
        toml::from_str(PEOPLE)
    }
}

/// Every conversation, in every language.
pub(super) fn templates() -> Result<Vec<Template>, toml::de::Error> {
    let mut all = Vec::new();
    for (language, text) in THREADS {
        let threads: Threads = toml::from_str(text)?;
        let tag: LanguageTag = language.parse().map_err(serde::de::Error::custom)?;
        all.extend(threads.thread.into_iter().map(|thread| Template { language: tag.clone(), ..thread }));
    }
    Ok(all)
}
