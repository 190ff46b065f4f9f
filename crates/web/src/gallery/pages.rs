//! Samples of the pages that representatives work on, and of those before signing in.

use super::rows::rows;
use super::{aurora, language, letters, marta, shell, when};
use crate::views::case::{
    Case, Composer, Customer, EarlierCase, EngagementLine, KeptFile, Later, Link, Participant, Properties,
    Sharing, Writing,
};
use crate::views::doorstep::{DemoCompany, DemoPerson, FirstRun, Invitation, SignIn};
use crate::views::escalations::{CaseEscalations, EscalationLine, StandingMark};
use crate::views::faults::{FaultInside, FaultOutside, Trouble};
use crate::views::inbox::{Empty, Filters, Inbox, Tab};
use crate::views::kinship::{Kinship, Relative};
use crate::views::marks::{CaseState, Choice, ChoiceGroup, Pager, Priority, When};
use crate::views::open_links::{SentReply, Unsubscription};
use crate::views::plain::{Plain, PlainHint};
use crate::views::shell::{Flash, FlashKind, Place};
use crate::views::translations::{Across, Crossing, FindingLine, WordLine};
use cases::customer_words::customer_words;

/// The inbox with cases.
pub fn inbox() -> Inbox {
    let mut all = rows();
    all.extend(rows().into_iter().enumerate().map(|(number, mut row)| {
        row.id = format!("x{number}");
        row.active = when("yesterday");
        row
    }));
    Inbox {
        gives_next: true,
        awaited: Vec::new(),
        shell: shell("Mine", Place::Mine),
        heading: "Mine".to_owned(),
        view: "mine".to_owned(),
        tabs: tabs(),
        filters: filters(),
        rows: all,
        pager: Pager {
            newer_url: None,
            older_url: Some("/preview/inbox?after=1".to_owned()),
            words: "1–12 of 87".to_owned(),
        },
        empty: Empty::Done,
    }
}

/// The inbox when all is done.
pub fn inbox_done() -> Inbox {
    Inbox { rows: Vec::new(), pager: Pager::default(), ..inbox() }
}

/// Search results.
pub fn search() -> Inbox {
    let mut page = inbox();
    page.shell.query = "trick".to_owned();
    page.shell.place = Place::Elsewhere;
    page.heading = "Search".to_owned();
    page.rows = rows().into_iter().skip(4).take(1).collect();
    page.filters.clear_url = Some("/preview/inbox".to_owned());
    page.pager = Pager { words: "1 case".to_owned(), ..Pager::default() };
    page
}

fn tabs() -> Vec<Tab> {
    let tab = |words: &str, count, is_current| Tab {
        url: "/preview/inbox".to_owned(),
        words: words.to_owned(),
        count,
        is_current,
    };
    vec![
        tab("Mine", Some(12), true),
        tab("Unassigned", Some(4), false),
        tab("All open", Some(87), false),
        tab("Closed", None, false),
    ]
}

fn filters() -> Filters {
    Filters {
        clients: choices(&[("", "Any client"), ("aurora", "Aurora"), ("pip", "pip")]),
        states: choices(&[("", "Any state"), ("new", "New"), ("open", "Open"), ("waiting", "Waiting")]),
        languages: choices(&[("", "Any language"), ("de", "German"), ("pl", "Polish")]),
        clear_url: None,
    }
}

/// Choices, the first of them chosen.
pub fn choices(pairs: &[(&str, &str)]) -> Vec<Choice> {
    let mut choices: Vec<_> = pairs.iter().map(|(value, words)| Choice::new(*value, *words)).collect();
    if let Some(first) = choices.first_mut() {
        first.is_chosen = true;
    }
    choices
}

const AWAY: &str = "Zofia Nowak is away until Thu 3 Dec 2026, says their automatic answer. For urgent matters it names jan.nowak@poczta.example.";

