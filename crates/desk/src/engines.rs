//! Engines: the models of this installation and the engines elsewhere, as owners set them up; and which client allows which.

mod trying;

use crate::{Desk, aside, sign_in::personal};
use engagements::{
    EngagementRefusal,
    engines::{EngineByAddress, FormOfAddress, IsEnabled, Permission, Preference, Typed, Use, month},
    tables::engines as engine_tables,
};
use kernel::{ClientId, EngineId, Fault, Instant, LanguageTag, PersonId, Reach, Refused, Stop};
use language::translation::Manifest;
use people::{Client, PeopleRefusal, tables as people_tables};
use std::collections::HashMap;
use store::{Event, Tx, fresh};
use trying::measured;

pub use trying::{Measured, measure, test};

/// What the page of translation shows.
pub struct TranslationPage {
    /// The models of this program, by direction.
    pub models: Vec<Model>,
    /// Whether there is a folder of models at all.
    pub has_models_folder: bool,
    /// The languages between which texts go through English.
    pub through_english: Vec<LanguageTag>,
    /// The engines elsewhere.
    pub engines: Vec<ShownEngine>,
    /// The month whose uses are shown, as `2026-11`.
    pub month: String,
}

/// A model of this program.
pub struct Model {
    /// Its direction, as `en-pt`.
    pub pair: String,
    /// What it says of itself, or what is wrong with it.
    pub manifest: Result<Manifest, Refused>,
    /// How fast it is here, if that was measured.
    pub measured: Option<Measured>,
}

/// An engine elsewhere, as its owners see it.
pub struct ShownEngine {
    /// It.
    pub engine: EngineByAddress,
    /// Whether a key is kept.
    pub has_key: bool,
    /// Which clients allow it, and what each sent this month.
    pub clients: Vec<(Client, IsAllowed, Use)>,
    /// How it did when it was tested last.
    pub tested: Option<Measured>,
}

impl ShownEngine {
    /// How many characters it was sent this month.
    pub fn characters(&self) -> i64 {
        self.clients.iter().map(|(_, _, used)| used.characters).sum()
    }
}

/// Whether a client allows an engine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IsAllowed {
    /// It does.
    Yes,
    /// It did, for another machine or country than the engine's now.
    NoLonger,
    /// It doesn't.
    No,
}

/// An engine as a client sees it.
pub struct Offered {
    /// It.
    pub engine: EngineByAddress,
    /// What the client allows.
    pub permission: Option<(Permission, IsAllowed)>,
    /// Who allowed it.
    pub by: String,
    /// What the client sent to it this month.
    pub used: Use,
}

/// What a client's form says of an engine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Terms {
    /// When it is asked.
    pub preference: Preference,
    /// How customers are addressed.
    pub form: FormOfAddress,
    /// How many characters a month.
    pub monthly_characters: i64,
}

fn only_owners(reach: &Reach) -> Result<PersonId, Stop> {
    if reach.owns_installation() { Ok(reach.person()) } else { Err(PeopleRefusal::NotFound.into()) }
}

/// The words under which an engine's key is sealed.
pub(crate) fn sealed_as(id: EngineId) -> String {
    format!("engine {id}")
}

/// The page of translation, for owners.
///
/// # Errors
/// [`PeopleRefusal::NotFound`] for everybody else.
pub async fn page(desk: &Desk, reach: &Reach) -> Result<TranslationPage, Stop> {
    only_owners(reach)?;
    let models = desk.models.clone();
    let listed = aside(move || models.map(|models| models.list())).await?;
    let has_models_folder = listed.is_some();
    let month = month(desk.clock.now());
    let through_english = through_english(desk);
    let read = desk.store.read(move |tx| {
        let pairs = listed.iter().flatten().map(|(pair, _)| measured(tx, pair));
        let measured = pairs.collect::<Result<Vec<_>, Fault>>()?;
        Ok::<_, Fault>((measured, shown(tx, &month)?, listed.clone().unwrap_or_default(), month.clone()))
    });
    let (measured, engines, listed, month) = read.await?;
    let model = |((pair, manifest), measured)| Model { pair, manifest, measured };
    let models = listed.into_iter().zip(measured).map(model).collect();
    Ok(TranslationPage { models, has_models_folder, through_english, engines, month })
}

