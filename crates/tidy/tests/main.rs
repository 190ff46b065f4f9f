//! The house laws: each test reads the whole project and names what breaks one law, and what to do instead.

mod arrows;
mod docs;
mod doors;
mod foreign;
mod lengths;
mod names;
mod pages;
mod purity;
mod rust;
mod sql;
mod tree;
