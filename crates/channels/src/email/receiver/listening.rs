//! Where a receiver listens: at a port, or at a socket in a folder of this machine.

use std::{
    fmt, fs, io,
    net::{IpAddr, Ipv4Addr, SocketAddr},
    os::unix::fs::{FileTypeExt, PermissionsExt},
    path::{Path, PathBuf},
    str::FromStr,
};
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::{TcpListener, UnixListener, UnixStream},
};

/// What stands before the path of a socket.
const SOCKET: &str = "unix:";

/// Where clients connect.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Address {
    /// A port, on one of this machine's addresses.
    Port(SocketAddr),
    /// A socket, which only programs on this machine can reach.
    Socket(PathBuf),
}

impl Address {
    /// The port; none for a socket.
    pub fn port(&self) -> Option<SocketAddr> {
        match self {
            Self::Port(address) => Some(*address),
            Self::Socket(_) => None,
        }
    }
}

impl From<SocketAddr> for Address {
    fn from(address: SocketAddr) -> Self {
        Self::Port(address)
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Port(address) => address.fmt(f),
            Self::Socket(path) => write!(f, "{SOCKET}{}", path.display()),
        }
    }
}

impl FromStr for Address {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text.strip_prefix(SOCKET) {
            Some(path) if path.starts_with('/') => Ok(Self::Socket(path.into())),
            Some(_) => Err("the path of a socket begins with /, as in unix:/run/dragoman/lmtp.sock"),
            None => {
                text.parse().map(Self::Port).map_err(|_| "it should look like 127.0.0.1:2424 or unix:/path")
            }
        }
    }
}

/// A connection of either kind.
pub(super) trait Connection: AsyncRead + AsyncWrite + Unpin + Send {}
impl<S: AsyncRead + AsyncWrite + Unpin + Send> Connection for S {}

/// An open door of either kind.
#[derive(Debug)]
pub(super) enum Listener {
    Port(TcpListener),
    Socket(UnixListener, PathBuf),
}

impl Listener {
    pub(super) async fn bind(address: &Address) -> io::Result<Self> {
        match address {
            Address::Port(address) => TcpListener::bind(address).await.map(Self::Port),
            Address::Socket(path) => {
                remove_abandoned(path).await;
                let listener = UnixListener::bind(path)?;
                let listener = Self::Socket(listener, path.clone());
                // Who may deliver is decided by who may enter the folder: mail servers run as users of their own.
                fs::set_permissions(path, fs::Permissions::from_mode(0o666))?;
                Ok(listener)
            }
        }
    }

    pub(super) fn address(&self) -> io::Result<Address> {
        match self {
            Self::Port(listener) => listener.local_addr().map(Address::Port),
            Self::Socket(_, path) => Ok(Address::Socket(path.clone())),
        }
    }

    /// The next client and where it is; whoever comes through a socket is on this machine.
    pub(super) async fn accept(&self) -> io::Result<(Box<dyn Connection>, IpAddr)> {
        match self {
            Self::Port(listener) => {
                let (stream, peer) = listener.accept().await?;
                // Replies are written in one piece; waiting to fill a packet would only delay them.
                let _ = stream.set_nodelay(true);
                Ok((Box::new(stream), peer.ip()))
            }
            Self::Socket(listener, _) => {
                let (stream, _) = listener.accept().await?;
                Ok((Box::new(stream), Ipv4Addr::LOCALHOST.into()))
            }
        }
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        if let Self::Socket(_, path) = self {
            // One that stays is removed by the next start.
            let _ = fs::remove_file(path);
        }
    }
}

/// A killed process leaves its socket behind. Nothing else at that path is touched, nor a socket on which somebody listens.
async fn remove_abandoned(path: &Path) {
    let is_socket = fs::symlink_metadata(path).is_ok_and(|about| about.file_type().is_socket());
    if is_socket
        && let Err(error) = UnixStream::connect(path).await
        && error.kind() == io::ErrorKind::ConnectionRefused
    {
        let _ = fs::remove_file(path);
    }
}
