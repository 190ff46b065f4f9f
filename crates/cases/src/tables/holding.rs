//! Questions of routing to the table of cases: what waits for somebody, and who holds how much.

use super::cases::case_row;
use crate::{Case, State};
use kernel::{CaseId, EngagementId, Fault, Instant, PersonId};
use store::{Param, Row, Tx, sql};

/// The columns of a case, and where they come from.
macro_rules! cases {
    ($which:literal) => {
        sql!(concat!(
            "select id, client_id, engagement_id, customer_id, mailbox_id, reference, subject, state, priority,
                    language, assignee_id, last_word, opened_at, updated_at, closed_at, follows_id, merged_into_id,
                    flooded_at
             from cases where ",
            $which
        ))
    };
}

/// The cases of an engagement that nobody has and that wait for us, the oldest first; at most `limit`.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn waiting_for_somebody(
    tx: &mut Tx<'_>,
    engagement: EngagementId,
    limit: i64,
) -> Result<Vec<Case>, Fault> {
    tx.list(
        cases!(
            "engagement_id = $1 and is_open = $2 and assignee_id is null and state in ('new', 'open')
               and merged_into_id is null and flooded_at is null
             order by opened_at, id limit $3"
        ),
        &[&engagement, &true, &limit],
        case_row,
    )
}

/// The cases of an engagement that somebody has and that wait for us.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn held_in(tx: &mut Tx<'_>, engagement: EngagementId) -> Result<Vec<Case>, Fault> {
    tx.list(
        cases!(
            "engagement_id = $1 and is_open = $2 and assignee_id is not null and state in ('new', 'open')
               and merged_into_id is null
             order by opened_at, id"
        ),
        &[&engagement, &true],
        case_row,
    )
}

/// The cases that somebody has and that wait for us, in every engagement.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn held_by(tx: &mut Tx<'_>, person: PersonId) -> Result<Vec<Case>, Fault> {
    tx.list(
        cases!(
            "assignee_id = $1 and is_open = $2 and state in ('new', 'open') and merged_into_id is null
             order by opened_at, id"
        ),
        &[&person, &true],
        case_row,
    )
}

/// How many cases that wait for us each of these people has, in their order.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn counts_held(tx: &mut Tx<'_>, persons: &[PersonId]) -> Result<Vec<i64>, Fault> {
    let sets: Vec<Vec<&dyn Param>> =
        persons.iter().map(|person| -> Vec<&dyn Param> { vec![person, &true] }).collect();
    let found = tx.lists(
        sql!(
            "select count(*) from cases
             where assignee_id = $1 and is_open = $2 and state in ('new', 'open') and merged_into_id is null"
        ),
        &sets,
        Row::take::<i64>,
    )?;
    Ok(found.into_iter().map(|counts| counts.into_iter().sum()).collect())
}

/// Gives cases to people, all at once: which case, to whom, and where it stands then.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn give(tx: &mut Tx<'_>, given: &[(CaseId, PersonId, State)], at: Instant) -> Result<(), Fault> {
    let sets: Vec<Vec<&dyn Param>> = given
        .iter()
        .map(|(case, person, state)| -> Vec<&dyn Param> { vec![person, state, &at, case] })
        .collect();
    tx.lists(
        sql!("update cases set assignee_id = $1, state = $2, updated_at = $3 where id = $4 returning id"),
        &sets,
        Row::take::<CaseId>,
    )
    .map(drop)
}
