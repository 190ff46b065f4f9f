//! The house laws: each test reads the whole project and names what breaks one law, and what to do instead.

mod arrows;
mod codes;
mod docs;
mod doors;
mod foreign;
mod lengths;
mod limits;
mod names;
mod pages;
mod pointers;
mod purity;
mod reference;
mod routes;
mod rust;
mod schema;
mod sql;
mod tree;
