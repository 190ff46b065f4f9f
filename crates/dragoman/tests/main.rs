//! The program from outside: started, killed, asked, read about.

#![allow(clippy::unwrap_used, reason = "a test says by failing what it expected")]

mod buckets;
mod commands;
mod correspondence;
mod domains;
mod fetching;
mod hostile;
#[path = "../src/commands/bench/imap.rs"]
mod imap;
mod installation;
mod killed;
mod models;
mod pages;
mod program;
mod smtp;
mod strange;
