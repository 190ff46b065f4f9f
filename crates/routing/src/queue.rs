//! The lines in which cases wait: one for each kind of ask, by client.

use crate::{Ask, CaseNumber, Person, Presence, Urgency, Way, eligible};
use kernel::Instant;
use std::collections::{BTreeSet, HashMap};

/// A line of cases that ask the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Line(pub(crate) u32);

/// All lines.
#[derive(Clone, Debug, Default)]
pub(crate) struct Lines {
    numbers: HashMap<Ask, Line>,
    asks: Vec<Ask>,
    waiting: Vec<BTreeSet<(Instant, CaseNumber)>>,
    /// The lines of each client in which somebody waits.
    of_client: Vec<Vec<Line>>,
    count: usize,
}

impl Lines {
    /// The line for an ask.
    pub fn line(&mut self, ask: &Ask) -> Line {
        if let Some(line) = self.numbers.get(ask) {
            return *line;
        }
        let line = Line(u32::try_from(self.asks.len()).expect("there are fewer kinds of asks than cases"));
        self.numbers.insert(ask.clone(), line);
        self.asks.push(ask.clone());
        self.waiting.push(BTreeSet::new());
        let client = usize::from(ask.client);
        if self.of_client.len() <= client {
            self.of_client.resize(client + 1, Vec::new());
        }
        line
    }

    pub fn ask(&self, line: Line) -> &Ask {
        &self.asks[line.0 as usize]
    }

    pub fn len(&self) -> usize {
        self.count
    }

    pub fn wait(&mut self, line: Line, due: Instant, case: CaseNumber) {
        let waiting = &mut self.waiting[line.0 as usize];
        if waiting.is_empty() {
            self.of_client[usize::from(self.asks[line.0 as usize].client)].push(line);
        }
        self.count += usize::from(waiting.insert((due, case)));
    }

    pub fn leave(&mut self, line: Line, due: Instant, case: CaseNumber) -> bool {
        let waiting = &mut self.waiting[line.0 as usize];
        let was_there = waiting.remove(&(due, case));
        self.count -= usize::from(was_there);
        if was_there && waiting.is_empty() {
            self.of_client[usize::from(self.asks[line.0 as usize].client)].retain(|other| *other != line);
        }
        was_there
    }

    /// What somebody who has room takes next: the most urgent case among those that they may take.
    pub fn next(
        &self,
        person: &Person,
        presence: &Presence,
        taken: u32,
        now: Instant,
    ) -> Option<(CaseNumber, Line, Way)> {
        let lines = person.clients.numbers().filter_map(|client| self.of_client.get(usize::from(client)));
        let heads = lines.flatten().filter_map(|line| {
            let ask = self.ask(*line);
            let way = eligible(person, presence, ask, now).ok()?;
            let (urgency, case) = self.head(*line, taken, now)?;
            Some(((urgency, std::cmp::Reverse(case)), *line, way))
        });
        // Of what is equally urgent, speakers take what is in their own language.
        let best = heads.max_by_key(|((urgency, case), _, way)| (*urgency, std::cmp::Reverse(*way), *case));
        best.map(|((_, case), line, way)| (case.0, line, way))
    }

    /// The most urgent of a line: what is due first, but what is hopelessly late after what isn't.
    fn head(&self, line: Line, taken: u32, now: Instant) -> Option<(Urgency, CaseNumber)> {
        let (ask, waiting) = (self.ask(line), &self.waiting[line.0 as usize]);
        let first = waiting.first()?;
        let urgency = Urgency::new(ask, first.0, taken, now);
        if urgency.is_hopeful || urgency.has_turn {
            return Some((urgency, first.1));
        }
        let mut later = waiting.range((now.minus(ask.target), CaseNumber::FIRST)..);
        let hopeful = later.find_map(|(due, case)| {
            let urgency = Urgency::new(ask, *due, taken, now);
            urgency.is_hopeful.then_some((urgency, *case))
        });
        hopeful.or(Some((urgency, first.1)))
    }

    /// Everything that waits, in no order that means anything.
    pub fn all(&self) -> impl Iterator<Item = (Line, Instant, CaseNumber)> {
        let lines = (0u32..).map(Line).zip(&self.waiting);
        lines.flat_map(|(line, waiting)| waiting.iter().map(move |(due, case)| (line, *due, *case)))
    }
}
