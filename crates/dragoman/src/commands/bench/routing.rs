//! `dragoman bench routing`: how many cases a second are given to somebody in memory, on one core.

use crate::say::{self, Failure};
use clap::Args;
use kernel::Instant;
use rand::{RngExt, SeedableRng, rngs::SmallRng};
use routing::{
    Ask, Assignment, CaseNumber, Clients, Countries, Floor, Idleness, Languages, Line, Person, Policy,
    Skills, Translation,
};
use serde::Serialize;
use std::{collections::VecDeque, process::ExitCode, time::Duration, time::Instant as Stopwatch};

/// Measure how many decisions a second routing makes in memory.
///
/// A made-up floor: everybody has permits for five clients, speaks two languages, has a country and skills. Cases come as fast as they are
/// finished; each that comes and each that ends is one decision. Beside it the same with more cases than hands, so that many wait.
#[derive(Args)]
pub struct Routing {
    /// How many representatives.
    #[arg(long, default_value_t = 10_000)]
    people: u32,
    /// How many languages, at most 128.
    #[arg(long, default_value_t = 40, value_parser = clap::value_parser!(u16).range(1..=128))]
    languages: u16,
    /// How many clients, at most 512.
    #[arg(long, default_value_t = 200, value_parser = clap::value_parser!(u16).range(1..=512))]
    clients: u16,
    /// How many decisions.
    #[arg(long, default_value_t = 2_000_000)]
    decisions: u32,
    /// Print the figures as JSON.
    #[arg(long)]
    json: bool,
}

/// What was measured.
#[derive(Serialize)]
struct Figures {
    floor: &'static str,
    decisions_per_second: f64,
    p50_ns: u64,
    p99_ns: u64,
    waiting_at_the_end: usize,
}

impl Routing {
    /// Runs the command.
    pub fn run(&self) -> Result<ExitCode, Failure> {
        let measured = [self.measure("room for most", 0.9), self.measure("more cases than hands", 1.05)];
        if self.json {
            say::json(&measured)?;
            return Ok(ExitCode::SUCCESS);
        }
        for figures in &measured {
            say::line(format!(
                "{}: {:.0} decisions a second; half within {} ns, 99 of 100 within {} ns; {} wait at the end",
                figures.floor,
                figures.decisions_per_second,
                figures.p50_ns,
                figures.p99_ns,
                figures.waiting_at_the_end
            ));
        }
        Ok(ExitCode::SUCCESS)
    }

    /// `open` is how many cases are held or wait, for each that people can hold.
    fn measure(&self, floor: &'static str, open: f64) -> Figures {
        let mut made = World::made(self);
        let open = (f64::from(made.room) * open) as usize;
        while made.held.len() + made.floor.waiting_count() < open {
            made.arrive();
        }
        let begun = Stopwatch::now();
        for _ in 0..self.decisions / 2 {
            made.finish();
            made.arrive();
        }
        let decisions_per_second = f64::from(self.decisions / 2 * 2) / begun.elapsed().as_secs_f64();
        let mut took: Vec<u64> = (0..self.decisions / 10).map(|_| made.timed()).collect();
        took.sort_unstable();
        let at = |share: f64| took.get((took.len() as f64 * share) as usize).copied().unwrap_or_default();
        let waiting_at_the_end = made.floor.waiting_count();
        Figures { floor, decisions_per_second, p50_ns: at(0.5), p99_ns: at(0.99), waiting_at_the_end }
    }
}

/// A floor with what is held on it.
struct World {
    chance: SmallRng,
    floor: Floor,
    lines: Vec<Line>,
    held: VecDeque<CaseNumber>,
    room: u32,
    now: Instant,
}

impl World {
    fn made(size: &Routing) -> Self {
        let mut chance = SmallRng::seed_from_u64(7);
        let share = 1_024 / size.languages;
        let languages = usize::from(size.languages);
        let mut floor = Floor::empty(Idleness::new(vec![share; languages], vec![1; languages]));
        let (begin, mut room) = (Instant::from_micros(1_800_000_000_000_000), 0);
        for _ in 0..size.people {
            let person = person(&mut chance, size);
            room += u32::from(person.capacity);
            let number = floor.add(person);
            floor.begin_shift(number, begin.plus(Duration::from_secs(8 * 3_600)), begin);
        }
        let kinds = u32::from(size.clients) * u32::from(size.languages);
        let lines = (0..kinds).map(|_| floor.line(&ask(&mut chance, size))).collect();
        Self { chance, floor, lines, held: VecDeque::new(), room, now: begin }
    }

    fn arrive(&mut self) {
        self.now = self.now.plus(Duration::from_micros(10));
        let line = self.lines[self.chance.random_range(0..self.lines.len())];
        let due = self.now.plus(Duration::from_secs(3_600));
        let (_, assigned) = self.floor.arrive(line, due, self.now);
        self.hold(assigned);
    }

    fn finish(&mut self) {
        let Some(case) = self.held.pop_front() else { return };
        self.now = self.now.plus(Duration::from_micros(10));
        let assigned = self.floor.finish(case, Duration::from_secs(300), self.now);
        self.hold(assigned);
    }

    fn hold(&mut self, assigned: impl IntoIterator<Item = Assignment>) {
        self.held.extend(assigned.into_iter().map(|given| given.case));
    }

    fn timed(&mut self) -> u64 {
        self.finish();
        let begun = Stopwatch::now();
        self.arrive();
        u64::try_from(begun.elapsed().as_nanos()).unwrap_or(u64::MAX)
    }
}

fn person(chance: &mut SmallRng, size: &Routing) -> Person {
    let mut clients = Vec::new();
    while clients.len() < usize::from(size.clients.min(5)) {
        clients.push(chance.random_range(0..size.clients));
    }
    let native = chance.random_range(0..size.languages);
    let second = chance.random_range(0..size.languages);
    Person {
        clients: Clients::of(&clients),
        native: Languages::of(&[native]),
        certified: Languages::of(&[second]),
        written: Languages::default(),
        translated: Languages::default(),
        scarce: native.max(second),
        skills: Skills::of(&[
            chance.random_range(0..8),
            chance.random_range(0..8),
            chance.random_range(0..8),
        ]),
        country: chance.random_range(0..30),
        capacity: chance.random_range(1..4),
    }
}

fn ask(chance: &mut SmallRng, size: &Routing) -> Ask {
    let all: Vec<u16> = (0..30).collect();
    let skills = if chance.random_range(0..4) == 0 {
        Skills::of(&[chance.random_range(0..8)])
    } else {
        Skills::default()
    };
    Ask {
        client: chance.random_range(0..size.clients),
        language: chance.random_range(0..size.languages),
        skills,
        policy: Policy { countries: Countries::of(&all), translation: Translation::Refused },
        effort: 1,
        handling: Duration::from_secs(60 * chance.random_range(2..5)),
        target: Duration::from_secs(3_600),
        weight: chance.random_range(1..4),
    }
}
