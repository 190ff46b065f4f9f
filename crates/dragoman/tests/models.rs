//! Models and translations from the command line, with a mirror that is whole, broken or silent.

use crate::program::dragoman;
use ruzstd::encoding::{CompressionLevel, compress_to_vec};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use std::{
    collections::HashMap,
    fs,
    io::{Read as _, Write as _},
    net::{SocketAddr, TcpListener},
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
    sync::{Arc, Mutex},
};

/// Real models, which `bin/models-for-tests` gets.
fn models_for_tests() -> PathBuf {
    let target = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../target/models-for-tests");
    let folder = std::env::var_os("DRAGOMAN_TEST_MODELS").map_or(target, PathBuf::from);
    assert!(
        folder.join("en-pt").is_dir(),
        "no models at {}: bin/models-for-tests gets them",
        folder.display()
    );
    folder
}

fn ran(data: &Path, arguments: &[&str], input: &[u8]) -> Output {
    ran_by(dragoman(), data, arguments, input)
}

/// The program where no file may be longer than so many blocks of 512 bytes, as on a disk that is nearly full.
fn cramped(blocks: u32) -> Command {
    let mut shell = Command::new("sh");
    // Without the trap the system would end the program instead of telling it.
    let script = format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$0\" \"$@\"");
    shell.args(["-c", &script]).arg(dragoman().get_program());
    shell
}

fn ran_by(mut command: Command, data: &Path, arguments: &[&str], input: &[u8]) -> Output {
    command
        .args(arguments)
        .arg("--data")
        .arg(data)
        .env_remove("DRAGOMAN_MODELS")
        .env_remove("DRAGOMAN_MODELS_FROM");
    command.env("NO_PROXY", "127.0.0.1").stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    child.stdin.take().unwrap().write_all(input).unwrap();
    child.wait_with_output().unwrap()
}

#[track_caller]
fn printed(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|_| panic!("{}", String::from_utf8_lossy(&output.stderr)))
}

#[track_caller]
fn refused(output: &Output, words: &str) {
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(!output.status.success() && said.contains(words) && said.contains("hint:"), "{said}");
}

#[test]
fn a_text_is_translated_with_models_that_were_added() {
    let data = tempfile::tempdir().unwrap();
    let translate = ["language", "translate", "--from", "en", "--to", "pt", "--json"];
    refused(&ran(data.path(), &translate, b"Hello"), "Nothing here translates from en into pt");
    let model = models_for_tests().join("en-pt");
    let added = printed(&ran(data.path(), &["models", "add", model.to_str().unwrap(), "--json"], b""));
    assert_eq!((added["pair"].as_str(), added["licence"].as_str()), (Some("en-pt"), Some("MPL-2.0")));
    let listed = printed(&ran(data.path(), &["models", "list", "--json"], b""));
    assert_eq!(listed["models"].as_array().unwrap().len(), 1);

    let text = "😀 Żółw: open #123 now.\n\nThe toner costs 5 EUR.";
    let with_term = [&translate[..], &["--term", "toner=tinteiro"]].concat();
    let said = printed(&ran(data.path(), &with_term, text.as_bytes()));
    let whole: Vec<char> = said["text"].as_str().unwrap().chars().collect();
    assert!(said["text"].as_str().unwrap().contains("tinteiro"), "{said}");
    for segment in said["segments"].as_array().unwrap() {
        let at = |end: usize| usize::try_from(segment["target_span"][end].as_u64().unwrap()).unwrap();
        let target: String = whole[at(0)..at(1)].iter().collect();
        assert_eq!(segment["target"], target);
    }
    refused(&ran(data.path(), &["models", "remove", "pt-en"], b""), "There is no model pt-en here");
    assert!(ran(data.path(), &["models", "remove", "en-pt"], b"").status.success());
}

