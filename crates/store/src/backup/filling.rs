//! Restoring: looking a backup through, and filling an empty database from it.

use super::{
    Progress, Told,
    archive::{self, Format, Manifest, Taker, damaged},
    rows::{self, Columns},
    tell_now_and_then,
};
use crate::{Blobs, TABLES, Tx, migrations, tx::Connection};
use kernel::{BlobHash, Fault, Kind, Refused, Stop};
use std::{io::Read, path::Path};

/// The steps of a database that has no rows.
pub(super) fn steps_when_empty(tx: &mut Tx<'_>) -> Result<Vec<String>, Stop> {
    for table in TABLES {
        if !tx.ask(&format!("select 1 from {table} limit 1"), vec![])?.is_empty() {
            return Err(not_empty(table).into());
        }
    }
    Ok(migrations::taken(tx)?)
}

fn not_empty(table: &str) -> Refused {
    let sentence = format!("The database isn't empty: its table {table} has rows.");
    Refused::new(Kind::Conflict, "backup.not_empty", sentence)
        .hint("Restore into a new data folder or a new database. Nothing was changed.")
}

/// Looks a backup through from end to end, for a database with these steps.
pub(super) fn check(path: &Path, steps: &[String]) -> Result<Manifest, Stop> {
    archive::walk(path, &mut Checking { steps })
}

struct Checking<'a> {
    steps: &'a [String],
}

impl Taker for Checking<'_> {
    fn format(&mut self, format: &Format) -> Result<(), Stop> {
        if format.steps == self.steps { Ok(()) } else { Err(other_schema(&format.steps, self.steps).into()) }
    }

    fn line(&mut self, _: &'static str, _: &str) -> Result<(), Stop> {
        Ok(())
    }

    fn blob(&mut self, hash: &BlobHash, content: &mut dyn Read) -> Result<(), Stop> {
        let found = archive::hash_of(content).map_err(|error| damaged(&error.to_string()))?;
        if found == hash.as_str() {
            Ok(())
        } else {
            Err(damaged(&format!("the blob {hash} holds something else")))
        }
    }
}

fn other_schema(theirs: &[String], ours: &[String]) -> Refused {
    let last = |steps: &[String]| steps.last().cloned().unwrap_or_else(|| "none".to_owned());
    let sentence = format!(
        "The backup's tables stand at the step {}, and this database's at {}.",
        last(theirs),
        last(ours)
    );
    Refused::new(Kind::Conflict, "backup.other_schema", sentence)
        .hint("Restore it with the version that made it; the newer version then brings the tables up to date. Nothing was changed.")
}

/// Writes everything that a backup holds, and reads it back. What fails undoes the rows; blobs may stay, which harms nobody.
pub(super) fn fill(tx: &mut Tx<'_>, path: &Path, blobs: &Blobs, told: &Told) -> Result<(), Stop> {
    let mut filling = Filling { tx, blobs, told, columns: None, taken: 0 };
    let manifest = archive::walk(path, &mut filling)?;
    number_on(tx)?;
    for (table, expected) in TABLES.iter().zip(&manifest.tables) {
        if rows::sum(tx, table)? != *expected {
            return Err(Fault::new(format!("the table {table} doesn't read back as it was written")).into());
        }
        told(Progress::Table { name: table, rows: expected.rows });
    }
    Ok(())
}

/// PostgreSQL counts search entries on from the last one; SQLite does so by itself.
fn number_on(tx: &mut Tx<'_>) -> Result<(), Fault> {
    if matches!(tx.connection, Connection::Postgres(_)) {
        let text = "select setval(pg_get_serial_sequence('search_entries', 'entry'), coalesce(max(entry), 0) + 1, false)
                    from search_entries";
        tx.ask(text, vec![])?;
    }
    Ok(())
}

struct Filling<'a, 'b> {
    tx: &'a mut Tx<'b>,
    blobs: &'a Blobs,
    told: &'a Told,
    columns: Option<(&'static str, Columns)>,
    taken: u64,
}

impl Taker for Filling<'_, '_> {
    fn format(&mut self, _: &Format) -> Result<(), Stop> {
        Ok(())
    }

    fn line(&mut self, table: &'static str, line: &str) -> Result<(), Stop> {
        let columns = match &self.columns {
            Some((known, columns)) if *known == table => columns,
            _ => &self.columns.insert((table, Columns::of(self.tx, table)?)).1,
        };
        let inserted = columns.insert(self.tx, line)?;
        inserted.ok_or_else(|| damaged(&format!("a line of {table} is no row of it")))
    }

    fn blob(&mut self, hash: &BlobHash, content: &mut dyn Read) -> Result<(), Stop> {
        self.blobs.take_in(hash, content).map_err(Fault::from)?;
        self.taken += 1;
        tell_now_and_then(self.told, self.taken);
        Ok(())
    }
}
