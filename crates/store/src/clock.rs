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
    /// A clock that goes as the machine's does, so many microseconds ahead: a demo lets time pass.
    Ahead(Arc<AtomicI64>),
}

impl Clock {
    /// A clock that stands still at `at`.
    pub fn fixed(at: Instant) -> Self {
        Self::Fixed(Arc::new(AtomicI64::new(at.micros())))
    }

    /// A clock that goes as the machine's does until it is moved ahead.
    pub fn ahead() -> Self {
        Self::Ahead(Arc::default())
    }

    /// The time now.
    pub fn now(&self) -> Instant {
        match self {
            Self::System => jiff::Timestamp::now().into(),
            Self::Ahead(micros) => {
                let machines = Instant::from(jiff::Timestamp::now()).micros();
                Instant::from_micros(machines.saturating_add(micros.load(Ordering::SeqCst)))
            }
            Self::Fixed(micros) => Instant::from_micros(micros.load(Ordering::SeqCst)),
        }
    }

    /// Moves a clock later that can be moved; the machine's stays as it is.
    pub fn advance(&self, by: Duration) {
        if let Self::Fixed(micros) | Self::Ahead(micros) = self {
            let later = Instant::from_micros(micros.load(Ordering::SeqCst)).plus(by);
            micros.store(later.micros(), Ordering::SeqCst);
        }
    }
}
