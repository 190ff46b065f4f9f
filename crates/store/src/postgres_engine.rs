//! PostgreSQL: a pool of connections, serializable transactions that are run again on conflict, and LISTEN.

use crate::{
    Change, Tx, Value,
    store::{Lane, Task, Verdict},
    tx::Connection as Inside,
};
use bytes::BytesMut;
use kernel::Fault;
use postgres::{
    Client, Config, NoTls,
    error::SqlState,
    fallible_iterator::FallibleIterator,
    types::{FromSql, IsNull, ToSql, Type},
};
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, mpsc},
    time::Duration,
};
use tokio::sync::broadcast;

/// Connections for writing, and as many again for reading.
const CONNECTIONS: usize = 8;
/// How often a transaction is run again before its conflict becomes a fault.
const TRIES: u32 = 30;

type Bytes = Box<dyn std::error::Error + Sync + Send>;

/// A statement that PostgreSQL refused, and whether running the transaction again may help.
pub(crate) struct Refusal {
    fault: String,
    pub(crate) conflicted: bool,
}

impl From<Refusal> for Fault {
    fn from(refusal: Refusal) -> Self {
        Self::new(refusal.fault)
    }
}

impl From<postgres::Error> for Refusal {
    fn from(error: postgres::Error) -> Self {
        let conflicted = matches!(
            error.code(),
            Some(&SqlState::T_R_SERIALIZATION_FAILURE | &SqlState::T_R_DEADLOCK_DETECTED)
        );
        let fault = error.as_db_error().map_or_else(|| chain(&error), ToString::to_string);
        Self { fault, conflicted }
    }
}

fn chain(error: &dyn std::error::Error) -> String {
    let source = error.source().map(|source| format!(": {}", chain(source)));
    format!("{error}{}", source.unwrap_or_default())
}

/// A connection with the statements that it has prepared.
pub(crate) struct Session {
    client: Client,
    prepared: HashMap<String, postgres::Statement>,
}

impl Session {
    fn connect(config: &Config) -> Result<Self, Fault> {
        let client = config.connect(NoTls).map_err(|error| Fault::new(chain(&error)))?;
        Ok(Self { client, prepared: HashMap::new() })
    }

    fn prepare(&mut self, text: &str) -> Result<postgres::Statement, postgres::Error> {
        if let Some(statement) = self.prepared.get(text) {
            return Ok(statement.clone());
        }
        let statement = self.client.prepare(&dialect(text))?;
        self.prepared.insert(text.to_owned(), statement.clone());
        Ok(statement)
    }

    /// Has the server prepare a statement that isn't run.
    pub(crate) fn check(&mut self, text: &str) -> Result<(), Refusal> {
        Ok(self.client.prepare(&dialect(text)).map(drop)?)
    }

    /// The rows of a statement.
    pub(crate) fn all(
        &mut self,
        text: &str,
        params: &[Value<'_>],
    ) -> Result<Vec<Vec<Value<'static>>>, Refusal> {
        let statement = self.prepare(text)?;
        let params: Vec<&(dyn ToSql + Sync)> = params.iter().map(|p| p as _).collect();
        let rows = self.client.query(&statement, &params)?;
        let values = |row: postgres::Row| (0..row.len()).map(|at| row.try_get(at)).collect::<Result<_, _>>();
        Ok(rows.into_iter().map(values).collect::<Result<_, _>>()?)
    }

