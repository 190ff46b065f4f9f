//! The language room from outside: what the meaning guard finds in texts with planted faults, risky topics and signals in messages.

#![allow(clippy::print_stdout, reason = "the figures are printed on demand")]

mod guard;
mod risk;
mod signals;
