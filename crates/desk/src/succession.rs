//! Succession: whose turn a case is when the engagement that worked on it is over. It moves when its customer writes again; cutting
//! an engagement itself moves no data.

use crate::{changes, clocks, placement};
use cases::{Case, tables as case_tables};
use engagements::{Mailbox, Standing, tables as engagement_tables};
use kernel::{Fault, Instant};
use people::tables as people_tables;
use store::Tx;

/// The case as it stands in an engagement in force: as it was, or handed to the engagement that answers its mailbox now. Somebody
/// who isn't let in any more doesn't keep it.
pub(crate) fn in_force(tx: &mut Tx<'_>, case: Case, mailbox: &Mailbox, now: Instant) -> Result<Case, Fault> {
    let engagement = engagement_tables::engagement(tx, case.engagement)?;
    if engagement.is_none_or(|engagement| engagement.standing(now) != Standing::Over) {
        return Ok(case);
    }
    let (next, _) = placement::of_new_case(tx, mailbox, &case.language, now)?;
    if next == case.engagement {
        return Ok(case);
    }
    let stays = people_tables::colleagues(tx, next)?.iter().any(|person| Some(person.id) == case.assignee);
    let assignee = case.assignee.filter(|_| stays);
    case_tables::hand_to(tx, case.id, next, assignee)?;
    tx.move_index(case.id, next)?;
    let moved = Case { engagement: next, assignee, ..case };
    let sentence = "The engagement that worked on this case is over, so it went to the one that answers now.";
    changes::happened(tx, &moved, "case.handed", None, now, sentence)?;
    clocks::measured_anew(tx, moved.id, now)?;
    Ok(moved)
}
