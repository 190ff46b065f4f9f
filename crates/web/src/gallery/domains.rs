//! Samples of the pages about sending domains.

use super::{aurora, pip, shell, when};
use crate::views::sending_domains::{
    DomainRow, KeyLine, Mark, Paste, RecordCard, SendingDomain, SendingDomains,
};
use crate::views::shell::{Administration, Place};

const PUBLIC: &str = "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAv9XYXG3uK95115mB4nJ37nGeNe2CrARm1agrbcnSk5oIaEfMZLUR\
    X8gPzoiNHZcfMZEVR6bAytxUhc5EvZIZrjSuEEeny";

fn mark(key: &'static str, icon: &'static str, words: &'static str) -> Mark {
    Mark { key, icon, words }
}

/// Domains in every state.
pub fn sending_domains() -> SendingDomains {
    let row = |name: &str, clients, mark, next: &str, checked| DomainRow {
        name: name.to_owned(),
        url: "#".to_owned(),
        mark,
        next: next.to_owned(),
        clients,
        mailboxes: vec![format!("help@{name}")],
        checked,
    };
    let at = Some(when("12:40"));
    SendingDomains {
        shell: shell("Sending domains", Place::Administration(Administration::OutgoingMail)),
        rows: vec![
            row("aurora.example", vec![aurora()], mark("in-force", "check", "Signed"), "", at.clone()),
            row(
                "service.example",
                vec![aurora(), pip()],
                mark("urgent", "alert", "Signed, record missing"),
                "A key’s record wasn’t found, so that nobody can check its signature. Put it into the DNS.",
                at.clone(),
            ),
            row(
                "pip.example",
                vec![pip()],
                mark("waiting", "clock", "Waits for its record"),
                "Paste the key’s record into the DNS, then check: signing begins when it is found.",
                at,
            ),
            row(
                "scooters.example",
                vec![pip()],
                mark("closed", "dot", "Not signed"),
                "Make keys to begin.",
                None,
            ),
            DomainRow {
                mailboxes: Vec::new(),
                ..row("old.example", Vec::new(), mark("urgent", "alert", "Key can’t be opened"), "", None)
            },
        ],
    }
}

/// One domain whose keys take turns, with records in every state.
pub fn sending_domain() -> SendingDomain {
    SendingDomain {
        shell: shell("aurora.example", Place::Administration(Administration::OutgoingMail)),
        name: "aurora.example".to_owned(),
        url: "#".to_owned(),
        mark: mark("in-force", "check", "Signed"),
        sentence: "Letters from this domain are signed with dragoman2. The next key takes over when its record is found."
            .to_owned(),
        clients: vec![aurora(), pip()],
        mailboxes: vec!["help@aurora.example".to_owned(), "pomoc@aurora.example".to_owned()],
        hosts: "smtp.aurora.example".to_owned(),
        keys: keys(),
        make: None,
        make_short: Some("Add a short key (Ed25519)"),
        records: records(),
        checked: Some(when("12:40")),
    }
}

fn paste(short: &str, value: &str) -> Paste {
    Paste {
        name: format!("{short}.aurora.example"),
        short: short.to_owned(),
        value: value.to_owned(),
        pieces: None,
    }
}

fn card(id: &str, heading: &str, mark: Mark, because: &str, found: &str, paste: Paste) -> RecordCard {
    RecordCard {
        id: id.to_owned(),
        heading: heading.to_owned(),
        purpose: "With it, others check that a letter was signed here and not changed.",
        mark,
        because: because.to_owned(),
        found: found.to_owned(),
        paste: Some(paste),
        is_right: false,
    }
}

fn records() -> Vec<RecordCard> {
    let value = format!("v=DKIM1; k=rsa; p={PUBLIC}{PUBLIC}QIDAQAB");
    let key = Paste {
        pieces: Some(format!("\"v=DKIM1; k=rsa; p={PUBLIC}\" \"{PUBLIC}QIDAQAB\"")),
        ..paste("dragoman3._domainkey", &value)
    };
    vec![
        RecordCard {
            is_right: true,
            ..card(
                "dkim-2",
                "Key dragoman2 (DKIM)",
                mark("in-force", "check", "Right"),
                "The record is right.",
                "",
                paste("dragoman2._domainkey", "v=DKIM1; k=rsa; p=MIIB"),
            )
        },
        card(
            "dkim-3",
            "Key dragoman3 (DKIM)",
            mark("urgent", "alert", "Missing"),
            "Nothing stands at dragoman3._domainkey.aurora.example yet. It can take some hours until a new record is seen.",
            "",
            key,
        ),
        card(
            "spf",
            "Servers that send (SPF)",
            mark("urgent", "alert", "Different"),
            "The record doesn’t say a:smtp.aurora.example. If no other word of it covers that server, change it to the one below.",
            "v=spf1 mx -all",
            paste("@", "v=spf1 mx a:smtp.aurora.example -all"),
        ),
        card(
            "dmarc",
            "Policy (DMARC)",
            mark("closed", "notice", "Can’t be looked up"),
            "_dmarc.aurora.example can’t be looked up: no DNS server answered in time. Check again later.",
            "",
            paste("_dmarc", "v=DMARC1; p=none; rua=mailto:postmaster@aurora.example"),
        ),
    ]
}

fn keys() -> Vec<KeyLine> {
    let key = |selector: &str, mark, sentence: &str| KeyLine {
        selector: selector.to_owned(),
        method: "RSA, 2,048 bits",
        mark,
        since: when("12 Mar 09:00"),
        sentence: sentence.to_owned(),
        may_begin: false,
        may_go: true,
    };
    vec![
        KeyLine { may_begin: true, ..key("dragoman3", mark("waiting", "clock", "Waits for its record"), "") },
        KeyLine { may_go: false, ..key("dragoman2", mark("in-force", "check", "Signs"), "") },
        key(
            "dragoman1",
            mark("closed", "lock", "Retired"),
            "Leave its record in the DNS until 19 Mar 09:00: letters that it signed are still under way.",
        ),
    ]
}
