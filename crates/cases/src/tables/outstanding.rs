//! The table of what is outstanding. Lists are made engagement by engagement, as those of cases are.

use crate::{
    list::Asked,
    outstanding::{ANSWER, Outstanding, OutstandingKind, Owner, TAKE},
};
use kernel::{CaseId, ClientId, Fault, Instant, Party, PersonId, Reach, Sight};
use store::{Param, Row, Tx, sql};

fn item_row(row: &mut Row) -> Result<Outstanding, Fault> {
    Ok(Outstanding {
        kind: row.take()?,
        subject: row.take()?,
        case: row.take()?,
        party: row.take()?,
        owner: Owner { person: row.take()?, name: row.take()? },
        next_at: row.take()?,
        what: row.take()?,
        is_chosen: row.take()?,
    })
}

/// What is outstanding at a case, for the program's own work.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn outstanding_of(tx: &mut Tx<'_>, case: CaseId) -> Result<Vec<Outstanding>, Fault> {
    tx.list(
        sql!(
            "select kind, subject_id, case_id, party, owner_id, owner, next_at, what, is_chosen
             from outstanding_items where case_id = $1 order by kind, subject_id"
        ),
        &[&case],
        item_row,
    )
}

/// Writes an item down as it stands now.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn keep_outstanding(tx: &mut Tx<'_>, item: &Outstanding) -> Result<(), Fault> {
    tx.run(
        sql!(
            "insert into outstanding_items (kind, subject_id, case_id, party, owner_id, owner, next_at, what, is_chosen)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
             on conflict (kind, subject_id) do update
             set case_id = $3, party = $4, owner_id = $5, owner = $6, next_at = $7, what = $8, is_chosen = $9"
        ),
        &[
            &item.kind,
            &item.subject,
            &item.case,
            &item.party,
            &item.owner.person,
            &item.owner.name,
            &item.next_at,
            &item.what,
            &item.is_chosen,
        ],
    )
    .map(drop)
}

/// These cases have other owners from now on, all at once.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn own_outstanding(tx: &mut Tx<'_>, owners: &[(CaseId, Owner)]) -> Result<(), Fault> {
    let sets: Vec<Vec<&dyn Param>> = owners
        .iter()
        .map(|(case, owner)| -> Vec<&dyn Param> { vec![&owner.person, &owner.name, &TAKE, &ANSWER, case] })
        .collect();
    tx.lists(
        sql!(
            "update outstanding_items set owner_id = $1, owner = $2, what = case what when $3 then $4 else what end
             where case_id = $5 and (kind = 'case' or party = 'representative') returning subject_id"
        ),
        &sets,
        Row::take::<String>,
    )
    .map(drop)
}

/// Forgets an item: it isn't open any more.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn drop_outstanding(tx: &mut Tx<'_>, kind: OutstandingKind, subject: &str) -> Result<(), Fault> {
    tx.run(sql!("delete from outstanding_items where kind = $1 and subject_id = $2"), &[&kind, &subject])
        .map(drop)
}

/// An item as a list shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutstandingRow {
    /// The item.
    pub item: Outstanding,
    /// The client whose customer it is.
    pub client: ClientId,
    /// What people quote.
    pub reference: String,
    /// What the case is about.
    pub subject: String,
    /// When the case began.
    pub opened_at: Instant,
    /// How often a part of it has come back without an answer.
    pub bounces: i64,
}

/// What narrows a list of what is outstanding.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Narrowing {
    /// Only of this client.
    pub client: Option<ClientId>,
    /// Only where this party has to do something.
    pub party: Option<Party>,
    /// Only what was to be looked at before this instant.
    pub before: Option<Instant>,
    /// Only what this person sees to.
    pub owner: Option<PersonId>,
}

/// What is outstanding within reach, the first to be looked at first; at most `limit`.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn outstanding(
    tx: &mut Tx<'_>,
    reach: &Reach,
    narrowing: &Narrowing,
    limit: i64,
) -> Result<Vec<OutstandingRow>, Fault> {
    let party = narrowing.party.map_or("", Party::as_str);
    let owner = narrowing.owner.map(|owner| owner.to_string()).unwrap_or_default();
    let before = narrowing.before.unwrap_or(Instant::MAX);
    let asked = crate::list::asked(reach, narrowing.client);
    let me = reach.person().to_string();
    let sets: Vec<(&Asked, &str)> =
        asked.iter().map(|one| (one, if one.1 == Sight::Whole { "" } else { me.as_str() })).collect();
    let sets: Vec<Vec<&dyn Param>> = sets
        .iter()
        .map(|((engagement, _), only)| -> Vec<&dyn Param> {
            vec![engagement, &party, &before, &owner, only, &limit]
        })
        .collect();
    let found = tx.lists(
        sql!(
            "select o.kind, o.subject_id, o.case_id, o.party, o.owner_id, o.owner, o.next_at, o.what, o.is_chosen,
                    c.client_id, c.reference, c.subject, c.opened_at,
                    (select coalesce(max(e.bounces), 0) from escalations e where e.case_id = c.id)
             from outstanding_items o join cases c on c.id = o.case_id
             where c.engagement_id = $1 and ($2 = '' or o.party = $2) and o.next_at < $3 and ($4 = '' or o.owner_id = $4)
               and ($5 = '' or c.assignee_id = $5)
             order by o.next_at, o.subject_id limit $6"
        ),
        &sets,
        |row| {
            Ok(OutstandingRow {
                item: item_row(row)?,
                client: row.take()?,
                reference: row.take()?,
                subject: row.take()?,
                opened_at: row.take()?,
                bounces: row.take()?,
            })
        },
    )?;
    let mut rows: Vec<OutstandingRow> = found.into_iter().flatten().collect();
    rows.sort_by(|one, other| {
        (one.item.next_at, &one.item.subject).cmp(&(other.item.next_at, &other.item.subject))
    });
    rows.truncate(usize::try_from(limit).unwrap_or(0));
    Ok(rows)
}

/// When the first planned answer of a case goes that still waits.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn planned_at(tx: &mut Tx<'_>, case: CaseId) -> Result<Option<Instant>, Fault> {
    tx.value(
        sql!(
            "select min(p.scheduled_at) from messages m join reply_plans p on p.message_id = m.id
             where m.case_id = $1 and m.delivery = 'waiting'"
        ),
        &[&case],
    )
}
