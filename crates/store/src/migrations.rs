//! Migrations: the schema's steps from empty to current, in one text for both engines where they agree.

use crate::{Tx, Value};
use kernel::Fault;

/// One step of the schema.
#[derive(Debug)]
pub struct Migration {
    /// Its number and name, as `0001_house`. Steps are taken in this order and never edited afterwards.
    pub name: &'static str,
    sqlite: &'static str,
    postgres: &'static str,
}

macro_rules! step {
    ($name:literal) => {
        Migration {
            name: $name,
            sqlite: include_str!(concat!("../migrations/", $name, ".sql")),
            postgres: include_str!(concat!("../migrations/", $name, ".sql")),
        }
    };
    ($name:literal, by engine) => {
        Migration {
            name: $name,
            sqlite: include_str!(concat!("../migrations/", $name, ".sqlite.sql")),
            postgres: include_str!(concat!("../migrations/", $name, ".postgres.sql")),
        }
    };
}

const MIGRATIONS: &[Migration] = &[step!("0001_house"), step!("0002_search", by engine)];

/// Every step, oldest first.
pub fn migrations() -> &'static [Migration] {
    MIGRATIONS
}

/// Takes the steps that are missing.
pub(crate) fn migrate(tx: &mut Tx<'_>, postgres: bool) -> Result<Vec<String>, Fault> {
    tx.execute("create table if not exists schema_steps (name text primary key)", vec![])?;
    let taken = taken(tx)?;
    not_newer(&taken)?;
    let mut took = Vec::new();
    for step in MIGRATIONS.iter().filter(|step| !taken.iter().any(|name| name == step.name)) {
        let text = if postgres { kinds_for_postgres(step.postgres) } else { step.sqlite.to_owned() };
        for statement in text.split(";\n").map(str::trim).filter(|statement| !statement.is_empty()) {
            tx.execute(statement, vec![])
                .map_err(|fault| Fault::new(format!("{}: {fault}: {statement}", step.name)))?;
        }
        tx.execute("insert into schema_steps (name) values ($1)", vec![Value::Text(step.name.into())])?;
        took.push(step.name.to_owned());
    }
    Ok(took)
}

/// The steps that are missing.
pub(crate) fn missing(tx: &mut Tx<'_>) -> Result<Vec<String>, Fault> {
    // A database without the table of steps is an empty one.
    let taken = if tx.has_table("schema_steps")? { taken(tx)? } else { Vec::new() };
    not_newer(&taken)?;
    let missing = MIGRATIONS.iter().filter(|step| !taken.iter().any(|name| name == step.name));
    Ok(missing.map(|step| step.name.to_owned()).collect())
}

fn not_newer(taken: &[String]) -> Result<(), Fault> {
    match taken.iter().find(|name| MIGRATIONS.iter().all(|step| step.name != *name)) {
        Some(newer) => Err(Fault::new(format!(
            "The database has the step {newer}, which this program doesn't know: it was made by a newer version. \
             Install that version, or restore a backup that this one made."
        ))),
        None => Ok(()),
    }
}

/// The steps that the database has already taken.
pub(crate) fn taken(tx: &mut Tx<'_>) -> Result<Vec<String>, Fault> {
    let rows = tx.ask("select name from schema_steps order by name", vec![])?;
    Ok(rows.into_iter().flatten().filter_map(<String as crate::Column>::from_value).collect())
}

/// The column kinds in PostgreSQL's words. A name that begins like a kind, as `blob_hash`, stays as it is.
fn kinds_for_postgres(text: &str) -> String {
    let is_name = |letter: char| letter.is_alphanumeric() || letter == '_';
    let mut spelled = String::new();
    let mut rest = text;
    while let Some(start) = rest.find(is_name) {
        let end = rest[start..].find(|letter| !is_name(letter)).map_or(rest.len(), |length| start + length);
        spelled.push_str(&rest[..start]);
        spelled.push_str(match &rest[start..end] {
            "blob" => "bytea",
            "double" => "double precision",
            word => word,
        });
        rest = &rest[end..];
    }
    spelled + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_translated_and_names_are_not() {
        let check = |ours: &str, theirs: &str| assert_eq!(kinds_for_postgres(ours), theirs);
        check("create table a (bytes blob, blob_hash text)", "create table a (bytes bytea, blob_hash text)");
        check("share double not null,\nmy_blob blob)", "share double precision not null,\nmy_blob bytea)");
        check("", "");
    }
}
