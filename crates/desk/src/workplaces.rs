//! Workplaces: where a person holds a role, in words, and in which zone the days pass there.

use crate::Desk;
use kernel::{Fault, PersonId, Role};
use people::{SeatHeld, tables as people_tables};
use store::Tx;

/// Where somebody works.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Workplace {
    /// As what.
    pub role: Role,
    /// At a client ("Aurora") or in a team ("Lisbon · General").
    pub name: String,
    /// The IANA time zone of that client or partner.
    pub zone: String,
}

/// The workplaces that these seats mean, in their order.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn workplaces(tx: &mut Tx<'_>, seats: &[SeatHeld]) -> Result<Vec<Workplace>, Fault> {
    let mut found = Vec::new();
    for seat in seats {
        found.extend(workplace(tx, seat)?);
    }
    Ok(found)
}

fn workplace(tx: &mut Tx<'_>, seat: &SeatHeld) -> Result<Option<Workplace>, Fault> {
    let team = seat.team.map(|team| people_tables::team(tx, team)).transpose()?.flatten();
    let client = seat.client.or_else(|| team.as_ref().and_then(|team| team.client));
    if let Some(client) = client.map(|client| people_tables::client(tx, client)).transpose()?.flatten() {
        return Ok(Some(Workplace { role: seat.role, name: client.name, zone: client.zone }));
    }
    let Some(team) = team else { return Ok(None) };
    let partners = people_tables::partners(tx)?;
    let partner = partners.into_iter().find(|partner| Some(partner.id) == team.partner);
    Ok(partner.map(|partner| Workplace {
        role: seat.role,
        name: format!("{} · {}", partner.name, team.name),
        zone: partner.zone,
    }))
}

/// Where a person works.
///
/// # Errors
/// A fault when the database can't be reached.
pub async fn of(desk: &Desk, person: PersonId) -> Result<Vec<Workplace>, Fault> {
    desk.store
        .read(move |tx| {
            let seats = people_tables::seats_of(tx, person)?;
            workplaces(tx, &seats)
        })
        .await
}
