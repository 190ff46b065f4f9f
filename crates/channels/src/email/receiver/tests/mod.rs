//! The receiver, spoken to as clients do and as attackers do.

mod chunks;
mod conversations;
mod doors;
mod endings;
mod lmtp;
mod patience;
mod secrets;

use super::{
    Address, Body, Encryption, Envelope, Intake, Limits, Protocol, Receiver, Recipient, Settings, Taken,
    listener::House,
};
use kernel::Instant;
use std::{
    net::{IpAddr, Ipv4Addr, SocketAddr},
    sync::{Arc, Mutex},
};
use tempfile::TempDir;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt, DuplexStream},
    sync::watch,
    task::JoinHandle,
};

const PEER: IpAddr = IpAddr::V4(Ipv4Addr::new(192, 0, 2, 7));

/// A desk that serves `aurora.example` and remembers what it took.
#[derive(Default)]
struct Desk {
    taken: Mutex<Vec<(Envelope, Vec<u8>)>>,
}

impl Intake for Desk {
    async fn serves(&self, recipient: &str) -> Recipient {
        match recipient.split_once('@') {
            None => Recipient::Served,
            Some(("busy", _)) => Recipient::Later("The list of addresses\r\n250 can't be read.".to_owned()),
            Some((_, domain)) if domain.eq_ignore_ascii_case("aurora.example") => Recipient::Served,
            Some(_) => Recipient::Unknown,
        }
    }

    async fn take_each(&self, envelope: Envelope, body: Body) -> Vec<Taken> {
        let bytes = body.into_bytes().unwrap();
        let mut each = Vec::new();
        for recipient in &envelope.to {
            let envelope = Envelope { to: vec![recipient.clone()], ..envelope.clone() };
            each.push(match bytes.starts_with(b"not for b") && recipient.starts_with("b@") {
                true => Taken::Later("Not now.".to_owned()),
                false => self.take(envelope, Body::Inline(bytes.clone())).await,
            });
        }
        each
    }

    async fn take(&self, envelope: Envelope, body: Body) -> Taken {
        let bytes = body.into_bytes().unwrap();
        if bytes.starts_with(b"refuse") {
            return Taken::Refused("Not this one.".to_owned());
        }
        if bytes.starts_with(b"later") {
            return Taken::Later("Not now.".to_owned());
        }
        let mut taken = self.taken.lock().unwrap();
        taken.push((envelope, bytes));
        Taken::Stored { reference: format!("mail {}", taken.len()) }
    }
}

impl Desk {
    fn bodies(&self) -> Vec<String> {
        self.taken
            .lock()
            .unwrap()
            .iter()
            .map(|(_, body)| String::from_utf8_lossy(body).into_owned())
            .collect()
    }

    fn envelope(&self) -> Envelope {
        self.taken.lock().unwrap()[0].0.clone()
    }
}

/// A receiver's settings with a folder that lives as long.
struct World {
    desk: Arc<Desk>,
    settings: Settings,
    folder: TempDir,
    stop: watch::Sender<bool>,
}

impl World {
    fn new(limits: Limits) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let settings = Settings {
            protocol: Protocol::Smtp,
            hostname: "mail.aurora.example".to_owned(),
            limits,
            spool: folder.path().to_owned(),
            certificate: None,
            now: || Instant::from_micros(1_795_417_200_000_000),
        };
        Self { desk: Arc::default(), settings, folder, stop: watch::channel(false).0 }
    }

    /// A conversation over a pipe that holds `room` bytes.
    fn call(&self, room: usize) -> (DuplexStream, JoinHandle<()>) {
        let (client, server) = tokio::io::duplex(room);
        let house = House {
            settings: self.settings.clone(),
            intake: Arc::clone(&self.desk),
            stopping: self.stop.subscribe(),
        };
        (client, tokio::spawn(Arc::new(house).converse(server, PEER)))
    }

    /// Says everything at once and returns all replies.
    async fn say(&self, words: &[u8]) -> String {
        self.say_in_pieces(&[words], 64 * 1024).await
    }

    async fn say_in_pieces(&self, pieces: &[&[u8]], room: usize) -> String {
        let (client, session) = self.call(room);
        let (mut from, mut to) = tokio::io::split(client);
        let speaking = async {
            for piece in pieces {
                // The receiver may have had enough before we have said everything.
                let _ = to.write_all(piece).await;
                tokio::task::yield_now().await;
            }
            let _ = to.shutdown().await;
        };
        let mut replies = String::new();
        let (_, read) = tokio::join!(speaking, from.read_to_string(&mut replies));
        read.unwrap();
        session.await.unwrap();
        replies
    }

    /// How many temporary files there are.
    fn spooled(&self) -> usize {
        std::fs::read_dir(self.folder.path()).unwrap().count()
    }

    /// The receiver on a real port of this machine.
    async fn open(&self) -> (SocketAddr, watch::Sender<bool>, JoinHandle<()>) {
        let anywhere = Address::Port((Ipv4Addr::LOCALHOST, 0).into());
        let receiver = Receiver::bind(&anywhere, self.settings.clone()).await.unwrap();
        let address = receiver.local_address().port().unwrap();
        let (stop, mut stopped) = watch::channel(false);
        let until = async move {
            let _ = stopped.wait_for(|stopped| *stopped).await;
        };
        (address, stop, tokio::spawn(receiver.serve(Arc::clone(&self.desk), until)))
    }
}

/// The codes of replies, without sentences: `250 2.1.0`.
fn codes(replies: &str) -> Vec<String> {
    let last = replies.lines().filter(|line| line.as_bytes().get(3) != Some(&b'-'));
    let short = last.map(|line| {
        let mut words = line.split(' ');
        let (code, status) = (words.next().unwrap_or(""), words.next().unwrap_or(""));
        let is_status = status.split('.').count() == 3 && status.starts_with(|c: char| c.is_ascii_digit());
        if is_status { format!("{code} {status}") } else { code.to_owned() }
    });
    short.collect()
}
