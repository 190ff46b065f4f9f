//! Backup: the whole installation in one file, made while the program runs, and restored into an empty database of either engine.
//!
//! The file is a tar, compressed with gzip: `format.json`, then each table as `tables/<name>/<nnnn>.jsonl` with a JSON array for
//! each row, then `blobs/<hash>`, and last `manifest.json` with counts and hashes. A file that was cut short has no manifest.

mod archive;
mod filling;
mod rows;

use crate::{Blobs, Store, TABLES, Tx, migrations};
use archive::{Archive, Format, Manifest, TableSum};
use kernel::{Fault, Kind, Refused, Stop};
use rows::Columns;
use std::{path::Path, sync::Arc};

/// How far a backup or a restore has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Progress {
    /// The file was looked through from end to end and is whole.
    Checked,
    /// A table is done.
    Table {
        /// Its name.
        name: &'static str,
        /// How many rows it has.
        rows: u64,
    },
    /// So many blobs are done; told for every thousandth.
    Blobs(u64),
}

/// What a backup holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Backup {
    /// Each table with its number of rows, in the order of [`TABLES`].
    pub tables: Vec<(String, u64)>,
    /// How many blobs.
    pub blobs: u64,
    /// The size of the file in bytes.
    pub size: u64,
}

/// Who is told of the progress.
pub type Told = Arc<dyn Fn(Progress) + Send + Sync>;

/// Writes the whole installation to a new file. Everybody goes on working meanwhile: the tables are read in one transaction, and the
/// blobs after it, which never change.
///
/// # Errors
/// Refused as `backup.file_exists`; a fault when the database or a file can't be read or written.
pub async fn backup(store: &Store, blobs: &Blobs, file: &Path, told: Told) -> Result<Backup, Stop> {
    if file.exists() {
        return Err(file_exists(file).into());
    }
    let (path, telling) = (file.to_owned(), Arc::clone(&told));
    let (archive, tables) = store.read(move |tx| write_tables(tx, &path, &telling)).await?;
    let (blobs, path) = (blobs.clone(), file.to_owned());
    let finished = tokio::task::spawn_blocking(move || finish(archive, tables, &blobs, &path, &told));
    finished.await.map_err(Fault::new)?
}

fn file_exists(file: &Path) -> Refused {
    let sentence = format!("There is a file {} already.", file.display());
    Refused::new(Kind::Conflict, "backup.file_exists", sentence)
        .hint("Choose another name, or move the file away: a backup is never overwritten.")
}

type Written = (Archive, (Format, Vec<TableSum>));

fn write_tables(tx: &mut Tx<'_>, path: &Path, told: &Told) -> Result<Written, Fault> {
    let format = Format::current(migrations::taken(tx)?);
    let mut archive = Archive::begin(path, &format)?;
    let mut sums = Vec::new();
    for table in TABLES {
        let columns = Columns::of(tx, table)?;
        let mut part = archive.table(table);
        columns.each(tx, &mut |line| part.add(&line))?;
        let sum = part.end()?;
        told(Progress::Table { name: table, rows: sum.rows });
        sums.push(sum);
    }
    Ok((archive, (format, sums)))
}

fn finish(
    mut archive: Archive,
    (format, tables): (Format, Vec<TableSum>),
    blobs: &Blobs,
    path: &Path,
    told: &Told,
) -> Result<Backup, Stop> {
    let mut count = 0;
    for part in blobs.by_part() {
        for hash in part.map_err(Fault::from)? {
            let (size, content) = blobs.reader(&hash).map_err(Fault::from)?;
            archive.blob(&hash, size, content)?;
            count += 1;
            tell_now_and_then(told, count);
        }
    }
    let manifest = Manifest { format, tables, blobs: count };
    let size = archive.end(&manifest, path)?;
    Ok(manifest.backup(size))
}

fn tell_now_and_then(told: &Told, blobs: u64) {
    if blobs.is_multiple_of(1000) {
        told(Progress::Blobs(blobs));
    }
}

/// Fills an empty database whose schema is current, and a folder of blobs, from a backup. The file is first looked through to its
/// end; then every row is written in one transaction and read back before it is committed.
///
/// # Errors
/// Refused as `backup.not_one`, `backup.newer_format`, `backup.other_schema`, `backup.damaged` or `backup.not_empty`: nothing was
/// changed then. A fault when the database or the folder can't be written: the database is as empty as it was, blobs may be there.
pub async fn restore(file: &Path, store: &Store, blobs: &Blobs, told: Told) -> Result<Backup, Stop> {
    let steps = store.read(filling::steps_when_empty).await?;
    let path = file.to_owned();
    let checked = tokio::task::spawn_blocking(move || filling::check(&path, &steps));
    let manifest = checked.await.map_err(Fault::new)??;
    told(Progress::Checked);
    let (path, blobs) = (file.to_owned(), blobs.clone());
    store.write(move |tx| filling::fill(tx, &path, &blobs, &told)).await?;
    let size = std::fs::metadata(file).map_err(Fault::new)?.len();
    Ok(manifest.backup(size))
}

/// The hash of each table's rows, in the order of [`TABLES`]: the same for the same rows on either engine.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn table_hashes(tx: &mut Tx<'_>) -> Result<Vec<(&'static str, String)>, Fault> {
    TABLES.iter().map(|table| Ok((*table, rows::sum(tx, table)?.sha256))).collect()
}
