//! Language: which language each paragraph is in, and the words by which a text is found again.
//!
//! [`Identifier`] says the language of a message and of its parts; [`document_words`] and [`query_words`] turn text
//! into tokens that a full-text index can hold without knowing any language itself. [`terms`] are a client's own words, and
//! [`translation`] says a text in another language; [`meaning`] checks by rules whether it still says the same;
//! [`plain`] says what to simplify before; [`memory`] says again what was approved once;
//! [`place_wish`] hears a customer ask for somebody in their country; [`risk`] says where a wrong word is expensive, and [`understanding`] where somebody wasn't understood.

mod identification;
mod markup;
pub mod meaning;
pub mod memory;
mod place;
pub mod plain;
pub mod risk;
pub mod terms;
pub mod translation;
pub mod understanding;
mod words;
mod written;

pub use identification::{DEFAULT_LANGUAGES, Detector, Earlier, Identified, Identifier, Prior, Span};
pub use place::{PlaceWish, place_wish};
pub use words::{STEM_MARK, document_words, folded, query_words};
