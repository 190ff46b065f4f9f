//! Mail for the bench: connections that deliver, and a sink that receives.

use crate::say::Failure;
use channels::email::receiver::{
    Body, Envelope, Intake, Limits, Protocol, Receiver, Recipient, Settings, Taken,
};
use kernel::Fault;
use std::{
    net::SocketAddr,
    sync::Arc,
    time::{Duration, Instant},
};
use store::Clock;
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    net::TcpStream,
    sync::watch,
    task::JoinSet,
};

/// An SMTP server that counts what it receives.
pub struct Sink {
    /// Where it is.
    pub address: SocketAddr,
    received: watch::Receiver<usize>,
    _spool: tempfile::TempDir,
}

struct Counting(watch::Sender<usize>);

impl Intake for Counting {
    async fn serves(&self, _recipient: &str) -> Recipient {
        Recipient::Served
    }

    async fn take(&self, _envelope: Envelope, _body: Body) -> Taken {
        self.0.send_modify(|received| *received += 1);
        Taken::Stored { reference: "counted".to_owned() }
    }
}

impl Sink {
    /// Starts it.
    pub async fn start() -> Result<Self, Failure> {
        let spool = tempfile::tempdir()?;
        let settings = Settings {
            protocol: Protocol::Smtp,
            hostname: "sink.example".to_owned(),
            limits: Limits::default(),
            spool: spool.path().to_owned(),
            certificate: None,
            now: || Clock::System.now(),
        };
        let address = SocketAddr::from(([127, 0, 0, 1], 0));
        let receiver = Receiver::bind(&address.into(), settings).await?;
        let address = receiver.local_address().port().unwrap_or(address);
        let (count, received) = watch::channel(0);
        tokio::spawn(receiver.serve(Arc::new(Counting(count)), std::future::pending()));
        Ok(Self { address, received, _spool: spool })
    }

    /// How many mails it has received.
    pub fn received(&self) -> usize {
        *self.received.borrow()
    }

    /// Waits until it has received more than this many.
    pub async fn wait_beyond(&self, before: usize) -> Result<(), Fault> {
        let mut received = self.received.clone();
        let more = received.wait_for(|received| *received > before);
        let waited = tokio::time::timeout(Duration::from_secs(30), more).await;
        waited.map_err(|_| Fault::new("a reply didn't reach the sink within 30 s")).map(drop)
    }
}

/// Delivers mails over several connections; answers how many were acknowledged per second.
pub async fn intake(to: SocketAddr, connections: usize, mails: usize) -> Result<f64, Failure> {
    let since = Instant::now();
    let mut senders = JoinSet::new();
    for connection in 0..connections {
        senders.spawn(deliver(to, connection, mails / connections));
    }
    let mut acknowledged = 0;
    while let Some(sender) = senders.join_next().await {
        acknowledged += sender.map_err(Fault::new)??;
    }
    #[expect(clippy::cast_precision_loss, reason = "a count of mails is far below 2^52")]
    Ok(acknowledged as f64 / since.elapsed().as_secs_f64())
}

async fn deliver(to: SocketAddr, connection: usize, mails: usize) -> Result<usize, Fault> {
    let stream = TcpStream::connect(to).await.map_err(Fault::new)?;
    stream.set_nodelay(true).map_err(Fault::new)?;
    let mut stream = BufReader::new(stream);
    expect(&mut stream, "220").await?;
    say(&mut stream, "HELO bench.example\r\n", "250").await?;
    for nth in 0..mails {
        let mail = mail(connection, nth);
        let customer = super::seed::customer(connection * 131 + nth);
        say(&mut stream, &format!("MAIL FROM:<{customer}>\r\n"), "250").await?;
        say(&mut stream, "RCPT TO:<help@aurora.example>\r\n", "250").await?;
        say(&mut stream, "DATA\r\n", "354").await?;
        say(&mut stream, &format!("From: {customer}\r\n{mail}\r\n.\r\n"), "250").await?;
    }
    Ok(mails)
}

fn mail(connection: usize, nth: usize) -> String {
    let text = super::seed::text((connection * 10_007 + nth) as u64, 60);
    format!(
        "To: help@aurora.example\r\nSubject: Measured {connection} {nth}\r\nDate: Mon, 2 Mar 2026 09:00:00 +0000\r\n\
         Message-ID: <{connection}.{nth}.{}@bench.example>\r\n\r\n{text}",
        std::process::id()
    )
}

async fn say(stream: &mut BufReader<TcpStream>, text: &str, code: &str) -> Result<(), Fault> {
    stream.write_all(text.as_bytes()).await.map_err(Fault::new)?;
    expect(stream, code).await
}

async fn expect(stream: &mut BufReader<TcpStream>, code: &str) -> Result<(), Fault> {
    let mut line = String::new();
    stream.read_line(&mut line).await.map_err(Fault::new)?;
    if line.starts_with(code) { Ok(()) } else { Err(Fault::new(format!("expected {code}, heard {line}"))) }
}
