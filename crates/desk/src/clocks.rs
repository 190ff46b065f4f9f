//! Whose clock: every second of a case belongs to one party, from its opening on. The stories say here what happened, and the next
//! turn begins.

use cases::{Case, State};
use coverage::{Turn, tables as coverage_tables};
use kernel::{Because, Fault, Instant, Party};
use store::Tx;

/// A case has been opened: it is our turn.
pub(crate) fn begun(tx: &mut Tx<'_>, case: &Case) -> Result<(), Fault> {
    coverage_tables::add_turn(tx, case.id, &opening(case))
}

fn opening(case: &Case) -> Turn {
    Turn {
        from: case.opened_at,
        party: Party::Representative,
        because: Because::new("turn.opened", "The customer asked."),
    }
}

/// The next turn begins; nothing when it is that party's already. The turns of a case that had none begin at its opening.
pub(crate) fn passes(
    tx: &mut Tx<'_>,
    case: &Case,
    party: Party,
    because: Because,
    now: Instant,
) -> Result<(), Fault> {
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
    begun(tx, case)?;
    Ok(opening(case))
}

/// The case, as it stood before, has come to its end: whatever comes is for the customer to begin.
pub(crate) fn ended(tx: &mut Tx<'_>, case: &Case, because: Because, now: Instant) -> Result<(), Fault> {
    if !case.state.is_open() {
        return Ok(());
    }
    let from = last(tx, case)?.from.max(now);
    coverage_tables::add_turn(tx, case.id, &Turn { from, party: Party::Customer, because })
}

/// The customer has said something in a case, as it stood before.
pub(crate) fn customer_wrote(tx: &mut Tx<'_>, case: &Case, now: Instant) -> Result<(), Fault> {
    passes(tx, case, Party::Representative, Because::new("turn.customer_wrote", "The customer wrote."), now)
}

/// An answer is on its way to the customer.
pub(crate) fn answered(tx: &mut Tx<'_>, case: &Case, now: Instant) -> Result<(), Fault> {
    passes(tx, case, Party::Customer, Because::new("turn.answered", "We answered."), now)
}

/// An answer was taken back before it left; the case is as it stands now.
pub(crate) fn taken_back(tx: &mut Tx<'_>, case: &Case, state: State, now: Instant) -> Result<(), Fault> {
    let because = Because::new("turn.taken_back", "The reply was taken back before it left.");
    passes(tx, case, party(state), because, now)
}

/// Somebody moved the case, as it stood before, to another state.
pub(crate) fn moved(tx: &mut Tx<'_>, case: &Case, to: State, now: Instant) -> Result<(), Fault> {
    let because = match to {
        State::Closed => {
            return ended(tx, case, Because::new("turn.closed", "The case was closed."), now);
        }
        _ if !case.state.is_open() => Because::new("turn.reopened", "The case was reopened."),
        State::Waiting => Because::new("turn.left_to_customer", "The customer has the next word."),
        State::New | State::Open => Because::new("turn.taken_up", "We have the next word."),
    };
    passes(tx, case, party(to), because, now)
}

/// The case went into another, or came out of it again; `to` is where it stands since.
pub(crate) fn merged(
    tx: &mut Tx<'_>,
    case: &Case,
    to: State,
    because: Because,
    now: Instant,
) -> Result<(), Fault> {
    match to {
        State::Closed => ended(tx, case, because, now),
        _ => passes(tx, case, party(to), because, now),
    }
}

/// Whose turn it is in a state, where nobody else has the case.
fn party(state: State) -> Party {
    match state {
        State::New | State::Open => Party::Representative,
        State::Waiting | State::Closed => Party::Customer,
    }
}
