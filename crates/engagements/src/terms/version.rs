//! Rule: a version of terms: from when on it counts, who proposed it and who agreed.

use super::Terms;
use jiff::civil::Date;
use kernel::{EngagementId, Instant, PersonId};

kernel::worded! {
    /// Where a version stands.
    VersionState {
        /// Somebody still has to agree.
        Proposed = "proposed" "Proposed",
        /// It counts from its day on.
        Agreed = "agreed" "Agreed",
        /// It was taken back.
        Withdrawn = "withdrawn" "Withdrawn",
    }
}

store::text_column!(VersionState);
store::text_param!(VersionState);

kernel::worded! {
    /// A side of an engagement.
    Side {
        /// Whose customers are answered.
        Client = "client" "the client",
        /// Who answers them.
        Partner = "partner" "the partner",
    }
}

/// A version of an engagement's terms.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// The engagement.
    pub engagement: EngagementId,
    /// Its number, from 1.
    pub version: i64,
    /// The day from which it counts, in the engagement's zone.
    pub from_on: Date,
    /// Where it stands.
    pub state: VersionState,
    /// What it says.
    pub terms: Terms,
    /// Why it was changed.
    pub why: String,
    /// Who proposed it, and when; nobody, where the program did.
    pub proposed: Agreement,
    /// Who agreed for the client.
    pub client: Option<Agreement>,
    /// Who agreed for the partner.
    pub partner: Option<Agreement>,
    /// Who took it back.
    pub withdrawn: Option<Agreement>,
}

/// Who did something with a version, and when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Agreement {
    /// Who; nobody, where the program did.
    pub by: Option<PersonId>,
    /// When.
    pub at: Instant,
}

impl Version {
    /// The side on whose word it waits, of those that have to agree.
    pub fn waits_for(&self, sides: &[Side]) -> Vec<Side> {
        let has_agreed = |side: Side| match side {
            Side::Client => self.client.is_some(),
            Side::Partner => self.partner.is_some(),
        };
        match self.state {
            VersionState::Proposed => sides.iter().copied().filter(|side| !has_agreed(*side)).collect(),
            VersionState::Agreed | VersionState::Withdrawn => Vec::new(),
        }
    }
}
