//! The targets of a case: begun by the clauses of its engagement's terms, read anew whenever something changes for it, told when
//! they are missed or move.

use super::{CLOSED, MERGED};
use crate::{
    changes,
    engagement_terms::{self, InForce},
    outstanding,
};
use cases::{Case, LastWord, tables as case_tables};
use coverage::{
    Calendar, Clock, Due, Happened, KeptStanding, Ledger, Target, Wall, tables as coverage_tables,
};
use kernel::{CaseId, EngagementId, Fault, Instant, Metric};
use people::tables as people_tables;
use std::time::Duration;
use store::Tx;

/// What is promised in an engagement now, and when its desk is open.
pub(crate) struct Promise {
    in_force: InForce,
    pub(crate) calendar: Calendar,
}

impl Promise {
    /// By the terms that are in force in an engagement.
    pub(crate) fn of(tx: &mut Tx<'_>, engagement: EngagementId, now: Instant) -> Result<Self, Fault> {
        let in_force = engagement_terms::of(tx, engagement, now)?;
        let calendar = engagement_terms::calendar(tx, &in_force.engagement, &in_force.terms)?;
        Ok(Self { in_force, calendar })
    }

    /// A target that begins; none where nothing is promised.
    fn begin(&self, case: &Case, metric: Metric, start: Instant) -> Option<Target> {
        let clause = self.in_force.terms.clause(metric, case.priority)?;
        Some(Target {
            case: case.id,
            metric,
            engagement: case.engagement,
            version: self.in_force.version,
            clause: clause.key.clone(),
            clock: Clock {
                start,
                allowed: Duration::from_secs(u64::from(clause.minutes) * 60),
                counted: clause.counted,
                paused_for: clause.paused_for.clone(),
            },
            done_at: None,
            standing: KeptStanding::Running,
            due_at: None,
            read_at: start,
        })
    }
}

/// The case as it stands in this transaction, and whose turn it was; none where it has no turns.
pub(crate) fn life(tx: &mut Tx<'_>, case: CaseId) -> Result<Option<(Case, Ledger)>, Fault> {
    let Some(case) = case_tables::case(tx, case)? else { return Ok(None) };
    let turns = coverage_tables::turns(tx, case.id)?;
    Ok(Ledger::of(turns, case.closed_at).map(|ledger| (case, ledger)))
}

/// A target's clock, read now. One that never falls due because its desk never opens again has no instant.
pub(crate) fn read(target: &Target, calendar: &Calendar, ledger: &Ledger, now: Instant) -> Option<Due> {
    target.clock.read(calendar, ledger, target.done_at, now).ok()
}

/// Something happened to a case: clocks begin, others have come to their aim, all that are open are read anew, and what is outstanding
/// is put down.
pub(super) fn follow(
    tx: &mut Tx<'_>,
    case: CaseId,
    happened: &[(Happened, Instant)],
    now: Instant,
) -> Result<(), Fault> {
    count(tx, case, happened, now)?;
    outstanding::settle(tx, case, now)
}

fn count(tx: &mut Tx<'_>, case: CaseId, happened: &[(Happened, Instant)], now: Instant) -> Result<(), Fault> {
    let Some((case, ledger)) = life(tx, case)? else { return Ok(()) };
    let mut open = coverage_tables::targets_open(tx, case.id)?;
    let nothing_begins = happened.iter().all(|(what, _)| what.begins().is_empty());
    if open.is_empty() && nothing_begins {
        return Ok(());
    }
    let promise = Promise::of(tx, case.engagement, now)?;
    heed(&mut open, &case, &promise, happened);
    for target in open {
        reread(tx, &case, (&promise.calendar, &ledger), target, now)?;
    }
    Ok(())
}

/// Clocks begin with what happened, unless one for the same runs, and others have come to their aim.
pub(super) fn heed(open: &mut Vec<Target>, case: &Case, promise: &Promise, happened: &[(Happened, Instant)]) {
    for (what, at) in happened {
        for metric in what.begins() {
            if !open.iter().any(|target| target.metric == *metric && target.done_at.is_none()) {
                open.extend(promise.begin(case, *metric, *at));
            }
        }
        let is_done = |target: &&mut Target| what.does().contains(&target.metric) && target.done_at.is_none();
        open.iter_mut().filter(is_done).for_each(|target| target.done_at = Some(*at));
    }
}

