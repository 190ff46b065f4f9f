//! Lists of cases. Each engagement in reach is asked for its own newest cases by an index that holds exactly that order; the pages
//! are merged afterwards. So a list costs the same however many cases there are.

use crate::{Cursor, Filter, ListRow, View, list::asked};
use kernel::{CaseId, EngagementId, Fault, LanguageTag, Reach, Sight};
use std::collections::BTreeSet;
use store::{Param, Row, Statement, Tx, sql};

/// Counts stop here; pages then say "999+".
const COUNTED: i64 = 1000;
/// How many cases are asked for by their ids in one statement.
const SOME: usize = 25;
/// The id of no case.
const NONE: &str = "";

/// The columns of a list, and where they come from.
macro_rules! rows {
    ($which:literal) => {
        sql!(concat!(
            "select c.id, c.client_id, c.engagement_id, c.customer_id,
                    case u.name when '' then (select min(a.address) from customer_addresses a where a.customer_id = u.id) else u.name end,
                    c.reference, c.subject, c.snippet,
                    c.state, c.priority, c.language, c.assignee_id, p.name, c.last_word, c.message_count, c.updated_at,
                    (select min(k.due_at) from clocks k where k.case_id = c.id and k.done_at is null)
             from cases c join customers u on u.id = c.customer_id left join persons p on p.id = c.assignee_id where ",
            $which
        ))
    };
}

fn list_row(row: &mut Row) -> Result<ListRow, Fault> {
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
        due_at: row.take()?,
    })
}

/// Which way a list goes on from a place in it.
#[derive(Clone, Copy)]
enum Way {
    Older,
    Newer,
}

/// Which cases of an engagement a view shows.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    All,
    Own,
    Unassigned,
}

impl Part {
    /// What somebody with this sight finds in a view.
    fn of(view: View, sight: Sight) -> Option<Self> {
        match (view, sight) {
            (View::Unassigned, Sight::Assigned) => None,
            (View::Unassigned, Sight::Whole) => Some(Self::Unassigned),
            (View::Mine, _) | (_, Sight::Assigned) => Some(Self::Own),
            (View::Open | View::Closed | View::Due, Sight::Whole) => Some(Self::All),
        }
    }

    fn statement(self, way: Way) -> &'static Statement {
        match (self, way) {
            (Self::All, Way::Older) => rows!(
                "c.engagement_id = $1 and c.is_open = $2 and c.merged_into_id is null
                   and (c.updated_at, c.id) < ($3, $4) and ($5 = '' or c.state = $5) and ($6 = '' or c.language = $6)
                 order by c.updated_at desc, c.id desc limit $7"
            ),
            (Self::All, Way::Newer) => rows!(
                "c.engagement_id = $1 and c.is_open = $2 and c.merged_into_id is null
                   and (c.updated_at, c.id) > ($3, $4) and ($5 = '' or c.state = $5) and ($6 = '' or c.language = $6)
                 order by c.updated_at, c.id limit $7"
            ),
            (Self::Own, Way::Older) => rows!(
                "c.engagement_id = $1 and c.is_open = $2 and c.merged_into_id is null
                   and (c.updated_at, c.id) < ($3, $4) and ($5 = '' or c.state = $5) and ($6 = '' or c.language = $6)
                   and c.assignee_id = $7
                 order by c.updated_at desc, c.id desc limit $8"
            ),
            (Self::Own, Way::Newer) => rows!(
                "c.engagement_id = $1 and c.is_open = $2 and c.merged_into_id is null
                   and (c.updated_at, c.id) > ($3, $4) and ($5 = '' or c.state = $5) and ($6 = '' or c.language = $6)
                   and c.assignee_id = $7
                 order by c.updated_at, c.id limit $8"
            ),
            (Self::Unassigned, Way::Older) => rows!(
                "c.engagement_id = $1 and c.is_open = $2 and c.merged_into_id is null
                   and (c.updated_at, c.id) < ($3, $4) and ($5 = '' or c.state = $5) and ($6 = '' or c.language = $6)
                   and c.assignee_id is null
                 order by c.updated_at desc, c.id desc limit $7"
            ),
            (Self::Unassigned, Way::Newer) => rows!(
                "c.engagement_id = $1 and c.is_open = $2 and c.merged_into_id is null
                   and (c.updated_at, c.id) > ($3, $4) and ($5 = '' or c.state = $5) and ($6 = '' or c.language = $6)
                   and c.assignee_id is null
                 order by c.updated_at, c.id limit $7"
            ),
        }
    }
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
    let from =
        after.map_or((i64::MAX, String::new()), |cursor| (cursor.updated_at.micros(), cursor.id.to_string()));
    let mut merged = near(tx, reach, view, filter, &from, (Way::Older, limit))?;
    merged.sort_by_key(|row| std::cmp::Reverse((row.updated_at, row.id)));
    merged.truncate(usize::try_from(limit).unwrap_or(0));
    Ok(merged)
}

