//! Saying: a text of a client in another language. Whoever asks for one asks here, because what may be said by whom differs by client.

mod counted;
mod elsewhere;

use crate::{
    Desk, aside, memory,
    tables::remembered::{self, Held},
    terms,
};
use counted::Allowed;
use engagements::{engines::Preference, tables::engines as engine_tables};
use kernel::{ClientId, Fault, LanguageTag};
use language::{
    terms::protected,
    translation::{
        Direction, Engines, Request, Translation, Translator, Trouble, Untranslated, Way, recalled,
    },
};
use std::sync::Arc;
use store::Tx;

pub(crate) use counted::called;
pub(crate) use elsewhere::Nowhere;
pub use elsewhere::{Asking, Called, Elsewhere, Standing};

/// What the sentence about a fall-back calls the models of this program.
const HERE: &str = "the model in this program";

/// How texts of one client come into other languages.
#[derive(Clone)]
pub struct Ways {
    here: Arc<dyn Translator>,
    elsewhere: Arc<[Allowed]>,
    /// What the client's memory holds.
    held: Vec<Held>,
}

/// Who may say something.
enum Choice<'a> {
    Here,
    Elsewhere(&'a Allowed),
}

impl Ways {
    /// How a text would come from one language into the other, if it can.
    pub fn way(&self, from: &LanguageTag, to: &LanguageTag) -> Option<Way> {
        let from_memory = || self.held.iter().any(|held| held.from == *from && held.to == *to);
        match self.choices(from, to).first() {
            Some(Choice::Here) => self.here.way(from, to),
            Some(Choice::Elsewhere(allowed)) => {
                Some(Way::Direct { engine: allowed.engine.name.as_str().into() })
            }
            None => from_memory().then_some(Way::Memory),
        }
    }

    /// Whether no text goes anywhere.
    pub fn is_empty(&self) -> bool {
        self.elsewhere.is_empty() && self.here.directions().is_empty() && self.held.is_empty()
    }

    /// The engines that may say something in this direction, in the order in which they are asked.
    fn choices(&self, from: &LanguageTag, to: &LanguageTag) -> Vec<Choice<'_>> {
        let asked = |preference: Preference| {
            let goes = move |allowed: &&Allowed| {
                allowed.permission.preference == preference && allowed.engine.reaches.way(from, to).is_some()
            };
            self.elsewhere.iter().filter(goes).map(Choice::Elsewhere)
        };
        let here = self.here.way(from, to).map(|_| Choice::Here);
        asked(Preference::First).chain(here).chain(asked(Preference::AfterLocal)).collect()
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

/// How far a text may go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Far {
    /// Nowhere: the models and the memory of this installation say it, or nobody.
    Here,
    /// Wherever the client allows it.
    AsAllowed,
}

/// The ways that a client's texts have now, within a transaction.
///
/// # Errors
/// A fault when the database can't be reached.
pub fn ways(tx: &mut Tx<'_>, desk: &Desk, client: ClientId) -> Result<Ways, Fault> {
    let allowed = engine_tables::allowed(tx, client)?.into_iter();
    let allowed = allowed.filter(|(engine, permission)| permission.holds(engine));
    let elsewhere = allowed.map(|(engine, permission)| Allowed { engine, permission }).collect();
    Ok(Ways { here: Arc::clone(&desk.translator), elsewhere, held: remembered::held(tx, client)? })
}

/// Says a text of a client in another language: by whom the client prefers, and when they can't, by the next who may. What nobody
/// could say is an answer, not a fault.
///
/// # Errors
/// A fault when the database can't be reached.
pub async fn say(
    desk: &Desk,
    client: ClientId,
    request: Request,
) -> Result<Result<Said, Untranslated>, Fault> {
    say_as_far(desk, client, request, Far::AsAllowed).await
}

/// As [`say`], no farther than this.
///
/// # Errors
/// A fault when the database can't be reached.
pub async fn say_as_far(
    desk: &Desk,
    client: ClientId,
    request: Request,
    far: Far,
) -> Result<Result<Said, Untranslated>, Fault> {
    let inner = desk.clone();
    let read = desk.store.read(move |tx| {
        let mut ways = ways(tx, &inner, client)?;
        if far == Far::Here {
            ways.elsewhere = Arc::default();
        }
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
    if ways.way(&request.from, &request.to) != Some(Way::Memory) {
        return say_by_engines(desk, &ways, request).await;
    }
    let direction = Direction { from: request.from.clone(), to: request.to.clone() };
    let said = recalled(&request).ok_or(Untranslated::NothingKnown(direction));
    Ok(said.map(|translation| Said { translation, notes: Vec::new() }))
}

/// Asks one engine after the other, as the client prefers.
async fn say_by_engines(
    desk: &Desk,
    ways: &Ways,
    request: Request,
) -> Result<Result<Said, Untranslated>, Fault> {
    let direction = Direction { from: request.from.clone(), to: request.to.clone() };
    let mut failures = Vec::new();
    for choice in ways.choices(&direction.from, &direction.to) {
        let (who, said) = match choice {
            Choice::Here => (HERE, ways.here.translate(request.clone()).await),
            Choice::Elsewhere(allowed) => (
                allowed.engine.name.as_str(),
                say_elsewhere(desk, allowed, &direction, request.clone()).await?,
            ),
        };
        match said {
            Ok(translation) => return Ok(Ok(Said { translation, notes: notes(&failures, who) })),
            Err(too_long @ Untranslated::TooLong { .. }) => return Ok(Err(too_long)),
            Err(failure) => failures.push(failure),
        }
    }
    Ok(Err(telling(failures).unwrap_or(Untranslated::NoWay(direction))))
}

async fn say_elsewhere(
    desk: &Desk,
    allowed: &Allowed,
    direction: &Direction,
    request: Request,
) -> Result<Result<Translation, Untranslated>, Fault> {
    if allowed.engine.is_resting(desk.clock.now()) {
        return Ok(Err(Untranslated::Elsewhere(allowed.engine.name.as_str().into(), Trouble::Resting)));
    }
    let Some(counted) = allowed.counted(desk, direction).await? else {
        return Ok(Err(Untranslated::NoWay(direction.clone())));
    };
    Ok(Engines::none().with(direction.clone(), counted).translate(request).await)
}

/// What the case says about those who were asked before.
fn notes(failures: &[Untranslated], who: &str) -> Vec<String> {
    let one = |failure: &Untranslated| {
        format!("{}, so {who} translated this.", failure.sentence().trim_end_matches('.'))
    };
    failures.iter().map(one).collect()
}

/// Of several failures the one to tell: that which may pass by itself, else the first.
fn telling(mut failures: Vec<Untranslated>) -> Option<Untranslated> {
    let at = failures.iter().position(Untranslated::is_temporary).unwrap_or(0);
    (at < failures.len()).then(|| failures.swap_remove(at))
}

/// A translation said back in the language that it came from, by an engine alone: the memory would only repeat what was meant. Empty
/// where no engine goes there, or can now.
///
/// # Errors
/// A fault when the database can't be reached.
pub async fn say_back(desk: &Desk, client: ClientId, request: Request) -> Result<Option<String>, Fault> {
    let inner = desk.clone();
    let ways = desk.store.read(move |tx| ways(tx, &inner, client)).await?;
    let said = say_by_engines(desk, &ways, request).await?;
    Ok(said.ok().map(|back| back.translation.text))
}
