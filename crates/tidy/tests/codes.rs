//! Every stable code stands in `docs/reference/codes.md` or `codes-engagement.md`, on its own shelf: refusals, events, reasons, settings.
//!
//! A code is a literal of two words in small letters with a dot between them. What looks like one and is a file's name or a domain
//! for examples is told apart by its last word.

use crate::{
    reference::{self, differences, is_of_the_program},
    rust::{self, Kind, Source, Token},
    tree,
};
use std::collections::{BTreeMap, BTreeSet};

const PAGE: &str = "codes.md";
/// The codes of engagements at work.
const SECOND: &str = "codes-engagement.md";

/// Endings of files' names.
const FILES: [&str; 27] = [
    "bin", "css", "dat", "db", "dwg", "eml", "gif", "gz", "html", "ics", "jpg", "js", "json", "jsonl",
    "lock", "md", "msg", "pdf", "pem", "png", "sql", "svg", "toml", "tsv", "txt", "vcf", "zip",
];

/// Domains that nobody can have (RFC 2606), and those that stand in hints.
const DOMAINS: [&str; 8] = ["com", "eu", "example", "invalid", "local", "net", "org", "test"];

/// Where a code belongs on the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Shelf {
    Refusal,
    Reason,
    Setting,
    /// An event, or a change without one.
    Event,
}

/// With what the codes of reasons begin.
const REASONS: &[&str] = &[
    "threading.",
    "sifting.",
    "pace.",
    "fetching.",
    "own_people.",
    "loop.",
    "record.",
    "trust.",
    "understanding.",
    "memory.",
    "plain.",
    "routing.",
    "permits.",
    "handover.",
    "escalated.",
    "speakers.",
    "risk.",
    "turn.",
    "placement.",
];

fn is_code(text: &str) -> bool {
    let word = |word: &str| word.len() > 1 && word.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
    text.split_once('.').is_some_and(|(subject, what)| {
        word(subject) && word(what) && !FILES.contains(&what) && !DOMAINS.contains(&what)
    })
}

/// The texts of the tokens before a place, the nearest first.
fn before(tokens: &[Token], at: usize) -> impl Iterator<Item = &str> {
    tokens[..at].iter().rev().map(|token| token.text.as_str())
}

/// The `Kind::…` of the refusal whose code stands here.
fn kind_of_refusal(tokens: &[Token], at: usize) -> Option<&str> {
    let near: Vec<&str> = before(tokens, at).take(5).collect();
    match near.as_slice() {
        [",", kind, ":", ":", "Kind"] => Some(kind),
        _ => None,
    }
}

fn shelf(tokens: &[Token], at: usize) -> Shelf {
    let text = &tokens[at].text;
    let opened_by = before(tokens, at).nth(1).filter(|_| before(tokens, at).next() == Some("("));
    if kind_of_refusal(tokens, at).is_some() || opened_by == Some("refusal") {
        Shelf::Refusal
    } else if is_setting(tokens, at) {
        Shelf::Setting
    } else if REASONS.iter().any(|subject| text.starts_with(subject)) {
        Shelf::Reason
    } else {
        Shelf::Event
    }
}

/// The token is the key in `tx.setting(key)`, `tx.setting_or(key, …)` or `tx.set(key, …)`.
fn is_setting(tokens: &[Token], at: usize) -> bool {
    let path = |token: &&Token| token.kind == Kind::Word || token.text == ":";
    let start = at - tokens[..at].iter().rev().take_while(path).count();
    let near: Vec<&str> = before(tokens, start).take(4).collect();
    matches!(near.as_slice(), ["(", "setting" | "setting_or", ..] | ["(", "set", ".", "tx"])
}

/// The codes of the program, each on its shelf. Where a code is only compared or passed on, its other places decide.
fn codes<'a>(sources: impl Iterator<Item = &'a Source>) -> BTreeMap<String, Shelf> {
    let mut found: BTreeMap<String, Shelf> = BTreeMap::new();
    for source in sources {
        let literals = source.tokens.iter().enumerate().filter(|(_, token)| token.kind == Kind::Quoted);
        for (at, token) in literals.filter(|(_, token)| !token.in_test && is_code(&token.text)) {
            let shelf = shelf(&source.tokens, at);
            let known = found.entry(token.text.clone()).or_insert(shelf);
            *known = (*known).min(shelf);
        }
    }
    found
}

/// The keys of the table of settings, by literal or by the name of a constant.
fn settings(sources: &[&Source]) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for source in sources {
        let words = source.tokens.iter().enumerate().filter(|(at, token)| {
            !token.in_test && token.kind != Kind::Mark && *at > 3 && is_setting(&source.tokens, *at)
        });
        for (_, token) in words {
            match token.kind {
                Kind::Quoted => found.extend([token.text.clone()]),
                _ => found.extend(constant(sources, &token.text)),
            }
        }
    }
    found
}

