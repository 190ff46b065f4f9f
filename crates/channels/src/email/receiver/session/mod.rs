//! One conversation with one client: hears a command, obeys or refuses it, and knows when it is enough.

mod addressing;
mod greeting;
mod taking;

use super::{
    Encryption, Intake, Limits, Manner,
    link::{Heard, Link},
    listener::House,
    reply::Reply,
};
use smtp_proto::{Error, Request};
use std::{borrow::Cow, io, net::IpAddr, sync::Arc, time::Duration};
use tokio::{
    io::{AsyncRead, AsyncWrite},
    sync::watch,
    time::{Instant, timeout, timeout_at},
};

/// How long a client may take to close after us.
const LINGER: Duration = Duration::from_secs(1);

/// A conversation.
pub(super) struct Session<S, I> {
    house: Arc<House<I>>,
    link: Link<S>,
    peer: IpAddr,
    encryption: Encryption,
    hello: Option<Hello>,
    transaction: Option<Transaction>,
    tally: Tally,
    stopping: watch::Receiver<bool>,
    close_at: Instant,
}

/// How a conversation ended.
pub(super) enum Ended<S> {
    /// The connection is closed.
    Closed,
    /// The client waits for a TLS handshake on this stream.
    Encrypting(S),
}

/// How the client greeted.
struct Hello {
    name: String,
    manner: Manner,
}

/// A mail that is being addressed.
struct Transaction {
    from: Option<String>,
    to: Vec<String>,
    is_smtputf8: bool,
    announced_bytes: u64,
}

/// What counts against the limits.
#[derive(Default)]
struct Tally {
    errors: u32,
    idle_commands: u32,
    messages: u32,
}

/// What happens after a command.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Next {
    Stay,
    Leave,
    Encrypt,
}

