//! What a client and a partner agreed: which team is let into which client's workspace, from when until when, and the addresses
//! whose mail it answers. An in-house team is an engagement with oneself.

pub mod consent;
mod engagement;
pub mod engines;
pub mod fetching;
pub mod holidays;
mod identity;
pub mod placement;
mod refusals;
pub mod sending_domains;
mod smarthost;
pub mod tables;
pub mod terms;
pub mod vendors;

pub use engagement::{Engagement, Mailbox, Period, Standing, is_zone};
pub use identity::{Identity, LETTERS_A_DAY, PLACEHOLDERS, SenderName, Signature, Writer, letters_a_day};
pub use refusals::EngagementRefusal;
pub use smarthost::{Security, Smarthost};
