//! The language room from outside: what the meaning guard finds in texts with planted faults, and signals in messages.

mod guard;
mod signals;
