//! Events about a case, as the stories write them.

use cases::{By, Case, Message, MessageKind};
use kernel::{Fault, Instant, PersonId, Reach};
use people::tables as people_tables;
use std::fmt::Display;
use store::{Event, Tx};

/// Writes down that something happened to a case.
pub(crate) fn happened(
    tx: &mut Tx<'_>,
    case: &Case,
    kind: &'static str,
    person: Option<PersonId>,
    at: Instant,
    sentence: impl Into<String>,
) -> Result<(), Fault> {
    tx.record(&Event {
        at,
        kind,
        client: Some(case.client),
        engagement: Some(case.engagement),
        case: Some(case.id),
        person,
        sentence: sentence.into(),
    })
}

/// Writes down what a person did to a case; their name begins the sentence.
pub(crate) fn did(
    tx: &mut Tx<'_>,
    case: &Case,
    reach: &Reach,
    kind: &'static str,
    at: Instant,
    what: impl Display,
) -> Result<(), Fault> {
    let name = people_tables::person(tx, reach.person())?.map(|person| person.name).unwrap_or_default();
    happened(tx, case, kind, Some(reach.person()), at, format!("{name} {what}"))
}

/// An empty note that the program itself writes into a case.
pub(crate) fn programs_note(case: &Case, now: Instant) -> Message {
    Message {
        channel: "program".to_owned(),
        by: By { person: None, name: "Dragoman".to_owned(), address: String::new() },
        ..Message::blank(store::fresh(), case, MessageKind::Note, now)
    }
}

/// The beginning of a text on one line, for lists.
pub(crate) fn snippet(text: &str) -> String {
    let mut words = text.split_whitespace().take(60).collect::<Vec<_>>().join(" ");
    if let Some((cut, _)) = words.char_indices().nth(200) {
        words.truncate(cut);
    }
    words
}
