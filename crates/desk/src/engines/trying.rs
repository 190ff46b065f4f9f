//! Trying: engines elsewhere say a sentence of ours, models are measured on this machine, and how they did is kept.

use super::{only_owners, sealed_as};
use crate::{
    Desk, aside,
    saying::{Called, called},
};
use engagements::{EngagementRefusal, engines::Reaches, tables::engines as engine_tables};
use kernel::{EngineId, Fault, Instant, LanguageTag, Reach, Stop};
use language::translation::{Direction, Priority, Trial, Trouble, Turn, Untranslated};
use serde::{Deserialize, Serialize};
use store::Tx;

/// The sentence with which engines are tested: our own, nobody's secret.
const TEST: &str = "Good morning, your order arrives on Tuesday.";
/// The language of that, and those into one of which it is said.
const TEST_LANGUAGES: [&str; 6] = ["en", "de", "es", "pl", "pt", "fr"];

/// How a model or an engine did when it was tried here.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Measured {
    /// When.
    pub at: Instant,
    /// What it was given.
    pub source: String,
    /// What it made of it; empty if it failed.
    pub target: String,
    /// How many words it says in a second, on one core; of an engine elsewhere, with the way there and back.
    pub words_per_second: f64,
    /// What else there is to say; why it failed.
    pub note: String,
}

/// Asks an engine where it goes and lets it say a sentence of our own. How it did is kept and shown; only what is ours to refuse is an error.
///
/// # Errors
/// [`people::PeopleRefusal::NotFound`] for everybody but owners, [`EngagementRefusal::NoSuchEngine`].
pub async fn test(desk: &Desk, reach: &Reach, id: EngineId) -> Result<Measured, Stop> {
    only_owners(reach)?;
    let found = desk.store.read(move |tx| {
        let engine = engine_tables::engine(tx, id)?.ok_or(EngagementRefusal::NoSuchEngine)?;
        Ok::<_, Stop>((engine, engine_tables::sealed_key(tx, id)?))
    });
    let (engine, sealed) = found.await?;
    let key = match sealed.as_str() {
        "" => String::new(),
        sealed => desk.vault.unseal(&sealed_as(id), sealed).map_err(Fault::from)?,
    };
    let called = called(&engine, key);
    let now = desk.clock.now();
    let tried = tried(desk, &called).await;
    let (measured, reaches) = match tried {
        Ok((measured, reaches)) => (measured, Ok(reaches)),
        Err(untranslated) => {
            let note = format!("{} {}", untranslated.sentence(), untranslated.hint());
            (
                Measured {
                    at: now,
                    source: TEST.to_owned(),
                    target: String::new(),
                    words_per_second: 0.0,
                    note,
                },
                Err(untranslated),
            )
        }
    };
    let kept = measured.clone();
    desk.store
        .write(move |tx| {
            match &reaches {
                Ok(reaches) => engine_tables::note_reaches(tx, id, reaches, now)?,
                Err(Untranslated::Elsewhere(_, trouble)) => {
                    engine_tables::note_trouble(tx, id, &trouble.to_string(), now, None)?;
                }
                Err(other) => engine_tables::note_trouble(tx, id, &other.sentence(), now, None)?,
            }
            Ok::<_, Stop>(keep_measured(tx, id, &kept)?)
        })
        .await?;
    Ok(measured)
}

async fn tried(desk: &Desk, called: &Called) -> Result<(Measured, Reaches), Untranslated> {
    let named = |trouble| Untranslated::Elsewhere(called.name.clone(), trouble);
    let standing = desk.elsewhere.standing(called.clone()).await.map_err(named)?;
    let english: LanguageTag = TEST_LANGUAGES[0].parse().unwrap_or_else(|_| LanguageTag::unknown());
    let reached = standing.reaches.0.iter().find(|spoken| spoken.from.is_same_language(&english));
    let others = TEST_LANGUAGES[1..].iter().filter_map(|tag| tag.parse::<LanguageTag>().ok());
    let wanted = others.chain(reached.iter().flat_map(|spoken| spoken.to.iter().cloned()));
    let way = wanted.into_iter().find_map(|to| standing.reaches.way(&english, &to));
    let (from, to) = way.ok_or_else(|| {
        named(Trouble::Garbled("it names no language into which it says English".to_owned()))
    })?;
    let engine = desk.elsewhere.engine(called.clone(), &from, &to);
    let begun = std::time::Instant::now();
    let turn = Turn { priority: Priority::Looking, until: begun + called.within };
    let said = engine.say(vec![TEST.to_owned()], turn).await?;
    let words = TEST.split_whitespace().count() as f64;
    let measured = Measured {
        at: desk.clock.now(),
        source: TEST.to_owned(),
        target: said.into_iter().next().unwrap_or_default(),
        words_per_second: words / begun.elapsed().as_secs_f64().max(1e-6),
        note: standing.note,
    };
    Ok((measured, standing.reaches))
}

/// Measures a model of this program: whether it answers in its language, and how fast it is on this machine.
///
/// # Errors
/// [`people::PeopleRefusal::NotFound`] for everybody but owners; what is wrong with the model.
pub async fn measure(desk: &Desk, reach: &Reach, direction: Direction) -> Result<Measured, Stop> {
    only_owners(reach)?;
    let models = desk.models.clone().ok_or(EngagementRefusal::NoSuchEngine)?;
    let pair = format!("{}-{}", direction.from, direction.to);
    let trial = aside(move || models.test(&direction)).await?;
    let Trial { source, target, words_per_second } = trial?;
    let measured = Measured { at: desk.clock.now(), source, target, words_per_second, note: String::new() };
    let kept = measured.clone();
    desk.store.write(move |tx| Ok::<_, Stop>(keep_measured(tx, &pair, &kept)?)).await?;
    Ok(measured)
}

fn measured_setting(what: impl std::fmt::Display) -> String {
    format!("measured.{what}")
}

pub(super) fn measured(tx: &mut Tx<'_>, what: impl std::fmt::Display) -> Result<Option<Measured>, Fault> {
    let kept = tx.setting(&measured_setting(what))?;
    Ok(kept.and_then(|kept| serde_json::from_str(&kept).ok()))
}

fn keep_measured(tx: &mut Tx<'_>, what: impl std::fmt::Display, measured: &Measured) -> Result<(), Fault> {
    tx.set(&measured_setting(what), &serde_json::to_string(measured).map_err(Fault::new)?)
}
