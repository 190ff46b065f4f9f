//! On call: who is called now, pages that go on, one's own duties and where one is called.

use super::marks::{Choice, When};
use super::shell::{Flash, Shell};
use askama::Template;

/// `GET /on-call`, made for a telephone.
///
/// Forms: `POST /on-call/pages/{page}/acknowledgements`; `POST /on-call/{engagement}/duties` with `person`, `level`, `from`,
/// `until`, `zone`; `POST /on-call/duties/{duty}/removals`; `POST /on-call/addresses` with `way`, `address`, `keys`;
/// `POST /on-call/addresses/removals` with `way`, `address`.
#[derive(Debug, Clone, Template)]
#[template(path = "on_call.html")]
pub struct OnCall {
    /// The frame.
    pub shell: Shell,
    /// Pages, those that go on first.
    pub pages: Vec<PageCard>,
    /// Who is on call, by engagement.
    pub engagements: Vec<RotaCard>,
    /// One's own next duties.
    pub own: Vec<DutyLine>,
    /// Where one is called.
    pub addresses: Vec<AddressLine>,
    /// One's own e-mail address, which is written to where there is no other.
    pub email: String,
    /// The zone of the forms.
    pub zone: String,
    /// The key with which browsers are asked for their address; empty where there is none.
    pub push_key: String,
}

/// A page.
#[derive(Debug, Clone)]
pub struct PageCard {
    /// "K7QM-3XTP".
    pub reference: String,
    /// The case; none where the reader doesn't see it.
    pub case_url: Option<String>,
    /// "Aurora".
    pub client: String,
    /// Why.
    pub because: String,
    /// When it began.
    pub begun: When,
    /// What has happened.
    pub trail: Vec<(When, String)>,
    /// When the next level is called.
    pub next: Option<When>,
    /// Who has taken it.
    pub taken_by: Option<String>,
    /// Nobody has, on any level.
    pub is_unanswered: bool,
    /// Where the reader takes it; none where they weren't called or it is taken.
    pub take_url: Option<String>,
}

/// Who is on call in an engagement.
#[derive(Debug, Clone)]
pub struct RotaCard {
    /// "Aurora".
    pub client: String,
    /// The engagement's name.
    pub name: String,
    /// Those who are on call now, by level.
    pub now: Vec<DutyLine>,
    /// Those who come next.
    pub next: Vec<DutyLine>,
    /// Where the form goes; none where the reader may not change the rota.
    pub add_url: Option<String>,
    /// Who can be put on call.
    pub people: Vec<Choice>,
}

/// A duty.
#[derive(Debug, Clone)]
pub struct DutyLine {
    /// "Level 1".
    pub level: String,
    /// Who.
    pub name: String,
    /// For what.
    pub client: String,
    /// From when.
    pub from: When,
    /// Until when.
    pub until: When,
    /// It is now.
    pub is_now: bool,
    /// Where it is removed; none where the reader may not.
    pub remove_url: Option<String>,
}

/// An address.
#[derive(Debug, Clone)]
pub struct AddressLine {
    /// How: its word.
    pub way: &'static str,
    /// How, for people.
    pub title: &'static str,
    /// The address itself, for the form.
    pub address: String,
    /// The address, shortened.
    pub shown: String,
    /// The secret with which calls to it are signed; empty where there is none.
    pub secret: String,
    /// Why the last call didn't reach it.
    pub trouble: String,
}

/// `GET /calls/{token}`: what a link calls somebody to. Form: `POST /calls/{token}/acknowledgements`.
#[derive(Debug, Clone, Template)]
#[template(path = "call.html")]
pub struct CallPage {
    /// What is said at the top.
    pub flash: Option<Flash>,
    /// Who was called.
    pub name: String,
    /// The page.
    pub call: PageCard,
    /// The link's token.
    pub token: String,
}
