//! Pictures from a server of our own: what comes, what is refused, and what the server hears.

use super::{LARGEST, Picture, PictureFetcher, Reachable, Unseen};
use std::{
    net::SocketAddr,
    sync::{Arc, Mutex},
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};

const GIF: &[u8] = b"GIF89a\x01\x00\x01\x00\x00\x00\x00;";

/// A server of pictures, and everything that it was asked.
struct Gallery {
    address: SocketAddr,
    heard: Arc<Mutex<Vec<String>>>,
}

impl Gallery {
    async fn open() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let heard = Arc::new(Mutex::new(Vec::new()));
        let told = Arc::clone(&heard);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(answer(stream, Arc::clone(&told)));
            }
        });
        Self { address, heard }
    }

    async fn fetch(&self, address: &str) -> Result<Picture, Unseen> {
        let fetcher = PictureFetcher::new(Reachable::PublicAnd(self.address)).unwrap();
        fetcher.fetch(&address.replace("HERE", &self.address.to_string())).await
    }
}

async fn answer(mut stream: TcpStream, heard: Arc<Mutex<Vec<String>>>) {
    let mut asked = Vec::new();
    while !asked.ends_with(b"\r\n\r\n") {
        let Ok(byte) = stream.read_u8().await else { return };
        asked.push(byte);
    }
    let asked = String::from_utf8(asked).unwrap();
    let path = asked.split(' ').nth(1).unwrap().to_owned();
    heard.lock().unwrap().push(asked);
    let head = |status: &str, more: &str| {
        format!("HTTP/1.1 {status}\r\nConnection: close\r\n{more}\r\n").into_bytes()
    };
    let bytes = match path.as_str() {
        "/one.gif" => [head("200 OK", "Content-Type: text/html\r\n"), GIF.to_vec()].concat(),
        "/drawing" => {
            [head("200 OK", "Content-Type: image/svg+xml\r\n"), b"<svg onload='x'/>".repeat(9)].concat()
        }
        "/named-gif" => {
            [head("200 OK", "Content-Type: image/gif\r\n"), b"<script>x</script>".to_vec()].concat()
        }
        "/large" => [head("200 OK", ""), GIF.to_vec(), vec![0; LARGEST]].concat(),
        "/gone" => head("404 Not Found", ""),
        "/inside" => head("302 Found", "Location: http://169.254.169.254/latest/meta-data/\r\n"),
        "/file" => head("302 Found", "Location: file:///etc/hostname\r\n"),
        "/port" => head("302 Found", "Location: http://127.0.0.1:25/\r\n"),
        "/nowhere" => head("302 Found", ""),
        "/loop" => head("301 Moved", "Location: /loop\r\n"),
        "/moved" => head("307 Moved", "Location: /moved-again?x=1\r\nSet-Cookie: who=me\r\n"),
        "/moved-again?x=1" => head("308 Moved", "Location: //127.0.0.1/one.gif\r\n"),
        "/twice" => head("302 Found", "Location: one.gif\r\nSet-Cookie: who=me\r\n"),
        "/silent" => return std::future::pending().await,
        _ => return,
    };
    let _ = stream.write_all(&bytes).await;
}

#[tokio::test]
async fn pictures_come_and_nothing_else_does() {
    let gallery = Gallery::open().await;
    for (address, expected) in [
        ("http://HERE/one.gif", Ok("image/gif")),
        ("http://user:secret@HERE/twice#part", Ok("image/gif")),
        ("http://HERE/drawing", Err(Unseen::NoPicture)),
        ("http://HERE/named-gif", Err(Unseen::NoPicture)),
        ("http://HERE/large", Err(Unseen::TooLarge)),
        ("http://HERE/gone", Err(Unseen::NoAnswer)),
        ("http://HERE/cut", Err(Unseen::NoAnswer)),
        ("http://HERE/nowhere", Err(Unseen::NoAnswer)),
        ("http://HERE/loop", Err(Unseen::TooManyRedirects)),
        ("http://HERE/inside", Err(Unseen::NotPublic)),
        ("http://HERE/file", Err(Unseen::NoAddress)),
        ("http://HERE/port", Err(Unseen::NotPublic)),
        ("http://HERE/moved", Err(Unseen::NoAnswer)),
        ("http://127.1:22/", Err(Unseen::NotPublic)),
        ("http://[::ffff:127.0.0.1]/", Err(Unseen::NotPublic)),
        ("http://[::1]/", Err(Unseen::NotPublic)),
        ("http://8.8.8.8:8080/", Err(Unseen::NotPublic)),
        ("ftp://8.8.8.8/", Err(Unseen::NoAddress)),
        ("one.gif", Err(Unseen::NoAddress)),
    ] {
        let found = gallery.fetch(address).await.map(|picture| picture.kind);
        assert_eq!(found, expected, "{address}");
    }
    for asked in gallery.heard.lock().unwrap().iter() {
        let lower = asked.to_lowercase();
        let told = ["cookie", "referer", "authorization", "accept-language", "dragoman", "#part"];
        assert!(!told.iter().any(|word| lower.contains(word)), "{asked}");
    }
}

#[tokio::test]
async fn names_of_this_machine_are_not_public() {
    let gallery = Gallery::open().await;
    let fetcher = PictureFetcher::new(Reachable::Public).unwrap();
    assert_eq!(fetcher.fetch("http://localhost/one.gif").await, Err(Unseen::NoAnswer));
    let here = format!("http://{}/one.gif", gallery.address);
    assert_eq!(fetcher.fetch(&here).await, Err(Unseen::NotPublic));
    assert!(gallery.heard.lock().unwrap().is_empty());
    let named = format!("http://localhost:{}/one.gif", gallery.address.port());
    assert_eq!(gallery.fetch(&named).await.map(|picture| picture.bytes), Ok(GIF.to_vec()));
}

#[tokio::test(start_paused = true)]
async fn a_silent_server_is_left() {
    let gallery = Gallery::open().await;
    assert_eq!(gallery.fetch("http://HERE/silent").await, Err(Unseen::TooSlow));
}
