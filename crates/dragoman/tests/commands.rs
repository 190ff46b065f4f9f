//! The commands, as somebody at a terminal meets them.

use crate::program::dragoman;
use std::{
    io::Write,
    process::{Output, Stdio},
};

const COMMANDS: [&[&str]; 24] = [
    &["serve"],
    &["demo"],
    &["migrate"],
    &["backup"],
    &["restore"],
    &["doctor"],
    &["blobs", "copy"],
    &["mail", "read"],
    &["mail", "deliver"],
    &["mail", "trace"],
    &["mail", "send-test"],
    &["hours", "due"],
    &["language", "identify"],
    &["language", "corrections"],
    &["bench"],
    &["bench", "mail"],
    &["bench", "language"],
    &["bench", "routing"],
    &["language", "translate"],
    &["models", "list"],
    &["models", "add"],
    &["models", "fetch"],
    &["models", "remove"],
    &["models", "test"],
];

fn ran(arguments: &[&str]) -> Output {
    dragoman().args(arguments).output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

#[test]
fn every_command_has_help_that_teaches() {
    for command in COMMANDS {
        let shown = ran(&[command, &["--help"]].concat());
        let shown = text(&shown.stdout);
        let sentences =
            shown.lines().take_while(|line| !line.starts_with("Usage")).map(str::len).sum::<usize>();
        assert!(sentences > 60, "{command:?} explains itself in {sentences} characters:\n{shown}");
    }
}

#[test]
fn hours_are_answered_line_by_line() {
    let asked = concat!(
        r#"{"calendar": {"zone": "Europe/Berlin", "hours": {"mon": [["09:00","17:00"]]}, "holidays": ["2026-12-28"], "#,
        r#""breaks": {"2026-12-21": [["12:00","13:00"]]}}, "start": "2026-12-21T10:30:00Z", "minutes": 420}"#,
        "\n{\"calendar\": {\"zone\": \"Mars\"}, \"start\": \"2026-12-21T10:30:00Z\", \"seconds\": 1}\n\n",
        r#"{"id": 7, "calendar": {"zone": "UTC", "hours": {"mon": [["00:00","24:00"]]}}, "between": ["2026-12-21T10:30:00+01:00", "2026-12-23T10:30:00Z"]}"#,
    );
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("asked.jsonl");
    std::fs::write(&file, asked).unwrap();
    let said = ran(&["hours", "due", "--json", file.to_str().unwrap()]);
    assert!(!said.status.success());
    let said = text(&said.stdout);
    let lines: Vec<&str> = said.lines().collect();
    // Half an hour and four after the break, none on the holiday, two and a half a week later.
    assert_eq!(lines[0], r#"{"due":"2027-01-04T10:30:00Z"}"#);
    assert!(lines[1].contains("Line 2: “Mars” isn’t a time zone."), "{said}");
    assert_eq!(lines[2], r#"{"id":7,"seconds":52200}"#);
}

#[test]
fn the_reference_names_every_command_and_setting() {
    let reference = include_str!("../../../docs/reference/commands.md");
    for command in COMMANDS {
        let named = format!("dragoman {}", command.join(" "));
        assert!(reference.contains(&named), "docs/reference/commands.md doesn't name `{named}`");
        let help = text(&ran(&[command, &["--help"]].concat()).stdout);
        let flags = help.split_whitespace().filter(|word| word.starts_with("--") && word.len() > 4);
        for flag in flags.map(|flag| flag.trim_end_matches(['.', ',', ';', ':', ')'])) {
            assert!(reference.contains(flag), "docs/reference/commands.md doesn't name {flag} of `{named}`");
        }
        for setting in help.split("[env: ").skip(1).filter_map(|rest| rest.split(['=', ']']).next()) {
            assert!(reference.contains(setting), "docs/reference/commands.md doesn't name {setting}");
        }
    }
}

#[test]
fn mail_read_prints_every_field_it_promises() {
    let mut child = dragoman()
        .args(["mail", "read", "-", "--json"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mail = "From: Anna <anna@mail.example>\r\nTo: help@aurora.example\r\nSubject: =?utf-8?q?K=C3=A4se?=\r\n\r\nHallo\r\n";
    child.stdin.take().unwrap().write_all(mail.as_bytes()).unwrap();
    let printed: serde_json::Value =
        serde_json::from_slice(&child.wait_with_output().unwrap().stdout).unwrap();
    for field in [
        "from",
        "to",
        "cc",
        "reply_to",
        "subject",
        "date",
        "message_id",
        "in_reply_to",
        "references",
        "text",
        "html",
        "new_text",
        "quoted_text",
        "signature",
        "attachments",
        "auto",
        "bounce",
        "problems",
    ] {
        assert!(printed.get(field).is_some(), "{field} is missing");
    }
    assert_eq!(printed["subject"], "Käse");
    assert_eq!(printed["from"], serde_json::json!({ "name": "Anna", "address": "anna@mail.example" }));
}

const LETTER: &str =
    "From: Anna <anna@mail.example>\r\nTo: help@aurora.example\r\nSubject: Lamp\r\n\r\nHallo\r\n";

fn ran_with(arguments: &[&str], input: &str) -> Output {
    let mut command = dragoman();
    command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    child.wait_with_output().unwrap()
}

#[test]
fn many_mails_are_read_at_once_and_a_missing_one_holds_up_none() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).display().to_string();
    std::fs::create_dir(folder.path().join("deep")).unwrap();
    std::fs::write(path("a.eml"), LETTER).unwrap();
    std::fs::write(path("deep/b.eml"), LETTER.replace("Lamp", "Chair")).unwrap();
    std::fs::write(
        path("list.jsonl"),
        "\"a.eml\"\n{\"file\": \"missing.eml\"}\n\n{\"file\": \"deep/b.eml\"}\n",
    )
    .unwrap();
    let read = |output: &Output| -> Vec<(String, String)> {
        let lines = text(&output.stdout);
        let lines = lines.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
        let word = |line: &serde_json::Value, name: &str| line[name].as_str().unwrap_or_default().to_owned();
        lines.map(|line| (word(&line, "file"), word(&line, "subject"))).collect()
    };
    let pair = |file: &str, subject: &str| (file.to_owned(), subject.to_owned());
    let listed = ran(&["mail", "read", "--batch", &path("list.jsonl")]);
    assert_eq!(read(&listed), [pair("a.eml", "Lamp"), pair("missing.eml", ""), pair("deep/b.eml", "Chair")]);
    assert!(!listed.status.success());
    assert!(text(&listed.stderr).contains("1 of 3 files couldn't be read"), "{}", text(&listed.stderr));
    std::fs::remove_file(path("list.jsonl")).unwrap();
    let below = ran(&["mail", "read", "--batch", folder.path().to_str().unwrap()]);
    assert_eq!(read(&below), [pair(&path("a.eml"), "Lamp"), pair(&path("deep/b.eml"), "Chair")]);
    assert!(below.status.success());
    let one = ran(&["mail", "read", "--batch", &path("a.eml")]);
    assert_eq!(read(&one), [pair(&path("a.eml"), "Lamp")]);
    let typed = ran_with(&["mail", "read", "--batch", "-"], &format!("{:?}\n", path("a.eml")));
    assert_eq!(read(&typed), [pair(&path("a.eml"), "Lamp")]);
    assert!(!ran_with(&["mail", "read", "--batch", "-"], LETTER).status.success());
}

#[test]
fn a_mail_server_is_told_by_the_exit_code_what_became_of_a_mail() {
    let folder = tempfile::tempdir().unwrap();
    let place = ["--data", folder.path().to_str().unwrap()];
    let deliver = |to: &str| {
        let delivered = ran_with(
            &[&["mail", "deliver", "--to", to, "--from", "anna@mail.example"], &place[..]].concat(),
            LETTER,
        );
        (delivered.status.code(), text(&delivered.stderr))
    };
    let (code, said) = deliver("help@aurora.example");
    assert_eq!(code, Some(75), "there is no installation yet: {said}");
    assert!(ran(&[&["migrate"], &place[..]].concat()).status.success());
    let (code, said) = deliver("help@aurora.example");
    assert_eq!(code, Some(67), "{said}");
    assert!(said.contains("help@aurora.example is no address of this installation"), "{said}");
    let large = format!("{LETTER}{}", "x".repeat(50 * 1024 * 1024 + 1 - LETTER.len()));
    let to = ["mail", "deliver", "--to", "help@aurora.example"];
    assert_eq!(ran_with(&[&to[..], &place[..]].concat(), &large).status.code(), Some(65));
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_with_the_data_folder_learns_why_a_mail_is_where_it_is() {
    let world = testkit::World::on_sqlite().await;
    let case = world.case_from_mail("help@aurora.example").await;
    world.reply("tiago", case, "Please unplug it.").await.unwrap();
    let reference = cases::shown_reference(&world.case(case).await.reference);
    let data = world.folder.path().to_str().unwrap();
    let told = text(&ran(&["mail", "trace", &reference, "--data", data]).stdout);
    for words in [
        "Came:        from 192.0.2.1 over SMTP",
        "Here because:",
        "(threading.opens)",
        "Reply by Tiago",
        "Delivery:    waiting",
    ] {
        assert!(told.contains(words), "{words} is missing:\n{told}");
    }
    let printed: serde_json::Value =
        serde_json::from_slice(&ran(&["mail", "trace", &reference, "--data", data, "--json"]).stdout)
            .unwrap();
    let mails = &printed["cases"][0]["mails"];
    assert_eq!([&mails[0]["way"], &mails[1]["way"]], ["in", "out"]);
    assert_eq!(mails[0]["came"]["peer"], "192.0.2.1");
    assert_eq!(mails[0]["threading"][0]["code"], "threading.opens");
    assert_eq!(mails[1]["delivery"]["state"], "waiting");
    let unknown = ran(&["mail", "trace", "ZZZZ-ZZZZ", "--data", data]);
    assert!(!unknown.status.success());
    assert!(text(&unknown.stderr).contains("hint:"), "{}", text(&unknown.stderr));
}

#[test]
fn a_new_installation_is_migrated_once_and_examined() {
    let folder = tempfile::tempdir().unwrap();
    let place = ["--data", folder.path().to_str().unwrap()];
    let missing = ran(&[&["doctor"], &place[..]].concat());
    assert!(!missing.status.success());
    assert!(text(&missing.stderr).contains("There is no installation"), "{}", text(&missing.stderr));
    let first: serde_json::Value =
        serde_json::from_slice(&ran(&[&["migrate", "--json"], &place[..]].concat()).stdout).unwrap();
    assert!(first["took"].as_array().is_some_and(|took| !took.is_empty()));
    let second = ran(&[&["migrate"], &place[..]].concat());
    assert!(text(&second.stdout).contains("nothing to do"));
    let findings: serde_json::Value =
        serde_json::from_slice(&ran(&[&["doctor", "--json"], &place[..]].concat()).stdout).unwrap();
    let verdict = |check: &str| {
        let found = findings.as_array().unwrap().iter().find(|finding| finding["check"] == check).unwrap();
        found["verdict"].as_str().unwrap().to_owned()
    };
    assert_eq!([verdict("schema"), verdict("mailboxes"), verdict("jobs")], ["good", "look", "good"]);
}

#[test]
fn a_file_that_is_no_installation_is_explained() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("dragoman.db"), "this is a letter, not a database, and long enough")
        .unwrap();
    let failed = ran(&["migrate", "--data", folder.path().to_str().unwrap()]);
    assert!(!failed.status.success());
    assert!(text(&failed.stderr).contains("hint:"), "{}", text(&failed.stderr));
}

#[test]
fn bench_mail_fetches_everything_beside_a_silent_server() {
    let ended = ran(&["bench", "mail", "--mailboxes", "3", "--each", "2", "--json"]);
    let printed: serde_json::Value = serde_json::from_slice(&ended.stdout).unwrap();
    for (field, expected) in [("mailboxes", 3), ("mails_each", 2), ("mails_fetched", 6), ("mails_filed", 6)] {
        assert_eq!(printed[field], expected, "{field} in {printed}");
    }
    assert!(printed["silent_server"].as_str().is_some_and(|told| !told.is_empty()));
}
