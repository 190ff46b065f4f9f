//! Secrets that stand for a person: session tokens and invitation links. The store keeps their hashes only.
//!
//! Not a rule: a secret is drawn by chance.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use sha2::{Digest, Sha256};

/// 256 random bits, as text fit for a cookie or a link.
pub struct Secret(String);

impl Secret {
    /// A new one.
    pub fn fresh() -> Self {
        Self(URL_SAFE_NO_PAD.encode(rand::random::<[u8; 32]>()))
    }

    /// One that came back.
    pub fn presented(text: &str) -> Self {
        Self(text.to_owned())
    }

    /// The text, for the cookie or the link.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// What the store keeps: its SHA-256. The secret has 256 bits of its own, so no salt is needed.
    pub fn hash(&self) -> String {
        URL_SAFE_NO_PAD.encode(Sha256::digest(self.0.as_bytes()))
    }
}
