//! The way back up a list: the cases just newer than a place in it. As in the lists, each engagement in reach is asked for its own.

use super::lists::{asked, list_row};
use crate::{Cursor, Filter, ListRow, View};
use kernel::{EngagementId, Fault, LanguageTag, Reach, Sight};
use store::{Tx, sql};

/// The cases of a view within reach that stand nearest before the cursor, newest first; at most `limit`.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn list_before(
    tx: &mut Tx<'_>,
    reach: &Reach,
    view: View,
    filter: &Filter,
    before: Cursor,
    limit: i64,
) -> Result<Vec<ListRow>, Fault> {
    let mut merged = Vec::new();
    for (engagement, sight) in asked(reach, filter) {
        merged.extend(of_engagement(tx, reach, (engagement, sight), view, filter, before, limit)?);
    }
    merged.sort_by_key(|row| (row.updated_at, row.id));
    merged.truncate(usize::try_from(limit).unwrap_or(0));
    merged.reverse();
    Ok(merged)
}

fn of_engagement(
    tx: &mut Tx<'_>,
    reach: &Reach,
    (engagement, sight): (EngagementId, Sight),
    view: View,
    filter: &Filter,
    before: Cursor,
    limit: i64,
) -> Result<Vec<ListRow>, Fault> {
    let state = filter.state.map_or("", crate::State::as_str);
    let language = filter.language.as_ref().map_or("", LanguageTag::as_str);
    let (at, id) = (before.updated_at.micros(), before.id.to_string());
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
                   and (c.updated_at, c.id) > ($3, $4) and ($5 = '' or c.state = $5) and ($6 = '' or c.language = $6)
                 order by c.updated_at, c.id limit $7"
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
                   and (c.updated_at, c.id) > ($4, $5) and ($6 = '' or c.state = $6) and ($7 = '' or c.language = $7)
                 order by c.updated_at, c.id limit $8"
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
                   and (c.updated_at, c.id) > ($3, $4) and ($5 = '' or c.state = $5) and ($6 = '' or c.language = $6)
                 order by c.updated_at, c.id limit $7"
            ),
            &[&engagement, &(view == View::Open), &at, &id, &state, &language, &limit],
            list_row,
        ),
    }
}
