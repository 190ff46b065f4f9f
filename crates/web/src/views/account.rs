//! The reader's own account: name, languages, shortcuts, password, sessions.

use super::marks::When;
use super::shell::Shell;
use askama::Template;

/// `GET /account`.
///
/// Forms: `POST /account` with `name`, `shortcuts` = `on` (absent when off); `POST /account/languages`: see [`super::levels::Levels`];
/// `POST /account/password` with `current`, `new`; `POST /account/sessions/{id}/endings`; `POST /account/sign-outs`
/// (everywhere).
#[derive(Debug, Clone, Template)]
#[template(path = "account.html")]
pub struct Account {
    /// The frame.
    pub shell: Shell,
    /// Name.
    pub name: String,
    /// E-mail address, which only an owner changes.
    pub email: String,
    /// Their languages.
    pub levels: super::levels::Levels,
    /// Whose customers they may answer, and what they know.
    pub permits: super::permits::HeldPermits,
    /// Whether single-key shortcuts are on.
    pub uses_shortcuts: bool,
    /// Where the person is signed in.
    pub sessions: Vec<Session>,
}

/// A place where the person is signed in.
#[derive(Debug, Clone)]
pub struct Session {
    /// Id (not the secret).
    pub id: String,
    /// "Firefox on Linux".
    pub device: String,
    /// Since when.
    pub since: When,
    /// Last used.
    pub seen: When,
    /// Whether it's this one.
    pub is_this: bool,
}