    /// Hands over each row of a statement as the server sends it.
    pub(crate) fn each(
        &mut self,
        text: &str,
        take: &mut dyn FnMut(Vec<Value<'static>>) -> Result<(), Fault>,
    ) -> Result<Result<(), Fault>, Refusal> {
        let statement = self.prepare(text)?;
        let mut rows = self.client.query_raw(&statement, std::iter::empty::<&Value<'_>>())?;
        while let Some(row) = rows.next()? {
            let values = (0..row.len()).map(|at| row.try_get(at)).collect::<Result<_, _>>()?;
            if let Err(fault) = take(values) {
                return Ok(Err(fault));
            }
        }
        Ok(Ok(()))
    }

    /// How many rows a statement changed.
    pub(crate) fn run(&mut self, text: &str, params: &[Value<'_>]) -> Result<u64, Refusal> {
        let statement = self.prepare(text)?;
        let params: Vec<&(dyn ToSql + Sync)> = params.iter().map(|p| p as _).collect();
        Ok(self.client.execute(&statement, &params)?)
    }

    fn batch(&mut self, text: &str) -> Result<(), Refusal> {
        Ok(self.client.batch_execute(text)?)
    }
}

/// The statement in PostgreSQL's words, where they differ.
fn dialect(text: &str) -> String {
    text.replace("/* skip locked */", "for update skip locked")
}

/// Connects and starts the threads: the writers' lane and the readers'.
pub(crate) fn open(url: &str, changes: &broadcast::Sender<Change>) -> Result<(Lane, Lane), Fault> {
    let config: Config = url.parse().map_err(Fault::new)?;
    let writers = lane(&config, "store-writer", write)?;
    let readers = lane(&config, "store-reader", read)?;
    let changes = changes.clone();
    let listen = move || listen(&config, &changes);
    std::thread::Builder::new().name("store-listen".to_owned()).spawn(listen).map_err(Fault::new)?;
    Ok((writers, readers))
}

fn lane(
    config: &Config,
    name: &str,
    run: fn(&mut Session, &mut dyn Task) -> Result<(), Fault>,
) -> Result<Lane, Fault> {
    let (lane, inbox) = mpsc::channel::<Box<dyn Task>>();
    let inbox = Arc::new(Mutex::new(inbox));
    for nth in 0..CONNECTIONS {
        // The first connection proves that the address works; the others open when they are needed.
        let mut session = if nth == 0 { Some(first_session(config)?) } else { None };
        let (config, inbox) = (config.clone(), Arc::clone(&inbox));
        let work = move || {
            loop {
                let next = inbox.lock().map(|inbox| inbox.recv());
                let Ok(Ok(mut task)) = next else { return };
                let outcome =
                    connected(&mut session, &config).and_then(|session| run(session, task.as_mut()));
                task.answer(outcome);
            }
        };
        std::thread::Builder::new().name(name.to_owned()).spawn(work).map_err(Fault::new)?;
    }
    Ok(lane)
}

/// Connects on a thread of its own: the driver waits inside, which the threads of an async runtime may not.
fn first_session(config: &Config) -> Result<Session, Fault> {
    let connecting = std::thread::scope(|scope| scope.spawn(|| Session::connect(config)).join());
    connecting.unwrap_or_else(|_| Err(Fault::new("connecting to PostgreSQL panicked")))
}

fn connected<'a>(session: &'a mut Option<Session>, config: &Config) -> Result<&'a mut Session, Fault> {
    if session.as_ref().is_none_or(|session| session.client.is_closed()) {
        *session = Some(Session::connect(config)?);
    }
    session.as_mut().ok_or_else(|| Fault::new("no connection"))
}

fn read(session: &mut Session, task: &mut dyn Task) -> Result<(), Fault> {
    session.batch("begin isolation level repeatable read read only")?;
    task.run(&mut Tx::new(Inside::Postgres(session)));
    Ok(session.batch("rollback")?)
}

fn write(session: &mut Session, task: &mut dyn Task) -> Result<(), Fault> {
    for tried in 0..TRIES {
        session.batch("begin isolation level serializable")?;
        let mut tx = Tx::new(Inside::Postgres(session));
        let verdict = task.run(&mut tx);
        let conflicted = tx.conflicted;
        match (verdict, conflicted) {
            (_, true) => session.batch("rollback")?,
            (Verdict::Undo, false) => return Ok(session.batch("rollback")?),
            (Verdict::Keep, false) => match session.batch("commit") {
                Err(refusal) if refusal.conflicted => {}
                committed => return Ok(committed?),
            },
        }
        std::thread::sleep(pause(tried));
    }
    Err(Fault::new("the transaction met other writers too often"))
}

/// Waits a little longer after each conflict, and not as long as the neighbour does.
fn pause(tried: u32) -> Duration {
    let salt = u64::from(uuid::Uuid::now_v7().as_bytes()[15]) * 20;
    Duration::from_micros(salt << tried.min(5))
}

fn listen(config: &Config, feed: &broadcast::Sender<Change>) {
    loop {
        if let Err(fault) = listen_once(config, feed) {
            tracing::warn!(%fault, "lost the feed of changes; connecting again");
        }
        std::thread::sleep(Duration::from_secs(1));
    }
}

fn listen_once(config: &Config, feed: &broadcast::Sender<Change>) -> Result<(), Fault> {
    let mut session = Session::connect(config)?;
    session.batch("listen dragoman")?;
    let mut notifications = session.client.notifications();
    let mut incoming = notifications.blocking_iter();
    while let Some(notification) = incoming.next().map_err(Fault::new)? {
        if let Ok(change) = serde_json::from_str(notification.payload()) {
            // Nobody listening is fine.
            let _ = feed.send(change);
        }
    }
    Err(Fault::new("the connection was closed"))
}

impl ToSql for Value<'_> {
    fn to_sql(&self, kind: &Type, out: &mut BytesMut) -> Result<IsNull, Bytes> {
        match self {
            Value::Null => Ok(IsNull::Yes),
            Value::Text(text) => text.as_ref().to_sql(&Type::TEXT, out),
            Value::Int(number) => int_to_sql(*number, kind, out),
            Value::Bool(truth) => truth.to_sql(kind, out),
            Value::Double(number) => number.to_sql(kind, out),
            Value::Blob(bytes) => bytes.as_ref().to_sql(kind, out),
        }
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    postgres::types::to_sql_checked!();
}

fn int_to_sql(number: i64, kind: &Type, out: &mut BytesMut) -> Result<IsNull, Bytes> {
    match *kind {
        Type::INT2 => i16::try_from(number)?.to_sql(kind, out),
        Type::INT4 => i32::try_from(number)?.to_sql(kind, out),
        Type::INT8 => number.to_sql(kind, out),
        Type::BOOL => (number != 0).to_sql(kind, out),
        #[expect(clippy::cast_precision_loss, reason = "only a restored double column takes this way")]
        Type::FLOAT8 => (number as f64).to_sql(kind, out),
        _ => Err(format!("a whole number can't stand in a column of type {kind}").into()),
    }
}

impl<'a> FromSql<'a> for Value<'static> {
    fn from_sql(kind: &Type, raw: &'a [u8]) -> Result<Self, Bytes> {
        Ok(match *kind {
            Type::INT2 => Value::Int(i16::from_sql(kind, raw)?.into()),
            Type::INT4 => Value::Int(i32::from_sql(kind, raw)?.into()),
            Type::INT8 => Value::Int(i64::from_sql(kind, raw)?),
            Type::BOOL => Value::Bool(bool::from_sql(kind, raw)?),
            Type::FLOAT8 => Value::Double(f64::from_sql(kind, raw)?),
            Type::BYTEA => Value::Blob(Vec::<u8>::from_sql(kind, raw)?.into()),
            Type::TEXT | Type::VARCHAR | Type::BPCHAR | Type::NAME => {
                Value::Text(String::from_sql(kind, raw)?.into())
            }
            _ => return Err(format!("columns of type {kind} are not used here").into()),
        })
    }

    fn from_sql_null(_: &Type) -> Result<Self, Bytes> {
        Ok(Value::Null)
    }

    fn accepts(_: &Type) -> bool {
        true
    }
}
