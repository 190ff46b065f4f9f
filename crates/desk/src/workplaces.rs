//! Workplaces: where a person holds a role, in words, and in which zone the days pass there.

use crate::Desk;
use kernel::{Fault, PersonId, Role};
use people::tables::{self as people_tables, WorksAt};
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

/// Where a person works, in a transaction.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn workplaces(tx: &mut Tx<'_>, person: PersonId) -> Result<Vec<Workplace>, Fault> {
    Ok(people_tables::works_at(tx, person)?.into_iter().map(workplace).collect())
}

fn workplace(at: WorksAt) -> Workplace {
    let name = match at.team {
        Some(team) => format!("{} · {team}", at.name),
        None => at.name,
    };
    Workplace { role: at.role, name, zone: at.zone }
}

/// Where a person works.
///
/// # Errors
/// A fault when the database can't be reached.
pub async fn of(desk: &Desk, person: PersonId) -> Result<Vec<Workplace>, Fault> {
    desk.store.read(move |tx| workplaces(tx, person)).await
}
