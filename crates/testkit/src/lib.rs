//! A small world to test in: a fresh database on each engine, a clock that stands still, two clients with their people, and a
//! pretend mail server.
//!
//! ```no_run
//! testkit::on_both_engines(|world| async move {
//!     let case = world.case_from_mail("help@aurora.example").await;
//!     world.reply("tiago", case, "We are on it.").await.expect("a representative may answer");
//! });
//! ```

mod bucket;
mod engines;
mod mail;
mod names;
mod people;
mod post;
mod scripted;
mod setting;
mod world;

pub use bucket::BucketServer;
pub use engines::{Place, both_stores, on_both_stores};
pub use mail::Mail;
pub use names::Names;
pub use people::PASSWORD;
pub use post::{Fate, Post};
pub use scripted::{Answer, Heard, Scripted};
pub use world::{Served, World, morning, on_both_engines};
