//! The tables of clients, partners and teams.

use crate::{Client, Partner, Team};
use kernel::{ClientId, Fault, Instant, TeamId};
use store::{Row, Tx, sql};

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

/// All partners, by name.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn partners(tx: &mut Tx<'_>) -> Result<Vec<Partner>, Fault> {
    let mut partners = tx.list(sql!("select id, name, city, country, zone from partners"), &[], |row| {
        Ok(Partner {
            id: row.take()?,
            name: row.take()?,
            city: row.take()?,
            country: row.take()?,
            zone: row.take()?,
        })
    })?;
    partners.sort_by_key(|partner| partner.name.to_lowercase());
    Ok(partners)
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
