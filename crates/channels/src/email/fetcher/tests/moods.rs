//! Servers that keep to the letter of IMAP in their own ways: they change what they offer, and say sizes that aren't true.

use super::{fetcher, kept, name, until};
use crate::email::fetcher::Patience;
use engagements::fetching::Standing;
use std::{
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};
use store::Clock;
use testkit::World;
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
    sync::oneshot,
};

/// How a server is.
#[derive(Clone, Copy)]
struct Mood {
    name: &'static str,
    /// What it offers in its greeting, and once somebody has signed in.
    greets: &'static str,
    offers: &'static str,
    /// What it answers to IDLE, in place of telling of mail.
    idle: &'static str,
    /// The size that it says of a mail, and the one that it has.
    says: u64,
    has: usize,
    /// The largest mail that is taken.
    most: u64,
}

const USUAL: Mood = Mood {
    name: "usual",
    greets: "IMAP4rev1",
    offers: "IMAP4rev1",
    idle: "BAD what is that",
    says: 200,
    has: 200,
    most: 1_000_000,
};

/// A server in this mood, and how many mails it has: at first two.
async fn server(mood: Mood) -> (u16, Arc<AtomicU32>) {
    let (listener, mails) = (TcpListener::bind("127.0.0.1:0").await.unwrap(), Arc::new(AtomicU32::new(2)));
    let (port, shared) = (listener.local_addr().unwrap().port(), Arc::clone(&mails));
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(converse(stream, mood, Arc::clone(&shared)));
        }
    });
    (port, mails)
}

async fn converse(stream: TcpStream, mood: Mood, mails: Arc<AtomicU32>) -> std::io::Result<()> {
    let mut stream = BufReader::new(stream);
    stream.write_all(format!("* OK [CAPABILITY {}] here\r\n", mood.greets).as_bytes()).await?;
    let mut line = String::new();
    while stream.read_line(&mut line).await? > 0 {
        let (tag, command) = line.trim_end().split_once(' ').unwrap_or_default();
        let said = answer(command, mood, mails.load(Ordering::SeqCst));
        // What waits for DONE has no end of its own.
        let ends = if said.starts_with('+') { String::new() } else { format!("{tag} OK done\r\n") };
        let ends = if command == "IDLE" { said.replace("TAG", tag) } else { said + &ends };
        stream.write_all(ends.as_bytes()).await?;
        line.clear();
    }
    Ok(())
}

fn answer(command: &str, mood: Mood, mails: u32) -> String {
    let listed = |about: &dyn Fn(u32) -> String| {
        let from: u32 =
            command.trim_start_matches("UID FETCH ").split([':', ' ', ',']).next().unwrap().parse().unwrap();
        (from..=mails).map(about).collect::<String>()
    };
    match command {
        "CAPABILITY" => format!("* CAPABILITY {}\r\n", mood.offers),
        "IDLE" => mood.idle.to_owned(),
        open if open.starts_with("EXAMINE") => {
            format!("* {mails} EXISTS\r\n* OK [UIDVALIDITY 7] x\r\n* OK [UIDNEXT {}] x\r\n", mails + 1)
        }
        heads if heads.contains("HEADER.FIELDS") => String::new(),
        bodies if bodies.contains("BODY.PEEK[]") => listed(&|uid| {
            let head = format!("Message-ID: <{uid}@mail.example>\r\n\r\n");
            let mail = head.clone() + &"x".repeat(mood.has - head.len());
            format!("* {uid} FETCH (UID {uid} BODY[] {{{}}}\r\n{mail})\r\n", mail.len())
        }),
        list if list.contains("RFC822.SIZE") => {
            listed(&|uid| format!("* {uid} FETCH (UID {uid} RFC822.SIZE {})\r\n", mood.says))
        }
        _ => String::new(),
    }
}

/// Everything is taken, or left and told with these words; and so is a mail that comes later.
fn check(mood: Mood, told: &str) {
    tokio::runtime::Runtime::new().unwrap().block_on(async {
        let world = World::on_sqlite().await;
        let (client, mailbox) = (world.aurora.client.id, world.aurora.mailbox.id);
        let (port, mails) = server(mood).await;
        name(&world, client, mailbox, port).await;
        let patience = Patience {
            look_again_after: Duration::from_millis(30),
            idle_within: Duration::from_millis(30),
            tried_again_within: Duration::from_millis(30),
            message_bytes: mood.most,
            ..Patience::default()
        };
        // The world's own clock stands still, and no next try would ever come.
        let mut desk = world.desk.clone();
        desk.clock = Clock::System;
        let fetcher = fetcher(desk, patience);
        let (stop, stopped) = oneshot::channel::<()>();
        let serving = tokio::spawn(fetcher.serve(async move { drop(stopped.await) }));
        let behind = |uid: u32| {
            until(&world, mailbox, move |found| {
                found.standing == Standing::Waiting && found.cursor.is_some_and(|cursor| cursor.last >= uid)
            })
        };
        behind(2).await;
        mails.store(3, Ordering::SeqCst);
        behind(3).await;
        let owner = world.reach("olga").await;
        let page = desk::fetching::account(&world.desk, &owner, client, mailbox).await.unwrap();
        let (left, taken) = (page.left.len(), kept(&world).await);
        assert_eq!((left, taken), if told.is_empty() { (0, 3) } else { (3, 0) }, "{}", mood.name);
        assert!(page.left.iter().all(|mail| mail.because.contains(told)), "{}: {:?}", mood.name, page.left);
        drop(stop);
        serving.await.unwrap().unwrap();
    });
}

#[test]
fn mail_comes_whatever_a_server_offers() {
    check(Mood { name: "no IDLE", ..USUAL }, "");
    check(Mood { name: "IDLE only for guests", greets: "IMAP4rev1 IDLE", ..USUAL }, "");
    let idle = Mood { greets: "IMAP4rev1", offers: "IMAP4rev1 IDLE", ..USUAL };
    check(Mood { name: "IDLE that it doesn't do", idle: "TAG BAD not now\r\n", ..idle }, "");
    check(Mood { name: "IDLE that ends at once", idle: "TAG OK that was it\r\n", ..idle }, "");
    check(Mood { name: "IDLE that ends by itself", idle: "+ go on\r\nTAG OK enough\r\n", ..idle }, "");
    check(
        Mood { name: "IDLE that it takes back", idle: "+ go on\r\n* CAPABILITY IMAP4rev1\r\n", ..idle },
        "",
    );
    check(Mood { name: "IDLE that breaks off", idle: "+ go on\r\n* BYE restarting\r\n", ..idle }, "");
}

#[test]
fn sizes_that_are_not_true_lose_nothing() {
    check(Mood { name: "says more", says: 900_000, ..USUAL }, "");
    check(Mood { name: "says less", says: 3, has: 300_000, ..USUAL }, "");
    check(Mood { name: "says nothing", says: 0, ..USUAL }, "");
    check(
        Mood { name: "says less and has too much", says: 3, most: 100, ..USUAL },
        "too large: left on the server",
    );
    check(Mood { name: "says too much", says: u64::MAX, ..USUAL }, "too large: left on the server");
}
