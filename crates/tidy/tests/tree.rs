//! The project's files, as git would commit them, and how a law reports what breaks it.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
    sync::OnceLock,
};

/// A text file of the project.
pub struct ProjectFile {
    /// Relative to the project's root, with `/`.
    pub path: String,
    pub text: String,
}

impl ProjectFile {
    pub fn ends_with(&self, suffixes: &[&str]) -> bool {
        suffixes.iter().any(|suffix| self.path.ends_with(suffix))
    }
}

/// Every text file that is committed or would be; binary files are left out.
pub fn files() -> &'static [ProjectFile] {
    static FILES: OnceLock<Vec<ProjectFile>> = OnceLock::new();
    FILES.get_or_init(|| paths().into_iter().filter_map(|path| read(&root().join(&path), path)).collect())
}

/// The project's root folder.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Fails with the law, what to do, and every place that breaks it.
pub fn obeyed(law: &str, places: Vec<String>) {
    let list = places.iter().map(|place| format!("\n  {place}")).collect::<String>();
    assert!(places.is_empty(), "{law}{list}\n({} places)", places.len());
}

fn read(path: &Path, name: String) -> Option<ProjectFile> {
    let text = String::from_utf8(fs::read(path).ok()?).ok()?;
    Some(ProjectFile { path: name, text })
}

fn paths() -> Vec<String> {
    let listed = Command::new("git")
        .args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"])
        .current_dir(root())
        .output();
    match listed {
        Ok(output) if output.status.success() => {
            String::from_utf8_lossy(&output.stdout).split_terminator('\0').map(str::to_owned).collect()
        }
        _ => walk(&root(), ""),
    }
}

/// Without git, as in an unpacked archive: everything but what is made or fetched.
fn walk(folder: &Path, prefix: &str) -> Vec<String> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = format!("{prefix}{name}");
        let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
        match name.as_str() {
            "target" | "node_modules" | ".git" | "output" => {}
            _ if is_folder => found.extend(walk(&entry.path(), &format!("{path}/"))),
            _ => found.push(path),
        }
    }
    found
}

#[test]
fn the_project_is_found() {
    assert!(files().iter().any(|file| file.path == "crates/tidy/tests/tree.rs"));
    assert!(walk(&root().join("crates"), "crates/").contains(&"crates/tidy/tests/tree.rs".to_owned()));
}
