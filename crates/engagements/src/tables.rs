//! The tables of engagements and mailboxes.

mod identities;

pub use identities::{
    OwnServer, drop_own_server, identity, own_server, rename_mailbox, set_identity, set_own_server,
    set_signature,
};
pub mod accounts;
pub mod consents;
pub mod engines;
pub mod fetchings;
pub mod holidays;
pub mod signing_keys;
pub mod terms;
pub mod vendors;

use crate::{Engagement, Mailbox, Period};
use kernel::{ClientId, EmailAddress, EngagementId, Fault, Instant, MailboxId, PersonId};
use store::{Param, Row, Tx, sql};

fn engagement_row(row: &mut Row) -> Result<Engagement, Fault> {
    let (id, client, team) = (row.take()?, row.take()?, row.take()?);
    let (name, zone): (String, String) = (row.take()?, row.take()?);
    let from: String = row.take()?;
    let until: Option<String> = row.take()?;
    let period = Period::parse(&from, &until.unwrap_or_default())
        .map_err(|refusal| Fault::new(format!("engagement {id}: {refusal:?}")))?;
    Ok(Engagement { id, client, team, name, zone, period, ended_at: row.take()? })
}

/// Writes a new engagement down.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn add(tx: &mut Tx<'_>, engagement: &Engagement, now: Instant) -> Result<(), Fault> {
    let until = engagement.period.until().map(|day| day.to_string());
    tx.run(
        sql!(
            "insert into engagements (id, client_id, team_id, name, zone, from_on, until_on, ended_at, created_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9)"
        ),
        &[
            &engagement.id,
            &engagement.client,
            &engagement.team,
            &engagement.name,
            &engagement.zone,
            &engagement.period.from().to_string(),
            &until,
            &engagement.ended_at,
            &now,
        ],
    )
    .map(drop)
}

/// Cuts an engagement. It moves no data.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn end(tx: &mut Tx<'_>, id: EngagementId, at: Instant) -> Result<(), Fault> {
    tx.run(sql!("update engagements set ended_at = $1 where id = $2"), &[&at, &id]).map(drop)
}

/// One engagement.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn engagement(tx: &mut Tx<'_>, id: EngagementId) -> Result<Option<Engagement>, Fault> {
    tx.maybe(
        sql!(
            "select id, client_id, team_id, name, zone, from_on, until_on, ended_at
             from engagements where id = $1"
        ),
        &[&id],
        engagement_row,
    )
}

/// Every engagement, newest first.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn engagements(tx: &mut Tx<'_>) -> Result<Vec<Engagement>, Fault> {
    tx.list(
        sql!(
            "select id, client_id, team_id, name, zone, from_on, until_on, ended_at
             from engagements order by created_at desc, id desc"
        ),
        &[],
        engagement_row,
    )
}

/// The engagements of a client, oldest first.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn of_client(tx: &mut Tx<'_>, client: ClientId) -> Result<Vec<Engagement>, Fault> {
    tx.list(
        sql!(
            "select id, client_id, team_id, name, zone, from_on, until_on, ended_at
             from engagements where client_id = $1 order by created_at, id"
        ),
        &[&client],
        engagement_row,
    )
}

/// The engagements of the clients at which a person holds a seat, and of the teams in which they do, oldest first.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn around(tx: &mut Tx<'_>, person: PersonId) -> Result<Vec<Engagement>, Fault> {
    tx.list(
        sql!(
            "select id, client_id, team_id, name, zone, from_on, until_on, ended_at from engagements
             where id in (select e.id from engagements e join seats s on s.client_id = e.client_id where s.person_id = $1
                          union select e.id from engagements e join seats s on s.team_id = e.team_id where s.person_id = $1)
             order by created_at, id"
        ),
        &[&person],
        engagement_row,
    )
}

fn mailbox_row(row: &mut Row) -> Result<Mailbox, Fault> {
    Ok(Mailbox {
        id: row.take()?,
        address: row.take()?,
        display_name: row.take()?,
        client: row.take()?,
        engagement: row.take()?,
    })
}

/// Writes a new mailbox down.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn add_mailbox(tx: &mut Tx<'_>, mailbox: &Mailbox, now: Instant) -> Result<(), Fault> {
    tx.run(
        sql!(
            "insert into mailboxes (id, address, display_name, client_id, engagement_id, created_at)
             values ($1, $2, $3, $4, $5, $6)"
        ),
        &[&mailbox.id, &mailbox.address, &mailbox.display_name, &mailbox.client, &mailbox.engagement, &now],
    )
    .map(drop)
}

/// Lets another engagement answer a mailbox.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn hand_mailbox(tx: &mut Tx<'_>, mailbox: MailboxId, to: EngagementId) -> Result<(), Fault> {
    tx.run(sql!("update mailboxes set engagement_id = $1 where id = $2"), &[&to, &mailbox]).map(drop)
}

/// The mailbox with this address.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn mailbox_at(tx: &mut Tx<'_>, address: &EmailAddress) -> Result<Option<Mailbox>, Fault> {
    tx.maybe(
        sql!("select id, address, display_name, client_id, engagement_id from mailboxes where address = $1"),
        &[address],
        mailbox_row,
    )
}

/// Those of these addresses that are mailboxes.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn mailboxes_among(tx: &mut Tx<'_>, addresses: &[EmailAddress]) -> Result<Vec<EmailAddress>, Fault> {
    let sets: Vec<_> = addresses.iter().map(|address| -> Vec<&dyn Param> { vec![address] }).collect();
    let found = tx.lists(sql!("select address from mailboxes where address = $1"), &sets, Row::take)?;
    Ok(found.into_iter().flatten().collect())
}

/// One mailbox.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn mailbox(tx: &mut Tx<'_>, id: MailboxId) -> Result<Option<Mailbox>, Fault> {
    tx.maybe(
        sql!("select id, address, display_name, client_id, engagement_id from mailboxes where id = $1"),
        &[&id],
        mailbox_row,
    )
}

/// Every mailbox, by address.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn mailboxes(tx: &mut Tx<'_>) -> Result<Vec<Mailbox>, Fault> {
    tx.list(
        sql!("select id, address, display_name, client_id, engagement_id from mailboxes order by address"),
        &[],
        mailbox_row,
    )
}

/// The mailboxes of a client, by address.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn mailboxes_of(tx: &mut Tx<'_>, client: ClientId) -> Result<Vec<Mailbox>, Fault> {
    tx.list(
        sql!(
            "select id, address, display_name, client_id, engagement_id from mailboxes where client_id = $1
             order by address"
        ),
        &[&client],
        mailbox_row,
    )
}

/// Forgets a mailbox: mail to its address is refused from now on.
///
/// # Errors
/// A fault when the engine refuses it, as it does while cases came in by it.
pub fn drop_mailbox(tx: &mut Tx<'_>, id: MailboxId) -> Result<(), Fault> {
    identities::drop_identity(tx, id)?;
    tx.run(sql!("delete from mailboxes where id = $1"), &[&id]).map(drop)
}
