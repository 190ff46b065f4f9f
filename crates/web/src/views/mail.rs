//! Mail administration: how letters leave, and letters that wait for a decision.

use super::marks::{Choice, ChoiceGroup, Pager, When};
use super::shell::Shell;
use askama::Template;

/// `GET /outgoing-mail`.
///
/// Forms: `POST /outgoing-mail` with `host`, `port`, `security` = `tls`, `starttls` or `plain`, `user`;
/// `POST /outgoing-mail/test-letters` with `to`.
#[derive(Debug, Clone, Template)]
#[template(path = "outgoing_mail.html")]
pub struct OutgoingMail {
    /// The frame.
    pub shell: Shell,
    /// Host name of the mail server.
    pub host: String,
    /// Port.
    pub port: String,
    /// Ways to secure the connection, the present one chosen.
    pub securities: Vec<Choice>,
    /// User name, or empty.
    pub user: String,
    /// Whether the process was given a password; it is never stored.
    pub has_password: bool,
    /// Where a test letter would go: the reader's address.
    pub test_to: String,
    /// Letters that wait or failed: "3 letters wait, the oldest since 14:05"; none when all have left.
    pub backlog: Option<String>,
}

/// `GET /parked`.
///
/// Forms: `POST /parked/{id}/openings` with `mailbox` (opens it as a case there); `POST /parked/{id}/discardings`.
/// `GET /parked/{id}/raw` downloads the mail.
#[derive(Debug, Clone, Template)]
#[template(path = "parked.html")]
pub struct Parked {
    /// The frame.
    pub shell: Shell,
    /// The letters, oldest first.
    pub letters: Vec<ParkedLetter>,
    /// Mailboxes by client, to open a letter as a case.
    pub mailboxes: Vec<ChoiceGroup>,
    /// Neighbouring pages.
    pub pager: Pager,
}

/// A letter that nothing could place.
#[derive(Debug, Clone)]
pub struct ParkedLetter {
    /// Id.
    pub id: String,
    /// Why it waits, in plain words.
    pub reason: String,
    /// Sender.
    pub from: String,
    /// Recipient.
    pub to: String,
    /// Subject.
    pub subject: String,
    /// The beginning of the text.
    pub snippet: String,
    /// When it arrived.
    pub received: When,
}
