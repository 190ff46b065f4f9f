//! What must not be committed: paths of somebody's machine, addresses of registries, secrets.

use crate::tree::{self, ProjectFile};

/// Pieces that give a machine away. Written in two parts, so that this file does not hold them.
const MACHINES: [&str; 5] = [
    concat!("/wo", "rk/"),
    concat!("/tmp/bash", "_jobs"),
    concat!(".mir", "ror"),
    concat!("/home", "/"),
    concat!("/ro", "ot/"),
];

/// Hosts that packages come from. Cargo writes its own into its lock file; npm's is left out of ours by `.npmrc`.
const REGISTRIES: [&str; 6] = [
    concat!("registry.npm", "js.org"),
    concat!("registry.yarn", "pkg.com"),
    concat!("index.cra", "tes.io"),
    concat!("static.cra", "tes.io"),
    concat!("files.python", "hosted.org"),
    concat!("deb.deb", "ian.org"),
];

/// The only source that Cargo.lock may name.
const CARGO_SOURCE: &str = concat!("source = \"registry+https://github.com/rust-lang/cra", "tes.io-index\"");

fn foreign_pieces(file: &ProjectFile) -> Vec<String> {
    let lines = file.text.lines().enumerate();
    let found = lines.flat_map(|(at, line)| pieces_of(line).into_iter().map(move |piece| (at + 1, piece)));
    found.map(|(line, piece)| format!("{}:{line} {piece}", file.path)).collect()
}

fn pieces_of(line: &str) -> Vec<&str> {
    let known = MACHINES.iter().chain(&REGISTRIES).filter(|piece| line.contains(**piece)).copied();
    let key = line.trim().starts_with("-----BEGIN ") && line.contains("PRIVATE KEY");
    known.chain(key.then_some("a private key")).collect()
}

fn foreign_sources(file: &ProjectFile) -> Vec<String> {
    let suspect = |line: &str| match file.path.as_str() {
        "Cargo.lock" => line.starts_with("source = ") && line != CARGO_SOURCE,
        "package-lock.json" => line.contains("\"resolved\""),
        _ => false,
    };
    let lines = file.text.lines().enumerate().filter(|(_, line)| suspect(line));
    lines.map(|(at, line)| format!("{}:{} {}", file.path, at + 1, line.trim())).collect()
}

#[test]
fn nothing_foreign_is_committed() {
    tree::obeyed(
        "A clone must work on any machine and tell nothing of ours. Use relative paths and the settings of each tool; make \
         keys in the test that needs them:",
        tree::files().iter().flat_map(foreign_pieces).collect(),
    );
}

#[test]
fn lock_files_name_no_other_source() {
    tree::obeyed(
        "Dependencies come from the registries that cargo and npm are set to. Remove these (for npm: keep .npmrc and run \
         `npm install` again):",
        tree::files().iter().flat_map(foreign_sources).collect(),
    );
}

#[test]
fn foreign_things_are_seen() {
    let file = |path: &str, text: &str| ProjectFile { path: path.to_owned(), text: text.to_owned() };
    assert_eq!(foreign_pieces(&file("a.md", &format!("x\nsee {}me", MACHINES[3]))).len(), 1);
    assert!(foreign_pieces(&file("a.md", "see ../shared and homework/now")).is_empty());
    assert_eq!(
        foreign_sources(&file("Cargo.lock", &format!("{CARGO_SOURCE}\nsource = \"git+https://a\""))).len(),
        1
    );
    assert_eq!(foreign_sources(&file("package-lock.json", "  \"resolved\": \"https://a\",")).len(), 1);
}
