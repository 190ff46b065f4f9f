//! The real engine with real models: what it would break survives, and models that can't be used are refused.
//!
//! Not a rule: engines are waited for. `bin/models-for-tests` gets the models.

use super::{super::*, direction, tag};
use kernel::Refused;
use std::{
    fs,
    io::{self, Read},
    path::{Path, PathBuf},
    time::Duration,
};

/// The folder that holds the folder `models`, or in this case what stands for it.
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

fn engines() -> Engines {
    let engines = Engines::none();
    Models::at(models_for_tests()).refresh(&engines);
    assert_eq!(engines.directions(), [direction("en", "pt"), direction("pt", "en")]);
    engines
}

/// Pieces that the bare engine breaks, and sentences around them.
const PIECES: [&str; 30] = [
    "anna.kowalska@example.pl",
    "https://example.com/a?b=c&d=1#e",
    "www.example.org/help",
    "#123",
    "{{customer.name}}",
    "%s",
    "%1$s",
    "`sudo systemctl restart cups`",
    "K7QM-3XTP",
    "1,299.00",
    "$5.50",
    "12,50 €",
    "+48 600 123 456",
    "😀👍🏽",
    "ERR_CONN_RESET",
    "C:\\Users\\anna",
    "/etc/hosts",
    "<b>",
    "report_2026.pdf",
    "192.168.0.1",
    "2.4.1-rc1",
    "SN-00012345",
    "DE89370400440532013000",
    "{0}",
    "[[order]]",
    "@anna",
    "&nbsp;",
    "→",
    "${HOME}",
    "1 000 000",
];
const ENGLISH: [&str; 6] = [
    "Please look at {} and tell us what you see.",
    "The printer on the second floor shows {} since yesterday.",
    "Your order {} was sent on 3 March and weighs 5 kg.",
    "{} is what the customer wrote, but we can't find it.",
    "If {} does not work, wait 24 hours and try again: {}",
    "Where can I find {}?",
];
const PORTUGUESE: [&str; 4] = [
    "Por favor, veja {} e diga-nos o que aparece.",
    "A impressora do segundo andar mostra {} desde ontem.",
    "O seu pedido {} foi enviado no dia 3 de março e pesa 5 kg.",
    "Se {} não funcionar, espere 24 horas e tente de novo: {}",
];

async fn check_survival(engines: &Engines, from: &str, to: &str, sentences: &[&str]) {
    for piece in PIECES {
        let text = sentences.join("\n\n").replace("{}", piece);
        let translation = engines
            .translate(Request::new(text.clone(), tag(from), tag(to)).within(Priority::Soon, HOUR))
            .await
            .unwrap();
        for segment in &translation.segments {
            let (source, target) = (&text[segment.source.clone()], segment.text(&translation));
            assert_eq!(target.matches(piece).count(), source.matches(piece).count(), "{source} -> {target}");
            for number in ["24", " 5"] {
                assert!(
                    !source.replace(piece, "").contains(number) || target.contains(number.trim()),
                    "{source} -> {target}"
                );
            }
        }
        let breaks = |text: &str| text.matches("\n\n").count();
        assert_eq!(breaks(&translation.text), breaks(&text), "{}", translation.text);
        assert!(!translation.text.contains("XQ"), "{}", translation.text);
    }
}

const HOUR: Duration = Duration::from_secs(3600);

#[tokio::test]
async fn what_the_bare_engine_breaks_survives() {
    let engines = engines();
    check_survival(&engines, "en", "pt", &ENGLISH).await;
    check_survival(&engines, "pt", "en", &PORTUGUESE).await;
}

#[tokio::test]
async fn a_letter_keeps_its_shape() {
    let text = "Dear Ana,\n\nthank you for your **patience**. Please do this:\n\n1. Open [our guide](https://example.com/guide).\n2. Press the `Reset` \
                button for 5 seconds.\n   - Wait until the light is green.\n\n> My router does not work.\n\n```\nping 192.168.0.1\n```\n\nPLEASE DO \
                NOT TURN IT OFF!\n\nThe Turbo Box is yours. 😀\n-- \nAnna Smith\nSupport";
    let protected = Protected::everywhere(text, "Turbo Box", &Say::AsIs);
    let request = Request::new(text, tag("en"), tag("pt")).protecting(protected).within(Priority::Soon, HOUR);
    let said = engines().translate(request).await.unwrap().text;
    for kept in [
        "\n\n1. ",
        "\n2. ",
        "\n   - ",
        "](https://example.com/guide)",
        "`Reset`",
        " 5 ",
        "\n\n> ",
        "\n\n```\nping 192.168.0.1\n```\n\n",
        "Turbo Box",
        " 😀\n-- \nAnna Smith\nSupport",
    ] {
        assert!(said.contains(kept), "{kept:?} in {said}");
    }
    assert_eq!(said.matches("**").count(), 2, "{said}");
    assert_eq!(said.lines().count(), text.lines().count());
    let loud = said.lines().find(|line| line.starts_with("POR FAVOR")).unwrap_or_default();
    assert_eq!(loud, loud.to_uppercase(), "{said}");
}

