//! A clock: how much of a promised time is used, when it is over, and why just then.

use crate::{Calendar, Closed, CoverageRefusal, Ledger, Span};
use kernel::{Counted, Instant, Party};
use std::time::Duration;

/// A time that was promised for a case: for the first reply, the next one, or the end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clock {
    /// When it begins to run.
    pub start: Instant,
    /// How long it may run.
    pub allowed: Duration,
    /// What of the time counts.
    pub counted: Counted,
    /// The parties in whose turn it stands still.
    pub paused_for: Vec<Party>,
}

/// How a clock stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It runs, and will be over at `due` if nothing changes.
    Running,
    /// It stands still in somebody's turn.
    Paused(Party),
    /// What was promised was done in time.
    Met,
    /// The time is over, or was when it was done.
    Missed,
    /// The case ended while there was time left.
    Over,
}

/// A clock read at an instant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Due {
    /// How it stands.
    pub standing: Standing,
    /// When the time is over; none while it stands still and after a case that ended before.
    pub due: Option<Instant>,
    /// How much has run.
    pub used: Duration,
    /// How much is left; zero when it is over.
    pub left: Duration,
    /// What makes it so, without gaps: from the start until now or until it was done, and on until `due` where that lies ahead.
    pub steps: Vec<Step>,
}

/// A part of a clock's time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// It ran.
    Ran(Span),
    /// The desk was closed.
    Closed(Span, Closed),
    /// It was the turn of a party for which it stands still.
    Paused(Span, Party),
}

impl Step {
    /// When.
    pub fn span(&self) -> Span {
        match self {
            Self::Ran(span) | Self::Closed(span, _) | Self::Paused(span, _) => *span,
        }
    }

    /// How much of it counts.
    pub fn counts(&self) -> Duration {
        if let Self::Ran(span) = self { span.length() } else { Duration::ZERO }
    }
}

impl Clock {
    /// The clock at an instant. `done_at` is when what was promised was done.
    ///
    /// # Errors
    /// [`CoverageRefusal::NeverOpen`] and [`CoverageRefusal::TooFar`] when the calendar has no hours left for it.
    pub fn read(
        &self,
        calendar: &Calendar,
        ledger: &Ledger,
        done_at: Option<Instant>,
        now: Instant,
    ) -> Result<Due, CoverageRefusal> {
        let until = done_at.unwrap_or(now).min(now);
        let mut steps = self.past(calendar, ledger, until);
        let used: Duration = steps.iter().map(Step::counts).sum();
        let left = self.allowed.saturating_sub(used);
        let passed = self.passed(&steps);
        let (standing, due) = match passed {
            // What is done in the very instant in which it falls due is done in time.
            Some(due) if done_at.is_none_or(|done| done > due) => (Standing::Missed, Some(due)),
            _ if done_at.is_some_and(|done| done <= now) => (Standing::Met, passed),
            _ if ledger.is_over() => (Standing::Over, None),
            _ if self.is_paused(ledger.last().party) => (Standing::Paused(ledger.last().party), None),
            _ => {
                let from = until.max(self.start);
                let due = self.ahead(calendar, from, left)?;
                steps.extend(self.steps(calendar, Span { from, until: due }));
                (Standing::Running, Some(due))
            }
        };
        Ok(Due { standing, due, used, left, steps })
    }

    fn is_paused(&self, party: Party) -> bool {
        self.paused_for.contains(&party)
    }

    /// What has happened since the start, turn by turn.
    fn past(&self, calendar: &Calendar, ledger: &Ledger, until: Instant) -> Vec<Step> {
        let turns =
            ledger.turns(until).map(|(span, turn)| (Span { from: span.from.max(self.start), ..span }, turn));
        turns
            .filter(|(span, _)| span.from < span.until)
            .flat_map(|(span, turn)| match self.is_paused(turn.party) {
                true => vec![Step::Paused(span, turn.party)],
                false => self.steps(calendar, span),
            })
            .collect()
    }

    /// A span in which the clock isn't paused, parted into what counts and what doesn't.
    fn steps(&self, calendar: &Calendar, span: Span) -> Vec<Step> {
        if self.counted == Counted::Elapsed {
            return Vec::from_iter((span.from < span.until).then_some(Step::Ran(span)));
        }
        let mut steps: Vec<Step> = calendar.open(span.from, span.until).map(Step::Ran).collect();
        let closings = calendar.closings(span.from, span.until);
        steps.extend(closings.into_iter().map(|(closed, why)| Step::Closed(closed, why)));
        steps.sort_by_key(|step| step.span().from);
        steps
    }

    /// When the time was over, if it is.
    fn passed(&self, steps: &[Step]) -> Option<Instant> {
        let mut left = self.allowed;
        for step in steps {
            let Step::Ran(span) = step else { continue };
            if left <= span.length() {
                return Some(span.from.plus(left));
            }
            left -= span.length();
        }
        None
    }

    fn ahead(&self, calendar: &Calendar, from: Instant, left: Duration) -> Result<Instant, CoverageRefusal> {
        match self.counted {
            Counted::Elapsed => Ok(from.plus(left)),
            Counted::Service => calendar.due(from, left),
        }
    }
}
