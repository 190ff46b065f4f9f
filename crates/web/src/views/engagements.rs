//! Engagements: what is agreed between clients and partners, in force, coming and ended.

use super::marks::{Choice, ChoiceGroup, ClientMark};
use super::shell::Shell;
use askama::Template;

/// `GET /engagements`.
///
/// Form: `POST /engagements/{id}/endings` (ends it today).
#[derive(Debug, Clone, Template)]
#[template(path = "engagements.html")]
pub struct Engagements {
    /// The frame.
    pub shell: Shell,
    /// All engagements, those in force first.
    pub engagements: Vec<EngagementRow>,
    /// Whether the reader may make new ones.
    pub may_add: bool,
}

/// An engagement in the list.
#[derive(Debug, Clone)]
pub struct EngagementRow {
    /// Id.
    pub id: String,
    /// Client.
    pub client: ClientMark,
    /// Partner's name; the client's own for an in-house team.
    pub partner: String,
    /// Team's name.
    pub team: String,
    /// First day: "1 Mar 2026".
    pub from: String,
    /// Last day; none when open-ended.
    pub until: Option<String>,
    /// Addresses it covers; empty means all of the client's.
    pub mailboxes: Vec<String>,
    /// Where it stands.
    pub standing: Standing,
    /// Whether the reader may end it.
    pub may_end: bool,
}

/// Where an engagement stands today.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Begins later.
    Coming,
    /// In force.
    InForce,
    /// Over.
    Ended,
}

/// `GET /engagements/new`.
///
/// Form: `POST /engagements` with `client`, `team`, `from`, `until` (dates; `until` may be empty), `mailbox` (several
/// checkboxes: those that the team answers).
#[derive(Debug, Clone, Template)]
#[template(path = "engagement_new.html")]
pub struct EngagementNew {
    /// The frame.
    pub shell: Shell,
    /// Clients.
    pub clients: Vec<Choice>,
    /// Teams by partner.
    pub teams: Vec<ChoiceGroup>,
    /// Mailboxes by client.
    pub mailboxes: Vec<ChoiceGroup>,
    /// `YYYY-MM-DD`, typed before or today.
    pub from: String,
    /// `YYYY-MM-DD` or empty.
    pub until: String,
}

impl Standing {
    /// The key that styles select by.
    pub fn key(self) -> &'static str {
        match self {
            Self::Coming => "coming",
            Self::InForce => "in-force",
            Self::Ended => "ended",
        }
    }

    /// The word that people read.
    pub fn word(self) -> &'static str {
        match self {
            Self::Coming => "Coming",
            Self::InForce => "In force",
            Self::Ended => "Ended",
        }
    }

    /// The icon beside the word.
    pub fn icon(self) -> &'static str {
        match self {
            Self::Coming => "clock",
            Self::InForce => "check",
            Self::Ended => "state-closed",
        }
    }
}
