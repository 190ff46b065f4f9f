//! Jobs on both engines: how runs end, who takes over, and that nothing runs twice at once.

mod lanes;
mod outcomes;
