//! The bytes of one connection: answers of a server in, commands out, in bounded memory and time.
//!
//! An answer is a line in which literals may stand, each announced with its length. They are read apart: a mail goes to a
//! temporary file when it is long, whatever else is longer than a line may be ends the connection.

use super::{
    patience::Patience,
    trouble::{Step, Trouble},
};
use crate::email::receiver::{Body, Limits, body::Collector};
use std::{io, path::Path};
use tokio::{
    io::{AsyncBufReadExt, AsyncRead, AsyncWrite, AsyncWriteExt, BufReader},
    time::timeout,
};

/// Bytes read at once.
const PIECE: usize = 8 * 1024;
/// Stands in a line where a literal stood. No line of IMAP has it.
pub(super) const LITERAL: u8 = 0;

/// Both directions, encrypted or not.
pub(super) trait Stream: AsyncRead + AsyncWrite + Unpin + Send + Sync {}

impl<S: AsyncRead + AsyncWrite + Unpin + Send + Sync> Stream for S {}

/// An answer: its line without its end, and the literals that stand in it.
#[derive(Debug)]
pub(super) struct Answer {
    pub line: Vec<u8>,
    pub literals: Vec<Body>,
}

/// What literals an answer may have.
#[derive(Clone, Copy)]
pub(super) enum Literals<'a> {
    /// None longer than a line.
    Short,
    /// One mail, for which there is this folder.
    Mail(&'a Path),
}

/// A connection.
pub(super) struct Wire {
    stream: BufReader<Box<dyn Stream>>,
    patience: Patience,
}

impl Wire {
    pub(super) fn new(stream: Box<dyn Stream>, patience: Patience) -> Self {
        Self { stream: BufReader::with_capacity(PIECE, stream), patience }
    }

    /// The stream itself, to be encrypted; none if the server has said something that nobody asked for: it would be taken for
    /// an answer inside of the encryption.
    pub(super) fn into_stream(self) -> Option<Box<dyn Stream>> {
        self.stream.buffer().is_empty().then(|| self.stream.into_inner())
    }

    /// Sends a line.
    pub(super) async fn send(&mut self, line: &[u8], step: &Step) -> Result<(), Trouble> {
        let sending = async {
            self.stream.write_all(&[line, b"\r\n"].concat()).await?;
            self.stream.flush().await
        };
        match timeout(self.patience.silence_within, sending).await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(_)) => Err(Trouble::Broken(step.clone())),
            Err(_) => Err(Trouble::Silent(step.clone())),
        }
    }

    /// The next answer. It can't be cancelled and called again: whatever was read by then is lost.
    pub(super) async fn answer(&mut self, literals: Literals<'_>, step: &Step) -> Result<Answer, Trouble> {
        let mut answer = Answer { line: Vec::new(), literals: Vec::new() };
        loop {
            self.line(&mut answer.line, step).await?;
            let Some(announced) = announced(&mut answer.line) else { return Ok(answer) };
            answer.literals.push(self.literal(announced, literals, step).await?);
            answer.line.push(LITERAL);
        }
    }

    /// Something of an answer is here already, or comes; nothing is taken away. This can be cancelled.
    pub(super) async fn stirs(&mut self) -> io::Result<()> {
        match self.stream.fill_buf().await {
            Ok([]) => Err(io::ErrorKind::UnexpectedEof.into()),
            other => other.map(drop),
        }
    }

    /// Adds to the line up to the next line end, which it takes away.
    async fn line(&mut self, line: &mut Vec<u8>, step: &Step) -> Result<(), Trouble> {
        let begins = line.len();
        loop {
            let piece = self.fill(step).await?;
            let end = piece.iter().position(|byte| *byte == b'\n');
            let used = end.map_or(piece.len(), |end| end + 1);
            line.extend_from_slice(&piece[..used]);
            self.stream.consume(used);
            if line.len() > self.patience.line_bytes {
                return Err(Trouble::TooMuch(step.clone()));
            }
            if end.is_some() {
                let bare = line.len() - line.iter().rev().take_while(|b| matches!(b, b'\r' | b'\n')).count();
                line.truncate(bare.max(begins));
                return if line[begins..].contains(&LITERAL) {
                    Err(Trouble::Garbled(step.clone()))
                } else {
                    Ok(())
                };
            }
        }
    }

    async fn literal(&mut self, bytes: u64, literals: Literals<'_>, step: &Step) -> Result<Body, Trouble> {
        let (most, folder) = match literals {
            Literals::Short => (self.patience.line_bytes as u64, None),
            Literals::Mail(folder) => (self.patience.message_bytes, Some(folder)),
        };
        match (bytes > most, folder) {
            (true, None) => return Err(Trouble::TooMuch(step.clone())),
            (true, Some(_)) => return Err(Trouble::TooLarge { bytes }),
            (false, _) => {}
        }
        let limits = Limits {
            message_bytes: most,
            in_memory_bytes: folder.map_or(usize::MAX, |_| self.patience.in_memory_bytes),
            ..Limits::default()
        };
        let within = self.patience.message_within;
        let collecting = async {
            let mut mail = Collector::new(folder.unwrap_or(Path::new(".")), &limits, bytes.min(4096));
            let mut missing = bytes;
            while missing > 0 {
                let piece = self.fill(step).await?;
                let used = piece.len().min(usize::try_from(missing).unwrap_or(usize::MAX));
                mail.pending.extend_from_slice(&piece[..used]);
                self.stream.consume(used);
                missing -= used as u64;
                mail.settle().await;
            }
            mail.finish().await.map_err(|lost| Trouble::Ours(kernel::Fault::new(format!("{lost:?}"))))
        };
        timeout(within, collecting).await.unwrap_or_else(|_| Err(Trouble::Silent(step.clone())))
    }

    async fn fill(&mut self, step: &Step) -> Result<&[u8], Trouble> {
        match timeout(self.patience.silence_within, self.stream.fill_buf()).await {
            Ok(Ok([])) | Ok(Err(_)) => Err(Trouble::Broken(step.clone())),
            // The borrow of the piece above is over; it is still in the buffer.
            Ok(Ok(_)) => Ok(self.stream.buffer()),
            Err(_) => Err(Trouble::Silent(step.clone())),
        }
    }
}

/// Takes `{123}` or `{123+}` off the end of a line and answers the number.
fn announced(line: &mut Vec<u8>) -> Option<u64> {
    let inside = line.strip_suffix(b"}")?;
    let open = inside.iter().rposition(|byte| *byte == b'{')?;
    let digits = &inside[open + 1..];
    let digits = digits.strip_suffix(b"+").unwrap_or(digits);
    let is_number = !digits.is_empty() && digits.iter().all(u8::is_ascii_digit);
    if !is_number {
        return None;
    }
    // A number too long to read is longer than any mail.
    let number = std::str::from_utf8(digits).ok()?.parse().unwrap_or(u64::MAX);
    line.truncate(open);
    if line.ends_with(b"~") {
        line.pop();
    }
    Some(number)
}
