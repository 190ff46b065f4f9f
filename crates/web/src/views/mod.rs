//! What each page shows: plain values that a handler fills and a template draws.
//!
//! Views know nothing of the store or of HTTP. Every struct names, in its own comment, the address that it belongs to
//! and the forms that its template sends: method, address, field names. All changes are form posts that redirect
//! (303) to the page they came from; a refused form may also answer 422 with the same view, refilled, and a flash.

pub mod account;
pub mod agreement;
pub mod board;
pub mod case;
pub mod client_words;
pub mod clients;
pub mod clocks;
pub mod consents;
pub mod coverage_map;
pub mod doorstep;
pub mod engagements;
pub mod engines;
pub mod escalations;
pub mod faults;
pub mod fetching;
pub mod gallery;
pub mod hand_overs;
pub mod holidays;
pub mod inbox;
pub mod jobs;
pub mod kinship;
pub mod levels;
pub mod mail;
pub mod mailbox;
pub mod marks;
pub mod meter;
pub mod on_call;
pub mod open_links;
pub mod people;
pub mod permits;
pub mod place;
pub mod plain;
pub mod postbox;
pub mod queue;
pub mod risk;
pub mod roster;
pub mod sending_domains;
pub mod shell;
pub mod speakers;
pub mod thread;
pub mod translations;
pub mod wording;
