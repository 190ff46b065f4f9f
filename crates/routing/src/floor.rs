//! The floor: who is there, who has what, and what waits. Each thing that happens gives the assignments that follow from it.

use crate::{
    Ask, Idleness, Person, Presence, Rank, Way, eligible,
    queue::{Line, Lines},
};
use kernel::Instant;
use std::{cmp::Reverse, time::Duration};

/// Somebody on a floor, by the number that they got there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PersonNumber(u32);

/// A case on a floor, by the number that it got there. Numbers of cases that are done come again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CaseNumber(u32);

impl CaseNumber {
    pub(crate) const FIRST: Self = Self(0);

    /// The number.
    pub fn number(self) -> usize {
        self.0 as usize
    }
}

impl PersonNumber {
    /// The number.
    pub fn number(self) -> usize {
        self.0 as usize
    }
}

/// Somebody is given a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Assignment {
    /// The case.
    pub case: CaseNumber,
    /// Whoever is given it.
    pub person: PersonNumber,
    /// How they understand the customer.
    pub way: Way,
}

#[derive(Clone, Copy, Debug)]
struct Case {
    line: Line,
    due: Instant,
    holder: Option<u32>,
}

/// Who is there and what waits.
#[derive(Clone, Debug)]
pub struct Floor {
    people: Vec<Person>,
    presences: Vec<Presence>,
    /// Whether somebody has room: looked at first, because it is small and mostly no.
    free: Vec<bool>,
    /// How many cases somebody has taken out of the lines.
    taken: Vec<u32>,
    /// Whoever speaks a language for a client, by client and language.
    speakers: Vec<Vec<u32>>,
    /// Whoever has a permit for a client.
    permitted: Vec<Vec<u32>>,
    idleness: Idleness,
    lines: Lines,
    cases: Vec<Case>,
    done: Vec<u32>,
}

fn speaks(person: &Person, language: u16) -> bool {
    person.native.has(language) || person.certified.has(language) || person.written.has(language)
}

/// Languages of a client, in the list of speakers.
const LANGUAGES: usize = crate::Languages::MOST as usize;

impl Floor {
    /// Nobody is there yet.
    pub fn empty(idleness: Idleness) -> Self {
        Self {
            people: Vec::new(),
            presences: Vec::new(),
            free: Vec::new(),
            taken: Vec::new(),
            speakers: Vec::new(),
            permitted: Vec::new(),
            idleness,
            lines: Lines::default(),
            cases: Vec::new(),
            done: Vec::new(),
        }
    }

    /// Somebody comes to the floor, without a shift yet.
    pub fn add(&mut self, person: Person) -> PersonNumber {
        let number = u32::try_from(self.people.len()).expect("there are fewer people than that");
        self.presences.push(Presence {
            until: None,
            is_paused: false,
            load: 0,
            worked: Duration::ZERO,
            free_since: Instant::from_micros(0),
        });
        self.free.push(false);
        self.taken.push(0);
        self.list(number, &person);
        self.people.push(person);
        PersonNumber(number)
    }

    /// Somebody comes to the floor as they stand, with what they hold already.
    pub fn place(&mut self, person: Person, presence: Presence) -> PersonNumber {
        let number = self.add(person);
        self.presences[number.number()] = presence;
        self.count_in(number.0);
        number
    }

    /// Somebody holds so much more from now on: they were given a case that came to no line here.
    pub fn give(&mut self, number: PersonNumber, effort: u16, now: Instant) {
        self.count_out(number.0);
        let presence = &mut self.presences[number.number()];
        presence.load = presence.load.saturating_add(effort);
        presence.free_since = now;
        self.count_in(number.0);
    }

    /// Somebody's permits, languages or skills have changed. What they hold they keep, until somebody gives it back.
    pub fn change(&mut self, number: PersonNumber, person: Person, now: Instant) -> Vec<Assignment> {
        self.count_out(number.0);
        for list in self.speakers.iter_mut().chain(&mut self.permitted) {
            list.retain(|other| *other != number.0);
        }
        self.list(number.0, &person);
        self.people[number.number()] = person;
        self.count_in(number.0);
        self.fill(number.0, now)
    }

