//! Samples of the pages about mailboxes and outgoing mail.

use super::pages::choices;
use super::{aurora, pip, shell, when};
use crate::views::consents::{ConsentBegun, Consents, RegistrationForm};
use crate::views::fetching::{AccountForm, ConsentMark, Fetching, Left, MailboxRow, Mailboxes, Progress};
use crate::views::mailbox::{Identity, Mailbox, SignatureForm, SmarthostForm};
use crate::views::queue::{Group, Letter, Queue, Way};
use crate::views::shell::{Administration, Place};

/// One mailbox with a signature and a server of its own.
pub fn mailbox() -> Mailbox {
    let signature = |tag: &str, name: &str, text: &str| SignatureForm {
        language: tag.to_owned(),
        name: name.to_owned(),
        text: text.to_owned(),
        preview_html: format!("<p>{text}</p>"),
    };
    Mailbox {
        shell: shell("help@aurora.example", Place::Administration(Administration::Clients)),
        client: aurora(),
        id: "1".to_owned(),
        address: "help@aurora.example".to_owned(),
        identity: Identity {
            display_name: "Aurora".to_owned(),
            sender_names: choices(&[
                ("person_and_company", "Ana Sousa (Aurora)"),
                ("first_name", "Ana at Aurora"),
                ("company", "Aurora"),
            ]),
            letters_a_day: "2000".to_owned(),
        },
        signatures: vec![
            signature("de", "German", "{name}, Aurora Kundendienst"),
            signature("en", "English", "{name}, Aurora Support"),
        ],
        more_languages: choices(&[("pl", "Polish"), ("sl", "Slovenian")]),
        typed_signature: String::new(),
        smarthost: SmarthostForm {
            is_own: true,
            host: "smtp.aurora.example".to_owned(),
            port: "587".to_owned(),
            securities: choices(&[("starttls", "STARTTLS (usual on port 587)")]),
            user: "help@aurora.example".to_owned(),
            has_password: true,
            installations: "smtp.desk.example:587".to_owned(),
        },
        fetching: fetching(),
        test_to: "marta@lisbon.example".to_owned(),
    }
}

/// An account that can't be fetched.
pub fn failed() -> Progress {
    Progress {
        sentence: "The mail server imap.aurora.example:993 refuses user name or password. Enter them again; some providers \
                   want an app password."
            .to_owned(),
        next: Some(when("14:05")),
        taken: "312 mails taken".to_owned(),
        last: Some(when("12:40")),
        ..progress("urgent", "alert", "Can’t be fetched")
    }
}

fn progress(key: &'static str, icon: &'static str, words: &str) -> Progress {
    Progress {
        key,
        icon,
        words: words.to_owned(),
        sentence: String::new(),
        next: None,
        taken: String::new(),
        last: None,
    }
}

fn fetching() -> Fetching {
    Fetching {
        progress: failed(),
        is_named: true,
        may_try: true,
        consent: Some(ConsentMark {
            provider: "Google",
            is_given: true,
            given_by: "help@aurora.example".to_owned(),
        }),
        form: AccountForm {
            host: "imap.aurora.example".to_owned(),
            port: "993".to_owned(),
            securities: choices(&[("tls", "TLS (usual on port 993)")]),
            user: "help@aurora.example".to_owned(),
            sign_ins: choices(&[("google", "By signing in at Google")]),
            has_password: false,
            folder: "INBOX".to_owned(),
            first_fetches: choices(&[("from_now", "Only mail that comes from now on")]),
            after_intakes: choices(&[("mark_read", "Mark it as read")]),
            move_to: String::new(),
            is_on: true,
        },
        left: vec![Left {
            because: "A mail of 61 MB is too large: left on the server, UID 4711. The limit is 50 MB."
                .to_owned(),
            at: when("yesterday 17:02"),
        }],
    }
}

