//! The site: what every handler needs at hand.

use crate::{attempts::Attempts, mailroom::Mailroom};
use desk::{Desk, set_up};
use kernel::Fault;
use std::{
    ops::Deref,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

/// Whether this is the demo: there, anybody may sign in as anybody, and there is a postbox.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Demo {
    /// It isn't.
    No,
    /// It is.
    Yes,
}

/// What every handler needs at hand. Clones share it.
#[derive(Clone)]
pub struct Site(Arc<Inside>);

/// The inside of a [`Site`].
pub struct Inside {
    pub(crate) desk: Desk,
    pub(crate) demo: Demo,
    pub(crate) mailroom: Arc<dyn Mailroom>,
    pub(crate) attempts: Attempts,
    has_owner: AtomicBool,
}

impl Site {
    /// A site on an open desk.
    pub fn new(desk: Desk, demo: Demo, mailroom: Arc<dyn Mailroom>) -> Self {
        let attempts = Attempts::default();
        Self(Arc::new(Inside { desk, demo, mailroom, attempts, has_owner: AtomicBool::new(false) }))
    }
}

impl Deref for Site {
    type Target = Inside;

    fn deref(&self) -> &Inside {
        &self.0
    }
}

impl Inside {
    pub(crate) fn is_demo(&self) -> bool {
        self.demo == Demo::Yes
    }

    /// Nobody owns the installation yet. Once somebody does, somebody always will, so this asks the database only until then.
    pub(crate) async fn is_first_run(&self) -> Result<bool, Fault> {
        if self.has_owner.load(Ordering::Relaxed) {
            return Ok(false);
        }
        let first = set_up::is_first_run(&self.desk).await?;
        self.has_owner.store(!first, Ordering::Relaxed);
        Ok(first)
    }
}