    fn list(&mut self, number: u32, person: &Person) {
        for client in person.clients.numbers().map(usize::from) {
            if self.permitted.len() <= client {
                self.permitted.resize(client + 1, Vec::new());
                self.speakers.resize((client + 1) * LANGUAGES, Vec::new());
            }
            self.permitted[client].push(number);
            for language in (0..crate::Languages::MOST).filter(|language| speaks(person, *language)) {
                self.speakers[client * LANGUAGES + usize::from(language)].push(number);
            }
        }
    }

    /// Somebody's shift begins, or its end has moved.
    pub fn begin_shift(&mut self, number: PersonNumber, until: Instant, now: Instant) -> Vec<Assignment> {
        self.count_out(number.0);
        let presence = &mut self.presences[number.number()];
        if presence.until.is_none() {
            (presence.worked, presence.free_since) = (Duration::ZERO, now);
        }
        presence.until = Some(until);
        self.count_in(number.0);
        self.fill(number.0, now)
    }

    /// Somebody's shift ends, or they fall ill. What they hold stays theirs until it is handed over.
    pub fn end_shift(&mut self, number: PersonNumber) {
        self.count_out(number.0);
        self.presences[number.number()].until = None;
        self.count_in(number.0);
    }

    /// Somebody wants nothing new.
    pub fn pause(&mut self, number: PersonNumber) {
        self.count_out(number.0);
        self.presences[number.number()].is_paused = true;
        self.count_in(number.0);
    }

    /// Somebody takes new cases again.
    pub fn resume(&mut self, number: PersonNumber, now: Instant) -> Vec<Assignment> {
        self.count_out(number.0);
        self.presences[number.number()].is_paused = false;
        self.count_in(number.0);
        self.fill(number.0, now)
    }

    /// The line of cases that ask this. Whoever routes many of a kind asks once.
    pub fn line(&mut self, ask: &Ask) -> Line {
        self.lines.line(ask)
    }

    /// A case needs somebody.
    pub fn arrive(&mut self, line: Line, due: Instant, now: Instant) -> (CaseNumber, Option<Assignment>) {
        let case = Case { line, due, holder: None };
        let number = match self.done.pop() {
            Some(number) => {
                self.cases[number as usize] = case;
                CaseNumber(number)
            }
            None => {
                self.cases.push(case);
                CaseNumber(u32::try_from(self.cases.len() - 1).expect("there are fewer cases than that"))
            }
        };
        (number, self.route(number, now))
    }

    /// A case goes back to be given to somebody else: its holder's shift has ended, or they may not have it any longer.
    pub fn give_back(&mut self, case: CaseNumber, now: Instant) -> Vec<Assignment> {
        let Some(holder) = self.cases[case.number()].holder.take() else { return Vec::new() };
        self.unload(holder, case, Duration::ZERO, now);
        let mut assigned: Vec<Assignment> = self.route(case, now).into_iter().collect();
        assigned.extend(self.fill(holder, now));
        assigned
    }

    /// A case is done for now, after so much work on it; its number is free.
    pub fn finish(&mut self, case: CaseNumber, worked: Duration, now: Instant) -> Vec<Assignment> {
        let Case { line, due, holder } = self.cases[case.number()];
        let Some(holder) = holder else {
            if self.lines.leave(line, due, case) {
                self.done.push(case.0);
            }
            return Vec::new();
        };
        self.unload(holder, case, worked, now);
        self.cases[case.number()].holder = None;
        self.done.push(case.0);
        self.fill(holder, now)
    }

    fn unload(&mut self, holder: u32, case: CaseNumber, worked: Duration, now: Instant) {
        self.count_out(holder);
        let effort = self.lines.ask(self.cases[case.number()].line).effort;
        let presence = &mut self.presences[holder as usize];
        presence.load -= effort;
        presence.worked += worked;
        presence.free_since = now;
        self.count_in(holder);
    }

    /// Gives a case to whoever ranks first, or lets it wait.
    fn route(&mut self, case: CaseNumber, now: Instant) -> Option<Assignment> {
        let Case { line, due, .. } = self.cases[case.number()];
        match self.first(self.lines.ask(line), now) {
            Some((person, way)) => Some(self.assign(case, person, way, now)),
            None => {
                self.lines.wait(line, due, case);
                None
            }
        }
    }