/// A case at work.
pub fn case() -> Case {
    Case {
        shell: shell("AUR-1042 Ekspres nie podgrzewa wody", Place::Elsewhere),
        plain: Plain::default(),
        id: "1042".to_owned(),
        reference: "AUR-1042".to_owned(),
        subject: "Ekspres nie podgrzewa wody".to_owned(),
        client: aurora(),
        state: CaseState::Open,
        priority: Priority::High,
        language: Some(language("pl")),
        assignee: Some(marta()),
        opened: when("12:47"),
        back: Link { url: "/preview/inbox".to_owned(), words: "Mine".to_owned() },
        newer_url: Some("/preview/case".to_owned()),
        older_url: Some("/preview/case-new".to_owned()),
        entries: letters::usual_thread(),
        earlier_url: Some("#".to_owned()),
        newest_url: None,
        composer: composer(),
        speakers: super::speakers::speakers(),
        clocks: super::clocks::clocks(),
        risk: super::speakers::risk(),
        place: super::speakers::place(),
        properties: properties(),
        customer: customer(),
        kinship: kinship(),
        escalations: escalations(),
        seams: super::seams::seams(),
        advice: Some("Name the button, and say how long it takes.".to_owned()),
        engagement: Some(EngagementLine {
            client: "Aurora".to_owned(),
            partner: "Lisbon".to_owned(),
            team: "Home electronics".to_owned(),
            until: Some("31 Dec 2026".to_owned()),
        }),
    }
}

/// A new case that nobody holds, with a draft that was begun.
pub fn case_new() -> Case {
    let mut page = case();
    page.state = CaseState::New;
    page.assignee = None;
    page.properties.is_mine = false;
    page.entries.truncate(2);
    page.composer.reply = "Dzień dobry Pani Zofio,\n\ndziękuję za wiadomość.".to_owned();
    page.composer.saved = Some(when("13:10"));
    page.customer.earlier = Vec::new();
    page
}

/// A long, closed case: the middle of the thread is folded.
pub fn case_long() -> Case {
    let mut page = case();
    page.state = CaseState::Closed;
    page.entries = letters::entries_in_every_state();
    page.composer.opens_with = Writing::Note;
    page.composer.obstacle = Some("The case is closed. Reopen it to write to the customer.".to_owned());
    page
}

fn properties() -> Properties {
    let group = |heading: &str, pairs: &[(&str, &str)]| ChoiceGroup {
        heading: heading.to_owned(),
        choices: pairs.iter().map(|(value, words)| Choice::new(*value, *words)).collect(),
    };
    let mut assignees = vec![
        group("Lisbon · Home electronics", &[("1", "Marta Reis"), ("2", "Inês Duarte")]),
        group("Kraków · Evening", &[("3", "Dominika Zając")]),
    ];
    assignees[0].choices[0].is_chosen = true;
    Properties {
        assignees,
        states: choices(&[("open", "Open"), ("waiting", "Waiting for the customer"), ("closed", "Closed")]),
        priorities: choices(&[("high", "High"), ("urgent", "Urgent"), ("normal", "Normal"), ("low", "Low")]),
        is_mine: true,
    }
}

fn earlier(reference: &str, subject: &str, state: CaseState) -> EarlierCase {
    EarlierCase {
        url: "/preview/case".to_owned(),
        reference: reference.to_owned(),
        subject: subject.to_owned(),
        state,
        active: when("14 May"),
    }
}

fn composer() -> Composer {
    Composer {
        across: Across::Needless,
        opens_with: Writing::Reply,
        to: "Zofia Nowak <zofia.nowak@poczta.example>".to_owned(),
        recipients: choices(&[
            ("zofia.nowak@poczta.example", "Zofia Nowak <zofia.nowak@poczta.example> (the customer)"),
            ("jan.nowak@poczta.example", "jan.nowak@poczta.example (was written to)"),
        ]),
        away: vec![AWAY.to_owned()],
        from: "Aurora <help@aurora.example>".to_owned(),
        reply: String::new(),
        note: String::new(),
        saved: None,
        obstacle: None,
        can_be_cleared: false,
        copies: "jan.nowak@poczta.example".to_owned(),
        kept_files: vec![KeptFile { position: 0, name: "manual.pdf".to_owned(), size: "240 kB".to_owned() }],
        later: Later {
            choices: vec![Choice::new("1", "Tomorrow 09:00"), Choice::new("2", "Monday 09:00")],
            their_zone: "Europe/Berlin".to_owned(),
            own_zone: "Europe/Lisbon".to_owned(),
            typed: String::new(),
        },
        signature_html: "<p>Marta Reis, Aurora</p>".to_owned(),
    }
}

