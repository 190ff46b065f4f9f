//! The words that every room shares: ids, instants, addresses, language tags, who asks, and refusals.
//!
//! Nothing here reads a clock, draws a random number or touches the outside world.

mod address;
mod because;
mod case_words;
mod country;
mod id;
mod instant;
mod language;
pub mod language_names;
mod level;
mod promise;
mod reach;
mod refusal;
mod worded;

pub use address::EmailAddress;
pub use because::Because;
pub use case_words::{Channel, Priority, Tier};
pub use country::{Country, NotACountry};
pub use id::{
    BlobHash, CaseId, ClientId, CustomerId, EngagementId, EngineId, EscalationId, EventId, HandOverId, Id,
    JobId, LeaveId, MailboxId, MessageId, OnCallDutyId, PageId, PartnerId, PermitId, PersonId,
    PlaceRequestId, RawMailId, RememberedId, RoutingId, SeatId, ShiftId, TeamId, TermId, VendorId,
};
pub use instant::Instant;
pub use language::{LanguageTag, NotALanguage};
pub use level::Level;
pub use promise::{Counted, Metric, Party};
pub use reach::{Owner, Reach, Role, Seat, Sight};
pub use refusal::{Fault, Kind, Refused, Stop};
pub use worded::NoSuchWord;
