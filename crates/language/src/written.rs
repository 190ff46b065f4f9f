//! What stands in a text: its words, and what isn't words at all.

mod opaque;
mod spans;

pub(crate) use spans::{Gap, WordSpan, sentence_spans, word_spans};
