//! A line that stands between a mail server and whoever fetches, and that breaks or falls silent where the test wants.

use std::{
    io::{Read, Write},
    net::{Shutdown, SocketAddr, TcpListener, TcpStream},
    sync::mpsc,
    thread,
};

/// What happens on a connection when it has brought so many bytes of the server.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Then {
    /// It breaks.
    Cut,
    /// It stays open, and nothing comes any more.
    Silence,
}

/// A line to a server.
pub struct Proxy {
    /// Where it begins.
    pub address: SocketAddr,
    /// Says so each time a connection has come to its end.
    pub ended: mpsc::Receiver<()>,
}

impl Proxy {
    /// A line whose nth connection ends after `after[nth]` bytes of the server; later ones don't end.
    pub fn start(to: SocketAddr, then: Then, after: Vec<usize>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let (tell, ended) = mpsc::channel();
        thread::spawn(move || {
            for (nth, client) in listener.incoming().map_while(Result::ok).enumerate() {
                let Ok(server) = TcpStream::connect(to) else { continue };
                let (most, tell) = (after.get(nth).copied().unwrap_or(usize::MAX), tell.clone());
                thread::spawn(move || carry(&client, &server, then, most, &tell));
            }
        });
        Self { address, ended }
    }
}

fn carry(client: &TcpStream, server: &TcpStream, then: Then, most: usize, tell: &mpsc::Sender<()>) {
    thread::scope(|scope| {
        scope.spawn(|| {
            copy(client, server, usize::MAX);
            let _ = server.shutdown(Shutdown::Both);
        });
        let has_ended = copy(server, client, most) == most;
        if has_ended {
            // The test may be over.
            let _ = tell.send(());
        }
        if !has_ended || then == Then::Cut {
            let _ = client.shutdown(Shutdown::Both);
        }
        // Whoever waits in silence goes at some time.
    });
}

/// Carries at most so many bytes, and answers how many it were.
fn copy(mut from: &TcpStream, mut to: &TcpStream, most: usize) -> usize {
    let (mut piece, mut carried) = ([0; 4096], 0);
    while carried < most {
        let wanted = piece.len().min(most - carried);
        match from.read(&mut piece[..wanted]) {
            Ok(0) | Err(_) => break,
            Ok(read) => {
                if to.write_all(&piece[..read]).is_err() {
                    break;
                }
                carried += read;
            }
        }
    }
    carried
}
