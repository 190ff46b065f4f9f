//! How long a file, a function and a line may be, and that every file says what it is about.

use crate::{
    rust::{self, Kind, Source},
    tree,
};

const CODE_LINES_OF_A_FILE: usize = 500;
const LINES_OF_A_FUNCTION: usize = 60;

/// Longest line before a file counts as made by a machine.
const LETTERS_OF_A_LINE: usize = 400;

/// Lines that a file may have that isn't Rust.
const OTHERS: [(&[&str], usize); 4] =
    [(&[".css"], 500), (&[".js", ".mjs"], 300), (&[".html"], 250), (&[".md"], 600)];

fn long_functions(source: &Source) -> Vec<String> {
    let functions = source
        .tokens
        .windows(2)
        .enumerate()
        .filter(|(_, pair)| pair[0].text == "fn" && pair[1].kind == Kind::Word);
    let long = functions.filter_map(|(at, pair)| {
        let lines = body_end(source, at)? - pair[0].first_line + 1;
        let (path, line, name) = (&source.path, pair[0].first_line, &pair[1].text);
        (lines > LINES_OF_A_FUNCTION).then(|| format!("{path}:{line} {name}: {lines} lines"))
    });
    long.collect()
}

/// The last line of the function whose `fn` stands at `at`; none if it has no body.
fn body_end(source: &Source, at: usize) -> Option<usize> {
    let depth = source.tokens[at].depth;
    let ends = |text: &str| matches!(text, "{" | ";");
    let after = source.tokens[at..].iter().position(|token| token.depth == depth && ends(&token.text))?;
    let open = at + after;
    (source.tokens[open].kind == Kind::Open).then(|| source.tokens[source.closing(open)].last_line)
}

fn long_file(path: &str, lines: usize, most: usize) -> Option<String> {
    (lines > most).then(|| format!("{path}: {lines} lines, at most {most}"))
}

fn long_line(path: &str, text: &str) -> Option<String> {
    let line = text.lines().position(|line| line.chars().count() > LETTERS_OF_A_LINE)?;
    Some(format!("{path}:{}", line + 1))
}

#[test]
fn every_rust_file_opens_with_its_subject() {
    let silent = rust::sources().iter().filter(|source| source.header.first().is_none_or(String::is_empty));
    tree::obeyed(
        "A file has one subject; its first line says it after `//!`. These say nothing:",
        silent.map(|source| source.path.clone()).collect(),
    );
}

#[test]
fn files_are_short() {
    let rust = rust::sources()
        .iter()
        .filter_map(|source| long_file(&source.path, source.code_lines(), CODE_LINES_OF_A_FILE));
    let others = tree::files().iter().filter_map(|file| {
        let (_, most) = OTHERS.iter().find(|(suffixes, _)| file.ends_with(suffixes))?;
        long_file(&file.path, file.text.lines().count(), *most)
    });
    tree::obeyed(
        "A file has one subject; a long one has several. Split these by subject:",
        rust.chain(others).collect(),
    );
}

#[test]
fn functions_are_short() {
    tree::obeyed(
        "A function does one thing. Name the parts of these and call them:",
        rust::sources().iter().flat_map(long_functions).collect(),
    );
}

#[test]
fn no_file_is_minified() {
    let written =
        tree::files().iter().filter(|file| file.ends_with(&[".rs", ".js", ".mjs", ".css", ".html"]));
    tree::obeyed(
        "Libraries come from npm by the lock file and are not committed; our own lines are for people. These lines are too long:",
        written.filter_map(|file| long_line(&file.path, &file.text)).collect(),
    );
}

#[test]
fn long_things_are_seen() {
    let long = format!(
        "fn short() {{}}\nfn long(\n  a: u8,\n) {{\n{}}}\ntrait T {{ fn none(); }}\n",
        "  a();\n".repeat(57)
    );
    assert_eq!(long_functions(&Source::read("a.rs", &long)), ["a.rs:2 long: 61 lines"]);
    let fits = format!("fn fits() {{\n{}}}\n", "a();\n".repeat(58));
    assert!(long_functions(&Source::read("a.rs", &fits)).is_empty());
    let commented = format!("{}{}", "// why\n\n".repeat(600), "fn a() {}\n".repeat(500));
    assert_eq!(Source::read("a.rs", &commented).code_lines(), 500);
    assert!(long_file("a.rs", 501, CODE_LINES_OF_A_FILE).is_some());
    assert_eq!(long_line("a.js", &format!("x\n{}", "y".repeat(401))), Some("a.js:2".to_owned()));
}
