//! An engine elsewhere as one client uses it: what it is sent is counted before it leaves, and never more than was agreed.

use super::elsewhere::Called;
use crate::{Desk, engines::sealed_as};
use engagements::{
    engines::{EngineByAddress, Exceeded, Permission, Use, month, room},
    tables::engines as engine_tables,
};
use kernel::{Fault, Instant, Stop};
use language::translation::{Direction, Engine, Spoken, Trouble, Turn, Untranslated};
use std::sync::Arc;
use store::Tx;

/// An engine that a client allows.
#[derive(Clone, Debug)]
pub(super) struct Allowed {
    pub engine: EngineByAddress,
    pub permission: Permission,
}

impl Allowed {
    /// The engine for one direction, if it goes there.
    pub async fn counted(&self, desk: &Desk, direction: &Direction) -> Result<Option<Counted>, Fault> {
        let Some((from, to)) = self.engine.reaches.way(&direction.from, &direction.to) else {
            return Ok(None);
        };
        let id = self.engine.id;
        let sealed = desk.store.read(move |tx| engine_tables::sealed_key(tx, id)).await?;
        let key = match sealed.as_str() {
            "" => String::new(),
            sealed => desk.vault.unseal(&sealed_as(id), sealed)?,
        };
        let called = Called { form: self.permission.form, ..called(&self.engine, key) };
        let inner = desk.elsewhere.engine(called, &from, &to);
        Ok(Some(Counted {
            inner,
            allowed: Arc::new(self.clone()),
            desk: desk.clone(),
            direction: direction.clone(),
        }))
    }
}

/// An engine as it is called with this key.
pub(crate) fn called(engine: &EngineByAddress, key: String) -> Called {
    Called {
        name: engine.name.as_str().into(),
        kind: engine.kind,
        address: engine.address.clone(),
        key,
        model: engine.model.clone(),
        within: engine.within,
        form: engagements::engines::FormOfAddress::Unsaid,
    }
}

/// It, counted.
#[derive(Clone)]
pub(super) struct Counted {
    inner: Arc<dyn Engine>,
    allowed: Arc<Allowed>,
    desk: Desk,
    direction: Direction,
}

impl Engine for Counted {
    fn name(&self) -> Arc<str> {
        self.inner.name()
    }

    fn together(&self) -> usize {
        self.inner.together()
    }

    fn say(&self, sentences: Vec<String>, turn: Turn) -> Spoken {
        let counted = self.clone();
        Box::pin(async move {
            let characters: usize = sentences.iter().map(|sentence| sentence.chars().count()).sum();
            let characters = i64::try_from(characters).unwrap_or(i64::MAX);
            let now = counted.desk.clock.now();
            counted.reserve(characters, now).await?;
            let said = counted.inner.say(sentences, turn).await;
            counted.settle(characters, now, said.as_ref().err()).await?;
            said
        })
    }
}

impl Counted {
    async fn reserve(&self, characters: i64, now: Instant) -> Result<(), Untranslated> {
        let allowed = self.allowed.clone();
        let reserved =
            self.desk.store.write(move |tx| Ok::<_, Stop>(reserve(tx, &allowed, characters, now)?)).await;
        let exceeded = reserved.map_err(|stop| self.unkept(&stop))?;
        exceeded.map_or(Ok(()), |Exceeded { characters, whose }| {
            Err(Untranslated::Elsewhere(self.name(), Trouble::BudgetUsed { characters, whose }))
        })
    }

    /// What cost nothing is given back; what went wrong is noted, without words of the text.
    async fn settle(
        &self,
        characters: i64,
        now: Instant,
        failed: Option<&Untranslated>,
    ) -> Result<(), Untranslated> {
        let engine = &self.allowed.engine;
        let trouble = match failed {
            Some(Untranslated::Elsewhere(_, trouble)) => trouble.clone(),
            Some(_) => return Ok(()),
            None if engine.trouble.is_empty() => return Ok(()),
            None => {
                let id = engine.id;
                let noted = self
                    .desk
                    .store
                    .write(move |tx| Ok::<_, Stop>(engine_tables::note_recovery(tx, id)?))
                    .await;
                return noted.map_err(|stop| self.unkept(&stop));
            }
        };
        let allowed = self.allowed.clone();
        let noted = self
            .desk
            .store
            .write(move |tx| Ok::<_, Stop>(note(tx, &allowed, &trouble, characters, now)?))
            .await;
        noted.map_err(|stop| self.unkept(&stop))
    }

    fn unkept(&self, stop: &Stop) -> Untranslated {
        tracing::error!(engine = %self.allowed.engine.id, "what an engine is sent can't be counted: {stop:?}");
        Untranslated::Broken(self.direction.clone(), "what it is sent can't be counted.".to_owned())
    }
}

/// Counts what is about to be sent, if there is room for it.
fn reserve(
    tx: &mut Tx<'_>,
    allowed: &Allowed,
    characters: i64,
    now: Instant,
) -> Result<Option<Exceeded>, Fault> {
    let (client, month) = (allowed.permission.client, month(now));
    let uses = engine_tables::uses(tx, &month)?;
    let of_engine = || uses.iter().filter(|(_, engine, _)| *engine == allowed.engine.id);
    let by_all = of_engine().map(|(_, _, used)| used.characters).sum();
    let by_client = of_engine().filter(|(by, _, _)| *by == client).map(|(_, _, used)| used.characters).sum();
    if let Err(exceeded) = room(&allowed.engine, &allowed.permission, by_client, by_all, characters) {
        return Ok(Some(exceeded));
    }
    let added = Use { characters, calls: 1, failures: 0 };
    engine_tables::add_use(tx, client, allowed.engine.id, &month, &added)?;
    Ok(None)
}

fn note(
    tx: &mut Tx<'_>,
    allowed: &Allowed,
    trouble: &Trouble,
    characters: i64,
    now: Instant,
) -> Result<(), Fault> {
    let characters = if trouble.may_have_cost() { 0 } else { -characters };
    let added = Use { characters, calls: 0, failures: 1 };
    engine_tables::add_use(tx, allowed.permission.client, allowed.engine.id, &month(now), &added)?;
    let sentence = match trouble {
        // Its words may repeat the text's.
        Trouble::Refused { status, .. } => {
            Trouble::Refused { status: *status, said: String::new() }.to_string()
        }
        trouble => trouble.to_string(),
    };
    let rest = trouble.rest();
    let rests_until = (!rest.is_zero()).then(|| now.plus(rest));
    engine_tables::note_trouble(tx, allowed.engine.id, &sentence, now, rests_until)
}
