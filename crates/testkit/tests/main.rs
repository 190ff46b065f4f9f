//! Every statement of the program, where all rooms are linked.

#![allow(clippy::unwrap_used, reason = "in a test, what is missing is a failure")]

mod statements;
