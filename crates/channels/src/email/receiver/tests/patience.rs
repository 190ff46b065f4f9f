//! How long the receiver waits: slow and silent clients lose their place. The clock is pretended.

use super::{Limits, World, codes};
use std::time::Duration;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    time::{Instant, sleep},
};

fn limits() -> Limits {
    Limits {
        command_within: Duration::from_secs(10),
        message_within: Duration::from_secs(60),
        session_within: Duration::from_secs(300),
        ..Limits::default()
    }
}

const UNTIL_DATA: &str = "EHLO c\r\nMAIL FROM:<a@b.example>\r\nRCPT TO:<help@aurora.example>\r\nDATA\r\n";

/// Says `first` at once, then `again` every five seconds for ever; the receiver must close within `within`.
async fn check(first: &str, again: &str, within: u64, expected: &str) {
    let world = World::new(limits());
    let began = Instant::now();
    let (client, session) = world.call(1024 * 1024);
    let (mut from, mut to) = tokio::io::split(client);
    to.write_all(first.as_bytes()).await.unwrap();
    let speaking = async {
        while to.write_all(again.as_bytes()).await.is_ok() {
            sleep(Duration::from_secs(5)).await;
        }
    };
    let mut replies = String::new();
    tokio::select! {
        () = speaking => {}
        read = from.read_to_string(&mut replies) => { read.unwrap(); }
    }
    drop((from, to));
    session.await.unwrap();
    assert_eq!(codes(&replies).last().map(String::as_str), Some("421 4.4.2"), "{first:?} {again:?}");
    assert!(replies.contains(expected), "{replies}");
    assert!(began.elapsed() <= Duration::from_secs(within), "{:?} for {first:?} {again:?}", began.elapsed());
}

#[tokio::test(start_paused = true)]
async fn slow_clients_are_let_go() {
    check("", "", 11, "too long").await;
    check("EHLO c\r\n", "", 11, "too long").await;
    check("NOO", "x", 11, "too long").await;
    check("EHLO c\r\n", "NOOP\r\n", 301, "too long").await;
    check(UNTIL_DATA, "", 11, "The mail took too long").await;
    check(UNTIL_DATA, "x\r\n", 61, "The mail took too long").await;
    check(&format!("{UNTIL_DATA}Hi\n.\n"), "", 11, "must end in CR LF").await;
}

/// A client that never reads its replies can't hold its place either.
#[tokio::test(start_paused = true)]
async fn deaf_clients_are_let_go() {
    let world = World::new(limits());
    let (mut client, session) = world.call(64);
    let speaking = async { while client.write_all(b"NOOP\r\n").await.is_ok() {} };
    tokio::select! {
        () = speaking => {}
        ended = session => ended.unwrap(),
    }
}
