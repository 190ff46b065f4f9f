//! Cases that were written down with everything that had happened to them: their turns and targets, as if the desk had followed them.

use super::{
    CLOSED, Promise, opening,
    targets::{self, heed},
};
use cases::{Case, LastWord, tables as case_tables};
use coverage::{Happened, KeptStanding, Ledger, Standing, Target, Turn, tables as coverage_tables};
use kernel::{Because, CaseId, EngagementId, Fault, Instant, Party};
use std::collections::HashMap;
use store::Tx;

/// What happened to a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Told {
    /// The customer wrote.
    CustomerWrote,
    /// We answered.
    Answered,
    /// It was closed.
    Closed,
}

/// A case, and what happened to it after it was opened.
#[derive(Clone, Debug)]
pub struct Tale {
    /// The case.
    pub case: CaseId,
    /// What happened, in its order.
    pub told: Vec<(Instant, Told)>,
}

/// Writes down whose turn it was at these cases, what was promised and how it went, and what is outstanding.
///
/// # Errors
/// A fault when the database can't be reached.
pub fn tell(tx: &mut Tx<'_>, tales: &[Tale], now: Instant) -> Result<(), Fault> {
    let mut promises: HashMap<EngagementId, Promise> = HashMap::new();
    for tale in tales {
        let Some(case) = case_tables::case(tx, tale.case)? else { continue };
        if let std::collections::hash_map::Entry::Vacant(free) = promises.entry(case.engagement) {
            free.insert(Promise::of(tx, case.engagement, now)?);
        }
        let teller = Teller::listen(&case, &promises[&case.engagement], &tale.told);
        write_down(tx, &case, &promises[&case.engagement], teller, now)?;
    }
    Ok(())
}

struct Teller {
    turns: Vec<Turn>,
    targets: Vec<Target>,
    last_word: LastWord,
    is_open: bool,
}

impl Teller {
    fn listen(case: &Case, promise: &Promise, told: &[(Instant, Told)]) -> Self {
        let mut teller = Self {
            turns: vec![opening(case)],
            targets: Vec::new(),
            last_word: LastWord::Customer,
            is_open: true,
        };
        heed(&mut teller.targets, case, promise, &[(Happened::Opened, case.opened_at)]);
        for (at, what) in told {
            let happened = teller.hear(*what, *at);
            heed(&mut teller.targets, case, promise, &happened);
        }
        teller
    }

    fn hear(&mut self, told: Told, at: Instant) -> Vec<(Happened, Instant)> {
        let mut happened = Vec::new();
        match told {
            Told::CustomerWrote => {
                self.turn(
                    Party::Representative,
                    Because::new("turn.customer_wrote", "The customer wrote."),
                    at,
                );
                happened.extend((self.last_word == LastWord::Us).then_some(Happened::WroteAgain));
                self.last_word = LastWord::Customer;
            }
            Told::Answered => {
                self.turn(Party::Customer, Because::new("turn.answered", "We answered."), at);
                happened.push(Happened::Answered);
                self.last_word = LastWord::Us;
            }
            Told::Closed => {
                if self.is_open {
                    let because = Because::new(CLOSED, "The case was closed.");
                    self.turns.push(Turn { from: at, party: Party::Customer, because });
                }
                happened.push(Happened::Closed);
            }
        }
        happened.extend((!self.is_open && told != Told::Closed).then_some(Happened::Reopened));
        self.is_open = told != Told::Closed;
        happened.into_iter().map(|what| (what, at)).collect()
    }

    fn turn(&mut self, party: Party, because: Because, from: Instant) {
        if self.turns.last().is_none_or(|last| last.party != party) {
            self.turns.push(Turn { from, party, because });
        }
    }
}

fn write_down(
    tx: &mut Tx<'_>,
    case: &Case,
    promise: &Promise,
    teller: Teller,
    now: Instant,
) -> Result<(), Fault> {
    for turn in &teller.turns {
        coverage_tables::add_turn(tx, case.id, turn)?;
    }
    let Some(ledger) = Ledger::of(teller.turns, case.closed_at) else { return Ok(()) };
    for target in teller.targets {
        let read = targets::read(&target, &promise.calendar, &ledger, now);
        let missed = read.filter(|read| read.standing == Standing::Missed).and_then(|read| read.due);
        let target = match missed {
            Some(due) => {
                targets::missed(tx, case, &target, due, target.done_at.unwrap_or(due))?;
                Target { standing: KeptStanding::Missed, ..target }
            }
            None => target,
        };
        targets::reread(tx, case, (&promise.calendar, &ledger), target, now)?;
    }
    crate::outstanding::settle(tx, case.id, now)
}
