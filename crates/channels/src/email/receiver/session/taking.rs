//! DATA: the mail itself, and the one moment at which responsibility for it changes hands.
//!
//! Over SMTP one reply stands for the whole mail; over LMTP each recipient that was accepted gets a reply, in their order.

use super::{Next, Session, Transaction};
use crate::email::receiver::{
    Body, Envelope, Intake, Manner, Taken,
    body::{Collector, Lost},
    dots::{Dots, Fed},
    reply::Reply,
    trace,
};
use std::{io, sync::Arc};
use tokio::{
    io::{AsyncRead, AsyncWrite},
    time::{timeout, timeout_at},
};

/// How the reading of a mail ended.
enum Read {
    /// With its last dot.
    Whole,
    /// The client has gone; what came is thrown away.
    Gone,
    /// The client stopped sending for too long, or took too long altogether.
    Slow(Ending),
    /// So far over the limit that the rest isn't read.
    Boundless,
}

/// How the last piece before a silence ended.
enum Ending {
    /// With a dot alone on a line, but the line ends lack their CR.
    BareDot,
    Other,
}

impl<S, I> Session<S, I>
where
    S: AsyncRead + AsyncWrite + Unpin + Send,
    I: Intake,
{
    pub(super) async fn data(&mut self) -> io::Result<Next> {
        let transaction = match self.transaction.take() {
            None => return Ok(self.refuse(Reply::new(503, "5.5.1", "Say MAIL and RCPT first."))),
            Some(transaction) if transaction.to.is_empty() => {
                self.transaction = Some(transaction);
                let code = if self.speaks_lmtp() { 503 } else { 554 };
                return Ok(self.refuse(Reply::new(code, "5.5.1", "None of the recipients was accepted.")));
            }
            Some(transaction) => transaction,
        };
        self.link.say(&Reply::bare(354, "Send the mail. It ends with a line that holds only a dot."));
        let house = Arc::clone(&self.house);
        let settings = &house.settings;
        let mut collector = Collector::new(&settings.spool, &settings.limits, transaction.announced_bytes);
        let answers = if self.speaks_lmtp() { transaction.to.len() } else { 1 };
        Ok(match self.read_into(&mut collector).await? {
            Read::Whole => match collector.finish().await {
                Ok(body) => self.hand_over(transaction, body).await,
                Err(Lost::Outgrown) => self.answer_all(vec![self.oversized(); answers]),
                Err(Lost::Unwritten(error)) => {
                    tracing::error!(%error, "a long mail couldn't be written to the spool folder");
                    let room = "There is no room for it now. Please try again later.";
                    self.answer_all(vec![Reply::new(452, "4.3.1", room); answers])
                }
            },
            Read::Gone => Next::Leave,
            Read::Slow(Ending::BareDot) => {
                let bare = "The mail has no end: every line must end in CR LF, the last dot's too.";
                self.leave(Reply::new(421, "4.4.2", bare))
            }
            Read::Slow(Ending::Other) => {
                self.leave(Reply::new(421, "4.4.2", "The mail took too long. Goodbye."))
            }
            Read::Boundless => {
                self.answer_all(vec![self.oversized(); answers]);
                Next::Leave
            }
        })
    }

    async fn read_into(&mut self, collector: &mut Collector<'_>) -> io::Result<Read> {
        let house = Arc::clone(&self.house);
        let limits = &house.settings.limits;
        let deadline = tokio::time::Instant::now() + limits.message_within;
        let mut dots = Dots::default();
        let mut ending = Ending::Other;
        loop {
            let waited = timeout_at(deadline, timeout(limits.command_within, self.link.piece())).await;
            let Ok(Ok(piece)) = waited else { return Ok(Read::Slow(ending)) };
            let piece = piece?;
            if piece.is_empty() {
                return Ok(Read::Gone);
            }
            ending = if piece.ends_with(b"\n.\n") { Ending::BareDot } else { Ending::Other };
            let fed = dots.feed(piece, &mut collector.pending);
            let used = if let Fed::Ended(used) = fed { used } else { piece.len() };
            self.link.consume(used);
            collector.settle().await;
            if fed != Fed::More {
                return Ok(Read::Whole);
            }
            if collector.length() > limits.message_bytes.saturating_add(limits.drained_bytes) {
                return Ok(Read::Boundless);
            }
        }
    }

    /// 250 is said only after the intake has stored the mail.
    async fn hand_over(&mut self, transaction: Transaction, body: Body) -> Next {
        let envelope = self.envelope(transaction);
        let taken = match self.speaks_lmtp() {
            true => self.house.intake.take_each(envelope, body).await,
            false => vec![self.house.intake.take(envelope, body).await],
        };
        self.answer_all(taken.into_iter().map(as_reply).collect())
    }

    /// However many replies it takes, it was one mail: stored if anybody got it, else one refusal more.
    fn answer_all(&mut self, replies: Vec<Reply>) -> Next {
        if replies.iter().any(Reply::is_good) {
            self.tally.messages += 1;
            self.tally.idle_commands = 0;
        } else {
            self.tally.errors += 1;
        }
        for reply in &replies {
            self.link.say(reply);
        }
        Next::Stay
    }

    fn envelope(&self, transaction: Transaction) -> Envelope {
        let Transaction { from, to, is_smtputf8, .. } = transaction;
        let (helo, manner) = match &self.hello {
            Some(hello) => (hello.name.clone(), hello.manner),
            None => (String::new(), Manner::Plain),
        };
        let (peer, encryption) = (self.peer, self.encryption.clone());
        let mut envelope =
            Envelope { from, to, helo, peer, encryption, manner, is_smtputf8, trace: String::new() };
        let settings = &self.house.settings;
        envelope.trace = trace::received(&envelope, &settings.hostname, (settings.now)());
        envelope
    }
}

fn as_reply(taken: Taken) -> Reply {
    match taken {
        Taken::Stored { reference } => Reply::new(250, "2.0.0", format!("Stored as {reference}")),
        Taken::Refused(because) => Reply::new(554, "5.7.1", because),
        Taken::Later(because) => Reply::new(451, "4.3.0", because),
    }
}
