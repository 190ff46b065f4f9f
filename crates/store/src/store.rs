//! The store: opened once, shared by everybody, asked with closures.

use crate::{Change, Tx, feed::Feed, migrations, postgres_engine, sqlite_engine};
use kernel::{Fault, Instant};
use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    path::{Path, PathBuf},
    sync::{Arc, mpsc},
};
use tokio::sync::{broadcast, oneshot};

/// Where the database is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Engine {
    /// A file of the embedded database.
    Sqlite(PathBuf),
    /// The address of a PostgreSQL database: `postgres://user:password@host/name`.
    Postgres(String),
}

impl Engine {
    /// From a database URL; none means the file `dragoman.db` in the data folder.
    pub fn from_settings(url: Option<&str>, folder: &Path) -> Self {
        match url {
            Some(url) if url.starts_with("postgres") => Self::Postgres(url.to_owned()),
            Some(url) => Self::Sqlite(url.strip_prefix("sqlite://").unwrap_or(url).into()),
            None => Self::Sqlite(folder.join("dragoman.db")),
        }
    }

    /// The engine's name.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Sqlite(_) => "SQLite",
            Self::Postgres(_) => "PostgreSQL",
        }
    }
}

/// The queue in front of one or several threads that hold a connection each.
pub(crate) type Lane = mpsc::Sender<Box<dyn Task>>;

/// What becomes of a closure's changes.
pub(crate) enum Verdict {
    Keep,
    Undo,
}

/// A closure on its way through a lane: it may run several times and is answered once.
pub(crate) trait Task: Send {
    fn run(&mut self, tx: &mut Tx<'_>) -> Verdict;
    fn answer(self: Box<Self>, committed: Result<(), Fault>);
}

struct Pending<T, E, F> {
    work: F,
    result: Option<Result<T, E>>,
    answer: oneshot::Sender<Result<T, E>>,
}

impl<T, E, F> Task for Pending<T, E, F>
where
    T: Send,
    E: From<Fault> + Send,
    F: Fn(&mut Tx<'_>) -> Result<T, E> + Send,
{
    fn run(&mut self, tx: &mut Tx<'_>) -> Verdict {
        let ran = catch_unwind(AssertUnwindSafe(|| (self.work)(tx)));
        let mut result = ran.unwrap_or_else(|_| Err(Fault::new("a transaction panicked").into()));
        if tx.refused && result.is_ok() {
            // PostgreSQL keeps nothing of such a transaction and says so to nobody.
            result = Err(Fault::new("a statement was refused and the transaction went on").into());
        }
        let verdict = if result.is_ok() { Verdict::Keep } else { Verdict::Undo };
        self.result = Some(result);
        verdict
    }

    fn answer(self: Box<Self>, committed: Result<(), Fault>) {
        let result = match (committed, self.result) {
            (Ok(()), Some(result)) => result,
            (Ok(()), None) => Err(Fault::new("the transaction never ran").into()),
            // What the closure itself complained of says more than that its commit failed.
            (Err(_), Some(Err(error))) => Err(error),
            (Err(fault), _) => Err(fault.into()),
        };
        // The asker may have gone away; the change stands all the same.
        let _ = self.answer.send(result);
    }
}

/// The database. Clones share the same threads.
#[derive(Clone)]
pub struct Store {
    engine: Arc<Engine>,
    writers: Lane,
    readers: Lane,
    feed: Feed,
}

impl Store {
    /// Opens the database. It isn't migrated: see [`Store::migrate`].
    ///
    /// # Errors
    /// A fault when the file can't be opened or the server can't be reached.
    pub fn open(engine: Engine) -> Result<Self, Fault> {
        let feed = Feed::new();
        let (writers, readers) = match &engine {
            Engine::Sqlite(path) => sqlite_engine::open(path, &feed)?,
            Engine::Postgres(url) => postgres_engine::open(url, &feed)?,
        };
        Ok(Self { engine: Arc::new(engine), writers, readers, feed })
    }

    /// Opens the database and brings its schema up to date.
    ///
    /// # Errors
    /// A fault when it can't be opened, or was made by a newer program.
    pub async fn open_current(engine: Engine) -> Result<Self, Fault> {
        let store = Self::open(engine)?;
        store.migrate().await?;
        Ok(store)
    }

    /// Where the database is.
    pub fn engine(&self) -> &Engine {
        &self.engine
    }

    /// Runs a closure that changes something, durably: when this answers, the change survives a power cut.
    /// The closure may run more than once, so it must change nothing but the database.
    ///
    /// # Errors
    /// Whatever the closure answers, or a fault when the database can't be reached.
    pub async fn write<T, E, F>(&self, work: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<Fault> + Send + 'static,
        F: Fn(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
    {
        ask(&self.writers, work).await
    }

    /// Runs a closure that only reads; it sees one consistent state.
    ///
    /// # Errors
    /// Whatever the closure answers, or a fault when the database can't be reached.
    pub async fn read<T, E, F>(&self, work: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<Fault> + Send + 'static,
        F: Fn(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
    {
        ask(&self.readers, work).await
    }

    /// The feed of changes, from now on.
    pub fn changes(&self) -> broadcast::Receiver<Change> {
        self.feed.to_come()
    }

    /// What changed since an instant of the machine's clock, and the feed from now on. Of what is too long ago, what changed is one
    /// [`MISSED`](crate::MISSED).
    pub fn changes_since(&self, then: Instant) -> (Vec<Change>, broadcast::Receiver<Change>) {
        self.feed.since(then)
    }

    /// Makes an empty schema beside others in a PostgreSQL database, so that tests don't meet each other.
    ///
    /// # Errors
    /// A fault when the server refuses it.
    #[doc(hidden)]
    pub async fn make_test_schema(&self, name: &str) -> Result<(), Fault> {
        let text = format!("create schema {name}");
        self.write(move |tx| tx.execute(&text, vec![]).map(drop)).await
    }

    /// Cuts every connection to PostgreSQL but the one that says so, as a restart of the server does.
    ///
    /// # Errors
    /// A fault when the server refuses it.
    #[doc(hidden)]
    pub async fn cut_test_connections(&self) -> Result<(), Fault> {
        let text = "select pg_terminate_backend(pid)::text from pg_stat_activity
                    where application_name = current_setting('application_name') and pid <> pg_backend_pid()";
        self.write(move |tx| tx.ask(text, vec![]).map(drop)).await
    }

    /// The steps that the schema hasn't taken yet. Changes nothing.
    ///
    /// # Errors
    /// A fault when the database can't be reached or was made by a newer program.
    pub async fn missing_steps(&self) -> Result<Vec<String>, Fault> {
        self.read(migrations::missing).await
    }

    /// Brings the schema up to date; answers the names of the steps that it took.
    ///
    /// # Errors
    /// A fault when a step fails or the schema is newer than this program.
    pub async fn migrate(&self) -> Result<Vec<String>, Fault> {
        let postgres = matches!(*self.engine, Engine::Postgres(_));
        self.write(move |tx| migrations::migrate(tx, postgres)).await
    }
}

async fn ask<T, E, F>(lane: &Lane, work: F) -> Result<T, E>
where
    T: Send + 'static,
    E: From<Fault> + Send + 'static,
    F: Fn(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
{
    let (answer, answered) = oneshot::channel();
    let task = Box::new(Pending { work, result: None, answer });
    lane.send(task).map_err(|_| Fault::new("the store has been closed"))?;
    answered.await.unwrap_or_else(|_| Err(Fault::new("the store was closed while it worked").into()))
}
