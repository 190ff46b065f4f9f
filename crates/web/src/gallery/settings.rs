//! Samples of the administration pages, of the account and of the demo's postbox.

use super::pages::choices;
use super::{aurora, language, pip, shell, when};
use crate::views::account::{Account, Session};
use crate::views::clients::{Client, ClientForm, ClientLine, ClientNew, Clients, Correspondence, Mailbox};
use crate::views::engagements::{EngagementNew, EngagementRow, Engagements, Standing};
use crate::views::jobs::{JobLine, Jobs};
use crate::views::levels::{HistoryLine, LevelLine, Levels};
use crate::views::mail::{OutgoingMail, Parked, ParkedLetter};
use crate::views::marks::{Choice, ChoiceGroup, ClientMark, Language, Pager};
use crate::views::people::{Company, FreshLink, OpenInvitation, People, Person, PersonLine, Seat, Team};
use crate::views::permits::HeldPermits;
use crate::views::postbox::{LetterDraft, LetterLine, LetterOpen, Pane, Postbox, Way};
use crate::views::shell::{Administration, Place, Shell};

fn frame(entry: Administration) -> Shell {
    shell(entry.words(), Place::Administration(entry))
}

/// The list of clients.
pub fn clients() -> Clients {
    let line = |mark, address: &str, zone: &str, open, engagements: &[&str]| ClientLine {
        mark,
        language: "English".to_owned(),
        zone: zone.to_owned(),
        mailboxes: vec![address.to_owned()],
        open,
        engagements: engagements.iter().map(ToString::to_string).collect(),
    };
    Clients {
        shell: frame(Administration::Clients),
        clients: vec![
            line(
                aurora(),
                "help@aurora.example",
                "Europe/Berlin",
                52,
                &["Lisbon · Home electronics", "Kraków · Evening"],
            ),
            line(pip(), "hello@pip.example", "Europe/Madrid", 35, &["Manila · Nights"]),
        ],
    }
}

/// A new client.
pub fn client_new() -> ClientNew {
    ClientNew { shell: frame(Administration::Clients), form: client_form(""), mailbox: String::new() }
}

/// One client.
pub fn client() -> Client {
    Client {
        correspondence: Correspondence {
            reopens_for_days: "30".to_owned(),
            same_subject_for_days: "7".to_owned(),
            sharing: choices(&[("own", "only their own part"), ("whole", "the whole conversation")]),
        },
        shell: frame(Administration::Clients),
        mark: aurora(),
        form: client_form("Aurora"),
        risk: super::speakers::client_risk(),
        mailboxes: vec![Mailbox {
            id: "1".to_owned(),
            address: "help@aurora.example".to_owned(),
            display_name: "Aurora".to_owned(),
            cases: 212,
            fetching: Some(super::mail::failed()),
        }],
        engagements: vec!["Lisbon · Home electronics, until 31 Dec 2026".to_owned()],
    }
}

fn client_form(name: &str) -> ClientForm {
    ClientForm {
        name: name.to_owned(),
        colour: "indigo".to_owned(),
        languages: choices(&[("de", "German"), ("en", "English")]),
        zone: "Europe/Berlin".to_owned(),
        zones: vec!["Europe/Berlin".to_owned(), "Europe/Warsaw".to_owned()],
    }
}

