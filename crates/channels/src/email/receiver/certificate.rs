//! The certificate that lets clients encrypt.

use rustls::pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject};
use std::{fmt, sync::Arc};
use tokio_rustls::TlsAcceptor;

/// A certificate chain with its private key, ready to use.
#[derive(Clone)]
pub struct Certificate(TlsAcceptor);

/// Why a certificate can't be used.
#[derive(Debug, thiserror::Error)]
pub enum NoCertificate {
    /// No certificate in the text.
    #[error(
        "The certificate file holds no certificate in PEM form. It should begin with -----BEGIN CERTIFICATE-----."
    )]
    NoChain,
    /// No private key in the text.
    #[error(
        "The key file holds no private key in PEM form. It should begin with -----BEGIN PRIVATE KEY-----."
    )]
    NoKey,
    /// Key and certificate don't go together, or the key's kind isn't known.
    #[error("This private key can't be used with this certificate: {0}. Check that both were made together.")]
    Mismatched(#[from] rustls::Error),
}

impl Certificate {
    /// From PEM texts: the chain, server's own certificate first, and the private key.
    ///
    /// # Errors
    /// See [`NoCertificate`].
    pub fn from_pem(chain: &[u8], key: &[u8]) -> Result<Self, NoCertificate> {
        let chain = CertificateDer::pem_slice_iter(chain).collect::<Result<Vec<_>, _>>();
        let chain = chain.ok().filter(|chain| !chain.is_empty()).ok_or(NoCertificate::NoChain)?;
        let key = PrivateKeyDer::from_pem_slice(key).map_err(|_| NoCertificate::NoKey)?;
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let settings = rustls::ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()?
            .with_no_client_auth()
            .with_single_cert(chain, key)?;
        Ok(Self(TlsAcceptor::from(Arc::new(settings))))
    }

    pub(in crate::email) fn acceptor(&self) -> &TlsAcceptor {
        &self.0
    }
}

impl fmt::Debug for Certificate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Certificate")
    }
}
