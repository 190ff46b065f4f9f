//! A pretend IMAP server (RFC 3501) that hands over what it was given, byte by byte: for the bench, and for tests of what arrives.

use std::{
    collections::HashMap,
    io,
    net::SocketAddr,
    sync::{Arc, Mutex, PoisonError},
};
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
    sync::watch,
};

/// The mails of each user, whose UIDs are their numbers from 1.
type Mails = HashMap<String, Vec<Arc<[u8]>>>;

/// The server. It lives as long as its runtime.
pub struct ImapServer {
    /// Where it listens. Everybody may sign in, with any password.
    pub address: SocketAddr,
    mails: Arc<Mutex<Mails>>,
    news: watch::Sender<()>,
}

impl ImapServer {
    /// Starts it without any mail.
    pub async fn start() -> io::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let (address, mails) = (listener.local_addr()?, Arc::new(Mutex::new(Mails::new())));
        let (news, hears) = watch::channel(());
        let shared = Arc::clone(&mails);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let _ = stream.set_nodelay(true);
                let stream = BufReader::new(stream);
                let (mails, news) = (Arc::clone(&shared), hears.clone());
                tokio::spawn(Session { stream, mails, news, user: String::new() }.run());
            }
        });
        Ok(Self { address, mails, news })
    }

    /// A mail for this user.
    pub fn add(&self, user: &str, mail: Vec<u8>) {
        let mut mails = self.mails.lock().unwrap_or_else(PoisonError::into_inner);
        mails.entry(user.to_owned()).or_default().push(mail.into());
        self.news.send_replace(());
    }
}

struct Session {
    stream: BufReader<TcpStream>,
    mails: Arc<Mutex<Mails>>,
    news: watch::Receiver<()>,
    user: String,
}

impl Session {
    /// Until the client goes.
    async fn run(mut self) {
        let _ = self.converse().await;
    }

    async fn converse(&mut self) -> io::Result<()> {
        self.stream.write_all(b"* OK here\r\n").await?;
        let mut line = String::new();
        while self.stream.read_line(&mut line).await? > 0 {
            let (tag, command) = line.trim_end().split_once(' ').unwrap_or_default();
            let mut said = self.answer(command);
            if command == "IDLE" {
                self.idle().await?;
            }
            said.extend_from_slice(format!("{tag} OK done\r\n").as_bytes());
            self.stream.write_all(&said).await?;
            line.clear();
        }
        Ok(())
    }

    /// What is said before the end of a command.
    fn answer(&mut self, command: &str) -> Vec<u8> {
        let (verb, rest) = command.split_once(' ').unwrap_or((command, ""));
        match verb {
            "CAPABILITY" => b"* CAPABILITY IMAP4rev1 IDLE UIDPLUS\r\n".to_vec(),
            "LOGIN" => {
                self.user = rest.split('"').nth(1).unwrap_or_default().to_owned();
                Vec::new()
            }
            "EXAMINE" | "SELECT" => {
                let mails = self.own().len();
                let next = mails + 1;
                format!("* {mails} EXISTS\r\n* OK [UIDVALIDITY 1] x\r\n* OK [UIDNEXT {next}] x\r\n")
                    .into_bytes()
            }
            "UID" => self.fetch(rest.strip_prefix("FETCH ").unwrap_or_default()),
            _ => Vec::new(),
        }
    }

    fn own(&self) -> Vec<Arc<[u8]>> {
        let mails = self.mails.lock().unwrap_or_else(PoisonError::into_inner);
        mails.get(&self.user).cloned().unwrap_or_default()
    }

    fn fetch(&self, command: &str) -> Vec<u8> {
        let own = self.own();
        let (set, items) = command.split_once(' ').unwrap_or_default();
        let mut said = Vec::new();
        for (uid, mail) in (1..).zip(&own).filter(|(uid, _)| is_in(set, *uid, own.len())) {
            let size = mail.len();
            said.extend_from_slice(format!("* {uid} FETCH (UID {uid} RFC822.SIZE {size}").as_bytes());
            let fields = items.split_once("HEADER.FIELDS (").and_then(|(_, rest)| rest.split_once(')'));
            let shown = match fields {
                Some((names, _)) => Some(head(mail, names)),
                None if items.contains("BODY.PEEK[]") => Some(mail.to_vec()),
                None => None,
            };
            if let Some(shown) = shown {
                said.extend_from_slice(format!(" BODY[] {{{}}}\r\n", shown.len()).as_bytes());
                said.extend_from_slice(&shown);
            }
            said.extend_from_slice(b")\r\n");
        }
        said
    }

    /// Tells of mail until the client has heard enough.
    async fn idle(&mut self) -> io::Result<()> {
        self.stream.write_all(b"+ waiting\r\n").await?;
        let mut known = usize::MAX;
        loop {
            let mails = self.own().len();
            if mails > known || known == usize::MAX {
                self.stream.write_all(format!("* {mails} EXISTS\r\n").as_bytes()).await?;
                known = mails;
            }
            tokio::select! {
                said = self.stream.fill_buf() => {
                    said?;
                    return self.stream.read_line(&mut String::new()).await.map(drop);
                }
                changed = self.news.changed() => changed.map_err(io::Error::other)?,
            }
        }
    }
}

/// Whether a set such as `1:3,7:*` has this UID. The last mail is in every set that ends with `*`.
fn is_in(set: &str, uid: usize, last: usize) -> bool {
    let number = |text: &str| text.parse().unwrap_or(last);
    set.split(',').any(|part| {
        let (from, to) = part.split_once(':').unwrap_or((part, part));
        let (from, to) = (number(from), number(to));
        (from.min(to)..=to.max(from)).contains(&uid)
    })
}

/// The named header fields of a mail, and no more of them than anybody asks for.
fn head(mail: &[u8], names: &str) -> Vec<u8> {
    const MOST: usize = 16 * 1024;
    let names: Vec<&str> = names.split(' ').collect();
    let (mut head, mut is_wanted) = (Vec::new(), false);
    for line in mail.split_inclusive(|byte| *byte == b'\n') {
        if line.trim_ascii().is_empty() || head.len() > MOST {
            break;
        }
        if !line[0].is_ascii_whitespace() {
            let name = line.split(|byte| *byte == b':').next().unwrap_or_default();
            is_wanted = names.iter().any(|wanted| name.eq_ignore_ascii_case(wanted.as_bytes()));
        }
        if is_wanted {
            head.extend_from_slice(line);
        }
    }
    head.extend_from_slice(b"\r\n");
    head.truncate(MOST);
    head
}
