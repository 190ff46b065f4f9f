//! Clients: the list, a new one, one with its mailboxes.

use super::fetching::Progress;
use super::marks::{Choice, ClientMark};
use super::shell::Shell;
use askama::Template;

/// `GET /clients`.
#[derive(Debug, Clone, Template)]
#[template(path = "clients.html")]
pub struct Clients {
    /// The frame.
    pub shell: Shell,
    /// All clients within reach.
    pub clients: Vec<ClientLine>,
}

/// A client in the list.
#[derive(Debug, Clone)]
pub struct ClientLine {
    /// Its mark.
    pub mark: ClientMark,
    /// "English".
    pub language: String,
    /// "Europe/Berlin".
    pub zone: String,
    /// Mailbox addresses.
    pub mailboxes: Vec<String>,
    /// Open cases.
    pub open: u64,
    /// Engagements in force: "Lisbon · General".
    pub engagements: Vec<String>,
}

/// `GET /clients/new`. Form: `POST /clients` with `name`, `colour`, `language`, `zone`, `mailbox`.
#[derive(Debug, Clone, Template)]
#[template(path = "client_new.html")]
pub struct ClientNew {
    /// The frame.
    pub shell: Shell,
    /// The fields.
    pub form: ClientForm,
    /// The first mailbox's address, typed before.
    pub mailbox: String,
}

/// `GET /clients/{id}`.
///
/// Forms: `POST /clients/{id}` with `name`, `colour`, `language`, `zone`; `POST /clients/{id}/mailboxes` with `address`,
/// `display_name`; `POST /clients/{id}/mailboxes/{mailbox}/removals`.
#[derive(Debug, Clone, Template)]
#[template(path = "client.html")]
pub struct Client {
    /// The frame.
    pub shell: Shell,
    /// Its mark.
    pub mark: ClientMark,
    /// The fields.
    pub form: ClientForm,
    /// How its cases are carried on by mail.
    pub correspondence: Correspondence,
    /// What it doesn't leave to a machine alone.
    pub risk: super::risk::ClientRisk,
    /// Mailboxes.
    pub mailboxes: Vec<Mailbox>,
    /// Engagements of this client: sentence such as "Lisbon · General, until 31 Dec 2026".
    pub engagements: Vec<String>,
}

/// How a client's cases are carried on by mail, as a form shows it.
///
/// Form: `POST /clients/{id}/correspondence` with `reopens_for_days`, `same_subject_for_days`, `sharing` = `own` or `whole`.
#[derive(Debug, Clone, Default)]
pub struct Correspondence {
    /// For how many days an answer reopens a closed case.
    pub reopens_for_days: String,
    /// For how many days the same subject joins.
    pub same_subject_for_days: String,
    /// What others than the customer see.
    pub sharing: Vec<Choice>,
}

/// What describes a client.
#[derive(Debug, Clone, Default)]
pub struct ClientForm {
    /// Name.
    pub name: String,
    /// One of [`super::marks::COLOURS`].
    pub colour: String,
    /// Languages, the present one chosen.
    pub languages: Vec<Choice>,
    /// IANA time zone; free text with suggestions.
    pub zone: String,
    /// Suggested zones.
    pub zones: Vec<String>,
}

/// An address that customers write to.
#[derive(Debug, Clone)]
pub struct Mailbox {
    /// Id.
    pub id: String,
    /// "help@aurora.example".
    pub address: String,
    /// The sender's name in answers: "Aurora".
    pub display_name: String,
    /// How many cases came through it.
    pub cases: u64,
    /// How the fetching of its mail stands; none when no account is named.
    pub fetching: Option<Progress>,
}

impl ClientForm {
    /// The colours to choose from.
    pub fn colours(&self) -> &'static [&'static str] {
        &super::marks::COLOURS
    }
}
