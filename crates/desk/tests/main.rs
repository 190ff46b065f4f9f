//! The stories of the desk, each told once and run on both engines.

#![allow(clippy::unwrap_used, reason = "in a test, what is missing is a failure")]

mod receiving;
