//! Rules are pure: facts and an instant in, a decision with its reasons out.
//!
//! Which files are rules? All of `kernel`, and in a room every file but its tables. Elsewhere a file is one if its header
//! has a line `Rule: …`. A file in a room that has to touch the world says so in its header: `Not a rule: …` and why.

use crate::{
    arrows::ROOMS,
    rust::{self, Source},
    tree,
};

/// What nobody could do with a pencil.
const IMPURE: [&str; 22] = [
    "async",
    "await",
    "store::",
    "rusqlite",
    "postgres",
    "tokio",
    "rand::",
    "fs::",
    "net::",
    "env::",
    "process::",
    "thread::",
    "SystemTime",
    "Instant::now",
    "Timestamp::now",
    "Zoned::now",
    "Uuid::now_v7",
    "Uuid::new_v4",
    "OsRng",
    "File::open",
    "sql!",
    "Tx",
];

/// What may stand in a rule although it names the store: how a word is written down, which asks the database nothing.
const WRITTEN_DOWN: [&str; 2] = ["store::text_column!", "store::text_param!"];

fn is_rule(source: &Source) -> bool {
    let says = |mark: &str| source.header.iter().any(|line| line.starts_with(mark));
    let tables = source.path.ends_with("/tables.rs") || source.path.contains("/tables/");
    let in_room = ROOMS.contains(&source.room()) && source.path.contains("/src/") && !tables;
    says("Rule:") || (!says("Not a rule:") && (in_room || source.room() == "kernel"))
}

fn impure(source: &Source) -> Vec<String> {
    if !is_rule(source) {
        return Vec::new();
    }
    let written_down: Vec<usize> = WRITTEN_DOWN.iter().flat_map(|word| source.places_of(word)).collect();
    let found =
        IMPURE.iter().flat_map(|word| source.places_of(word).into_iter().map(move |line| (line, word)));
    let impure = found.filter(|(line, _)| !written_down.contains(line));
    impure.map(|(line, word)| format!("{}:{line} {word}", source.path)).collect()
}

#[test]
fn rules_are_pure() {
    tree::obeyed(
        "A rule could be done with a pencil: hand it the facts, the instant and the drawn number as arguments. Questions to \
         the database belong in `tables.rs`, steps in `desk`. If the file is no rule and has to be in this room, say in its \
         header `//! Not a rule:` and why. These rules reach out:",
        rust::sources().iter().flat_map(impure).collect(),
    );
}

#[test]
fn impure_rules_are_seen() {
    fn check(path: &str, text: &str, found: &[&str]) {
        assert_eq!(impure(&Source::read(path, text)), found, "{path}: {text}");
    }
    let rule = "crates/cases/src/a.rs";
    check(rule, "fn a(now: Instant) -> bool { true }", &[]);
    check(rule, "fn a() { let b = Timestamp::now(); }", &["crates/cases/src/a.rs:1 Timestamp::now"]);
    check(rule, "use store::Row;", &["crates/cases/src/a.rs:1 store::"]);
    check(rule, "store::text_column!(State);", &[]);
    check(rule, "async fn a() {}", &["crates/cases/src/a.rs:1 async"]);
    check(rule, "fn a() { std::env::var(\"A\") }", &["crates/cases/src/a.rs:1 env::"]);
    check(rule, "/// Never asks store::Row.\nfn a() {}", &[]);
    check(rule, "#[cfg(test)]\nmod tests { use store::Row; }", &[]);
    check(rule, "//! Salts.\n//!\n//! Not a rule: draws salts.\nuse rand::Rng;", &[]);
    check("crates/cases/src/tables.rs", "use store::Row;", &[]);
    check("crates/cases/tests/main.rs", "use store::Row;", &[]);
    check("crates/channels/src/send.rs", "async fn a() {}", &[]);
    check(
        "crates/channels/src/read.rs",
        "//! Rule: a letter.\nasync fn a() {}",
        &["crates/channels/src/read.rs:2 async"],
    );
}
