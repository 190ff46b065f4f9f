//! The door on a real port: how many come in, and how it closes.

use super::{Limits, World, codes};
use std::{net::SocketAddr, time::Duration};
use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader},
    net::TcpStream,
    time::timeout,
};

const SOON: Duration = Duration::from_secs(20);

struct Caller(BufReader<TcpStream>);

impl Caller {
    /// Connects and returns the greeting.
    async fn ring(address: SocketAddr) -> (Self, String) {
        let mut caller = Self(BufReader::new(TcpStream::connect(address).await.unwrap()));
        let greeting = caller.hear().await;
        (caller, greeting)
    }

    async fn hear(&mut self) -> String {
        let mut line = String::new();
        timeout(SOON, self.0.read_line(&mut line)).await.unwrap().unwrap();
        line
    }

    async fn say(&mut self, words: &str) {
        self.0.write_all(words.as_bytes()).await.unwrap();
    }

    async fn rest(mut self) -> String {
        let mut rest = String::new();
        timeout(SOON, self.0.read_to_string(&mut rest)).await.unwrap().unwrap();
        rest
    }
}

const UNTIL_DATA: &str = "HELO c\r\nMAIL FROM:<a@b.example>\r\nRCPT TO:<help@aurora.example>\r\nDATA\r\n";

#[tokio::test]
async fn a_network_gets_no_more_than_its_places() {
    let world = World::new(Limits { connections_per_network: 2, ..Limits::default() });
    let (address, stop, serving) = world.open().await;
    let (one, greeting) = Caller::ring(address).await;
    assert!(greeting.starts_with("220 mail.aurora.example "), "{greeting}");
    let (two, _) = Caller::ring(address).await;
    let (three, refusal) = Caller::ring(address).await;
    assert!(refusal.starts_with("421 4.7.0 "), "{refusal}");
    assert_eq!(three.rest().await, "");
    drop(one);
    // The place is free as soon as the receiver has noticed.
    let again = async {
        loop {
            if Caller::ring(address).await.1.starts_with("220") {
                break;
            }
            tokio::task::yield_now().await;
        }
    };
    timeout(SOON, again).await.unwrap();
    drop(two);
    stop.send_replace(true);
    timeout(SOON, serving).await.unwrap().unwrap();
}

#[tokio::test]
async fn closing_time_lets_a_mail_finish() {
    let world = World::new(Limits { finish_within: SOON, ..Limits::default() });
    let (address, stop, serving) = world.open().await;
    let (idle, _) = Caller::ring(address).await;
    let (mut busy, _) = Caller::ring(address).await;
    busy.say(UNTIL_DATA).await;
    while !busy.hear().await.starts_with("354") {}
    stop.send_replace(true);
    assert_eq!(codes(&idle.rest().await), ["421 4.3.2"]);
    assert!(TcpStream::connect(address).await.is_err(), "nobody comes in any more");
    busy.say("Hi\r\n.\r\n").await;
    assert_eq!(codes(&busy.rest().await), ["250 2.0.0", "421 4.3.2"]);
    assert_eq!(world.desk.bodies(), ["Hi\r\n"]);
    timeout(SOON, serving).await.unwrap().unwrap();
}

#[tokio::test]
async fn closing_time_does_not_wait_for_ever() {
    let world = World::new(Limits { finish_within: Duration::from_millis(50), ..Limits::default() });
    let (address, stop, serving) = world.open().await;
    let (mut stuck, _) = Caller::ring(address).await;
    stuck.say(UNTIL_DATA).await;
    while !stuck.hear().await.starts_with("354") {}
    stop.send_replace(true);
    timeout(SOON, serving).await.unwrap().unwrap();
    assert_eq!(world.desk.bodies(), [""; 0]);
}

#[tokio::test]
async fn twenty_clients_at_once_lose_nothing() {
    let world = World::new(Limits::default());
    let (address, stop, serving) = world.open().await;
    let clients = (0..20).map(|client| {
        tokio::spawn(async move {
            let (mut caller, _) = Caller::ring(address).await;
            caller.say("HELO c\r\n").await;
            for mail in 0..20 {
                let envelope = "MAIL FROM:<a@b.example>\r\nRCPT TO:<help@aurora.example>\r\nDATA\r\n";
                caller.say(&format!("{envelope}mail {client}/{mail}\r\n.\r\n")).await;
            }
            caller.say("QUIT\r\n").await;
            caller.rest().await.matches("Stored as").count()
        })
    });
    for client in clients.collect::<Vec<_>>() {
        assert_eq!(client.await.unwrap(), 20);
    }
    let mut bodies = world.desk.bodies();
    bodies.sort();
    bodies.dedup();
    assert_eq!(bodies.len(), 400);
    stop.send_replace(true);
    timeout(SOON, serving).await.unwrap().unwrap();
}