/// The languages that are said in another than English only through English.
fn through_english(desk: &Desk) -> Vec<LanguageTag> {
    let directions = desk.translator.directions();
    let is_english = |tag: &LanguageTag| tag.primary() == "en";
    let to: Vec<&LanguageTag> =
        directions.iter().filter(|way| is_english(&way.from)).map(|way| &way.to).collect();
    let from = directions.iter().filter(|way| is_english(&way.to)).map(|way| &way.from);
    let both: Vec<LanguageTag> = from.filter(|tag| to.contains(tag)).cloned().collect();
    if both.len() > 1 { both } else { Vec::new() }
}

fn shown(tx: &mut Tx<'_>, month: &str) -> Result<Vec<ShownEngine>, Fault> {
    let clients = people_tables::clients(tx)?;
    let uses = engine_tables::uses(tx, month)?;
    let mut permissions = HashMap::new();
    for client in &clients {
        for permission in engine_tables::permissions(tx, client.id)? {
            permissions.insert((client.id, permission.engine), permission);
        }
    }
    let mut shown = Vec::new();
    for engine in engine_tables::engines(tx)? {
        let used_by = |client: ClientId| {
            uses.iter().find(|(by, of, _)| *by == client && *of == engine.id).map(|(_, _, used)| used.clone())
        };
        let of_client = |client: &Client| {
            let allowed = is_allowed(&engine, permissions.get(&(client.id, engine.id)));
            let used = used_by(client.id);
            (allowed != IsAllowed::No || used.is_some())
                .then(|| (client.clone(), allowed, used.unwrap_or_default()))
        };
        shown.push(ShownEngine {
            has_key: !engine_tables::sealed_key(tx, engine.id)?.is_empty(),
            clients: clients.iter().filter_map(of_client).collect(),
            tested: measured(tx, engine.id)?,
            engine,
        });
    }
    Ok(shown)
}

fn is_allowed(engine: &EngineByAddress, permission: Option<&Permission>) -> IsAllowed {
    match permission {
        Some(permission) if permission.holds(engine) => IsAllowed::Yes,
        Some(_) => IsAllowed::NoLonger,
        None => IsAllowed::No,
    }
}

/// Writes an engine down: a new one, or what changes of one that is there. Without a new key the kept one stays, for the same server
/// only. It is tested anew.
///
/// # Errors
/// [`PeopleRefusal::NotFound`] for everybody but owners, [`EngagementRefusal::NoSuchEngine`], what is wrong with what was typed.
pub async fn put(
    desk: &Desk,
    reach: &Reach,
    id: Option<EngineId>,
    typed: &Typed<'_>,
    key: &str,
    is_enabled: IsEnabled,
) -> Result<EngineId, Stop> {
    let person = only_owners(reach)?;
    let engine = EngineByAddress::typed(id.unwrap_or_else(fresh), is_enabled, typed)?;
    let id_typed = id;
    let id = engine.id;
    let fresh_key = match key.trim() {
        "" => None,
        key => Some(desk.vault.seal(&sealed_as(id), key).map_err(Fault::from)?),
    };
    let now = desk.clock.now();
    desk.store
        .write(move |tx| {
            let before = engine_tables::engine(tx, id)?;
            if id_typed.is_some() && before.is_none() {
                return Err(Stop::from(EngagementRefusal::NoSuchEngine));
            }
            let kept = engine_tables::sealed_key(tx, id)?;
            let sealed = match (&fresh_key, &before) {
                (Some(sealed), _) => sealed.clone(),
                (None, Some(before)) if !kept.is_empty() && !before.is_same_server(&engine) => {
                    return Err(EngagementRefusal::EngineKey.into());
                }
                (None, _) => kept,
            };
            if sealed.is_empty() && engine.kind == engagements::engines::EngineKind::DeepL {
                return Err(EngagementRefusal::EngineKey.into());
            }
            let mut engine = engine.clone();
            if let Some(before) = before.filter(|before| before.is_same_server(&engine)) {
                (engine.reaches, engine.tested_at) = (before.reaches, before.tested_at);
            }
            engine_tables::put_engine(tx, &engine, &sealed, now)?;
            let sentence = format!(
                "Texts may be sent to {} ({}, {}) where a client allows it.",
                engine.name,
                engine.host(),
                engine.country
            );
            personal(tx, "engine.described", person, now, &sentence)?;
            Ok(id)
        })
        .await
}

