//! Sample values for every part in every state: what the gallery page shows.
//!
//! The samples of whole pages, which only the preview and the tests draw, are in [`pages`] and [`settings`];
//! [`drawing`] draws one by its name.

pub mod board;
pub mod client_words;
mod clocks;
pub mod domains;
pub mod drawing;
pub mod engines;
pub mod letters;
pub mod mail;
pub mod meter;
pub mod pages;
pub mod rows;
mod seams;
pub mod settings;
pub mod speakers;

use crate::views::gallery::Gallery;
use crate::views::marks::{COLOURS, CaseState, Choice, ClientMark, Language, PersonMark, Priority, When};
use crate::views::shell::{Administration, ClientEntry, Counts, Flash, FlashKind, Place, Reader, Shell};

/// Every icon of the sprite.
pub const ICONS: [&str; 66] = [
    "account",
    "alert",
    "arrow-down",
    "attach",
    "check",
    "check-double",
    "chevron-down",
    "chevron-left",
    "chevron-right",
    "chevron-up",
    "clients",
    "clock",
    "copy",
    "cross",
    "done",
    "dot",
    "download",
    "engagements",
    "eye",
    "external",
    "file",
    "filter",
    "flag",
    "gallery",
    "image",
    "inbound",
    "inbox",
    "jobs",
    "keyboard",
    "language",
    "live",
    "lock",
    "mail",
    "menu",
    "mine",
    "note",
    "notice",
    "outbound",
    "outgoing-mail",
    "parked",
    "people",
    "person",
    "plus",
    "postbox",
    "priority-high",
    "priority-low",
    "priority-normal",
    "priority-urgent",
    "refused",
    "reply",
    "retry",
    "search",
    "send",
    "settings",
    "sign-out",
    "spark",
    "state-closed",
    "state-new",
    "state-open",
    "state-waiting",
    "tag",
    "thread",
    "trash",
    "unassigned",
    "undo",
    "users",
];

/// The gallery page inside a frame.
pub fn gallery(shell: Shell) -> Gallery {
    Gallery {
        shell,
        flashes: flashes(),
        states: vec![CaseState::New, CaseState::Open, CaseState::Waiting, CaseState::Closed],
        priorities: vec![Priority::Low, Priority::Normal, Priority::High, Priority::Urgent],
        clients: COLOURS.iter().map(|colour| client(colour, colour)).collect(),
        people: vec![marta(), ines(), person("3", "Dominika Zając", "DZ")],
        languages: ["en", "de", "es", "pl", "sl", "lt", "ar"].map(language).to_vec(),
        rows: rows::rows(),
        entries: letters::entries_in_every_state(),
        choices: vec![Choice::new("one", "One"), Choice::new("two", "Two").chosen()],
        icons: ICONS.to_vec(),
    }
}

/// A frame for samples: a representative who is also an owner, so that every entry shows.
pub fn shell(title: &str, place: Place) -> Shell {
    Shell {
        title: title.to_owned(),
        place,
        counts: Counts { mine: 12, unassigned: 4, open: 87, hand_overs: 2, parked: 2, stuck: 3 },
        clients: vec![ClientEntry { mark: aurora(), count: 52 }, ClientEntry { mark: pip(), count: 35 }],
        administration: Administration::ALL.to_vec(),
        is_lead: true,
        reader: Reader {
            id: "1".to_owned(),
            name: "Marta Reis".to_owned(),
            initials: "MR".to_owned(),
            role: "Representative, Lisbon".to_owned(),
            uses_shortcuts: true,
            presences: vec![
                ("available", "Available", true),
                ("busy", "Busy", false),
                ("away", "Away", false),
            ],
        },
        flash: None,
        is_demo: true,
        since: 0,
        query: String::new(),
    }
}

/// One flash of each kind.
pub fn flashes() -> Vec<Flash> {
    let flash = |kind, sentence: &str, hint: Option<&str>| Flash {
        kind,
        sentence: sentence.to_owned(),
        hint: hint.map(str::to_owned),
    };
    vec![
        flash(FlashKind::Done, "AUR-1042 is closed.", None),
        flash(FlashKind::Notice, "Your reply goes in 10 seconds.", Some("Until then it can be undone.")),
        flash(FlashKind::Refused, "The case is already closed.", Some("Reopen it to write to the customer.")),
    ]
}

/// The demo's first client.
pub fn aurora() -> ClientMark {
    client("Aurora", "indigo")
}

/// The demo's second client.
pub fn pip() -> ClientMark {
    client("pip", "orange")
}

fn client(name: &str, colour: &str) -> ClientMark {
    ClientMark {
        id: name.to_lowercase(),
        name: name.to_owned(),
        initial: name.chars().take(1).collect::<String>().to_uppercase(),
        colour: colour.to_owned(),
    }
}

/// A representative.
pub fn marta() -> PersonMark {
    person("1", "Marta Reis", "MR")
}

/// A team lead.
pub fn ines() -> PersonMark {
    person("2", "Inês Duarte", "ID")
}

fn person(id: &str, name: &str, initials: &str) -> PersonMark {
    PersonMark { id: id.to_owned(), name: name.to_owned(), initials: initials.to_owned() }
}

/// A language by its tag, as far as the samples need them.
pub fn language(tag: &str) -> Language {
    let name = match tag {
        "de" => "German",
        "es" => "Spanish",
        "pl" => "Polish",
        "sl" => "Slovenian",
        "lt" => "Lithuanian",
        "ar" => "Arabic",
        _ => "English",
    };
    Language {
        tag: tag.to_owned(),
        name: name.to_owned(),
        direction: if tag == "ar" { "rtl" } else { "ltr" },
    }
}

/// An instant of the samples' day.
pub fn when(words: &str) -> When {
    When::new("2026-07-27T12:05:00Z", words)
}
