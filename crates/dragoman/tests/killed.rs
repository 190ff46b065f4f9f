//! The kill test: whatever moment the server dies at, an acknowledged mail is there exactly once, and no mail is there twice.

use crate::program::{Running, free_address};
use cases::{Filter, View};
use desk::{Desk, inbox, set_up, sign_in};
use kernel::{Owner, Reach, Role};
use people::tables as people_tables;
use std::{
    collections::HashMap,
    io::{BufRead, BufReader, Write},
    net::{SocketAddr, TcpStream},
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};
use store::{Clock, Engine, fresh};
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
    let desk = Desk::open(place.store.clone(), place.blobs.clone(), Clock::System, Duration::ZERO).await.unwrap();
    let reach = set_up(&desk).await;
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

fn arguments(place: &Place) -> Vec<String> {
    let folder = place.folder.path().display().to_string();
    match place.store.engine() {
        Engine::Sqlite(_) => vec!["--data".to_owned(), folder],
        Engine::Postgres(url) => vec!["--data".to_owned(), folder, "--database".to_owned(), url.clone()],
    }
}

async fn set_up(desk: &Desk) -> Reach {
    let person = people::Person {
        id: fresh(),
        name: "Reader".to_owned(),
        email: "reader@aurora.example".parse().unwrap(),
        owner: Owner::Yes,
        languages: Vec::new(),
        uses_shortcuts: true,
        has_password: false,
        disabled_at: None,
    };
    let reader = person.id;
    desk.store
        .write(move |tx| {
            let now = Clock::System.now();
            let aurora = set_up::new_client("Aurora", "orange", "en", "Europe/Berlin")?;
            let in_house = set_up::open_client(tx, &aurora, now)?;
            let address = "help@aurora.example".parse().map_err(kernel::Fault::new)?;
            set_up::open_mailbox(tx, &aurora, address, "Aurora", in_house, now)?;
            people_tables::add_person(tx, &person, now)?;
            let place = desk::accounts::Place::Client(aurora.id);
            desk::accounts::give_seat(tx, person.id, Role::SupportOwner, place, now)
        })
        .await
        .unwrap();
    let token = sign_in::begin(desk, reader, "test").await.unwrap();
    sign_in::who(desk, &token).await.unwrap().unwrap().reach
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
    let mut open: Option<BufReader<TcpStream>> = None;
    for nth in (connection..MAILS).step_by(CONNECTIONS) {
        let until = Instant::now() + Duration::from_secs(120);
        while Instant::now() < until {
            let delivered = match open.take().map_or_else(|| connect(smtp), Ok) {
                Ok(mut stream) => deliver(&mut stream, nth).map(|()| open = Some(stream)),
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

fn connect(smtp: SocketAddr) -> std::io::Result<BufReader<TcpStream>> {
    let stream = TcpStream::connect(smtp)?;
    stream.set_read_timeout(Some(Duration::from_secs(30)))?;
    let mut stream = BufReader::new(stream);
    expect(&mut stream, "220")?;
    say(&mut stream, "HELO client.example\r\n", "250")?;
    Ok(stream)
}

fn deliver(stream: &mut BufReader<TcpStream>, nth: usize) -> std::io::Result<()> {
    say(stream, &format!("MAIL FROM:<customer{nth}@mail.example>\r\n"), "250")?;
    say(stream, "RCPT TO:<help@aurora.example>\r\n", "250")?;
    say(stream, "DATA\r\n", "354")?;
    let mail = format!(
        "From: customer{nth}@mail.example\r\nTo: help@aurora.example\r\nSubject: {}\r\nMessage-ID: <{nth}@mail.example>\r\n\r\n\
         Hello, this is about order {nth}.\r\n.\r\n",
        subject(nth)
    );
    say(stream, &mail, "250")
}

fn say(stream: &mut BufReader<TcpStream>, text: &str, code: &str) -> std::io::Result<()> {
    stream.get_mut().write_all(text.as_bytes())?;
    expect(stream, code)
}

fn expect(stream: &mut BufReader<TcpStream>, code: &str) -> std::io::Result<()> {
    let mut line = String::new();
    stream.read_line(&mut line)?;
    if line.starts_with(code) { Ok(()) } else { Err(std::io::Error::other(line)) }
}

/// Waits until every kept mail has been read.
async fn drained(desk: &Desk) {
    let since = Instant::now();
    loop {
        let (waiting, stuck) = desk.store.read(jobs::waiting_count).await.unwrap();
        assert_eq!(stuck, 0, "a mail got stuck");
        if waiting == 0 {
            return;
        }
        assert!(since.elapsed() < Duration::from_secs(180), "{waiting} mails were never read");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

/// How often each subject is there, as a case or as a further message of one.
async fn found(desk: &Desk, reach: &Reach) -> HashMap<String, i64> {
    let mut found = HashMap::new();
    let mut after = None;
    loop {
        let wanted = inbox::Wanted { view: View::Open, filter: Filter::default(), after };
        let page = inbox::page(desk, reach, wanted).await.unwrap();
        for row in page.rows {
            *found.entry(row.subject).or_insert(0) += row.messages;
        }
        after = page.next;
        if after.is_none() {
            return found;
        }
    }
}
