//! SQLite: one writer thread that commits waiting closures together, and a pool of readers.

use crate::{
    Change, Tx, Value,
    feed::Feed,
    store::{Lane, Task, Verdict},
    tx::Connection as Inside,
};
use kernel::Fault;
use rusqlite::{Connection, ToSql, types::ValueRef};
use std::{
    path::Path,
    sync::{Arc, Mutex, mpsc},
    time::{Duration, Instant},
};

/// How many closures one commit takes at most.
const GROUP: usize = 256;
/// How long a commit waits for closures that are already queued behind slow ones.
const GROUP_FOR: Duration = Duration::from_millis(20);
/// Readers; SQLite reads run in parallel with the writer.
const READERS: usize = 4;

/// Opens the database file and starts its threads: the writer's lane and the readers'.
pub(crate) fn open(path: &Path, feed: &Feed) -> Result<(Lane, Lane), Fault> {
    let connection = connect(path, "pragma synchronous = full; pragma cache_size = -16000;")?;
    let (writer, inbox) = mpsc::channel();
    let feed = feed.clone();
    spawn("store-writer", move || write(&connection, &inbox, &feed))?;
    let (readers, inbox) = mpsc::channel();
    let inbox = Arc::new(Mutex::new(inbox));
    for _ in 0..READERS {
        let connection = connect(path, "pragma query_only = on; pragma cache_size = -8000;")?;
        let inbox = Arc::clone(&inbox);
        spawn("store-reader", move || read(&connection, &inbox))?;
    }
    Ok((writer, readers))
}

fn spawn(name: &str, work: impl FnOnce() + Send + 'static) -> Result<(), Fault> {
    std::thread::Builder::new().name(name.to_owned()).spawn(work).map(drop).map_err(Fault::new)
}

fn connect(path: &Path, pragmas: &str) -> Result<Connection, Fault> {
    let connection = Connection::open(path).map_err(Fault::new)?;
    connection
        .execute_batch(&format!(
            "pragma journal_mode = wal; pragma foreign_keys = on; pragma busy_timeout = 10000;
             pragma temp_store = memory; pragma wal_autocheckpoint = 4000; {pragmas}"
        ))
        .map_err(Fault::new)?;
    connection.set_prepared_statement_cache_capacity(256);
    Ok(connection)
}

fn read(connection: &Connection, inbox: &Mutex<mpsc::Receiver<Box<dyn Task>>>) {
    loop {
        let next = inbox.lock().map(|inbox| inbox.recv());
        let Ok(Ok(mut task)) = next else { return };
        let began = batch(connection, "begin");
        if began.is_ok() {
            task.run(&mut Tx::new(Inside::Sqlite(connection)));
            // A read has nothing to lose: whether its commit works doesn't change what it saw.
            let _ = batch(connection, "commit");
        }
        task.answer(began);
    }
}

fn write(connection: &Connection, inbox: &mpsc::Receiver<Box<dyn Task>>, feed: &Feed) {
    while let Ok(first) = inbox.recv() {
        let mut ran = Vec::new();
        let mut changes = Vec::new();
        let committed = group(connection, inbox, first, &mut ran, &mut changes);
        match committed {
            Ok(()) => {
                changes.into_iter().for_each(|change| feed.tell(change));
                ran.into_iter().for_each(|task| task.answer(Ok(())));
            }
            Err(fault) => {
                let _ = batch(connection, "rollback");
                let sentence = fault.to_string();
                ran.into_iter().for_each(|task| task.answer(Err(Fault::new(sentence.as_str()))));
            }
        }
    }
}

/// Runs the first closure and those that wait behind it, each in its own savepoint, and commits them as one.
fn group(
    connection: &Connection,
    inbox: &mpsc::Receiver<Box<dyn Task>>,
    first: Box<dyn Task>,
    ran: &mut Vec<Box<dyn Task>>,
    changes: &mut Vec<Change>,
) -> Result<(), Fault> {
    let mut next = Some(first);
    if let Err(fault) = batch(connection, "begin immediate") {
        ran.extend(next);
        return Err(fault);
    }
    let since = Instant::now();
    while let Some(mut task) = next {
        let outcome = one(connection, task.as_mut());
        ran.push(task);
        changes.extend(outcome?);
        let more = ran.len() < GROUP && since.elapsed() < GROUP_FOR;
        next = if more { inbox.try_recv().ok() } else { None };
    }
    batch(connection, "commit")
}

