//! The table of clocks: the targets of cases.

use crate::{Clock, Target};
use kernel::{CaseId, EngagementId, Fault, Instant, Metric, Party};
use std::time::Duration;
use store::{Param, Row, Tx, sql};

/// The columns of a target, and where they come from.
macro_rules! targets {
    ($which:literal) => {
        sql!(concat!(
            "select case_id, metric, engagement_id, terms_version, clause, started_at, allowed_seconds, counted, paused_for,
                    done_at, standing, due_at, read_at
             from clocks where ",
            $which
        ))
    };
}

fn target_row(row: &mut Row) -> Result<Target, Fault> {
    Ok(Target {
        case: row.take()?,
        metric: row.take()?,
        engagement: row.take()?,
        version: row.take()?,
        clause: row.take()?,
        clock: Clock {
            start: row.take()?,
            allowed: Duration::from_secs(u64::try_from(row.take::<i64>()?).unwrap_or_default()),
            counted: row.take()?,
            paused_for: parties(&row.take::<String>()?)?,
        },
        done_at: row.take()?,
        standing: row.take()?,
        due_at: row.take()?,
        read_at: row.take()?,
    })
}

fn parties(json: &str) -> Result<Vec<Party>, Fault> {
    serde_json::from_str(json).map_err(Fault::new)
}

/// The targets of a case, in the order in which they began.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn targets(tx: &mut Tx<'_>, case: CaseId) -> Result<Vec<Target>, Fault> {
    tx.list(targets!("case_id = $1 order by started_at, metric"), &[&case], target_row)
}

/// The targets of a case that nothing has been done for.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn targets_open(tx: &mut Tx<'_>, case: CaseId) -> Result<Vec<Target>, Fault> {
    tx.list(targets!("case_id = $1 and done_at is null order by started_at, metric"), &[&case], target_row)
}

/// The targets of these cases that nothing has been done for, case by case.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn targets_open_of(tx: &mut Tx<'_>, cases: &[CaseId]) -> Result<Vec<Vec<Target>>, Fault> {
    let sets: Vec<Vec<&dyn Param>> = cases.iter().map(|case| -> Vec<&dyn Param> { vec![case] }).collect();
    tx.lists(targets!("case_id = $1 and done_at is null order by started_at, metric"), &sets, target_row)
}

/// The cases with a target that has passed and isn't known as missed yet, the longest passed first; at most `limit`.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn passed_targets(tx: &mut Tx<'_>, now: Instant, limit: i64) -> Result<Vec<CaseId>, Fault> {
    tx.list(
        sql!(
            "select case_id from clocks
             where done_at is null and due_at is not null and due_at < $1 and standing = 'running'
             group by case_id order by min(due_at) limit $2"
        ),
        &[&now, &limit],
        Row::take,
    )
}

/// The engagements and versions of terms by which targets of open cases are measured.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn measures(tx: &mut Tx<'_>) -> Result<Vec<(EngagementId, Option<i64>)>, Fault> {
    tx.list(
        sql!(
            "select distinct k.engagement_id, k.terms_version from clocks k join cases c on c.id = k.case_id
             where k.done_at is null and c.is_open = $1 and c.engagement_id = k.engagement_id"
        ),
        &[&true],
        |row| Ok((row.take()?, row.take()?)),
    )
}

/// Writes a target down as it stands now.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn keep_target(tx: &mut Tx<'_>, target: &Target) -> Result<(), Fault> {
    let clock = &target.clock;
    let allowed = i64::try_from(clock.allowed.as_secs()).unwrap_or(i64::MAX);
    let paused_for = serde_json::to_string(&clock.paused_for).map_err(Fault::new)?;
    tx.run(
        sql!(
            "insert into clocks (case_id, metric, started_at, engagement_id, terms_version, clause, allowed_seconds, counted,
                                 paused_for, done_at, standing, due_at, read_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
             on conflict (case_id, metric, started_at) do update
             set engagement_id = $4, terms_version = $5, clause = $6, allowed_seconds = $7, counted = $8, paused_for = $9,
                 done_at = $10, standing = $11, due_at = $12, read_at = $13"
        ),
        &[
            &target.case,
            &target.metric,
            &clock.start,
            &target.engagement,
            &target.version,
            &target.clause,
            &allowed,
            &clock.counted,
            &paused_for,
            &target.done_at,
            &target.standing,
            &target.due_at,
            &target.read_at,
        ],
    )
    .map(drop)
}

/// Forgets a target that nobody promises any more.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn drop_target(tx: &mut Tx<'_>, case: CaseId, metric: Metric, start: Instant) -> Result<(), Fault> {
    tx.run(
        sql!("delete from clocks where case_id = $1 and metric = $2 and started_at = $3"),
        &[&case, &metric, &start],
    )
    .map(drop)
}

/// What was done at this instant was taken back.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn undo_targets(tx: &mut Tx<'_>, case: CaseId, done_at: Instant) -> Result<(), Fault> {
    tx.run(sql!("update clocks set done_at = null where case_id = $1 and done_at = $2"), &[&case, &done_at])
        .map(drop)
}
