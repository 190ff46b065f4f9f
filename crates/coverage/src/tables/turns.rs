//! The table of turns.

use crate::Turn;
use kernel::{Because, CaseId, Fault};
use store::{Row, Tx, sql};

fn turn_row(row: &mut Row) -> Result<Turn, Fault> {
    Ok(Turn {
        from: row.take()?,
        party: row.take()?,
        because: Because { code: row.take()?, sentence: row.take()? },
    })
}

/// The turns of a case, in their order.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn turns(tx: &mut Tx<'_>, case: CaseId) -> Result<Vec<Turn>, Fault> {
    tx.list(
        sql!("select from_at, party, code, sentence from turns where case_id = $1 order by position"),
        &[&case],
        turn_row,
    )
}

/// The turn that is on, or was when the case ended.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn last_turn(tx: &mut Tx<'_>, case: CaseId) -> Result<Option<Turn>, Fault> {
    tx.maybe(
        sql!("select from_at, party, code, sentence from turns where case_id = $1 order by position desc limit 1"),
        &[&case],
        turn_row,
    )
}

/// Writes a turn down behind those that were.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn add_turn(tx: &mut Tx<'_>, case: CaseId, turn: &Turn) -> Result<(), Fault> {
    tx.run(
        sql!(
            "insert into turns (case_id, position, from_at, party, code, sentence)
             values ($1, (select coalesce(max(position) + 1, 0) from turns where case_id = $1), $2, $3, $4, $5)"
        ),
        &[&case, &turn.from, &turn.party, &turn.because.code, &turn.because.sentence],
    )
    .map(drop)
}
