//! Paging: who is called when, until somebody acknowledges it. The trail is kept.

use kernel::{Instant, PersonId};
use std::time::Duration;

/// A level of an on-call rota: who is called, and how long is waited for them before the next level.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Level {
    /// Who is on call; all of them are called.
    pub people: Vec<PersonId>,
    /// How long they have to acknowledge.
    pub within: Duration,
}

/// What has happened to a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trail {
    /// A level was called, counted from 0.
    Called {
        /// The level.
        level: usize,
        /// When.
        at: Instant,
    },
    /// Somebody acknowledged it.
    Acknowledged {
        /// Who.
        by: PersonId,
        /// When.
        at: Instant,
    },
    /// The last level let its time pass, too.
    Unanswered {
        /// When.
        at: Instant,
    },
}

/// A page on its way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    levels: Vec<Level>,
    trail: Vec<Trail>,
}

/// Why somebody can't acknowledge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotTheirs {
    /// They were never called.
    NotCalled,
    /// Somebody else was first.
    Acknowledged(PersonId),
}

impl Page {
    /// Calls the first level; levels in which nobody is on call are passed over. Where nobody is on call at all, it is unanswered at once.
    pub fn begin(levels: Vec<Level>, now: Instant) -> Self {
        let mut page = Self { levels, trail: Vec::new() };
        page.call(0, now);
        page
    }

    /// One that was written down.
    pub fn kept(levels: Vec<Level>, trail: Vec<Trail>) -> Self {
        Self { levels, trail }
    }

    /// Who is called, level by level.
    pub fn levels(&self) -> &[Level] {
        &self.levels
    }

    /// Everybody who was called so far, each once.
    pub fn called(&self) -> Vec<PersonId> {
        let mut called: Vec<PersonId> = Vec::new();
        for step in &self.trail {
            let Trail::Called { level, .. } = step else { continue };
            let new = self.levels[*level].people.iter().filter(|person| !called.contains(person));
            let new: Vec<PersonId> = new.copied().collect();
            called.extend(new);
        }
        called
    }

    /// The last level let its time pass, and nobody has taken it.
    pub fn is_unanswered(&self) -> bool {
        matches!(self.trail.last(), Some(Trail::Unanswered { .. }))
    }

    fn call(&mut self, from: usize, at: Instant) {
        let level = (from..self.levels.len()).find(|level| !self.levels[*level].people.is_empty());
        self.trail.push(match level {
            Some(level) => Trail::Called { level, at },
            None => Trail::Unanswered { at },
        });
    }

    /// Time has passed: levels whose time is over are followed by the next. What happened is told with the instants at which it was due,
    /// so that a server that was down tells the same trail.
    pub fn tick(&mut self, now: Instant) {
        while let Some(at) = self.next_at().filter(|at| *at <= now) {
            let Some(Trail::Called { level, .. }) = self.trail.last().copied() else { return };
            self.call(level + 1, at);
        }
    }

    /// When the next level is called, if nobody acknowledges before.
    pub fn next_at(&self) -> Option<Instant> {
        match self.trail.last() {
            Some(Trail::Called { level, at }) => Some(at.plus(self.levels[*level].within)),
            _ => None,
        }
    }

    /// Somebody takes it.
    ///
    /// # Errors
    /// [`NotTheirs`] when they were never called, or somebody else was first. Whoever was called on an earlier level may still take it.
    pub fn acknowledge(&mut self, by: PersonId, now: Instant) -> Result<(), NotTheirs> {
        self.tick(now);
        match self.acknowledged() {
            Some(first) if first == by => return Ok(()),
            Some(first) => return Err(NotTheirs::Acknowledged(first)),
            None => {}
        }
        let called = self.trail.iter().any(
            |step| matches!(step, Trail::Called { level, .. } if self.levels[*level].people.contains(&by)),
        );
        if !called {
            return Err(NotTheirs::NotCalled);
        }
        self.trail.push(Trail::Acknowledged { by, at: now });
        Ok(())
    }

    /// Who has taken it.
    pub fn acknowledged(&self) -> Option<PersonId> {
        self.trail.iter().find_map(|step| match step {
            Trail::Acknowledged { by, .. } => Some(*by),
            _ => None,
        })
    }

    /// What has happened, in order.
    pub fn trail(&self) -> &[Trail] {
        &self.trail
    }
}
