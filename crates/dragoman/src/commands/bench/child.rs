//! The desk as a process of its own, so that its memory and its start are its own.

use crate::{say::Failure, settings::Place};
use std::{
    io::{BufRead, BufReader},
    net::SocketAddr,
    process::{Command, Stdio},
    time::{Duration, Instant},
};
use tokio::net::UdpSocket;

/// A running desk. It is stopped when this goes.
pub struct Child {
    process: std::process::Child,
    /// Where its pages are.
    pub pages: SocketAddr,
    /// Where its SMTP receiver is.
    pub smtp: SocketAddr,
    /// How long it took until it listened.
    pub started_in: Duration,
}

impl Child {
    /// Starts `dragoman serve` on this data, with no undo window.
    pub async fn start(place: &Place) -> Result<Self, Failure> {
        let mut command = Command::new(std::env::current_exe()?);
        command.args(["serve", "--listen", "127.0.0.1:0", "--smtp", "127.0.0.1:0", "--undo-seconds", "0"]);
        command.args(["--dns", &knows_nobody().await?.to_string()]);
        command.arg("--data").arg(&place.data).env("DRAGOMAN_LOG", "error");
        if let Some(url) = &place.database {
            command.args(["--database", url]);
        }
        let since = Instant::now();
        let mut process = command.stdout(Stdio::piped()).spawn()?;
        let output = process.stdout.take();
        let (pages, smtp) = tokio::task::spawn_blocking(move || addresses(output))
            .await
            .map_err(kernel::Fault::new)?
            .ok_or_else(|| Failure::new("The desk didn't start.", "Its own message stands above."))?;
        Ok(Self { process, pages, smtp, started_in: since.elapsed() })
    }

    /// Its resident memory.
    pub fn memory_mib(&self) -> Result<f64, Failure> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.process.id()))?;
        let kib = status
            .lines()
            .find_map(|line| line.strip_prefix("VmRSS:")?.trim().strip_suffix("kB")?.trim().parse().ok());
        Ok(kib.unwrap_or(0.0) / 1024.0)
    }
}

impl Drop for Child {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// A DNS that knows nobody and says so at once: made-up senders are asked about nowhere else. Its answer is the question, marked
/// as answered with "no such name" (RFC 1035, section 4.1.1).
async fn knows_nobody() -> std::io::Result<SocketAddr> {
    let socket = UdpSocket::bind("127.0.0.1:0").await?;
    let address = socket.local_addr()?;
    tokio::spawn(async move {
        let mut message = [0; 4_096];
        while let Ok((length, from)) = socket.recv_from(&mut message).await {
            message[2] |= 0x80;
            message[3] = 0x83;
            if let Err(error) = socket.send_to(&message[..length], from).await {
                tracing::warn!(%error, "an answer of the DNS is lost");
            }
        }
    });
    Ok(address)
}

fn addresses(output: Option<std::process::ChildStdout>) -> Option<(SocketAddr, SocketAddr)> {
    let (mut pages, mut smtp) = (None, None);
    for line in BufReader::new(output?).lines().map_while(Result::ok) {
        let address =
            |scheme: &str| line.split_once(scheme).and_then(|(_, address)| address.trim().parse().ok());
        pages = pages.or_else(|| address("http://"));
        smtp = smtp.or_else(|| address("smtp://"));
        if let (Some(pages), Some(smtp)) = (pages, smtp) {
            return Some((pages, smtp));
        }
    }
    None
}

/// The size of this program on disk.
pub fn binary_mib() -> Result<f64, Failure> {
    let bytes = std::fs::metadata(std::env::current_exe()?)?.len();
    #[expect(clippy::cast_precision_loss, reason = "a file size in MiB needs no exact bytes")]
    Ok(bytes as f64 / (1024.0 * 1024.0))
}
