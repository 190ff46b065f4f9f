//! Taking: somebody asks for their next case and is given the most pressing of those that they may take.

use super::{deciding, hall::Hall, mode};
use crate::{Desk, engagement_terms, outstanding, speakers};
use cases::{Case, State, tables as case_tables};
use engagements::terms::RoutingMode;
use kernel::{Because, CaseId, Fault, Instant, PersonId, Reach, Role, Stop};
use people::tables as people_tables;
use routing::{RoutingRefusal, Takeable, most_pressing, tables as routing_tables};
use std::time::Duration;
use store::Tx;

/// How far back somebody's cases are counted, for the turn of those that are late for long.
const A_DAY: Duration = Duration::from_secs(24 * 3_600);

/// Gives somebody their next case: the one that presses most of all that wait in their engagements and that they may take.
///
/// # Errors
/// [`RoutingRefusal::NothingWaits`].
pub async fn next(desk: &Desk, reach: &Reach) -> Result<CaseId, Stop> {
    let (inner, reach, now) = (desk.clone(), reach.clone(), desk.clock.now());
    desk.store
        .write(move |tx| {
            let halls = halls(tx, &inner, &reach, now)?;
            let taken = routing_tables::given_since(tx, &[reach.person()], now.minus(A_DAY))?;
            let taken = u32::try_from(taken.iter().map(Vec::len).sum::<usize>()).unwrap_or_default();
            let found = pick(&halls, reach.person(), taken, now).ok_or(RoutingRefusal::NothingWaits)?;
            give(tx, found, reach.person(), now)?;
            Ok(found.1.case.id)
        })
        .await
}

/// Whether somebody works where cases are taken one after the other.
///
/// # Errors
/// A fault when the database can't be reached.
pub async fn may_take_next(desk: &Desk, reach: &Reach) -> Result<bool, Fault> {
    let (reach, now) = (reach.clone(), desk.clock.now());
    desk.store
        .read(move |tx| {
            for seat in reach.seats().iter().filter(|seat| !seat.role.is_at_client()) {
                if mode(tx, seat.engagement, now)?.is_some() {
                    return Ok(true);
                }
            }
            Ok(false)
        })
        .await
}

/// Whether a representative may choose this case by themselves: not where cases are taken in the order of their urgency.
pub(crate) fn may_choose(tx: &mut Tx<'_>, reach: &Reach, case: &Case, now: Instant) -> Result<(), Stop> {
    let is_waiting = case.assignee.is_none() && matches!(case.state, State::New | State::Open);
    let is_representative = reach
        .seats()
        .iter()
        .any(|seat| seat.engagement == case.engagement && seat.role == Role::Representative);
    if !is_waiting || !is_representative || reach.leads(case.engagement) {
        return Ok(());
    }
    match mode(tx, case.engagement, now)? {
        Some(RoutingMode::Pull) => Err(RoutingRefusal::NotPicked.into()),
        Some(RoutingMode::Push) | None => Ok(()),
    }
}

fn halls(tx: &mut Tx<'_>, desk: &Desk, reach: &Reach, now: Instant) -> Result<Vec<Hall>, Fault> {
    let mut halls = Vec::new();
    for (engagement, _) in reach.engagements() {
        let in_force = engagement_terms::of(tx, engagement, now)?;
        if in_force.version.is_none() {
            continue;
        }
        let waiting = case_tables::waiting_for_somebody(tx, engagement, super::TOGETHER)?;
        if !waiting.is_empty() {
            halls.push(Hall::of(tx, desk, in_force, waiting, now)?);
        }
    }
    Ok(halls)
}

fn pick(halls: &[Hall], person: PersonId, taken: u32, now: Instant) -> Option<(&Hall, &super::hall::Asked)> {
    let mut found: Vec<(&Hall, &super::hall::Asked, routing::Way)> = Vec::new();
    for hall in halls {
        let Some(someone) = hall.people.iter().find(|someone| someone.person.id == person) else { continue };
        for asked in &hall.cases {
            let explained = hall.explained(asked, now);
            let own = explained.may.iter().find(|(number, _)| *number == someone.number);
            found.extend(own.map(|(_, rank)| (hall, asked, rank.way)));
        }
    }
    let takeable: Vec<Takeable<'_>> =
        found.iter().map(|(_, asked, way)| Takeable { ask: &asked.ask, due: asked.due, way: *way }).collect();
    most_pressing(&takeable, taken, now).map(|at| (found[at].0, found[at].1))
}

fn give(
    tx: &mut Tx<'_>,
    (hall, asked): (&Hall, &super::hall::Asked),
    person: PersonId,
    now: Instant,
) -> Result<(), Stop> {
    let case = &asked.case;
    let mut explained = hall.explained(asked, now);
    // Whoever asked comes first, whoever else could have taken it after them.
    let own = explained.may.iter().position(|(number, _)| hall.someone(*number).person.id == person);
    if let Some(at) = own {
        let first = explained.may.remove(at);
        explained.may.insert(0, first);
    }
    let way = explained.may.first().map_or("", |(_, rank)| rank.way.as_str());
    let sentence = "They asked for their next case, and of those that they may take this one presses most.";
    let mut reasons = deciding::reasons(hall, asked, &explained, Because::new("routing.pulled", sentence));
    reasons.why.truncate(1);
    case_tables::give(tx, &[(case.id, person, case.state.after_assignment())], now)?;
    outstanding::settle(tx, case.id, now)?;
    routing_tables::add_routings(tx, &[deciding::routing(case, now, Some(person), way, "pull", reasons)])?;
    let who = people_tables::person(tx, person)?.ok_or_else(|| Fault::new("whoever asks is not there"))?;
    let sentence = format!("{} took it as their next case.{}", who.name, speakers::why_them(&who, case, now));
    Ok(tx.record(&deciding::event(case, "case.routed", now, sentence))?)
}
