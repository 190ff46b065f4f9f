//! Names that say nothing: what is called manager, helper or data could be called anything.

use crate::{
    rust::{self, Kind, Source},
    tree,
};

/// Words that no name may hold.
const NEVER: [&str; 9] =
    ["manager", "managers", "helper", "helpers", "util", "utils", "processor", "common", "misc"];

/// Words that no name may end with. A *data policy* and a *service level* are the field's own words.
const NEVER_LAST: [&str; 4] = ["service", "services", "data", "info"];

/// The kinds of things whose names are looked at.
const NAMED: [&str; 6] = ["struct", "enum", "trait", "type", "mod", "union"];

fn says_nothing(name: &str) -> bool {
    let words = words(name);
    let last = words.last().map(String::as_str).unwrap_or_default();
    NEVER_LAST.contains(&last) || words.iter().any(|word| NEVER.contains(&word.as_str()))
}

/// `MailRoute`, `mail_route` and `mail-route` are the words mail and route.
fn words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    for letter in name.chars() {
        let starts = letter.is_uppercase() || !letter.is_alphanumeric();
        if starts && words.last().is_some_and(|word| !word.is_empty()) {
            words.push(String::new());
        }
        if letter.is_alphanumeric() {
            words.last_mut().expect("it is never empty").extend(letter.to_lowercase());
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

fn empty_names(source: &Source) -> Vec<String> {
    let pairs = source
        .tokens
        .windows(2)
        .filter(|pair| NAMED.contains(&pair[0].text.as_str()) && pair[1].kind == Kind::Word);
    let empty = pairs.filter(|pair| says_nothing(&pair[1].text));
    empty.map(|pair| format!("{}:{} {}", source.path, pair[1].first_line, pair[1].text)).collect()
}

/// The part of a path that says nothing: a folder's or a file's name without its ending.
fn empty_part(path: &str) -> Option<String> {
    let mut parts = path.split('/').map(|part| part.split('.').next().unwrap_or_default());
    parts.any(says_nothing).then(|| path.to_owned())
}

#[test]
fn names_are_the_fields_own_words() {
    let ours = tree::files().iter().filter(|file| !file.path.starts_with("docs/"));
    let files = ours.filter_map(|file| empty_part(&file.path));
    tree::obeyed(
        "Use the field's own word for what it is or does (the glossary's left column), not manager, service, helper, util, \
         processor, data, info, common or misc:",
        files.chain(rust::sources().iter().flat_map(empty_names)).collect(),
    );
}

#[test]
fn empty_names_are_seen() {
    fn check(name: &str, empty: bool) {
        assert_eq!(says_nothing(name), empty, "{name}");
    }
    check("MailService", true);
    check("ServiceLevel", false);
    check("data_policy", false);
    check("case_data", true);
    check("PersonInfo", true);
    check("InformationRequest", false);
    check("TestHelpers", true);
    check("utils", true);
    check("Utilisation", false);
    check("commonwealth", false);
    let source = Source::read("a.rs", "mod misc; struct CaseManager; fn data() { let info = 1; }");
    assert_eq!(empty_names(&source), ["a.rs:1 misc", "a.rs:1 CaseManager"]);
    assert_eq!(empty_part("crates/common/src/a.rs"), Some("crates/common/src/a.rs".to_owned()));
    assert_eq!(empty_part("crates/web/assets/case-list.js"), None);
}
