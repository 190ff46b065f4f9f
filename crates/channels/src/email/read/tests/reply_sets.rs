//! The shared sets of replies: what a person newly wrote, as other programs' own tests have it.

use super::collection::{mails, rows};
use super::read;
use crate::email::new_text::split;
use serde_json::Value;
use std::{collections::BTreeMap, fs, path::Path};

/// A reply, our answer and theirs.
struct Case {
    set: &'static str,
    name: String,
    ours: String,
    theirs: String,
}

/// Measured, then rounded down: of a hundred replies, so many are exactly as expected, and so many nearly.
const LEAST: (usize, usize) = (90, 93);

#[test]
fn new_words_are_found_in_most_replies() {
    let Some(folder) = mails() else { return };
    let cases: Vec<Case> = [crisp(&folder), trimmer(&folder), talon(&folder), quotequail(&folder)]
        .into_iter()
        .flatten()
        .collect();
    let mut table: BTreeMap<&str, (usize, usize, usize)> = BTreeMap::new();
    let mut differences = String::new();
    for case in &cases {
        let exact = usize::from(tidy(&case.ours) == tidy(&case.theirs));
        let near = usize::from(likeness(&case.ours, &case.theirs) >= 0.95);
        for name in [case.set, "together"] {
            let counts = table.entry(name).or_default();
            *counts = (counts.0 + 1, counts.1 + exact, counts.2 + near);
        }
        if exact == 0 {
            let (ours, theirs) = (tidy(&case.ours), tidy(&case.theirs));
            differences
                .push_str(&format!("{} {}\n  ours   {ours:?}\n  theirs {theirs:?}\n", case.set, case.name));
        }
    }
    let (all, exact, near) = table["together"];
    let row = |(set, (all, exact, near)): (&&str, &(usize, usize, usize))| {
        format!("{set:<18} of {all:>3}: {exact:>3} exact, {near:>3} nearly\n")
    };
    let report = format!("{differences}{}", table.iter().map(row).collect::<String>());
    assert!(exact * 100 >= all * LEAST.0 && near * 100 >= all * LEAST.1, "{report}");
}

#[test]
fn html_tells_quotes_and_signatures() {
    for below in [
        "<blockquote>Hi</blockquote>",
        "<div class=\"gmail_quote\">On Friday Ann wrote:<blockquote class=\"gmail_quote\">Hi</blockquote></div>",
        "<div class=\"moz-cite-prefix\">Am Freitag, Ann:</div><blockquote type=\"cite\">Hi</blockquote>",
        "<div class=\"yahoo_quoted\">Friday<div>Hi</div></div>",
        "<div class=\"protonmail_quote\">Friday<br>Hi</div>",
        "<div class=\"zmail_extra\">Friday<br>Hi</div>",
        "<div class=\"moz-forward-container\">Subject: x<br>Hi</div>",
        "<div id=\"appendonsend\"></div><hr><div id=\"divRplyFwdMsg\"><b>Od:</b> Ann</div><div>Hi</div>",
        "<div id=\"mail-editor-reference-message-container\">Ann, Friday<div>Hi</div></div>",
        "<div><b>Von:</b> Ann<br><b>Gesendet:</b> Freitag<br><b>An:</b> Bob<br><b>Betreff:</b> x</div><p>Hi</p>",
        "<div class=\"gmail_signature\">Ann Long, who has much to say about herself and parcels.</div>",
        "<div class=\"moz-signature\">-- <br>Ann</div>",
        "<div id=\"Signature\"><p>Ann Long</p><p>Parcels</p></div>",
        "<div id=\"ms-outlook-mobile-signature\">Get Outlook for iOS</div>",
        "<div id=\"Signature\">Ann</div><div id=\"appendonsend\"></div><div>From: Bob</div><div>Hi</div>",
    ] {
        let (new_text, text) = page(&format!("<html><body><div>It is broken.</div>{below}</body></html>"));
        assert_eq!(new_text, "It is broken.", "{below}\n{text}");
        assert_ne!(text, new_text, "{below}");
    }
    let indented = "<blockquote style=\"margin:0 0 0 40px;border:none;padding:0px\">Very.</blockquote>";
    assert_eq!(page(&format!("<div>It is broken.</div>{indented}")).0, "It is broken.\n\nVery.");
}

fn text_of<'a>(row: &'a Value, name: &str) -> &'a str {
    row[name].as_str().unwrap_or_default()
}

fn crisp(folder: &Path) -> Vec<Case> {
    let case = |row: Value| {
        let name = text_of(&row, "file").to_owned();
        let text = fs::read_to_string(folder.join("reply/crisp/fixtures").join(&name)).unwrap();
        let (ours, theirs) = (split(&text).new_text, text_of(&row, "visible_text").to_owned());
        Case { set: "crisp", name, ours, theirs }
    };
    rows(folder, "crisp_expected.jsonl").into_iter().map(case).collect()
}

