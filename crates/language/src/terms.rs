//! A client's words: which concept they name, how it is said in each language, and what must not be said.
//!
//! A [`Term`] is one concept in one sense: *short* for a curt person and *short* for a brief answer are two terms. A list of
//! terms is a client's termbase; a [`Finder`] says where its terms stand in a text.

mod finder;
mod importing;
mod protecting;
#[cfg(test)]
mod samples;
mod table;
mod tbx;
mod term;

pub use finder::{Finder, Found, Sense, Written};
pub use importing::{Imported, Problem};
pub use protecting::protected;
pub use table::{from_csv, to_csv};
pub use tbx::{from_tbx, to_tbx};
pub use term::{Form, PartOfSpeech, Status, Term, TermKind, UnknownWord};
