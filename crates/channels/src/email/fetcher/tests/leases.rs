//! Two servers share one PostgreSQL: each account is fetched by one of them, and by the other when that one stops or dies.

use super::{fetcher, kept, name, until};
use crate::email::fetcher::Patience;
use desk::{
    Desk, UNDO_FOR,
    fetching::{self, ACCOUNT_CHANGED, LEASE},
};
use std::{
    sync::{
        Arc,
        atomic::{AtomicI64, AtomicU32, Ordering},
    },
    time::Duration,
};
use store::{Change, Store};
use testkit::{Place, World};
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
    runtime::Runtime,
    sync::oneshot,
};

/// What a mail server counts.
#[derive(Default)]
struct Counts {
    mails: AtomicU32,
    sessions: AtomicI64,
    most_at_once: AtomicI64,
    ever: AtomicI64,
}

async fn server(counts: Arc<Counts>) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let counts = Arc::clone(&counts);
            tokio::spawn(async move {
                let at_once = counts.sessions.fetch_add(1, Ordering::SeqCst) + 1;
                counts.most_at_once.fetch_max(at_once, Ordering::SeqCst);
                counts.ever.fetch_add(1, Ordering::SeqCst);
                let _ = converse(stream, &counts.mails).await;
                counts.sessions.fetch_sub(1, Ordering::SeqCst);
            });
        }
    });
    port
}

async fn converse(stream: TcpStream, mails: &AtomicU32) -> std::io::Result<()> {
    let mut stream = BufReader::new(stream);
    stream.write_all(b"* OK [CAPABILITY IMAP4rev1] here\r\n").await?;
    let mut line = String::new();
    while stream.read_line(&mut line).await? > 0 {
        let (tag, command) = line.trim_end().split_once(' ').unwrap_or_default();
        let last = mails.load(Ordering::SeqCst);
        let from: u32 = command
            .trim_start_matches("UID FETCH ")
            .split([':', ' ', ','])
            .next()
            .unwrap()
            .parse()
            .unwrap_or(1);
        let each = |about: &dyn Fn(u32) -> String| (from..=last).map(about).collect::<String>();
        let said = match command {
            "CAPABILITY" => "* CAPABILITY IMAP4rev1\r\n".to_owned(),
            open if open.starts_with("EXAMINE") => {
                format!("* {last} EXISTS\r\n* OK [UIDVALIDITY 7] x\r\n* OK [UIDNEXT {}] x\r\n", last + 1)
            }
            heads if heads.contains("HEADER.FIELDS") => String::new(),
            list if list.contains("RFC822.SIZE") => {
                each(&|uid| format!("* {uid} FETCH (UID {uid} RFC822.SIZE 50)\r\n"))
            }
            bodies if bodies.contains("BODY.PEEK[]") => each(&|uid| {
                let mail = format!("Message-ID: <{uid}@mail.example>\r\n\r\nHello");
                format!("* {uid} FETCH (UID {uid} BODY[] {{{}}}\r\n{mail})\r\n", mail.len())
            }),
            _ => String::new(),
        };
        stream.write_all(format!("{said}{tag} OK done\r\n").as_bytes()).await?;
        line.clear();
    }
    Ok(())
}

/// One of the servers, with a runtime and a door to the database of its own.
struct Dragoman {
    runtime: Runtime,
    stop: Option<oneshot::Sender<()>>,
}

impl Dragoman {
    fn start(world: &World) -> Self {
        let runtime =
            tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        let (desk, clock) = (world.desk.clone(), world.clock.clone());
        let (stop, stopped) = oneshot::channel::<()>();
        runtime.spawn(async move {
            let store = Store::open(desk.store.engine().clone()).unwrap();
            let own = Desk::open(store, desk.blobs, desk.vault, clock, UNDO_FOR).await.unwrap();
            let patience = Patience { look_again_after: Duration::from_millis(30), ..Patience::default() };
            let fetcher = fetcher(own, patience);
            fetcher.serve(async move { drop(stopped.await) }).await.unwrap();
        });
        Self { runtime, stop: Some(stop) }
    }

    /// It dies, and gives nothing back.
    fn dies(self) {
        std::mem::forget(self.stop);
        self.runtime.shutdown_background();
    }
}

async fn look_again(world: &World) {
    let change = || Change { kind: ACCOUNT_CHANGED.to_owned(), engagement: None, case: None };
    world.write(move |tx| tx.tell(change())).await;
}

async fn nobody_else_has_it(world: &World) -> bool {
    fetching::lease(&world.desk, "somebody else").await.unwrap().is_empty()
}

#[test]
fn an_account_is_fetched_by_one_server_and_taken_over_when_that_stops_or_dies() {
    let runtime = Runtime::new().unwrap();
    let Some(place) = runtime.block_on(Place::on_postgres()) else { return };
    let world = runtime.block_on(World::on(place));
    let (mailbox, counts) = (world.aurora.mailbox.id, Arc::new(Counts::default()));
    let brings = |mails: u32| {
        counts.mails.store(mails, Ordering::SeqCst);
        runtime.block_on(until(&world, mailbox, move |found| {
            found.cursor.is_some_and(|cursor| cursor.last == mails)
        }));
        assert!(runtime.block_on(nobody_else_has_it(&world)), "whoever fetches has the account");
        assert_eq!(runtime.block_on(kept(&world)), i64::from(mails), "each mail is kept once");
        assert_eq!(counts.most_at_once.load(Ordering::SeqCst), 1, "one server at a time");
    };
    runtime.block_on(async {
        let port = server(Arc::clone(&counts)).await;
        name(&world, world.aurora.client.id, mailbox, port).await;
    });
    let first = Dragoman::start(&world);
    brings(2);
    let second = Dragoman::start(&world);
    let third = Dragoman::start(&world);
    runtime.block_on(look_again(&world));
    brings(4);
    assert_eq!(counts.ever.load(Ordering::SeqCst), 1, "the others leave it alone");

    // The first dies; until its lease is over nobody else begins.
    first.dies();
    runtime.block_on(look_again(&world));
    assert!(runtime.block_on(nobody_else_has_it(&world)), "the lease of the dead one still holds");
    world.later(LEASE + Duration::from_secs(1));
    runtime.block_on(look_again(&world));
    brings(6);
    assert_eq!(counts.ever.load(Ordering::SeqCst), 2, "one of the others took over");

    // Those that stop give back what they have; nobody waits for the end of a lease then.
    let (mut second, mut third) = (second, third);
    drop(second.stop.take());
    drop(third.stop.take());
    runtime.block_on(async {
        while fetching::lease(&world.desk, "somebody else").await.unwrap().is_empty() {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    });
}
