//! Cases that belong together: one continues another, or holds another's messages; and who wrote in them.

use super::cases::{case, case_row};
use crate::{Case, LastWord, State};
use kernel::{CaseId, CustomerId, EngagementId, Fault, Instant, MessageId};
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

/// The cases that continue a case, oldest first, for the program's own work.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn followers(tx: &mut Tx<'_>, of: CaseId) -> Result<Vec<Case>, Fault> {
    tx.list(
        sql!(
            "select id, client_id, engagement_id, customer_id, mailbox_id, reference, subject, state, priority,
                    language, assignee_id, last_word, opened_at, updated_at, closed_at,
                    follows_id, merged_into_id, flooded_at
             from cases where follows_id = $1 order by opened_at, id limit 20"
        ),
        &[&of],
        case_row,
    )
}

/// The cases that were merged into a case, oldest first, for the program's own work.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn merged_in(tx: &mut Tx<'_>, into: CaseId) -> Result<Vec<Case>, Fault> {
    tx.list(
        sql!(
            "select id, client_id, engagement_id, customer_id, mailbox_id, reference, subject, state, priority,
                    language, assignee_id, last_word, opened_at, updated_at, closed_at,
                    follows_id, merged_into_id, flooded_at
             from cases where merged_into_id = $1 order by opened_at, id limit 50"
        ),
        &[&into],
        case_row,
    )
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

/// Moves everything that was said in one case into another, which holds it from now on, and remembers what that was. Answers how
/// many messages moved.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn move_messages(tx: &mut Tx<'_>, from: CaseId, to: CaseId) -> Result<u64, Fault> {
    tx.run(
        sql!("insert into merged_messages (case_id, message_id) select case_id, id from messages where case_id = $1"),
        &[&from],
    )?;
    let moved = tx.run(sql!("update messages set case_id = $1 where case_id = $2"), &[&to, &from])?;
    move_drafts(tx, from, to)?;
    Ok(moved)
}

fn move_drafts(tx: &mut Tx<'_>, from: CaseId, to: CaseId) -> Result<(), Fault> {
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
    // Behind those that stand beside the draft already.
    tx.run(
        sql!(
            "update draft_files set case_id = $1, position = position +
                (select coalesce(max(other.position) + 1, 0) from draft_files other
                   where other.case_id = $1 and other.person_id = draft_files.person_id)
             where case_id = $2"
        ),
        &[&to, &from],
    )
    .map(drop)
}

/// Where a case stood before it was merged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Before {
    /// Its state.
    pub state: State,
    /// Who had written last.
    pub last_word: LastWord,
    /// When it had been closed.
    pub closed_at: Option<Instant>,
}

/// Where a merged case stood before; `None` for one that isn't merged.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn before_merge(tx: &mut Tx<'_>, case: CaseId) -> Result<Option<Before>, Fault> {
    tx.maybe(sql!("select state, last_word, closed_at from merges where case_id = $1"), &[&case], |row| {
        Ok(Before { state: row.take()?, last_word: row.take()?, closed_at: row.take()? })
    })
}

/// Moves the messages that a merge brought from a case back to it, and forgets which they were. Answers how many moved.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn move_back(tx: &mut Tx<'_>, case: CaseId, from: CaseId) -> Result<u64, Fault> {
    let brought: Vec<MessageId> = tx.list(
        sql!(
            "select b.message_id from merged_messages b join messages m on m.id = b.message_id
             where b.case_id = $1 and m.case_id = $2"
        ),
        &[&case, &from],
        Row::take,
    )?;
    for message in &brought {
        tx.run(sql!("update messages set case_id = $1 where id = $2"), &[&case, message])?;
        tx.index_in(*message, case)?;
    }
    tx.run(sql!("delete from merged_messages where case_id = $1"), &[&case])?;
    Ok(u64::try_from(brought.len()).unwrap_or(u64::MAX))
}

/// Notes that a merged case stands by itself again, as it stood before.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn note_parting(
    tx: &mut Tx<'_>,
    case: CaseId,
    before: Before,
    messages: i64,
    at: Instant,
) -> Result<(), Fault> {
    tx.run(sql!("delete from merges where case_id = $1"), &[&case])?;
    tx.run(
        sql!(
            "update cases set merged_into_id = null, state = $1, is_open = $2, last_word = $3, closed_at = $4,
                    message_count = $5, updated_at = $6
             where id = $7"
        ),
        &[
            &before.state,
            &before.state.is_open(),
            &before.last_word,
            &before.closed_at,
            &messages,
            &at,
            &case,
        ],
    )
    .map(drop)
}

/// Notes that a case has gone into another: closed, without messages, leading there.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn note_merge(tx: &mut Tx<'_>, from: &Case, to: CaseId, at: Instant) -> Result<(), Fault> {
    tx.run(
        sql!("insert into merges (case_id, state, last_word, closed_at) values ($1, $2, $3, $4)"),
        &[&from.id, &from.state, &from.last_word, &from.closed_at],
    )?;
    tx.run(
        sql!(
            "update cases set merged_into_id = $1, state = 'closed', is_open = $2, updated_at = $3,
                    closed_at = coalesce(closed_at, $3), message_count = 0
             where id = $4"
        ),
        &[&to, &false, &at, &from.id],
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
