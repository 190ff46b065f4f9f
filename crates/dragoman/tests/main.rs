//! The program from outside: started, killed, asked, read about.

mod commands;
mod killed;
mod program;
