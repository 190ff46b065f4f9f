//! The move itself: case, drafts and everything that hangs on its engagement, in the transaction of whoever calls.

use crate::{clocks, outstanding};
use cases::{Case, tables as case_tables};
use kernel::{EngagementId, Fault, Instant, PersonId};
use store::Tx;

/// The case as it is once it is somebody's, or nobody's, in an engagement. What its assignee had typed goes with it.
pub(crate) fn moves(
    tx: &mut Tx<'_>,
    case: &Case,
    engagement: EngagementId,
    to: Option<PersonId>,
    now: Instant,
) -> Result<Case, Fault> {
    if let (Some(from), Some(to)) = (case.assignee, to)
        && from != to
    {
        case_tables::move_drafts(tx, case.id, from, to)?;
    }
    let state = if to.is_some() { case.state.after_assignment() } else { case.state };
    if engagement != case.engagement {
        case_tables::hand_to(tx, case.id, engagement, to)?;
        tx.move_index(case.id, engagement)?;
    }
    case_tables::assign(tx, case.id, to, state, now)?;
    if engagement != case.engagement {
        clocks::measured_anew(tx, case.id, now)?;
    }
    outstanding::settle(tx, case.id, now)?;
    Ok(Case { engagement, assignee: to, state, updated_at: now, ..case.clone() })
}
