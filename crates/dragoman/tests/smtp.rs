//! A client that speaks SMTP word by word, and sends whatever it is given.

use std::{
    io::{BufRead, BufReader, Error, Result, Write},
    net::{SocketAddr, TcpStream},
    time::Duration,
};

/// A connection to the receiver.
pub struct Client(BufReader<TcpStream>);

impl Client {
    /// Connects and greets.
    pub fn connect(smtp: SocketAddr) -> Result<Self> {
        let stream = TcpStream::connect(smtp)?;
        stream.set_read_timeout(Some(Duration::from_secs(60)))?;
        let mut client = Self(BufReader::new(stream));
        client.expect("220")?;
        client.say("EHLO client.example", "250")?;
        Ok(client)
    }

    /// Sends a mail and returns the answer to it. Dots at the beginnings of lines are doubled.
    pub fn deliver(&mut self, from: &str, to: &str, mail: &[u8]) -> Result<String> {
        self.begin(from, to)?;
        let mut stuffed = Vec::with_capacity(mail.len() + 8);
        let mut after_cr = true;
        for line in mail.split_inclusive(|byte| *byte == b'\n') {
            stuffed.extend_from_slice(if after_cr && line.starts_with(b".") { b"." } else { b"" });
            stuffed.extend_from_slice(line);
            after_cr = line.ends_with(b"\r\n");
        }
        stuffed.extend_from_slice(if mail.ends_with(b"\r\n") { b".\r\n" } else { b"\r\n.\r\n" });
        self.send(&stuffed)?;
        self.answer()
    }

    /// Says everything up to 354.
    pub fn begin(&mut self, from: &str, to: &str) -> Result<()> {
        self.say(&format!("MAIL FROM:<{from}>"), "250")?;
        self.say(&format!("RCPT TO:<{to}>"), "250")?;
        self.say("DATA", "354")
    }

    /// Sends bytes as they are.
    pub fn send(&mut self, bytes: &[u8]) -> Result<()> {
        self.0.get_mut().write_all(bytes)
    }

    /// Says a command, and fails if the answer doesn't begin with the code.
    pub fn say(&mut self, command: &str, code: &str) -> Result<()> {
        self.send(format!("{command}\r\n").as_bytes())?;
        self.expect(code)
    }

    fn expect(&mut self, code: &str) -> Result<()> {
        let answer = self.answer()?;
        if answer.starts_with(code) { Ok(()) } else { Err(Error::other(answer)) }
    }

    /// Waits for an answer and returns its last line.
    pub fn answer(&mut self) -> Result<String> {
        loop {
            let mut line = String::new();
            self.0.read_line(&mut line)?;
            if line.as_bytes().get(3) != Some(&b'-') {
                return Ok(line);
            }
        }
    }
}
