//! The table of what cases are about.

use crate::matter::Matter;
use kernel::{CaseId, ClientId, Fault, Instant, LanguageTag, MailboxId, Priority, Tier};
use store::{Param, Row, Tx, sql};

/// What a case is about; [`Matter::unsaid`] where nobody has said so.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn matter(tx: &mut Tx<'_>, case: CaseId) -> Result<Matter, Fault> {
    Ok(matters(tx, &[case])?.pop().unwrap_or_else(Matter::unsaid))
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

/// A case as it came, by which terms are tried.
#[derive(Clone, Debug)]
pub struct Came {
    /// When it was opened.
    pub at: Instant,
    /// At which mailbox.
    pub mailbox: MailboxId,
    /// In which language.
    pub language: LanguageTag,
    /// How urgent it is.
    pub priority: Priority,
    /// What it is about.
    pub matter: Matter,
}

/// What came to a client since an instant, the most recently touched first, and at most so many.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn came(tx: &mut Tx<'_>, client: ClientId, since: Instant, most: i64) -> Result<Vec<Came>, Fault> {
    tx.list(
        sql!(
            "select c.opened_at, c.mailbox_id, c.language, c.priority, m.intent, m.product, m.country, m.tier
             from cases c left join case_matters m on m.case_id = c.id
             where c.updated_at >= $1 and c.opened_at >= $1 and c.client_id = $2 and c.merged_into_id is null
             order by c.updated_at desc limit $3"
        ),
        &[&since, &client, &most],
        |row| {
            let (at, mailbox) = (row.take()?, row.take()?);
            let (language, priority) = (row.take()?, row.take()?);
            let intent: Option<String> = row.take()?;
            let product: Option<String> = row.take()?;
            let country: Option<String> = row.take()?;
            let tier: Option<Tier> = row.take()?;
            let unsaid = Matter::unsaid();
            let matter = Matter {
                intent: intent.unwrap_or_default(),
                product: product.unwrap_or_default(),
                country: country.unwrap_or_default(),
                tier: tier.unwrap_or(unsaid.tier),
                ..unsaid
            };
            Ok(Came { at, mailbox, language, priority, matter })
        },
    )
}

/// What these cases are about, in their order.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn matters(tx: &mut Tx<'_>, cases: &[CaseId]) -> Result<Vec<Matter>, Fault> {
    let sets: Vec<Vec<&dyn Param>> = cases.iter().map(|case| -> Vec<&dyn Param> { vec![case] }).collect();
    let found = tx.lists(
        sql!("select intent, product, country, tier, set_by, set_at from case_matters where case_id = $1"),
        &sets,
        matter_row,
    )?;
    Ok(found.into_iter().map(|mut rows| rows.pop().unwrap_or_else(Matter::unsaid)).collect())
}

fn matter_row(row: &mut Row) -> Result<Matter, Fault> {
    Ok(Matter {
        intent: row.take()?,
        product: row.take()?,
        country: row.take()?,
        tier: row.take()?,
        set_by: row.take()?,
        set_at: row.take()?,
    })
}
