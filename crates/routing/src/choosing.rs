//! Rule: who of those who may is asked first, and which of the waiting cases goes first.

use crate::{Ask, Person, Presence, Way};
use kernel::Instant;

/// Work of a day that counts as the same, in seconds: ten minutes more or less are no reason to ask another.
const ALIKE: u64 = 600;
/// One whole, where shares are counted.
const WHOLE: i64 = 1_024;
/// A case that is overdue by a whole target more isn't rushed any longer: rushing it makes others late that could be in time.
const HOPELESS: i64 = 2 * WHOLE;
/// Every so many cases, somebody takes the one that is hopelessly late the longest, so that none waits for ever.
const TURN_OF_THE_LATE: u32 = 4;

/// How many people have room, by the language for which they are kept. A case goes to the group that has the most of them above its
/// share (queue-and-idleness ratio; Gurvich and Whitt 2009, *Queue-and-idleness-ratio controls in many-server service systems*,
/// Mathematics of Operations Research 34).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Idleness {
    free: Vec<u32>,
    all: u32,
    /// The part of all free people that should belong to a group, of 1,024.
    shares: Vec<u16>,
    /// So many of a group are kept back while others can take what isn't in its language.
    reserves: Vec<u16>,
}

/// In which order people are asked; the smallest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Rank {
    /// Speakers first.
    pub way: Way,
    /// Whether the last of a scarce language would go to another language's case.
    pub spends_reserve: bool,
    /// By how much their group falls short of its share of free people, in 1,024ths of a person.
    pub shortage: i64,
    /// How long they have worked today, in ten minutes.
    pub worked: u64,
    /// Since when they have been free: whoever waits longest is asked first.
    pub free_since: Instant,
}

/// Which of the waiting cases goes first; the largest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Urgency {
    /// It is its turn as one that is late for long.
    pub has_turn: bool,
    /// It can be in time, or isn't late for long.
    pub is_hopeful: bool,
    /// How much of the promised time is gone, in 1,024ths, times the contract's weight; of what is hopelessly late all the same.
    pub pressure: i64,
    /// What is due first goes first.
    pub due: std::cmp::Reverse<Instant>,
}

impl Idleness {
    /// Nobody is free yet. `shares` are the parts, of 1,024, and `reserves` the numbers of people kept back, by language.
    pub fn new(shares: Vec<u16>, reserves: Vec<u16>) -> Self {
        Self { free: vec![0; shares.len().max(reserves.len())], all: 0, shares, reserves }
    }

    /// Somebody who is kept for a language has room now.
    pub fn freed(&mut self, scarce: u16) {
        let scarce = usize::from(scarce);
        if self.free.len() <= scarce {
            self.free.resize(scarce + 1, 0);
        }
        self.free[scarce] += 1;
        self.all += 1;
    }

    /// They have none any more.
    pub fn taken(&mut self, scarce: u16) {
        self.free[usize::from(scarce)] -= 1;
        self.all -= 1;
    }

    /// How many of a group have room.
    pub fn free(&self, scarce: u16) -> u32 {
        self.free.get(usize::from(scarce)).copied().unwrap_or_default()
    }

    #[inline]
    fn shortage(&self, scarce: u16) -> i64 {
        let share = self.shares.get(usize::from(scarce)).copied().unwrap_or_default();
        i64::from(share) * i64::from(self.all) - i64::from(self.free(scarce)) * WHOLE
    }

    #[inline]
    fn is_at_reserve(&self, scarce: u16) -> bool {
        let reserve = self.reserves.get(usize::from(scarce)).copied().unwrap_or_default();
        self.free(scarce) <= u32::from(reserve)
    }
}

impl Rank {
    /// The place of somebody who may take a case.
    #[inline]
    pub fn new(way: Way, person: &Person, presence: &Presence, ask: &Ask, idleness: &Idleness) -> Self {
        Self {
            way,
            spends_reserve: person.scarce != ask.language && idleness.is_at_reserve(person.scarce),
            shortage: idleness.shortage(person.scarce),
            worked: presence.worked.as_secs() / ALIKE,
            free_since: presence.free_since,
        }
    }
}

impl Urgency {
    /// Of a case that is due at an instant, for somebody who has taken so many.
    #[inline]
    pub fn new(ask: &Ask, due: Instant, taken: u32, now: Instant) -> Self {
        let gone = gone(ask, due, now);
        let is_hopeful = gone < HOPELESS;
        Self {
            has_turn: !is_hopeful && taken % TURN_OF_THE_LATE == TURN_OF_THE_LATE - 1,
            is_hopeful,
            pressure: if is_hopeful { gone * i64::from(ask.weight) } else { 0 },
            due: std::cmp::Reverse(due),
        }
    }
}

/// One of the cases that somebody could take.
#[derive(Clone, Copy, Debug)]
pub struct Takeable<'a> {
    /// What it asks.
    pub ask: &'a Ask,
    /// When it is due.
    pub due: Instant,
    /// How they would understand the customer.
    pub way: Way,
}

/// Which of the cases that somebody could take they take next, by its place: the most urgent; of equals the one that they understand best;
/// of those the first. `taken` is how many they have taken so far.
pub fn most_pressing(takeable: &[Takeable<'_>], taken: u32, now: Instant) -> Option<usize> {
    let ranked = takeable.iter().enumerate().max_by_key(|(at, one)| {
        let urgency = Urgency::new(one.ask, one.due, taken, now);
        (urgency, std::cmp::Reverse(one.way), std::cmp::Reverse(*at))
    });
    ranked.map(|(at, _)| at)
}

/// How much of the promised time is gone, in 1,024ths; more than the whole where it is late.
#[inline]
fn gone(ask: &Ask, due: Instant, now: Instant) -> i64 {
    let target = i64::try_from(ask.target.as_millis()).unwrap_or(i64::MAX).max(1);
    let left = (due.micros().saturating_sub(now.micros())) / 1_000;
    (target.saturating_sub(left)).saturating_mul(WHOLE).checked_div(target).unwrap_or_default().max(0)
}
