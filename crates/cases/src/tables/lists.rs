//! Lists of cases. Each engagement in reach is asked for its own newest cases by an index that holds exactly that order; the pages
//! are merged afterwards. So a list costs the same however many cases there are.

use crate::{Cursor, Filter, ListRow, View};
use kernel::{CaseId, EngagementId, Fault, LanguageTag, Reach, Sight};
use std::collections::BTreeSet;
use store::{Row, Tx, sql};

/// Counts stop here; pages then say "999+".
const COUNTED: i64 = 1000;

pub(super) fn list_row(row: &mut Row) -> Result<ListRow, Fault> {
    Ok(ListRow {
        id: row.take()?,
        client: row.take()?,
        engagement: row.take()?,
        customer: row.take()?,
        customer_name: row.take()?,
        reference: row.take()?,
        subject: row.take()?,
        snippet: row.take()?,
        state: row.take()?,
        priority: row.take()?,
        language: row.take()?,
        assignee: row.take()?,
        assignee_name: row.take()?,
        last_word: row.take()?,
        messages: row.take()?,
        updated_at: row.take()?,
    })
}

/// The engagements that a list is made from, each with its sight.
pub(super) fn asked(reach: &Reach, filter: &Filter) -> Vec<(EngagementId, Sight)> {
    let wanted: BTreeSet<EngagementId> = reach
        .seats()
        .iter()
        .filter(|seat| filter.client.is_none_or(|client| client == seat.client))
        .map(|seat| seat.engagement)
        .collect();
    reach.engagements().into_iter().filter(|(engagement, _)| wanted.contains(engagement)).collect()
}

/// The newest cases of a view within reach, after the cursor; at most `limit`.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn list(
    tx: &mut Tx<'_>,
    reach: &Reach,
    view: View,
    filter: &Filter,
    after: Option<Cursor>,
    limit: i64,
) -> Result<Vec<ListRow>, Fault> {
    let mut merged = Vec::new();
    for (engagement, sight) in asked(reach, filter) {
        merged.extend(of_engagement(tx, reach, (engagement, sight), view, filter, after, limit)?);
    }
    merged.sort_by_key(|row| std::cmp::Reverse((row.updated_at, row.id)));
    merged.truncate(usize::try_from(limit).unwrap_or(0));
    Ok(merged)
}

fn of_engagement(
    tx: &mut Tx<'_>,
    reach: &Reach,
    (engagement, sight): (EngagementId, Sight),
    view: View,
    filter: &Filter,
    after: Option<Cursor>,
    limit: i64,
) -> Result<Vec<ListRow>, Fault> {
    let state = filter.state.map_or("", crate::State::as_str);
    let language = filter.language.as_ref().map_or("", LanguageTag::as_str);
    let at = after.map_or(i64::MAX, |cursor| cursor.updated_at.micros());
    let id = after.map_or(String::new(), |cursor| cursor.id.to_string());
    match (view, sight) {
        (View::Unassigned, Sight::Assigned) => Ok(Vec::new()),
        (View::Unassigned, Sight::Whole) => tx.list(
            sql!(
                "select c.id, c.client_id, c.engagement_id, c.customer_id,
                        case u.name when '' then (select min(a.address) from customer_addresses a where a.customer_id = u.id) else u.name end,
                        c.reference, c.subject, c.snippet,
                        c.state, c.priority, c.language, c.assignee_id, p.name, c.last_word, c.message_count, c.updated_at
                 from cases c join customers u on u.id = c.customer_id left join persons p on p.id = c.assignee_id
                 where c.assignee_id is null and c.engagement_id = $1 and c.is_open = $2
                   and (c.updated_at, c.id) < ($3, $4) and ($5 = '' or c.state = $5) and ($6 = '' or c.language = $6)
                 order by c.updated_at desc, c.id desc limit $7"
            ),
            &[&engagement, &true, &at, &id, &state, &language, &limit],
            list_row,
        ),
        (View::Mine, _) | (_, Sight::Assigned) => tx.list(
            sql!(
                "select c.id, c.client_id, c.engagement_id, c.customer_id,
                        case u.name when '' then (select min(a.address) from customer_addresses a where a.customer_id = u.id) else u.name end,
                        c.reference, c.subject, c.snippet,
                        c.state, c.priority, c.language, c.assignee_id, p.name, c.last_word, c.message_count, c.updated_at
                 from cases c join customers u on u.id = c.customer_id left join persons p on p.id = c.assignee_id
                 where c.assignee_id = $1 and c.is_open = $2 and c.engagement_id = $3
                   and (c.updated_at, c.id) < ($4, $5) and ($6 = '' or c.state = $6) and ($7 = '' or c.language = $7)
                 order by c.updated_at desc, c.id desc limit $8"
            ),
            &[&reach.person(), &(view != View::Closed), &engagement, &at, &id, &state, &language, &limit],
            list_row,
        ),
        (View::Open | View::Closed, Sight::Whole) => tx.list(
            sql!(
                "select c.id, c.client_id, c.engagement_id, c.customer_id,
                        case u.name when '' then (select min(a.address) from customer_addresses a where a.customer_id = u.id) else u.name end,
                        c.reference, c.subject, c.snippet,
                        c.state, c.priority, c.language, c.assignee_id, p.name, c.last_word, c.message_count, c.updated_at
                 from cases c join customers u on u.id = c.customer_id left join persons p on p.id = c.assignee_id
                 where c.engagement_id = $1 and c.is_open = $2
                   and (c.updated_at, c.id) < ($3, $4) and ($5 = '' or c.state = $5) and ($6 = '' or c.language = $6)
                 order by c.updated_at desc, c.id desc limit $7"
            ),
            &[&engagement, &(view == View::Open), &at, &id, &state, &language, &limit],
            list_row,
        ),
    }
}

