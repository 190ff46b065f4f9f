//! Samples of the pages about models and engines elsewhere.

use super::{aurora, language, shell, when};
use crate::views::engines::{
    Budget, ClientEngines, ClientUse, EngineCard, EngineForm, MeasuredLine, ModelLine, OfferedCard, Standing,
    Translation,
};
use crate::views::marks::Choice;
use crate::views::shell::{Administration, Place};

fn measured(speed: &str, target: &str, tag: &str, note: &str) -> MeasuredLine {
    MeasuredLine {
        speed: speed.to_owned(),
        when: when("12:40"),
        source: "Good morning, your order arrives on Tuesday.".to_owned(),
        target: target.to_owned(),
        language: Some(language(tag)).filter(|_| !target.is_empty()),
        note: note.to_owned(),
    }
}

fn budget(words: &str, percent: i64) -> Budget {
    Budget { words: words.to_owned(), percent, is_near: percent >= 80 }
}

fn form(name: &str, address: &str, country: &str) -> EngineForm {
    EngineForm {
        url: "#".to_owned(),
        kinds: vec![
            Choice::new("libretranslate", "LibreTranslate"),
            Choice::new("deepl", "DeepL").chosen(),
            Choice::new("openai", "OpenAI-compatible"),
        ],
        name: name.to_owned(),
        address: address.to_owned(),
        model: String::new(),
        country: country.to_owned(),
        within: "10".to_owned(),
        monthly_characters: "500,000".to_owned(),
        has_key: !name.is_empty(),
        is_enabled: true,
        is_open: false,
    }
}

fn models() -> Vec<ModelLine> {
    let model = |pair: &str, words: &str, about: &str, measured| ModelLine {
        pair: pair.to_owned(),
        words: words.to_owned(),
        about: about.to_owned(),
        source: "https://models.example.com/, MPL-2.0".to_owned(),
        is_whole: true,
        measured,
    };
    let said = "Bom dia, o seu pedido chega na terça-feira.";
    vec![
        model(
            "en-pt",
            "English → Portuguese",
            "version 3.0, 22.4 MB",
            Some(measured("750 words a second", said, "pt", "")),
        ),
        model("pt-en", "Portuguese → English", "version 3.0, 22.3 MB", None),
        ModelLine {
            is_whole: false,
            source: String::new(),
            ..model(
                "de-en",
                "German → English",
                "The model de-en can't be used: model.deen.bin has 1000 bytes instead of 17140836.",
                None,
            )
        },
    ]
}

/// Models in every state, an engine that works and one in trouble.
pub fn translation() -> Translation {
    let card = |id: &str, name: &str, standing, budget| EngineCard {
        id: id.to_owned(),
        about: "DeepL, api.deepl.com, Germany".to_owned(),
        standing,
        trouble: String::new(),
        troubled: None,
        reaches: "says texts in 33 languages".to_owned(),
        budget,
        clients: vec![ClientUse {
            mark: aurora(),
            url: "#".to_owned(),
            allowed: "allows it".to_owned(),
            used: "412,345 characters, asked 1,204 times, failed 3 times".to_owned(),
        }],
        tested: Some(measured(
            "14 words a second",
            "Guten Morgen, Ihre Bestellung kommt am Dienstag an.",
            "de",
            "It counts 412345 of 500000 characters as used.",
        )),
        form: form(name, "https://api.deepl.com/", "Germany"),
    };
    let works = Standing { key: "in-force", icon: "check", words: "Works" };
    let troubled = Standing { key: "high", icon: "alert", words: "In trouble" };
    let failed = measured("", "", "de", "Ours doesn't take our key. An owner enters a key that is good.");
    Translation {
        shell: shell("Translation", Place::Administration(Administration::Translation)),
        models: models(),
        through_english: "German, Portuguese".to_owned(),
        engines: vec![
            card("1", "DeepL", works, budget("412,345 of 500,000 characters, 82 %", 82)),
            EngineCard {
                trouble: "It doesn't take our key.".to_owned(),
                troubled: Some(when("12:40")),
                clients: Vec::new(),
                tested: Some(failed),
                about: "LibreTranslate, translate.internal, our own cellar".to_owned(),
                ..card("2", "Ours", troubled, budget("0 of 1,000,000 characters, 0 %", 0))
            },
        ],
        fresh: EngineForm { country: String::new(), ..form("", "", "") },
        month: "November 2026".to_owned(),
    }
}

/// An engine that a client allows, one that has moved, and one that it doesn't allow.
pub fn client_engines() -> ClientEngines {
    let card = |id: &str, name: &str, standing, since: &str| OfferedCard {
        id: id.to_owned(),
        name: name.to_owned(),
        sentence: format!("Texts of Aurora’s cases may be sent to {name} (api.deepl.com) in Germany."),
        standing,
        since: since.to_owned(),
        is_kept: !since.is_empty(),
        budget: budget("88,000 of 100,000 characters, 88 %", 88),
        preferences: vec![
            Choice::new("first", "before the models in this program").chosen(),
            Choice::new("after_local", "where no model in this program can"),
        ],
        forms: vec![Choice::new("unsaid", "as the engine does it").chosen()],
        monthly_characters: "100,000".to_owned(),
        act: if since.is_empty() { "Allow it" } else { "Save" },
    };
    let standing = |key, icon, words| Standing { key, icon, words };
    ClientEngines {
        shell: shell("Where texts may be translated", Place::Administration(Administration::Clients)),
        mark: aurora(),
        engines: vec![
            card("1", "DeepL", standing("in-force", "check", "Allowed"), "Allowed by Nela Horvat, 3 Mar."),
            card(
                "2",
                "Ours",
                standing("waiting", "notice", "Allow it again"),
                "It was allowed by Nela Horvat (3 Mar) for translate.example in Germany. That has changed, so nothing is sent there \
                 until it is allowed again.",
            ),
            card("3", "A model of the house", standing("closed", "dot", "Not allowed"), ""),
        ],
    }
}
