//! Work on a case: taking it, giving it to somebody, moving it between states, saying how urgent it is.

use crate::{Desk, changes, clocks, paging, speakers};
use cases::{Case, CaseRefusal, Priority, State, tables as case_tables};
use kernel::{CaseId, PersonId, Reach, Stop};
use people::{Person, tables as people_tables};
use store::Tx;

/// Gives a case to somebody, or to nobody. Everybody may take a case and give back their own; giving it to others is for leads.
///
/// # Errors
/// [`CaseRefusal::NotFound`], [`CaseRefusal::Merged`], [`CaseRefusal::CannotBeAssigned`], [`CaseRefusal::OnlyLeadsAssign`].
pub async fn assign(desk: &Desk, reach: &Reach, case: CaseId, to: Option<PersonId>) -> Result<(), Stop> {
    let (reach, now) = (reach.clone(), desk.clock.now());
    desk.store
        .write(move |tx| {
            let case = case_tables::find_unmerged(tx, &reach, case)?;
            may_assign(&reach, &case, to)?;
            let whom = match to {
                Some(person) => Some(colleague(tx, &case, person)?),
                None => None,
            };
            let state = if to.is_some() { case.state.after_assignment() } else { case.state };
            case_tables::assign(tx, case.id, to, state, now)?;
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
