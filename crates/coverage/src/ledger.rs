//! Whose clock: every second of a case belongs to exactly one party. The sum over the parties is the time that has passed, always.

use crate::Span;
use kernel::{Because, Instant, Party};
use std::time::Duration;

/// From when on it is whose turn, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Turn {
    /// From when on.
    pub from: Instant,
    /// Whose turn it is.
    pub party: Party,
    /// What happened.
    pub because: Because,
}

/// Whose turn it was, from the beginning of a case on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ledger {
    first: Turn,
    /// Each begins where the one before ends, and never before it.
    later: Vec<Turn>,
    /// Where the case ended; it goes on while there is none.
    ended_at: Option<Instant>,
}

impl Ledger {
    /// Of a case that begins with a turn.
    pub fn begin(first: Turn) -> Self {
        Self { first, later: Vec::new(), ended_at: None }
    }

    /// Of a case with these turns, in their order; none where there are none.
    pub fn of(turns: impl IntoIterator<Item = Turn>, ended_at: Option<Instant>) -> Option<Self> {
        let mut turns = turns.into_iter();
        let mut ledger = Self::begin(turns.next()?);
        turns.for_each(|turn| ledger.pass(turn));
        if let Some(at) = ended_at {
            ledger.end(at);
        }
        Some(ledger)
    }

    /// Somebody else's turn begins. One that is told late, with an instant before the last turn, begins with the last turn: what has
    /// been counted stays counted.
    pub fn pass(&mut self, turn: Turn) {
        let from = turn.from.max(self.last().from);
        self.ended_at = None;
        self.later.push(Turn { from, ..turn });
    }

    /// The case ends: nobody's turn goes on.
    pub fn end(&mut self, at: Instant) {
        self.ended_at = Some(at.max(self.last().from));
    }

    /// Whose turn it is, or was when the case ended.
    pub fn last(&self) -> &Turn {
        self.later.last().unwrap_or(&self.first)
    }

    /// When the turn began that followed the last one with one of these reasons, if there is one.
    pub fn after(&self, codes: &[&str]) -> Option<Instant> {
        let turns: Vec<&Turn> = std::iter::once(&self.first).chain(&self.later).collect();
        let last = turns.iter().rposition(|turn| codes.contains(&turn.because.code.as_str()))?;
        turns.get(last + 1).map(|turn| turn.from)
    }

    /// Whether the case has ended.
    pub fn is_over(&self) -> bool {
        self.ended_at.is_some()
    }

    /// When the case began.
    pub fn began_at(&self) -> Instant {
        self.first.from
    }

    /// Every turn with its time, until the case ended or until now; turns that took no time are left out.
    pub fn turns(&self, now: Instant) -> impl Iterator<Item = (Span, &Turn)> {
        let end = self.ended_at.unwrap_or(now).min(now);
        let turns = || std::iter::once(&self.first).chain(&self.later);
        let ends = turns().skip(1).map(|turn| turn.from).chain([Instant::MAX]);
        turns()
            .zip(ends)
            .map(move |(turn, until)| (Span { from: turn.from, until: until.min(end) }, turn))
            .filter(|(span, _)| span.from < span.until)
    }

    /// How long a party has held the case.
    pub fn held(&self, party: Party, now: Instant) -> Duration {
        self.turns(now).filter(|(_, turn)| turn.party == party).map(|(span, _)| span.length()).sum()
    }

    /// How long the case has taken.
    pub fn elapsed(&self, now: Instant) -> Duration {
        self.ended_at.unwrap_or(now).min(now).since(self.first.from)
    }
}