fn customer() -> Customer {
    Customer {
        name: "Zofia Nowak".to_owned(),
        addresses: vec!["zofia.nowak@poczta.example".to_owned()],
        language: Some(language("pl")),
        since: when("12 May"),
        earlier: vec![earlier("AUR-873", "Kiedy będzie dostępny filtr?", CaseState::Closed)],
        others: vec![Participant {
            name: "jan.nowak@poczta.example".to_owned(),
            part: "was written to".to_owned(),
            came_back: false,
        }],
        sharing: Sharing {
            choices: choices(&[("", "As usual: own part"), ("whole", "everything")]),
            is_own_words: true,
        },
        away: vec![AWAY.to_owned()],
    }
}

fn kinship() -> Kinship {
    Kinship {
        follows: Some(relative("AUR-873", "Kiedy będzie dostępny filtr?", CaseState::Closed)),
        merged: vec![relative("AUR-1040", "Ekspres, drugi list", CaseState::Closed)],
        flood: Some("One sender wrote very many mails: since 12:47, further ones are filed here instead of opening cases. None is lost.".to_owned()),
        ..Kinship::default()
    }
}

fn relative(reference: &str, subject: &str, state: CaseState) -> Relative {
    Relative {
        id: reference.to_owned(),
        url: "/preview/case".to_owned(),
        reference: reference.to_owned(),
        subject: subject.to_owned(),
        state,
    }
}

/// Signing in to a real installation, after a wrong password.
pub fn sign_in() -> SignIn {
    SignIn {
        flash: Some(Flash {
            kind: FlashKind::Refused,
            sentence: "The address and the password don’t belong together.".to_owned(),
            hint: Some("Check both; after ten attempts you have to wait a minute.".to_owned()),
        }),
        email: "marta@lisbon.example".to_owned(),
        then: String::new(),
        companies: Vec::new(),
    }
}

/// Signing in to the demo.
pub fn sign_in_demo() -> SignIn {
    let person = |id: &str, name: &str, initials: &str, role: &str, languages: &[&str]| DemoPerson {
        id: id.to_owned(),
        name: name.to_owned(),
        initials: initials.to_owned(),
        role: role.to_owned(),
        languages: languages.iter().map(ToString::to_string).collect(),
    };
    let company =
        |name: &str, kind: &str, people| DemoCompany { name: name.to_owned(), kind: kind.to_owned(), people };
    SignIn {
        flash: None,
        email: String::new(),
        then: String::new(),
        companies: vec![
            company(
                "Installation",
                "runs everything",
                vec![person("0", "Nela Horvat", "NH", "Owner", &["en", "sl"])],
            ),
            company(
                "Aurora",
                "client, home electronics",
                vec![
                    person("5", "Katrin Vogel", "KV", "Support owner", &["de", "en"]),
                    person("6", "Tomás Gil", "TG", "Resolver", &["es", "en"]),
                ],
            ),
            company(
                "Lisbon",
                "partner, Portugal",
                vec![
                    person("2", "Inês Duarte", "ID", "Team lead", &["en", "es", "pl"]),
                    person("1", "Marta Reis", "MR", "Representative", &["pl", "en"]),
                    person("7", "Rui Tavares", "RT", "Representative", &["es", "en", "de"]),
                ],
            ),
        ],
    }
}

/// An invitation.
pub fn invitation() -> Invitation {
    Invitation {
        flash: None,
        token: "token".to_owned(),
        invited_by: "Inês Duarte".to_owned(),
        email: "rui@lisbon.example".to_owned(),
        role: "Representative in Lisbon · Home electronics".to_owned(),
        name: "Rui Tavares".to_owned(),
    }
}

/// A reply for the customer who was sent it, in their language.
pub fn sent_reply() -> SentReply {
    let polish = "pl".parse().unwrap_or_else(|_| kernel::LanguageTag::unknown());
    SentReply {
        flash: None,
        client: "Aurora".to_owned(),
        words: customer_words(&polish),
        language: Some(language("pl")),
        body_html: "<p>Szanowna Pani,</p><p>ekspres wyślemy jutro, 24 listopada, firmą DHL.</p>".to_owned(),
        original: Some(
            "<p>Dear Ms Kowalska,</p><p>we send the machine tomorrow, 24 November, by DHL.</p>".to_owned(),
        ),
        original_language: Some(language("en")),
        is_not_understood: false,
        is_place_asked: false,
        token: "token".to_owned(),
    }
}

/// The same after they said that they did not understand it.
pub fn sent_reply_not_understood() -> SentReply {
    SentReply { is_not_understood: true, is_place_asked: true, ..sent_reply() }
}

