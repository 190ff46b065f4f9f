//! The pages before signing in: sign-in, invitation, first run.

use super::marks::Choice;
use super::shell::Flash;
use askama::Template;

/// `GET /sign-in`.
///
/// Forms: `POST /sign-in` with `email`, `password`, `then` (where to go afterwards; a path of ours or empty). In the demo
/// also `POST /sign-in/demo` with `person` (id), `then`.
#[derive(Debug, Clone, Template)]
#[template(path = "sign_in.html")]
pub struct SignIn {
    /// Why the last attempt was refused.
    pub flash: Option<Flash>,
    /// The e-mail address typed before.
    pub email: String,
    /// Where to go after signing in.
    pub then: String,
    /// The demo's people by company; empty outside the demo, which hides the list.
    pub companies: Vec<DemoCompany>,
}

/// A company of the demo with its people.
#[derive(Debug, Clone)]
pub struct DemoCompany {
    /// "Aurora", "Lisbon" …
    pub name: String,
    /// "client", "in-house team", "partner, Portugal" …
    pub kind: String,
    /// Its people.
    pub people: Vec<DemoPerson>,
}

/// A person of the demo, one click from signed in.
#[derive(Debug, Clone)]
pub struct DemoPerson {
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Initials.
    pub initials: String,
    /// "Team lead", "Representative" …
    pub role: String,
    /// Languages that the person answers in, as tags: `["pl", "en"]`.
    pub languages: Vec<String>,
}

/// `GET /invitations/{token}`. Form: `POST /invitations/{token}` with `name`, `password`.
#[derive(Debug, Clone, Template)]
#[template(path = "invitation.html")]
pub struct Invitation {
    /// Why the last attempt was refused.
    pub flash: Option<Flash>,
    /// The secret part of the link.
    pub token: String,
    /// Who invites: "Inês Duarte".
    pub invited_by: String,
    /// The address that was invited.
    pub email: String,
    /// "Representative in Lisbon · General".
    pub role: String,
    /// The name typed before, or suggested.
    pub name: String,
}

/// `GET /first-run`, while there is no owner.
///
/// Form: `POST /first-run` with `name`, `email`, `password`, and optionally `client`, `mailbox`, `language`.
#[derive(Debug, Clone, Template)]
#[template(path = "first_run.html")]
pub struct FirstRun {
    /// Why the last attempt was refused.
    pub flash: Option<Flash>,
    /// Typed before.
    pub name: String,
    /// Typed before.
    pub email: String,
    /// Typed before.
    pub client: String,
    /// Typed before.
    pub mailbox: String,
    /// Languages of the client's customers, one chosen.
    pub languages: Vec<Choice>,
}
