//! The table of approvals, and what an approved reply does to its case. One that was returned stays when its message goes.

use crate::{
    State,
    approvals::{Approval, Standing},
};
use kernel::{CaseId, Fault, Instant, MessageId, PersonId};
use store::{Row, Tx, sql};

fn approval_row(row: &mut Row) -> Result<Approval, Fault> {
    let (message, case, author) = (row.take()?, row.take()?, row.take()?);
    let because: String = row.take()?;
    Ok(Approval {
        message,
        case,
        author,
        because: serde_json::from_str(&because).map_err(Fault::new)?,
        closes: row.take()?,
        standing: row.take()?,
        asked_at: row.take()?,
        decided_by: row.take()?,
        decided_at: row.take()?,
        advice: row.take()?,
    })
}

/// Asks for an approval.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn ask_approval(tx: &mut Tx<'_>, approval: &Approval) -> Result<(), Fault> {
    tx.run(
        sql!(
            "insert into approvals (message_id, case_id, author_id, because, closes, state, asked_at, advice)
             values ($1, $2, $3, $4, $5, $6, $7, '')"
        ),
        &[
            &approval.message,
            &approval.case,
            &approval.author,
            &serde_json::to_string(&approval.because).map_err(Fault::new)?,
            &approval.closes,
            &approval.standing,
            &approval.asked_at,
        ],
    )
    .map(drop)
}

/// The approval of a reply.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn approval(tx: &mut Tx<'_>, message: MessageId) -> Result<Option<Approval>, Fault> {
    tx.maybe(
        sql!(
            "select message_id, case_id, author_id, because, closes, state, asked_at, decided_by, decided_at, advice
             from approvals where message_id = $1"
        ),
        &[&message],
        approval_row,
    )
}

/// The approvals that are waited for, the longest first; at most `limit`.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn approvals_asked(tx: &mut Tx<'_>, limit: i64) -> Result<Vec<Approval>, Fault> {
    tx.list(
        sql!(
            "select message_id, case_id, author_id, because, closes, state, asked_at, decided_by, decided_at, advice
             from approvals where state = 'asked' order by asked_at limit $1"
        ),
        &[&limit],
        approval_row,
    )
}

/// The replies of a case that a lead has to approve.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn unapproved(tx: &mut Tx<'_>, case: CaseId) -> Result<Vec<MessageId>, Fault> {
    tx.list(
        sql!(
            "select a.message_id from messages m join approvals a on a.message_id = m.id
             where m.case_id = $1 and a.state = 'asked'"
        ),
        &[&case],
        Row::take,
    )
}

/// What a lead said to somebody about the reply of a case that came back last, while they haven't answered it anew.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn returned(tx: &mut Tx<'_>, case: CaseId, author: PersonId) -> Result<Option<Approval>, Fault> {
    let found = tx.maybe(
        sql!(
            "select message_id, case_id, author_id, because, closes, state, asked_at, decided_by, decided_at, advice
             from approvals a where case_id = $1 and author_id = $2 and not exists
               (select 1 from messages m where m.case_id = $1 and m.person_id = $2 and m.kind = 'reply' and m.at > a.decided_at)
             order by asked_at desc limit 1"
        ),
        &[&case, &author],
        approval_row,
    )?;
    Ok(found.filter(|approval| approval.standing == Standing::Returned))
}

/// Decides. False if it was decided before.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn decide_approval(
    tx: &mut Tx<'_>,
    message: MessageId,
    standing: Standing,
    by: PersonId,
    at: Instant,
    advice: &str,
) -> Result<bool, Fault> {
    let decided = tx.run(
        sql!(
            "update approvals set state = $1, decided_by = $2, decided_at = $3, advice = $4
             where message_id = $5 and state = 'asked'"
        ),
        &[&standing, &by, &at, &advice, &message],
    )?;
    Ok(decided > 0)
}

/// Changes the words of a reply that hasn't left.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn rewrite(tx: &mut Tx<'_>, message: MessageId, text: &str) -> Result<(), Fault> {
    tx.run(
        sql!("update messages set new_text = $1 where id = $2 and delivery in ('waiting', 'held')"),
        &[&text, &message],
    )
    .map(drop)
}

/// Notes on a case that the reply which was already counted goes now.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn note_answer(tx: &mut Tx<'_>, case: CaseId, state: State, at: Instant) -> Result<(), Fault> {
    tx.run(
        sql!(
            "update cases set state = $1, is_open = $2, last_word = 'us', updated_at = $3,
                    closed_at = case when $2 then null else coalesce(closed_at, $3) end
             where id = $4"
        ),
        &[&state, &state.is_open(), &at, &case],
    )
    .map(drop)
}
