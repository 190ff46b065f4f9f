//! Reports about replies that are no bounces: one arrived, was passed on, was read, or was called spam.

use crate::{changes, unsubscriptions};
use cases::{
    Case, Delivery, Message,
    sifting::Reported,
    steps::{Step, StepKind},
    tables as case_tables,
};
use kernel::{EmailAddress, Fault, Instant};
use store::Tx;

/// Notes on a reply what a report says became of it. One that came back doesn't become well again by it.
pub(crate) fn note(
    tx: &mut Tx<'_>,
    case: &Case,
    reply: &Message,
    reported: Reported,
    now: Instant,
) -> Result<(), Fault> {
    if reported == Reported::Delivered && reply.delivery == Delivery::Sent {
        case_tables::deliver(tx, reply.id, Delivery::Delivered, "", now)?;
    }
    let (kind, sentence) = told(reported, &reply.recipients);
    if let Some(kind) = kind {
        let recipient = reply.recipients.clone();
        let step = Step { at: now, kind, recipient, sentence: sentence.clone(), words: String::new() };
        case_tables::add_step(tx, reply.id, &step)?;
    }
    if let (Reported::Complaint, Ok(address)) = (reported, reply.recipients.parse::<EmailAddress>()) {
        let because = "A letter to them was reported as spam.";
        unsubscriptions::suppress(tx, case.client, &address, because, now)?;
    }
    changes::happened(tx, case, "reply.reported", None, now, sentence)
}

/// The step that a report is, if it is one of the way, and what it says.
fn told(reported: Reported, recipient: &str) -> (Option<StepKind>, String) {
    match reported {
        Reported::Delivered => {
            (Some(StepKind::Delivered), format!("The mail server of {recipient} has delivered the reply."))
        }
        Reported::Relayed => (
            Some(StepKind::Relayed),
            format!("The reply was passed on towards {recipient}; no more will be told of it."),
        ),
        Reported::Read => {
            (Some(StepKind::Read), format!("The mail program of {recipient} says that the reply was read."))
        }
        Reported::DeletedUnread => {
            (None, format!("The mail program of {recipient} says that the reply was deleted unread."))
        }
        Reported::Complaint => (
            None,
            format!(
                "{recipient} reported the reply as spam. No automatic letters go there any more; you can still answer."
            ),
        ),
    }
}
