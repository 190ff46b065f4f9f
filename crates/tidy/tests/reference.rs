//! The reference pages as their tables, and how one is compared with the sources: nothing missing, nothing that is gone.

use crate::{rust::Source, tree};
use std::collections::BTreeSet;

/// A row of a table.
#[derive(Debug, PartialEq, Eq)]
pub struct Row {
    /// The heading of the second level above it.
    pub part: String,
    /// The heading of the third level above it; empty when there is none.
    pub section: String,
    /// What stands in its cells.
    pub cells: Vec<String>,
}

impl Row {
    /// What the first cell names in backticks; rows that head a table name nothing.
    pub fn name(&self) -> Option<&str> {
        self.cells.first().and_then(|cell| quoted(cell))
    }
}

/// What a cell or a heading names, if it is one word in backticks.
pub fn quoted(text: &str) -> Option<&str> {
    text.strip_prefix('`')?.strip_suffix('`').filter(|name| !name.contains('`'))
}

/// The rows of a page of the reference.
pub fn rows(page: &str) -> Vec<Row> {
    let path = format!("docs/reference/{page}");
    let file = tree::files().iter().find(|file| file.path == path);
    rows_of(&file.unwrap_or_else(|| panic!("{path} is missing")).text)
}

/// The rows of all tables in a text, their headings and rulers left out as far as they name nothing.
pub fn rows_of(text: &str) -> Vec<Row> {
    let (mut part, mut section) = (String::new(), String::new());
    let mut rows = Vec::new();
    for line in text.lines() {
        if let Some(title) = line.strip_prefix("## ") {
            (part, section) = (title.to_owned(), String::new());
        } else if let Some(title) = line.strip_prefix("### ") {
            title.clone_into(&mut section);
        } else if let Some(inside) = line.strip_prefix('|').and_then(|line| line.strip_suffix('|')) {
            let cells = inside.split('|').map(|cell| cell.trim().to_owned()).collect();
            rows.push(Row { part: part.clone(), section: section.clone(), cells });
        }
    }
    rows
}

/// What the page lacks, what it names although it is gone, and what it names twice.
pub fn differences(page: &str, sources: &BTreeSet<String>, named: &[String]) -> Vec<String> {
    let told: BTreeSet<&String> = named.iter().collect();
    let missing = sources.iter().filter(|name| !told.contains(name)).map(|name| ("is missing", name));
    let gone = told.iter().filter(|name| !sources.contains(**name)).map(|name| ("is in no source", *name));
    let mut seen = BTreeSet::new();
    let twice = named.iter().filter(|name| !seen.insert(*name)).map(|name| ("stands twice", name));
    let all = missing.chain(gone).chain(twice);
    all.map(|(what, name)| format!("docs/reference/{page}: {name} {what}")).collect()
}

/// What runs in an installation: neither tests nor the crates that only tests use, nor the gallery's invented samples.
pub fn is_of_the_program(source: &Source) -> bool {
    let in_src = source.path.starts_with("crates/") && source.path.contains("/src/");
    let tried = source.path.ends_with("/tests.rs") || source.path.contains("/tests/");
    let sample = source.path.contains("/gallery/");
    in_src && !tried && !sample && !["testkit", "tidy"].contains(&source.room())
}

#[test]
fn tables_are_read_with_their_headings() {
    let text =
        "# Page\n## Part\n| a | b |\n|---|---|\n| `x.y` | *z* |\n### `cases`\n| `id` | it |\nno | row\n";
    let rows = rows_of(text);
    let named: Vec<_> =
        rows.iter().filter_map(|row| Some((&*row.part, &*row.section, row.name()?))).collect();
    assert_eq!(named, [("Part", "", "x.y"), ("Part", "`cases`", "id")]);
}

#[test]
fn what_differs_is_named() {
    let sources = BTreeSet::from(["a.b".to_owned(), "c.d".to_owned()]);
    let named = ["c.d".to_owned(), "e.f".to_owned(), "c.d".to_owned()];
    assert_eq!(
        differences("p.md", &sources, &named),
        [
            "docs/reference/p.md: a.b is missing",
            "docs/reference/p.md: e.f is in no source",
            "docs/reference/p.md: c.d stands twice"
        ]
    );
}
