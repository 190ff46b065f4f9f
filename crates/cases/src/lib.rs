//! Cases, conversations, messages and drafts: what a customer asked, what was answered, and in which thread a mail belongs.

pub mod incoming;
pub mod letter;
pub mod sifting;
pub mod threading;
