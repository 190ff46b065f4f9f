//! Signing: DKIM signatures (RFC 6376) above our own letters, and the keys that make them.

use base64::{Engine, engine::general_purpose::STANDARD};
use desk::sending_domains::{Drawn, Signer};
use engagements::sending_domains::Method;
use mail_auth::{
    common::{
        crypto::{Ed25519Key, RsaKey, Sha256, SigningKey},
        headers::HeaderWriter,
    },
    dkim::{Canonicalization, DkimSigner, generate::DkimKeyPair},
};
use rustls::pki_types::{PrivateKeyDer, PrivatePkcs1KeyDer};

/// What a signature covers. A field that a letter doesn't have is covered, too, so that nobody adds it; `From` stands twice, so that
/// nobody adds a second one.
const COVERED: [&str; 14] = [
    "From",
    "From",
    "To",
    "Cc",
    "Subject",
    "Date",
    "Message-ID",
    "In-Reply-To",
    "References",
    "Reply-To",
    "MIME-Version",
    "Content-Type",
    "List-Unsubscribe",
    "List-Unsubscribe-Post",
];
/// Bits of a new RSA key: as long as a record every provider takes.
const RSA_BITS: usize = 2048;
/// The beginning of a public RSA key of [`RSA_BITS`] as records have it (RFC 5280, 4.1): the algorithm, then the key as it was drawn.
const RSA_HEAD: [u8; 24] = [
    0x30, 0x82, 0x01, 0x22, 0x30, 0x0d, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01,
    0x05, 0x00, 0x03, 0x82, 0x01, 0x0f, 0x00,
];
/// How long the key behind that beginning is.
const RSA_LENGTH: usize = 270;

/// A letter can't be signed, or a key not be made.
#[derive(Debug, thiserror::Error)]
pub enum SigningFault {
    /// The key can't be made or read.
    #[error("the signing key can't be made or read: {0}")]
    Key(String),
    /// The private half was sealed with another key than the one in the key file.
    #[error("the signing key can't be opened")]
    Sealed,
    /// The library refuses.
    #[error("the letter can't be signed: {0}")]
    Refused(String),
}

/// Draws a pair of keys. An RSA pair takes a second or so: not for an async thread.
///
/// # Errors
/// [`SigningFault::Key`] when the system has no randomness.
pub fn draw(method: Method) -> Result<Drawn, SigningFault> {
    let drawn = match method {
        Method::Rsa => DkimKeyPair::generate_rsa(RSA_BITS),
        Method::Ed25519 => DkimKeyPair::generate_ed25519(),
    };
    let drawn = drawn.map_err(|error| SigningFault::Key(error.to_string()))?;
    let public = match (method, drawn.public_key()) {
        (Method::Ed25519, bare) => bare.to_vec(),
        (Method::Rsa, bare) if bare.len() == RSA_LENGTH => [RSA_HEAD.as_slice(), bare].concat(),
        (Method::Rsa, _) => return Err(SigningFault::Key("its length is wrong".to_owned())),
    };
    Ok(Drawn { method, public: STANDARD.encode(public), private: STANDARD.encode(drawn.private_key()) })
}

/// The letter with a signature above it.
///
/// # Errors
/// [`SigningFault`].
pub fn sign(bytes: &[u8], signer: &Signer) -> Result<Vec<u8>, SigningFault> {
    let unreadable = |error: &dyn std::fmt::Display| SigningFault::Key(error.to_string());
    let private = signer.private.as_ref().ok_or(SigningFault::Sealed)?;
    let der = STANDARD.decode(private).map_err(|error| unreadable(&error))?;
    match signer.method {
        Method::Rsa => {
            let key = PrivateKeyDer::Pkcs1(PrivatePkcs1KeyDer::from(der));
            with(RsaKey::<Sha256>::from_key_der(key).map_err(|error| unreadable(&error))?, bytes, signer)
        }
        Method::Ed25519 => {
            with(Ed25519Key::from_pkcs8_der(&der).map_err(|error| unreadable(&error))?, bytes, signer)
        }
    }
}

fn with(key: impl SigningKey, bytes: &[u8], signer: &Signer) -> Result<Vec<u8>, SigningFault> {
    let bytes = without_blank_end(bytes);
    let made = DkimSigner::from_key(key).domain(signer.domain.as_str()).selector(&signer.selector);
    let made = made.headers(COVERED).header_canonicalization(Canonicalization::Relaxed);
    let made = made.body_canonicalization(Canonicalization::Relaxed);
    let signature = made.sign(&bytes).map_err(|error| SigningFault::Refused(error.to_string()))?;
    Ok([signature.to_header().into_bytes(), bytes].concat())
}

/// The letter without blank lines at its end: the library counts lines of blanks there, which RFC 6376, 3.4.4 leaves out.
fn without_blank_end(bytes: &[u8]) -> Vec<u8> {
    let head = bytes.windows(4).position(|four| four == b"\r\n\r\n").map_or(bytes.len(), |at| at + 4);
    let (head, body) = bytes.split_at(head);
    let body = body.trim_ascii_end();
    let end: &[u8] = if body.is_empty() { b"" } else { b"\r\n" };
    [head, body, end].concat()
}

#[cfg(test)]
mod tests;
