//! Every table and every column stands in `docs/reference/schema.md`, `schema-cases.md` or `schema-engagement.md`.

use crate::{
    reference::{self, differences, is_of_the_program},
    rust::{self, Kind},
    tree,
};
use std::collections::{BTreeMap, BTreeSet};

const PAGE: &str = "schema.md";

/// How a line of a table begins that is no column.
const NO_COLUMN: [&str; 5] = ["primary", "check", "foreign", "unique", "constraint"];

type Tables = BTreeMap<String, BTreeSet<String>>;

/// Takes one statement as the engines would.
fn take(tables: &mut Tables, statement: &str) {
    let words: Vec<&str> =
        statement.split(|c: char| c.is_whitespace() || c == '(').filter(|w| !w.is_empty()).collect();
    match words.as_slice() {
        ["create", "table", "if", "not", "exists", name, ..]
        | ["create", "table", name, ..]
        | ["create", "virtual", "table", name, ..] => {
            tables.entry((*name).to_owned()).or_default().extend(columns(statement));
        }
        ["alter", "table", name, "add", "column", column, ..] => {
            tables.entry((*name).to_owned()).or_default().insert((*column).to_owned());
        }
        ["alter", "table", name, "drop", "column", column, ..] => {
            tables.entry((*name).to_owned()).or_default().remove(*column);
        }
        ["drop", "table", name, ..] => drop(tables.remove(*name)),
        _ => {}
    }
}

/// The columns between the outer brackets of a statement. What is written `name = value` sets something.
fn columns(statement: &str) -> Vec<String> {
    let inside = statement.split_once('(').and_then(|(_, rest)| rest.rsplit_once(')'));
    let mut depth = 0;
    let parts = inside.map_or("", |(inside, _)| inside).split(|c: char| {
        depth += i32::from(c == '(') - i32::from(c == ')');
        c == ',' && depth == 0
    });
    let words = parts.map(|part| part.split_whitespace().collect::<Vec<_>>());
    let columns = words.filter(|words| words.get(1) != Some(&"="));
    let names = columns.filter_map(|words| words.first().map(|name| (*name).to_owned()));
    names.filter(|name| !NO_COLUMN.contains(&name.as_str())).collect()
}

/// The tables that the migrations make on either engine, and those that the store makes for itself.
fn made() -> Tables {
    let mut tables = Tables::new();
    let migrations = |path: &str| path.starts_with("crates/store/migrations/") && path.ends_with(".sql");
    let mut files: Vec<_> = tree::files().iter().filter(|file| migrations(&file.path)).collect();
    files.sort_by_key(|file| &file.path);
    for file in files {
        file.text.split(";\n").for_each(|statement| take(&mut tables, statement.trim()));
    }
    for source in
        rust::sources().iter().filter(|source| is_of_the_program(source) && source.room() == "store")
    {
        let literals = source.tokens.iter().filter(|token| token.kind == Kind::Quoted && !token.in_test);
        literals.for_each(|token| take(&mut tables, &token.text));
    }
    tables
}

fn names(tables: &Tables) -> BTreeSet<String> {
    let columns = |(table, columns): (&String, &BTreeSet<String>)| {
        columns.iter().map(|column| format!("{table}.{column}")).collect::<Vec<_>>()
    };
    tables.iter().flat_map(columns).collect()
}

#[test]
fn every_column_is_in_the_reference() {
    let rows: Vec<_> =
        [PAGE, "schema-cases.md", "schema-engagement.md"].into_iter().flat_map(reference::rows).collect();
    let told =
        rows.iter().filter_map(|row| Some(format!("{}.{}", reference::quoted(&row.section)?, row.name()?)));
    tree::obeyed(
        "A column is a row under its table's heading in docs/reference/schema.md:",
        differences(PAGE, &names(&made()), &told.collect::<Vec<_>>()),
    );
}

#[test]
fn tables_and_columns_are_found() {
    let mut tables = Tables::new();
    let steps = [
        "create table a (\n  id text primary key,\n  kind text check (kind in ('x', 'y')),\n  primary key (id, kind)\n)",
        "create virtual table b using fts5 (\n words, content = 'a', tokenize = \"ascii '_'\"\n)",
        "create table if not exists c (name text primary key)",
        "create index a_by_kind on a (kind)",
        "alter table a add column at bigint",
        "alter table a drop column kind",
        "drop table c",
    ];
    steps.iter().for_each(|step| take(&mut tables, step));
    assert_eq!(names(&tables).into_iter().collect::<Vec<_>>(), ["a.at", "a.id", "b.words"]);
}
