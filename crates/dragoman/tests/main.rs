//! The program from outside: started, killed, asked, read about.

mod commands;
mod hostile;
mod installation;
mod killed;
mod pages;
mod program;
mod smtp;
