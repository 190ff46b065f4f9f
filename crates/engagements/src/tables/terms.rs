//! The table of terms, version by version.

use crate::terms::{Agreement, Side, Terms, Version, VersionState};
use jiff::civil::Date;
use kernel::{EngagementId, Fault, Instant, PersonId};
use store::{Row, Tx, sql};

fn version_row(row: &mut Row) -> Result<Version, Fault> {
    let (engagement, version): (EngagementId, i64) = (row.take()?, row.take()?);
    let from_on: String = row.take()?;
    let state = row.take()?;
    let terms: String = row.take()?;
    let of = |what: &str, cause: &dyn std::fmt::Display| {
        Fault::new(format!("engagement {engagement}, version {version}: {what}: {cause}"))
    };
    Ok(Version {
        engagement,
        version,
        from_on: from_on.parse().map_err(|cause: jiff::Error| of("from_on", &cause))?,
        state,
        terms: serde_json::from_str(&terms).map_err(|cause| of("terms", &cause))?,
        why: row.take()?,
        proposed: Agreement { by: row.take()?, at: row.take()? },
        client: agreement(row)?,
        partner: agreement(row)?,
        withdrawn: agreement(row)?,
    })
}

fn agreement(row: &mut Row) -> Result<Option<Agreement>, Fault> {
    let by: Option<PersonId> = row.take()?;
    let at: Option<Instant> = row.take()?;
    Ok(at.map(|at| Agreement { by, at }))
}

/// The terms of an engagement on a day, with their version; the usual ones where nobody has agreed on any.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn in_force(tx: &mut Tx<'_>, engagement: EngagementId, on: Date) -> Result<(Option<i64>, Terms), Fault> {
    let found = tx.maybe(
        sql!(
            "select version, terms from engagement_terms where engagement_id = $1 and state = 'agreed' and from_on <= $2
             order by from_on desc, version desc limit 1"
        ),
        &[&engagement, &on.to_string()],
        |row| Ok((row.take::<i64>()?, row.take::<String>()?)),
    )?;
    let Some((version, written)) = found else { return Ok((None, Terms::default())) };
    let terms = serde_json::from_str(&written)
        .map_err(|cause| Fault::new(format!("engagement {engagement}, version {version}: {cause}")))?;
    Ok((Some(version), terms))
}

/// All versions of an engagement's terms, newest first.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn versions(tx: &mut Tx<'_>, engagement: EngagementId) -> Result<Vec<Version>, Fault> {
    tx.list(
        sql!(
            "select engagement_id, version, from_on, state, terms, why, proposed_by, proposed_at, client_agreed_by, client_agreed_at,
               partner_agreed_by, partner_agreed_at, withdrawn_by, withdrawn_at
             from engagement_terms where engagement_id = $1 order by version desc"
        ),
        &[&engagement],
        version_row,
    )
}

/// One version.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn version(tx: &mut Tx<'_>, engagement: EngagementId, version: i64) -> Result<Option<Version>, Fault> {
    tx.maybe(
        sql!(
            "select engagement_id, version, from_on, state, terms, why, proposed_by, proposed_at, client_agreed_by, client_agreed_at,
               partner_agreed_by, partner_agreed_at, withdrawn_by, withdrawn_at
             from engagement_terms where engagement_id = $1 and version = $2"
        ),
        &[&engagement, &version],
        version_row,
    )
}

/// Writes a version down.
///
/// # Errors
/// A fault when the engine refuses it, as it does when its number is taken.
pub fn add(tx: &mut Tx<'_>, version: &Version) -> Result<(), Fault> {
    let terms = serde_json::to_string(&version.terms).map_err(Fault::new)?;
    let at = |agreement: Option<Agreement>| agreement.map(|agreement| agreement.at);
    let by = |agreement: Option<Agreement>| agreement.and_then(|agreement| agreement.by);
    tx.run(
        sql!(
            "insert into engagement_terms (engagement_id, version, from_on, state, terms, why, proposed_by, proposed_at,
               client_agreed_by, client_agreed_at, partner_agreed_by, partner_agreed_at, withdrawn_by, withdrawn_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)"
        ),
        &[
            &version.engagement,
            &version.version,
            &version.from_on.to_string(),
            &version.state,
            &terms,
            &version.why,
            &version.proposed.by,
            &version.proposed.at,
            &by(version.client),
            &at(version.client),
            &by(version.partner),
            &at(version.partner),
            &by(version.withdrawn),
            &at(version.withdrawn),
        ],
    )
    .map(drop)
}

/// Notes that a side has agreed, and where the version stands then.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn agree(
    tx: &mut Tx<'_>,
    engagement: EngagementId,
    version: i64,
    side: Side,
    agreement: Agreement,
    state: VersionState,
) -> Result<(), Fault> {
    let statement = match side {
        Side::Client => sql!(
            "update engagement_terms set state = $1, client_agreed_by = $2, client_agreed_at = $3
             where engagement_id = $4 and version = $5 and state = 'proposed'"
        ),
        Side::Partner => sql!(
            "update engagement_terms set state = $1, partner_agreed_by = $2, partner_agreed_at = $3
             where engagement_id = $4 and version = $5 and state = 'proposed'"
        ),
    };
    tx.run(statement, &[&state, &agreement.by, &agreement.at, &engagement, &version]).map(drop)
}

/// Takes a version back that nobody has agreed on yet.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn withdraw(
    tx: &mut Tx<'_>,
    engagement: EngagementId,
    version: i64,
    agreement: Agreement,
) -> Result<(), Fault> {
    tx.run(
        sql!(
            "update engagement_terms set state = 'withdrawn', withdrawn_by = $1, withdrawn_at = $2
             where engagement_id = $3 and version = $4 and state = 'proposed'"
        ),
        &[&agreement.by, &agreement.at, &engagement, &version],
    )
    .map(drop)
}
