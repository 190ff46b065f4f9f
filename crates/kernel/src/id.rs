//! Identifiers: one type for each kind of thing, so that a case can't be asked for with a person's id.

use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};
use uuid::Uuid;

/// What all ids have in common: they wrap a UUID (version 7, so that newer sorts later) and print as 32 hex digits.
pub trait Id: Copy + fmt::Display + FromStr {
    /// Makes the id from a UUID.
    fn from_uuid(uuid: Uuid) -> Self;
    /// The UUID inside.
    fn uuid(self) -> Uuid;
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident,)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(Uuid);

        impl Id for $name {
            fn from_uuid(uuid: Uuid) -> Self {
                Self(uuid)
            }
            fn uuid(self) -> Uuid {
                self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}", self.0.as_simple())
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, uuid::Error> {
                Uuid::try_parse(text).map(Self)
            }
        }

        impl TryFrom<String> for $name {
            type Error = uuid::Error;
            fn try_from(text: String) -> Result<Self, uuid::Error> {
                text.parse()
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> String {
                id.to_string()
            }
        }
    )*};
}

ids! {
    /// A company whose customers are served.
    ClientId,
    /// A contracted service company.
    PartnerId,
    /// A team of a partner, or a client's own.
    TeamId,
    /// One statement of work in force between a client and a team.
    EngagementId,
    /// An address at which a client receives mail.
    MailboxId,
    /// Somebody who signs in.
    PersonId,
    /// A role that a person holds at a client or in a team.
    SeatId,
    /// Somebody who uses a client's product and writes to us.
    CustomerId,
    /// One customer issue, from first contact to outcome.
    CaseId,
    /// One message, reply or note inside a case.
    MessageId,
    /// A mail as it was received, byte for byte.
    RawMailId,
    /// Something that happened.
    EventId,
    /// Work for later.
    JobId,
    /// An entry of a client's termbase.
    TermId,
    /// An entry of a client's translation memory.
    RememberedId,
    /// An engine elsewhere that translates, reached by its address.
    EngineId,
    /// A vendor to whom cases are escalated.
    VendorId,
    /// A stretch of time that somebody works.
    ShiftId,
    /// A stretch of time in which somebody doesn't work although they would.
    LeaveId,
    /// A stretch of time in which somebody is on call.
    OnCallDutyId,
    /// A case for which people are called.
    PageId,
    /// A case on its way from one shift, or one team, to another.
    HandOverId,
    /// A right to answer a client's customers.
    PermitId,
    /// A decision of routing.
    RoutingId,
    /// A part of a case that was handed to a specialist or a vendor.
    EscalationId,
    /// A customer's wish for somebody in their country.
    PlaceRequestId,
}

/// The SHA-256 of a blob, as 64 lower-case hex digits. It is also the blob's name.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct BlobHash(String);

impl BlobHash {
    /// Takes 64 lower-case hex digits; anything else is `None`, so a hash can safely become a file name.
    pub fn new(hex: &str) -> Option<Self> {
        let lower_hex = |b: u8| b.is_ascii_digit() || (b'a'..=b'f').contains(&b);
        (hex.len() == 64 && hex.bytes().all(lower_hex)).then(|| Self(hex.to_owned()))
    }

    /// The hex digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for BlobHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
