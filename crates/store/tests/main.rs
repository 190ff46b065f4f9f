//! The store on both engines: one test text, a fresh database of each.

mod backups;
mod blobs;
mod feed;
mod schema;
mod search;
mod writing;
