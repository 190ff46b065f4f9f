//! The house laws are this crate's tests; there is nothing to import. Each law is one file in `tests/`.