/// The open cases within reach of which something is due, the first due first; at most `limit`.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn list_due(tx: &mut Tx<'_>, reach: &Reach, filter: &Filter, limit: i64) -> Result<Vec<ListRow>, Fault> {
    let state = filter.state.map_or("", crate::State::as_str);
    let language = filter.language.as_ref().map_or("", LanguageTag::as_str);
    let (asked, me) = (asked(reach, filter.client), reach.person().to_string());
    let only = |sight: Sight| if sight == Sight::Whole { "" } else { me.as_str() };
    let asked: Vec<(EngagementId, &str)> = asked.into_iter().map(|(one, sight)| (one, only(sight))).collect();
    let sets = asked.iter().map(|(engagement, only)| -> Vec<&dyn Param> {
        vec![engagement, &true, &state, &language, only, &limit]
    });
    let found = tx.lists(
        rows!(
            "c.engagement_id = $1 and c.is_open = $2 and c.merged_into_id is null and ($3 = '' or c.state = $3)
               and ($4 = '' or c.language = $4) and ($5 = '' or c.assignee_id = $5)
               and exists (select 1 from clocks d where d.case_id = c.id and d.done_at is null and d.due_at is not null)
             order by 17, c.id limit $6"
        ),
        &sets.collect::<Vec<_>>(),
        list_row,
    )?;
    let mut rows: Vec<ListRow> = found.into_iter().flatten().collect();
    rows.sort_by_key(|row| (row.due_at, row.id));
    rows.truncate(usize::try_from(limit).unwrap_or(0));
    Ok(rows)
}

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
    let from = (before.updated_at.micros(), before.id.to_string());
    let mut merged = near(tx, reach, view, filter, &from, (Way::Newer, limit))?;
    merged.sort_by_key(|row| (row.updated_at, row.id));
    merged.truncate(usize::try_from(limit).unwrap_or(0));
    merged.reverse();
    Ok(merged)
}

/// The cases of each engagement that come next from a place in the list, in no order.
fn near(
    tx: &mut Tx<'_>,
    reach: &Reach,
    view: View,
    filter: &Filter,
    (at, id): &(i64, String),
    (way, limit): (Way, i64),
) -> Result<Vec<ListRow>, Fault> {
    let state = filter.state.map_or("", crate::State::as_str);
    let language = filter.language.as_ref().map_or("", LanguageTag::as_str);
    let (is_open, person) = (view != View::Closed, reach.person());
    let asked = asked(reach, filter.client);
    let mut found = Vec::new();
    for part in [Part::All, Part::Own, Part::Unassigned] {
        let in_part = asked.iter().filter(|(_, sight)| Part::of(view, *sight) == Some(part));
        let params = in_part.map(|(engagement, _)| {
            let mut params: Vec<&dyn Param> = vec![engagement, &is_open, at, id, &state, &language];
            if part == Part::Own {
                params.push(&person);
            }
            params.push(&limit);
            params
        });
        let params: Vec<_> = params.collect();
        found.extend(tx.lists(part.statement(way), &params, list_row)?.into_iter().flatten());
    }
    Ok(found)
}

