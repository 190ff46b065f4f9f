//! Getting a connection to a mail server, encrypted as its account wants, and trusting nobody whose certificate isn't good.

use super::{
    dialogue::Dialogue,
    patience::Patience,
    trouble::{Step, Trouble},
    wire::{Stream, Wire},
    words::How,
};
use crate::email::obstacles::Obstacle;
use engagements::fetching::{MailAccount, Security};
use rustls::{
    ClientConfig, RootCertStore,
    pki_types::{CertificateDer, ServerName, pem::PemObject},
};
use std::sync::Arc;
use tokio::{net::TcpStream, time::timeout};
use tokio_rustls::TlsConnector;

/// Whose certificates are trusted.
#[derive(Clone)]
pub struct Trust(Arc<ClientConfig>);

/// A certificate that is to be trusted can't be read.
#[derive(Debug, thiserror::Error)]
#[error(
    "The extra certificate isn't a certificate in PEM form. It should begin with -----BEGIN CERTIFICATE-----."
)]
pub struct NoCertificate;

impl Trust {
    /// The public authorities, and the certificates in this PEM text beside them: for servers with a private authority.
    ///
    /// # Errors
    /// [`NoCertificate`].
    pub fn new(extra_roots: Option<&[u8]>) -> Result<Self, NoCertificate> {
        let mut roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
        for certificate in CertificateDer::pem_slice_iter(extra_roots.unwrap_or_default()) {
            roots.add(certificate.map_err(|_| NoCertificate)?).map_err(|_| NoCertificate)?;
        }
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let versions = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions();
        let config = versions.map_err(|_| NoCertificate)?.with_root_certificates(roots).with_no_client_auth();
        Ok(Self(Arc::new(config)))
    }

    pub(in crate::email) fn client_config(&self) -> ClientConfig {
        (*self.0).clone()
    }
}

/// A connection to the account's server on which it can be signed in.
pub(super) async fn connect(
    account: &MailAccount,
    trust: &Trust,
    patience: &Patience,
) -> Result<Dialogue, Trouble> {
    let stream = reach(account, patience).await?;
    match account.security {
        Security::Plain => greeted(stream, patience).await,
        Security::Tls => greeted(encrypt(stream, account, trust, patience).await?, patience).await,
        Security::StartTls => {
            let mut clear = greeted(stream, patience).await?;
            if !clear.capabilities().await?.contains("STARTTLS") {
                return Err(Trouble::NoStartTls);
            }
            match clear.run(&Step::Encryption, "STARTTLS", |_| {}).await {
                Err(Trouble::Refused(..)) => return Err(Trouble::NoStartTls),
                other => other.map(drop)?,
            }
            let stream = clear.into_wire().into_stream().ok_or(Trouble::Garbled(Step::Encryption))?;
            let wire = Wire::new(encrypt(stream, account, trust, patience).await?, patience.clone());
            // What was said in the clear is forgotten: anybody may have said it.
            Ok(Dialogue::new(wire, patience.clone()))
        }
    }
}

async fn reach(account: &MailAccount, patience: &Patience) -> Result<Box<dyn Stream>, Trouble> {
    let connecting = TcpStream::connect((account.host.as_str(), account.port));
    match timeout(patience.connected_within, connecting).await {
        Ok(Ok(stream)) => {
            let _ = stream.set_nodelay(true);
            Ok(Box::new(stream))
        }
        Ok(Err(error)) => Err(Trouble::Obstructed(Obstacle::of(&error, &account.host))),
        Err(_) => Err(Trouble::Silent(Step::Greeting)),
    }
}

async fn greeted(stream: Box<dyn Stream>, patience: &Patience) -> Result<Dialogue, Trouble> {
    let mut dialogue = Dialogue::new(Wire::new(stream, patience.clone()), patience.clone());
    let said = dialogue.greeting().await?;
    match said {
        (How::Ok, _) => Ok(dialogue),
        (_, said) => Err(Trouble::Bye(said.words)),
    }
}

async fn encrypt(
    stream: Box<dyn Stream>,
    account: &MailAccount,
    trust: &Trust,
    patience: &Patience,
) -> Result<Box<dyn Stream>, Trouble> {
    let name = ServerName::try_from(account.host.clone());
    let name = name.map_err(|_| Trouble::NoName)?;
    let connecting = TlsConnector::from(Arc::clone(&trust.0)).connect(name, stream);
    match timeout(patience.connected_within, connecting).await {
        Ok(Ok(stream)) => Ok(Box::new(stream)),
        Ok(Err(error)) => Err(Trouble::Obstructed(Obstacle::of(&error, &account.host))),
        Err(_) => Err(Trouble::Silent(Step::Greeting)),
    }
}
