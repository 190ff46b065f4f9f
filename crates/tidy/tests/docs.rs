//! The documentation is true as far as a test can see: links lead somewhere, and the drawing shows the rooms that exist.

use crate::tree;
use std::collections::BTreeSet;

/// The targets of `[text](target)` that are files of this project, without their `#part`.
fn local_links(text: &str) -> Vec<&str> {
    let mut in_code = false;
    let prose = text.lines().filter(|line| {
        in_code ^= line.trim_start().starts_with("```");
        !in_code
    });
    let targets = prose.flat_map(|line| line.split("](").skip(1)).filter_map(|rest| rest.split(')').next());
    let local = targets
        .filter(|target| !target.contains("://") && !target.starts_with(['#', '<']) && !target.contains(' '));
    local
        .filter(|target| !target.starts_with("mailto:"))
        .map(|target| target.split('#').next().unwrap_or(target))
        .collect()
}

/// The decisions whose number another one has, or whose file is not called `NNNN-name.md`.
fn misnumbered(names: &[&str]) -> Vec<String> {
    let mut seen = BTreeSet::new();
    let well =
        |name: &str| name.len() > 5 && name[..4].bytes().all(|b| b.is_ascii_digit()) && &name[4..5] == "-";
    let wrong = names.iter().filter(|name| !well(name) || !seen.insert(name[..4].to_owned()));
    wrong.map(|name| (*name).to_owned()).collect()
}

#[test]
fn links_lead_somewhere() {
    let mut dead = Vec::new();
    for file in tree::files().iter().filter(|file| file.path.ends_with(".md")) {
        let here = tree::root().join(&file.path);
        let folder = here.parent().expect("a file stands in a folder");
        let lost = local_links(&file.text).into_iter().filter(|link| !folder.join(link).exists());
        dead.extend(lost.map(|link| format!("{}: {link}", file.path)));
    }
    tree::obeyed("These links lead nowhere:", dead);
}

#[test]
fn the_drawing_shows_every_crate() {
    let page = tree::files()
        .iter()
        .find(|file| file.path == "docs/architecture.md")
        .expect("docs/architecture.md exists");
    let crates: BTreeSet<&str> = tree::files()
        .iter()
        .filter_map(|file| file.path.strip_prefix("crates/")?.strip_suffix("/Cargo.toml"))
        .collect();
    let missing = crates.iter().filter(|name| !page.text.contains(&format!("`{name}`")));
    tree::obeyed(
        "docs/architecture.md tells every room in its table, as `room`. These are missing:",
        missing.map(|name| (*name).to_owned()).collect(),
    );
}

#[test]
fn decisions_are_numbered_once() {
    let files = tree::files().iter().filter_map(|file| file.path.strip_prefix("docs/decisions/"));
    let decisions: Vec<&str> = files.filter(|name| *name != "README.md").collect();
    tree::obeyed("A decision is `NNNN-name.md`, and no two have one number:", misnumbered(&decisions));
}

#[test]
fn dead_links_and_double_numbers_are_seen() {
    let text = "[a](b.md#c) [x](https://a) [y](#here)\n```\n[no](no.md)\n```\n![p](pictures/p.png)";
    assert_eq!(local_links(text), ["b.md", "pictures/p.png"]);
    assert_eq!(misnumbered(&["0001-a.md", "0002-b.md", "0002-c.md", "three.md"]), ["0002-c.md", "three.md"]);
}
