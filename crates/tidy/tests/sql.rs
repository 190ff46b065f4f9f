//! SQL text stands in `tables.rs` (or a folder `tables`) and in the store, so that one look finds every question to the database.

use crate::{
    rust::{self, Kind, Source},
    tree,
};

/// How a statement begins, and a word that must follow for it to be one rather than a sentence.
const STATEMENTS: [(&str, &str); 9] = [
    ("select", " from "),
    ("insert into", "("),
    ("update", " set "),
    ("delete from", ""),
    ("with", " as ("),
    ("create table", "("),
    ("create index", " on "),
    ("create unique index", " on "),
    ("alter table", ""),
];

fn may_hold_sql(path: &str) -> bool {
    let room_tables = path.ends_with("/tables.rs") || path.contains("/tables/");
    room_tables || path.starts_with("crates/store/") || path.starts_with("crates/tidy/")
}

/// The text is a statement: all in lower or all in upper case as far as the words of SQL go.
fn is_sql(text: &str) -> bool {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let spelled = |begin: &str, then: &str| {
        text.strip_prefix(begin).is_some_and(|rest| rest.starts_with([' ', '(']) && rest.contains(then))
    };
    STATEMENTS
        .iter()
        .any(|(begin, then)| spelled(begin, then) || spelled(&begin.to_uppercase(), &then.to_uppercase()))
}

fn sql_outside(source: &Source) -> Vec<String> {
    if may_hold_sql(&source.path) {
        return Vec::new();
    }
    let literals = source.tokens.iter().filter(|token| token.kind == Kind::Quoted && is_sql(&token.text));
    let mut lines: Vec<usize> =
        literals.map(|token| token.first_line).chain(source.places_of("sql!")).collect();
    lines.sort_unstable();
    lines.dedup();
    lines.iter().map(|line| format!("{}:{line}", source.path)).collect()
}

#[test]
fn sql_stands_in_tables_only() {
    let scripts =
        tree::files().iter().filter(|file| file.path.ends_with(".sql") && !may_hold_sql(&file.path));
    let scripts = scripts.map(|file| file.path.clone());
    tree::obeyed(
        "SQL text belongs in the room's `tables.rs` or in the store. Move these statements there and call a function with \
         the field's name:",
        scripts.chain(rust::sources().iter().flat_map(sql_outside)).collect(),
    );
}

#[test]
fn sql_is_told_from_sentences() {
    fn check(text: &str, sql: bool) {
        assert_eq!(is_sql(text), sql, "{text}");
    }
    check("select id from cases where id = $1", true);
    check("  select id,\n     name\n from cases", true);
    check("SELECT 1 FROM cases", true);
    check("update cases set state = $1", true);
    check("insert into cases (id) values ($1)", true);
    check("with open as (select 1) select 2", true);
    check("delete from cases", true);
    check("create unique index a on b (c)", true);
    check("Select a case from the list", false);
    check("selected from the list", false);
    check("update the rate card", false);
    check("with regards as ever", false);
}

#[test]
fn sql_outside_tables_is_seen() {
    let text = "fn a() { sql!(\"select 1\"); }\nfn b() { run(r#\"delete from cases\"#) }\n";
    let at = |path: &str| sql_outside(&Source::read(path, text));
    assert_eq!(at("crates/cases/src/open.rs"), ["crates/cases/src/open.rs:1", "crates/cases/src/open.rs:2"]);
    assert!(at("crates/cases/src/tables.rs").is_empty());
    assert!(at("crates/cases/src/tables/threads.rs").is_empty());
    assert!(at("crates/store/src/search.rs").is_empty());
}
