//! A target: a clock that runs at a case for a promise of its engagement, as it is kept.

use crate::{Clock, Standing};
use kernel::{CaseId, EngagementId, Instant, Metric};

kernel::worded! {
    /// How a target stood when it was last read.
    KeptStanding {
        /// It ran.
        Running = "running" "Runs",
        /// It stood still.
        Paused = "paused" "Stands still",
        /// It was met.
        Met = "met" "Met",
        /// It was missed.
        Missed = "missed" "Missed",
        /// The case ended while there was time left.
        Over = "over" "Ended before",
    }
}

store::text_column!(KeptStanding);
store::text_param!(KeptStanding);

impl From<Standing> for KeptStanding {
    fn from(standing: Standing) -> Self {
        match standing {
            Standing::Running => Self::Running,
            Standing::Paused(_) => Self::Paused,
            Standing::Met => Self::Met,
            Standing::Missed => Self::Missed,
            Standing::Over => Self::Over,
        }
    }
}

impl Target {
    /// What is due and when; none while it stands still.
    pub fn due(&self) -> Option<(Metric, Instant)> {
        self.due_at.map(|at| (self.metric, at))
    }
}

/// A target of a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// The case.
    pub case: CaseId,
    /// What is promised.
    pub metric: Metric,
    /// The engagement whose terms promise it.
    pub engagement: EngagementId,
    /// Which version of them; none where the terms of every engagement hold.
    pub version: Option<i64>,
    /// Which clause.
    pub clause: String,
    /// The clock.
    pub clock: Clock,
    /// When what was promised was done.
    pub done_at: Option<Instant>,
    /// How it stood when it was last read.
    pub standing: KeptStanding,
    /// When the time is over, or was; none while it stands still.
    pub due_at: Option<Instant>,
    /// When it was last read.
    pub read_at: Instant,
}
