//! Every page and every route of the API stands in `docs/reference/routes.md`, with who may use it and, for JSON, each field.

use crate::{
    codes::constant,
    reference::{self, differences},
    rust::{self, Kind, Source, Token},
    tree,
};
use std::collections::BTreeSet;

const PAGE: &str = "routes.md";
const METHODS: [&str; 5] = ["GET", "POST", "PUT", "PATCH", "DELETE"];

/// The arguments of the call that opens at a bracket, as their last tokens.
fn arguments(source: &Source, open: usize) -> Vec<&Token> {
    let inside = &source.tokens[open + 1..source.closing(open)];
    let Some(depth) = inside.first().map(|token| token.depth) else { return Vec::new() };
    let parts = inside.split(|token| token.text == "," && token.depth == depth);
    parts.filter_map(<[Token]>::last).collect()
}

/// `SignedIn` as the page writes it: `signed in`.
fn words(name: &str) -> String {
    let mut words = String::new();
    for letter in name.chars() {
        if letter.is_uppercase() && !words.is_empty() {
            words.push(' ');
        }
        words.extend(letter.to_lowercase());
    }
    words
}

/// Lines of the pages' table of contents: `get(Who, "/path", handler)`, as `GET /path for who`.
fn pages(sources: &[&Source]) -> Vec<String> {
    let Some(source) = sources.iter().find(|source| source.path == "crates/web/src/routes.rs") else {
        return Vec::new();
    };
    let calls = source.tokens.windows(2).enumerate().filter(|(_, pair)| {
        METHODS.contains(&pair[0].text.to_uppercase().as_str()) && pair[1].text == "(" && !pair[0].in_test
    });
    let mut found = Vec::new();
    for (at, call) in calls {
        if let [who, path, _handler] = arguments(source, at + 1).as_slice() {
            let path = match path.kind {
                Kind::Quoted => path.text.clone(),
                _ => constant(sources, &path.text).unwrap_or_default(),
            };
            found.push(format!("{} {path} for {}", call[0].text.to_uppercase(), words(&who.text)));
        }
    }
    found
}

/// Lines of the API's table of contents: `("GET", "/path")`. All of them are for whoever is signed in.
fn api(sources: &[&Source]) -> Vec<String> {
    let api = sources.iter().filter(|source| source.path == "crates/api/src/lib.rs");
    let windows = api.flat_map(|source| source.tokens.windows(5));
    let lines = windows.filter(|line| METHODS.contains(&line[1].text.as_str()) && line[2].text == ",");
    lines.map(|line| format!("{} {} for signed in", line[1].text, line[3].text)).collect()
}

/// The addresses that the API's router answers.
fn answered(sources: &[&Source]) -> BTreeSet<String> {
    let api = sources.iter().filter(|source| source.path == "crates/api/src/lib.rs");
    let windows = api.flat_map(|source| source.tokens.windows(4));
    let routes = windows.filter(|call| call[0].text == "." && call[1].text == "route" && call[2].text == "(");
    routes.map(|call| call[3].text.clone()).collect()
}

/// The fields of the structs in the files that shape the API's answers and read its questions.
fn fields(sources: &[&Source]) -> BTreeSet<String> {
    const FILES: [&str; 3] =
        ["crates/api/src/shapes.rs", "crates/api/src/problem.rs", "crates/api/src/lib.rs"];
    let mut found = BTreeSet::new();
    for source in sources.iter().filter(|source| FILES.contains(&source.path.as_str())) {
        let structs = source.tokens.iter().enumerate().filter(|(_, token)| token.text == "struct");
        for (at, _) in structs {
            let rest = &source.tokens[at..];
            let Some(open) = rest.iter().position(|token| ["{", "(", ";"].contains(&token.text.as_str()))
            else {
                continue;
            };
            if rest[open].text == "{" {
                found.extend(names(&source.tokens[at + open..=source.closing(at + open)]));
            }
        }
    }
    found
}

/// The names of a struct's fields: words before a colon that isn't half of a `::`.
fn names(body: &[Token]) -> Vec<String> {
    let Some(depth) = body.first().map(|open| open.depth + 1) else { return Vec::new() };
    let is_field = |window: &&[Token]| {
        let begins = matches!(window[0].text.as_str(), "{" | "," | "pub");
        begins && window[1].kind == Kind::Word && window[1].depth == depth && window[2].text == ":"
    };
    let named = body.windows(4).filter(is_field).filter(|window| window[3].text != ":");
    named.map(|window| window[1].text.trim_start_matches("r#").to_owned()).collect()
}

fn told() -> Vec<String> {
    let rows = reference::rows(PAGE);
    let routes = rows.iter().filter_map(|row| match row.cells.as_slice() {
        [method, path, who, ..] if METHODS.contains(&method.as_str()) => {
            Some(format!("{method} {} for {who}", reference::quoted(path)?))
        }
        _ => None,
    });
    routes.collect()
}

#[test]
fn every_route_is_in_the_reference() {
    let sources: Vec<&Source> = rust::sources().iter().collect();
    let routes: BTreeSet<String> = pages(&sources).into_iter().chain(api(&sources)).collect();
    assert!(routes.len() > 30, "the tables of contents can't be read any more: {routes:?}");
    tree::obeyed(
        "A route is a row of docs/reference/routes.md: method, `path`, who may use it, what it does:",
        differences(PAGE, &routes, &told()),
    );
}

#[test]
fn the_api_lists_what_it_answers() {
    let sources: Vec<&Source> = rust::sources().iter().collect();
    let listed: BTreeSet<String> =
        api(&sources).iter().filter_map(|line| line.split(' ').nth(1)).map(str::to_owned).collect();
    assert_eq!(
        answered(&sources),
        listed,
        "`ROUTES` of the API names every address of its router, and no other"
    );
}

#[test]
fn every_field_of_the_api_is_in_the_reference() {
    let sources: Vec<&Source> = rust::sources().iter().collect();
    let page = tree::files().iter().find(|file| file.path == "docs/reference/routes.md");
    let text = page.map(|page| page.text.as_str()).unwrap_or_default();
    let missing = fields(&sources)
        .into_iter()
        .filter(|field| !text.contains(&format!("\"{field}\"")) && !text.contains(&format!("`{field}`")));
    tree::obeyed(
        "docs/reference/routes.md shows each field of the API, in an example or a table:",
        missing.collect(),
    );
}

#[test]
fn routes_are_found() {
    let text = "fn get<H>(who: Who) {}\nfn routes() {\n get(Anybody, assets::ROUTE, assets::serve);\n\
        post(Who::SignedIn, \"/cases/{case}\", case::show);\n}\n";
    let web = Source::read("crates/web/src/routes.rs", text);
    let assets = Source::read("crates/web/src/assets.rs", "const ROUTE: &str = \"/assets/{hash}\";");
    let found = pages(&[&web, &assets]);
    assert_eq!(found, ["GET /assets/{hash} for anybody", "POST /cases/{case} for signed in"]);
    let text = "const ROUTES: [(&str, &str); 1] = [(\"GET\", \"/api/cases\")];\nstruct A { pub id: String, b: std::io::Error }\n\
        struct B(u8);";
    let api_source = Source::read("crates/api/src/lib.rs", text);
    assert_eq!(api(&[&api_source]), ["GET /api/cases for signed in"]);
    assert_eq!(fields(&[&api_source]), BTreeSet::from(["b".to_owned(), "id".to_owned()]));
}