/// How many open cases there are within reach; counting stops at a thousand for each engagement.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counted {
    /// The reader's own.
    pub mine: i64,
    /// Those that nobody has.
    pub unassigned: i64,
    /// All, of each engagement.
    pub open: Vec<(EngagementId, i64)>,
}

/// How many open cases there are within reach.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn count(tx: &mut Tx<'_>, reach: &Reach) -> Result<Counted, Fault> {
    let (engagements, person) = (reach.engagements(), reach.person());
    let sets = engagements
        .iter()
        .map(|(engagement, _)| -> Vec<&dyn Param> { vec![&person, engagement, &true, &COUNTED] });
    let counts: Vec<Vec<(i64, i64, i64)>> = tx.lists(
        sql!(
            "select (select count(*) from (select 1 from cases
                       where assignee_id = $1 and engagement_id = $2 and is_open = $3 limit $4) as mine),
                    (select count(*) from (select 1 from cases
                       where assignee_id is null and engagement_id = $2 and is_open = $3 limit $4) as nobodys),
                    (select count(*) from (select 1 from cases
                       where engagement_id = $2 and is_open = $3 limit $4) as everybodys)"
        ),
        &sets.collect::<Vec<_>>(),
        |row| Ok((row.take()?, row.take()?, row.take()?)),
    )?;
    let mut counted = Counted::default();
    for ((engagement, sight), (mine, unassigned, open)) in
        engagements.into_iter().zip(counts.into_iter().flatten())
    {
        counted.mine += mine;
        if sight == Sight::Whole {
            counted.unassigned += unassigned;
        }
        counted.open.push((engagement, if sight == Sight::Whole { open } else { mine }));
    }
    Ok(counted)
}

/// These cases as a list shows them, in the same order; those outside reach are left out.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn rows(tx: &mut Tx<'_>, reach: &Reach, ids: &[CaseId]) -> Result<Vec<ListRow>, Fault> {
    let sets = ids.chunks(SOME).map(|some| -> Vec<&dyn Param> {
        let ids = some.iter().map(|id| -> &dyn Param { id });
        ids.chain(std::iter::repeat_n(&NONE as &dyn Param, SOME - some.len())).collect()
    });
    let found = tx.lists(
        rows!(
            "c.id in ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13,
                      $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25)"
        ),
        &sets.collect::<Vec<_>>(),
        list_row,
    )?;
    let mut rows: Vec<ListRow> = found.into_iter().flatten().collect();
    rows.retain(|row| reach.sees(row.engagement, row.assignee));
    rows.sort_by_key(|row| ids.iter().position(|id| *id == row.id));
    Ok(rows)
}

/// The languages that customers write in the open cases within reach.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn languages(tx: &mut Tx<'_>, reach: &Reach) -> Result<Vec<LanguageTag>, Fault> {
    let engagements = reach.engagements().into_iter();
    let whole: Vec<EngagementId> =
        engagements.filter(|(_, sight)| *sight == Sight::Whole).map(|(engagement, _)| engagement).collect();
    let sets = whole.iter().map(|engagement| -> Vec<&dyn Param> { vec![engagement, &true] });
    // One step of the index for each language, not one for each case.
    let written: Vec<Vec<LanguageTag>> = tx.lists(
        sql!(
            "with recursive written (language) as (
               select min(language) from cases where engagement_id = $1 and is_open = $2
               union all
               select (select min(c.language) from cases c
                         where c.engagement_id = $1 and c.is_open = $2 and c.language > w.language)
               from written w where w.language is not null)
             select language from written where language is not null"
        ),
        &sets.collect::<Vec<_>>(),
        Row::take,
    )?;
    let known: BTreeSet<LanguageTag> = written.into_iter().flatten().filter(LanguageTag::is_known).collect();
    Ok(known.into_iter().collect())
}
