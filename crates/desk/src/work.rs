//! Work on a case: taking it, giving it to somebody, moving it between states, saying how urgent it is.

use crate::{Desk, changes, clocks, outstanding, paging, permits, routing, speakers};
use ::routing::RoutingRefusal;
use cases::{Case, CaseRefusal, Priority, State, tables as case_tables};
use kernel::{CaseId, Instant, PersonId, Reach, Stop};
use people::{Person, tables as people_tables};
use store::Tx;

/// Gives a case to somebody, or to nobody. Everybody may take a case and give back their own; giving it to others is for leads.
///
/// # Errors
/// [`CaseRefusal::NotFound`], [`CaseRefusal::Merged`], [`CaseRefusal::CannotBeAssigned`], [`CaseRefusal::OnlyLeadsAssign`],
/// [`RoutingRefusal::CannotAnswer`], [`RoutingRefusal::NotPicked`].
pub async fn assign(desk: &Desk, reach: &Reach, case: CaseId, to: Option<PersonId>) -> Result<(), Stop> {
    let (reach, now) = (reach.clone(), desk.clock.now());
    desk.store
        .write(move |tx| {
            let case = case_tables::find_unmerged(tx, &reach, case)?;
            may_assign(&reach, &case, to)?;
            if let Some(person) = to {
                may_have(tx, &reach, &case, person, now)?;
            }
            let whom = match to {
                Some(person) => Some(colleague(tx, &case, person)?),
                None => None,
            };
            let state = if to.is_some() { case.state.after_assignment() } else { case.state };
            case_tables::assign(tx, case.id, to, state, now)?;
            outstanding::settle(tx, case.id, now)?;
            let sentence = match &whom {
                Some(person) if person.id == reach.person() => format!("{} took the case.", person.name),
                Some(person) => {
                    format!(
                        "The case was given to {}.{}",
                        person.name,
                        speakers::why_them(person, &case, now)
                    )
                }
                None => "The case was given back to the queue.".to_owned(),
            };
            changes::happened(tx, &case, "case.assigned", Some(reach.person()), now, sentence)?;
            match to {
                Some(person) => routing::by_hand(tx, &case, person, reach.person(), now)?,
                None => routing::given_back(tx, &case, now)?,
            }
            Ok(())
        })
        .await
}

fn may_assign(reach: &Reach, case: &Case, to: Option<PersonId>) -> Result<(), CaseRefusal> {
    let me = Some(reach.person());
    let takes = to == me;
    let gives_back = to.is_none() && (case.assignee == me || case.assignee.is_none());
    if takes || gives_back || reach.leads(case.engagement) {
        Ok(())
    } else {
        Err(CaseRefusal::OnlyLeadsAssign)
    }
}

/// A case is given to those only who may answer it, and taken in its turn where cases are.
fn may_have(tx: &mut Tx<'_>, reach: &Reach, case: &Case, person: PersonId, now: Instant) -> Result<(), Stop> {
    if person == reach.person() {
        routing::may_choose(tx, reach, case, now)?;
    }
    let right = permits::right_to_answer(tx, case, person, now)?;
    right.map(drop).map_err(|_| RoutingRefusal::CannotAnswer.into())
}

fn colleague(tx: &mut Tx<'_>, case: &Case, person: PersonId) -> Result<Person, Stop> {
    let all = people_tables::colleagues(tx, case.engagement)?;
    all.into_iter().find(|known| known.id == person).ok_or_else(|| CaseRefusal::CannotBeAssigned.into())
}

/// Moves a case to another state.
///
/// # Errors
/// [`CaseRefusal::NotFound`], [`CaseRefusal::Merged`], [`CaseRefusal::AlreadySo`], [`CaseRefusal::NeverNewAgain`].
pub async fn move_to(desk: &Desk, reach: &Reach, case: CaseId, to: State) -> Result<(), Stop> {
    let (reach, now) = (reach.clone(), desk.clock.now());
    desk.store
        .write(move |tx| {
            let case = case_tables::find_unmerged(tx, &reach, case)?;
            let state = case.state.moved_to(to)?;
            case_tables::set_state(tx, case.id, state, now)?;
            clocks::moved(tx, &case, state, now)?;
            routing::needs_somebody(tx, case.id, now)?;
            let (kind, words) = match state {
                State::Closed => ("case.closed", "closed the case."),
                _ if case.state == State::Closed => ("case.reopened", "reopened the case."),
                State::Waiting => ("case.moved", "noted that the customer has the next word."),
                _ => ("case.moved", "noted that it is our turn."),
            };
            Ok(changes::did(tx, &case, &reach, kind, now, words)?)
        })
        .await
}

/// Says how urgent a case is.
///
/// # Errors
/// [`CaseRefusal::NotFound`], [`CaseRefusal::Merged`].
pub async fn prioritise(desk: &Desk, reach: &Reach, case: CaseId, priority: Priority) -> Result<(), Stop> {
    let (reach, now) = (reach.clone(), desk.clock.now());
    desk.store
        .write(move |tx| {
            let case = case_tables::find_unmerged(tx, &reach, case)?;
            if case.priority == priority {
                return Ok(());
            }
            case_tables::set_priority(tx, case.id, priority, now)?;
            clocks::measured_anew(tx, case.id, now)?;
            let sentence = format!("The priority was changed from {} to {priority}.", case.priority);
            changes::happened(tx, &case, "case.prioritised", Some(reach.person()), now, sentence)?;
            paging::prioritised(tx, &reach, &case, priority, now)?;
            Ok(())
        })
        .await
}
