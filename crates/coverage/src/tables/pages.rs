//! The tables of pages: cases for which people were called, and what happened to each.

use crate::{
    KeptPage,
    on_call::{Level, Page, Trail},
};
use kernel::{CaseId, Fault, Instant, PageId, PersonId};
use std::time::Duration;
use store::{Param, Row, Tx, sql};

/// What stands in a page's own row.
struct Head {
    page: KeptPage,
    levels: Vec<Level>,
}

fn head(row: &mut Row) -> Result<Head, Fault> {
    let (id, case, engagement) = (row.take()?, row.take()?, row.take()?);
    let (because, begun_by, begun_at) = (row.take()?, row.take()?, row.take()?);
    let levels: String = row.take()?;
    let levels: Vec<(Vec<PersonId>, u64)> = serde_json::from_str(&levels).map_err(Fault::new)?;
    let level = |(people, seconds)| Level { people, within: Duration::from_secs(seconds) };
    let levels: Vec<Level> = levels.into_iter().map(level).collect();
    let page = Page::kept(Vec::new(), Vec::new());
    Ok(Head { page: KeptPage { id, case, engagement, because, begun_by, begun_at, page }, levels })
}

fn whole(tx: &mut Tx<'_>, heads: Vec<Head>) -> Result<Vec<KeptPage>, Fault> {
    let sets: Vec<Vec<&dyn Param>> =
        heads.iter().map(|head| -> Vec<&dyn Param> { vec![&head.page.id] }).collect();
    let trails = tx.lists(
        sql!("select kind, level, person_id, at from page_steps where page_id = $1 order by position"),
        &sets,
        step,
    )?;
    let joined = heads.into_iter().zip(trails);
    Ok(joined.map(|(head, trail)| KeptPage { page: Page::kept(head.levels, trail), ..head.page }).collect())
}

fn step(row: &mut Row) -> Result<Trail, Fault> {
    let kind: String = row.take()?;
    let level: Option<i64> = row.take()?;
    let (person, at): (Option<PersonId>, Instant) = (row.take()?, row.take()?);
    match (kind.as_str(), level, person) {
        ("called", Some(level), _) => {
            Ok(Trail::Called { level: usize::try_from(level).map_err(Fault::new)?, at })
        }
        ("acknowledged", _, Some(by)) => Ok(Trail::Acknowledged { by, at }),
        ("unanswered", ..) => Ok(Trail::Unanswered { at }),
        _ => Err(Fault::new("a step of a page is unknown")),
    }
}

/// Writes a page down as it stands: a new one, or what has happened to it since.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn put_page(tx: &mut Tx<'_>, kept: &KeptPage) -> Result<(), Fault> {
    let levels: Vec<(&[PersonId], u64)> =
        kept.page.levels().iter().map(|level| (level.people.as_slice(), level.within.as_secs())).collect();
    tx.run(
        sql!(
            "insert into pages (id, case_id, engagement_id, because, begun_by, begun_at, levels, next_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (id) do update set next_at = excluded.next_at"
        ),
        &[
            &kept.id,
            &kept.case,
            &kept.engagement,
            &kept.because,
            &kept.begun_by,
            &kept.begun_at,
            &serde_json::to_string(&levels).map_err(Fault::new)?,
            &kept.page.next_at(),
        ],
    )?;
    for (position, step) in (0_i64..).zip(kept.page.trail()) {
        let (kind, level, person, at) = match step {
            Trail::Called { level, at } => ("called", i64::try_from(*level).ok(), None, *at),
            Trail::Acknowledged { by, at } => ("acknowledged", None, Some(*by), *at),
            Trail::Unanswered { at } => ("unanswered", None, None, *at),
        };
        tx.run(
            sql!(
                "insert into page_steps (page_id, position, kind, level, person_id, at) values ($1, $2, $3, $4, $5, $6)
                 on conflict do nothing"
            ),
            &[&kept.id, &position, &kind, &level, &person, &at],
        )?;
    }
    Ok(())
}

/// One page.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn page(tx: &mut Tx<'_>, id: PageId) -> Result<Option<KeptPage>, Fault> {
    let heads = tx.list(
        sql!(
            "select id, case_id, engagement_id, because, begun_by, begun_at, levels from pages where id = $1"
        ),
        &[&id],
        head,
    )?;
    Ok(whole(tx, heads)?.pop())
}

/// The pages of a case, the latest first.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn pages_of_case(tx: &mut Tx<'_>, case: CaseId) -> Result<Vec<KeptPage>, Fault> {
    let heads = tx.list(
        sql!(
            "select id, case_id, engagement_id, because, begun_by, begun_at, levels from pages
             where case_id = $1 order by begun_at desc, id desc"
        ),
        &[&case],
        head,
    )?;
    whole(tx, heads)
}

/// The pages that go on, and those that began after an instant, the latest first.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn pages_since(tx: &mut Tx<'_>, since: Instant) -> Result<Vec<KeptPage>, Fault> {
    let heads = tx.list(
        sql!(
            "select id, case_id, engagement_id, because, begun_by, begun_at, levels from pages
             where next_at is not null or begun_at > $1 order by begun_at desc, id desc limit 200"
        ),
        &[&since],
        head,
    )?;
    whole(tx, heads)
}
