//! Plain language: how hard a text is to read, and what to simplify before it is translated.
//!
//! A readability figure means something within its language only, so a text is set beside the client's own approved texts
//! ([`rank`]) rather than beside a limit. [`hints()`] name the places where engines and readers stumble.

mod hints;
mod readability;
mod tables;

pub use hints::{Hint, HintKind, hints};
pub use readability::{Formula, Rank, Readability, rank, readability};
