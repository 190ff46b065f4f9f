//! The tables of engines elsewhere, of what clients allow, and of what was sent.

use crate::engines::{EngineByAddress, IsEnabled, Permission, Reaches, Use};
use kernel::{ClientId, EngineId, Fault, Instant};
use std::time::Duration;
use store::{Row, Tx, sql};

fn engine_row(row: &mut Row) -> Result<EngineByAddress, Fault> {
    let (id, name, kind, address, model, country) =
        (row.take()?, row.take()?, row.take()?, row.take()?, row.take()?, row.take()?);
    let seconds: i64 = row.take()?;
    let monthly_characters = row.take()?;
    let is_enabled: bool = row.take()?;
    Ok(EngineByAddress {
        id,
        name,
        kind,
        address,
        model,
        country,
        within: Duration::from_secs(seconds.unsigned_abs()),
        monthly_characters,
        is_enabled: if is_enabled { IsEnabled::Yes } else { IsEnabled::No },
        reaches: row.take()?,
        trouble: row.take()?,
        troubled_at: row.take()?,
        rests_until: row.take()?,
        tested_at: row.take()?,
    })
}

/// The engines, oldest first.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn engines(tx: &mut Tx<'_>) -> Result<Vec<EngineByAddress>, Fault> {
    tx.list(
        sql!(
            "select id, name, kind, address, model, country, within_seconds, monthly_characters, is_enabled, languages, trouble,
               troubled_at, rests_until, tested_at from engines where removed_at is null order by made_at, id"
        ),
        &[],
        engine_row,
    )
}

/// One engine.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn engine(tx: &mut Tx<'_>, id: EngineId) -> Result<Option<EngineByAddress>, Fault> {
    tx.maybe(
        sql!(
            "select id, name, kind, address, model, country, within_seconds, monthly_characters, is_enabled, languages, trouble,
               troubled_at, rests_until, tested_at from engines where id = $1 and removed_at is null"
        ),
        &[&id],
        engine_row,
    )
}

/// The engines that a client allows and that are asked, each with what was allowed.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn allowed(tx: &mut Tx<'_>, client: ClientId) -> Result<Vec<(EngineByAddress, Permission)>, Fault> {
    tx.list(
        sql!(
            "select e.id, e.name, e.kind, e.address, e.model, e.country, e.within_seconds, e.monthly_characters, e.is_enabled,
               e.languages, e.trouble, e.troubled_at, e.rests_until, e.tested_at,
               p.client_id, p.engine_id, p.preference, p.form_of_address, p.monthly_characters, p.host, p.country, p.allowed_by,
               p.allowed_at
             from engine_permissions p join engines e on e.id = p.engine_id
             where p.client_id = $1 and e.is_enabled and e.removed_at is null order by e.made_at, e.id"
        ),
        &[&client],
        |row| Ok((engine_row(row)?, permission_row(row)?)),
    )
}

/// The key of an engine as it was sealed; empty for one that asks for none.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn sealed_key(tx: &mut Tx<'_>, id: EngineId) -> Result<String, Fault> {
    let found = tx.maybe(sql!("select sealed_key from engines where id = $1"), &[&id], Row::take)?;
    Ok(found.unwrap_or_default())
}

/// Writes an engine down, in the place of what stood there. What it reached before stays known where `engine` says it.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn put_engine(
    tx: &mut Tx<'_>,
    engine: &EngineByAddress,
    sealed: &str,
    now: Instant,
) -> Result<(), Fault> {
    let seconds = i64::try_from(engine.within.as_secs()).unwrap_or(i64::MAX);
    tx.run(
        sql!(
            "insert into engines (id, name, kind, address, sealed_key, model, country, within_seconds, monthly_characters, is_enabled,
               languages, trouble, troubled_at, rests_until, tested_at, made_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, '', null, null, $12, $13)
             on conflict (id) do update set name = excluded.name, kind = excluded.kind, address = excluded.address,
               sealed_key = excluded.sealed_key, model = excluded.model, country = excluded.country,
               within_seconds = excluded.within_seconds, monthly_characters = excluded.monthly_characters,
               is_enabled = excluded.is_enabled, languages = excluded.languages, trouble = '', troubled_at = null,
               rests_until = null, tested_at = excluded.tested_at"
        ),
        &[
            &engine.id,
            &engine.name,
            &engine.kind,
            &engine.address,
            &sealed,
            &engine.model,
            &engine.country,
            &seconds,
            &engine.monthly_characters,
            &(engine.is_enabled == IsEnabled::Yes),
            &engine.reaches,
            &engine.tested_at,
            &now,
        ],
    )
    .map(drop)
}

