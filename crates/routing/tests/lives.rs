//! Lives of floors: the same as brute force on small ones, and never against the law on any.
//!
//! `DRAGOMAN_ROUTING_EVENTS` sets how many things happen; the long run is made by hand in a release build.

use crate::{
    naive::{Case, Naive, Someone},
    world::{self, Chance, Happening, SMALL, Size},
};
use kernel::Instant;
use routing::{Ask, Assignment, CaseNumber, Floor, Idleness, Line, PersonNumber};
use std::{collections::BTreeMap, time::Duration};

const BEGIN: Instant = Instant::from_micros(1_800_000_000_000_000);

fn events(unless_said: u64) -> u64 {
    std::env::var("DRAGOMAN_ROUTING_EVENTS").ok().and_then(|said| said.parse().ok()).unwrap_or(unless_said)
}

/// A floor and what we know of it from outside.
struct Life {
    floor: Floor,
    people: Vec<PersonNumber>,
    asks: Vec<(Ask, Line)>,
    /// Cases that wait or are held.
    open: Vec<CaseNumber>,
    now: Instant,
}

impl Life {
    fn begin(chance: &mut Chance, size: Size, shares: &[u16], reserves: &[u16]) -> Self {
        let mut floor = Floor::empty(Idleness::new(shares.to_vec(), reserves.to_vec()));
        let people = (0..size.people).map(|_| floor.add(world::person(chance, size))).collect();
        let asks = (0..size.clients * size.languages * 4).map(|_| world::ask(chance, size));
        let asks = asks.map(|ask| (ask.clone(), floor.line(&ask))).collect();
        Self { floor, people, asks, open: Vec::new(), now: BEGIN }
    }

    fn person(&self, number: u64) -> PersonNumber {
        self.people[usize::try_from(number).expect("a number")]
    }

    fn open(&self, number: u64) -> Option<usize> {
        (!self.open.is_empty()).then(|| usize::try_from(number).expect("a number") % self.open.len())
    }

    fn ask(&self, number: u64) -> &(Ask, Line) {
        &self.asks[usize::try_from(number).expect("a number") % self.asks.len()]
    }

    /// Lets something happen. A case that comes is the second thing told.
    fn live(&mut self, happening: &Happening) -> (Vec<Assignment>, Option<CaseNumber>) {
        let now = self.now;
        let minutes = |minutes: u64| Duration::from_secs(minutes * 60);
        let assigned = match happening {
            Happening::Begins { person, minutes: until } => {
                self.floor.begin_shift(self.person(*person), now.plus(minutes(*until)), now)
            }
            Happening::Ends { person } => {
                self.floor.end_shift(self.person(*person));
                Vec::new()
            }
            Happening::Pauses { person } => {
                self.floor.pause(self.person(*person));
                Vec::new()
            }
            Happening::Resumes { person } => self.floor.resume(self.person(*person), now),
            Happening::Changes { person, to } => self.floor.change(self.person(*person), to.clone(), now),
            Happening::Arrives { ask } => {
                let (ask, line) = self.ask(*ask);
                let due = now.plus(ask.target);
                let (case, assigned) = self.floor.arrive(*line, due, now);
                self.open.push(case);
                return (assigned.into_iter().collect(), Some(case));
            }
            Happening::GivenBack { case } => {
                self.open(*case).map_or_else(Vec::new, |at| self.floor.give_back(self.open[at], now))
            }
            Happening::Finished { case, minutes: worked } => {
                let Some(at) = self.open(*case) else { return (Vec::new(), None) };
                let case = self.open.swap_remove(at);
                self.floor.finish(case, minutes(*worked), now)
            }
        };
        (assigned, None)
    }

    /// Whoever was given something might have it, just before they were given it.
    fn check_given(&self, assigned: &[Assignment]) {
        for given in assigned {
            let (ask, _, holder) = self.floor.case(given.case);
            assert_eq!(holder, Some(given.person));
            let (_, person, presence) =
                self.floor.people().nth(given.person.number()).expect("they are there");
            assert!(presence.until.is_some_and(|until| self.now.plus(ask.handling) <= until), "off shift");
            assert!(person.clients.has(ask.client), "without a permit");
            assert!(person.skills.has_all(&ask.skills), "without the skill");
            assert!(ask.policy.countries.has(person.country), "in a country that isn't allowed");
            assert!(presence.load <= person.capacity, "over capacity");
            assert!(!presence.is_paused, "paused");
        }
    }

