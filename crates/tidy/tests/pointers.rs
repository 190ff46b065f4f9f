//! Where the documentation points into the code (`desk/src/receive.rs::place`), the file and the function are there.

use crate::{
    rust::{self, Source},
    tree,
};

/// The pointers in a text: what stands in backticks and holds a source file.
fn pointers(text: &str) -> Vec<&str> {
    let quoted = text.split('`').skip(1).step_by(2);
    quoted.filter(|quoted| quoted.contains("/src/") && quoted.contains(".rs")).collect()
}

/// Why a pointer leads nowhere.
fn lost<'a>(pointer: &str, sources: impl IntoIterator<Item = &'a Source>) -> Option<String> {
    let (path, function) = pointer.split_once("::").unwrap_or((pointer, ""));
    let path = format!("crates/{}", path.trim_start_matches("crates/"));
    let Some(source) = sources.into_iter().find(|source| source.path == path) else {
        return Some(format!("{pointer}: there is no such file"));
    };
    let defined = function.is_empty() || !source.places_of(&format!("fn {function}")).is_empty();
    (!defined).then(|| format!("{pointer}: the file has no such function"))
}

#[test]
fn pointers_into_the_code_lead_somewhere() {
    let pages = tree::files().iter().filter(|file| file.path.ends_with(".md"));
    let pointers = pages.flat_map(|page| pointers(&page.text).into_iter().map(move |at| (&page.path, at)));
    let lost = pointers.filter_map(|(page, at)| Some(format!("{page}: {}", lost(at, rust::sources())?)));
    tree::obeyed(
        "A page names a file or a function that has moved. Name the one that does it now:",
        lost.collect(),
    );
}

#[test]
fn lost_pointers_are_seen() {
    let text = "The rule `cases/src/a.rs::thread` and `tables.rs`; `crates/cases/src/a.rs`.";
    assert_eq!(pointers(text), ["cases/src/a.rs::thread", "crates/cases/src/a.rs"]);
    let source = Source::read("crates/cases/src/a.rs", "pub fn thread() {}");
    let check = |pointer: &str, found: Option<&str>| assert_eq!(lost(pointer, [&source]).as_deref(), found);
    check("cases/src/a.rs::thread", None);
    check("crates/cases/src/a.rs", None);
    check("cases/src/a.rs::join", Some("cases/src/a.rs::join: the file has no such function"));
    check("cases/src/b.rs", Some("cases/src/b.rs: there is no such file"));
}
