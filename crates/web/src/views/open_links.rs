//! Pages for whoever was sent a link in a letter.

use super::shell::Flash;
use askama::Template;

/// `GET /unsubscriptions/{token}`. Form: `POST /unsubscriptions/{token}`.
#[derive(Debug, Clone, Template)]
#[template(path = "unsubscription.html")]
pub struct Unsubscription {
    /// What is said at the top.
    pub flash: Option<Flash>,
    /// Whose letters: "Aurora".
    pub client: String,
    /// Who gets them.
    pub address: String,
    /// They have ended.
    pub is_over: bool,
    /// The link's token.
    pub token: String,
}