    /// Nobody who may is idle while something waits.
    fn check_idle(&self) {
        for case in self.floor.waiting() {
            let (ask, ..) = self.floor.case(case);
            let explained = routing::explain(&self.floor, ask, self.now);
            assert!(explained.may.is_empty(), "{ask:?} waits for {:?}", explained.may);
        }
    }
}

#[test]
fn small_floors_decide_as_brute_force_does() {
    let mut left = events(60_000);
    let mut seed = 0;
    let mut assignments = 0;
    while left > 0 {
        seed += 1;
        let mut chance = Chance(seed);
        let (shares, reserves) = (vec![512, 300, 212], vec![0, 1, 1]);
        let mut life = Life::begin(&mut chance, SMALL, &shares, &reserves);
        let people = life.floor.people().map(|(_, facts, _)| Someone {
            facts: facts.clone(),
            until: None,
            is_paused: false,
            load: 0,
            worked: Duration::ZERO,
            free_since: Instant::from_micros(0),
            taken: 0,
        });
        let mut naive = Naive { people: people.collect(), cases: Vec::new(), shares, reserves };
        let mut numbers: Vec<usize> = Vec::new();
        for _ in 0..600.min(left) {
            life.now = world::later(&mut chance, life.now);
            let happening = world::happening(&mut chance, SMALL);
            let expected = live_naively(&mut naive, &mut numbers, &life, &happening);
            let (assigned, arrived) = life.live(&happening);
            if let (Some(arrived), Some(last)) = (arrived, numbers.last_mut()) {
                *last = arrived.number();
            }
            let given: Vec<(usize, usize)> =
                assigned.iter().map(|given| (given.case.number(), given.person.number())).collect();
            let expected: Vec<(usize, usize)> =
                expected.into_iter().map(|(case, person)| (numbers[case], person)).collect();
            assert_eq!(given, expected, "seed {seed}, {happening:?}");
            life.check_given(&assigned);
            assignments += given.len();
        }
        left = left.saturating_sub(600);
    }
    assert!(assignments > 5_000, "{assignments} assignments say too little");
}

/// The same happening by brute force: cases by their place in the list, which `numbers` gives their numbers on the floor.
fn live_naively(
    naive: &mut Naive,
    numbers: &mut Vec<usize>,
    life: &Life,
    happening: &Happening,
) -> Vec<(usize, usize)> {
    let now = life.now;
    let latest = |numbers: &[usize], naive: &Naive, number: usize| {
        (0..numbers.len()).rev().find(|case| numbers[*case] == number && !naive.cases[*case].is_done)
    };
    let mut given = Vec::new();
    let freed = match happening {
        Happening::Arrives { ask } => {
            let (ask, _) = life.ask(*ask);
            let case = Case { ask: ask.clone(), due: now.plus(ask.target), holder: None, is_done: false };
            naive.cases.push(case);
            numbers.push(usize::MAX);
            given.extend(naive.first(ask, now).map(|person| (naive.cases.len() - 1, person)));
            None
        }
        Happening::GivenBack { case } => {
            let case = life.open(*case).and_then(|open| latest(numbers, naive, life.open[open].number()));
            case.and_then(|case| {
                let holder = naive.unload(case, Duration::ZERO, now)?;
                let again = naive.first(&naive.cases[case].ask, now);
                given.extend(again.map(|person| (case, person)));
                Some(holder)
            })
        }
        Happening::Finished { case, minutes } => {
            let case = life.open(*case).and_then(|open| latest(numbers, naive, life.open[open].number()));
            case.and_then(|case| {
                let holder = naive.unload(case, Duration::from_secs(minutes * 60), now);
                naive.cases[case].is_done = true;
                holder
            })
        }
        of_a_person => stand_naively(naive, now, of_a_person),
    };
    for (case, person) in &given {
        naive.give(*case, *person, now);
    }
    let Some(person) = freed else { return given };
    while naive.is_free_at(person) {
        let Some(case) = naive.next(person, numbers, now) else { break };
        naive.people[person].taken += 1;
        naive.give(case, person, now);
        given.push((case, person));
    }
    given
}