/// Partners and people, with an invitation that was just made.
pub fn people() -> People {
    let team = |name: &str, people| Team { id: name.to_lowercase(), name: name.to_owned(), people };
    let lisbon = vec![
        line("2", "Inês Duarte", "ID", "Team lead", &["en", "es"]),
        line("1", "Marta Reis", "MR", "Representative", &["pl", "en"]),
        PersonLine {
            is_disabled: true,
            seen: None,
            ..line("9", "Duarte Melo", "DM", "Representative", &["es"])
        },
    ];
    People {
        shell: frame(Administration::People),
        companies: vec![
            company(
                None,
                "Aurora",
                "client",
                vec![team("", vec![line("5", "Katrin Vogel", "KV", "Support owner", &["de"])])],
            ),
            company(
                Some("lisbon"),
                "Lisbon",
                "partner, Portugal",
                vec![team("Home electronics", lisbon), team("Scooters", Vec::new())],
            ),
        ],
        invitations: vec![OpenInvitation {
            id: "1".to_owned(),
            email: "rui@lisbon.example".to_owned(),
            role: "Representative in Lisbon · Home electronics".to_owned(),
            until: when("3 Aug"),
        }],
        fresh_link: Some(FreshLink {
            email: "rui@lisbon.example".to_owned(),
            url: "https://desk.example/invitations/6f1c0b7a9d".to_owned(),
        }),
        roles: roles(),
        places: places(),
    }
}

/// One person.
pub fn person() -> Person {
    Person {
        permits: held_permits(),
        shell: frame(Administration::People),
        person: line("2", "Inês Duarte", "ID", "Team lead", &["en", "es"]),
        seats: vec![Seat {
            id: "1".to_owned(),
            role: "Team lead".to_owned(),
            place: "Lisbon · Home electronics".to_owned(),
            since: when("1 Mar"),
        }],
        levels: levels(choices(&[("test", "Tested"), ("lead", "Judged by a lead")])),
        roles: roles(),
        places: places(),
        sessions: 2,
        is_reader: false,
    }
}

fn levels(evidence: Vec<Choice>) -> Levels {
    let line = |tag: &str, name: &str, standing, icon, words: &str, evidence: &str, is_over| LevelLine {
        language: Language { tag: tag.to_owned(), name: name.to_owned(), direction: "ltr" },
        standing,
        icon,
        words: words.to_owned(),
        evidence: evidence.to_owned(),
        is_over,
    };
    let known = "known native speaker 1 Mar 2024";
    let tested = "tested 3 May 2026, holds until 3 Nov 2026";
    Levels {
        url: "/account/languages".to_owned(),
        lines: vec![
            line(
                "pt",
                "Portuguese",
                "Native speaker",
                "check",
                "reads, writes and speaks it natively",
                known,
                false,
            ),
            line("pl", "Polish", "Writes it", "dot", "reads C1, writes C1, speaks B2", tested, true),
        ],
        history: vec![HistoryLine {
            words: "Polish: reads C1, writes C1, speaks B2, tested 3 May 2026".to_owned(),
            by: Some("Judith Rehm".to_owned()),
            at: when("3 May, 14:02"),
        }],
        languages: choices(&[("pl", "Polish"), ("pt", "Portuguese")]),
        levels: choices(&[("b1", "B1"), ("b2", "B2"), ("c1", "C1")]),
        evidence,
        today: "2026-11-23".to_owned(),
    }
}

fn company(partner: Option<&str>, name: &str, kind: &str, teams: Vec<Team>) -> Company {
    Company { partner: partner.map(str::to_owned), name: name.to_owned(), kind: kind.to_owned(), teams }
}

fn line(id: &str, name: &str, initials: &str, role: &str, languages: &[&str]) -> PersonLine {
    PersonLine {
        id: id.to_owned(),
        name: name.to_owned(),
        initials: initials.to_owned(),
        email: format!("{}@lisbon.example", initials.to_lowercase()),
        role: role.to_owned(),
        languages: languages.iter().map(ToString::to_string).collect(),
        seen: Some(when("today, 13:58")),
        is_disabled: false,
    }
}

fn roles() -> Vec<Choice> {
    choices(&[("representative", "Representative"), ("team_lead", "Team lead"), ("owner", "Owner")])
}

fn places() -> Vec<ChoiceGroup> {
    vec![
        ChoiceGroup { heading: "Teams".to_owned(), choices: choices(&[("1", "Lisbon · Home electronics")]) },
        ChoiceGroup { heading: "Clients".to_owned(), choices: vec![Choice::new("2", "Aurora")] },
    ]
}

