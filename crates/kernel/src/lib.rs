//! The words that every room shares: ids, instants, addresses, language tags, who asks, and refusals.
//!
//! Nothing here reads a clock, draws a random number or touches the outside world.

mod address;
mod because;
mod id;
mod instant;
mod language;
pub mod language_names;
mod reach;
mod refusal;

pub use address::EmailAddress;
pub use because::Because;
pub use id::{
    BlobHash, CaseId, ClientId, CustomerId, EngagementId, EngineId, EscalationId, EventId, HandOverId, Id,
    JobId, LeaveId, MailboxId, MessageId, OnCallDutyId, PageId, PartnerId, PermitId, PersonId,
    PlaceRequestId, RawMailId, RememberedId, RoutingId, SeatId, ShiftId, TeamId, TermId, VendorId,
};
pub use instant::Instant;
pub use language::{LanguageTag, NotALanguage};
pub use reach::{Owner, Reach, Role, Seat, Sight};
pub use refusal::{Fault, Kind, Refused, Stop};
