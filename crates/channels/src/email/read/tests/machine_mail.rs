//! The shared collection of mail that machines wrote: bounces of many dialects, and what tells them from people's mail.

use super::collection::{mails, rows};
use super::read;
use cases::incoming::Incoming;
use cases::sifting::bounced_message_ids;
use serde_json::Value;
use std::{collections::BTreeMap, fs};

/// At least so many of a hundred are right. Measured, then rounded down.
const RIGHT: [(&str, usize); 10] = [
    ("detected", 100),
    ("recipient", 98),
    ("hard or soft", 93),
    ("status", 98),
    ("original id", 98),
    ("not taken for a bounce", 100),
    ("kind bounce", 100),
    ("kind report", 100),
    ("kind vacation", 100),
    ("kind person", 100),
];

/// How many were right of how many, and what was wrong with the others.
#[derive(Default)]
struct Table {
    counts: BTreeMap<String, (usize, usize)>,
    wrong: String,
}

impl Table {
    fn count(&mut self, what: &str, file: &str, right: bool, found: &str) {
        let counts = self.counts.entry(what.to_owned()).or_default();
        counts.0 += usize::from(right);
        counts.1 += 1;
        if !right {
            self.wrong.push_str(&format!("{what:12} {file}: {found}\n"));
        }
    }

    fn check(&self) {
        let rows = self.counts.iter().map(|(what, (right, all))| format!("{what:32} {right:4} of {all}\n"));
        eprintln!("{}\n{}", rows.collect::<String>(), self.wrong);
        for (what, least) in RIGHT {
            let Some((right, all)) = self.counts.get(what) else { continue };
            assert!(right * 100 >= least * all, "{what}: {right} of {all}");
        }
    }
}

fn text<'a>(row: &'a Value, name: &str) -> &'a str {
    row[name].as_str().unwrap_or_default()
}

fn score_bounce(table: &mut Table, file: &str, row: &Value, mail: &Incoming) {
    let labels: Vec<&Value> = row["parsed"].as_array().unwrap().iter().collect();
    let found = format!("{:?}, not {:?}", mail.bounce, labels);
    table.count("detected", file, mail.bounce.is_some(), &found);
    let Some(bounce) = &mail.bounce else { return };
    let of_recipient =
        labels.iter().find(|label| text(label, "recipient").eq_ignore_ascii_case(&bounce.recipient));
    table.count("recipient", file, of_recipient.is_some(), &found);
    let label = of_recipient.unwrap_or(&labels[0]);
    table.count("hard or soft", file, label["hard_bounce"] == bounce.permanent, &found);
    let said = row["expected"].as_array().unwrap().iter().any(|expected| {
        let wanted = text(expected, "dsn");
        bounce.status == wanted || wanted.split('.').nth(1) == Some("0") || bounce.status.is_empty()
    });
    table.count("status", file, said, &found);
    let wanted = text(label, "message_id");
    if !wanted.is_empty() {
        let ids = bounced_message_ids(mail);
        let right = ids.first().is_some_and(|id| id == wanted);
        table.count("original id", file, right, &format!("{ids:?}, not {wanted}"));
    }
}

#[test]
fn bounces_are_read() {
    let Some(folder) = mails() else { return };
    let mut table = Table::default();
    for row in rows(&folder, "bounces_expected.jsonl") {
        let file = text(&row, "file");
        let mail = read(&fs::read(folder.join("bounces/sisimai/emails").join(file)).unwrap());
        let reason = text(&row["expected"][0], "reason");
        if ["feedback", "delivered", "vacation"].contains(&reason) {
            table.count("not taken for a bounce", file, mail.bounce.is_none(), &format!("{:?}", mail.bounce));
        } else {
            score_bounce(&mut table, file, &row, &mail);
        }
    }
    table.check();
}

#[test]
fn every_kind_is_recalled_and_people_are_left_alone() {
    let Some(folder) = mails() else { return };
    let mut table = Table::default();
    for row in rows(&folder, "auto_labels.jsonl") {
        let file = text(&row, "file");
        let mail = read(&fs::read(folder.join(file)).unwrap());
        let kind = mail.auto.as_ref().map_or("person", |auto| auto.kind.as_str());
        let wanted = match text(&row, "kind") {
            "feedback-report" | "delivery-success" => "report",
            other => other,
        };
        let found = format!("{kind}, not {wanted}: {} | {:?} | {:?}", mail.subject, mail.from, mail.auto);
        table.count(&format!("kind {wanted}"), file, kind == wanted, &found);
    }
    table.check();
}