/// Engagements in every standing.
pub fn engagements() -> Engagements {
    Engagements {
        shell: frame(Administration::Engagements),
        engagements: vec![
            engagement(aurora(), "Lisbon", "Home electronics", Some("31 Dec 2026"), Standing::InForce),
            engagement(pip(), "Manila", "Nights", None, Standing::InForce),
            engagement(aurora(), "Kraków", "Evening", Some("31 Mar 2027"), Standing::Coming),
            engagement(pip(), "Lisbon", "Scooters", Some("30 Jun 2026"), Standing::Ended),
        ],
        may_add: true,
    }
}

fn engagement(
    client: ClientMark,
    partner: &str,
    team: &str,
    until: Option<&str>,
    standing: Standing,
) -> EngagementRow {
    EngagementRow {
        id: format!("{partner}-{team}"),
        client,
        partner: partner.to_owned(),
        team: team.to_owned(),
        from: "1 Mar 2026".to_owned(),
        until: until.map(str::to_owned),
        mailboxes: if until.is_some() { vec!["help@aurora.example".to_owned()] } else { Vec::new() },
        standing,
        may_end: standing != Standing::Ended,
    }
}

/// A new engagement.
pub fn engagement_new() -> EngagementNew {
    EngagementNew {
        shell: frame(Administration::Engagements),
        clients: choices(&[("1", "Aurora"), ("2", "pip")]),
        teams: vec![ChoiceGroup {
            heading: "Lisbon".to_owned(),
            choices: choices(&[("1", "Home electronics"), ("2", "Scooters")]),
        }],
        mailboxes: vec![
            ChoiceGroup { heading: "Aurora".to_owned(), choices: choices(&[("1", "help@aurora.example")]) },
            ChoiceGroup { heading: "pip".to_owned(), choices: vec![Choice::new("2", "hello@pip.example")] },
        ],
        from: "2026-08-01".to_owned(),
        until: String::new(),
    }
}

/// How letters leave.
pub fn outgoing_mail() -> OutgoingMail {
    OutgoingMail {
        shell: frame(Administration::OutgoingMail),
        host: "smtp.provider.example".to_owned(),
        port: "587".to_owned(),
        securities: choices(&[
            ("starttls", "STARTTLS (usual on port 587)"),
            ("tls", "TLS (usual on port 465)"),
            ("plain", "None (only on this machine)"),
        ]),
        user: "desk".to_owned(),
        has_password: true,
        test_to: "nela@desk.example".to_owned(),
        backlog: Some("3 letters wait, the oldest since 14:05.".to_owned()),
    }
}

/// Parked letters.
pub fn parked() -> Parked {
    let letter = |id: &str, reason: &str, subject: &str| ParkedLetter {
        id: id.to_owned(),
        reason: reason.to_owned(),
        from: "Ada Berg <ada@berg.example>".to_owned(),
        to: "old-address@aurora.example".to_owned(),
        subject: subject.to_owned(),
        snippet: "Hello, I wrote to this address last year and hope that it still works. My kettle leaks."
            .to_owned(),
        received: when("11:12"),
    };
    Parked {
        shell: frame(Administration::Parked),
        letters: vec![
            letter("1", "Nobody’s mailbox: old-address@aurora.example is no longer served.", "Kettle leaks"),
            letter("2", "The signature in the reply address doesn’t match.", "Re: your answer"),
        ],
        mailboxes: vec![ChoiceGroup {
            heading: "Aurora".to_owned(),
            choices: choices(&[("1", "help@aurora.example")]),
        }],
        pager: Pager::default(),
    }
}

