//! Pages: handlers, templates, assets.
//!
//! [`routes::routes`] is the table of contents: every address, who may open it, and the handler that answers it.

pub mod assets;
mod attempts;
mod faults;
mod fields;
mod frame;
pub mod gallery;
mod hits;
mod later;
mod live;
pub mod mailroom;
mod markdown;
mod pages;
pub mod routes;
mod said;
mod security;
mod session;
mod site;
mod uploads;
pub mod views;
mod words;

pub use routes::router;
pub use session::COOKIE;
pub use site::{Demo, Site};
