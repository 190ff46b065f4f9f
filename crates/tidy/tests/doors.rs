//! What only one place may do, and what nobody may: take a `bool` in public, sleep in a test.

use crate::{
    rust::{self, Kind, Source, Token},
    tree,
};

/// A piece of Rust, where it may stand, and what to do elsewhere.
const DOORS: [(&str, &[&str], &str); 6] = [
    ("Reach::of", &["people", "testkit", "kernel"], "a reach comes from `people`, from a session"),
    (
        "println!",
        &["dragoman"],
        "only the program speaks to the terminal; return a value or log with tracing",
    ),
    ("print!", &["dragoman"], "only the program speaks to the terminal; return a value or log with tracing"),
    (
        "eprintln!",
        &["dragoman"],
        "only the program speaks to the terminal; return a value or log with tracing",
    ),
    ("eprint!", &["dragoman"], "only the program speaks to the terminal; return a value or log with tracing"),
    ("process::exit", &["dragoman"], "only the program ends the program; return a fault"),
];

fn forced_doors(source: &Source) -> Vec<String> {
    let apart = source.path.contains("/examples/") || source.room().is_empty();
    let shut = DOORS.iter().filter(|(_, rooms, _)| !apart && !rooms.contains(&source.room()));
    let places = shut
        .flat_map(|(piece, _, why)| source.places_of(piece).into_iter().map(move |line| (line, piece, why)));
    places.map(|(line, piece, why)| format!("{}:{line} {piece}: {why}", source.path)).collect()
}

/// Tests that wait for a time instead of for what they are about. With tokio's paused clock `sleep` takes none.
fn sleeping_tests(source: &Source) -> Vec<String> {
    let places = source.test_places_of("thread::sleep").into_iter();
    places.filter(|_| source.room() != "testkit").map(|line| format!("{}:{line}", source.path)).collect()
}

/// Public functions outside of test code that take a `bool`.
fn bool_arguments(source: &Source) -> Vec<String> {
    let mut found = Vec::new();
    for (at, pair) in source.tokens.windows(2).enumerate() {
        let named = pair[0].text == "fn" && pair[1].kind == Kind::Word && !pair[0].in_test;
        if named && is_public(source, at) && takes_bool(source, at) {
            found.push(format!("{}:{} {}", source.path, pair[0].first_line, pair[1].text));
        }
    }
    found
}

/// `pub`, perhaps with `const`, `async` or `unsafe` between. `pub(crate)` is not public.
fn is_public(source: &Source, at: usize) -> bool {
    let mut before = source.tokens[..at].iter().rev();
    let word = before.find(|token| !matches!(token.text.as_str(), "const" | "async" | "unsafe"));
    word.is_some_and(|token| token.text == "pub")
}

/// An argument whose whole type is `bool`: `: bool` right before a comma or the closing bracket.
fn takes_bool(source: &Source, at: usize) -> bool {
    let Some(open) = arguments_of(source, at) else { return false };
    let arguments = &source.tokens[open..=source.closing(open)];
    let is_argument = |three: &[Token]| {
        three[0].text == ":" && three[1].text == "bool" && matches!(three[2].text.as_str(), "," | ")")
    };
    let inside = source.tokens[at].depth + 1;
    arguments.windows(3).any(|three| three[1].depth == inside && is_argument(three))
}

/// The bracket that opens the arguments of the function at `at`: the first one outside of `<…>`.
fn arguments_of(source: &Source, at: usize) -> Option<usize> {
    let mut angles = 0;
    for (place, token) in source.tokens.iter().enumerate().skip(at) {
        let arrow = token.text == ">" && source.tokens[place - 1].text == "-";
        match token.text.as_str() {
            "<" => angles += 1,
            ">" if !arrow => angles -= 1,
            "(" if angles == 0 && token.depth == source.tokens[at].depth => return Some(place),
            _ => {}
        }
    }
    None
}

#[test]
fn doors_stay_shut() {
    tree::obeyed(
        "These do what only another place may do:",
        rust::sources().iter().flat_map(forced_doors).collect(),
    );
}

#[test]
fn no_public_function_takes_a_bool() {
    tree::obeyed(
        "`send(true)` says nothing at the call. Give these an enum whose cases say what they mean:",
        rust::sources().iter().flat_map(bool_arguments).collect(),
    );
}

#[test]
fn no_test_sleeps() {
    tree::obeyed(
        "A sleeping test is slow on a good day and red on a bad one. Wait for the event, hand the rule another instant, or use \
         tokio's paused clock:",
        rust::sources().iter().flat_map(sleeping_tests).collect(),
    );
}

#[test]
fn forced_doors_are_seen() {
    fn check(path: &str, text: &str, found: usize) {
        assert_eq!(forced_doors(&Source::read(path, text)).len(), found, "{path}: {text}");
    }
    let reach = "fn a() { Reach::of(person, Owner::No, vec![]) }";
    check("crates/web/src/a.rs", reach, 1);
    check("crates/people/src/a.rs", reach, 0);
    check("crates/web/src/a.rs", "#[test]\nfn a() { Reach::of(1, 2, 3) }", 0);
    check("crates/web/src/a.rs", "fn a() { println!(\"a\") }", 1);
    check("crates/web/src/a.rs", "fn a() { say(\"println!\") }", 0);
    check("crates/web/examples/a.rs", "fn main() { println!(\"a\") }", 0);
    check("crates/dragoman/src/a.rs", "fn a() { println!(\"a\") }", 0);
}

#[test]
fn sleeping_tests_are_seen() {
    let text =
        "fn a() { std::thread::sleep(b) }\n#[cfg(test)]\nmod tests {\n  fn a() { std::thread::sleep(b) }\n}";
    assert_eq!(sleeping_tests(&Source::read("crates/jobs/src/a.rs", text)), ["crates/jobs/src/a.rs:4"]);
}

#[test]
fn bool_arguments_are_seen() {
    fn check(text: &str, found: usize) {
        assert_eq!(bool_arguments(&Source::read("crates/web/src/a.rs", text)).len(), found, "{text}");
    }
    check("pub fn send(now: bool) {}", 1);
    check("pub async fn send(&self, now: bool, then: u8) {}", 1);
    check("pub const fn send<F: Fn(bool)>(a: F, now: bool,) {}", 1);
    check("fn send(now: bool) {}", 0);
    check("pub(crate) fn send(now: bool) {}", 0);
    check("pub fn is_sent(&self) -> bool { true }", 0);
    check("pub fn send(now: Option<bool>, ask: impl Fn(u8) -> bool) {}", 0);
}
