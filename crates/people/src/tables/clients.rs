//! The tables of clients, partners and teams.

use crate::{Client, Partner, Team};
use kernel::{ClientId, EngagementId, Fault, Instant, PersonId, Role, TeamId};
use store::{Param, Row, Tx, sql};

fn client_row(row: &mut Row) -> Result<Client, Fault> {
    Ok(Client {
        id: row.take()?,
        name: row.take()?,
        slug: row.take()?,
        colour: row.take()?,
        language: row.take()?,
        zone: row.take()?,
    })
}

/// Writes a new client down.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn add_client(tx: &mut Tx<'_>, client: &Client, now: Instant) -> Result<(), Fault> {
    tx.run(
        sql!(
            "insert into clients (id, name, slug, colour, language, zone, created_at)
             values ($1, $2, $3, $4, $5, $6, $7)"
        ),
        &[&client.id, &client.name, &client.slug, &client.colour, &client.language, &client.zone, &now],
    )
    .map(drop)
}

/// Changes a client's name, colour, language and zone.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn change_client(tx: &mut Tx<'_>, client: &Client) -> Result<(), Fault> {
    tx.run(
        sql!("update clients set name = $1, colour = $2, language = $3, zone = $4 where id = $5"),
        &[&client.name, &client.colour, &client.language, &client.zone, &client.id],
    )
    .map(drop)
}

/// All clients, by name.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn clients(tx: &mut Tx<'_>) -> Result<Vec<Client>, Fault> {
    let mut clients =
        tx.list(sql!("select id, name, slug, colour, language, zone from clients"), &[], client_row)?;
    clients.sort_by_key(|client| client.name.to_lowercase());
    Ok(clients)
}

/// One client.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn client(tx: &mut Tx<'_>, id: ClientId) -> Result<Option<Client>, Fault> {
    tx.maybe(
        sql!("select id, name, slug, colour, language, zone from clients where id = $1"),
        &[&id],
        client_row,
    )
}

/// These clients, by name.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn clients_named(tx: &mut Tx<'_>, ids: &[ClientId]) -> Result<Vec<Client>, Fault> {
    let sets: Vec<_> = ids.iter().map(|id| -> Vec<&dyn Param> { vec![id] }).collect();
    let found = tx.lists(
        sql!("select id, name, slug, colour, language, zone from clients where id = $1"),
        &sets,
        client_row,
    )?;
    let mut clients: Vec<Client> = found.into_iter().flatten().collect();
    clients.sort_by_key(|client| client.name.to_lowercase());
    Ok(clients)
}

/// The client with this name in addresses of pages.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn client_by_slug(tx: &mut Tx<'_>, slug: &str) -> Result<Option<Client>, Fault> {
    tx.maybe(
        sql!("select id, name, slug, colour, language, zone from clients where slug = $1"),
        &[&slug],
        client_row,
    )
}

/// Writes a new partner down.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn add_partner(tx: &mut Tx<'_>, partner: &Partner, now: Instant) -> Result<(), Fault> {
    tx.run(
        sql!(
            "insert into partners (id, name, city, country, zone, created_at) values ($1, $2, $3, $4, $5, $6)"
        ),
        &[&partner.id, &partner.name, &partner.city, &partner.country, &partner.zone, &now],
    )
    .map(drop)
}

fn partner_row(row: &mut Row) -> Result<Partner, Fault> {
    Ok(Partner {
        id: row.take()?,
        name: row.take()?,
        city: row.take()?,
        country: row.take()?,
        zone: row.take()?,
    })
}

/// All partners, by name.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn partners(tx: &mut Tx<'_>) -> Result<Vec<Partner>, Fault> {
    let mut partners =
        tx.list(sql!("select id, name, city, country, zone from partners"), &[], partner_row)?;
    partners.sort_by_key(|partner| partner.name.to_lowercase());
    Ok(partners)
}

/// Where a seat is: the role, the client or the partner, the team's name, and the zone of that client or partner.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WorksAt {
    /// As what.
    pub role: Role,
    /// The client, or the partner whose team it is.
    pub name: String,
    /// The team, when it is a partner's.
    pub team: Option<String>,
    /// The IANA time zone of that client or partner.
    pub zone: String,
}

/// Where a person holds their seats, in the order in which they were given.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn works_at(tx: &mut Tx<'_>, person: PersonId) -> Result<Vec<WorksAt>, Fault> {
    tx.list(
        sql!(
            "select s.role, coalesce(c.name, p.name), case when p.id is null then null else t.name end, coalesce(c.zone, p.zone)
             from seats s left join teams t on t.id = s.team_id
               left join clients c on c.id = coalesce(s.client_id, t.client_id)
               left join partners p on p.id = t.partner_id
             where s.person_id = $1 order by s.created_at, s.id"
        ),
        &[&person],
        |row| Ok(WorksAt { role: row.take()?, name: row.take()?, team: row.take()?, zone: row.take()? }),
    )
}

fn team_row(row: &mut Row) -> Result<Team, Fault> {
    Ok(Team { id: row.take()?, name: row.take()?, client: row.take()?, partner: row.take()? })
}

/// Writes a new team down.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn add_team(tx: &mut Tx<'_>, team: &Team, now: Instant) -> Result<(), Fault> {
    tx.run(
        sql!("insert into teams (id, name, client_id, partner_id, created_at) values ($1, $2, $3, $4, $5)"),
        &[&team.id, &team.name, &team.client, &team.partner, &now],
    )
    .map(drop)
}

/// All teams, by name.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn teams(tx: &mut Tx<'_>) -> Result<Vec<Team>, Fault> {
    let mut teams = tx.list(sql!("select id, name, client_id, partner_id from teams"), &[], team_row)?;
    teams.sort_by_key(|team| team.name.to_lowercase());
    Ok(teams)
}

/// One team.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn team(tx: &mut Tx<'_>, id: TeamId) -> Result<Option<Team>, Fault> {
    tx.maybe(sql!("select id, name, client_id, partner_id from teams where id = $1"), &[&id], team_row)
}

/// The team of an engagement.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn team_of(tx: &mut Tx<'_>, engagement: EngagementId) -> Result<Option<Team>, Fault> {
    tx.maybe(
        sql!(
            "select t.id, t.name, t.client_id, t.partner_id
             from engagements e join teams t on t.id = e.team_id where e.id = $1"
        ),
        &[&engagement],
        team_row,
    )
}

/// The partner of an engagement; `None` when an in-house team works on it.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn partner_of(tx: &mut Tx<'_>, engagement: EngagementId) -> Result<Option<Partner>, Fault> {
    tx.maybe(
        sql!(
            "select p.id, p.name, p.city, p.country, p.zone
             from engagements e join teams t on t.id = e.team_id join partners p on p.id = t.partner_id where e.id = $1"
        ),
        &[&engagement],
        partner_row,
    )
}
