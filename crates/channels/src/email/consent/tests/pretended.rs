//! A pretended provider that gives out tokens, and a pretended mail server that takes them.

use super::super::{Endpoint, Endpoints};
use base64::{Engine, engine::general_purpose::STANDARD};
use std::{
    io,
    sync::{Arc, Mutex},
};
use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
};

/// Answers forms in which something stands, and remembers what it was asked.
#[derive(Clone, Default)]
pub struct Provider {
    rules: Arc<Mutex<Vec<(String, u16, String)>>>,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Provider {
    /// From now on a form that holds `words` is answered so.
    pub fn answers(&self, words: &str, status: u16, body: &str) {
        let mut rules = self.rules.lock().unwrap();
        rules.retain(|(known, ..)| known != words);
        rules.push((words.to_owned(), status, body.to_owned()));
    }

    /// The forms that hold these words.
    pub fn asked(&self, words: &str) -> Vec<String> {
        self.asked.lock().unwrap().iter().filter(|form| form.contains(words)).cloned().collect()
    }

    /// Opens it; answers its addresses.
    pub async fn open(&self) -> Endpoints {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let provider = self.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                drop(provider.answer(stream).await);
            }
        });
        let endpoint = |name: &str| Endpoint {
            authorization: format!("http://{address}/{name}/{{tenant}}/authorize"),
            token: format!("http://{address}/{name}/{{tenant}}/token"),
        };
        Endpoints::pretended(endpoint("google"), endpoint("microsoft"))
    }

    async fn answer(&self, stream: TcpStream) -> io::Result<()> {
        let mut stream = BufReader::new(stream);
        let (mut line, mut length) = (String::new(), 0);
        while stream.read_line(&mut line).await? > 2 {
            if let Some((_, number)) = line.to_ascii_lowercase().split_once("content-length:") {
                length = number.trim().parse().unwrap();
            }
            line.clear();
        }
        let mut form = vec![0; length];
        stream.read_exact(&mut form).await?;
        let form = String::from_utf8(form).unwrap();
        let rule = self.rules.lock().unwrap().iter().find(|(words, ..)| form.contains(words)).cloned();
        self.asked.lock().unwrap().push(form);
        let (_, status, body) = rule.unwrap_or((String::new(), 503, String::new()));
        let head =
            format!("HTTP/1.1 {status} x\r\ncontent-length: {}\r\nconnection: close\r\n\r\n", body.len());
        stream.write_all(format!("{head}{body}").as_bytes()).await
    }
}

/// Lets whoever shows a good token into an empty folder, for as long as the token is good.
#[derive(Clone, Default)]
pub struct MailServer {
    good: Arc<Mutex<String>>,
    shown: Arc<Mutex<Vec<String>>>,
}

impl MailServer {
    /// From now on this is the one good token.
    pub fn takes(&self, user: &str, token: &str) {
        *self.good.lock().unwrap() = format!("user={user}\u{1}auth=Bearer {token}\u{1}\u{1}");
    }

    /// The tokens that were shown so far.
    pub fn shown(&self) -> Vec<String> {
        let token = |said: &String| said.split(['\u{1}', ' ']).nth(2).unwrap_or_default().to_owned();
        self.shown.lock().unwrap().iter().map(token).collect()
    }

    /// Opens it; answers its port.
    pub async fn open(&self) -> u16 {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let server = self.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let server = server.clone();
                tokio::spawn(async move { drop(server.converse(stream).await) });
            }
        });
        port
    }

    async fn converse(&self, stream: TcpStream) -> io::Result<()> {
        let mut stream = BufReader::new(stream);
        stream.write_all(b"* OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=XOAUTH2] here\r\n").await?;
        let (mut line, mut shown) = (String::new(), None);
        while stream.read_line(&mut line).await? > 0 {
            let (tag, command) = line.trim_end().split_once(' ').unwrap_or_default();
            let is_good = shown.as_ref() == Some(&*self.good.lock().unwrap());
            let said = match command.strip_prefix("AUTHENTICATE XOAUTH2 ") {
                Some(response) => {
                    let response = String::from_utf8(STANDARD.decode(response).unwrap()).unwrap();
                    self.shown.lock().unwrap().push(response.clone());
                    if response == *self.good.lock().unwrap() {
                        shown = Some(response);
                        format!("{tag} OK [CAPABILITY IMAP4rev1] in\r\n")
                    } else {
                        refuse(&mut stream).await?;
                        format!("{tag} NO [AUTHENTICATIONFAILED] Invalid credentials\r\n")
                    }
                }
                None if shown.is_some() && !is_good => {
                    return stream.write_all(b"* BYE Session expired, please login again\r\n").await;
                }
                None if command.starts_with("EXAMINE") => {
                    format!(
                        "* 0 EXISTS\r\n* OK [UIDVALIDITY 7] x\r\n* OK [UIDNEXT 1] x\r\n{tag} OK opened\r\n"
                    )
                }
                None if command == "CAPABILITY" => format!("* CAPABILITY IMAP4rev1\r\n{tag} OK\r\n"),
                None => format!("{tag} OK done\r\n"),
            };
            stream.write_all(said.as_bytes()).await?;
            line.clear();
        }
        Ok(())
    }
}

/// As Google does: the reason in a code, which wants an empty line.
async fn refuse(stream: &mut BufReader<TcpStream>) -> io::Result<()> {
    let challenge =
        STANDARD.encode(r#"{"status":"400","schemes":"Bearer","scope":"https://mail.google.com/"}"#);
    stream.write_all(format!("+ {challenge}\r\n").as_bytes()).await?;
    let mut answer = String::new();
    stream.read_line(&mut answer).await?;
    assert_eq!(answer, "\r\n");
    Ok(())
}
