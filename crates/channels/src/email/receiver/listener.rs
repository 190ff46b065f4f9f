//! The door: accepts connections, lets each have its session, and closes in good order.

use super::{
    Address, Encryption, Intake, Settings,
    body::SPOOLED_PREFIX,
    guests::Guests,
    listening::{Connection, Listener},
    reply::Reply,
    session::Ended,
    session::Session,
};
use std::{fs, future::Future, io, net::IpAddr, path::Path, pin::pin, sync::Arc, time::Duration};
use tokio::{
    io::{AsyncRead, AsyncWrite},
    sync::watch,
    task::JoinSet,
    time::{sleep, timeout},
};

/// A temporary file this old belongs to no mail that is still arriving.
const LEFTOVER: Duration = Duration::from_secs(60 * 60);
/// How long to wait when the machine can't open another connection.
const BREATHER: Duration = Duration::from_millis(100);
/// How long a client that is turned away may take to hear why.
const FAREWELL: Duration = Duration::from_secs(1);

/// An open door that nobody attends yet.
#[derive(Debug)]
pub struct Receiver {
    listener: Listener,
    address: Address,
    settings: Settings,
}

impl Receiver {
    /// Opens the door: from now on clients can connect, and wait until `serve` is called.
    ///
    /// # Errors
    /// The address is taken or not allowed.
    pub async fn bind(address: &Address, settings: Settings) -> io::Result<Self> {
        remove_leftovers(&settings.spool);
        let listener = Listener::bind(address).await?;
        let address = listener.address()?;
        Ok(Self { listener, address, settings })
    }

    /// Where clients connect; tells the port when `bind` was given port 0.
    pub fn local_address(&self) -> &Address {
        &self.address
    }

    /// Receives until `shutdown` is ready. Then idle clients are told 421, mails that are being received may finish
    /// within [`Limits::finish_within`](super::Limits::finish_within), and what remains is cut off.
    pub async fn serve<I: Intake>(self, intake: Arc<I>, shutdown: impl Future<Output = ()>) {
        let finish_within = self.settings.limits.finish_within;
        let (stop, stopping) = watch::channel(false);
        let guests = Arc::new(Guests::new(&self.settings.limits));
        let house = Arc::new(House { settings: self.settings, intake, stopping });
        let mut sessions = JoinSet::new();
        let mut shutdown = pin!(shutdown);
        loop {
            tokio::select! {
                biased;
                () = &mut shutdown => break,
                Some(ended) = sessions.join_next(), if !sessions.is_empty() => note(ended),
                accepted = self.listener.accept() => match accepted {
                    Ok((stream, peer)) => admit(&house, &guests, &mut sessions, stream, peer),
                    Err(error) => {
                        tracing::warn!(%error, "a connection couldn't be accepted");
                        sleep(BREATHER).await;
                    }
                },
            }
        }
        drop(self.listener);
        stop.send_replace(true);
        let rest = async { while sessions.join_next().await.is_some() {} };
        if timeout(finish_within, rest).await.is_err() {
            sessions.shutdown().await;
        }
    }
}

/// What all sessions share.
pub(super) struct House<I> {
    pub(super) settings: Settings,
    pub(super) intake: Arc<I>,
    pub(super) stopping: watch::Receiver<bool>,
}

fn admit<I: Intake>(
    house: &Arc<House<I>>,
    guests: &Arc<Guests>,
    sessions: &mut JoinSet<()>,
    stream: Box<dyn Connection>,
    peer: IpAddr,
) {
    match guests.admit(peer) {
        Some(place) => {
            let house = Arc::clone(house);
            sessions.spawn(async move {
                house.converse(stream, peer).await;
                drop(place);
            });
        }
        // In a flood, even an explanation costs too much.
        None if sessions.len() < 2 * house.settings.limits.connections => {
            sessions.spawn(turn_away(stream));
        }
        None => {}
    }
}

async fn turn_away(mut stream: Box<dyn Connection>) {
    let mut words = Vec::new();
    Reply::new(421, "4.7.0", "Too many connections are open at the moment. Please try again later.")
        .write(&mut words);
    let telling = tokio::io::AsyncWriteExt::write_all(&mut stream, &words);
    let _ = timeout(FAREWELL, telling).await;
}

impl<I: Intake> House<I> {
    /// One connection from greeting to goodbye, first in the clear and then, if the client asks for it, encrypted.
    pub(super) async fn converse<S>(self: Arc<Self>, stream: S, peer: IpAddr)
    where
        S: AsyncRead + AsyncWrite + Unpin + Send,
    {
        let session = Session::new(Arc::clone(&self), stream, peer, Encryption::Plain);
        let stream = match session.greet_and_talk().await {
            Ok(Ended::Encrypting(stream)) => stream,
            Ok(Ended::Closed) => return,
            Err(error) => return tracing::debug!(%error, "a connection broke"),
        };
        let Some(certificate) = &self.settings.certificate else { return };
        let handshake = certificate.acceptor().accept(stream);
        match timeout(self.settings.limits.handshake_within, handshake).await {
            Ok(Ok(stream)) => {
                let encryption = encryption(stream.get_ref().1);
                let session = Session::new(Arc::clone(&self), stream, peer, encryption);
                if let Err(error) = session.talk().await {
                    tracing::debug!(%error, "an encrypted connection broke");
                }
            }
            Ok(Err(error)) => tracing::debug!(%error, "a TLS handshake failed"),
            Err(_) => tracing::debug!("a TLS handshake took too long"),
        }
    }
}

fn encryption(connection: &rustls::ServerConnection) -> Encryption {
    let protocol = connection.protocol_version().map(|protocol| format!("{protocol:?}"));
    let cipher = connection.negotiated_cipher_suite().map(|suite| format!("{:?}", suite.suite()));
    Encryption::Tls { protocol: protocol.unwrap_or_default(), cipher: cipher.unwrap_or_default() }
}

fn note(ended: Result<(), tokio::task::JoinError>) {
    if let Err(error) = ended {
        tracing::error!(%error, "a session of the mail receiver ended abnormally");
    }
}

/// Removes temporary files that a killed process left behind. Whatever can't be removed is only untidy.
fn remove_leftovers(folder: &Path) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let is_ours = entry.file_name().to_string_lossy().starts_with(SPOOLED_PREFIX);
        let age = entry.metadata().and_then(|about| about.modified()).map(|modified| modified.elapsed());
        if is_ours && matches!(age, Ok(Ok(age)) if age > LEFTOVER) {
            let _ = fs::remove_file(entry.path());
        }
    }
}