#[tokio::test]
async fn hostile_texts_come_back() {
    let engines = engines();
    for text in [
        "\0\0 hello \0 there",
        "XQ1X and XNUMX",
        "привет hello 你好",
        "(((((((((((((((((((( ))))",
        &"ab12".repeat(300),
        &"hmm ".repeat(300),
    ] {
        let request = Request::new(text, tag("en"), tag("pt")).within(Priority::Soon, HOUR);
        let said = engines.translate(request).await.unwrap().text;
        assert_eq!(said.matches('\0').count(), text.matches('\0').count(), "{said:?}");
    }
    let long = "The printer does not work. ".repeat(40_000);
    let request =
        Request::new(long, tag("en"), tag("pt")).within(Priority::Whenever, Duration::from_millis(50));
    assert!(matches!(engines.translate(request).await, Err(Untranslated::TimedOut { of: 40_000, .. })));
}

/// A folder of models, and beside it a copy of the model en-pt that may be spoilt.
struct House {
    folder: tempfile::TempDir,
    models: Models,
    spoilt: PathBuf,
}

impl House {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let spoilt = folder.path().join("spoilt");
        fs::create_dir(&spoilt).unwrap();
        for entry in fs::read_dir(models_for_tests().join("en-pt")).unwrap() {
            let path = entry.unwrap().path();
            fs::copy(&path, spoilt.join(path.file_name().unwrap())).unwrap();
        }
        let models = Models::of_data(folder.path());
        Self { folder, models, spoilt }
    }

    /// Adding is refused with this code, and leaves what was there.
    #[track_caller]
    fn refuses(&self, code: &str, words: &str) {
        let before = self.models.list();
        let refused: Refused = self.models.add(&self.spoilt, None).unwrap_err();
        assert_eq!(refused.code, code, "{refused}");
        assert!(refused.sentence.contains(words), "{refused}");
        assert_eq!(self.models.list(), before);
        let left = fs::read_dir(self.models.root()).into_iter().flatten();
        assert!(
            left.filter_map(Result::ok).all(|entry| !entry.file_name().to_string_lossy().starts_with('.'))
        );
    }

    fn file(&self, name: &str) -> PathBuf {
        self.spoilt.join(name)
    }
}

fn shorten(path: &Path, by: usize) {
    let bytes = fs::read(path).unwrap();
    fs::write(path, &bytes[..bytes.len() - by]).unwrap();
}

#[test]
fn a_model_comes_is_tried_and_goes() {
    let house = House::new();
    fs::remove_file(house.file("manifest.json")).unwrap();
    let (manifest, trial) = house.models.add(&house.spoilt, Some(&direction("en", "pt"))).unwrap();
    assert_eq!((manifest.folder().as_str(), manifest.files.len()), ("en-pt", 3));
    assert!(trial.target.contains("impressora"), "{}", trial.target);
    assert_eq!(house.models.test(&direction("en", "pt")).unwrap().target, trial.target);
    house.models.add(&house.spoilt, None).unwrap();
    assert_eq!(house.models.list().len(), 1, "the new one stands in the place of the old one");
    let engines = Engines::none();
    house.models.refresh(&engines);
    assert_eq!(engines.directions(), [direction("en", "pt")]);
    house.models.remove(&direction("en", "pt")).unwrap();
    house.models.refresh(&engines);
    assert_eq!(engines.directions(), []);
    assert_eq!(house.models.remove(&direction("en", "pt")).unwrap_err().code, "model.not_found");
    assert!(house.folder.path().exists());
}

#[test]
fn models_that_cant_be_used_are_refused() {
    let house = House::new();
    house.models.add(&house.spoilt, None).unwrap();
    shorten(&house.file("model.enpt.intgemm.alphas.bin"), 1_000);
    house.refuses("model.damaged", "17139836 bytes instead of 17140836");
    fs::remove_file(house.file("manifest.json")).unwrap();
    house.refuses("model.damaged", "can't be used");
    fs::remove_file(house.file("model.enpt.intgemm.alphas.bin")).unwrap();
    house.refuses("model.incomplete", "model file");
    fs::copy(
        models_for_tests().join("pt-en/model.pten.intgemm.alphas.bin"),
        house.file("model.enpt.intgemm.alphas.bin"),
    )
    .unwrap();
    house.refuses("model.damaged", "can't be used");
    fs::rename(house.file("model.enpt.intgemm.alphas.bin"), house.file("model.pten.intgemm.alphas.bin"))
        .unwrap();
    house.refuses("model.other_pair", "not of");
    let wanted =
        house.models.add(&models_for_tests().join("pt-en"), Some(&direction("en", "de"))).unwrap_err();
    assert_eq!(wanted.code, "model.other_pair");
}

#[test]
fn a_truncated_shortlist_or_vocabulary_is_seen_without_a_manifest() {
    for name in ["lex.50.50.enpt.s2t.bin", "vocab.enpt.spm"] {
        let house = House::new();
        fs::remove_file(house.file("manifest.json")).unwrap();
        shorten(&house.file(name), 400_000);
        house.refuses("model.damaged", "can't be used");
    }
}

#[test]
fn a_full_disk_leaves_nothing_behind() {
    struct Full;
    impl Read for Full {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            Err(io::ErrorKind::StorageFull.into())
        }
    }
    let house = House::new();
    let adding = house.models.begin(&direction("en", "pt")).unwrap();
    let refused = adding.put("model.enpt.bin", &mut Full).unwrap_err();
    assert_eq!(refused.code, "model.no_room");
    assert!(adding.put("../out", &mut &b""[..]).is_err());
    drop(adding);
    assert_eq!(fs::read_dir(house.models.root()).unwrap().count(), 0);
}
