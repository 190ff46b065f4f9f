//! The clocks of a case, as its page shows them.

use super::{Promise, targets};
use crate::outstanding;
use cases::{Case, outstanding::Outstanding};
use coverage::{Due, Ledger, Target, Turn, Wall, explain, tables as coverage_tables};
use kernel::{EngagementId, Fault, Instant, Party};
use std::time::Duration;
use store::Tx;

/// The clocks of a case.
#[derive(Clone, Debug, Default)]
pub struct CaseClocks {
    /// Whose turn it is, or was when the case ended.
    pub turn: Option<Turn>,
    /// How long each party has held the case.
    pub held: Vec<(Party, Duration)>,
    /// The targets, in the order in which they began.
    pub targets: Vec<TargetRead>,
    /// What is outstanding.
    pub outstanding: Vec<Outstanding>,
}

/// A target, read now.
#[derive(Clone, Debug)]
pub struct TargetRead {
    /// The target.
    pub target: Target,
    /// How it stands; none where its desk never opens again.
    pub read: Option<Due>,
    /// Why, in one sentence.
    pub explanation: String,
}

/// The clocks of a case, told by the wall of a zone.
pub(crate) fn of_case(tx: &mut Tx<'_>, case: &Case, zone: &str, now: Instant) -> Result<CaseClocks, Fault> {
    let turns = coverage_tables::turns(tx, case.id)?;
    let outstanding = outstanding::at_case(tx, case)?;
    let Some(ledger) = Ledger::of(turns, case.closed_at) else {
        return Ok(CaseClocks { outstanding, ..CaseClocks::default() });
    };
    let wall = Wall::at(zone, now);
    let mut promise: Option<(EngagementId, Promise)> = None;
    let mut read = Vec::new();
    for target in coverage_tables::targets(tx, case.id)? {
        if promise.as_ref().is_none_or(|(of, _)| *of != target.engagement) {
            promise = Some((target.engagement, Promise::of(tx, target.engagement, now)?));
        }
        let Some((_, promise)) = &promise else { continue };
        let due = targets::read(&target, &promise.calendar, &ledger, now);
        let explanation = match &due {
            Some(due) => explain(&target.clock, due, target.done_at, &promise.calendar.city(), &wall),
            None => "It never falls due: the desk doesn’t open again.".to_owned(),
        };
        read.push(TargetRead { target, read: due, explanation });
    }
    let held = Party::ALL.map(|party| (party, ledger.held(party, now))).to_vec();
    Ok(CaseClocks { turn: Some(ledger.last().clone()), held, targets: read, outstanding })
}
