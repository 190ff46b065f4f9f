//! Mails made up here, before the rules were looked at: bounces, automatic mail without a machine's headers, and persons who speak of
//! such things. A third is kept aside: nobody looks at those while mending rules.

use super::read;
use cases::incoming::{AutoKind, Incoming};
use std::collections::BTreeMap;

/// One made-up mail: what its first line says of it, and its text.
struct Made {
    says: Vec<String>,
    mail: Incoming,
    aside: bool,
}

fn made(source: &str, from: &str) -> Vec<Made> {
    let blocks = source.split("### ").filter(|block| !block.trim().is_empty()).enumerate();
    blocks
        .map(|(n, block)| {
            let (first, rest) = block.split_once('\n').unwrap();
            let has_head = rest.starts_with("Subject: ") || rest.starts_with("From: ");
            let head = if rest.starts_with("From: ") { String::new() } else { format!("From: {from}\n") };
            let subject = if has_head { String::new() } else { format!("Subject: {first}\n\n") };
            let raw = format!("{HEAD}{head}{subject}{rest}");
            let says = first.split('|').map(|word| word.trim().to_owned()).collect();
            Made { says, mail: read(raw.as_bytes()), aside: n % 3 == 2 }
        })
        .collect()
}

const HEAD: &str =
    "To: help@aurora.example\nDate: Mon, 23 Nov 2026 08:00:00 +0100\nMessage-ID: <x@north.example>\n";

/// Right and all, of those that were looked at and of those kept aside.
#[derive(Default)]
struct Table {
    counts: BTreeMap<String, [(usize, usize); 2]>,
    wrong: String,
}

impl Table {
    fn count(&mut self, what: &str, made: &Made, right: bool, found: &str) {
        let counts = &mut self.counts.entry(what.to_owned()).or_default()[usize::from(made.aside)];
        *counts = (counts.0 + usize::from(right), counts.1 + 1);
        if !right && !made.aside {
            self.wrong.push_str(&format!("{what}: {:?} {}: {found}\n", made.says, made.mail.subject));
        }
    }

    fn check(&self, least: &[(&str, usize)]) {
        let row = |(what, [seen, aside]): (&String, &[(usize, usize); 2])| {
            format!(
                "{what:<14} looked at {:>3} of {:>3}   kept aside {:>3} of {:>3}\n",
                seen.0, seen.1, aside.0, aside.1
            )
        };
        let report: String = self.counts.iter().map(row).collect();
        eprintln!("{}\n{report}", self.wrong);
        for (what, least) in least {
            for (right, all) in self.counts[*what] {
                assert!(right * 100 >= least * all, "{what}\n{report}");
            }
        }
    }
}

#[test]
fn bounces_of_other_dialects_are_read() {
    let mut table = Table::default();
    for made in made(include_str!("unseen/bounces.txt"), "") {
        let bounce = made.mail.bounce.as_ref();
        let is_bounce = made.mail.auto.as_ref().is_some_and(|auto| auto.kind == AutoKind::Bounce);
        table.count("detected", &made, is_bounce && bounce.is_some(), &format!("{:?}", made.mail.auto));
        let found = format!("{bounce:?}");
        let right = bounce.is_some_and(|bounce| bounce.recipient.eq_ignore_ascii_case(&made.says[1]));
        table.count("recipient", &made, right, &found);
        let right = bounce.is_some_and(|bounce| bounce.permanent == (made.says[2] == "hard"));
        table.count("hard or soft", &made, right, &found);
    }
    table.check(&[("detected", 97), ("recipient", 97), ("hard or soft", 94)]);
}

#[test]
fn automatic_mail_without_marks_is_known() {
    let mut table = Table::default();
    for made in made(include_str!("unseen/notices.txt"), "Jo Lind <jo.lind@north.example>") {
        let kind = made.mail.auto.as_ref().map_or("person", |auto| auto.kind.as_str());
        table.count(&made.says[0].clone(), &made, kind == made.says[0], kind);
    }
    table.check(&[("vacation", 95), ("auto_reply", 95), ("receipt", 95), ("list", 100)]);
}

#[test]
fn persons_who_speak_of_such_mail_are_left_alone() {
    let mut table = Table::default();
    for made in made(include_str!("unseen/persons.txt"), "Jo Lind <jo.lind@north.example>") {
        let found = format!("{:?}", made.mail.auto);
        table.count("person", &made, made.mail.auto.is_none() && made.mail.bounce.is_none(), &found);
    }
    table.check(&[("person", 98)]);
}
