//! The table of sites: where people work.

use crate::Site;
use kernel::{Fault, Instant, PersonId};
use store::{Param, Row, Tx, sql};

fn site_row(row: &mut Row) -> Result<Site, Fault> {
    Ok(Site { country: row.take()?, city: row.take()?, zone: row.take()? })
}

/// Where these people work, in their order: as it was said of them, else by the seat that they were given first, which is their
/// partner's place, or their client's zone with no place.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn sites(tx: &mut Tx<'_>, persons: &[PersonId]) -> Result<Vec<Option<Site>>, Fault> {
    let sets: Vec<Vec<&dyn Param>> = persons.iter().map(|person| vec![person as &dyn Param]).collect();
    let said = sql!("select country, city, zone from person_sites where person_id = $1");
    let seated = sql!(
        "select coalesce(p.country, ''), coalesce(p.city, ''), coalesce(p.zone, c.zone)
         from seats s left join teams t on t.id = s.team_id
           left join partners p on p.id = t.partner_id
           left join clients c on c.id = coalesce(s.client_id, t.client_id)
         where s.person_id = $1 order by s.created_at, s.id limit 1"
    );
    let (said, seated) = tx.together((
        |tx: &mut Tx<'_>| tx.lists(said, &sets, site_row),
        |tx: &mut Tx<'_>| tx.lists(seated, &sets, site_row),
    ))?;
    Ok(said.into_iter().zip(seated).map(|(said, seated)| said.into_iter().chain(seated).next()).collect())
}

/// Says where somebody works.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn set_site(
    tx: &mut Tx<'_>,
    person: PersonId,
    site: &Site,
    by: Option<PersonId>,
    now: Instant,
) -> Result<(), Fault> {
    tx.run(
        sql!(
            "insert into person_sites (person_id, country, city, zone, set_by, set_at) values ($1, $2, $3, $4, $5, $6)
             on conflict (person_id) do update set country = excluded.country, city = excluded.city, zone = excluded.zone,
               set_by = excluded.set_by, set_at = excluded.set_at"
        ),
        &[&person, &site.country, &site.city, &site.zone, &by, &now],
    )
    .map(drop)
}

/// Forgets what was said of where somebody works: it is where their team works again.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn drop_site(tx: &mut Tx<'_>, person: PersonId) -> Result<(), Fault> {
    tx.run(sql!("delete from person_sites where person_id = $1"), &[&person]).map(drop)
}
