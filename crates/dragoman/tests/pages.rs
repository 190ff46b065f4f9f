//! A reader of the running desk's pages and JSON, over HTTP and with a session.

use people::Secret;
use serde_json::Value;
use std::{
    io::{Read, Write},
    net::{SocketAddr, TcpStream},
};

/// Somebody who is signed in.
pub struct Browser {
    pages: SocketAddr,
    token: String,
}

impl Browser {
    /// With a session that has begun.
    pub fn new(pages: SocketAddr, token: &Secret) -> Self {
        Self { pages, token: token.reveal().to_owned() }
    }

    /// The status and the bytes of a page.
    pub fn get(&self, path: &str) -> (u16, Vec<u8>) {
        let mut answer = self.ask("GET", path, "").unwrap();
        let head = answer.windows(4).position(|four| four == b"\r\n\r\n").expect("the answer has a head");
        let status = String::from_utf8_lossy(&answer[9..12]).parse().expect("the answer has a status");
        (status, answer.split_off(head + 4))
    }

    /// Sends a form. It fails when the desk dies meanwhile.
    pub fn post(&self, path: &str, form: &str) -> std::io::Result<()> {
        self.ask("POST", path, form).map(drop)
    }

    fn ask(&self, method: &str, path: &str, form: &str) -> std::io::Result<Vec<u8>> {
        let mut stream = TcpStream::connect(self.pages)?;
        // Version 1.0, so that the answer ends where the connection does.
        let asked = format!(
            "{method} {path} HTTP/1.0\r\nHost: localhost\r\nCookie: {}={}\r\n\
             Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{form}",
            web::COOKIE,
            self.token,
            form.len()
        );
        stream.write_all(asked.as_bytes())?;
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer)?;
        Ok(answer)
    }

    /// JSON that must be there.
    pub fn json(&self, path: &str) -> Value {
        let (status, body) = self.get(path);
        assert_eq!(status, 200, "{path}: {}", String::from_utf8_lossy(&body));
        serde_json::from_slice(&body).unwrap()
    }
}