/// Takes an engine away with its key and what clients allowed. What was sent to it stays counted.
///
/// # Errors
/// [`PeopleRefusal::NotFound`] for everybody but owners, [`EngagementRefusal::NoSuchEngine`].
pub async fn remove(desk: &Desk, reach: &Reach, id: EngineId) -> Result<(), Stop> {
    let person = only_owners(reach)?;
    let now = desk.clock.now();
    desk.store
        .write(move |tx| {
            let engine = engine_tables::engine(tx, id)?.ok_or(EngagementRefusal::NoSuchEngine)?;
            engine_tables::remove_engine(tx, id, now)?;
            let sentence = format!("No text is sent to {} any more.", engine.name);
            Ok(personal(tx, "engine.removed", person, now, &sentence)?)
        })
        .await
}

/// The engines elsewhere as a client sees them, for owners.
///
/// # Errors
/// [`PeopleRefusal::NotFound`] for everybody but owners and for a client that isn't there.
pub async fn of_client(desk: &Desk, reach: &Reach, client: ClientId) -> Result<Vec<Offered>, Stop> {
    only_owners(reach)?;
    let month = month(desk.clock.now());
    desk.store
        .read(move |tx| {
            people_tables::client(tx, client)?.ok_or(PeopleRefusal::NotFound)?;
            let uses = engine_tables::uses(tx, &month)?;
            let permissions = engine_tables::permissions(tx, client)?;
            let mut offered = Vec::new();
            for engine in engine_tables::engines(tx)? {
                let kept = permissions.iter().find(|permission| permission.engine == engine.id);
                let by = kept.map_or(Ok(None), |kept| people_tables::person(tx, kept.by))?;
                let used = uses.iter().find(|(by, of, _)| *by == client && *of == engine.id);
                offered.push(Offered {
                    permission: kept.map(|kept| (kept.clone(), is_allowed(&engine, Some(kept)))),
                    by: by.map(|person| person.name).unwrap_or_default(),
                    used: used.map(|(_, _, used)| used.clone()).unwrap_or_default(),
                    engine,
                });
            }
            Ok(offered)
        })
        .await
}

/// Notes that a client allows its texts to be sent to an engine as it is now: this machine, in this country.
///
/// # Errors
/// [`PeopleRefusal::NotFound`] for everybody but owners and for a client that isn't there, [`EngagementRefusal::NoSuchEngine`].
pub async fn allow(
    desk: &Desk,
    reach: &Reach,
    client: ClientId,
    id: EngineId,
    terms: Terms,
) -> Result<(), Stop> {
    let person = only_owners(reach)?;
    let now = desk.clock.now();
    desk.store
        .write(move |tx| {
            people_tables::client(tx, client)?.ok_or(PeopleRefusal::NotFound)?;
            let engine = engine_tables::engine(tx, id)?.ok_or(EngagementRefusal::NoSuchEngine)?;
            let permission = Permission {
                client,
                engine: id,
                preference: terms.preference,
                form: terms.form,
                monthly_characters: terms.monthly_characters,
                host: engine.host(),
                country: engine.country.clone(),
                by: person,
                at: now,
            };
            engine_tables::allow(tx, &permission)?;
            let sentence = format!(
                "Texts of this client's cases may be sent to {} ({}) in {}, {} characters a month.",
                engine.name, permission.host, engine.country, terms.monthly_characters
            );
            about_client(tx, client, "engine.allowed", person, now, sentence)
        })
        .await
}

/// Notes that a client allows it no more.
///
/// # Errors
/// [`PeopleRefusal::NotFound`] for everybody but owners, [`EngagementRefusal::NoSuchEngine`].
pub async fn withdraw(desk: &Desk, reach: &Reach, client: ClientId, id: EngineId) -> Result<(), Stop> {
    let person = only_owners(reach)?;
    let now = desk.clock.now();
    desk.store
        .write(move |tx| {
            let engine = engine_tables::engine(tx, id)?.ok_or(EngagementRefusal::NoSuchEngine)?;
            engine_tables::withdraw(tx, client, id)?;
            let sentence = format!("Texts of this client's cases are not sent to {} any more.", engine.name);
            about_client(tx, client, "engine.withdrawn", person, now, sentence)
        })
        .await
}

fn about_client(
    tx: &mut Tx<'_>,
    client: ClientId,
    kind: &'static str,
    person: PersonId,
    at: Instant,
    sentence: String,
) -> Result<(), Stop> {
    Ok(tx.record(&Event {
        at,
        kind,
        client: Some(client),
        engagement: None,
        case: None,
        person: Some(person),
        sentence,
    })?)
}
