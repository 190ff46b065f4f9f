//! The commands, one file each.

pub mod backup;
pub mod bench;
pub mod blobs;
pub mod coverage;
pub mod demo;
pub mod doctor;
mod given;
pub mod hours;
pub mod language;
pub mod mail;
pub mod migrate;
pub mod models;
pub mod route;
pub mod serve;
