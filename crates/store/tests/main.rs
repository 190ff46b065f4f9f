//! The store on both engines: one test text, a fresh database of each.

#![allow(clippy::unwrap_used, reason = "in a test, what is missing is a failure")]

mod asking;
mod backups;
mod blobs;
mod buckets;
mod feed;
mod lost;
mod schema;
mod search;
mod writing;
