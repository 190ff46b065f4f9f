//! Whose clock: every second of a case belongs to one party, from its opening on, and what was promised for it is counted. The
//! stories say here what happened; the next turn begins, clocks begin, and others have come to their aim.

pub mod page;
pub(crate) mod targets;
pub mod telling;

use crate::{Desk, engagement_terms};
use cases::{Case, LastWord, State, tables as case_tables};
use coverage::{Happened, Turn, tables as coverage_tables};
use kernel::{Because, CaseId, EngagementId, Fault, Instant, Party};
use store::Tx;
use targets::Promise;

/// Why a turn began at the end of a case.
const CLOSED: &str = "turn.closed";
const MERGED: &str = "turn.merged";

/// How many cases a sweep looks at between two looks at what has passed.
const AT_ONCE: i64 = 100;

/// A case has been opened: it is our turn.
pub(crate) fn begun(tx: &mut Tx<'_>, case: &Case) -> Result<(), Fault> {
    coverage_tables::add_turn(tx, case.id, &opening(case))?;
    targets::follow(tx, case.id, &[(Happened::Opened, case.opened_at)], case.opened_at)
}

fn opening(case: &Case) -> Turn {
    Turn {
        from: case.opened_at,
        party: Party::Representative,
        because: Because::new("turn.opened", "The customer asked."),
    }
}

/// The next turn begins; nothing when it is that party's already. The turns of a case that had none begin at its opening.
///
/// The case has to stand in the database as it goes on.
pub(crate) fn passes(
    tx: &mut Tx<'_>,
    case: &Case,
    party: Party,
    because: Because,
    now: Instant,
) -> Result<(), Fault> {
    turn(tx, case, party, because, now)?;
    targets::follow(tx, case.id, &[], now)
}

fn turn(tx: &mut Tx<'_>, case: &Case, party: Party, because: Because, now: Instant) -> Result<(), Fault> {
    let last = last(tx, case)?;
    if last.party == party {
        return Ok(());
    }
    coverage_tables::add_turn(tx, case.id, &Turn { from: now.max(last.from), party, because })
}

fn last(tx: &mut Tx<'_>, case: &Case) -> Result<Turn, Fault> {
    if let Some(last) = coverage_tables::last_turn(tx, case.id)? {
        return Ok(last);
    }
    coverage_tables::add_turn(tx, case.id, &opening(case))?;
    Ok(opening(case))
}

/// The case, as it stood before, has come to its end: whatever comes is for the customer to begin.
fn ended(tx: &mut Tx<'_>, case: &Case, because: Because, now: Instant) -> Result<(), Fault> {
    if !case.state.is_open() {
        return Ok(());
    }
    let from = last(tx, case)?.from.max(now);
    coverage_tables::add_turn(tx, case.id, &Turn { from, party: Party::Customer, because })
}

/// The customer has said something in a case, as it stood before.
pub(crate) fn customer_wrote(tx: &mut Tx<'_>, case: &Case, now: Instant) -> Result<(), Fault> {
    wrote(tx, case, &[], now)
}

/// The customer has said in a case, as it stood before, that they did not understand our answer.
pub(crate) fn not_understood(tx: &mut Tx<'_>, case: &Case, now: Instant) -> Result<(), Fault> {
    wrote(tx, case, &[Happened::NotUnderstood], now)
}

fn wrote(tx: &mut Tx<'_>, case: &Case, besides: &[Happened], now: Instant) -> Result<(), Fault> {
    let because = Because::new("turn.customer_wrote", "The customer wrote.");
    turn(tx, case, Party::Representative, because, now)?;
    let again = (case.last_word == LastWord::Us).then_some(Happened::WroteAgain);
    let happened = again.into_iter().chain(reopened(case)).chain(besides.iter().copied());
    targets::follow(tx, case.id, &happened.map(|what| (what, now)).collect::<Vec<_>>(), now)
}

/// A case that was closed before goes on.
fn reopened(before: &Case) -> Option<Happened> {
    (!before.state.is_open()).then_some(Happened::Reopened)
}

/// An answer is on its way to the customer of a case, as it stood before.
pub(crate) fn answered(tx: &mut Tx<'_>, case: &Case, now: Instant) -> Result<(), Fault> {
    turn(tx, case, Party::Customer, Because::new("turn.answered", "We answered."), now)?;
    let happened = std::iter::once(Happened::Answered).chain(reopened(case));
    targets::follow(tx, case.id, &happened.map(|what| (what, now)).collect::<Vec<_>>(), now)
}

/// An answer that was written at an instant was taken back before it left: what it did is to be done again. The case stands in this
/// state since.
pub(crate) fn taken_back(
    tx: &mut Tx<'_>,
    case: &Case,
    state: State,
    written_at: Instant,
    now: Instant,
) -> Result<(), Fault> {
    coverage_tables::undo_targets(tx, case.id, written_at)?;
    let because = Because::new("turn.taken_back", "The reply was taken back before it left.");
    passes(tx, case, party(state), because, now)
}