/// How many cases a view holds within reach; counting stops at a thousand for each engagement.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn count(tx: &mut Tx<'_>, reach: &Reach, view: View, filter: &Filter) -> Result<i64, Fault> {
    let mut total = 0;
    for (engagement, sight) in asked(reach, filter) {
        total += match (view, sight) {
            (View::Unassigned, Sight::Assigned) => 0,
            (View::Unassigned, Sight::Whole) => tx.value::<i64>(
                sql!(
                    "select count(*) from (select 1 from cases
                       where assignee_id is null and engagement_id = $1 and is_open = $2 limit $3) as counted"
                ),
                &[&engagement, &true, &COUNTED],
            )?,
            (View::Mine, _) | (_, Sight::Assigned) => tx.value::<i64>(
                sql!(
                    "select count(*) from (select 1 from cases
                       where assignee_id = $1 and is_open = $2 and engagement_id = $3 limit $4) as counted"
                ),
                &[&reach.person(), &(view != View::Closed), &engagement, &COUNTED],
            )?,
            (View::Open | View::Closed, Sight::Whole) => tx.value::<i64>(
                sql!(
                    "select count(*) from (select 1 from cases
                       where engagement_id = $1 and is_open = $2 limit $3) as counted"
                ),
                &[&engagement, &(view == View::Open), &COUNTED],
            )?,
        };
    }
    Ok(total)
}

/// These cases as a list shows them, in the same order; those outside reach are left out.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn rows(tx: &mut Tx<'_>, reach: &Reach, ids: &[CaseId]) -> Result<Vec<ListRow>, Fault> {
    let mut rows = Vec::new();
    for id in ids {
        let row = tx.maybe(
            sql!(
                "select c.id, c.client_id, c.engagement_id, c.customer_id,
                        case u.name when '' then (select min(a.address) from customer_addresses a where a.customer_id = u.id) else u.name end,
                        c.reference, c.subject, c.snippet,
                        c.state, c.priority, c.language, c.assignee_id, p.name, c.last_word, c.message_count, c.updated_at
                 from cases c join customers u on u.id = c.customer_id left join persons p on p.id = c.assignee_id
                 where c.id = $1"
            ),
            &[id],
            list_row,
        )?;
        rows.extend(row.filter(|row| reach.sees(row.engagement, row.assignee)));
    }
    Ok(rows)
}

/// The languages that customers write in the open cases within reach.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn languages(tx: &mut Tx<'_>, reach: &Reach) -> Result<Vec<LanguageTag>, Fault> {
    let mut languages = BTreeSet::new();
    for (engagement, _) in reach.engagements().into_iter().filter(|(_, sight)| *sight == Sight::Whole) {
        // One step of the index for each language, not one for each case.
        let found: Vec<LanguageTag> = tx.list(
            sql!(
                "with recursive written (language) as (
                   select min(language) from cases where engagement_id = $1 and is_open = $2
                   union all
                   select (select min(c.language) from cases c
                             where c.engagement_id = $1 and c.is_open = $2 and c.language > w.language)
                   from written w where w.language is not null)
                 select language from written where language is not null"
            ),
            &[&engagement, &true],
            Row::take,
        )?;
        languages.extend(found.into_iter().filter(LanguageTag::is_known));
    }
    Ok(languages.into_iter().collect())
}
