//! Who takes a case: rules by tables, floors against an oracle that looks at everybody, and invariants over long lives.

mod lives;
mod naive;
mod overflow;
mod permits;
mod rules;
mod world;
