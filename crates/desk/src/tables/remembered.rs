//! The tables of clients' translation memories.

use kernel::{ClientId, Fault, LanguageTag, MessageId, RememberedId};
use language::memory::{Approval, IndexKeys, Remembered, index_keys};
use store::{Param, Row, Tx, fresh, sql};

/// An entry with the id of its row.
#[derive(Clone, Debug, PartialEq)]
pub struct KeptPair {
    /// The row.
    pub id: RememberedId,
    /// The entry.
    pub pair: Remembered,
    /// The reply from which it was remembered.
    pub message: Option<MessageId>,
}

/// How much a memory holds in one direction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    /// From which language.
    pub from: LanguageTag,
    /// Into which.
    pub to: LanguageTag,
    /// How many entries.
    pub entries: i64,
}

/// What a client's memory holds, by direction.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn held(tx: &mut Tx<'_>, client: ClientId) -> Result<Vec<Held>, Fault> {
    tx.list(
        sql!(
            "select source_language, target_language, entries from memories where client_id = $1 and entries > 0
             order by source_language, target_language"
        ),
        &[&client],
        |row| Ok(Held { from: row.take()?, to: row.take()?, entries: row.take()? }),
    )
}

fn kept(row: &mut Row) -> Result<KeptPair, Fault> {
    let id = row.take()?;
    let pair = Remembered {
        client: row.take()?,
        from: row.take()?,
        to: row.take()?,
        source: row.take()?,
        target: row.take()?,
        approved_by: row.take()?,
        approved_at: row.take()?,
        approval: if row.take::<bool>()? { Approval::Read } else { Approval::Unread },
    };
    Ok(KeptPair { id, pair, message: row.take()? })
}

/// The entries of a client that may be good enough for these sentences, in the order of their keys.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn candidates(
    tx: &mut Tx<'_>,
    client: ClientId,
    from: &LanguageTag,
    to: &LanguageTag,
    near: &[String],
) -> Result<Vec<Vec<Remembered>>, Fault> {
    let sets: Vec<_> = near.iter().map(|key| -> Vec<&dyn Param> { vec![&client, from, to, key] }).collect();
    let found = tx.lists(
        sql!(
            "select id, client_id, source_language, target_language, source, target, approved_by, approved_at, was_read, message_id
             from remembered where client_id = $1 and source_language = $2 and target_language = $3 and near_key = $4
             order by approved_at desc limit 20"
        ),
        &sets,
        kept,
    )?;
    Ok(found.into_iter().map(|found| found.into_iter().map(|kept| kept.pair).collect()).collect())
}

/// Whether something new was remembered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    /// There was nothing for this pattern.
    New,
    /// It stands in the place of what stood there.
    Replaced,
    /// What stands there was read by somebody who knows both languages, and this wasn't.
    Left,
}

/// Remembers a pair, in the place of what stood there for the same pattern. What somebody read isn't replaced by what nobody did.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn remember(tx: &mut Tx<'_>, pair: &Remembered, message: Option<MessageId>) -> Result<Kept, Fault> {
    let IndexKeys { exact, near } = index_keys(&pair.source, &[]);
    let known: Option<(RememberedId, bool)> = tx.maybe(
        sql!(
            "select id, was_read from remembered
             where client_id = $1 and source_language = $2 and target_language = $3 and exact_key = $4"
        ),
        &[&pair.client, &pair.from, &pair.to, &exact],
        |row| Ok((row.take()?, row.take()?)),
    )?;
    let is_read = pair.approval == Approval::Read;
    if known.is_some_and(|(_, was_read)| was_read && !is_read) {
        return Ok(Kept::Left);
    }
    let id = known.map_or_else(fresh, |(id, _)| id);
    let words = format!("{}\n{}", language::folded(&pair.source), language::folded(&pair.target));
    tx.run(
        sql!(
            "insert into remembered (id, client_id, source_language, target_language, exact_key, near_key, source, target, words,
               message_id, approved_by, approved_at, was_read)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
             on conflict (id) do update set near_key = excluded.near_key, source = excluded.source, target = excluded.target,
               words = excluded.words, message_id = excluded.message_id, approved_by = excluded.approved_by,
               approved_at = excluded.approved_at, was_read = excluded.was_read"
        ),
        &[
            &id,
            &pair.client,
            &pair.from,
            &pair.to,
            &exact,
            &near,
            &pair.source,
            &pair.target,
            &words,
            &message,
            &pair.approved_by,
            &pair.approved_at,
            &is_read,
        ],
    )?;
    if known.is_some() {
        return Ok(Kept::Replaced);
    }
    tx.run(
        sql!(
            "insert into memories (client_id, source_language, target_language, entries) values ($1, $2, $3, $4)
             on conflict (client_id, source_language, target_language) do update set entries = memories.entries + 1"
        ),
        &[&pair.client, &pair.from, &pair.to, &1],
    )?;
    Ok(Kept::New)
}

/// What is looked for on the page of a memory.
#[derive(Clone, Debug, Default)]
pub struct Sought {
    /// Words that stand in either language, folded, with `%` around them.
    pub words: String,
    /// One direction, or all.
    pub direction: Option<(LanguageTag, LanguageTag)>,
    /// How many to leave out.
    pub skip: i64,
    /// How many at most.
    pub most: i64,
}

/// The entries of a client, the newest first.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn found(tx: &mut Tx<'_>, client: ClientId, sought: &Sought) -> Result<Vec<KeptPair>, Fault> {
    match &sought.direction {
        None => tx.list(
            sql!(
                "select id, client_id, source_language, target_language, source, target, approved_by, approved_at, was_read, message_id
                 from remembered where client_id = $1 and words like $2 order by approved_at desc, id desc limit $3 offset $4"
            ),
            &[&client, &sought.words, &sought.most, &sought.skip],
            kept,
        ),
        Some((from, to)) => tx.list(
            sql!(
                "select id, client_id, source_language, target_language, source, target, approved_by, approved_at, was_read, message_id
                 from remembered where client_id = $1 and source_language = $2 and target_language = $3 and words like $4
                 order by approved_at desc, id desc limit $5 offset $6"
            ),
            &[&client, from, to, &sought.words, &sought.most, &sought.skip],
            kept,
        ),
    }
}

/// Removes an entry; false when it wasn't there.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn forget(tx: &mut Tx<'_>, client: ClientId, id: RememberedId) -> Result<bool, Fault> {
    let direction: Option<(LanguageTag, LanguageTag)> = tx.maybe(
        sql!("select source_language, target_language from remembered where client_id = $1 and id = $2"),
        &[&client, &id],
        |row| Ok((row.take()?, row.take()?)),
    )?;
    let Some((from, to)) = direction else { return Ok(false) };
    tx.run(sql!("delete from remembered where id = $1"), &[&id])?;
    tx.run(
        sql!(
            "update memories set entries = entries - 1
             where client_id = $1 and source_language = $2 and target_language = $3"
        ),
        &[&client, &from, &to],
    )?;
    Ok(true)
}

/// Entries of a client behind one, in the order of their ids: so a whole memory is read in pieces.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn after(
    tx: &mut Tx<'_>,
    client: ClientId,
    last: Option<RememberedId>,
    most: i64,
) -> Result<Vec<KeptPair>, Fault> {
    let last = last.map(|id| id.to_string()).unwrap_or_default();
    tx.list(
        sql!(
            "select id, client_id, source_language, target_language, source, target, approved_by, approved_at, was_read, message_id
             from remembered where client_id = $1 and id > $2 order by id limit $3"
        ),
        &[&client, &last, &most],
        kept,
    )
}
