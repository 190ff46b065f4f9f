//! Engines inside this program: a folder of models, a thread for each model in use, a queue before each thread.

mod adding;
mod firefox;
mod manifest;
mod models;
mod quarters;
mod trial;
mod turns;

pub use adding::Adding;
pub use manifest::{Manifest, ModelFile, Part, part_of};
pub use models::Models;
pub use quarters::{Bare, Quarters};
pub use trial::Trial;
