//! Where the time comes from: the machine's clock, or one that a test sets.

use kernel::Instant;
use std::{
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    time::Duration,
};

/// The clock that edges and stories ask. Rules never do: they are handed an instant.
#[derive(Clone, Debug, Default)]
pub enum Clock {
    /// The machine's clock.
    #[default]
    System,
    /// A clock that stands still until it is moved.
    Fixed(Arc<AtomicI64>),
}

impl Clock {
    /// A clock that stands still at `at`.
    pub fn fixed(at: Instant) -> Self {
        Self::Fixed(Arc::new(AtomicI64::new(at.micros())))
    }

    /// The time now.
    pub fn now(&self) -> Instant {
        match self {
            Self::System => jiff::Timestamp::now().into(),
            Self::Fixed(micros) => Instant::from_micros(micros.load(Ordering::SeqCst)),
        }
    }

    /// Moves a fixed clock later; the machine's clock can't be moved and stays as it is.
    pub fn advance(&self, by: Duration) {
        if let Self::Fixed(micros) = self {
            let later = Instant::from_micros(micros.load(Ordering::SeqCst)).plus(by);
            micros.store(later.micros(), Ordering::SeqCst);
        }
    }
}
