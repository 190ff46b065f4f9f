//! A floor by brute force: everybody and everything is looked at each time. It says what the real one must say.

use kernel::Instant;
use routing::{Ask, Person, Translation, Way};
use std::{cmp::Reverse, time::Duration};

pub struct Someone {
    pub facts: Person,
    pub until: Option<Instant>,
    pub is_paused: bool,
    pub load: u16,
    pub worked: Duration,
    pub free_since: Instant,
    pub taken: u32,
}

pub struct Case {
    pub ask: Ask,
    pub due: Instant,
    pub holder: Option<usize>,
    pub is_done: bool,
}

pub struct Naive {
    pub people: Vec<Someone>,
    pub cases: Vec<Case>,
    pub shares: Vec<u16>,
    pub reserves: Vec<u16>,
}

impl Naive {
    pub fn way(&self, person: usize, ask: &Ask, now: Instant) -> Option<Way> {
        let someone = &self.people[person];
        let facts = &someone.facts;
        let is_there = someone.until.is_some_and(|until| until > now && now.plus(ask.handling) <= until);
        let knows = (0..3).all(|skill| !ask.skills.has(skill) || facts.skills.has(skill));
        let may = facts.clients.has(ask.client) && ask.policy.countries.has(facts.country);
        if !is_there || !knows || !may || someone.is_paused || someone.load + ask.effort > facts.capacity {
            return None;
        }
        match () {
            () if facts.native.has(ask.language) => Some(Way::Native),
            () if facts.certified.has(ask.language) => Some(Way::Certified),
            () if facts.written.has(ask.language) => Some(Way::Written),
            () if ask.policy.translation == Translation::Allowed && facts.translated.has(ask.language) => {
                Some(Way::Translated)
            }
            () => None,
        }
    }

    fn is_free(&self, someone: &Someone) -> bool {
        someone.until.is_some() && !someone.is_paused && someone.load < someone.facts.capacity
    }

    fn free(&self, scarce: u16) -> i64 {
        let free = self.people.iter().filter(|one| self.is_free(one) && one.facts.scarce == scarce);
        free.count().try_into().expect("few people")
    }

    /// Whoever is asked first.
    pub fn first(&self, ask: &Ask, now: Instant) -> Option<usize> {
        let all: i64 = (0..10).map(|scarce| self.free(scarce)).sum();
        let may = (0..self.people.len()).filter_map(|person| Some((person, self.way(person, ask, now)?)));
        let place = |(person, way): &(usize, Way)| {
            let someone = &self.people[*person];
            let scarce = someone.facts.scarce;
            let reserve = i64::from(self.reserves[usize::from(scarce)]);
            let spends = scarce != ask.language && self.free(scarce) <= reserve;
            let shortage = i64::from(self.shares[usize::from(scarce)]) * all - self.free(scarce) * 1_024;
            (*way, spends, shortage, someone.worked.as_secs() / 600, someone.free_since, *person)
        };
        may.min_by_key(place).map(|(person, _)| person)
    }

    /// What somebody takes next.
    pub fn next(&self, person: usize, numbers: &[usize], now: Instant) -> Option<usize> {
        let waiting = (0..self.cases.len()).filter(|case| {
            let case = &self.cases[*case];
            case.holder.is_none() && !case.is_done
        });
        let may = waiting.filter_map(|case| Some((case, self.way(person, &self.cases[case].ask, now)?)));
        let place = |(case, way): &(usize, Way)| {
            let Case { ask, due, .. } = &self.cases[*case];
            let target = i64::try_from(ask.target.as_millis()).expect("a target");
            let left = (due.micros() - now.micros()) / 1_000;
            let gone = ((target - left) * 1_024 / target).max(0);
            let is_hopeful = gone < 2_048;
            let has_turn = !is_hopeful && self.people[person].taken % 4 == 3;
            let pressure = if is_hopeful { gone * i64::from(ask.weight) } else { 0 };
            (has_turn, is_hopeful, pressure, Reverse(*due), Reverse(*way), Reverse(numbers[*case]))
        };
        may.max_by_key(place).map(|(case, _)| case)
    }

    pub fn is_free_at(&self, person: usize) -> bool {
        self.is_free(&self.people[person])
    }

    pub fn give(&mut self, case: usize, person: usize, now: Instant) {
        self.cases[case].holder = Some(person);
        self.people[person].load += self.cases[case].ask.effort;
        self.people[person].free_since = now;
    }

    pub fn unload(&mut self, case: usize, worked: Duration, now: Instant) -> Option<usize> {
        let holder = self.cases[case].holder.take()?;
        self.people[holder].load -= self.cases[case].ask.effort;
        self.people[holder].worked += worked;
        self.people[holder].free_since = now;
        Some(holder)
    }
}
