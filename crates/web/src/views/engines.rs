//! Translation: the models of this program, the engines elsewhere, and what a client allows.

use super::{
    marks::{Choice, ClientMark, Language, When},
    shell::Shell,
};
use askama::Template;

/// `GET /translation`.
///
/// Forms: `POST /translation/engines` and `POST /translation/engines/{engine}` with `kind`, `name`, `address`, `key`, `model`,
/// `country`, `within`, `monthly_characters`, `is_enabled` = `yes`; `POST /translation/engines/{engine}/trials`, `…/removals` and
/// `POST /translation/models/{pair}/measures` without fields.
#[derive(Debug, Clone, Template)]
#[template(path = "translation.html")]
pub struct Translation {
    /// The frame.
    pub shell: Shell,
    /// The models of this program.
    pub models: Vec<ModelLine>,
    /// "German, Portuguese"; empty where no two languages meet through English.
    pub through_english: String,
    /// The engines elsewhere.
    pub engines: Vec<EngineCard>,
    /// A new engine.
    pub fresh: EngineForm,
    /// "November 2026".
    pub month: String,
}

/// A model of this program.
#[derive(Debug, Clone)]
pub struct ModelLine {
    /// "en-pt".
    pub pair: String,
    /// "English → Portuguese".
    pub words: String,
    /// "version 3.0, 23.4 MB"; what is wrong with it, where it can't be used.
    pub about: String,
    /// Where it was taken from and under which licence.
    pub source: String,
    /// It can be used.
    pub is_whole: bool,
    /// How it did here.
    pub measured: Option<MeasuredLine>,
}

/// How a model or an engine did when it was tried.
#[derive(Debug, Clone)]
pub struct MeasuredLine {
    /// "750 words a second"; empty if it failed.
    pub speed: String,
    /// When.
    pub when: When,
    /// What it was given.
    pub source: String,
    /// What it made of it; empty if it failed.
    pub target: String,
    /// The language of that, if it is known.
    pub language: Option<Language>,
    /// What else there is to say.
    pub note: String,
}

/// A badge.
#[derive(Debug, Clone)]
pub struct Standing {
    /// `in-force`, `waiting`, `closed`, `high`.
    pub key: &'static str,
    /// The icon's name.
    pub icon: &'static str,
    /// "Works".
    pub words: &'static str,
}

/// An engine elsewhere.
#[derive(Debug, Clone)]
pub struct EngineCard {
    /// Its id.
    pub id: String,
    /// "DeepL, api.deepl.com, Germany".
    pub about: String,
    /// How it stands.
    pub standing: Standing,
    /// What went wrong last, in a sentence; empty while nothing did.
    pub trouble: String,
    /// When that was.
    pub troubled: Option<When>,
    /// "says texts in 25 languages".
    pub reaches: String,
    /// How much of the month's characters are used.
    pub budget: Budget,
    /// Who allows it.
    pub clients: Vec<ClientUse>,
    /// How it did when it was tested last.
    pub tested: Option<MeasuredLine>,
    /// Its description.
    pub form: EngineForm,
}

/// How much of what was agreed is used.
#[derive(Debug, Clone, Default)]
pub struct Budget {
    /// "12,345 of 500,000 characters, 2 %".
    pub words: String,
    /// The part in hundredths, at most 100.
    pub percent: i64,
    /// 80 % and more.
    pub is_near: bool,
}

/// What a client sent to an engine this month.
#[derive(Debug, Clone)]
pub struct ClientUse {
    /// The client.
    pub mark: ClientMark,
    /// Its page of engines.
    pub url: String,
    /// "allows it", "doesn't any more: it stands elsewhere now".
    pub allowed: String,
    /// "1,234 characters in 5 askings, 1 failed".
    pub used: String,
}

/// What describes an engine.
#[derive(Debug, Clone, Default)]
pub struct EngineForm {
    /// Where the form goes.
    pub url: String,
    /// The kinds, the present one chosen.
    pub kinds: Vec<Choice>,
    /// Name.
    pub name: String,
    /// Address.
    pub address: String,
    /// Model.
    pub model: String,
    /// Country.
    pub country: String,
    /// Seconds.
    pub within: String,
    /// Characters a month.
    pub monthly_characters: String,
    /// A key is kept.
    pub has_key: bool,
    /// It is asked.
    pub is_enabled: bool,
    /// Somebody typed into it, so it is shown open.
    pub is_open: bool,
}

/// `GET /clients/{client}/engines`.
///
/// Forms: `POST /clients/{client}/engines/{engine}` with `preference`, `form_of_address`, `monthly_characters`; `…/removals` without
/// fields.
#[derive(Debug, Clone, Template)]
#[template(path = "client_engines.html")]
pub struct ClientEngines {
    /// The frame.
    pub shell: Shell,
    /// The client.
    pub mark: ClientMark,
    /// The engines elsewhere.
    pub engines: Vec<OfferedCard>,
}

/// An engine as a client sees it.
#[derive(Debug, Clone)]
pub struct OfferedCard {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What allowing means: "Texts of Aurora's cases may be sent to …".
    pub sentence: String,
    /// How it stands.
    pub standing: Standing,
    /// "Allowed by Olga Kranjc, 3 Mar."; empty while it isn't.
    pub since: String,
    /// Something is kept, so it can be withdrawn.
    pub is_kept: bool,
    /// How much of the month's characters are used.
    pub budget: Budget,
    /// When it is asked.
    pub preferences: Vec<Choice>,
    /// How customers are addressed.
    pub forms: Vec<Choice>,
    /// Characters a month.
    pub monthly_characters: String,
    /// The button: "Allow", "Save".
    pub act: &'static str,
}
