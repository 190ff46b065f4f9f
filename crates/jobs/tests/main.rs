//! Jobs on both engines: how runs end, who takes over, and that nothing runs twice at once.

#![allow(clippy::unwrap_used, reason = "in a test, what is missing is a failure")]

mod lanes;
mod outcomes;
