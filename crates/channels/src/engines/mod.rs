//! Engines elsewhere: LibreTranslate, DeepL and whatever answers chats as OpenAI's models do, each asked in its own words.

mod deepl;
mod libretranslate;
mod openai;
#[cfg(test)]
mod tests;
mod wire;

use desk::saying::{Asking, Called, Elsewhere, Standing};
use engagements::engines::EngineKind;
use kernel::LanguageTag;
use language::translation::{Engine, Spoken, Trouble, Turn, Untranslated};
use std::sync::Arc;
use wire::Wire;

/// Reaches engines elsewhere over HTTP.
pub struct Engines {
    wire: Wire,
}

impl Engines {
    /// Ready to ask.
    ///
    /// # Errors
    /// When there is no encryption to be had.
    pub fn new() -> Result<Self, reqwest::Error> {
        Ok(Self { wire: Wire::new()? })
    }
}

impl Elsewhere for Engines {
    fn engine(&self, called: Called, from: &LanguageTag, to: &LanguageTag) -> Arc<dyn Engine> {
        let (from, to) = (from.clone(), to.clone());
        Arc::new(OneWay { wire: self.wire.clone(), called: Arc::new(called), from, to })
    }

    fn standing(&self, called: Called) -> Asking {
        let wire = self.wire.clone();
        Box::pin(async move {
            match called.kind {
                EngineKind::LibreTranslate => libretranslate::standing(&wire, &called).await,
                EngineKind::DeepL => deepl::standing(&wire, &called).await,
                EngineKind::OpenAi => openai::standing(&wire, &called).await,
            }
        })
    }
}

/// One direction of an engine.
#[derive(Clone)]
struct OneWay {
    wire: Wire,
    called: Arc<Called>,
    from: LanguageTag,
    to: LanguageTag,
}

impl OneWay {
    async fn ask(&self, sentences: &[String]) -> Result<Vec<String>, Trouble> {
        let (wire, called) = (&self.wire, &*self.called);
        let said = match called.kind {
            EngineKind::LibreTranslate => {
                libretranslate::say(wire, called, &self.from, &self.to, sentences).await?
            }
            EngineKind::DeepL => deepl::say(wire, called, &self.from, &self.to, sentences).await?,
            EngineKind::OpenAi => openai::say(wire, called, &self.from, &self.to, sentences).await?,
        };
        if said.len() == sentences.len() {
            return Ok(said);
        }
        Err(Trouble::Garbled(format!("it has {} sentences instead of {}", said.len(), sentences.len())))
    }
}

impl Engine for OneWay {
    fn name(&self) -> Arc<str> {
        self.called.name.clone()
    }

    /// Each asking costs a journey, and a language model understands a sentence better beside the others.
    fn together(&self) -> usize {
        40
    }

    fn say(&self, sentences: Vec<String>, _turn: Turn) -> Spoken {
        let way = self.clone();
        Box::pin(async move {
            let said = tokio::time::timeout(way.called.within, way.ask(&sentences)).await;
            let said = said.unwrap_or(Err(Trouble::Silent { within: way.called.within }));
            said.map_err(|trouble| Untranslated::Elsewhere(way.called.name.clone(), trouble))
        })
    }
}

/// A language tag as these services write it: `pt-BR`, `zh-Hans`.
fn written(tag: &LanguageTag) -> String {
    let mut parts = tag.as_str().split('-');
    let mut written = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        written.push('-');
        match part.len() {
            2 => written.push_str(&part.to_ascii_uppercase()),
            4 => {
                written.push_str(&part[..1].to_ascii_uppercase());
                written.push_str(&part[1..]);
            }
            _ => written.push_str(part),
        }
    }
    written
}

/// What an engine that doesn't say so answers about itself.
fn quiet(reaches: engagements::engines::Reaches) -> Standing {
    Standing { reaches, note: String::new() }
}
