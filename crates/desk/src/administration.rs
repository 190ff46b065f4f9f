//! What owners read: clients, partners, teams, persons, engagements and mailboxes, all at once. None of it is a customer's.

use crate::Desk;
use engagements::{Engagement, Mailbox, tables as engagement_tables};
use kernel::{Instant, Reach, Stop};
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
