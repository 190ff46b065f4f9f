//! Sample values for every part in every state: what the gallery page shows.
//!
//! The samples of whole pages, which only the preview and the tests draw, are in [`pages`] and [`settings`];
//! [`drawing`] draws one by its name.

pub mod drawing;
pub mod letters;
pub mod pages;
pub mod settings;

use crate::views::gallery::Gallery;
use crate::views::inbox::{Piece, Row};
use crate::views::marks::{
    COLOURS, CaseState, Choice, ClientMark, Language, LastWord, PersonMark, Priority, When,
};
use crate::views::shell::{Administration, ClientEntry, Counts, Flash, FlashKind, Place, Reader, Shell};

/// Every icon of the sprite.
pub const ICONS: [&str; 65] = [
    "account",
    "alert",
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
        rows: rows(),
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
        counts: Counts { mine: 12, unassigned: 4, open: 87, parked: 2, stuck: 3 },
        clients: vec![ClientEntry { mark: aurora(), count: 52 }, ClientEntry { mark: pip(), count: 35 }],
        administration: Administration::ALL.to_vec(),
        reader: Reader {
            id: "1".to_owned(),
            name: "Marta Reis".to_owned(),
            initials: "MR".to_owned(),
            role: "Representative, Lisbon".to_owned(),
            uses_shortcuts: true,
        },
        flash: None,
        is_demo: true,
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

/// Rows of the inbox in every state.
pub fn rows() -> Vec<Row> {
    let mut rows = vec![
        row(
            "1042",
            aurora(),
            "Zofia Nowak",
            "pl",
            "Ekspres nie podgrzewa wody",
            "Dzień dobry, od wczoraj ekspres tylko mruga na czerwono i nie podgrzewa wody. Numer seryjny to",
        ),
        row(
            "1041",
            pip(),
            "Jonas Keller",
            "de",
            "Roller ließ sich nicht abstellen",
            "Guten Abend, die App hat nach der Fahrt weitergezählt, obwohl ich den Roller abgestellt hatte.",
        ),
        row(
            "1040",
            aurora(),
            "Lucía Fernández",
            "es",
            "Factura con datos equivocados",
            "Muchas gracias por la respuesta. Les adjunto el NIF correcto para que puedan rehacer la factura.",
        ),
        row(
            "1039",
            pip(),
            "Rasa Kazlauskienė",
            "lt",
            "Du kartus nuskaičiuoti pinigai",
            "Laba diena, už vieną kelionę nuo kortelės buvo nuskaičiuota du kartus po 4,20 €.",
        ),
        row(
            "1037",
            aurora(),
            "Peter Whitlock",
            "en",
            "Robot vacuum maps the wrong floor",
            "That did the trick, thank you. It now keeps both floors apart.",
        ),
        row(
            "1036",
            aurora(),
            "Maja Kovačič",
            "sl",
            "Naročilo še ni prispelo",
            "Pozdravljeni, pred dvema tednoma sem naročila pečico, a sledenje stoji.",
        ),
    ];
    rows[0].state = CaseState::New;
    rows[0].priority = Priority::High;
    rows[0].assignee = None;
    rows[1].priority = Priority::Urgent;
    rows[1].messages = 3;
    rows[2].messages = 6;
    rows[3].last_word = LastWord::Ours;
    rows[3].state = CaseState::Waiting;
    rows[3].priority = Priority::Low;
    rows[4].last_word = LastWord::Ours;
    rows[4].state = CaseState::Closed;
    rows[4].snippet = vec![
        Piece::Plain("That did the ".to_owned()),
        Piece::Hit("trick".to_owned()),
        Piece::Plain(", thank you. It now keeps both floors apart.".to_owned()),
    ];
    rows[5].state = CaseState::New;
    rows[5].assignee = None;
    rows
}

fn row(number: &str, mark: ClientMark, customer: &str, tag: &str, subject: &str, snippet: &str) -> Row {
    let prefix = if mark.name == "pip" { "PIP" } else { "AUR" };
    Row {
        id: number.to_owned(),
        url: format!("/cases/{number}"),
        reference: format!("{prefix}-{number}"),
        client: mark,
        customer: customer.to_owned(),
        subject: Piece::plain(subject),
        snippet: Piece::plain(snippet),
        language: Some(language(tag)),
        state: CaseState::Open,
        priority: Priority::Normal,
        assignee: Some(marta()),
        active: when("14:05"),
        last_word: LastWord::Customers,
        messages: 1,
    }
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
