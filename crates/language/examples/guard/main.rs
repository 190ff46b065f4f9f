//! What the meaning guard finds in translations of JSON lines: `cargo run -p language --example guard -- flores|strings FILE`.
//!
//! `flores` checks what an engine made of each sentence, `strings` what people wrote, both ways from and to English. With
//! `SHOW=1` every finding is printed, with `KIND=number` only those.

#![allow(clippy::print_stdout, reason = "it prints what it measured")]

use language::{
    Identifier,
    meaning::{Expectations, Passage, Severity, check},
};
use serde_json::Value;
use std::collections::BTreeMap;

fn main() {
    let mut arguments = std::env::args().skip(1);
    let (form, file) = (arguments.next().unwrap_or_default(), arguments.next().unwrap_or_default());
    let text = std::fs::read_to_string(&file).expect("the file can be read");
    let identifier = Identifier::default();
    let mut pairs: BTreeMap<String, Pair> = BTreeMap::new();
    for line in text.lines() {
        let row: Value = serde_json::from_str(line).expect("a line is JSON");
        for (name, source, target) in translations(&form, &row) {
            look(pairs.entry(name.clone()).or_default(), &name, &source, &target, &identifier);
        }
    }
    for (name, pair) in pairs {
        println!("{name}: {} pairs, {} with stop or warn; {:?}", pair.count, pair.flagged, pair.kinds);
    }
}

/// What was found for one pair of languages.
#[derive(Default)]
struct Pair {
    count: usize,
    flagged: usize,
    kinds: BTreeMap<String, usize>,
}

fn translations(form: &str, row: &Value) -> Vec<(String, String, String)> {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let mut found = Vec::new();
    for language in ["de", "es", "pl", "sl", "lt"] {
        for (from, to) in [("en", language), (language, "en")] {
            let name = format!("{from}-{to}");
            let target = if form == "flores" { &row["firefox"][&name] } else { &row[to] };
            if row[from].is_string() && target.is_string() {
                found.push((name, text(&row[from]), text(target)));
            }
        }
    }
    found
}

fn look(pair: &mut Pair, name: &str, source: &str, target: &str, identifier: &Identifier) {
    let (from, to) = name.split_once('-').expect("two languages");
    let passage = |text, language: &str| Passage { text, language: language.parse().expect("a tag") };
    let checked = check(&passage(source, from), &passage(target, to), &Expectations::default(), identifier);
    pair.count += 1;
    pair.flagged += usize::from(checked.gravest() >= Some(Severity::Warn));
    for finding in &checked.findings {
        let kind = serde_json::to_value(finding.kind)
            .map_or(String::new(), |kind| kind.as_str().unwrap_or_default().to_owned());
        let is_wanted = std::env::var("KIND").map_or(true, |wanted| wanted == kind);
        if std::env::var_os("SHOW").is_some() && is_wanted {
            println!("{name} {:?} {kind}: {}\n    {source}\n    {target}", finding.severity, finding.why);
        }
        *pair.kinds.entry(kind).or_default() += 1;
    }
}
