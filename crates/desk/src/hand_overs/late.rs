//! What becomes of hand-overs that nobody accepts: after ten minutes the lead has the case. What has lost its reason ends.

use super::{moves, name, told};
use crate::Desk;
use cases::{Case, State, tables as case_tables};
use coverage::{
    hand_over::{Holder, Offered, Seam},
    tables as coverage_tables,
};
use kernel::{Fault, HandOverId, Instant};
use store::Tx;

/// Looks at every hand-over that somebody can still accept; answers how many went to a lead or ended. Looking again changes nothing.
///
/// # Errors
/// A fault when the database can't be reached.
pub async fn sweep(desk: &Desk) -> Result<usize, Fault> {
    let now = desk.clock.now();
    let open = desk.store.read(coverage_tables::open_hand_overs).await?;
    let mut done = 0;
    for offered in open {
        let id = offered.id;
        done += usize::from(desk.store.write(move |tx| look(tx, id, now)).await?);
    }
    Ok(done)
}

fn look(tx: &mut Tx<'_>, id: HandOverId, now: Instant) -> Result<bool, Fault> {
    let Some(offered) = coverage_tables::hand_over(tx, id)?.filter(Offered::is_open) else {
        return Ok(false);
    };
    let Some(case) = case_tables::case(tx, offered.case)? else { return Ok(false) };
    if is_over(&offered, &case) {
        return lapse(tx, &offered, &case, now);
    }
    let Holder::Lead(lead, _) = offered.over.holder(now) else { return Ok(false) };
    if !coverage_tables::lead_hand_over(tx, id, now)? {
        return Ok(false);
    }
    let moved = moves(tx, &case, offered.to_engagement, Some(lead), now)?;
    let name = name(tx, Some(lead))?.unwrap_or_default();
    let sentence = format!(
        "Nobody accepted the case in ten minutes, so {name}, who leads the team, has it. Anybody there can still accept it."
    );
    told(tx, &moved, &offered, ("hand_over.led", None), now, &sentence)?;
    Ok(true)
}

fn lapse(tx: &mut Tx<'_>, offered: &Offered, case: &Case, now: Instant) -> Result<bool, Fault> {
    if !coverage_tables::end_hand_over(tx, offered.id, now)? {
        return Ok(false);
    }
    let sentence = "The case isn’t offered any more: it was answered, closed or given to somebody else.";
    told(tx, case, offered, ("hand_over.lapsed", None), now, sentence)?;
    Ok(true)
}

/// A hand-over has lost its reason: the case has an outcome, was merged, or somebody else has been given it meanwhile; at a seam of the
/// clock also when it doesn't wait for us any longer.
pub(super) fn is_over(offered: &Offered, case: &Case) -> bool {
    let has_gone = case.merged_into.is_some() || case.state == State::Closed;
    let was_given = case.assignee != offered.held_by();
    let is_answered = offered.seam != Seam::ByHand && case.state == State::Waiting;
    has_gone || was_given || is_answered
}
