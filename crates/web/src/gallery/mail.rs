//! Samples of the pages about mailboxes and outgoing mail.

use super::pages::choices;
use super::{aurora, shell};
use crate::views::mailbox::{Identity, Mailbox, SignatureForm, SmarthostForm};
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
        test_to: "marta@lisbon.example".to_owned(),
    }
}
