//! Measures identification of languages and the making of search words; its figures stand in
//! `docs/reference/language-identification.md`.
//!
//! `cargo run --release -p language --example measure` reads the folder named by `DRAGOMAN_TEST_DATA`, or
//! `../shared/data`. With `LINGUA_MODELS`, the folder with the sources of lingua's model crates, it measures their sentences, too.

mod material;
mod own;
mod public;
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
    report::mixed(&mut out, &identifier, "own mails", &own::mixed())?;
    report::whole(&mut out, &identifier, "own mails in one language", &own::whole())?;
    report::whole(&mut out, &identifier, "messages in one language", &material.monolingual)?;
    report::whole(&mut out, &identifier, "three short messages in one language", &material.chatty)?;
    report::short(&mut out, &identifier, "short messages", &material.short)?;
    let six = |tag: &str| material::LANGUAGES.contains(&tag);
    for (name, texts) in [
        ("own short messages, six languages", own::short(six)),
        ("own short messages, 19 others", own::short(|tag| !six(tag))),
    ] {
        report::short(&mut out, &identifier, name, &texts.seen)?;
        report::short(&mut out, &identifier, &format!("{name}, held back"), &texts.unseen)?;
    }
    for public in public::read()? {
        report::by_language(&mut out, &identifier, &public)?;
    }
    report::pieces(&mut out, &identifier, &material.pieces)?;
    report::times(&mut out, &identifier, &material.monolingual)?;
    report::memory(&mut out, "after all texts")
}
