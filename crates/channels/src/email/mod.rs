//! E-mail: fetching and receiving, reading what arrives, composing what leaves, sending.

pub mod compose;
pub mod dns;
pub mod domain_records;
pub mod door;
mod downloads;
pub mod fetcher;
pub mod html;
pub mod new_text;
pub mod outbox;
pub mod pictures;
pub mod read;
pub mod reading;
pub mod receiver;
pub mod sender;
pub mod signing;
pub mod trust;

mod armour;
mod ber;
mod calendar;
mod charset;
mod colours;
mod encoded_words;
mod frame;
mod head;
mod introductions;
mod links;
mod obstacles;
mod paint;
mod parts;
mod phrases;
mod shells;
mod tags;
mod tnef;
mod transfer;
mod untangle;
mod words;