/// Somebody moved the case, as it stood before, to another state.
pub(crate) fn moved(tx: &mut Tx<'_>, case: &Case, to: State, now: Instant) -> Result<(), Fault> {
    let because = match to {
        State::Closed => {
            ended(tx, case, Because::new(CLOSED, "The case was closed."), now)?;
            return targets::follow(tx, case.id, &[(Happened::Closed, now)], now);
        }
        _ if !case.state.is_open() => Because::new("turn.reopened", "The case was reopened."),
        State::Waiting => Because::new("turn.left_to_customer", "The customer has the next word."),
        State::New | State::Open => Because::new("turn.taken_up", "We have the next word."),
    };
    turn(tx, case, party(to), because, now)?;
    let happened: Vec<(Happened, Instant)> = reopened(case).map(|what| (what, now)).into_iter().collect();
    targets::follow(tx, case.id, &happened, now)
}

/// The case went into another, with its clocks.
pub(crate) fn merged(tx: &mut Tx<'_>, case: &Case, into: &str, now: Instant) -> Result<(), Fault> {
    ended(tx, case, Because::new(MERGED, format!("The case was merged into #{into}.")), now)?;
    targets::follow(tx, case.id, &[], now)
}

/// Another case came into this one, which stood otherwise before.
pub(crate) fn took_in(
    tx: &mut Tx<'_>,
    case: &Case,
    to: State,
    other: &str,
    now: Instant,
) -> Result<(), Fault> {
    if to != case.state {
        let because = Because::new("turn.took_in", format!("#{other} came into the case."));
        turn(tx, case, party(to), because, now)?;
    }
    measured_anew(tx, case.id, now)
}

/// The case came out of another again, and stands in this state since.
pub(crate) fn parted(
    tx: &mut Tx<'_>,
    case: &Case,
    state: State,
    from: &str,
    now: Instant,
) -> Result<(), Fault> {
    if state.is_open() {
        let because = Because::new("turn.parted", format!("The case was taken out of #{from} again."));
        turn(tx, case, party(state), because, now)?;
    }
    targets::follow(tx, case.id, &[], now)
}

/// The customer asked for somebody in their country.
pub(crate) fn place_asked(tx: &mut Tx<'_>, case: CaseId, now: Instant) -> Result<(), Fault> {
    targets::follow(tx, case, &[(Happened::AskedForPlace, now)], now)
}

/// That was honoured or declined.
pub(crate) fn place_decided(tx: &mut Tx<'_>, case: CaseId, now: Instant) -> Result<(), Fault> {
    targets::follow(tx, case, &[(Happened::PlaceDecided, now)], now)
}

/// Whose turn it is in a state, where nobody else has the case.
fn party(state: State) -> Party {
    match state {
        State::New | State::Open => Party::Representative,
        State::Waiting | State::Closed => Party::Customer,
    }
}

/// Another priority or another engagement counts for the case from now on.
pub(crate) fn measured_anew(tx: &mut Tx<'_>, case: CaseId, now: Instant) -> Result<(), Fault> {
    let Some((case, ledger)) = targets::life(tx, case)? else { return Ok(()) };
    let promise = Promise::of(tx, case.engagement, now)?;
    targets::measure_anew(tx, (&case, &ledger), &promise, now)
}

/// The terms or the calendars of an engagement have changed: every open target of its cases is read anew, and each case whose due
/// instant moved says so.
///
/// # Errors
/// A fault when there is no such engagement, or the database can't be reached.
pub fn recompute(tx: &mut Tx<'_>, engagement: EngagementId, now: Instant) -> Result<(), Fault> {
    let promise = Promise::of(tx, engagement, now)?;
    for case in case_tables::open_in(tx, engagement)? {
        if let Some((case, ledger)) = targets::life(tx, case)? {
            targets::measure_anew(tx, (&case, &ledger), &promise, now)?;
        }
    }
    Ok(())
}

/// Measures by terms that have come into force, and tells of the targets that have passed since the last time; answers in how many
/// cases.
///
/// # Errors
/// A fault when the database can't be reached.
pub async fn sweep(desk: &Desk) -> Result<usize, Fault> {
    let now = desk.clock.now();
    let outdated = desk.store.read(move |tx| outdated(tx, now)).await?;
    for engagement in outdated {
        desk.store.write(move |tx| recompute(tx, engagement, now)).await?;
    }
    let mut told = 0;
    loop {
        let passed = desk.store.read(move |tx| coverage_tables::passed_targets(tx, now, AT_ONCE)).await?;
        if passed.is_empty() {
            return Ok(told);
        }
        told += passed.len();
        desk.store
            .write(move |tx| passed.iter().try_for_each(|case| targets::follow(tx, *case, &[], now)))
            .await?;
    }
}

/// The engagements whose open targets are measured by other terms than are in force.
fn outdated(tx: &mut Tx<'_>, now: Instant) -> Result<Vec<EngagementId>, Fault> {
    let mut found: Vec<EngagementId> = Vec::new();
    for (engagement, version) in coverage_tables::measures(tx)? {
        if !found.contains(&engagement) && engagement_terms::of(tx, engagement, now)?.version != version {
            found.push(engagement);
        }
    }
    Ok(found)
}
