//! Did they understand each other? Signals that somebody did not, and the rates that come of them.
//!
//! [`signals`] looks at a thread and names every [`Signal`] with its place and its reason; a [`Rate`] says how often, with its
//! interval, and [`expected_of`] what native handling of the same intents would have.

mod contact;
mod exchange;
mod measures;
mod phrases;
mod questions;
mod replies;
mod signal;

pub(crate) use phrases::Heard;

pub use exchange::{From, Instruction, Thread, Turn};
pub use measures::{Interval, Rate, expected_of};
pub use signal::{COUNTS_FROM, Signal, SignalKind};

use crate::terms::Term;

/// The signals of a thread, by message. `products` are the client's products, so that an answer about another one is seen.
pub fn signals(thread: &Thread, products: &[Term]) -> Vec<Signal> {
    let mut found = phrases::signals(thread);
    found.extend(questions::signals(thread));
    found.extend(contact::signals(thread));
    found.extend(replies::signals(thread, products));
    found.sort_by_key(|signal| (signal.message, signal.start, signal.kind));
    found.dedup_by_key(|signal| (signal.message, signal.kind));
    found
}

#[cfg(test)]
mod tests;