/// Reads a target and keeps it; tells once that it was missed. Answers how it was read.
pub(super) fn reread(
    tx: &mut Tx<'_>,
    case: &Case,
    (calendar, ledger): (&Calendar, &Ledger),
    target: Target,
    now: Instant,
) -> Result<(Target, Option<Due>), Fault> {
    let read = read(&target, calendar, ledger, now);
    let standing = read.as_ref().map_or(KeptStanding::Running, |read| read.standing.into());
    let due_at = read.as_ref().and_then(|read| read.due);
    if standing == KeptStanding::Missed
        && target.standing != KeptStanding::Missed
        && let Some(due) = due_at
    {
        missed(tx, case, &target, due, now)?;
    }
    let kept = Target { standing, due_at, read_at: now, ..target };
    coverage_tables::keep_target(tx, &kept)?;
    Ok((kept, read))
}

pub(super) fn missed(
    tx: &mut Tx<'_>,
    case: &Case,
    target: &Target,
    due: Instant,
    now: Instant,
) -> Result<(), Fault> {
    let wall = wall(tx, case, now)?;
    let what = target.metric.title();
    let sentence = match target.done_at {
        Some(done) => {
            let late = coverage::how_long(done.since(due));
            format!("{what} came {late} too late: it was due {}.", wall.moment(due))
        }
        None => format!("{what} is late: it was due {}.", wall.moment(due)),
    };
    changes::happened(tx, case, "clock.missed", None, now, sentence)
}

/// The clock on the client's wall.
pub(crate) fn wall(tx: &mut Tx<'_>, case: &Case, now: Instant) -> Result<Wall, Fault> {
    let zone = people_tables::client(tx, case.client)?.map(|client| client.zone).unwrap_or_default();
    Ok(Wall::at(&zone, now))
}

/// The terms, the priority or the hours that hold for a case have changed: its open targets are measured by those that hold now.
/// Tells which due instants moved.
pub(super) fn measure_anew(
    tx: &mut Tx<'_>,
    (case, ledger): (&Case, &Ledger),
    promise: &Promise,
    now: Instant,
) -> Result<(), Fault> {
    let open = coverage_tables::targets_open(tx, case.id)?;
    let runs = |metric| open.iter().any(|target: &Target| is_same_wait(target.metric, metric));
    for (metric, start) in due_promises(tx, case, ledger)? {
        if !runs(metric)
            && let Some(target) = promise.begin(case, metric, start)
        {
            reread(tx, case, (&promise.calendar, ledger), target, now)?;
        }
    }
    for before in open {
        let Some(target) = promise.begin(case, before.metric, before.clock.start) else {
            coverage_tables::drop_target(tx, case.id, before.metric, before.clock.start)?;
            continue;
        };
        let target = Target { standing: before.standing, ..target };
        let (after, read) = reread(tx, case, (&promise.calendar, ledger), target, now)?;
        if let (Some(from), Some(to), Some(read)) = (before.due_at, after.due_at, read)
            && from != to
        {
            moved(tx, case, (&after, &promise.calendar, &read), from, now)?;
        }
    }
    outstanding::settle(tx, case.id, now)
}

fn moved(
    tx: &mut Tx<'_>,
    case: &Case,
    (target, calendar, read): (&Target, &Calendar, &Due),
    from: Instant,
    now: Instant,
) -> Result<(), Fault> {
    let wall = wall(tx, case, now)?;
    let to = read.due.unwrap_or(from);
    let why = coverage::why(&target.clock, read, target.done_at, &calendar.city(), &wall);
    let (what, to, from) = (target.metric.title(), wall.moment(to), wall.moment(from));
    let sentence = format!("{what} is due {to} instead of {from}: {why}.");
    changes::happened(tx, case, "clock.moved", None, now, sentence)
}

/// A customer who waits for a reply waits for one reply, whether it is the first or the next.
fn is_same_wait(one: Metric, other: Metric) -> bool {
    let is_reply = |metric| matches!(metric, Metric::FirstReply | Metric::NextReply);
    one == other || (is_reply(one) && is_reply(other))
}

/// What is owed to a case as it stands, with the instants from which on.
fn due_promises(tx: &mut Tx<'_>, case: &Case, ledger: &Ledger) -> Result<Vec<(Metric, Instant)>, Fault> {
    if !case.state.is_open() {
        return Ok(Vec::new());
    }
    let mut owed = vec![(Metric::Resolution, ledger.after(&[CLOSED, MERGED]).unwrap_or(case.opened_at))];
    if case.last_word == LastWord::Customer {
        owed.push(match case_tables::unanswered_since(tx, case.id)? {
            Some(since) => (Metric::NextReply, since),
            None => (Metric::FirstReply, case.opened_at),
        });
    }
    Ok(owed)
}
