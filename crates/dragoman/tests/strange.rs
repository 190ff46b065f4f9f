//! Strange texts at the language commands: each ends with an answer that is whole, or with a sentence that says why there is none.

use crate::program::dragoman;
use serde_json::Value;
use std::{path::Path, process::Output};

/// A name for messages, and the bytes.
fn texts() -> Vec<(&'static str, Vec<u8>)> {
    let invalid = [b"Guten Tag, mein Paket \xff\xfe ist nicht angekommen.".as_slice(), b"\xc3"].concat();
    let scripts = "Hello, мой заказ не пришёл, 你好, שלום, مرحبا, สวัสดี, καλημέρα. ".repeat(20);
    vec![
        ("nothing", Vec::new()),
        ("invalid UTF-8", invalid),
        ("a megabyte in one paragraph", "the parcel did not arrive, ".repeat(38_000).into_bytes()),
        ("ten thousand emoji", "😀".repeat(10_000).into_bytes()),
        ("mixed scripts", scripts.into_bytes()),
        ("zeros", vec![0; 1_000]),
    ]
}

fn ran(arguments: &[&str]) -> Output {
    dragoman().args(arguments).output().unwrap()
}

fn answer(name: &str, said: &Output) -> Value {
    let words = String::from_utf8(said.stdout.clone()).unwrap();
    serde_json::from_str(&words).unwrap_or_else(|error| {
        panic!("{name}: {error} in {words:.200}, {}", String::from_utf8_lossy(&said.stderr))
    })
}

#[test]
fn identify_signals_and_check_answer_every_text() {
    let folder = tempfile::tempdir().unwrap();
    let (file, other) = (folder.path().join("text"), folder.path().join("other"));
    std::fs::write(&other, "Guten Tag, die Lampe ist angekommen.").unwrap();
    let (path, beside) = (file.to_str().unwrap(), other.to_str().unwrap());
    for (name, text) in texts() {
        std::fs::write(&file, &text).unwrap();
        let points = String::from_utf8_lossy(&text).chars().count();
        let found = answer(name, &ran(&["language", "identify", "--json", path]));
        for segment in found["segments"].as_array().unwrap() {
            let (start, end) = (segment["start"].as_u64().unwrap(), segment["end"].as_u64().unwrap());
            assert!(start < end && end <= points as u64, "{name}: {segment}");
        }
        let signals = answer(name, &ran(&["language", "signals", "--json", path]));
        assert!(signals["signals"].is_array(), "{name}");
        let checked = ["language", "check", "--from", "en", "--to", "de", "--json", path, beside];
        assert!(answer(name, &ran(&checked))["findings"].is_array(), "{name}");
    }
}

#[test]
fn a_text_that_nothing_translates_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("text");
    for (name, text) in texts().into_iter().skip(1) {
        std::fs::write(&file, &text).unwrap();
        let data = folder.path().to_str().unwrap();
        let asked =
            ["language", "translate", "--from", "en", "--to", "pt", "--data", data, file.to_str().unwrap()];
        let said = ran(&asked);
        let why = String::from_utf8_lossy(&said.stderr).into_owned();
        assert!(!said.status.success() && why.starts_with("error: "), "{name}: {why}");
    }
}

#[test]
fn a_missing_file_is_named_alike_by_every_command() {
    let missing = Path::new("/no/such/file");
    let path = missing.to_str().unwrap();
    for command in [
        ["language", "identify", path].as_slice(),
        &["language", "identify", "--batch", path],
        &["language", "signals", path],
        &["language", "check", "--from", "en", "--to", "de", path, path],
        &["mail", "read", path],
    ] {
        let said = ran(command);
        let why = String::from_utf8_lossy(&said.stderr).into_owned();
        assert!(!said.status.success(), "{command:?}");
        assert!(why.starts_with("error: /no/such/file can't be read: "), "{command:?}: {why}");
    }
}