/// A web server that answers from a table; what isn't in it breaks off in the middle.
struct Mirror {
    address: SocketAddr,
    files: Arc<Mutex<HashMap<String, Vec<u8>>>>,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Mirror {
    /// A mirror of the model en-pt, unpacked.
    fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let mirror =
            Self { address: listener.local_addr().unwrap(), files: Arc::default(), asked: Arc::default() };
        let (files, asked) = (mirror.files.clone(), mirror.asked.clone());
        std::thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                answer(stream, &files, &asked);
            }
        });
        let mut records = Vec::new();
        for (kind, name) in [
            ("model", "model.enpt.intgemm.alphas.bin"),
            ("vocab", "vocab.enpt.spm"),
            ("lex", "lex.50.50.enpt.s2t.bin"),
        ] {
            let bytes = fs::read(models_for_tests().join("en-pt").join(name)).unwrap();
            let hash = sum(&bytes);
            records.push(json!({
                "name": name, "fileType": kind, "version": "3.0", "sourceLanguage": "en", "targetLanguage": "pt",
                "attachment": { "location": format!("files/{name}"), "hash": hash, "size": bytes.len() },
            }));
            mirror.put(&format!("/files/{name}"), bytes);
        }
        mirror.put("/records.json", json!({ "data": records }).to_string().into_bytes());
        mirror
    }

    fn put(&self, path: &str, bytes: Vec<u8>) {
        self.files.lock().unwrap().insert(path.to_owned(), bytes);
    }

    fn change(&self, path: &str, change: impl FnOnce(&mut Vec<u8>)) {
        change(self.files.lock().unwrap().get_mut(path).unwrap());
    }

    /// The same with every file packed, as Mozilla's list has them now.
    fn packed(self) -> Self {
        let text = self.files.lock().unwrap()["/records.json"].clone();
        let mut list: Value = serde_json::from_slice(&text).unwrap();
        for record in list["data"].as_array_mut().unwrap() {
            let path = format!("/{}", record["attachment"]["location"].as_str().unwrap());
            let bytes = self.files.lock().unwrap().remove(&path).unwrap();
            // Without optimisation, packing megabytes takes minutes; a frame of whole blocks is as good a frame.
            let is_small = bytes.len() < 1_000_000;
            let level = if is_small { CompressionLevel::Fastest } else { CompressionLevel::Uncompressed };
            let packed = compress_to_vec(&bytes[..], level);
            record["decompressedHash"] = json!(sum(&bytes));
            record["decompressedSize"] = json!(bytes.len());
            record["attachment"] = json!({ "location": format!("{}.zst", &path[1..]), "hash": sum(&packed), "size": packed.len() });
            self.put(&format!("{path}.zst"), packed);
        }
        self.put("/records.json", list.to_string().into_bytes());
        self
    }

    fn fetch(&self, data: &Path, pair: &str) -> Output {
        self.fetch_by(dragoman(), data, pair)
    }

    fn fetch_by(&self, command: Command, data: &Path, pair: &str) -> Output {
        let from = format!("http://{}", self.address);
        ran_by(command, data, &["models", "fetch", pair, "--json", "--from", &from], b"")
    }
}

