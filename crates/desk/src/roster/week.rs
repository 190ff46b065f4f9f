//! The week of a team: who works when, who is absent, who is on call.

use super::{
    planning::{Right, midnight, right},
    sites, team_people,
};
use crate::Desk;
use coverage::{Leave, OnCallDuty, Presence, ShiftEntry, Span, tables as coverage_tables};
use jiff::{ToSpan, civil::Date, tz::TimeZone};
use kernel::{EngagementId, Fault, Instant, PersonId, Reach, Role, Stop, TeamId};
use people::{Person, Site, tables as people_tables};
use store::Tx;

/// A team whose roster somebody may look at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TeamNamed {
    /// The team.
    pub id: TeamId,
    /// "Lisbon Support · General", or the client's name for its own.
    pub name: String,
}

/// A week.
pub struct Week {
    /// The team.
    pub team: TeamNamed,
    /// What the reader may do with it.
    pub right: Right,
    /// Its first instant, its last, and the midnights between.
    pub midnights: Vec<Instant>,
    /// The people of the team, by name.
    pub people: Vec<Working>,
    /// Whether the team draws a roster at all.
    pub has_roster: bool,
}

/// Somebody in a week.
pub struct Working {
    /// Who.
    pub person: Person,
    /// Where they work.
    pub site: Site,
    /// Their shifts, in order.
    pub shifts: Vec<ShiftEntry>,
    /// When they are absent.
    pub leaves: Vec<Leave>,
    /// When they are on call.
    pub duties: Vec<OnCallDuty>,
    /// Whether they take new cases.
    pub presence: Presence,
}

/// The teams whose rosters somebody may look at, by name.
///
/// # Errors
/// A fault when the database can't be reached.
pub async fn teams(desk: &Desk, reach: &Reach) -> Result<Vec<TeamNamed>, Fault> {
    let reach = reach.clone();
    desk.store.read(move |tx| seen_teams(tx, &reach)).await
}

/// The same inside a transaction.
pub(crate) fn seen_teams(tx: &mut Tx<'_>, reach: &Reach) -> Result<Vec<TeamNamed>, Fault> {
    let seats = people_tables::seats_of(tx, reach.person())?;
    let engagements = engagements::tables::engagements(tx)?;
    let is_seen = |team: TeamId, client: Option<kernel::ClientId>| {
        let works = seats.iter().any(|seat| seat.team == Some(team));
        let owns = seats
            .iter()
            .any(|seat| seat.role == Role::SupportOwner && seat.client.is_some() && seat.client == client);
        let serves = engagements.iter().filter(|one| one.team == team).any(|one| {
            reach.seats().iter().any(|seat| seat.engagement == one.id && seat.role == Role::SupportOwner)
        });
        works || owns || serves || reach.owns_installation()
    };
    let (clients, partners) = (people_tables::clients(tx)?, people_tables::partners(tx)?);
    let mut teams = Vec::new();
    for team in people_tables::teams(tx)?.into_iter().filter(|team| is_seen(team.id, team.client)) {
        let client = clients.iter().find(|one| Some(one.id) == team.client).map(|one| &one.name);
        let partner = partners.iter().find(|one| Some(one.id) == team.partner).map(|one| &one.name);
        let name = match client.or(partner) {
            Some(of) if *of != team.name => format!("{of} · {}", team.name),
            _ => team.name.clone(),
        };
        teams.push(TeamNamed { id: team.id, name });
    }
    teams.sort_by_key(|team| team.name.to_lowercase());
    Ok(teams)
}

/// The week of a team that begins on a Monday in a zone.
///
/// # Errors
/// [`coverage::RosterRefusal::NotFound`].
pub async fn week(
    desk: &Desk,
    reach: &Reach,
    team: TeamId,
    monday: Date,
    zone: TimeZone,
) -> Result<Week, Stop> {
    let (reach, now) = (reach.clone(), desk.clock.now());
    desk.store
        .read(move |tx| {
            let right = right(tx, &reach, team)?;
            let named = seen_teams(tx, &reach)?.into_iter().find(|known| known.id == team);
            let named = named.ok_or(coverage::RosterRefusal::NotFound)?;
            let day = |nth: i64| monday.checked_add(nth.days()).map_err(Fault::new);
            let midnights: Vec<Instant> =
                (0..=7).map(|nth| midnight(day(nth)?, &zone)).collect::<Result<_, Fault>>()?;
            let within = Span { from: midnights[0], until: midnights[7] };
            let people = working_people(tx, team, within)?;
            let has_roster = super::has_roster(tx, team, now)?;
            Ok(Week { team: named, right, midnights, people, has_roster })
        })
        .await
}

fn working_people(tx: &mut Tx<'_>, team: TeamId, within: Span) -> Result<Vec<Working>, Fault> {
    let people = team_people(tx, team)?;
    let persons: Vec<PersonId> = people.iter().map(|person| person.id).collect();
    let shifts = coverage_tables::shifts_between(tx, &persons, within)?;
    let leaves = coverage_tables::leaves_between(tx, &persons, within)?;
    let presences = coverage_tables::presences_of(tx, &persons)?;
    let engagements: Vec<EngagementId> = engagements::tables::engagements(tx)?
        .into_iter()
        .filter(|one| one.team == team)
        .map(|one| one.id)
        .collect();
    let duties = coverage_tables::duties_between(tx, &engagements, within)?;
    let sites = sites(tx, &persons)?;
    let mut working = Vec::new();
    for ((person, presence), site) in people.into_iter().zip(presences).zip(sites) {
        let id = person.id;
        working.push(Working {
            site,
            shifts: shifts.iter().filter(|shift| shift.person == id).cloned().collect(),
            leaves: leaves.iter().filter(|leave| leave.person == id).cloned().collect(),
            duties: duties.iter().filter(|duty| duty.person == id).cloned().collect(),
            presence: presence.map(|(state, _)| state).unwrap_or_default(),
            person,
        });
    }
    Ok(working)
}
