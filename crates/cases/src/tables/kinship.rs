//! Cases that belong together: one continues another, or holds another's messages; and who wrote in them.

use super::cases::case;
use crate::Case;
use kernel::{CaseId, CustomerId, EngagementId, Fault, Instant};
use store::{Row, Tx, sql};

/// How many merges are followed: more can only be a ring, which the story of merging never makes.
const LONGEST_CHAIN: usize = 16;

/// The case that holds the messages of a case now: itself, or the one at the end of its merges.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn survivor(tx: &mut Tx<'_>, of: Case) -> Result<Case, Fault> {
    let mut last = of;
    for _ in 0..LONGEST_CHAIN {
        let next = match last.merged_into {
            Some(next) => case(tx, next)?,
            None => None,
        };
        let Some(next) = next else { break };
        last = next;
    }
    Ok(last)
}

/// The customers who wrote in a case, the one who wrote last first; at most `limit`.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn writers(tx: &mut Tx<'_>, case: CaseId, limit: i64) -> Result<Vec<CustomerId>, Fault> {
    tx.list(
        sql!(
            "select writer_id from messages where case_id = $1 and writer_id is not null
             group by writer_id order by max(at) desc limit $2"
        ),
        &[&case, &limit],
        Row::take,
    )
}

/// Moves everything that was said in one case into another, which holds it from now on. Answers how many messages that were.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn move_messages(tx: &mut Tx<'_>, from: CaseId, to: CaseId) -> Result<u64, Fault> {
    let moved = tx.run(sql!("update messages set case_id = $1 where case_id = $2"), &[&to, &from])?;
    // Who has a draft in both keeps the one that stands in the case which remains, with the other below it.
    tx.run(
        sql!(
            "update drafts set text = text || coalesce((select '\n\n' || other.text from drafts other
                where other.case_id = $1 and other.person_id = drafts.person_id and other.kind = drafts.kind), '')
             where case_id = $2"
        ),
        &[&from, &to],
    )?;
    tx.run(
        sql!(
            "delete from drafts where case_id = $1 and exists (select 1 from drafts other
                where other.case_id = $2 and other.person_id = drafts.person_id and other.kind = drafts.kind)"
        ),
        &[&from, &to],
    )?;
    tx.run(sql!("update drafts set case_id = $1 where case_id = $2"), &[&to, &from])?;
    Ok(moved)
}

/// Notes that a case has gone into another: closed, without messages, leading there.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn note_merge(tx: &mut Tx<'_>, from: CaseId, to: CaseId, at: Instant) -> Result<(), Fault> {
    tx.run(
        sql!(
            "update cases set merged_into_id = $1, state = 'closed', is_open = $2, updated_at = $3,
                    closed_at = coalesce(closed_at, $3), message_count = 0
             where id = $4"
        ),
        &[&to, &false, &at, &from],
    )
    .map(drop)
}

/// Counts the messages of a case anew and says in which state it goes on, from what came into it.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn note_grown(tx: &mut Tx<'_>, grown: &Case, added: i64) -> Result<(), Fault> {
    tx.run(
        sql!(
            "update cases set state = $1, is_open = $2, last_word = $3, updated_at = $4, closed_at = $5,
                    message_count = message_count + $6
             where id = $7"
        ),
        &[
            &grown.state,
            &grown.state.is_open(),
            &grown.last_word,
            &grown.updated_at,
            &grown.closed_at,
            &added,
            &grown.id,
        ],
    )
    .map(drop)
}

/// Lets every message that moved be found in the case that holds it now.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn move_index(tx: &mut Tx<'_>, from: CaseId, to: CaseId, engagement: EngagementId) -> Result<(), Fault> {
    tx.merge_index(from, to)?;
    tx.move_index(to, engagement)
}
