//! Scheduled replies: held when the customer writes first, moved to another time, sent before it, sent after all.

use crate::{Desk, approvals, changes, replies};
use cases::{Case, CaseRefusal, Delivery, Plan, tables as case_tables};
use kernel::{CaseId, Fault, Instant, MessageId, Reach, Stop};
use store::Tx;

/// Why a reply is held.
const WROTE_FIRST: &str = "The customer wrote before this reply left. Read that first; then send it, or take it back and change it.";

/// Holds the scheduled replies of a case whose customer has just written, as far as their authors want that.
pub(crate) fn customer_wrote(tx: &mut Tx<'_>, case: &Case, now: Instant) -> Result<(), Fault> {
    for reply in case_tables::held_when_answered(tx, case.id)? {
        case_tables::deliver(tx, reply, Delivery::Held, WROTE_FIRST, now)?;
        let sentence =
            "The customer wrote before a scheduled reply left, so the reply is held until somebody decides.";
        changes::happened(tx, case, "reply.held", None, now, sentence)?;
    }
    Ok(())
}

/// Lets a scheduled or held reply go at another time; what the customer's next mail does to it stays as it was.
///
/// # Errors
/// [`CaseRefusal::NotFound`], [`CaseRefusal::NotScheduled`], [`CaseRefusal::NotLater`], [`CaseRefusal::AddressBounced`].
pub async fn change_time(
    desk: &Desk,
    reach: &Reach,
    case: CaseId,
    reply: MessageId,
    at: Instant,
) -> Result<(), Stop> {
    let (reach, now) = (reach.clone(), desk.clock.now());
    desk.store
        .write(move |tx| {
            let case = case_tables::find(tx, &reach, case)?;
            let message = case_tables::message_in(tx, case.id, reply)?.ok_or(CaseRefusal::NotFound)?;
            let plan = case_tables::plan(tx, reply)?.ok_or(CaseRefusal::NotScheduled)?;
            if !matches!(message.delivery, Delivery::Waiting | Delivery::Held) {
                return Err(CaseRefusal::NotScheduled.into());
            }
            let plan = Plan { at, ..plan }.checked(now)?;
            approvals::none_waits(tx, reply)?;
            replies::can_go(tx, &case, &message)?;
            case_tables::set_plan(tx, reply, plan)?;
            case_tables::deliver(tx, reply, Delivery::Waiting, "", now)?;
            case_tables::hold(tx, reply, at, "")?;
            replies::run_at(tx, &message, at, now)?;
            Ok(changes::did(tx, &case, &reach, "reply.rescheduled", now, "changed when a reply goes.")?)
        })
        .await
}

/// Sends a reply now that is scheduled, held, or waits for its turn.
///
/// # Errors
/// [`CaseRefusal::NotFound`], [`CaseRefusal::NotScheduled`], [`CaseRefusal::AddressBounced`].
pub async fn send_now(desk: &Desk, reach: &Reach, case: CaseId, reply: MessageId) -> Result<(), Stop> {
    let (reach, now) = (reach.clone(), desk.clock.now());
    desk.store
        .write(move |tx| {
            let case = case_tables::find(tx, &reach, case)?;
            let message = case_tables::message_in(tx, case.id, reply)?.ok_or(CaseRefusal::NotFound)?;
            if !matches!(message.delivery, Delivery::Waiting | Delivery::Held) {
                return Err(CaseRefusal::NotScheduled.into());
            }
            approvals::none_waits(tx, reply)?;
            replies::can_go(tx, &case, &message)?;
            if let Some(plan) = case_tables::plan(tx, reply)? {
                case_tables::set_plan(tx, reply, Plan { at: now, ..plan })?;
            }
            case_tables::deliver(tx, reply, Delivery::Waiting, "", now)?;
            case_tables::hold(tx, reply, now, "")?;
            replies::run_now(tx, &case, &message, now)?;
            Ok(changes::did(tx, &case, &reach, "reply.sent_now", now, "sent a waiting reply.")?)
        })
        .await
}
