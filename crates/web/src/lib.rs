//! Pages: handlers, templates, assets.

pub mod assets;
pub mod gallery;
pub mod views;
