//! Measures identification of languages and the making of search words; its figures stand in
//! `docs/reference/language-identification.md`.
//!
//! `cargo run --release -p language --example measure` reads the folder named by `DRAGOMAN_TEST_DATA`, or
//! `../shared/data`.

mod material;
mod report;

use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    let material = material::read()?;
    let mut out = std::io::stdout().lock();
    report::memory(&mut out, "before the first text")?;
    let identifier = language::Identifier::default();
    report::memory(&mut out, "with an identifier")?;
    for (count, when) in [(1, "after one text"), (100, "after 100 texts")] {
        report::identify(&identifier, &material.monolingual[..count]);
        report::memory(&mut out, when)?;
    }
    report::mixed(&mut out, &identifier, "mixed.jsonl", &material.mixed)?;
    report::mixed(&mut out, &identifier, "two sentences", &material.composed)?;
    report::whole(&mut out, &identifier, "messages in one language", &material.monolingual)?;
    report::whole(&mut out, &identifier, "three short messages in one language", &material.chatty)?;
    report::short(&mut out, &identifier, &material.short)?;
    report::pieces(&mut out, &identifier, &material.pieces)?;
    report::times(&mut out, &identifier, &material.monolingual)?;
    report::memory(&mut out, "after all texts")
}
