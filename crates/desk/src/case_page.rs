//! The page of a case: everything about it that the person who asks may see.

use crate::Desk;
use cases::{AttachmentRow, Case, Draft, Message, tables as case_tables};
use engagements::{Engagement, Mailbox, tables as engagement_tables};
use kernel::{CaseId, Fault, Reach, Stop};
use people::{Client, Customer, Partner, Person, Team, tables as people_tables};
use store::{Happened, Tx};

/// How many messages a page shows; older ones are named by their number.
pub const MESSAGES: i64 = 200;

/// A case with all that its page shows.
pub struct CasePage {
    /// The case.
    pub case: Case,
    /// Whose customer it is.
    pub client: Client,
    /// Who asks.
    pub customer: Customer,
    /// The line it came in by.
    pub mailbox: Mailbox,
    /// The engagement that works on it.
    pub engagement: Engagement,
    /// The team of that engagement.
    pub team: Team,
    /// The partner whose team it is; `None` for an in-house team.
    pub partner: Option<Partner>,
    /// The newest messages, oldest of them first.
    pub messages: Vec<Message>,
    /// The files of its messages.
    pub files: Vec<AttachmentRow>,
    /// What happened to it.
    pub events: Vec<Happened>,
    /// The customer's other cases.
    pub earlier: Vec<Case>,
    /// The reader's drafts.
    pub drafts: Vec<Draft>,
    /// Who may be given the case.
    pub colleagues: Vec<Person>,
}

/// Everything about a case.
///
/// # Errors
/// [`cases::CaseRefusal::NotFound`] when it doesn't exist or is outside reach.
pub async fn case_page(desk: &Desk, reach: &Reach, id: CaseId) -> Result<CasePage, Stop> {
    let reach = reach.clone();
    desk.store
        .read(move |tx| {
            let case = case_tables::find(tx, &reach, id)?;
            let (
                client,
                customer,
                mailbox,
                engagement,
                team,
                partner,
                messages,
                files,
                events,
                mut earlier,
                drafts,
                colleagues,
            ) = tx.together((
                |tx: &mut Tx<'_>| people_tables::client(tx, case.client),
                |tx: &mut Tx<'_>| people_tables::customer(tx, case.customer),
                |tx: &mut Tx<'_>| engagement_tables::mailbox(tx, case.mailbox),
                |tx: &mut Tx<'_>| engagement_tables::engagement(tx, case.engagement),
                |tx: &mut Tx<'_>| people_tables::team_of(tx, case.engagement),
                |tx: &mut Tx<'_>| people_tables::partner_of(tx, case.engagement),
                |tx: &mut Tx<'_>| case_tables::messages(tx, case.id, MESSAGES),
                |tx: &mut Tx<'_>| case_tables::attachments(tx, case.id),
                |tx: &mut Tx<'_>| tx.events_of(case.id, MESSAGES),
                |tx: &mut Tx<'_>| case_tables::of_customer(tx, &reach, case.customer),
                |tx: &mut Tx<'_>| case_tables::drafts(tx, case.id, reach.person()),
                |tx: &mut Tx<'_>| people_tables::colleagues(tx, case.engagement),
            ))?;
            earlier.retain(|other| other.id != case.id);
            Ok(CasePage {
                client: found(client)?,
                customer: found(customer)?,
                mailbox: found(mailbox)?,
                engagement: found(engagement)?,
                team: found(team)?,
                partner,
                messages,
                files,
                events,
                earlier,
                drafts,
                colleagues,
                case,
            })
        })
        .await
}

/// Whether a case is within reach now.
///
/// # Errors
/// A fault when the database can't be reached.
pub async fn seen(desk: &Desk, reach: &Reach, id: CaseId) -> Result<bool, Fault> {
    let reach = reach.clone();
    let found = desk.store.read(move |tx| case_tables::case(tx, id)).await?;
    Ok(found.is_some_and(|case| reach.sees(case.engagement, case.assignee)))
}

/// What a case refers to is there, or the database is broken.
fn found<T>(found: Option<T>) -> Result<T, Stop> {
    found.ok_or_else(|| {
        Fault::new(format!("a case refers to a {} that is gone", std::any::type_name::<T>())).into()
    })
}

/// A message of a case that the reader may see.
///
/// # Errors
/// [`cases::CaseRefusal::NotFound`].
pub async fn message(
    desk: &Desk,
    reach: &Reach,
    case: CaseId,
    id: kernel::MessageId,
) -> Result<Message, Stop> {
    let reach = reach.clone();
    desk.store
        .read(move |tx| {
            let case = case_tables::find(tx, &reach, case)?;
            let message = case_tables::message_in(tx, case.id, id)?;
            message.ok_or_else(|| cases::CaseRefusal::NotFound.into())
        })
        .await
}
