//! The table of decisions: who was given a case, or why nobody.

use crate::reasons::Reasons;
use kernel::{CaseId, EngagementId, Fault, Instant, PersonId, RoutingId};
use store::{Row, Tx, sql};

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

/// Writes a decision down.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn add_routing(tx: &mut Tx<'_>, routing: &Routing) -> Result<(), Fault> {
    let reasons = serde_json::to_string(&routing.reasons).map_err(Fault::new)?;
    tx.run(
        sql!(
            "insert into routings (id, case_id, at, engagement_id, person_id, way, how, reasons)
             values ($1, $2, $3, $4, $5, $6, $7, $8)"
        ),
        &[
            &routing.id,
            &routing.case,
            &routing.at,
            &routing.engagement,
            &routing.person,
            &routing.way,
            &routing.how,
            &reasons,
        ],
    )
    .map(drop)
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

/// The last decision about a case.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn last_routing(tx: &mut Tx<'_>, case: CaseId) -> Result<Option<Routing>, Fault> {
    Ok(routings(tx, case, 1)?.into_iter().next())
}