/// The end of automatic letters, offered.
pub fn unsubscription() -> Unsubscription {
    Unsubscription {
        flash: None,
        client: "Aurora".to_owned(),
        address: "marta.kowalska@poczta.example".to_owned(),
        is_over: false,
        token: "token".to_owned(),
    }
}

/// The same when they have ended.
pub fn unsubscription_over() -> Unsubscription {
    Unsubscription { is_over: true, ..unsubscription() }
}

/// The first start.
pub fn first_run() -> FirstRun {
    FirstRun {
        flash: None,
        name: String::new(),
        email: String::new(),
        client: String::new(),
        mailbox: String::new(),
        languages: choices(&[("en", "English"), ("de", "German"), ("pl", "Polish")]),
    }
}

/// Not found.
pub fn absent() -> FaultInside {
    FaultInside { shell: shell("Not found", Place::Elsewhere), trouble: Trouble::Absent }
}

/// A refusal.
pub fn refusal() -> FaultInside {
    let trouble = Trouble::Refusal {
        code: "case.already_so".to_owned(),
        sentence: "The case is already closed.".to_owned(),
        hint: Some("Reopen it to write to the customer.".to_owned()),
    };
    FaultInside { shell: shell("Refused", Place::Elsewhere), trouble }
}

/// A fault, for a stranger.
pub fn fault() -> FaultOutside {
    FaultOutside { trouble: Trouble::Fault { reference: "0198-7f3a".to_owned() } }
}

/// The page of a case whose reply stands there in two languages.
pub fn case_across() -> Case {
    let finding = |word, icon, key, why: &str| FindingLine {
        word,
        icon,
        key,
        own: Some("24 November".to_owned()),
        said: Some("4 listopada".to_owned()),
        why: why.to_owned(),
    };
    let crossing = Crossing {
        own: "We send the machine tomorrow, 24 November.".to_owned(),
        own_language: Some(language("en")),
        text: "Wyślemy ekspres jutro, 4 listopada.".to_owned(),
        language: Some(language("pl")),
        label: "Translated by a machine (Firefox en-pl).".to_owned(),
        back: "We will send the machine tomorrow, 4 November.".to_owned(),
        findings: vec![
            finding("Stop", "alert", "stop", "The day is another one. Correct it on one side."),
            finding("Look", "alert", "warn", "The sentence is shorter than usual."),
        ],
        words: vec![WordLine {
            own: "control unit".to_owned(),
            said: "sterownik".to_owned(),
            note: "The box below the seat.".to_owned(),
        }],
        is_stopped: true,
    };
    let hint = |passage: &str, why: &str, suggestion: &str| PlainHint {
        passage: passage.to_owned(),
        why: why.to_owned(),
        suggestion: suggestion.to_owned(),
    };
    let plain = Plain {
        is_looked_at: true,
        language: Some(language("en")),
        hints: vec![
            hint("ASAP", "An engine or a reader may not know the abbreviation.", "Write “soon”."),
            hint(
                "will be sent",
                "It doesn’t say who does it; other languages need somebody.",
                "Say who does it: “we”, “you”.",
            ),
        ],
        more: Vec::new(),
        reading: Some(
            "It is easier to read than 80 % of the last 120 replies for Aurora in English.".to_owned(),
        ),
    };
    let page = Case { plain, ..case() };
    Case { composer: Composer { across: Across::Drawn(Box::new(crossing)), ..page.composer }, ..page }
}

fn escalations() -> CaseEscalations {
    let line = |asked: &str, holder: &str, (words, key, icon): (&'static str, &'static str, &'static str)| {
        EscalationLine {
            url: "#".to_owned(),
            asked: asked.to_owned(),
            client: "Aurora".to_owned(),
            reference: "#K7QM-3XTP".to_owned(),
            case_url: None,
            holder: holder.to_owned(),
            standing: StandingMark { key, icon, words },
            since: When::new("2026-03-02T09:00:00Z", "09:00"),
            needed: Some(When::new("2026-03-04T09:00:00Z", "Wednesday 09:00")),
            is_late: key == "high",
            bounces: i64::from(key == "high"),
        }
    };
    let all = vec![
        line(
            "Why does the boiler stop after a minute?",
            "Norfab Repairs",
            ("Needs information", "high", "notice"),
        ),
        line("Does firmware 4.2 lose its settings?", "Rok Zupan", ("Open", "new", "state-new")),
    ];
    CaseEscalations { all, is_open: true }
}