fn sum(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

fn answer(
    mut stream: std::net::TcpStream,
    files: &Mutex<HashMap<String, Vec<u8>>>,
    asked: &Mutex<Vec<String>>,
) {
    let mut head = Vec::new();
    let mut byte = [0];
    while !head.ends_with(b"\r\n\r\n") && stream.read(&mut byte).is_ok_and(|read| read == 1) {
        head.push(byte[0]);
    }
    let path = String::from_utf8_lossy(&head).split(' ').nth(1).unwrap_or_default().to_owned();
    asked.lock().unwrap().push(path.clone());
    let body = files.lock().unwrap().get(&path).cloned();
    // Who asked may have gone away.
    let _ = match body {
        Some(body) => {
            write!(stream, "HTTP/1.1 200 OK\r\nContent-Length: {}\r\nConnection: close\r\n\r\n", body.len())
                .and_then(|()| stream.write_all(&body))
        }
        None => write!(stream, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\nConnection: close\r\n\r\nhalf"),
    };
}

const VOCABULARY: &str = "/files/vocab.enpt.spm";

#[test]
fn a_model_is_fetched_from_a_mirror() {
    let (data, mirror) = (tempfile::tempdir().unwrap(), Mirror::start());
    let fetched = printed(&mirror.fetch(data.path(), "en-pt"));
    assert_eq!((fetched["pair"].as_str(), fetched["version"].as_str()), (Some("en-pt"), Some("3.0")));
    assert!(fetched["trial"]["target"].as_str().unwrap().contains("impressora"));
    refused(&mirror.fetch(data.path(), "en-de"), "The mirror has no model en-de");
    refused(&ran(data.path(), &["models", "fetch", "en-pt"], b""), "No mirror is named");
    let nobody = ["models", "fetch", "en-pt", "--from", "http://127.0.0.1:1/"];
    refused(&ran(data.path(), &nobody, b""), "can't be reached");
    refused(
        &ran(data.path(), &["models", "fetch", "en-pt", "--from", "models"], b""),
        "is no address of a mirror",
    );
}

#[test]
fn half_a_model_never_stands_there() {
    let (data, mirror) = (tempfile::tempdir().unwrap(), Mirror::start());
    let whole = mirror.files.lock().unwrap()[VOCABULARY].clone();
    let none =
        || assert_eq!(printed(&ran(data.path(), &["models", "list", "--json"], b""))["models"], json!([]));
    mirror.change(VOCABULARY, |bytes| bytes.truncate(1_000));
    refused(&mirror.fetch(data.path(), "en-pt"), "has 1000 bytes where the mirror's list says");
    mirror.change(VOCABULARY, |bytes| *bytes = whole.iter().map(|byte| byte ^ 1).collect());
    refused(&mirror.fetch(data.path(), "en-pt"), "its checksum is another");
    mirror.files.lock().unwrap().remove(VOCABULARY);
    refused(&mirror.fetch(data.path(), "en-pt"), "the connection broke");
    none();
    mirror.put(VOCABULARY, whole);
    mirror.asked.lock().unwrap().clear();
    assert!(mirror.fetch(data.path(), "en-pt").status.success());
    let asked = mirror.asked.lock().unwrap().clone();
    assert!(
        !asked.iter().any(|path| path.contains("model.enpt")),
        "what came whole isn't fetched again: {asked:?}"
    );
    mirror.put("/records.json", b"<html>".to_vec());
    refused(&mirror.fetch(data.path(), "en-pt"), "is no list of models");
}

#[test]
fn packed_files_are_unpacked_and_damaged_ones_refused() {
    let (data, mirror) = (tempfile::tempdir().unwrap(), Mirror::start().packed());
    let fetched = printed(&mirror.fetch(data.path(), "en-pt"));
    assert!(fetched["trial"]["target"].as_str().unwrap().contains("impressora"));
    let packed = format!("{VOCABULARY}.zst");
    let whole = mirror.files.lock().unwrap()[&packed].clone();
    let middle = whole.len() / 2;
    mirror.change(&packed, |bytes| bytes[middle] ^= 1);
    refused(&mirror.fetch(data.path(), "en-pt"), "vocab.enpt.spm");
    mirror.change(&packed, |bytes| bytes.fill(b'x'));
    refused(&mirror.fetch(data.path(), "en-pt"), "vocab.enpt.spm came damaged");
    assert!(
        ran(data.path(), &["models", "test", "en-pt"], b"").status.success(),
        "the one that was there stays"
    );
}

#[test]
fn a_full_disk_is_told_and_costs_nothing() {
    let (data, mirror) = (tempfile::tempdir().unwrap(), Mirror::start().packed());
    assert!(mirror.fetch(data.path(), "en-pt").status.success());
    refused(&mirror.fetch_by(cramped(10_000), data.path(), "en-pt"), "Make room");
    let listed = printed(&ran(data.path(), &["models", "list", "--json"], b""));
    assert_eq!(listed["models"].as_array().unwrap().len(), 1);
    assert!(ran(data.path(), &["models", "test", "en-pt"], b"").status.success());
    let again = mirror.fetch(data.path(), "en-pt");
    assert!(again.status.success(), "with room it goes on: {}", String::from_utf8_lossy(&again.stderr));
}

/// A client that remembers a sentence from English into Polish and has a word of its own; and another without words.
async fn with_words(place: &testkit::Place) {
    let tag = |text: &str| text.parse::<kernel::LanguageTag>().unwrap();
    place
        .store
        .write(move |tx| {
            let now = store::Clock::System.now();
            let aurora = desk::set_up::new_client("Aurora Kaffee", "orange", "en", "Europe/Berlin")?;
            desk::set_up::open_client(tx, &aurora, now)?;
            let other = desk::set_up::new_client("Pip", "plum", "en", "Europe/Berlin")?;
            desk::set_up::open_client(tx, &other, now)?;
            let pair = language::memory::Remembered {
                client: aurora.id,
                from: tag("en"),
                to: tag("pl"),
                source: "The milk jug is on its way.".to_owned(),
                target: "Dzbanek jest w drodze.".to_owned(),
                approved_by: "Greta".to_owned(),
                approved_at: now,
                approval: language::memory::Approval::Read,
            };
            desk::tables::remembered::remember(tx, &pair, None)?;
            let forms = [("en", "milk jug"), ("pt", "leiteira")];
            let forms = forms.map(|(language, words)| language::terms::Form::new(tag(language), words));
            let term = language::terms::Term::new("jug", forms.to_vec());
            desk::tables::terms::put(tx, aurora.id, None, &term, now)?;
            Ok::<_, kernel::Stop>(desk::tables::terms::changed(tx, aurora.id)?)
        })
        .await
        .unwrap();
}

async fn a_client_is_said_in_its_own_words(place: testkit::Place) {
    with_words(&place).await;
    let base = crate::installation::arguments(&place);
    let models = models_for_tests();
    let say = |client: &str, to: &str, further: &[&str], text: &str| {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("text");
        fs::write(&file, text).unwrap();
        let mut command = dragoman();
        command.args(["language", "translate", "--from", "en", "--to", to, "--client", client, "--json"]);
        command.arg("--models").arg(&models).args(&base).args(further).arg(&file).output().unwrap()
    };
    let text = "The milk jug is on its way. We wish you a good day.";
    for name in ["aurora-kaffee", "Aurora Kaffee", "AURORA KAFFEE"] {
        let said = printed(&say(name, "pl", &[], text));
        let hows: Vec<_> = said["segments"].as_array().unwrap().iter().map(|part| &part["how"]).collect();
        assert_eq!(hows, ["memory", "nobody"], "{said}");
        assert_eq!(said["text"], "Dzbanek jest w drodze. We wish you a good day.");
        assert!(said["segments"][0]["because"].as_str().unwrap().contains("Greta"), "{said}");
        assert_eq!((&said["engine"], &said["notes"]), (&json!("translation memory"), &json!([])));
    }
    refused(&say("pip", "pl", &[], text), "Nothing here translates from en into pl");
    refused(&say("Pip", "pl", &["--elsewhere"], text), "Nothing here translates from en into pl");
    let said = printed(&say("aurora-kaffee", "pt", &[], "Your milk jug is on its way."));
    assert!(said["text"].as_str().unwrap().contains("leiteira"), "{said}");
    let said = printed(&say("pip", "pt", &[], "Your milk jug is on its way."));
    assert!(!said["text"].as_str().unwrap().contains("leiteira"), "{said}");
    refused(&say("Nobody", "pl", &[], text), "There is no client Nobody here.");
}

#[test]
fn a_client_is_said_in_its_own_words_on_both_engines() {
    tokio::runtime::Runtime::new().unwrap().block_on(async {
        a_client_is_said_in_its_own_words(testkit::Place::on_sqlite().await).await;
        if let Some(place) = testkit::Place::on_postgres().await {
            a_client_is_said_in_its_own_words(place).await;
        }
    });
}

#[test]
fn a_client_needs_an_installation() {
    let data = tempfile::tempdir().unwrap();
    let client = ["language", "translate", "--from", "en", "--to", "pt", "--client", "aurora"];
    refused(&ran(data.path(), &client, b"Hello"), "There is no installation in");
}
