//! Who leads the team that a case goes to.

use crate::{engagement_terms, roster};
use coverage::Calendar;
use kernel::{EngagementId, Fault, Instant, PersonId, Role, TeamId};
use people::tables as people_tables;
use store::Tx;

/// Who leads the team of an engagement: a lead who is on shift before one who isn't, and the client's support owner where the team has
/// none. Never whoever gives the case, unless there is nobody else.
pub(crate) fn lead_of(
    tx: &mut Tx<'_>,
    engagement: EngagementId,
    giver: Option<PersonId>,
    now: Instant,
) -> Result<Option<PersonId>, Fault> {
    let (team, hours) = works(tx, engagement, now)?;
    let client = engagements::tables::engagement(tx, engagement)?.map(|found| found.client);
    let seats = people_tables::seats(tx)?;
    let mut leads = Vec::new();
    for person in people_tables::colleagues(tx, engagement)? {
        let holds = |role: Role| {
            seats.iter().any(|seat| {
                let here = seat.team == Some(team) || (seat.client.is_some() && seat.client == client);
                seat.person == person.id && seat.role == role && here
            })
        };
        let place = match (holds(Role::TeamLead), holds(Role::SupportOwner)) {
            (true, _) => 0,
            (false, true) => 1,
            (false, false) => continue,
        };
        let is_off = roster::works_until(tx, team, &hours, person.id, now)?.is_none();
        leads.push((Some(person.id) == giver, place, is_off, person.name, person.id));
    }
    Ok(leads.into_iter().min().map(|(_, _, _, _, person)| person))
}

fn works(tx: &mut Tx<'_>, engagement: EngagementId, now: Instant) -> Result<(TeamId, Calendar), Fault> {
    let held = engagement_terms::of(tx, engagement, now)?;
    let hours = engagement_terms::calendar(tx, &held.engagement, &held.terms)?;
    Ok((held.engagement.team, hours))
}
