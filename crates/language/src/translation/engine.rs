//! What stands behind the port: an engine that says masked sentences of one direction in the other language.
//!
//! Not a rule: engines are waited for.

use super::{port::Priority, untranslated::Untranslated};
use std::{future::Future, pin::Pin, sync::Arc, time::Instant};

/// Says sentences of one direction in the other language. It needn't care for links, codes or numbers: whoever calls it does.
pub trait Engine: Send + Sync {
    /// Its name, as `firefox` or `replay`.
    fn name(&self) -> Arc<str>;

    /// How many sentences it wants at once: few where who looks at something is to get in between, more where each asking costs a
    /// journey.
    fn together(&self) -> usize {
        8
    }

    /// The sentences in the other language, as many as were given and in the same order.
    fn say(&self, sentences: Vec<String>, turn: Turn) -> Spoken;
}

/// What an engine will have said.
pub type Spoken = Pin<Box<dyn Future<Output = Result<Vec<String>, Untranslated>> + Send>>;

/// When somebody's turn is.
#[derive(Clone, Copy, Debug)]
pub struct Turn {
    /// Who waits.
    pub priority: Priority,
    /// Later than this nobody needs the answer.
    pub until: Instant,
}

/// Two engines one after the other, with a language between.
pub(super) struct Through {
    pub first: Arc<dyn Engine>,
    pub second: Arc<dyn Engine>,
}

impl Engine for Through {
    fn together(&self) -> usize {
        self.first.together().min(self.second.together())
    }

    fn name(&self) -> Arc<str> {
        format!("{}+{}", self.first.name(), self.second.name()).into()
    }

    fn say(&self, sentences: Vec<String>, turn: Turn) -> Spoken {
        let (first, second) = (self.first.clone(), self.second.clone());
        Box::pin(async move { second.say(first.say(sentences, turn).await?, turn).await })
    }
}
