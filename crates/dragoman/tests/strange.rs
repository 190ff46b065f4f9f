//! Strange texts, at the language commands and in mails: each ends with an answer that is whole, or with a sentence that says why there
//! is none.

use crate::program::dragoman;
use cases::{Message, translations::Translated};
use channels::email::reading::Reading;
use desk::{intake, translating, translating::Translating};
use jobs::Worker;
use kernel::{LanguageTag, Stop};
use language::translation::{Direction, Engines, Replay};
use serde_json::Value;
use std::{path::Path, process::Output, sync::Arc};
use testkit::World;

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

/// A desk that says Polish in English, as far as it was recorded: nothing.
async fn town() -> World {
    let mut world = World::on_sqlite().await;
    let (pl, en): (LanguageTag, LanguageTag) = ("pl".parse().unwrap(), "en".parse().unwrap());
    let engines = Engines::none().with(Direction { from: pl.clone(), to: en }, Replay::new(&pl, []));
    world.desk = world.desk.clone().translating_with(Arc::new(engines));
    world
}

/// What became of a mail with this text: the message, its translations, and what asking for one is answered.
async fn mailed(world: &World, nth: usize, text: &[u8]) -> (Message, Vec<Translated>, Result<(), Stop>) {
    let id = format!("strange-{nth}@customer.example");
    let head = format!(
        "From: C{nth} <c{nth}@customer{nth}.example>\r\nTo: help@aurora.example\r\nSubject: Strange {nth}\r\n\
         Message-ID: <{id}>\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
    );
    let delivery = intake::Delivery {
        sender: format!("c{nth}@customer{nth}.example"),
        recipients: vec!["help@aurora.example".parse().unwrap()],
        peer: "192.0.2.1".to_owned(),
        trace: String::new(),
        body: intake::Body::Bytes([head.as_bytes(), text].concat()),
    };
    intake::keep(&world.desk, delivery).await.unwrap();
    let desk = world.desk.clone();
    let worker = Worker::new(
        desk.store.clone(),
        desk.clock.clone(),
        vec![Arc::new(Reading::new(desk.clone())), Arc::new(Translating::new(desk.clone()))],
    );
    worker.run_due().await.unwrap();
    let case = world.read(move |tx| cases::tables::found_by_email_id(tx, &id)).await.remove(0).id;
    let asked = match world.messages(case).await.pop() {
        Some(message) => translating::ask(&desk, &world.reach("tiago").await, case, message.id).await,
        None => Ok(()),
    };
    worker.run_due().await.unwrap();
    let translations = world.read(move |tx| cases::tables::translations(tx, case)).await;
    (world.messages(case).await.remove(0), translations, asked)
}

#[test]
fn strange_mails_lose_nothing_and_are_translated_or_told_why_not() {
    tokio::runtime::Runtime::new().unwrap().block_on(async {
        let world = town().await;
        let polish = "Dzień dobry, moja paczka nie dotarła na czas i nie wiem, co mam teraz zrobić, ";
        let (large, huge) = (polish.repeat(13_000), polish.repeat(27_000));
        assert!(large.len() > 1_000_000 && huge.len() > 2_000_000);

        let (message, translations, asked) = mailed(&world, 0, large.as_bytes()).await;
        assert_eq!((message.new_text.trim(), message.language.as_str()), (large.trim(), "pl"));
        assert!(asked.is_ok() && translations[0].is_done(), "{}", translations[0].because);
        assert_eq!(translations[0].text.trim(), large.trim());

        let (message, translations, _) = mailed(&world, 1, huge.as_bytes()).await;
        assert_eq!((message.new_text.trim(), message.language.as_str()), (huge.trim(), "pl"));
        assert!(translations[0].because.contains("at most 2000 KB are translated at once"));
        assert!(!translations[0].is_done() && translations[0].text.is_empty());

        let emoji = "😀".repeat(10_000);
        let (message, translations, asked) = mailed(&world, 2, emoji.as_bytes()).await;
        assert_eq!((message.new_text.trim(), message.language.is_known()), (emoji.as_str(), false));
        assert!(translations.is_empty());
        assert!(
            matches!(asked, Err(Stop::Refused(refused)) if refused.code == "translation.language_unknown")
        );

        let scripts = format!("{polish}мой заказ не пришёл, 你好, שלום, مرحبا, สวัสดี, καλημέρα.");
        let (message, translations, _) = mailed(&world, 3, scripts.as_bytes()).await;
        assert_eq!((message.new_text.trim(), message.language.as_str()), (scripts.as_str(), "pl"));
        assert_eq!(translations[0].text.trim(), scripts);

        let invalid = [polish.as_bytes(), b"\xff\xfe koniec\xc3".as_slice()].concat();
        let (message, translations, _) = mailed(&world, 4, &invalid).await;
        assert_eq!(message.language.as_str(), "pl");
        assert!(message.new_text.contains("koniec") && translations[0].is_done(), "{}", message.new_text);
    });
}
