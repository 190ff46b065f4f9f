//! One mailbox: as whom it writes, how it signs, through which server its letters leave, and from which account its mail is fetched.

use super::fetching::Fetching;
use super::marks::{Choice, ClientMark};
use super::shell::Shell;
use askama::Template;

/// `GET /clients/{client}/mailboxes/{mailbox}`.
///
/// Forms, all posts below that address: the address itself with `display_name`, `sender_name`, `letters_a_day`; `/signatures` with
/// `language`, `text`; `/smarthost` with `host`, `port`, `security`, `user`, `password`; `/smarthost/removals`; `/test-letters`
/// with `to`; and those of [`Fetching`].
#[derive(Debug, Clone, Template)]
#[template(path = "mailbox.html")]
pub struct Mailbox {
    /// The frame.
    pub shell: Shell,
    /// Whose it is.
    pub client: ClientMark,
    /// Id.
    pub id: String,
    /// "help@aurora.example".
    pub address: String,
    /// As whom it writes.
    pub identity: Identity,
    /// Its signatures, by language.
    pub signatures: Vec<SignatureForm>,
    /// Languages without a signature.
    pub more_languages: Vec<Choice>,
    /// What was typed as a new signature and refused.
    pub typed_signature: String,
    /// Through which server its letters leave.
    pub smarthost: SmarthostForm,
    /// From where its mail is fetched.
    pub fetching: Fetching,
    /// Where a test letter would go: the reader's address.
    pub test_to: String,
}

/// As whom a mailbox writes.
#[derive(Debug, Clone)]
pub struct Identity {
    /// The name beside the address: "Aurora".
    pub display_name: String,
    /// How senders are named, each as an example, the present one chosen.
    pub sender_names: Vec<Choice>,
    /// The most letters a day.
    pub letters_a_day: String,
}

/// A signature in one language.
#[derive(Debug, Clone)]
pub struct SignatureForm {
    /// The language's tag.
    pub language: String,
    /// The language: "German".
    pub name: String,
    /// The signature as typed.
    pub text: String,
    /// The signature as a letter shows it: trusted, made from Markdown by us.
    pub preview_html: String,
}

/// A mailbox's server.
#[derive(Debug, Clone)]
pub struct SmarthostForm {
    /// The mailbox has a server of its own.
    pub is_own: bool,
    /// Host name.
    pub host: String,
    /// Port.
    pub port: String,
    /// Ways to secure the connection, the present one chosen.
    pub securities: Vec<Choice>,
    /// User name, or empty.
    pub user: String,
    /// A password is kept.
    pub has_password: bool,
    /// The installation's server: "smtp.example.com:587"; empty when there is none.
    pub installations: String,
}
