//! The shared collection: mails on which several parsers agree, and mails of people and machines.

use super::read;
use super::reply_sets::likeness;
use cases::incoming::{Correspondent, Incoming};
use serde_json::Value;
use std::{collections::BTreeMap, fs, path::Path, path::PathBuf};

/// The folder of shared mails; `None` where it isn't there.
pub(super) fn mails() -> Option<PathBuf> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..");
    let folder = std::env::var("DRAGOMAN_TEST_DATA").unwrap_or_else(|_| "../shared/data".to_owned());
    Some(root.join(folder).join("mail")).filter(|folder| folder.is_dir())
}

pub(super) fn rows(folder: &Path, name: &str) -> Vec<Value> {
    let text = fs::read_to_string(folder.join(name)).unwrap();
    text.lines()
        .filter(|line| !line.trim().is_empty())
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

/// What the collection compares: words without their spacing.
fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn sorted(list: impl Iterator<Item = String>, between: &str) -> String {
    let mut list: Vec<String> = list.filter(|item| !item.is_empty()).collect();
    list.sort();
    list.join(between)
}

fn addresses(list: &[Correspondent]) -> String {
    sorted(list.iter().map(|one| one.address.to_lowercase()), ",")
}

fn field(mail: &Incoming, name: &str) -> String {
    let files = || mail.attachments.iter().map(|a| format!("{}:{}", a.name, &a.sha256[..16]));
    match name {
        "subject" => words(&mail.subject),
        "from" => mail.from.as_ref().map(|from| from.address.to_lowercase()).unwrap_or_default(),
        "from_name" => mail.from.as_ref().map(|from| words(&from.name)).unwrap_or_default(),
        "to" => addresses(&mail.to),
        "cc" => addresses(&mail.cc),
        "date" => mail.date.map(|date| (date.micros() / 1_000_000).to_string()).unwrap_or_default(),
        "message_id" => mail.message_id.clone().unwrap_or_default(),
        "text" => words(&mail.text),
        "attachments" => sorted(files(), "|"),
        _ => panic!("no field {name}"),
    }
}

fn expected(name: &str, value: &Value) -> String {
    let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    match name {
        "to" | "cc" => sorted(text.split(['|', ',']).map(|a| a.trim().to_lowercase()), ","),
        "from" => text.to_lowercase(),
        "attachments" => sorted(text.split('|').map(str::to_owned), "|"),
        "message_id" => text,
        _ => words(&text),
    }
}

/// What most parsers read. Where a mail has only HTML, its words. Their list of attachments leaves out those without a name.
fn consensus<'a>(row: &'a Value, name: &str) -> Option<&'a Value> {
    let value = row["consensus"].get(name)?;
    let html_only = name == "text" && value.as_str().is_some_and(str::is_empty);
    if html_only { row["consensus"].get("html_text") } else { Some(value) }
}

/// At least so many of a hundred agree with what most parsers read. Measured, then rounded down.
const AGREEMENT: [(&str, usize); 11] = [
    ("subject", 97),
    ("from", 100),
    ("from_name", 99),
    ("to", 100),
    ("cc", 100),
    ("date", 100),
    ("message_id", 100),
    ("text", 87),
    ("text by word", 89),
    // Without the mails in which most parsers found no words, or letters that they couldn't read.
    ("text by word where read", 95),
    ("attachments", 99),
];

/// Words without the marks around them.
fn letters(text: &str) -> String {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Whether we read what most parsers read.
fn agrees(name: &str, ours: &str, theirs: &str) -> bool {
    let named = |file: &str| ours.split('|').any(|our| our == file);
    match name {
        "text by word" | "text by word where read" => likeness(&letters(ours), &letters(theirs)) >= 0.95,
        "attachments" => ours == theirs || theirs.split('|').all(|file| file.is_empty() || named(file)),
        _ => ours == theirs,
    }
}

#[test]
fn most_parsers_agree() {
    let Some(folder) = mails() else { return };
    let mut agreed: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    let mut differences = String::new();
    for row in rows(&folder, "consensus.jsonl") {
        let file = row["file"].as_str().unwrap();
        let mail = read(&fs::read(folder.join(file)).unwrap());
        for (name, _) in AGREEMENT {
            let source = name.split(" by word").next().unwrap();
            let Some(value) = consensus(&row, source) else { continue };
            let (ours, theirs) = (field(&mail, source), expected(source, value));
            if name.ends_with("where read") && (theirs.is_empty() || theirs.contains('\u{fffd}')) {
                continue;
            }
            let counts = agreed.entry(name).or_default();
            counts.1 += 1;
            if agrees(name, &ours, &theirs) {
                counts.0 += 1;
            } else {
                differences
                    .push_str(&format!("{file} {name}\n  ours   {ours:.300}\n  theirs {theirs:.300}\n"));
            }
        }
    }
    let row = |(name, (same, all)): (&&str, &(usize, usize))| format!("{name:<24} {same:>4} of {all:>4}\n");
    eprintln!("{differences}\n{}", agreed.iter().map(row).collect::<String>());
    for (name, least) in AGREEMENT {
        let (same, all) = agreed[name];
        assert!(same * 100 >= least * all, "{name}: {same} of {all}");
    }
}

#[test]
fn machines_are_told_from_people() {
    let Some(folder) = mails() else { return };
    let (mut right, mut all, mut wrong) = (0, 0, String::new());
    for row in rows(&folder, "auto_labels.jsonl") {
        let file = row["file"].as_str().unwrap();
        let mail = read(&fs::read(folder.join(file)).unwrap());
        let kind = mail.auto.as_ref().map_or("person", |auto| auto.kind.as_str());
        let wanted = match row["kind"].as_str().unwrap() {
            "feedback-report" | "delivery-success" => "report",
            other => other,
        };
        all += 1;
        right += usize::from(kind == wanted);
        if kind != wanted {
            wrong.push_str(&format!("{file}: {kind}, not {wanted}: {} | {:?}\n", mail.subject, mail.from));
        }
    }
    assert!(right * 100 >= all * 98, "{right} of {all}\n{wrong}");
}
