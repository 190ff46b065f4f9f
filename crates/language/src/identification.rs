//! Which language a message and each of its paragraphs is in.
//!
//! The text is cut into sentences (`segments`), each sentence's telling words are picked (`votes`), a [`Detector`] says
//! how well they fit each language, and the likeliest sequence of languages is found (`sequence`), in which changing the
//! language costs more inside a paragraph than between two. All but the detector is plain arithmetic on text.

mod detector;
mod everyday;
mod identifier;
mod letters;
mod machine;
mod prior;
mod segments;
mod sentences;
mod sequence;
mod trigrams;
mod votes;

pub use detector::{DEFAULT_LANGUAGES, Detector};
pub use identifier::{Identified, Identifier, Span};
pub use prior::{Earlier, Prior};
pub(crate) use sentences::sentences;