/// Mailboxes in every state.
pub fn mailboxes() -> Mailboxes {
    let row = |mark, address: &str, server: &str, progress| MailboxRow {
        client: Some(mark),
        url: "#".to_owned(),
        address: address.to_owned(),
        server: server.to_owned(),
        progress,
    };
    let waits = Progress { last: Some(when("13:55")), ..progress("in-force", "check", "Waiting for mail") };
    let aurora_server = "imap.aurora.example:993";
    Mailboxes {
        shell: shell("Mailboxes", Place::Administration(Administration::Clients)),
        summary: "6 mailboxes; 4 are fetched from IMAP accounts. One of them can’t be fetched at present."
            .to_owned(),
        rows: vec![
            row(aurora(), "help@aurora.example", aurora_server, failed()),
            row(
                aurora(),
                "pomoc@aurora.example",
                aurora_server,
                progress("new", "download", "Fetching, 13 of 200 done"),
            ),
            row(pip(), "hello@pip.example", "imap.pip.example:143", waits),
            row(
                pip(),
                "ayuda@pip.example",
                "imap.pip.example:143",
                progress("new", "clock", "About to be tried"),
            ),
            row(pip(), "old@pip.example", "imap.pip.example:143", progress("closed", "lock", "Switched off")),
            row(pip(), "sales@pip.example", "", progress("closed", "dot", "Not fetched")),
        ],
    }
}

/// Registered at Google, and not at Microsoft.
pub fn consents() -> Consents {
    Consents {
        shell: shell("Signing in at Google and Microsoft", Place::Administration(Administration::Clients)),
        return_address: "https://desk.example.com/consents/return".to_owned(),
        google: RegistrationForm {
            is_registered: true,
            client_id: "4711-abc.apps.googleusercontent.com".to_owned(),
            tenant: String::new(),
        },
        microsoft: RegistrationForm::default(),
    }
}

/// On the way to Google.
pub fn consent_begun() -> ConsentBegun {
    ConsentBegun {
        shell: shell("Sign in at Google", Place::Administration(Administration::Clients)),
        provider: "Google",
        user: "help@aurora.example".to_owned(),
        address: "#".to_owned(),
        mailbox_url: "#".to_owned(),
    }
}

/// The queue with everything that can be in it.
pub fn queue() -> Queue {
    let letter = |reference: &str, to: &str| Letter {
        reference: reference.to_owned(),
        case_url: Some("#".to_owned()),
        message_url: "#".to_owned(),
        to: to.to_owned(),
        mailbox: "help@aurora.example".to_owned(),
        written: when("12:40"),
        goes: Some(when("tomorrow 09:00")),
        is_ours: true,
    };
    let group = |because: &str, count: &str, more: &str| Group {
        because: because.to_owned(),
        count: count.to_owned(),
        since: Some(when("12:40")),
        next: Some(when("14:05")),
        letters: vec![letter("K7QM-3XTP", "zofia.nowak@poczta.example")],
        more: more.to_owned(),
    };
    let unreachable =
        "The outgoing mail server smtp.aurora.example:587 can’t be reached: connection refused.";
    Queue {
        shell: shell("Queue", Place::Administration(Administration::Queue)),
        summary: "Letters on their way: 313 waiting, 1 held, 1 scheduled.".to_owned(),
        warnings: vec![
            "help@aurora.example has sent 1700 of its 2000 letters of today. Beyond them, letters wait for tomorrow (UTC)."
                .to_owned(),
        ],
        ways: vec![Way {
            name: "smtp.aurora.example:587".to_owned(),
            server: "smtp.aurora.example:587".to_owned(),
            domain: String::new(),
            because: unreachable.to_owned(),
            next: when("14:05"),
            group: group(unreachable, "312 letters wait", "and 311 more"),
        }],
        groups: vec![group(
            "30 letters went to poczta.example this minute, so this one takes its turn.",
            "One letter waits",
            "",
        )],
        held: vec![Letter { goes: None, ..letter("3PZX-9AQM", "jan@poczta.example") }],
        scheduled: vec![letter("9QRT-44XM", "ola@poczta.example")],
        leaving: 0,
        may_try: true,
    }
}
