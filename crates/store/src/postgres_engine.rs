//! PostgreSQL: threads that hold a connection each, serializable transactions that are run again on conflict, and LISTEN.

use crate::{
    Change, Tx,
    events::MISSED,
    feed::Feed,
    postgres_session::{Session, connect},
    store::{Lane, Task, Verdict},
    tx::Connection as Inside,
};
use futures_util::{StreamExt, stream};
use kernel::Fault;
use std::{
    sync::{Arc, Mutex, mpsc},
    time::Duration,
};
use tokio_postgres::{AsyncMessage, Config};

/// Connections for writing: most of their time they wait for a disk.
const WRITERS: usize = 8;
/// Connections for reading, for each processor of ours. More would only stand in each other's way on a server of our size.
const READERS_EACH: usize = 2;
/// How often a transaction is run again before its conflict becomes a fault.
const TRIES: u32 = 30;

type Inbox = Mutex<mpsc::Receiver<Box<dyn Task>>>;

/// How a transaction is run on a connection.
type Run = fn(&mut Session, &mut dyn Task) -> Ran;

enum Ran {
    Over(Result<(), Fault>),
    /// The connection was lost before anything could be kept.
    Lost,
}

/// Connects and starts the threads: the writers' lane and the readers'.
pub(crate) fn open(url: &str, feed: &Feed) -> Result<(Lane, Lane), Fault> {
    let config: Config = url.parse().map_err(Fault::new)?;
    let processors = std::thread::available_parallelism().map_or(2, usize::from);
    let writers = lane(&config, "store-writer", WRITERS, write)?;
    let readers = lane(&config, "store-reader", READERS_EACH * processors.max(2), read)?;
    let feed = feed.clone();
    let listen = move || listen(&config, &feed);
    std::thread::Builder::new().name("store-listen".to_owned()).spawn(listen).map_err(Fault::new)?;
    Ok((writers, readers))
}

fn lane(config: &Config, name: &str, connections: usize, run: Run) -> Result<Lane, Fault> {
    let (lane, inbox) = mpsc::channel::<Box<dyn Task>>();
    let inbox = Arc::new(Mutex::new(inbox));
    for nth in 0..connections {
        // The first connection proves that the address works; the others open when they are needed.
        let session = if nth == 0 { Some(first_session(config)?) } else { None };
        let (config, inbox) = (config.clone(), Arc::clone(&inbox));
        let work = move || work(session, &config, &inbox, run);
        std::thread::Builder::new().name(name.to_owned()).spawn(work).map_err(Fault::new)?;
    }
    Ok(lane)
}

/// Connects on a thread of its own: connecting waits, which the threads of an async runtime may not.
fn first_session(config: &Config) -> Result<Session, Fault> {
    let connecting = std::thread::scope(|scope| scope.spawn(|| Session::connect(config)).join());
    connecting.unwrap_or_else(|_| Err(Fault::new("connecting to PostgreSQL panicked")))
}

fn work(mut session: Option<Session>, config: &Config, inbox: &Inbox, run: Run) {
    let mut next = None;
    while let Some(mut task) = next.take().or_else(|| inbox.lock().ok()?.recv().ok()) {
        let outcome = run_connected(&mut session, config, run, task.as_mut());
        task.answer(outcome);
        // Whoever holds the lock waits for a task: then there is none.
        next = inbox.try_lock().ok().and_then(|inbox| inbox.try_recv().ok());
        if let (None, Some(session)) = (&next, &mut session) {
            session.leave();
        }
    }
}

/// Runs a transaction; once more if the connection turns out to be lost, as after a restart of the server.
fn run_connected(
    session: &mut Option<Session>,
    config: &Config,
    run: Run,
    task: &mut dyn Task,
) -> Result<(), Fault> {
    if let Some(Ran::Over(outcome)) = session.as_mut().map(|session| run(session, task)) {
        return outcome;
    }
    match run(session.insert(Session::connect(config)?), task) {
        Ran::Over(outcome) => outcome,
        Ran::Lost => Err(Fault::new("the connection to PostgreSQL was lost")),
    }
}

fn read(session: &mut Session, task: &mut dyn Task) -> Ran {
    session.begin_to_read();
    task.run(&mut Tx::new(Inside::Postgres(session)));
    if session.is_lost() { Ran::Lost } else { Ran::Over(Ok(())) }
}

fn write(session: &mut Session, task: &mut dyn Task) -> Ran {
    for tried in 0..TRIES {
        if let Err(refusal) = session.batch("begin isolation level serializable") {
            return if session.is_lost() { Ran::Lost } else { Ran::Over(Err(refusal.into())) };
        }
        let mut tx = Tx::new(Inside::Postgres(session));
        let verdict = task.run(&mut tx);
        let conflicted = tx.conflicted;
        if session.is_lost() {
            return Ran::Lost;
        }
        let is_kept = matches!(verdict, Verdict::Keep) && !conflicted;
        match session.batch(if is_kept { "commit" } else { "rollback" }) {
            Err(refusal) if refusal.conflicted => {}
            Ok(()) if conflicted => {}
            // When the answer to a commit is lost nobody knows whether it was kept, so it isn't run again.
            ended => return Ran::Over(ended.map_err(Fault::from)),
        }
        std::thread::sleep(pause(tried));
    }
    Ran::Over(Err(Fault::new("the transaction met other writers too often")))
}

/// Waits a little longer after each conflict, and not as long as the neighbour does.
fn pause(tried: u32) -> Duration {
    let salt = u64::from(uuid::Uuid::now_v7().as_bytes()[15]) * 20;
    Duration::from_micros(salt << tried.min(5))
}

fn listen(config: &Config, feed: &Feed) {
    let mut has_listened = false;
    loop {
        if let Err(fault) = listen_once(config, feed, &mut has_listened) {
            tracing::warn!(%fault, "lost the feed of changes; connecting again");
        }
        std::thread::sleep(Duration::from_secs(1));
    }
}

fn listen_once(config: &Config, feed: &Feed, has_listened: &mut bool) -> Result<(), Fault> {
    let (runtime, client, mut connection) = connect(config)?;
    let messages = stream::poll_fn(move |context| connection.poll_message(context));
    let hear = messages.for_each(|message| async {
        if let Ok(AsyncMessage::Notification(told)) = message
            && let Ok(change) = serde_json::from_str(told.payload())
        {
            feed.tell(change);
        }
    });
    let listen = async {
        client.batch_execute("listen dragoman").await?;
        if std::mem::replace(has_listened, true) {
            feed.tell(Change { kind: MISSED.to_owned(), engagement: None, case: None });
        }
        Ok::<_, tokio_postgres::Error>(())
    };
    runtime.block_on(async { tokio::join!(hear, listen).1 }).map_err(Fault::new)?;
    Err(Fault::new("the connection was closed"))
}
