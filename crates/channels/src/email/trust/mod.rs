//! Checking senders: what the DNS, the mail's signatures and the server that brought it say about who sent it.

mod checking;
mod handover;
mod results;
mod weighing;

pub use checking::{Checker, WITHIN};
pub use handover::Believed;

#[cfg(test)]
mod tests;
