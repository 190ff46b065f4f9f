//! What this room refuses, with its stable codes.

use kernel::{Kind, Refused, Stop};

/// Why something about an engagement was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EngagementRefusal {
    /// A day isn't written as `2026-11-23`.
    NotADay,
    /// The last day is before the first.
    EndsBeforeItBegins,
    /// There is no such engagement, or it isn't theirs to see.
    NotFound,
    /// The zone isn't in the IANA database.
    UnknownZone,
    /// The address is another mailbox's.
    AddressTaken,
    /// The address isn't an e-mail address.
    NotAnAddress,
    /// It has ended already.
    Over,
    /// The client's own engagement can't be cut: somebody must be there for its customers.
    InHouseStays,
}

impl From<EngagementRefusal> for Refused {
    fn from(refusal: EngagementRefusal) -> Self {
        use EngagementRefusal as R;
        let (kind, code, sentence, hint) = match refusal {
            R::NotADay => {
                (Kind::Invalid, "engagement.not_a_day", "A day can't be read.", "Write it as 2026-11-23.")
            }
            R::EndsBeforeItBegins => (
                Kind::Invalid,
                "engagement.ends_before_it_begins",
                "The last day is before the first.",
                "Change one of the two, or leave the last day empty.",
            ),
            R::NotFound => (
                Kind::NotFound,
                "engagement.not_found",
                "There is no such engagement, or it isn't yours to see.",
                "",
            ),
            R::UnknownZone => (
                Kind::Invalid,
                "engagement.unknown_zone",
                "This time zone isn't known.",
                "Use a name of the IANA database, as Europe/Berlin.",
            ),
            R::AddressTaken => (
                Kind::Conflict,
                "mailbox.address_taken",
                "This address belongs to another mailbox.",
                "Each address leads to one client.",
            ),
            R::NotAnAddress => (
                Kind::Invalid,
                "mailbox.not_an_address",
                "This is not an e-mail address.",
                "It should look like help@example.com.",
            ),
            R::Over => (Kind::Conflict, "engagement.over", "This engagement has ended already.", ""),
            R::InHouseStays => (
                Kind::Conflict,
                "engagement.in_house_stays",
                "A client's own engagement can't be ended.",
                "When a partner's engagement ends, its mail falls back to this one.",
            ),
        };
        Self::new(kind, code, sentence).hint(hint)
    }
}

impl From<EngagementRefusal> for Stop {
    fn from(refusal: EngagementRefusal) -> Self {
        Self::Refused(refusal.into())
    }
}
