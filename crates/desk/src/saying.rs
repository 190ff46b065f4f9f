//! Saying: a text of a client in another language. Whoever asks for one asks here, because what may be said by whom differs by client.

use crate::Desk;
use kernel::{ClientId, Fault, LanguageTag};
use language::translation::{Request, Translation, Translator, Untranslated, Way};
use std::sync::Arc;
use store::Tx;

/// How texts of one client come into other languages.
#[derive(Clone)]
pub struct Ways {
    here: Arc<dyn Translator>,
}

impl Ways {
    /// How a text would come from one language into the other, if it can.
    pub fn way(&self, from: &LanguageTag, to: &LanguageTag) -> Option<Way> {
        self.here.way(from, to)
    }

    /// Whether no text goes anywhere.
    pub fn is_empty(&self) -> bool {
        self.here.directions().is_empty()
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
pub fn ways(_tx: &mut Tx<'_>, desk: &Desk, _client: ClientId) -> Result<Ways, Fault> {
    Ok(Ways { here: Arc::clone(&desk.translator) })
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
    let ways = desk.store.read(move |tx| ways(tx, &inner, client)).await?;
    let said = ways.here.translate(request).await;
    Ok(said.map(|translation| Said { translation, notes: Vec::new() }))
}
