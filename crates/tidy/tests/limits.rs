//! The limits in `docs/reference/mail.md` are those of the sources: a row `file::NAME` tells the same number.

use crate::{
    reference::{self, differences},
    rust::{self, Kind, Source, Token},
    tree,
};
use std::collections::{BTreeMap, BTreeSet};

const PAGE: &str = "mail.md";

/// The files whose every limit stands on the page.
const FILES: [&str; 12] = [
    "crates/cases/src/loops.rs",
    "crates/cases/src/pace.rs",
    "crates/cases/src/plan.rs",
    "crates/channels/src/email/head.rs",
    "crates/channels/src/email/parts.rs",
    "crates/channels/src/email/pictures.rs",
    "crates/channels/src/email/receiver/limits.rs",
    "crates/channels/src/email/sender/connecting.rs",
    "crates/channels/src/email/sender/mod.rs",
    "crates/channels/src/email/tnef.rs",
    "crates/channels/src/email/untangle.rs",
    "crates/jobs/src/backoff.rs",
];

/// `50 MiB`, `5 min`, `1,000`: bytes, milliseconds or things.
fn told(cell: &str) -> Option<u64> {
    let (number, unit) = cell.split_once(' ').unwrap_or((cell, ""));
    let number: u64 = number.replace(',', "").parse().ok()?;
    let times = match unit {
        "" | "ms" => 1,
        "s" => 1_000,
        "min" => 60 * 1_000,
        "h" => 60 * 60 * 1_000,
        "KiB" => 1_024,
        "MiB" => 1_024 * 1_024,
        _ => return None,
    };
    Some(number * times)
}

/// What `5 * 60`, `50 * MEBIBYTE` or `Duration::from_secs(30)` comes to.
fn value(tokens: &[Token], known: &BTreeMap<String, u64>) -> Option<u64> {
    if tokens.first()?.text == "Duration" {
        let times = match tokens.get(3)?.text.as_str() {
            "from_secs" => 1_000,
            "from_millis" => 1,
            _ => return None,
        };
        return Some(value(tokens.get(5..tokens.len() - 1)?, known)? * times);
    }
    tokens.split(|token| token.text == "*").map(|factor| one(factor, known)).product()
}

fn one(factor: &[Token], known: &BTreeMap<String, u64>) -> Option<u64> {
    match factor {
        [token] if token.kind == Kind::Word => known.get(&token.text).copied(),
        [token] => {
            let digits: String =
                token.text.chars().filter(|c| *c != '_').take_while(char::is_ascii_digit).collect();
            digits.parse().ok()
        }
        _ => None,
    }
}

/// The numeric constants at the top of a file, and the fields of its `Default`, each as `file::NAME`.
fn limits(source: &Source) -> BTreeMap<String, u64> {
    let mut constants = BTreeMap::new();
    let mut fields = BTreeMap::new();
    for (at, token) in source.tokens.iter().enumerate().filter(|(_, token)| !token.in_test) {
        let after = &source.tokens[at + 1..];
        let until = |mark: &str| after.iter().position(|end| end.text == mark && end.depth == token.depth);
        if token.text == "const" && token.depth == 0 {
            let (Some(equals), Some(end)) = (until("="), until(";")) else { continue };
            let found = value(&after[equals + 1..end], &constants);
            constants.extend(found.map(|found| (after[0].text.clone(), found)));
        } else if token.kind == Kind::Word
            && token.depth > 2
            && after.first().is_some_and(|next| next.text == ":")
        {
            let Some(end) = until(",") else { continue };
            fields.extend(value(&after[1..end], &constants).map(|found| (token.text.clone(), found)));
        }
    }
    constants.remove("MEBIBYTE");
    constants.extend(fields);
    constants.into_iter().map(|(name, value)| (format!("{}::{name}", stem(&source.path)), value)).collect()
}

/// The file's name without its ending; of a `mod.rs` its folder's.
fn stem(path: &str) -> &str {
    let path = path.trim_end_matches("/mod.rs").trim_end_matches(".rs");
    path.rsplit('/').next().unwrap_or(path)
}

#[test]
fn limits_are_those_of_the_reference() {
    let files = rust::sources().iter().filter(|source| FILES.contains(&source.path.as_str()));
    let limits: BTreeMap<String, u64> = files.flat_map(limits).collect();
    let rows = reference::rows(PAGE);
    let rows: Vec<(&str, &str)> = rows
        .iter()
        .filter_map(|row| Some((row.name().filter(|name| name.contains("::"))?, row.cells.get(1)?.as_str())))
        .collect();
    let names: Vec<String> = rows.iter().map(|(name, _)| (*name).to_owned()).collect();
    let mut wrong = differences(PAGE, &limits.keys().cloned().collect::<BTreeSet<_>>(), &names);
    let other =
        rows.iter().filter(|(name, cell)| limits.get(*name).is_some_and(|limit| told(cell) != Some(*limit)));
    wrong.extend(other.map(|(name, cell)| format!("docs/reference/mail.md says {cell} for {name}")));
    tree::obeyed("docs/reference/mail.md tells each of these limits, with the number of the source:", wrong);
}

#[test]
fn numbers_are_read_in_their_units() {
    let text = "const MEBIBYTE: u64 = 1024 * 1024;\n/// Most.\nconst MOST: usize = 1_000;\nconst FOR: Duration = Duration::from_secs(5 * 60);\n\
        const WORDS: [&str; 1] = [\"a\"];\nimpl Default for L { fn default() -> Self { Self { bytes: 50 * MEBIBYTE, } } }\n";
    let found = limits(&Source::read("crates/channels/src/email/receiver/limits.rs", text));
    let expected = [("limits::FOR", "5 min"), ("limits::MOST", "1,000"), ("limits::bytes", "50 MiB")];
    assert_eq!(found, expected.map(|(name, cell)| (name.to_owned(), told(cell).unwrap())).into());
    assert_eq!(stem("crates/channels/src/email/sender/mod.rs"), "sender");
    assert_eq!(told("soon"), None);
}