/// Somebody stands otherwise than before; whoever may take something now is told.
fn stand_naively(naive: &mut Naive, now: Instant, happening: &Happening) -> Option<usize> {
    let at = |person: &u64| usize::try_from(*person).expect("a number");
    match happening {
        Happening::Begins { person, minutes } => {
            let someone = &mut naive.people[at(person)];
            if someone.until.is_none() {
                (someone.worked, someone.free_since) = (Duration::ZERO, now);
            }
            someone.until = Some(now.plus(Duration::from_secs(minutes * 60)));
            Some(at(person))
        }
        Happening::Ends { person } => {
            naive.people[at(person)].until = None;
            None
        }
        Happening::Pauses { person } => {
            naive.people[at(person)].is_paused = true;
            None
        }
        Happening::Resumes { person } => {
            naive.people[at(person)].is_paused = false;
            Some(at(person))
        }
        Happening::Changes { person, to } => {
            naive.people[at(person)].facts = to.clone();
            Some(at(person))
        }
        _ => None,
    }
}

#[test]
fn no_floor_breaks_the_law() {
    let size = Size { people: 60, languages: 8, clients: 6 };
    let mut chance = Chance(42);
    let mut life = Life::begin(&mut chance, size, &[128; 8], &[0, 0, 0, 0, 1, 1, 2, 2]);
    let mut given = 0;
    for event in 0..events(60_000) {
        life.now = world::later(&mut chance, life.now);
        let (assigned, _) = life.live(&world::happening(&mut chance, size));
        life.check_given(&assigned);
        given += assigned.len();
        // Looking at everybody for everything is slow; done at some events, it is done in all kinds of moments.
        if event % 499 == 0 {
            life.check_idle();
        }
        if life.open.len() > 500 {
            // Nobody waits for ever: the oldest are let go, so that the world stays of a size.
            while let Some(case) = life.open.pop() {
                let assigned = life.floor.finish(case, Duration::ZERO, life.now);
                life.check_given(&assigned);
            }
        }
    }
    assert!(given > 5_000, "{given} assignments say too little");
}

/// Two clients, one of whom weighs nine times as much and always has more work than there are hands: the other's cases are taken all the same.
#[test]
fn nobody_starves() {
    let mut chance = Chance(7);
    let size = Size { people: 1, languages: 1, clients: 2 };
    let mut floor = Floor::empty(Idleness::new(vec![1_024], vec![0]));
    let mut person = world::person(&mut chance, size);
    person.clients = routing::Clients::of(&[0, 1]);
    (person.native, person.capacity) = (routing::Languages::of(&[0]), 1);
    let number = floor.add(person.clone());
    let mut now = BEGIN;
    floor.begin_shift(number, now.plus_days(900), now);
    let ask = |client: u16, weight: u16| Ask {
        client,
        language: 0,
        skills: routing::Skills::default(),
        policy: routing::Policy {
            countries: routing::Countries::of(&[0, 1, 2]),
            translation: routing::Translation::Allowed,
        },
        effort: 1,
        handling: Duration::from_secs(600),
        target: Duration::from_secs(3_600),
        weight,
    };
    let (light, heavy) = (floor.line(&ask(0, 1)), floor.line(&ask(1, 9)));
    let (mut held, _) = floor.arrive(heavy, now, now);
    let mut arrived: BTreeMap<CaseNumber, Instant> = BTreeMap::new();
    let mut longest = Duration::ZERO;
    for step in 0..2_000 {
        now = now.plus(Duration::from_secs(600));
        // As much comes as one can do, three quarters of it heavy.
        let line = if step % 4 == 0 { light } else { heavy };
        let (case, _) = floor.arrive(line, now.plus(Duration::from_secs(3_600)), now);
        if line == light {
            arrived.insert(case, now);
        }
        if step < 40 {
            floor.arrive(heavy, now.plus(Duration::from_secs(3_600)), now);
        }
        let taken = floor.finish(held, Duration::from_secs(600), now);
        held = taken.first().expect("there is always something").case;
        if let Some(since) = arrived.remove(&held) {
            longest = longest.max(now.since(since));
        }
    }
    let oldest = arrived.values().map(|since| now.since(*since)).max().unwrap_or_default();
    assert!(
        longest.max(oldest) < Duration::from_secs(3_600 * 40),
        "one waited {longest:?}, one still {oldest:?}"
    );
}
