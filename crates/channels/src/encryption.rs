//! TLS to servers elsewhere: with whom it is spoken, and whose word for that is trusted.

use rustls::{ClientConfig, RootCertStore};
use std::sync::Arc;

/// The public authorities.
pub fn public_roots() -> RootCertStore {
    RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() }
}

/// TLS to servers whose certificates lead to one of these authorities.
pub fn trusting(roots: RootCertStore) -> ClientConfig {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("the provider has these versions")
        .with_root_certificates(roots)
        .with_no_client_auth()
}
