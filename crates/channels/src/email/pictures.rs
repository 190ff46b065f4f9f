//! Pictures on other servers, fetched by us, so that no reader's browser speaks with whom a mail names.
//!
//! A mail may name any address, so this is a way into the network that we stand in. Only public addresses are spoken to: names are
//! looked up by us and the connection goes to an address that was looked at, at every redirect again.

mod kinds;
mod ranges;

use kinds::kind;
use ranges::is_public;
use reqwest::{
    Client, Response,
    dns::{Addrs, Name, Resolve, Resolving},
    header::{ACCEPT, HeaderMap, HeaderValue, LOCATION},
    redirect,
};
use rustls::{ClientConfig, RootCertStore};
use std::{
    net::{IpAddr, SocketAddr},
    sync::Arc,
    time::Duration,
};
use tokio::{sync::Semaphore, time::timeout};
use url::{Host, Url};

/// How long fetching one picture may take.
const WITHIN: Duration = Duration::from_secs(5);
/// How long a picture may wait for its turn.
const TURN_WITHIN: Duration = Duration::from_secs(10);
/// The largest picture.
const LARGEST: usize = 5 * 1024 * 1024;
/// How often a server may name another address.
const REDIRECTS: usize = 3;
/// How many pictures are fetched at the same time.
const AT_ONCE: usize = 16;

/// To whom a fetcher speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reachable {
    /// To the ports 80 and 443 of public addresses.
    Public,
    /// To this address too: for tests, which have none that is public.
    PublicAnd(SocketAddr),
}

/// A picture, and what it is by its bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// Its media type.
    pub kind: &'static str,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// Why there is no picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unseen {
    /// The mail's address is none.
    #[error("the address can't be read")]
    NoAddress,
    /// The address isn't one to speak with.
    #[error("the address is not public")]
    NotPublic,
    /// The server couldn't be reached, or answered with an error.
    #[error("the server has none")]
    NoAnswer,
    /// It took too long.
    #[error("it took too long")]
    TooSlow,
    /// It is larger than we take.
    #[error("it is too large")]
    TooLarge,
    /// Its bytes are no picture that browsers show without risk.
    #[error("it is no picture")]
    NoPicture,
    /// It leads on and on.
    #[error("it leads on and on")]
    TooManyRedirects,
}

/// Fetches pictures.
#[derive(Debug)]
pub struct PictureFetcher {
    client: Client,
    reachable: Reachable,
    turns: Semaphore,
}

impl PictureFetcher {
    /// A fetcher that speaks to these.
    ///
    /// # Errors
    /// When there is no encryption to be had.
    pub fn new(reachable: Reachable) -> Result<Self, reqwest::Error> {
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
        let tls = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .expect("the provider has these versions")
            .with_root_certificates(roots)
            .with_no_client_auth();
        let client = Client::builder()
            .tls_backend_preconfigured(tls)
            .dns_resolver(Arc::new(PublicNames(reachable)))
            .no_proxy()
            .redirect(redirect::Policy::none())
            .referer(false)
            .user_agent("Mozilla/5.0")
            .default_headers(HeaderMap::from_iter([(ACCEPT, HeaderValue::from_static("image/*"))]))
            .connect_timeout(WITHIN)
            .pool_max_idle_per_host(4)
            .pool_idle_timeout(WITHIN)
            .build()?;
        Ok(Self { client, reachable, turns: Semaphore::new(AT_ONCE) })
    }

    /// Fetches the picture at an address that a mail names.
    ///
    /// # Errors
    /// [`Unseen`].
    pub async fn fetch(&self, address: &str) -> Result<Picture, Unseen> {
        let url = Url::parse(address).map_err(|_| Unseen::NoAddress)?;
        let turn = timeout(TURN_WITHIN, self.turns.acquire()).await.map_err(|_| Unseen::TooSlow)?;
        let _turn = turn.map_err(|_| Unseen::TooSlow)?;
        timeout(WITHIN, self.follow(url)).await.map_err(|_| Unseen::TooSlow)?
    }

    async fn follow(&self, mut url: Url) -> Result<Picture, Unseen> {
        for _ in 0..=REDIRECTS {
            self.reachable.allows(&url)?;
            // A login in an address would be sent along.
            let _ = url.set_username("");
            let _ = url.set_password(None);
            url.set_fragment(None);
            let response = self.client.get(url.clone()).send().await.map_err(|_| Unseen::NoAnswer)?;
            if !response.status().is_redirection() {
                return taken(response).await;
            }
            let next = response.headers().get(LOCATION).and_then(|next| next.to_str().ok());
            url = next.and_then(|next| url.join(next).ok()).ok_or(Unseen::NoAnswer)?;
        }
        Err(Unseen::TooManyRedirects)
    }
}

async fn taken(mut response: Response) -> Result<Picture, Unseen> {
    if response.status() != reqwest::StatusCode::OK {
        return Err(Unseen::NoAnswer);
    }
    let mut bytes = Vec::new();
    while let Some(piece) = response.chunk().await.map_err(|_| Unseen::NoAnswer)? {
        if bytes.len() + piece.len() > LARGEST {
            return Err(Unseen::TooLarge);
        }
        bytes.extend_from_slice(&piece);
        // What begins as something else isn't read to its end.
        if bytes.len() >= kinds::ENOUGH && kind(&bytes).is_none() {
            return Err(Unseen::NoPicture);
        }
    }
    let kind = kind(&bytes).ok_or(Unseen::NoPicture)?;
    Ok(Picture { kind, bytes })
}

impl Reachable {
    fn allows(self, url: &Url) -> Result<(), Unseen> {
        if !["http", "https"].contains(&url.scheme()) {
            return Err(Unseen::NoAddress);
        }
        let port = url.port_or_known_default().unwrap_or_default();
        let also = matches!(self, Self::PublicAnd(also) if also.port() == port);
        // Names are looked at when they are looked up.
        let host = match url.host() {
            Some(Host::Ipv4(address)) => self.allows_address(address.into()),
            Some(Host::Ipv6(address)) => self.allows_address(address.into()),
            Some(Host::Domain(_)) => true,
            None => false,
        };
        if host && (also || [80, 443].contains(&port)) { Ok(()) } else { Err(Unseen::NotPublic) }
    }

    fn allows_address(self, address: IpAddr) -> bool {
        is_public(address) || matches!(self, Self::PublicAnd(also) if also.ip() == address)
    }
}

/// Looks names up, and knows only the public addresses among what it finds.
struct PublicNames(Reachable);

impl Resolve for PublicNames {
    fn resolve(&self, name: Name) -> Resolving {
        let reachable = self.0;
        Box::pin(async move {
            let found = tokio::net::lookup_host((name.as_str(), 0)).await?;
            let public: Vec<SocketAddr> =
                found.filter(|address| reachable.allows_address(address.ip())).collect();
            if public.is_empty() {
                return Err(Unseen::NotPublic.into());
            }
            Ok(Box::new(public.into_iter()) as Addrs)
        })
    }
}

#[cfg(test)]
mod tests;
