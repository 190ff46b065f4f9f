//! The replies on their way out, of all cases: what the queue page is made from.

use crate::{Delivery, Plan};
use kernel::{CaseId, ClientId, EngagementId, Fault, Instant, MailboxId, MessageId, PersonId};
use store::{Row, Tx, sql};

/// A reply on its way out.
#[derive(Clone, Debug, PartialEq)]
pub struct Leaving {
    /// The reply.
    pub reply: MessageId,
    /// Where it stands.
    pub delivery: Delivery,
    /// What it waits for, or what went wrong last; may be empty.
    pub note: String,
    /// When it was written.
    pub written_at: Instant,
    /// When it goes, as far as the reply itself knows.
    pub send_at: Option<Instant>,
    /// To whom.
    pub recipient: String,
    /// Its case.
    pub case: CaseId,
    /// The case's reference.
    pub reference: String,
    /// Whose case it is.
    pub client: ClientId,
    /// The engagement that works on it.
    pub engagement: EngagementId,
    /// Who answers it.
    pub assignee: Option<PersonId>,
    /// The mailbox that it comes from.
    pub mailbox: MailboxId,
    /// The time that was chosen for it.
    pub plan: Option<Plan>,
    /// When its job runs.
    pub run_at: Option<Instant>,
}

/// The replies on their way out, the oldest first; at most `limit`.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn leaving(tx: &mut Tx<'_>, limit: i64) -> Result<Vec<Leaving>, Fault> {
    tx.list(
        sql!(
            "select m.id, m.delivery, m.delivery_note, m.at, m.send_at, m.recipients, c.id, c.reference, c.client_id,
                    c.engagement_id, c.assignee_id, c.mailbox_id, p.scheduled_at, p.when_answered, j.run_at
             from messages m join cases c on c.id = m.case_id left join reply_plans p on p.message_id = m.id
               left join jobs j on j.kind = 'send' and j.subject = m.id
             where m.delivery in ('waiting', 'held', 'sending', 'retrying') and not exists
               (select 1 from approvals a where a.message_id = m.id and a.state = 'asked')
             order by m.at, m.id limit $1"
        ),
        &[&limit],
        leaving_row,
    )
}

fn leaving_row(row: &mut Row) -> Result<Leaving, Fault> {
    let (reply, delivery, note) = (row.take()?, row.take()?, row.take()?);
    let (written_at, send_at, recipient) = (row.take()?, row.take()?, row.take()?);
    let (case, reference, client) = (row.take()?, row.take()?, row.take()?);
    let (engagement, assignee, mailbox) = (row.take()?, row.take()?, row.take()?);
    let (at, when_answered): (Option<Instant>, Option<_>) = (row.take()?, row.take()?);
    let plan = at.zip(when_answered).map(|(at, when_answered)| Plan { at, when_answered });
    let run_at = row.take()?;
    Ok(Leaving {
        reply,
        delivery,
        note,
        written_at,
        send_at,
        recipient,
        case,
        reference,
        client,
        engagement,
        assignee,
        mailbox,
        plan,
        run_at,
    })
}
