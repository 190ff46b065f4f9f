//! Why a case is with whom it is: what was decided, and what would be decided now.

use super::{deciding, hall::Hall};
use crate::{Desk, engagement_terms};
use cases::{Case, CaseRefusal, tables as case_tables};
use kernel::{Because, CaseId, Fault, Instant, PersonId, Reach, Stop};
use people::tables as people_tables;
use routing::{
    Reasons,
    tables::{self as routing_tables, Routing},
};
use store::{Store, Tx};

/// What is shown of routing at a case.
#[derive(Clone, Debug)]
pub struct Shown {
    /// The case.
    pub case: Case,
    /// The decisions, the newest first.
    pub decisions: Vec<Routing>,
    /// What would be decided now, if nobody had it; none where nothing is routed.
    pub now: Option<Reasons>,
    /// Who would be given it.
    pub would_be: Option<PersonId>,
    /// Everybody who is named.
    pub names: Vec<Somebody>,
}

/// Somebody who is named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Somebody {
    /// Who.
    pub id: PersonId,
    /// Their name.
    pub name: String,
}

/// So many decisions are shown.
const SHOWN: i64 = 10;

/// Why a case is with whom it is, for whoever may see it.
///
/// # Errors
/// [`CaseRefusal::NotFound`].
pub async fn why(desk: &Desk, reach: &Reach, case: CaseId) -> Result<Shown, Stop> {
    let (inner, reach, now) = (desk.clone(), reach.clone(), desk.clock.now());
    desk.store
        .read(move |tx| {
            let case = case_tables::find(tx, &reach, case)?;
            Ok(shown(tx, &inner, case, now)?)
        })
        .await
}

/// The same for whoever has the data folder: by the case's reference or its id.
///
/// # Errors
/// [`CaseRefusal::NotFound`].
pub async fn explain(desk: &Desk, named: &str) -> Result<Shown, Stop> {
    let (inner, named, now) = (desk.clone(), named.trim().to_owned(), desk.clock.now());
    let store: Store = desk.store.clone();
    store
        .read(move |tx| {
            let by_id = named.parse::<CaseId>().ok();
            let case = match by_id {
                Some(id) => case_tables::case(tx, id)?,
                None => case_tables::case_by_reference(tx, &cases::reference_of(&named))?,
            };
            Ok(shown(tx, &inner, case.ok_or(CaseRefusal::NotFound)?, now)?)
        })
        .await
}

fn shown(tx: &mut Tx<'_>, desk: &Desk, case: Case, now: Instant) -> Result<Shown, Fault> {
    let decisions = routing_tables::routings(tx, case.id, SHOWN)?;
    let in_force = engagement_terms::of(tx, case.engagement, now)?;
    let (mut would_be, mut reasons) = (None, None);
    if in_force.version.is_some() && case.state.is_open() {
        let hall = Hall::of(tx, desk, in_force, vec![case.clone()], now)?;
        if let Some(asked) = deciding::found(&hall, case.id) {
            let explained = hall.explained(asked, now);
            would_be = explained.may.first().map(|(number, _)| hall.someone(*number).person.id);
            let why_now = Because::new("routing.asked", "This is what would be decided now.");
            reasons = Some(deciding::reasons(&hall, asked, &explained, why_now));
        }
    }
    let names = people_tables::persons(tx)?.into_iter();
    let all = decisions.iter().map(|decision| &decision.reasons).chain(&reasons);
    let mut named: Vec<PersonId> = all
        .flat_map(|reasons| reasons.who_else.iter().chain(&reasons.who_not).map(|told| told.person))
        .collect();
    named.extend(decisions.iter().filter_map(|decision| decision.person));
    named.extend(would_be);
    let names = names.filter(|person| named.contains(&person.id));
    let names = names.map(|person| Somebody { id: person.id, name: person.name }).collect();
    Ok(Shown { case, decisions, now: reasons, would_be, names })
}
