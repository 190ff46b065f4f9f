//! The table of what cases are about.

use crate::matter::Matter;
use kernel::{CaseId, Fault};
use store::{Tx, sql};

/// What a case is about; [`Matter::unsaid`] where nobody has said so.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn matter(tx: &mut Tx<'_>, case: CaseId) -> Result<Matter, Fault> {
    let found = tx.maybe(
        sql!("select intent, product, country, tier, set_by, set_at from case_matters where case_id = $1"),
        &[&case],
        |row| {
            Ok(Matter {
                intent: row.take()?,
                product: row.take()?,
                country: row.take()?,
                tier: row.take()?,
                set_by: row.take()?,
                set_at: row.take()?,
            })
        },
    )?;
    Ok(found.unwrap_or_else(Matter::unsaid))
}

/// Says what a case is about.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn set_matter(tx: &mut Tx<'_>, case: CaseId, matter: &Matter) -> Result<(), Fault> {
    tx.run(
        sql!(
            "insert into case_matters (case_id, intent, product, country, tier, set_by, set_at)
             values ($1, $2, $3, $4, $5, $6, $7)
             on conflict (case_id) do update set intent = excluded.intent, product = excluded.product,
               country = excluded.country, tier = excluded.tier, set_by = excluded.set_by, set_at = excluded.set_at"
        ),
        &[
            &case,
            &matter.intent,
            &matter.product,
            &matter.country,
            &matter.tier,
            &matter.set_by,
            &matter.set_at,
        ],
    )
    .map(drop)
}
