//! Pages for whoever was sent a link in a letter.

use super::{marks::Language, shell::Flash};
use askama::Template;
use cases::customer_words::CustomerWords;

/// `GET /replies/{token}`. Forms: `POST /replies/{token}/misunderstandings` with `words`, which may be empty;
/// `POST /replies/{token}/place-requests`.
#[derive(Debug, Clone, Template)]
#[template(path = "sent_reply.html")]
pub struct SentReply {
    /// What is said at the top.
    pub flash: Option<Flash>,
    /// Who wrote: "Aurora".
    pub client: String,
    /// The words of the page, in the customer's language.
    pub words: &'static CustomerWords,
    /// The language of the reply.
    pub language: Option<Language>,
    /// The reply, sanitised.
    pub body_html: String,
    /// What a machine translated it from, sanitised.
    pub original: Option<String>,
    /// The language of that.
    pub original_language: Option<Language>,
    /// They have said that they did not understand it.
    pub is_not_understood: bool,
    /// They have asked for somebody in their country.
    pub is_place_asked: bool,
    /// The link's token.
    pub token: String,
}

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
