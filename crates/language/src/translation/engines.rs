//! The translator over a set of engines, through English where none goes directly.
//!
//! Not a rule: engines are waited for, and the time that a request has is counted from now.

use super::{
    course::Course,
    engine::{Engine, Through, Turn},
    port::{Direction, Request, Saying, Translator, Way},
    untranslated::Untranslated,
};
use kernel::LanguageTag;
use std::{
    collections::BTreeMap,
    sync::{Arc, RwLock},
    time::Instant,
};

/// How many bytes are translated at once.
pub const MOST_BYTES: usize = 2_000_000;

/// Languages through which others are said, the best first.
const BETWEEN: [&str; 1] = ["en"];

/// A translator over engines of one direction each. Engines can come and go while it works.
#[derive(Default)]
pub struct Engines {
    engines: RwLock<BTreeMap<Direction, Arc<dyn Engine>>>,
}

impl Engines {
    /// Without any engine yet.
    pub fn none() -> Self {
        Self::default()
    }

    /// The same with one more engine.
    pub fn with(self, direction: Direction, engine: impl Engine + 'static) -> Self {
        self.put(direction, Arc::new(engine));
        self
    }

    /// An engine for a direction, in the place of the one that was there.
    pub fn put(&self, direction: Direction, engine: Arc<dyn Engine>) {
        self.engines.write().unwrap_or_else(|poisoned| poisoned.into_inner()).insert(direction, engine);
    }

    /// Takes an engine away. What it is saying it says to the end.
    pub fn take(&self, direction: &Direction) -> Option<Arc<dyn Engine>> {
        self.engines.write().unwrap_or_else(|poisoned| poisoned.into_inner()).remove(direction)
    }

    /// The directions that engines of this name go.
    pub(super) fn of_name(&self, name: &str) -> Vec<Direction> {
        let engines = self.engines.read().unwrap_or_else(|poisoned| poisoned.into_inner());
        engines
            .iter()
            .filter(|(_, engine)| &*engine.name() == name)
            .map(|(direction, _)| direction.clone())
            .collect()
    }

    /// The engine from one language into another. A language of one country stands for the language and the other way round:
    /// `pt-br` and `pt`.
    fn engine(&self, from: &LanguageTag, to: &LanguageTag) -> Option<Arc<dyn Engine>> {
        let engines = self.engines.read().unwrap_or_else(|poisoned| poisoned.into_inner());
        let exact = engines.get(&Direction { from: from.clone(), to: to.clone() });
        let near = || {
            engines
                .iter()
                .find(|(way, _)| is_same(&way.from, from) && is_same(&way.to, to))
                .map(|(_, engine)| engine)
        };
        exact.or_else(near).cloned()
    }

    fn route(&self, from: &LanguageTag, to: &LanguageTag) -> Option<(Way, Arc<dyn Engine>)> {
        if let Some(engine) = self.engine(from, to) {
            return Some((Way::Direct { engine: engine.name() }, engine));
        }
        BETWEEN.iter().filter_map(|between| between.parse::<LanguageTag>().ok()).find_map(|between| {
            let (first, second) = (self.engine(from, &between)?, self.engine(&between, to)?);
            let way = Way::Through { between, engines: [first.name(), second.name()] };
            Some((way, Arc::new(Through { first, second }) as Arc<dyn Engine>))
        })
    }
}

fn is_same(a: &LanguageTag, b: &LanguageTag) -> bool {
    a.is_same_language(b)
        && (a.as_str().len() == a.primary().len() || b.as_str().len() == b.primary().len() || a == b)
}

impl Translator for Engines {
    fn translate(&self, request: Request) -> Saying {
        let until = Instant::now() + request.budget;
        let turn = Turn { priority: request.priority, until };
        let direction = Direction { from: request.from.clone(), to: request.to.clone() };
        let route = self.route(&request.from, &request.to);
        Box::pin(async move {
            let bytes = request.text.len();
            if bytes > MOST_BYTES {
                return Err(Untranslated::TooLong { bytes, most: MOST_BYTES });
            }
            let (way, engine) = route.ok_or(Untranslated::NoWay(direction))?;
            Course { request, engine, turn, way }.go().await
        })
    }

    fn way(&self, from: &LanguageTag, to: &LanguageTag) -> Option<Way> {
        self.route(from, to).map(|(way, _)| way)
    }

    fn directions(&self) -> Vec<Direction> {
        self.engines.read().unwrap_or_else(|poisoned| poisoned.into_inner()).keys().cloned().collect()
    }
}
