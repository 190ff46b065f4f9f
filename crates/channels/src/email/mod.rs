//! E-mail: reading what arrives, composing what leaves, receiving and sending over SMTP.

pub mod receiver;
pub mod sender;
pub mod html;
pub mod new_text;
pub mod read;

mod frame;
mod head;
mod parts;
mod phrases;
mod tags;
mod transfer;
mod words;