/// Jobs, stuck and waiting.
pub fn jobs() -> Jobs {
    let job = |id: &str, kind: &str, error: Option<&str>, attempts| JobLine {
        id: id.to_owned(),
        kind: kind.to_owned(),
        subject: "AUR-1042".to_owned(),
        subject_url: Some("/preview/case".to_owned()),
        attempts,
        error: error.map(str::to_owned),
        next: Some(when("in 4 min")),
        since: when("13:50"),
    };
    Jobs {
        shell: frame(Administration::Jobs),
        stuck: vec![
            JobLine {
                next: None,
                ..job("1", "Send a reply", Some("The mail server refused the password (535)."), 12)
            },
            job("2", "Send a reply", Some("The mail server didn’t answer within 30 s."), 3),
        ],
        waiting: vec![job("3", "Read a mail", None, 0)],
        summary: "1,204 done in the last day, the newest 2 s ago.".to_owned(),
        pager: Pager::default(),
    }
}

/// The reader's account.
pub fn account() -> Account {
    let session = |id: &str, device: &str, is_this| Session {
        id: id.to_owned(),
        device: device.to_owned(),
        since: when("Monday"),
        seen: when("14:05"),
        is_this,
    };
    Account {
        permits: held_permits(),
        shell: shell("Account", Place::Account),
        name: "Marta Reis".to_owned(),
        email: "marta@lisbon.example".to_owned(),
        levels: levels(Vec::new()),
        uses_shortcuts: true,
        sessions: vec![session("1", "Firefox on Linux", true), session("2", "Safari on iPhone", false)],
    }
}

/// The postbox while a letter is read.
pub fn postbox() -> Postbox {
    let pane = Pane::Reading(Box::new(LetterOpen {
        way: Way::Received,
        from: "Aurora <help@aurora.example>".to_owned(),
        to: "Zofia Nowak <zofia.nowak@poczta.example>".to_owned(),
        subject: "Re: Ekspres nie podgrzewa wody".to_owned(),
        at: when("13:20"),
        language: Some(language("pl")),
        text: "Dzień dobry Pani Zofio,\n\nproszę przytrzymać przycisk pary przez 8 sekund.\n\nMarta Reis"
            .to_owned(),
        headers: vec![
            ("In-Reply-To".to_owned(), "<1f0c@poczta.example>".to_owned()),
            ("Message-ID".to_owned(), "<m.9f2@desk.example>".to_owned()),
        ],
        answer_url: Some("/preview/postbox-new".to_owned()),
        attachments: Vec::new(),
    }));
    Postbox { pane, ..postbox_with(Pane::Nothing) }
}

/// The postbox while a letter is written.
pub fn postbox_new() -> Postbox {
    postbox_with(Pane::Writing(Box::new(LetterDraft {
        name: "Zofia Nowak".to_owned(),
        address: "zofia.nowak@poczta.example".to_owned(),
        mailboxes: choices(&[
            ("help@aurora.example", "Aurora <help@aurora.example>"),
            ("hello@pip.example", "pip <hello@pip.example>"),
        ]),
        ..LetterDraft::default()
    })))
}

fn postbox_with(pane: Pane) -> Postbox {
    let letter = |way, subject: &str, is_current| LetterLine {
        url: "/preview/postbox".to_owned(),
        way,
        customer: "Zofia Nowak".to_owned(),
        mailbox: "help@aurora.example".to_owned(),
        subject: subject.to_owned(),
        at: when("13:20"),
        is_current,
    };
    Postbox {
        shell: shell("Demo postbox", Place::Postbox),
        letters: vec![
            letter(Way::Received, "Re: Ekspres nie podgrzewa wody", true),
            letter(Way::Written, "Ekspres nie podgrzewa wody", false),
        ],
        pager: Pager::default(),
        pane,
    }
}

fn held_permits() -> HeldPermits {
    HeldPermits {
        lines: vec![
            ("Aurora: everything, sample approved, until 31 May 2027".to_owned(), true),
            ("Aurora: refunds, every reply approved, until 1 Feb 2026".to_owned(), false),
        ],
        skills: vec!["heat pumps".to_owned(), "ovens".to_owned()],
    }
}
