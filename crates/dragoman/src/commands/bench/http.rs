//! Readers: keep-alive connections that ask for pages one after the other.

use super::{figures::Spread, smtp::Sink};
use crate::say::Failure;
use kernel::Fault;
use std::{
    net::SocketAddr,
    sync::Arc,
    time::{Duration, Instant},
};
use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader},
    net::TcpStream,
    task::JoinSet,
};

/// Readers who are signed in.
pub struct Load {
    /// Where the pages are.
    pub pages: SocketAddr,
    /// The session's token.
    pub token: String,
    /// How many at the same time.
    pub readers: usize,
}

/// A keep-alive connection. It speaks as little HTTP as asking and timing needs: content lengths and chunks.
struct Reader {
    stream: BufReader<TcpStream>,
    token: String,
}

impl Load {
    /// Asks for these paths in turn for this long, with all readers at once.
    pub async fn run(&self, paths: &[String], time: Duration) -> Result<Spread, Failure> {
        let paths: Arc<[String]> = paths.into();
        let since = Instant::now();
        let mut readers = JoinSet::new();
        for nth in 0..self.readers {
            let (paths, mut reader) = (Arc::clone(&paths), self.reader().await?);
            readers.spawn(async move {
                let mut took = Vec::new();
                let mut at = nth * 7919;
                while since.elapsed() < time {
                    let path = &paths[at % paths.len()];
                    let began = Instant::now();
                    let status = reader.ask("GET", path, "").await?;
                    took.push(began.elapsed());
                    if status != 200 {
                        return Err(Fault::new(format!("{path} answered {status}")));
                    }
                    at += 1;
                }
                Ok::<_, Fault>(took)
            });
        }
        let mut took = Vec::new();
        while let Some(reader) = readers.join_next().await {
            took.extend(reader.map_err(Fault::new)??);
        }
        Ok(Spread::of(took, since.elapsed()))
    }

    async fn reader(&self) -> Result<Reader, Fault> {
        let stream = TcpStream::connect(self.pages).await.map_err(Fault::new)?;
        stream.set_nodelay(true).map_err(Fault::new)?;
        Ok(Reader { stream: BufReader::new(stream), token: self.token.clone() })
    }

    /// Replies to one case after the other, and waits for each at the sink.
    pub async fn replies(&self, cases: &[String], sink: &Sink) -> Result<Spread, Failure> {
        let mut reader = self.reader().await?;
        let since = Instant::now();
        let mut took = Vec::new();
        for case in cases.iter().take(200) {
            let before = sink.received();
            let began = Instant::now();
            let path = format!("/cases/{case}/replies");
            let status = reader.ask("POST", &path, "text=Thank+you.+It+is+on+its+way.&then=stay").await?;
            if status != 303 {
                return Err(Fault::new(format!("{path} answered {status}")).into());
            }
            sink.wait_beyond(before).await?;
            took.push(began.elapsed());
        }
        Ok(Spread::of(took, since.elapsed()))
    }
}

impl Reader {
    async fn ask(&mut self, method: &str, path: &str, body: &str) -> Result<u16, Fault> {
        let request = format!(
            "{method} {path} HTTP/1.1\r\nhost: bench\r\ncookie: {}={}\r\nsec-fetch-site: same-origin\r\n\
             content-type: application/x-www-form-urlencoded\r\ncontent-length: {}\r\n\r\n{body}",
            desk::sign_in::SESSION_COOKIE,
            self.token,
            body.len()
        );
        self.stream.write_all(request.as_bytes()).await.map_err(Fault::new)?;
        let status = self.line().await?;
        let status = status.split(' ').nth(1).and_then(|code| code.parse().ok()).unwrap_or(0);
        let mut length = Some(0);
        loop {
            let line = self.line().await?.to_ascii_lowercase();
            match line.split_once(':') {
                Some(("content-length", bytes)) => length = bytes.trim().parse().ok(),
                Some(("transfer-encoding", _)) => length = None,
                Some(_) => {}
                None => break,
            }
        }
        match length {
            Some(bytes) => self.skip(bytes).await?,
            None => self.skip_chunks().await?,
        }
        Ok(status)
    }

    async fn line(&mut self) -> Result<String, Fault> {
        let mut line = String::new();
        self.stream.read_line(&mut line).await.map_err(Fault::new)?;
        Ok(line.trim_end().to_owned())
    }

    async fn skip(&mut self, bytes: usize) -> Result<(), Fault> {
        let mut body = vec![0; bytes];
        self.stream.read_exact(&mut body).await.map(drop).map_err(Fault::new)
    }

    async fn skip_chunks(&mut self) -> Result<(), Fault> {
        loop {
            let size = usize::from_str_radix(&self.line().await?, 16).map_err(Fault::new)?;
            self.skip(size + 2).await?;
            if size == 0 {
                return Ok(());
            }
        }
    }
}