impl<S, I> Session<S, I>
where
    S: AsyncRead + AsyncWrite + Unpin + Send,
    I: Intake,
{
    pub(super) fn new(house: Arc<House<I>>, stream: S, peer: IpAddr, encryption: Encryption) -> Self {
        let close_at = Instant::now() + house.settings.limits.session_within;
        let (link, stopping) = (Link::new(stream), house.stopping.clone());
        let tally = Tally::default();
        Self { house, link, peer, encryption, hello: None, transaction: None, tally, stopping, close_at }
    }

    /// A new connection.
    pub(super) async fn greet_and_talk(mut self) -> io::Result<Ended<S>> {
        self.greet();
        self.talk().await
    }

    /// A connection on which the client speaks next.
    pub(super) async fn talk(mut self) -> io::Result<Ended<S>> {
        loop {
            let next = self.hear().await?;
            match self.bear(next) {
                Next::Stay => {}
                Next::Leave => {
                    self.link.close(LINGER).await;
                    return Ok(Ended::Closed);
                }
                Next::Encrypt => {
                    timeout(self.limits().command_within, self.link.flush()).await??;
                    return Ok(Ended::Encrypting(self.link.into_stream()));
                }
            }
        }
    }

    /// Waits for one command and deals with it.
    async fn hear(&mut self) -> io::Result<Next> {
        let limits = &self.house.settings.limits;
        let deadline = self.close_at.min(Instant::now() + limits.command_within);
        let stopping = async { self.stopping.wait_for(|stopping| *stopping).await.is_ok() };
        let heard = tokio::select! {
            biased;
            _ = stopping => None,
            heard = timeout_at(deadline, self.link.line(limits.command_line_bytes)) => Some(heard),
        };
        Ok(match heard {
            None => {
                self.leave(Reply::new(421, "4.3.2", "This server is shutting down. Please try again soon."))
            }
            Some(Err(_)) => self.leave(Reply::new(421, "4.4.2", "The next command took too long. Goodbye.")),
            Some(Ok(heard)) => match heard? {
                Heard::Line(line) => {
                    let next = self.obey(&line).await?;
                    self.link.recycle(line);
                    next
                }
                Heard::TooLong => {
                    self.refuse(Reply::new(500, "5.5.2", "This line is too long for a command."))
                }
                Heard::Endless => {
                    self.leave(Reply::new(500, "5.5.2", "This doesn't look like SMTP. Goodbye."))
                }
                Heard::Gone => Next::Leave,
            },
        })
    }

    async fn obey(&mut self, line: &[u8]) -> io::Result<Next> {
        if !is_clean(line) {
            return Ok(self.refuse(Reply::new(500, "5.5.2", "A command may not hold control characters.")));
        }
        let request = match Request::parse(&mut line.iter()) {
            Ok(request) => request,
            Err(error) => return Ok(self.misunderstand(line, &error)),
        };
        Ok(match request {
            Request::Ehlo { host } => self.hello(&host, Manner::Extended),
            Request::Helo { host } => self.hello(&host, Manner::Plain),
            Request::Lhlo { host } => self.hello(&host, Manner::Local),
            Request::Mail { from } => self.mail(&from),
            Request::Rcpt { to } => self.rcpt(line, &to).await,
            Request::Data => return self.data().await,
            Request::Rset => self.reset(),
            Request::StartTls => self.start_tls(),
            Request::Quit => self.leave(Reply::new(221, "2.0.0", "Goodbye.")),
            other => self.answer(&other),
        })
    }

    /// The commands that change nothing.
    fn answer(&mut self, request: &Request<Cow<'_, str>>) -> Next {
        match request {
            Request::Noop { .. } => self.idle(Reply::new(250, "2.0.0", "OK")),
            Request::Help { .. } => {
                self.idle(Reply::new(214, "2.0.0", "This server takes mail for its help desk only."))
            }
            Request::Vrfy { .. } => {
                self.refuse(Reply::new(252, "2.5.0", "Addresses aren't disclosed. Send a mail and see."))
            }
            // What follows an unannounced BDAT or BURL isn't a command and mustn't be read as one.
            Request::Bdat { .. } | Request::Burl { .. } => self.leave(Reply::new(
                502,
                "5.5.1",
                "This way of sending a mail isn't offered here. Use DATA.",
            )),
            Request::Auth { .. } => {
                self.refuse(Reply::new(502, "5.5.1", "Nobody signs in here: mail is taken from everybody."))
            }
            _ => self.refuse(Reply::new(502, "5.5.1", "This command isn't offered here.")),
        }
    }

    fn misunderstand(&mut self, line: &[u8], error: &Error) -> Next {
        if is_web_request(line) {
            return self.leave(Reply::new(554, "5.7.0", "This is a mail server, not a web server."));
        }
        self.refuse(match error {
            Error::InvalidSenderAddress => {
                Reply::new(501, "5.1.7", "The sender isn't a complete e-mail address.")
            }
            Error::InvalidRecipientAddress => {
                Reply::new(501, "5.1.3", "The recipient isn't a complete e-mail address.")
            }
            Error::SyntaxError { syntax } => {
                Reply::new(501, "5.5.4", format!("The command should read: {syntax}"))
            }
            Error::InvalidParameter { param } => {
                Reply::new(501, "5.5.4", format!("The value of {param} can't be understood."))
            }
            Error::UnsupportedParameter { .. } => {
                Reply::new(555, "5.5.4", "This parameter isn't offered here.")
            }
            _ => Reply::new(500, "5.5.1", "This command isn't known here."),
        })
    }

    fn limits(&self) -> &Limits {
        &self.house.settings.limits
    }

    fn say(&mut self, reply: Reply) -> Next {
        self.link.say(&reply);
        Next::Stay
    }

    /// Says no, and counts it.
    fn refuse(&mut self, reply: Reply) -> Next {
        self.tally.errors += 1;
        self.say(reply)
    }

    /// Says yes to something that brings no mail nearer, and counts it.
    fn idle(&mut self, reply: Reply) -> Next {
        self.tally.idle_commands += 1;
        self.say(reply)
    }

    fn leave(&mut self, reply: Reply) -> Next {
        self.link.say(&reply);
        Next::Leave
    }

    /// Ends a conversation that leads nowhere.
    fn bear(&mut self, next: Next) -> Next {
        let limits = &self.house.settings.limits;
        if next != Next::Stay {
            return next;
        }
        if self.tally.errors >= limits.errors {
            return self.leave(Reply::new(421, "4.7.0", "Too many of your commands were refused. Goodbye."));
        }
        if self.tally.idle_commands >= limits.idle_commands {
            return self.leave(Reply::new(421, "4.7.0", "Too many commands without a mail. Goodbye."));
        }
        Next::Stay
    }
}

/// Whether a line holds no control character but its own line end. The grammar skips a CR anywhere, which would let
/// two servers read one address differently. A lone LF at the end is forgiven: people type commands by hand.
fn is_clean(line: &[u8]) -> bool {
    let text = line.strip_suffix(b"\n").unwrap_or(line);
    let text = text.strip_suffix(b"\r").unwrap_or(text);
    !text.iter().any(|&byte| (byte < b' ' && byte != b'\t') || byte == 0x7f)
}

/// A browser that was tricked into talking to a mail server says one of these.
fn is_web_request(line: &[u8]) -> bool {
    [&b"get "[..], b"post ", b"put ", b"head ", b"options ", b"connect ", b"host:"]
        .iter()
        .any(|start| line.len() >= start.len() && line[..start.len()].eq_ignore_ascii_case(start))
}
