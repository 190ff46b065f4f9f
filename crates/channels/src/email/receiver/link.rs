//! The two directions of one connection: lines and pieces in, replies out, both in bounded memory.

use super::reply::Reply;
use std::{io, time::Duration};
use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, BufReader};
use tokio::time::timeout;

/// Bytes read at once.
const PIECE: usize = 16 * 1024;
/// Replies are sent when nothing more has been read ahead, or when there are this many bytes of them.
const REPLIES: usize = 4 * 1024;
/// An overlong line is skipped up to here; a longer one is taken for something that isn't SMTP.
const LONGEST_SKIPPED: usize = 64 * 1024;

/// A connection, plain or encrypted.
pub(super) struct Link<S> {
    stream: BufReader<S>,
    replies: Vec<u8>,
    line: Vec<u8>,
    skipped: usize,
}

/// What `line` came to.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Heard {
    /// A whole line, with its LF.
    Line(Vec<u8>),
    /// A line longer than allowed, which has been skipped.
    TooLong,
    /// A line without any end.
    Endless,
    /// The client closed the connection.
    Gone,
}

impl<S: AsyncRead + AsyncWrite + Unpin> Link<S> {
    pub(super) fn new(stream: S) -> Self {
        Self {
            stream: BufReader::with_capacity(PIECE, stream),
            replies: Vec::new(),
            line: Vec::new(),
            skipped: 0,
        }
    }

    /// The next line, up to `limit` bytes. Can be cancelled and called again without losing anything.
    pub(super) async fn line(&mut self, limit: usize) -> io::Result<Heard> {
        loop {
            let piece = fill(&mut self.stream, &mut self.replies).await?;
            if piece.is_empty() {
                return Ok(Heard::Gone);
            }
            let end = piece.iter().position(|&byte| byte == b'\n');
            let used = end.map_or(piece.len(), |end| end + 1);
            if self.skipped > 0 || self.line.len() + used > limit {
                self.skipped += self.line.len() + used;
                self.line.clear();
            } else {
                self.line.extend_from_slice(&piece[..used]);
            }
            self.stream.consume(used);
            if self.skipped > LONGEST_SKIPPED {
                return Ok(Heard::Endless);
            }
            match (end, std::mem::take(&mut self.skipped)) {
                (Some(_), 0) => return Ok(Heard::Line(std::mem::take(&mut self.line))),
                (Some(_), _) => return Ok(Heard::TooLong),
                (None, skipped) => self.skipped = skipped,
            }
        }
    }

    /// Gives back the memory of a line that has been dealt with.
    pub(super) fn recycle(&mut self, mut line: Vec<u8>) {
        line.clear();
        self.line = line;
    }

    /// The next piece of a mail; empty when the client has gone. `consume` says how much of it was used.
    pub(super) async fn piece(&mut self) -> io::Result<&[u8]> {
        fill(&mut self.stream, &mut self.replies).await
    }

    /// Marks bytes of the last piece as used.
    pub(super) fn consume(&mut self, used: usize) {
        self.stream.consume(used);
    }

    /// Puts a reply in line to be sent.
    pub(super) fn say(&mut self, reply: &Reply) {
        reply.write(&mut self.replies);
    }

    /// The replies in line, for those of several lines.
    pub(super) fn replies(&mut self) -> &mut Vec<u8> {
        &mut self.replies
    }

    /// Sends what is in line.
    pub(super) async fn flush(&mut self) -> io::Result<()> {
        send(self.stream.get_mut(), &mut self.replies).await
    }

    /// Sends what is in line and closes, reading on for a moment: closing over unread bytes would reset the
    /// connection, and the client would never see the last reply.
    pub(super) async fn close(mut self, linger: Duration) {
        let goodbye = async {
            self.flush().await?;
            self.stream.get_mut().shutdown().await?;
            let mut rest = [0; 4096];
            while self.stream.read(&mut rest).await? > 0 {}
            io::Result::Ok(())
        };
        // The client may have gone already; there is nobody left to tell.
        let _ = timeout(linger, goodbye).await;
    }

    /// The bare stream. Bytes that were read ahead are thrown away: what a client sent in the clear behind STARTTLS
    /// must not be obeyed as if it had come encrypted.
    pub(super) fn into_stream(self) -> S {
        self.stream.into_inner()
    }
}

async fn fill<'a, S>(stream: &'a mut BufReader<S>, replies: &mut Vec<u8>) -> io::Result<&'a [u8]>
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    if stream.buffer().is_empty() || replies.len() > REPLIES {
        send(stream.get_mut(), replies).await?;
    }
    stream.fill_buf().await
}

/// Takes out of `replies` exactly what was sent, so that a cancelled call doesn't say anything twice.
async fn send<S: AsyncWrite + Unpin>(stream: &mut S, replies: &mut Vec<u8>) -> io::Result<()> {
    if replies.is_empty() {
        return Ok(());
    }
    while !replies.is_empty() {
        let sent = stream.write(replies).await?;
        if sent == 0 {
            return Err(io::ErrorKind::WriteZero.into());
        }
        replies.drain(..sent);
    }
    stream.flush().await
}
