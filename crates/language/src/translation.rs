//! Saying it in another language: the port [`Translator`], what stands behind it, and the way in which structure survives.
//!
//! A text is cut into runs of prose (`lines`) and those into sentences (`cuts`). What an engine would break is found (`marks`) and
//! masked (`mask`), the engine says the rest, and what comes back is checked: each mask exactly once, every number. If something was
//! lost, the sentence is said again with every number masked, and after that in pieces around the masks (`course`).

mod confidence;
mod course;
mod cuts;
mod digits;
mod embedded;
mod engine;
mod engines;
mod lines;
mod marks;
mod mask;
mod plan;
mod port;
mod recalled;
mod replay;
mod script;
#[cfg(test)]
mod tests;
mod tokens;
mod trouble;
mod untranslated;

pub use embedded::{Adding, Bare, Manifest, ModelFile, Models, Part, Quarters, Trial, part_of};
pub use engine::{Engine, Spoken, Turn};
pub use engines::{Engines, MOST_BYTES};
pub use plan::sentences;
pub use port::{
    Direction, How, Known, Priority, Protected, Request, Say, Saying, Segment, Translation, Translator, Way,
};
pub use recalled::recalled;
pub use replay::Replay;
pub use trouble::Trouble;
pub use untranslated::Untranslated;