fn one(connection: &Connection, task: &mut dyn Task) -> Result<Vec<Change>, Fault> {
    batch(connection, "savepoint one")?;
    let mut tx = Tx::new(Inside::Sqlite(connection));
    let verdict = task.run(&mut tx);
    let changes = std::mem::take(&mut tx.changes);
    match verdict {
        Verdict::Keep => batch(connection, "release one").map(|()| changes),
        Verdict::Undo => {
            batch(connection, "rollback to one")?;
            batch(connection, "release one").map(|()| Vec::new())
        }
    }
}

/// Begins, ends or marks a transaction; prepared once, because every closure does it.
fn batch(connection: &Connection, text: &str) -> Result<(), Fault> {
    let mut statement = connection.prepare_cached(text).map_err(Fault::new)?;
    statement.execute([]).map(drop).map_err(Fault::new)
}

/// Has the engine prepare a statement that isn't run.
pub(crate) fn prepare(connection: &Connection, text: &str) -> Result<(), Fault> {
    connection.prepare(text).map(drop).map_err(Fault::new)
}

/// The rows of a statement.
pub(crate) fn all(
    connection: &Connection,
    text: &str,
    params: &[Value<'_>],
) -> Result<Vec<Vec<Value<'static>>>, Fault> {
    let mut found = Vec::new();
    each(connection, text, params, &mut |row| {
        found.push(row);
        Ok(())
    })?;
    Ok(found)
}

/// Hands over each row of a statement.
pub(crate) fn each(
    connection: &Connection,
    text: &str,
    params: &[Value<'_>],
    take: &mut dyn FnMut(Vec<Value<'static>>) -> Result<(), Fault>,
) -> Result<(), Fault> {
    let mut statement = connection.prepare_cached(text).map_err(Fault::new)?;
    let width = statement.column_count();
    let mut rows = statement.query(rusqlite::params_from_iter(params)).map_err(Fault::new)?;
    while let Some(row) = rows.next().map_err(Fault::new)? {
        let values = (0..width).map(|at| row.get_ref(at).map(owned).map_err(Fault::new));
        take(values.collect::<Result<_, _>>()?)?;
    }
    Ok(())
}

/// How many rows a statement changed.
pub(crate) fn run(connection: &Connection, text: &str, params: &[Value<'_>]) -> Result<u64, Fault> {
    let mut statement = connection.prepare_cached(text).map_err(Fault::new)?;
    let changed = statement.execute(rusqlite::params_from_iter(params)).map_err(Fault::new)?;
    Ok(changed as u64)
}

impl ToSql for Value<'_> {
    fn to_sql(&self) -> rusqlite::Result<rusqlite::types::ToSqlOutput<'_>> {
        use rusqlite::types::{ToSqlOutput::Borrowed, ToSqlOutput::Owned, Value as Theirs};
        Ok(match self {
            Value::Null => Owned(Theirs::Null),
            Value::Text(text) => Borrowed(ValueRef::Text(text.as_bytes())),
            Value::Int(number) => Owned(Theirs::Integer(*number)),
            Value::Bool(truth) => Owned(Theirs::Integer(i64::from(*truth))),
            Value::Double(number) => Owned(Theirs::Real(*number)),
            Value::Blob(bytes) => Borrowed(ValueRef::Blob(bytes)),
        })
    }
}

fn owned(value: ValueRef<'_>) -> Value<'static> {
    match value {
        ValueRef::Null => Value::Null,
        ValueRef::Integer(number) => Value::Int(number),
        ValueRef::Real(number) => Value::Double(number),
        ValueRef::Text(text) => Value::Text(String::from_utf8_lossy(text).into_owned().into()),
        ValueRef::Blob(bytes) => Value::Blob(bytes.to_vec().into()),
    }
}
