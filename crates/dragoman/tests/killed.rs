//! The kill test: whatever moment the server dies at, an acknowledged mail is there exactly once, and no mail is there twice.

use crate::{
    installation::{arguments, drained, found, set_up},
    program::{Running, free_address},
    smtp::Client,
};
use desk::Desk;
use std::{
    net::SocketAddr,
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};
use store::Clock;
use testkit::Place;

const MAILS: usize = 2000;
const CONNECTIONS: usize = 20;
const KILLS: usize = 20;

/// What the sending side knows: which mails were acknowledged.
#[derive(Default)]
struct Sent {
    acknowledged: Mutex<Vec<usize>>,
    count: AtomicUsize,
}

#[test]
fn every_acknowledged_mail_survives_twenty_kills_on_sqlite() {
    run(async { survives(Place::on_sqlite().await).await });
}

#[test]
fn every_acknowledged_mail_survives_twenty_kills_on_postgres() {
    run(async {
        if let Some(place) = Place::on_postgres().await {
            survives(place).await;
        }
    });
}

fn run(test: impl Future<Output = ()>) {
    tokio::runtime::Runtime::new().unwrap().block_on(test);
}

async fn survives(place: Place) {
    let desk = Desk::open(
        place.store.clone(),
        place.blobs.clone(),
        place.vault.clone(),
        Clock::System,
        Duration::ZERO,
    )
    .await
    .unwrap();
    let reach = set_up(&desk).await.reach;
    let (arguments, pages, smtp) = (arguments(&place), free_address(), free_address());
    let sent = Arc::new(Sent::default());
    let senders: Vec<_> = (0..CONNECTIONS)
        .map(|connection| {
            let sent = Arc::clone(&sent);
            std::thread::spawn(move || send(smtp, connection, &sent))
        })
        .collect();
    let last = kill_again_and_again(&arguments, pages, smtp, &sent);
    senders.into_iter().for_each(|sender| sender.join().unwrap());
    drained(&desk).await;
    let found = found(&desk, &reach).await;
    drop(last);
    let acknowledged = sent.acknowledged.lock().unwrap().clone();
    assert!(acknowledged.len() >= MAILS * 3 / 4, "only {} mails were acknowledged", acknowledged.len());
    for nth in &acknowledged {
        assert_eq!(found.get(&subject(*nth)), Some(&1), "{}: acknowledged mail {nth}", place.engine);
    }
    assert!(found.values().all(|times| *times == 1), "{}: a mail is there twice", place.engine);
}

/// Kills the server whenever another share of the mails has been acknowledged; the last one lives.
fn kill_again_and_again(arguments: &[String], pages: SocketAddr, smtp: SocketAddr, sent: &Sent) -> Running {
    for kill in 0..KILLS {
        let server = Running::start(arguments, pages, smtp);
        // Unevenly spread, and in the middle of whatever is going on.
        let enough = (kill + 1) * MAILS * 3 / 4 / (KILLS + 1) + kill * 37 % 29;
        let since = Instant::now();
        while sent.count.load(Ordering::SeqCst) < enough && since.elapsed() < Duration::from_secs(30) {
            std::hint::spin_loop();
            std::thread::yield_now();
        }
        drop(server);
    }
    Running::start(arguments, pages, smtp)
}

fn subject(nth: usize) -> String {
    format!("Mail number {nth}")
}

/// Sends this connection's share. Three of four mails are tried until they are acknowledged, as a mail server would; the others
/// only once.
fn send(smtp: SocketAddr, connection: usize, sent: &Sent) {
    let mut open: Option<Client> = None;
    for nth in (connection..MAILS).step_by(CONNECTIONS) {
        let until = Instant::now() + Duration::from_secs(120);
        while Instant::now() < until {
            let delivered = match open.take().map_or_else(|| Client::connect(smtp), Ok) {
                Ok(mut client) => deliver(&mut client, nth).map(|()| open = Some(client)),
                // Nobody listens between a kill and the next start: that isn't a try.
                Err(_) => continue,
            };
            if delivered.is_ok() {
                sent.acknowledged.lock().unwrap().push(nth);
                sent.count.fetch_add(1, Ordering::SeqCst);
                break;
            }
            if nth % 4 == 3 {
                break;
            }
        }
    }
}

fn deliver(client: &mut Client, nth: usize) -> std::io::Result<()> {
    let mail = format!(
        "From: customer{nth}@mail.example\r\nTo: help@aurora.example\r\nSubject: {}\r\nMessage-ID: <{nth}@mail.example>\r\n\r\n\
         Hello, this is about order {nth}.\r\n",
        subject(nth)
    );
    let answer =
        client.deliver(&format!("customer{nth}@mail.example"), "help@aurora.example", mail.as_bytes())?;
    if answer.starts_with("250") { Ok(()) } else { Err(std::io::Error::other(answer)) }
}
