//! The table of decisions: who was given a case, or why nobody.

use crate::reasons::Reasons;
use kernel::{CaseId, EngagementId, Fault, Instant, PersonId, RoutingId};
use store::{Param, Row, Tx, sql};

/// A decision of routing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Routing {
    /// The decision.
    pub id: RoutingId,
    /// About which case.
    pub case: CaseId,
    /// When.
    pub at: Instant,
    /// In which engagement.
    pub engagement: EngagementId,
    /// Who was given it; none where nobody could.
    pub person: Option<PersonId>,
    /// How they understand the customer: `native`, `certified`, `written`, `translated`, or empty.
    pub way: String,
    /// `push`, `pull`, `again` or `hand`.
    pub how: String,
    /// Why them, why now, who else, why nobody.
    pub reasons: Reasons,
}

fn routing_row(row: &mut Row) -> Result<Routing, Fault> {
    let (id, case, at, engagement) = (row.take()?, row.take()?, row.take()?, row.take()?);
    let (person, way, how) = (row.take()?, row.take()?, row.take()?);
    let reasons: String = row.take()?;
    let reasons = serde_json::from_str(&reasons).map_err(Fault::new)?;
    Ok(Routing { id, case, at, engagement, person, way, how, reasons })
}

/// Writes decisions down, all at once.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn add_routings(tx: &mut Tx<'_>, routings: &[Routing]) -> Result<(), Fault> {
    let reasons = routings.iter().map(|routing| serde_json::to_string(&routing.reasons));
    let reasons: Vec<String> = reasons.collect::<Result<_, _>>().map_err(Fault::new)?;
    let set = |(routing, reasons): (&'_ Routing, &'_ String)| -> Vec<Box<dyn Param>> {
        let Routing { id, case, at, engagement, person, way, how, .. } = routing.clone();
        vec![
            Box::new(id),
            Box::new(case),
            Box::new(at),
            Box::new(engagement),
            Box::new(person),
            Box::new(way),
            Box::new(how),
            Box::new(reasons.clone()),
        ]
    };
    let rows: Vec<Vec<Box<dyn Param>>> = routings.iter().zip(&reasons).map(set).collect();
    let sets: Vec<Vec<&dyn Param>> = rows.iter().map(|row| row.iter().map(AsRef::as_ref).collect()).collect();
    tx.lists(
        sql!(
            "insert into routings (id, case_id, at, engagement_id, person_id, way, how, reasons)
             values ($1, $2, $3, $4, $5, $6, $7, $8) returning id"
        ),
        &sets,
        Row::take::<RoutingId>,
    )
    .map(drop)
}

/// When cases were given to these people since an instant, the last first, person by person.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn given_since(
    tx: &mut Tx<'_>,
    persons: &[PersonId],
    since: Instant,
) -> Result<Vec<Vec<Instant>>, Fault> {
    let sets: Vec<Vec<&dyn Param>> =
        persons.iter().map(|person| -> Vec<&dyn Param> { vec![person, &since] }).collect();
    tx.lists(
        sql!("select at from routings where person_id = $1 and at >= $2 order by at desc"),
        &sets,
        Row::take,
    )
}

/// The decisions about a case, the newest first; at most `limit`.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn routings(tx: &mut Tx<'_>, case: CaseId, limit: i64) -> Result<Vec<Routing>, Fault> {
    tx.list(
        sql!(
            "select id, case_id, at, engagement_id, person_id, way, how, reasons from routings
             where case_id = $1 order by at desc, id desc limit $2"
        ),
        &[&case, &limit],
        routing_row,
    )
}

/// The last decision about each of these cases, in their order.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn last_routings(tx: &mut Tx<'_>, cases: &[CaseId]) -> Result<Vec<Option<Routing>>, Fault> {
    let sets: Vec<Vec<&dyn Param>> = cases.iter().map(|case| -> Vec<&dyn Param> { vec![case] }).collect();
    let found = tx.lists(
        sql!(
            "select id, case_id, at, engagement_id, person_id, way, how, reasons from routings
             where case_id = $1 order by at desc, id desc limit 1"
        ),
        &sets,
        routing_row,
    )?;
    Ok(found.into_iter().map(|mut rows| rows.pop()).collect())
}
