//! What owners read: clients, partners, teams, persons, engagements and mailboxes, all at once. None of it is a customer's.

use crate::Desk;
use cases::tables as case_tables;
use engagements::{Engagement, EngagementRefusal, Mailbox, tables as engagement_tables};
use kernel::{ClientId, Fault, Instant, Kind, MailboxId, Reach, Refused, Stop};
use people::{Client, Partner, PeopleRefusal, Person, SeatHeld, Team, tables as people_tables};

/// The whole set-up of the installation.
pub struct SetUp {
    /// Clients, by name.
    pub clients: Vec<Client>,
    /// Partners, by name.
    pub partners: Vec<Partner>,
    /// Teams, by name.
    pub teams: Vec<Team>,
    /// Persons, by name.
    pub persons: Vec<Person>,
    /// Who holds which role where.
    pub seats: Vec<SeatHeld>,
    /// Engagements, newest first.
    pub engagements: Vec<Engagement>,
    /// Mailboxes, by address.
    pub mailboxes: Vec<Mailbox>,
    /// The instant at which it stands so.
    pub now: Instant,
}

/// The set-up, for owners.
///
/// # Errors
/// [`PeopleRefusal::NotFound`] for everybody else.
pub async fn set_up(desk: &Desk, reach: &Reach) -> Result<SetUp, Stop> {
    if !reach.owns_installation() {
        return Err(PeopleRefusal::NotFound.into());
    }
    whole(desk).await
}

/// The set-up, for the sign-in page of a demo, where everybody may be anybody.
///
/// # Errors
/// A fault when the database can't be reached.
pub async fn whole(desk: &Desk) -> Result<SetUp, Stop> {
    let now = desk.clock.now();
    desk.store
        .read(move |tx| {
            Ok(SetUp {
                clients: people_tables::clients(tx)?,
                partners: people_tables::partners(tx)?,
                teams: people_tables::teams(tx)?,
                persons: people_tables::persons(tx)?,
                seats: people_tables::seats(tx)?,
                engagements: engagement_tables::engagements(tx)?,
                mailboxes: engagement_tables::mailboxes(tx)?,
                now,
            })
        })
        .await
}

/// How much there is: numbers only, for owners, who see no case by owning.
pub struct Numbers {
    /// Open cases of each client; counting stops at a thousand for each engagement.
    pub open: Vec<(ClientId, i64)>,
    /// Cases that came in through each mailbox; counting stops at a thousand.
    pub through: Vec<(MailboxId, i64)>,
}

/// How many cases each client has open, and how many came in by each mailbox.
///
/// # Errors
/// [`PeopleRefusal::NotFound`] for everybody but owners.
pub async fn numbers(desk: &Desk, reach: &Reach) -> Result<Numbers, Stop> {
    if !reach.owns_installation() {
        return Err(PeopleRefusal::NotFound.into());
    }
    desk.store
        .read(|tx| {
            let (mut open, mut through) = (Vec::new(), Vec::new());
            for engagement in engagement_tables::engagements(tx)? {
                open.push((engagement.client, case_tables::open_count(tx, engagement.id)?));
            }
            for mailbox in engagement_tables::mailboxes(tx)? {
                through.push((mailbox.id, case_tables::through_mailbox(tx, mailbox.id)?));
            }
            Ok::<_, Stop>(Numbers { open, through })
        })
        .await
}

/// Forgets a mailbox through which no case has come: mail to its address is refused from now on.
///
/// # Errors
/// [`PeopleRefusal::NotFound`], [`EngagementRefusal::NotFound`], and `mailbox.has_cases`.
pub async fn remove_mailbox(
    desk: &Desk,
    reach: &Reach,
    client: ClientId,
    mailbox: MailboxId,
) -> Result<(), Stop> {
    if !reach.owns_installation() {
        return Err(PeopleRefusal::NotFound.into());
    }
    let now = desk.clock.now();
    desk.store
        .write(move |tx| {
            let found = engagement_tables::mailbox(tx, mailbox)?.filter(|found| found.client == client);
            let found = found.ok_or(EngagementRefusal::NotFound)?;
            if case_tables::through_mailbox(tx, mailbox)? > 0 {
                return Err(Stop::from(has_cases()));
            }
            engagement_tables::accounts::drop_account(tx, mailbox)?;
            engagement_tables::drop_mailbox(tx, mailbox)?;
            Ok(closed(tx, &found, now)?)
        })
        .await
}

fn has_cases() -> Refused {
    let sentence = "Cases came in through this mailbox, so it can't be removed.";
    Refused::new(Kind::Conflict, "mailbox.has_cases", sentence)
        .hint("Answers to them come from its address. It may stay without harm.")
}

fn closed(tx: &mut store::Tx<'_>, mailbox: &Mailbox, at: Instant) -> Result<(), Fault> {
    tx.record(&store::Event {
        at,
        kind: "mailbox.closed",
        client: Some(mailbox.client),
        engagement: None,
        case: None,
        person: None,
        sentence: format!("Mail to {} is refused from now on.", mailbox.address),
    })
}