fn trimmer(folder: &Path) -> Vec<Case> {
    let folder = folder.join("reply/discourse-trimmer");
    let names = fs::read_dir(folder.join("emails")).unwrap().map(|entry| entry.unwrap().file_name());
    let mut names: Vec<String> = names.map(|name| name.into_string().unwrap()).collect();
    names.sort();
    let case = |name: String| {
        let text = |kind: &str| fs::read_to_string(folder.join(kind).join(&name)).unwrap();
        let (ours, theirs) = (split(&text("emails")).new_text, text("trimmed"));
        Case { set: "discourse", name, ours, theirs }
    };
    names.into_iter().map(case).collect()
}

/// Their answers about HTML are HTML.
fn talon(folder: &Path) -> Vec<Case> {
    let case = |row: Value| {
        let (name, input) = (text_of(&row, "id").to_owned(), text_of(&row, "input"));
        let (set, ours, theirs) = match text_of(&row, "format") {
            "html" => ("talon html", page(input).0, page(text_of(&row, "expected_reply")).1),
            "signature" => ("talon signature", split(input).new_text, text_of(&row, "body").to_owned()),
            _ => ("talon plain", split(input).new_text, text_of(&row, "expected_reply").to_owned()),
        };
        Case { set, name, ours, theirs }
    };
    let mut cases: Vec<Case> = rows(folder, "talon_cases.jsonl").into_iter().map(case).collect();
    for name in ["apple_mail_2.eml", "outlook.eml"] {
        let mail = read(&fs::read(folder.join("reply/talon/fixtures/standard_replies").join(name)).unwrap());
        let theirs = "Hello".to_owned();
        cases.push(Case { set: "talon plain", name: name.to_owned(), ours: mail.new_text, theirs });
    }
    cases
}

/// The new text and the whole text of a mail that is HTML alone.
fn page(html: &str) -> (String, String) {
    let mail =
        read(format!("From: a@b.example\nContent-Type: text/html; charset=utf-8\n\n{html}").as_bytes());
    (mail.new_text, mail.text)
}

/// Rows that leave the line above the quote with the new text, or cut after so many lines, ask another question.
fn quotequail(folder: &Path) -> Vec<Case> {
    let case = |row: Value| {
        let input = row["args"][0].as_str()?;
        let function = text_of(&row, "function");
        let html = function.ends_with("_html");
        let expected = &row["expected"];
        let theirs = if function.starts_with("unwrap") {
            unwrapped(input, expected, if html { "html" } else { "text" })
        } else {
            let parts = expected.as_array()?;
            let whole = parts.len() == 1 || row["kwargs"]["quote_intro_line"] == true;
            let new = |part: &&Value| part[0] == true;
            let new: Vec<&str> = parts.iter().filter(new).filter_map(|part| part[1].as_str()).collect();
            whole.then(|| new.join("\n"))?
        };
        let (set, ours, theirs) = if html {
            ("quotequail html", page(input).0, page(&theirs).1)
        } else {
            ("quotequail plain", split(input).new_text, theirs)
        };
        Some(Case { set, name: format!("{} {function}", row["id"]), ours, theirs })
    };
    rows(folder, "quotequail_cases.jsonl").into_iter().filter_map(case).collect()
}

/// What stands around the other's message. A mail that is somebody else's message alone is shown as it is.
fn unwrapped(input: &str, expected: &Value, kind: &str) -> String {
    let part = |side: &str| text_of(expected, &format!("{kind}_{side}")).to_owned();
    let around = format!("{}\n\n{}", part("top"), part("bottom"));
    if around.trim().is_empty() { input.to_owned() } else { around }
}

/// Without trailing spaces, and with one blank line where there are several.
fn tidy(text: &str) -> String {
    let mut lines: Vec<&str> = Vec::new();
    for line in text.lines().map(str::trim_end) {
        if !line.is_empty() || lines.last().is_some_and(|last| !last.is_empty()) {
            lines.push(line);
        }
    }
    lines.join("\n").trim().to_owned()
}

/// The harmonic mean of how many of our words are theirs and how many of theirs are ours.
pub(super) fn likeness(ours: &str, theirs: &str) -> f64 {
    let (ours, theirs): (Vec<&str>, Vec<&str>) =
        (ours.split_whitespace().collect(), theirs.split_whitespace().collect());
    if ours.is_empty() && theirs.is_empty() {
        return 1.0;
    }
    let mut left: BTreeMap<&str, usize> = BTreeMap::new();
    for word in &theirs {
        *left.entry(word).or_default() += 1;
    }
    let mut shared = 0_u32;
    for word in &ours {
        if let Some(count) = left.get_mut(word).filter(|count| **count > 0) {
            *count -= 1;
            shared += 1;
        }
    }
    let all = u32::try_from(ours.len() + theirs.len()).unwrap();
    2.0 * f64::from(shared) / f64::from(all)
}
