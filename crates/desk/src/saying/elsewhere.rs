//! The port to engines elsewhere: what the desk asks of whoever can reach them.

use engagements::engines::{EngineKind, FormOfAddress, Reaches};
use kernel::LanguageTag;
use language::translation::{Engine, Spoken, Trouble, Turn, Untranslated};
use std::{fmt, future::Future, pin::Pin, sync::Arc, time::Duration};

/// Reaches engines elsewhere.
pub trait Elsewhere: Send + Sync {
    /// The engine that says one direction, named in its own tags.
    fn engine(&self, called: Called, from: &LanguageTag, to: &LanguageTag) -> Arc<dyn Engine>;

    /// Where an engine goes and how much of what was bought there is left.
    fn standing(&self, called: Called) -> Asking;
}

/// What an engine will have told about itself.
pub type Asking = Pin<Box<dyn Future<Output = Result<Standing, Trouble>> + Send>>;

/// What an engine tells about itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Where it goes.
    pub reaches: Reaches,
    /// What else it says that owners want to know, in a sentence; may be empty.
    pub note: String,
}

/// An engine as it is called.
#[derive(Clone)]
pub struct Called {
    /// What people here call it.
    pub name: Arc<str>,
    /// How it is spoken with.
    pub kind: EngineKind,
    /// Its address.
    pub address: String,
    /// Its key; empty for one that asks for none.
    pub key: String,
    /// Which of its models is asked.
    pub model: String,
    /// How long one asking may take.
    pub within: Duration,
    /// How customers are addressed.
    pub form: FormOfAddress,
}

/// Without the key.
impl fmt::Debug for Called {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Called")
            .field("kind", &self.kind)
            .field("address", &self.address)
            .finish_non_exhaustive()
    }
}

/// Reaches nobody: for a desk without a way out.
pub(crate) struct Nowhere;

impl Elsewhere for Nowhere {
    fn engine(&self, called: Called, _from: &LanguageTag, _to: &LanguageTag) -> Arc<dyn Engine> {
        Arc::new(Unreached(called.name))
    }

    fn standing(&self, _called: Called) -> Asking {
        Box::pin(std::future::ready(Err(Trouble::Unreachable)))
    }
}

struct Unreached(Arc<str>);

impl Engine for Unreached {
    fn name(&self) -> Arc<str> {
        self.0.clone()
    }

    fn say(&self, _sentences: Vec<String>, _turn: Turn) -> Spoken {
        Box::pin(std::future::ready(Err(Untranslated::Elsewhere(self.0.clone(), Trouble::Unreachable))))
    }
}