    /// Whoever would be given a case that asks this.
    pub(crate) fn first(&self, ask: &Ask, now: Instant) -> Option<(u32, Way)> {
        let cell = usize::from(ask.client) * LANGUAGES + usize::from(ask.language);
        let speaking = self.best(self.speakers.get(cell)?, ask, now);
        speaking.or_else(|| self.best(self.permitted.get(usize::from(ask.client))?, ask, now))
    }

    fn best(&self, among: &[u32], ask: &Ask, now: Instant) -> Option<(u32, Way)> {
        let mut best: Option<(Rank, u32)> = None;
        for number in among.iter().filter(|number| self.free[**number as usize]) {
            let (person, presence) = (&self.people[*number as usize], &self.presences[*number as usize]);
            let Ok(way) = eligible(person, presence, ask, now) else { continue };
            let rank = (Rank::new(way, person, presence, ask, &self.idleness), *number);
            if best.is_none_or(|best| rank < best) {
                best = Some(rank);
            }
        }
        best.map(|(rank, number)| (number, rank.way))
    }

    fn assign(&mut self, case: CaseNumber, person: u32, way: Way, now: Instant) -> Assignment {
        self.count_out(person);
        let effort = self.lines.ask(self.cases[case.number()].line).effort;
        let presence = &mut self.presences[person as usize];
        presence.load += effort;
        presence.free_since = now;
        self.cases[case.number()].holder = Some(person);
        self.count_in(person);
        Assignment { case, person: PersonNumber(person), way }
    }

    /// Gives somebody what waits, while they have room.
    fn fill(&mut self, number: u32, now: Instant) -> Vec<Assignment> {
        let mut assigned = Vec::new();
        while self.lines.len() > 0 && self.is_free(number) {
            let at = number as usize;
            let next = self.lines.next(&self.people[at], &self.presences[at], self.taken[at], now);
            let Some((case, line, way)) = next else { break };
            self.lines.leave(line, self.cases[case.number()].due, case);
            self.taken[at] = self.taken[at].wrapping_add(1);
            assigned.push(self.assign(case, number, way, now));
        }
        assigned
    }

    fn is_free(&self, number: u32) -> bool {
        let presence = &self.presences[number as usize];
        presence.until.is_some()
            && !presence.is_paused
            && presence.load < self.people[number as usize].capacity
    }

    fn count_out(&mut self, number: u32) {
        if self.is_free(number) {
            self.idleness.taken(self.people[number as usize].scarce);
        }
    }

    fn count_in(&mut self, number: u32) {
        let is_free = self.is_free(number);
        self.free[number as usize] = is_free;
        if is_free {
            self.idleness.freed(self.people[number as usize].scarce);
        }
    }

    /// Everybody, with how they stand.
    pub fn people(&self) -> impl Iterator<Item = (PersonNumber, &Person, &Presence)> {
        let numbers = (0u32..).map(PersonNumber);
        numbers
            .zip(&self.people)
            .zip(&self.presences)
            .map(|((number, person), presence)| (number, person, presence))
    }

    /// How many have room, by the language for which they are kept.
    pub fn idleness(&self) -> &Idleness {
        &self.idleness
    }

    /// What a case asks, when it is due, and who has it.
    pub fn case(&self, case: CaseNumber) -> (&Ask, Instant, Option<PersonNumber>) {
        let found = &self.cases[case.number()];
        (self.lines.ask(found.line), found.due, found.holder.map(PersonNumber))
    }

    /// Everything that waits, the first due first.
    pub fn waiting(&self) -> Vec<CaseNumber> {
        let mut waiting: Vec<(Instant, CaseNumber)> =
            self.lines.all().map(|(_, due, case)| (due, case)).collect();
        waiting.sort_by_key(|(due, case)| (*due, Reverse(*case)));
        waiting.into_iter().map(|(_, case)| case).collect()
    }

    /// How many cases wait.
    pub fn waiting_count(&self) -> usize {
        self.lines.len()
    }
}
