//! Statements: each is registered, is written the one way, and fits the schema on both engines.

use std::{
    fs,
    path::{Path, PathBuf},
};
use store::{STATEMENTS, Statement};
use testkit::on_both_stores;

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            found.extend(sources(&path));
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
    found
}

/// How many statements are written in each file of the rooms, without tests. A macro around one may make several of it.
fn written() -> Vec<(String, usize)> {
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let rooms = fs::read_dir(crates).unwrap().map(|room| room.unwrap().path().join("src"));
    let rooms = rooms.filter(|source| !source.ends_with("tidy/src"));
    let files = rooms.flat_map(|source| sources(&source));
    let written = files.map(|file| {
        let count = fs::read_to_string(&file).unwrap().matches("sql!(").count();
        let file = file.strip_prefix(concat!(env!("CARGO_MANIFEST_DIR"), "/..")).unwrap().to_owned();
        (format!("crates/{}", file.display()), count)
    });
    written.filter(|(_, count)| *count > 0).collect()
}

#[test]
fn every_statement_that_is_written_is_registered() {
    let written = written();
    assert!(written.len() > 10, "the source was not found: {written:?}");
    let registered = |file: &str| {
        STATEMENTS
            .iter()
            .filter(|known| known.place.rsplit_once(':').is_some_and(|(place, _)| place == file))
            .count()
    };
    let missing: Vec<_> = written.iter().filter(|(file, count)| registered(file) < *count).collect();
    assert!(
        missing.is_empty(),
        "does a crate with statements stand outside of testkit's dependencies? {missing:?}"
    );
}

#[test]
fn every_statement_fits_the_schema_on_both_engines() {
    on_both_stores(|place| async move {
        let mut refused = Vec::new();
        for statement in STATEMENTS {
            // One transaction each: PostgreSQL answers nothing more after a refusal.
            refused.extend(place.store.read(move |tx| tx.prepare(statement)).await.err());
        }
        let refused: Vec<String> = refused.iter().map(ToString::to_string).collect();
        assert!(refused.is_empty(), "{}:\n{}", place.engine, refused.join("\n"));
    });
}

/// The numbers of the placeholders in the order in which they first appear.
fn placeholders(text: &str) -> Vec<u32> {
    let mut found = Vec::new();
    for after in text.split('$').skip(1) {
        let digits: String = after.chars().take_while(char::is_ascii_digit).collect();
        let number = digits.parse().unwrap_or(0);
        if !found.contains(&number) {
            found.push(number);
        }
    }
    found
}

/// SQLite numbers placeholders as they come, whatever they are called.
#[test]
fn placeholders_first_appear_in_order() {
    let out_of_order = |statement: &&Statement| {
        placeholders(statement.text).iter().zip(1..).any(|(found, expected)| *found != expected)
    };
    let broken: Vec<&str> = STATEMENTS.iter().filter(out_of_order).map(|statement| statement.place).collect();
    assert!(broken.is_empty(), "{broken:#?}");
    assert_eq!(placeholders("a = $1 and b = $2 or a = $1"), [1, 2]);
    assert_eq!(placeholders("a = $2 and b = $1"), [2, 1]);
    assert_eq!(placeholders("a in ($1, $10, $2)"), [1, 10, 2]);
}

/// One spelling, without what only one engine knows.
#[test]
fn statements_are_in_lower_case_and_the_same_for_both() {
    let outside_quotes = |text: &str| text.split('\'').step_by(2).collect::<String>();
    let foreign = ["ilike", "now()", "::", "json", "array", "rowid", "begin", "commit", "pragma"];
    let broken: Vec<&str> = STATEMENTS
        .iter()
        .filter(|statement| {
            let text = outside_quotes(statement.text);
            text.chars().any(char::is_uppercase) || foreign.iter().any(|word| text.contains(word))
        })
        .map(|statement| statement.place)
        .collect();
    assert!(broken.is_empty(), "{broken:#?}");
}
