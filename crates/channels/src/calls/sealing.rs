//! Rule: a message to a browser is sealed so that the push service between can't read it (RFC 8291, RFC 8188: aes128gcm, one record).

use ring::{
    aead::{AES_128_GCM, Aad, LessSafeKey, Nonce, UnboundKey},
    error::Unspecified,
    hkdf,
};

/// The size of a record, as the header names it. Ours are shorter.
const RECORD: u32 = 4_096;
/// No message is longer, so that it fits into one record.
pub(super) const LONGEST: usize = 3_000;

/// What both sides know, and what is drawn for one message.
pub(super) struct Known<'a> {
    /// The secret on which both sides agreed (ECDH).
    pub agreed: &'a [u8],
    /// The browser's public key.
    pub browser: &'a [u8],
    /// Ours for this message.
    pub ours: &'a [u8],
    /// The browser's secret for authentication.
    pub auth: &'a [u8],
    /// Drawn for this message.
    pub salt: [u8; 16],
}

/// The body of the message: the header of the record, then the sealed words.
pub(super) fn sealed(known: &Known<'_>, words: &[u8]) -> Result<Vec<u8>, Unspecified> {
    let info = [b"WebPush: info\0".as_slice(), known.browser, known.ours].concat();
    let shared: [u8; 32] = drawn(known.auth, known.agreed, &info)?;
    let key: [u8; 16] = drawn(&known.salt, &shared, b"Content-Encoding: aes128gcm\0")?;
    let nonce: [u8; 12] = drawn(&known.salt, &shared, b"Content-Encoding: nonce\0")?;
    let mut body = words.to_vec();
    // The last record ends with a two.
    body.push(2);
    let key = LessSafeKey::new(UnboundKey::new(&AES_128_GCM, &key)?);
    key.seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), Aad::empty(), &mut body)?;
    let length = u8::try_from(known.ours.len()).map_err(|_| Unspecified)?;
    Ok([&known.salt, RECORD.to_be_bytes().as_slice(), &[length], known.ours, &body].concat())
}

/// HKDF-SHA-256 of so many bytes.
fn drawn<const LENGTH: usize>(salt: &[u8], secret: &[u8], info: &[u8]) -> Result<[u8; LENGTH], Unspecified> {
    struct Bytes(usize);
    impl hkdf::KeyType for Bytes {
        fn len(&self) -> usize {
            self.0
        }
    }
    let mut drawn = [0; LENGTH];
    let extracted = hkdf::Salt::new(hkdf::HKDF_SHA256, salt).extract(secret);
    extracted.expand(&[info], Bytes(LENGTH))?.fill(&mut drawn)?;
    Ok(drawn)
}
