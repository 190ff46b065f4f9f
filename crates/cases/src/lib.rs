//! Cases, their messages and drafts: what a customer asked, what was answered, and in which thread a mail belongs.

pub mod absences;
pub mod approvals;
mod case;
pub mod corrections;
pub mod correspondence;
pub mod customer_words;
pub mod escalation;
pub mod escalation_forms;
pub mod handlings;
pub mod incoming;
pub mod letter;
mod list;
pub mod loops;
pub mod matter;
mod message;
pub mod misunderstandings;
pub mod outstanding;
pub mod own_people;
pub mod pace;
pub mod participants;
pub mod place_requests;
pub mod plan;
mod raw_mail;
mod reference;
mod refusals;
#[cfg(test)]
mod sample;
pub mod sharing;
pub mod sifting;
pub mod signals;
pub mod steps;
pub mod tables;
pub mod threading;
pub mod token;
pub mod topics;
pub mod translations;
pub mod trust;

pub use case::{Case, LastWord, State};
pub use kernel::{NoSuchWord, Priority};
pub use list::{Cursor, Filter, ListRow, Narrowed, View};
pub use message::{AttachmentRow, By, Delivery, Draft, DraftKind, Message, MessageKind, Span};
pub use plan::{CopyTo, DownloadRow, DraftFile, Plan, WhenAnswered};
pub use raw_mail::{HEAD, Kept, ParkedMail, RawMail, intake_key, message_id_in};
pub use reference::{reference, reference_of, shown_reference};
pub use refusals::CaseRefusal;