/// What `const NAME: &str = "…"` says.
pub fn constant(sources: &[&Source], name: &str) -> Option<String> {
    let is = |window: &[Token]| {
        window[0].text == "const" && window[1].text == name && window[6].kind == Kind::Quoted
    };
    let windows = sources.iter().flat_map(|source| source.tokens.windows(7));
    windows.filter(|window| is(window)).map(|window| window[6].text.clone()).next()
}

fn program() -> Vec<&'static Source> {
    rust::sources().iter().filter(|source| is_of_the_program(source)).collect()
}

/// The rows of both pages.
fn rows() -> Vec<reference::Row> {
    [PAGE, SECOND].into_iter().flat_map(reference::rows).collect()
}

/// What the pages tell, with the part in which it stands.
fn told() -> Vec<(String, Shelf)> {
    let shelf = |part: &str| match part {
        "Refusals" => Shelf::Refusal,
        "Reasons" => Shelf::Reason,
        "Settings in the database" => Shelf::Setting,
        _ => Shelf::Event,
    };
    let rows = rows();
    rows.iter().filter_map(|row| Some((row.name()?.to_owned(), shelf(&row.part)))).collect()
}

/// How HTTP says a kind of refusal.
fn status(kind: &str) -> &'static str {
    match kind {
        "Invalid" => "422",
        "SignInNeeded" => "401",
        "NotAllowed" => "403",
        "NotFound" => "404",
        "Conflict" => "409",
        "TooMany" => "429",
        _ => "a status that this test doesn't know",
    }
}

#[test]
fn every_code_is_in_the_reference() {
    let sources = program();
    let mut codes: BTreeMap<String, Shelf> = codes(sources.iter().copied());
    codes.extend(settings(&sources).into_iter().map(|key| (key, Shelf::Setting)));
    let told = told();
    let names: Vec<String> = told.iter().map(|(name, _)| name.clone()).collect();
    let mut wrong = differences(PAGE, &codes.keys().cloned().collect(), &names);
    let misplaced = told.iter().filter(|(name, shelf)| codes.get(name).is_some_and(|known| known != shelf));
    wrong.extend(misplaced.map(|(name, shelf)| format!("{name} is no {shelf:?}, but a {:?}", codes[name])));
    tree::obeyed("A code stands in docs/reference/codes.md exactly once, in its own part:", wrong);
}

#[test]
fn refusals_have_the_status_that_the_reference_tells() {
    let rows = rows();
    let told: BTreeMap<&str, &str> =
        rows.iter().filter_map(|row| Some((row.name()?, row.cells.get(1)?.as_str()))).collect();
    let mut wrong = Vec::new();
    for source in program() {
        for (at, token) in source.tokens.iter().enumerate().filter(|(_, token)| is_code(&token.text)) {
            if let Some(kind) = kind_of_refusal(&source.tokens, at)
                && told.get(token.text.as_str()).is_some_and(|told| *told != status(kind))
            {
                wrong.push(format!("{}:{} {} is {kind}", source.path, token.first_line, token.text));
            }
        }
    }
    tree::obeyed("docs/reference/codes.md tells another status for these refusals:", wrong);
}

#[test]
fn codes_are_told_from_names_of_files() {
    fn check(text: &str, code: bool) {
        assert_eq!(is_code(text), code, "{text}");
    }
    check("case.not_found", true);
    check("relay.host", true);
    check("case.html", false);
    check("manifest.json", false);
    check("mail.example", false);
    check("help.aurora.example", false);
    check("Case.closed", false);
    check("a.b", false);
    check("It is done.", false);
}

#[test]
fn codes_are_found_with_their_shelves() {
    let text = "const FEED: &str = \"feed.changed\";\nconst DEMO: &str = \"demo\";\nfn a() {\n\
        (Kind::NotFound, \"case.not_found\", \"No.\");\nrefusal(\"request.too_slow\");\n\
        happened(tx, case, \"case.closed\");\nBecause::new(\"sifting.receipt\", \"\");\n\
        tx.set(\"relay.host\", x);\ntx.setting(postbox::DEMO);\nif code == \"case.not_found\" {}\npage(\"case.html\");\n}\n\
        #[test]\nfn b() { check(\"never.seen\") }";
    let source = Source::read("crates/desk/src/a.rs", text);
    let expected = [
        ("case.closed", Shelf::Event),
        ("case.not_found", Shelf::Refusal),
        ("feed.changed", Shelf::Event),
        ("relay.host", Shelf::Setting),
        ("request.too_slow", Shelf::Refusal),
        ("sifting.receipt", Shelf::Reason),
    ];
    let found = codes([&source].into_iter());
    assert_eq!(found, expected.map(|(code, shelf)| (code.to_owned(), shelf)).into());
    assert_eq!(settings(&[&source]), BTreeSet::from(["demo".to_owned(), "relay.host".to_owned()]));
}
