//! The roster: who works when and where. Shifts, absences, presence, capacity and sites, as routing and the pages ask for them.

pub mod planning;
pub mod week;

use crate::engagement_terms;
use coverage::{Calendar, Leave, Presence, ShiftEntry, Span, tables as coverage_tables};
use kernel::{EngagementId, Fault, Instant, PersonId, TeamId};
use people::{Person, Site, tables as people_tables};
use std::time::Duration;
use store::Tx;

/// A team that has drawn no shift for so long draws no roster.
const FORGOTTEN_AFTER: Duration = Duration::from_secs(28 * 24 * 3_600);

/// When these people are there: their shifts without breaks and without absences, person by person, each in order.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn there(
    tx: &mut Tx<'_>,
    persons: &[PersonId],
    from: Instant,
    until: Instant,
) -> Result<Vec<(PersonId, Span)>, Fault> {
    let within = Span { from, until };
    let (shifts, leaves) = planned(tx, persons, within)?;
    let spans = |person: PersonId| {
        let (shifts, leaves) = of_one(person, &shifts, &leaves);
        coverage::there(&shifts, &leaves, within).into_iter().map(move |span| (person, span))
    };
    Ok(persons.iter().flat_map(|person| spans(*person)).collect())
}

/// Until when somebody goes on working who is there now: the end of their shift, or the begin of an absence. None when they aren't.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn on_shift(tx: &mut Tx<'_>, person: PersonId, at: Instant) -> Result<Option<Instant>, Fault> {
    // A shift that follows at once belongs to it.
    let within = Span { from: at, until: at.plus(coverage::LONGEST_SHIFT) };
    let (shifts, leaves) = planned(tx, &[person], within)?;
    Ok(coverage::on_shift(&shifts, &leaves, at))
}

/// Whether a team draws a roster at all. One that draws none is there in its engagement's hours of service: small companies don't
/// write down who works when.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn has_roster(tx: &mut Tx<'_>, team: TeamId, now: Instant) -> Result<bool, Fault> {
    coverage_tables::has_roster(tx, team, now.minus(FORGOTTEN_AFTER))
}

/// Until when somebody of a team goes on working: by their shifts, or by the hours of service where the team draws no roster.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn works_until(
    tx: &mut Tx<'_>,
    team: TeamId,
    hours: &Calendar,
    person: PersonId,
    at: Instant,
) -> Result<Option<Instant>, Fault> {
    if has_roster(tx, team, at)? {
        return on_shift(tx, person, at);
    }
    let within = Span { from: at, until: at.plus(coverage::LONGEST_SHIFT) };
    let leaves = coverage_tables::leaves_between(tx, &[person], within)?;
    let open: Vec<Span> = hours.open(within.from, within.until).collect();
    let left = leaves.iter().fold(open, |left, leave| coverage::without(&left, leave.span));
    Ok(coverage::joined(left)
        .into_iter()
        .find(|span| span.from <= at && at < span.until)
        .map(|span| span.until))
}

/// Whether somebody works for an engagement now: by their shift, or in its hours of service where its team draws no roster.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn is_there(
    tx: &mut Tx<'_>,
    engagement: EngagementId,
    person: PersonId,
    at: Instant,
) -> Result<bool, Fault> {
    let held = engagement_terms::of(tx, engagement, at)?;
    let hours = engagement_terms::calendar(tx, &held.engagement, &held.terms)?;
    Ok(works_until(tx, held.engagement.team, &hours, person, at)?.is_some())
}

/// When these people of a team are there: by their shifts, or in the hours of service where the team draws no roster.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn working(
    tx: &mut Tx<'_>,
    team: TeamId,
    hours: &Calendar,
    persons: &[PersonId],
    within: Span,
) -> Result<Vec<(PersonId, Span)>, Fault> {
    if has_roster(tx, team, within.from)? {
        return there(tx, persons, within.from, within.until);
    }
    let leaves = coverage_tables::leaves_between(tx, persons, within)?;
    let open: Vec<Span> = hours.open(within.from, within.until).collect();
    let spans = |person: PersonId| {
        let own = leaves.iter().filter(|leave| leave.person == person);
        let left = own.fold(open.clone(), |left, leave| coverage::without(&left, leave.span));
        coverage::joined(left).into_iter().map(move |span| (person, span))
    };
    Ok(persons.iter().flat_map(|person| spans(*person)).collect())
}

/// Whether somebody takes new cases; whoever never said is available.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn presence(tx: &mut Tx<'_>, person: PersonId) -> Result<Presence, Fault> {
    Ok(coverage_tables::presence(tx, person)?.map(|(state, _)| state).unwrap_or_default())
}

/// How many cases of a channel somebody can have at once.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn capacity(tx: &mut Tx<'_>, person: PersonId, channel: &str) -> Result<i64, Fault> {
    let said = coverage_tables::capacity(tx, person, channel)?;
    Ok(said.unwrap_or_else(|| coverage::usual_capacity(channel)))
}

/// Where somebody works: as it was said of them, else where their partner is, else in their client's zone with no country.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn site(tx: &mut Tx<'_>, person: PersonId) -> Result<Site, Fault> {
    Ok(sites(tx, &[person])?.pop().unwrap_or_else(nowhere))
}

/// Where these people work, in their order.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn sites(tx: &mut Tx<'_>, persons: &[PersonId]) -> Result<Vec<Site>, Fault> {
    let found = people_tables::sites(tx, persons)?;
    Ok(found.into_iter().map(|site| site.unwrap_or_else(nowhere)).collect())
}

fn nowhere() -> Site {
    Site { country: String::new(), city: String::new(), zone: "UTC".to_owned() }
}

fn planned(
    tx: &mut Tx<'_>,
    persons: &[PersonId],
    within: Span,
) -> Result<(Vec<ShiftEntry>, Vec<Leave>), Fault> {
    tx.together((
        |tx: &mut Tx<'_>| coverage_tables::shifts_between(tx, persons, within),
        |tx: &mut Tx<'_>| coverage_tables::leaves_between(tx, persons, within),
    ))
}

fn of_one(person: PersonId, shifts: &[ShiftEntry], leaves: &[Leave]) -> (Vec<ShiftEntry>, Vec<Leave>) {
    let shifts = shifts.iter().filter(|shift| shift.person == person).cloned().collect();
    (shifts, leaves.iter().filter(|leave| leave.person == person).cloned().collect())
}

/// The people of a team who can sign in, by name.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn team_people(tx: &mut Tx<'_>, team: TeamId) -> Result<Vec<Person>, Fault> {
    people_tables::people_of_team(tx, team)
}
