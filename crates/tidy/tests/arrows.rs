//! Which crate may depend on which. `docs/architecture.md` draws it; this is the drawing that is checked.

use crate::tree;
use toml::{Table, Value};

/// Crates that stand on the same floor never import each other, except where `floor_of` says so.
pub const ROOMS: [&str; 12] = [
    "people",
    "engagements",
    "cases",
    "language",
    "guard",
    "coverage",
    "routing",
    "quality",
    "planning",
    "billing",
    "trust",
    "knowledge",
];
const EDGES: [&str; 3] = ["channels", "web", "api"];

/// Crates of others that only some of ours may use, and why.
const DOORS: [(&str, &[&str], &str); 6] = [
    ("rusqlite", &["store"], "only the store knows a database's driver"),
    ("postgres", &["store"], "only the store knows a database's driver"),
    ("tokio-postgres", &["store"], "only the store knows a database's driver"),
    ("axum", &["web", "api", "dragoman"], "HTTP is known at the edges only"),
    ("axum-extra", &["web", "api", "dragoman"], "HTTP is known at the edges only"),
    ("askama", &["web"], "HTML is made by the web edge only"),
];

/// How high a crate stands: it may import what stands lower. The jobs are the one neighbour who imports the store.
fn floor_of(name: &str) -> Option<u8> {
    match name {
        "kernel" => Some(0),
        "store" => Some(1),
        "jobs" => Some(2),
        _ if ROOMS.contains(&name) => Some(3),
        "desk" => Some(4),
        "testkit" => Some(5),
        _ if EDGES.contains(&name) => Some(5),
        "dragoman" => Some(6),
        "tidy" => Some(0),
        _ => None,
    }
}

/// What breaks the arrows in one crate's manifest.
fn against_the_arrows(name: &str, manifest: &str) -> Vec<String> {
    let Some(floor) = floor_of(name) else {
        return vec![format!(
            "crates/{name} is not in the drawing: add it to crates/tidy/tests/arrows.rs and to docs/architecture.md"
        )];
    };
    let manifest: Table = manifest.parse().expect("cargo has read this manifest already");
    let mut broken = Vec::new();
    for (section, target) in dependencies(&manifest) {
        let for_tests = section == "dev-dependencies";
        match floor_of(&target) {
            Some(_) if target == "testkit" && for_tests => {}
            Some(_) if target == "testkit" => broken.push(format!("{name} -> testkit: it is for tests only")),
            Some(below) if below < floor => {}
            Some(_) => broken.push(format!("{name} -> {target} ({section})")),
            None => broken.extend(closed_door(name, &target)),
        }
    }
    broken
}

fn closed_door(name: &str, target: &str) -> Option<String> {
    let (_, open_to, why) = DOORS.iter().find(|(door, ..)| *door == target)?;
    (!open_to.contains(&name)).then(|| format!("{name} -> {target}: {why}"))
}

/// Each dependency with the section that it stands in, also those of one platform only.
fn dependencies(manifest: &Table) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for (section, value) in manifest {
        let Value::Table(table) = value else { continue };
        match section.as_str() {
            "dependencies" | "dev-dependencies" | "build-dependencies" => {
                found.extend(table.iter().map(|(key, value)| (section.clone(), real_name(key, value))));
            }
            "target" => {
                let platforms = table.values().filter_map(Value::as_table);
                platforms.for_each(|platform| found.extend(dependencies(platform)));
            }
            _ => {}
        }
    }
    found
}

/// A dependency may be renamed in the manifest; the law is about the crate.
fn real_name(key: &str, value: &Value) -> String {
    value.get("package").and_then(Value::as_str).unwrap_or(key).to_owned()
}

#[test]
fn crates_import_only_what_stands_below_them() {
    let manifests = tree::files().iter().filter_map(|file| {
        let name = file.path.strip_prefix("crates/")?.strip_suffix("/Cargo.toml")?;
        Some((name, &file.text))
    });
    let broken = manifests.flat_map(|(name, text)| against_the_arrows(name, text)).collect();
    tree::obeyed(
        "Rooms don't know each other; the desk introduces them. Hand a plain value over in `desk`, or move the word \
         that both need to `kernel`. These dependencies go against the arrows of docs/architecture.md:",
        broken,
    );
}

#[test]
fn wrong_arrows_are_seen() {
    fn check(name: &str, manifest: &str, broken: &[&str]) {
        assert_eq!(against_the_arrows(name, manifest), broken, "{name}: {manifest}");
    }
    check("cases", "[dependencies]\nkernel.workspace = true\nstore.workspace = true\njobs = {}", &[]);
    check("cases", "[dependencies]\npeople.workspace = true", &["cases -> people (dependencies)"]);
    check("cases", "[dev-dependencies]\npeople = {}", &["cases -> people (dev-dependencies)"]);
    check("cases", "[dependencies]\nowners = { package = \"people\" }", &["cases -> people (dependencies)"]);
    check("cases", "[target.'cfg(unix)'.dependencies]\ndesk = {}", &["cases -> desk (dependencies)"]);
    check("store", "[dependencies]\njobs = {}", &["store -> jobs (dependencies)"]);
    check("web", "[dependencies]\nchannels = {}", &["web -> channels (dependencies)"]);
    check("web", "[dev-dependencies]\ntestkit = {}", &[]);
    check("web", "[dependencies]\ntestkit = {}", &["web -> testkit: it is for tests only"]);
    check("desk", "[dependencies]\naxum = {}", &["desk -> axum: HTTP is known at the edges only"]);
    check(
        "jobs",
        "[dependencies]\npostgres = {}",
        &["jobs -> postgres: only the store knows a database's driver"],
    );
    check("dragoman", "[dependencies]\nweb = {}\napi = {}\nchannels = {}\naxum = {}", &[]);
    check("tidy", "[dev-dependencies]\nkernel = {}", &["tidy -> kernel (dev-dependencies)"]);
    assert_eq!(against_the_arrows("attic", "").len(), 1);
}
