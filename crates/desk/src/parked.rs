//! Parked mails: those for which a person must decide where they belong.

use crate::{Desk, aside, intake::RECEIVE};
use cases::{CaseRefusal, Kept, ParkedMail, tables as case_tables};
use engagements::{EngagementRefusal, Mailbox, tables as engagement_tables};
use kernel::{ClientId, Fault, Instant, MailboxId, PersonId, RawMailId, Reach, Stop};
use store::Tx;

fn only_owners(reach: &Reach) -> Result<(), CaseRefusal> {
    if reach.owns_installation() { Ok(()) } else { Err(CaseRefusal::NotParked) }
}

/// The parked mails, and the mailboxes to which they could belong.
///
/// # Errors
/// [`CaseRefusal::NotParked`] for everybody but owners.
pub async fn list(desk: &Desk, reach: &Reach) -> Result<(Vec<ParkedMail>, Vec<Mailbox>), Stop> {
    only_owners(reach)?;
    desk.store.read(|tx| Ok((case_tables::parked(tx, 200)?, engagement_tables::mailboxes(tx)?))).await
}

/// Lets a parked mail become a case of the client that the mailbox belongs to.
///
/// # Errors
/// [`CaseRefusal::NotParked`] and [`EngagementRefusal::NotFound`].
pub async fn release(desk: &Desk, reach: &Reach, mail: RawMailId, mailbox: MailboxId) -> Result<(), Stop> {
    only_owners(reach)?;
    let (person, now) = (reach.person(), desk.clock.now());
    desk.store
        .write(move |tx| {
            let mailbox = engagement_tables::mailbox(tx, mailbox)?.ok_or(EngagementRefusal::NotFound)?;
            if !case_tables::release(tx, mail, &mailbox.address)? {
                return Err(Stop::from(CaseRefusal::NotParked));
            }
            jobs::enqueue(tx, RECEIVE, mail, now, now)?;
            decided(
                tx,
                "mail.released",
                Some(mailbox.client),
                person,
                now,
                "A parked mail was let in as a case.",
            )?;
            Ok(())
        })
        .await
}

/// Leaves a parked mail aside for good. Its bytes are kept.
///
/// # Errors
/// [`CaseRefusal::NotParked`].
pub async fn discard(desk: &Desk, reach: &Reach, mail: RawMailId) -> Result<(), Stop> {
    only_owners(reach)?;
    let (person, now) = (reach.person(), desk.clock.now());
    desk.store
        .write(move |tx| {
            if !case_tables::discard(tx, mail)? {
                return Err(Stop::from(CaseRefusal::NotParked));
            }
            Ok(decided(tx, "mail.discarded", None, person, now, "A parked mail was left aside.")?)
        })
        .await
}

fn decided(
    tx: &mut Tx<'_>,
    kind: &'static str,
    client: Option<ClientId>,
    person: PersonId,
    at: Instant,
    sentence: &str,
) -> Result<(), Fault> {
    let sentence = sentence.to_owned();
    tx.record(&store::Event {
        at,
        kind,
        client,
        engagement: None,
        case: None,
        person: Some(person),
        sentence,
    })
}

/// The bytes of a parked mail.
///
/// # Errors
/// [`CaseRefusal::NotParked`].
pub async fn bytes(desk: &Desk, reach: &Reach, mail: RawMailId) -> Result<Vec<u8>, Stop> {
    only_owners(reach)?;
    let found = desk
        .store
        .read(move |tx| {
            let parked = case_tables::raw_mail_state(tx, mail)?.is_some_and(|state| state == "parked");
            if parked { case_tables::raw_mail(tx, mail) } else { Ok::<_, Fault>(None) }
        })
        .await?;
    match found.ok_or(CaseRefusal::NotParked)?.kept {
        Kept::InRow(bytes) => Ok(bytes),
        Kept::InBlob(hash) => {
            let blobs = desk.blobs.clone();
            Ok(aside(move || blobs.get(&hash)).await?.map_err(Fault::from)?)
        }
    }
}
