//! A pretended server of the web: it hears what it is asked and answers as a test tells it, whole, cut, slowly or not at all.

use std::{
    net::SocketAddr,
    sync::{Arc, Mutex, MutexGuard},
    time::Duration,
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    task::JoinHandle,
};

/// What the server was asked.
#[derive(Clone, Debug, Default)]
pub struct Heard {
    /// Its first line without the version, as `POST /translate`.
    pub line: String,
    /// Its headers, in small letters.
    pub head: String,
    /// Its body.
    pub body: String,
}

/// How the server answers.
#[derive(Clone, Debug)]
pub enum Answer {
    /// A whole answer: its status, more headers (each ended by a line break), its body.
    Whole(u16, &'static str, String),
    /// The beginning of an answer that promises more, and then the connection ends.
    Cut(String),
    /// The beginning of an answer, and then a byte now and then for ever.
    Drip,
    /// Nothing at all.
    Silence,
}

impl Answer {
    /// What went well.
    pub fn ok(body: impl Into<String>) -> Self {
        Self::Whole(200, "", body.into())
    }
}

/// The server. It ends with the value.
pub struct Scripted {
    address: SocketAddr,
    heard: Arc<Mutex<Vec<Heard>>>,
    listening: JoinHandle<()>,
}

impl Scripted {
    /// A server on a free port of this machine.
    pub async fn answering(script: impl Fn(&Heard) -> Answer + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port is free");
        let address = listener.local_addr().expect("a listener has an address");
        let (heard, script) = (Arc::new(Mutex::new(Vec::new())), Arc::new(script));
        let noted = Arc::clone(&heard);
        let listening = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (noted, script) = (Arc::clone(&noted), Arc::clone(&script));
                tokio::spawn(async move {
                    let _ = serve(stream, &noted, &*script).await;
                });
            }
        });
        Self { address, heard, listening }
    }

    /// Its address, as `http://127.0.0.1:1234/`.
    pub fn url(&self) -> String {
        format!("http://{}/", self.address)
    }

    /// What it was asked until now.
    pub fn heard(&self) -> Vec<Heard> {
        locked(&self.heard).clone()
    }
}

impl Drop for Scripted {
    fn drop(&mut self) {
        self.listening.abort();
    }
}

fn locked(heard: &Mutex<Vec<Heard>>) -> MutexGuard<'_, Vec<Heard>> {
    heard.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
}

async fn serve(
    mut stream: TcpStream,
    noted: &Mutex<Vec<Heard>>,
    script: &(dyn Fn(&Heard) -> Answer + Send + Sync),
) -> std::io::Result<()> {
    let heard = hear(&mut stream).await?;
    locked(noted).push(heard.clone());
    match script(&heard) {
        Answer::Whole(status, headers, body) => {
            let answer = format!(
                "HTTP/1.1 {status} As told\r\nconnection: close\r\ncontent-length: {}\r\n{headers}\r\n{body}",
                body.len()
            );
            stream.write_all(answer.as_bytes()).await
        }
        Answer::Cut(body) => {
            let length = body.len() + 100;
            let answer = format!("HTTP/1.1 200 As told\r\ncontent-length: {length}\r\n\r\n{body}");
            stream.write_all(answer.as_bytes()).await
        }
        Answer::Drip => {
            stream.write_all(b"HTTP/1.1 200 As told\r\ncontent-length: 1000000\r\n\r\n").await?;
            let mut now_and_then = tokio::time::interval(Duration::from_millis(20));
            loop {
                now_and_then.tick().await;
                stream.write_all(b" ").await?;
            }
        }
        Answer::Silence => std::future::pending().await,
    }
}

async fn hear(stream: &mut TcpStream) -> std::io::Result<Heard> {
    let mut bytes = Vec::new();
    loop {
        let mut piece = [0; 8192];
        let read = stream.read(&mut piece).await?;
        bytes.extend_from_slice(&piece[..read]);
        let text = String::from_utf8_lossy(&bytes);
        let Some((head, body)) = text.split_once("\r\n\r\n") else {
            if read == 0 {
                return Ok(Heard::default());
            }
            continue;
        };
        let head = head.to_lowercase();
        let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")?.parse().ok());
        if read == 0 || body.len() >= length.unwrap_or(0) {
            let line = text.lines().next().unwrap_or_default().trim_end_matches(" HTTP/1.1");
            return Ok(Heard { line: line.to_owned(), head, body: body.to_owned() });
        }
    }
}
