//! Dragoman: the help desk that a company can hand to an outside partner without losing its customers.

mod commands;
mod demo;
mod mailroom;
mod memory;
mod say;
mod server;
mod settings;

use clap::{Parser, Subcommand};
use std::process::ExitCode;

/// The help desk that a company can hand to an outside partner without losing its customers.
///
/// Try it: `dragoman demo` starts a whole example world on this machine and says where to look. Nothing leaves the machine.
/// Run it: `dragoman serve --data /var/lib/dragoman` and open the page that it names; the first visitor becomes its owner.
#[derive(Parser)]
#[command(name = "dragoman", version, max_term_width = 100)]
struct Program {
    #[command(subcommand)]
    command: Command,
}

// What each command teaches stands at its own struct: a sentence here would hide it.
#[derive(Subcommand)]
enum Command {
    Serve(commands::serve::Serve),
    Demo(commands::demo::Demo),
    Migrate(commands::migrate::Migrate),
    Backup(commands::backup::Backup),
    Restore(commands::backup::Restore),
    Doctor(commands::doctor::Doctor),
    #[command(subcommand)]
    Blobs(commands::blobs::Blobs),
    #[command(subcommand)]
    Mail(commands::mail::Mail),
    #[command(subcommand)]
    Coverage(commands::coverage::Coverage),
    #[command(subcommand)]
    Hours(commands::hours::Hours),
    #[command(subcommand)]
    Route(commands::route::Route),
    #[command(subcommand)]
    Language(commands::language::Language),
    #[command(subcommand)]
    Models(commands::models::Models),
    Bench(commands::bench::Bench),
}

fn main() -> ExitCode {
    memory::give_large_pieces_back();
    say::log_to_stderr();
    let program = Program::parse();
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return say::failed(&error.into()),
    };
    match runtime.block_on(run(program.command)) {
        Ok(code) => code,
        Err(error) => say::failed(&error),
    }
}

async fn run(command: Command) -> Result<ExitCode, say::Failure> {
    match command {
        Command::Serve(serve) => serve.run().await,
        Command::Demo(demo) => demo.run().await,
        Command::Migrate(migrate) => migrate.run().await,
        Command::Backup(backup) => backup.run().await,
        Command::Restore(restore) => restore.run().await,
        Command::Blobs(blobs) => blobs.run().await,
        Command::Doctor(doctor) => doctor.run().await,
        Command::Mail(mail) => mail.run().await,
        Command::Coverage(coverage) => coverage.run().await,
        Command::Hours(hours) => hours.run(),
        Command::Route(route) => route.run().await,
        Command::Language(language) => language.run().await,
        Command::Models(models) => models.run().await,
        Command::Bench(bench) => bench.run().await,
    }
}