/// Takes an engine away with its key and what was allowed. What was sent to it stays counted.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn remove_engine(tx: &mut Tx<'_>, id: EngineId, now: Instant) -> Result<(), Fault> {
    tx.run(sql!("delete from engine_permissions where engine_id = $1"), &[&id])?;
    tx.run(sql!("update engines set sealed_key = '', removed_at = $1 where id = $2"), &[&now, &id]).map(drop)
}

/// Notes where an engine goes, as it has just said.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn note_reaches(tx: &mut Tx<'_>, id: EngineId, reaches: &Reaches, now: Instant) -> Result<(), Fault> {
    tx.run(
        sql!(
            "update engines set languages = $1, tested_at = $2, trouble = '', troubled_at = null, rests_until = null where id = $3"
        ),
        &[reaches, &now, &id],
    )
    .map(drop)
}

/// Notes what went wrong with an engine, and until when it is left alone.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn note_trouble(
    tx: &mut Tx<'_>,
    id: EngineId,
    trouble: &str,
    now: Instant,
    rests_until: Option<Instant>,
) -> Result<(), Fault> {
    tx.run(
        sql!("update engines set trouble = $1, troubled_at = $2, rests_until = $3 where id = $4"),
        &[&trouble, &now, &rests_until, &id],
    )
    .map(drop)
}

/// Notes that an engine works again.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn note_recovery(tx: &mut Tx<'_>, id: EngineId) -> Result<(), Fault> {
    tx.run(
        sql!("update engines set trouble = '', troubled_at = null, rests_until = null where id = $1 and trouble <> ''"),
        &[&id],
    )
    .map(drop)
}

fn permission_row(row: &mut Row) -> Result<Permission, Fault> {
    Ok(Permission {
        client: row.take()?,
        engine: row.take()?,
        preference: row.take()?,
        form: row.take()?,
        monthly_characters: row.take()?,
        host: row.take()?,
        country: row.take()?,
        by: row.take()?,
        at: row.take()?,
    })
}

/// What a client allows.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn permissions(tx: &mut Tx<'_>, client: ClientId) -> Result<Vec<Permission>, Fault> {
    tx.list(
        sql!(
            "select client_id, engine_id, preference, form_of_address, monthly_characters, host, country, allowed_by, allowed_at
             from engine_permissions where client_id = $1 order by allowed_at, engine_id"
        ),
        &[&client],
        permission_row,
    )
}

/// Keeps what a client allows, in the place of what it allowed before.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn allow(tx: &mut Tx<'_>, permission: &Permission) -> Result<(), Fault> {
    tx.run(
        sql!(
            "insert into engine_permissions (client_id, engine_id, preference, form_of_address, monthly_characters, host, country,
               allowed_by, allowed_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
             on conflict (client_id, engine_id) do update set preference = excluded.preference,
               form_of_address = excluded.form_of_address, monthly_characters = excluded.monthly_characters,
               host = excluded.host, country = excluded.country, allowed_by = excluded.allowed_by,
               allowed_at = excluded.allowed_at"
        ),
        &[
            &permission.client,
            &permission.engine,
            &permission.preference,
            &permission.form,
            &permission.monthly_characters,
            &permission.host,
            &permission.country,
            &permission.by,
            &permission.at,
        ],
    )
    .map(drop)
}

/// Forgets what a client allowed.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn withdraw(tx: &mut Tx<'_>, client: ClientId, engine: EngineId) -> Result<(), Fault> {
    tx.run(
        sql!("delete from engine_permissions where client_id = $1 and engine_id = $2"),
        &[&client, &engine],
    )
    .map(drop)
}

/// What each client sent to each engine in a month.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn uses(tx: &mut Tx<'_>, month: &str) -> Result<Vec<(ClientId, EngineId, Use)>, Fault> {
    tx.list(
        sql!(
            "select client_id, engine_id, characters, calls, failures from engine_uses where month = $1
             order by engine_id, client_id"
        ),
        &[&month],
        |row| {
            let (client, engine) = (row.take()?, row.take()?);
            Ok((client, engine, Use { characters: row.take()?, calls: row.take()?, failures: row.take()? }))
        },
    )
}

/// Adds to what a client sent to an engine in a month; `added` may be negative, for what wasn't counted there.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn add_use(
    tx: &mut Tx<'_>,
    client: ClientId,
    engine: EngineId,
    month: &str,
    added: &Use,
) -> Result<(), Fault> {
    tx.run(
        sql!(
            "insert into engine_uses (client_id, engine_id, month, characters, calls, failures) values ($1, $2, $3, $4, $5, $6)
             on conflict (client_id, engine_id, month) do update set characters = engine_uses.characters + excluded.characters,
               calls = engine_uses.calls + excluded.calls, failures = engine_uses.failures + excluded.failures"
        ),
        &[&client, &engine, &month, &added.characters, &added.calls, &added.failures],
    )
    .map(drop)
}
