//! Who is on call: duties in a rota, the addresses at which people are called, pages as they are kept.

use crate::{Span, on_call::Page};
use kernel::{CaseId, EngagementId, Instant, OnCallDutyId, PageId, PersonId};
use std::time::Duration;

/// A rota has no more levels.
pub const MOST_LEVELS: i64 = 9;
/// No duty lasts longer.
pub const LONGEST_DUTY: Duration = Duration::from_secs(31 * 24 * 3_600);

/// Somebody is on call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OnCallDuty {
    /// The duty.
    pub id: OnCallDutyId,
    /// For which engagement.
    pub engagement: EngagementId,
    /// On which level, from 1.
    pub level: i64,
    /// Who.
    pub person: PersonId,
    /// When.
    pub span: Span,
    /// Who entered it.
    pub entered_by: Option<PersonId>,
    /// When.
    pub entered_at: Instant,
}

kernel::worded! {
    /// How somebody is called.
    CallWay {
        /// By a letter.
        Mail = "mail" "E-mail",
        /// By a signed message to another program.
        Webhook = "webhook" "Webhook",
        /// By a message to a browser.
        Push = "push" "This browser",
    }
}

/// Where somebody is called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CallAddress {
    /// Who.
    pub person: PersonId,
    /// How.
    pub way: CallWay,
    /// The e-mail address or the URL.
    pub address: String,
    /// The keys of a browser, or the secret with which calls are signed; sealed, and empty where there is none.
    pub sealed_secret: String,
    /// When it was added.
    pub made_at: Instant,
    /// Why the last call didn't reach it; empty when it did.
    pub trouble: String,
}

/// A page as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptPage {
    /// The page.
    pub id: PageId,
    /// The case.
    pub case: CaseId,
    /// The engagement whose people are called.
    pub engagement: EngagementId,
    /// Why.
    pub because: String,
    /// Who began it; none where a rule did.
    pub begun_by: Option<PersonId>,
    /// When.
    pub begun_at: Instant,
    /// Who is called, and what has happened.
    pub page: Page,
}
