//! E-mail: reading what arrives, composing what leaves, receiving and sending over SMTP.

pub mod receiver;
pub mod sender;
