//! Saying: a text of a client in another language. Whoever asks for one asks here, because what may be said by whom differs by client.

use crate::{
    Desk, aside, memory,
    tables::remembered::{self, Held},
    terms,
};
use kernel::{ClientId, Fault, LanguageTag};
use language::{
    terms::protected,
    translation::{Direction, Request, Translation, Translator, Untranslated, Way, recalled},
};
use std::sync::Arc;
use store::Tx;

/// How texts of one client come into other languages.
#[derive(Clone)]
pub struct Ways {
    here: Arc<dyn Translator>,
    /// What the client's memory holds.
    held: Vec<Held>,
}

impl Ways {
    /// How a text would come from one language into the other, if it can.
    pub fn way(&self, from: &LanguageTag, to: &LanguageTag) -> Option<Way> {
        let from_memory = || self.held.iter().any(|held| held.from == *from && held.to == *to);
        self.here.way(from, to).or_else(|| from_memory().then_some(Way::Memory))
    }

    /// Whether no text goes anywhere.
    pub fn is_empty(&self) -> bool {
        self.here.directions().is_empty() && self.held.is_empty()
    }
}

/// What was said.
#[derive(Clone, Debug)]
pub struct Said {
    /// The text in the other language.
    pub translation: Translation,
    /// What went otherwise than the client wanted, in whole sentences for the case; mostly nothing.
    pub notes: Vec<String>,
}

/// The ways that a client's texts have now, within a transaction.
///
/// # Errors
/// A fault when the database can't be reached.
pub fn ways(tx: &mut Tx<'_>, desk: &Desk, client: ClientId) -> Result<Ways, Fault> {
    Ok(Ways { here: Arc::clone(&desk.translator), held: remembered::held(tx, client)? })
}

/// Says a text of a client in another language. What nobody could say is an answer, not a fault.
///
/// # Errors
/// A fault when the database can't be reached.
pub async fn say(
    desk: &Desk,
    client: ClientId,
    request: Request,
) -> Result<Result<Said, Untranslated>, Fault> {
    let inner = desk.clone();
    let read = desk.store.read(move |tx| {
        let ways = ways(tx, &inner, client)?;
        let known = memory::known(tx, client, &request)?;
        Ok::<_, Fault>((ways, terms::termbase(tx, &inner, client)?, request.clone().knowing(known)))
    });
    let (ways, termbase, request) = read.await?;
    let request = aside(move || {
        let found = termbase.find(&request.text, &request.from);
        let protected = protected(&request.text, &found, &termbase.terms, &request.to);
        request.protecting(protected)
    });
    let request = request.await?;
    let said = match ways.way(&request.from, &request.to) {
        Some(Way::Memory) => {
            let direction = Direction { from: request.from.clone(), to: request.to.clone() };
            recalled(&request).ok_or(Untranslated::NothingKnown(direction))
        }
        _ => ways.here.translate(request).await,
    };
    Ok(said.map(|translation| Said { translation, notes: Vec::new() }))
}

/// A translation said back in the language that it came from, by an engine alone: the memory would only repeat what was meant. Empty
/// where no engine goes there, or can now.
///
/// # Errors
/// A fault when the database can't be reached.
pub async fn say_back(desk: &Desk, client: ClientId, request: Request) -> Result<Option<String>, Fault> {
    let inner = desk.clone();
    let ways = desk.store.read(move |tx| ways(tx, &inner, client)).await?;
    if ways.here.way(&request.from, &request.to).is_none() {
        return Ok(None);
    }
    Ok(ways.here.translate(request).await.ok().map(|back| back.text))
}
