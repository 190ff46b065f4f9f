//! The signed reply address: `help+k7qm3xtp.4f0x9w2c1m@aurora.example` says which case an answer belongs to, and can't be made up.

use super::quoted_reference::canonical;
use hmac::{Hmac, KeyInit, Mac};
use kernel::EmailAddress;
use sha2::Sha256;

/// How many base32 characters of the HMAC-SHA-256 stand in the address: 50 bits.
const SIGNATURE_LENGTH: usize = 10;
/// Crockford's alphabet in lower case, because mail programs change the case of addresses.
const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// A reply address as a mail shows it. Whether the signature is right is for [`verify`] to say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedAddress {
    /// The address without the signed part, as `help@aurora.example`.
    pub mailbox: EmailAddress,
    /// The reference of the case: eight upper-case characters.
    pub reference: String,
    /// The signature, in lower case.
    pub signature: String,
}

/// The signature doesn't belong to the reference.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("The signature in the reply address is wrong.")]
pub struct NotSigned;

impl SignedAddress {
    /// Takes an address apart; `None` when it has no signed part.
    pub fn read(address: &EmailAddress) -> Option<Self> {
        let (mailbox, detail) = address.without_detail();
        let detail = detail?;
        let (reference, signature) = detail.rsplit_once('.')?;
        // A mailbox may have a detail of its own before the signed part.
        let (own, reference) = reference.rsplit_once('+').map_or(("", reference), |(own, last)| (own, last));
        let mailbox = if own.is_empty() { mailbox } else { mailbox.with_detail(own).parse().ok()? };
        let fits =
            signature.len() == SIGNATURE_LENGTH && signature.bytes().all(|b| b.is_ascii_alphanumeric());
        let reference = canonical(reference).filter(|_| fits)?;
        Some(Self { mailbox, reference, signature: signature.to_ascii_lowercase() })
    }
}

/// The signature of a case reference: ten characters in lower case. Case and hyphen of the reference don't matter.
pub fn sign(key: &[u8], reference: &str) -> String {
    let reference = canonical(reference).unwrap_or_else(|| reference.to_ascii_uppercase());
    let mut mac = <Hmac<Sha256> as KeyInit>::new_from_slice(key).expect("HMAC takes keys of any length");
    mac.update(b"reply address\0");
    mac.update(reference.as_bytes());
    base32(mac.finalize().into_bytes().as_slice())
}

/// Says whether a signature belongs to a reference, in a time that doesn't depend on how much of it is right.
pub fn verify(key: &[u8], reference: &str, signature: &str) -> Result<(), NotSigned> {
    let right = sign(key, reference);
    let given = signature.to_ascii_lowercase();
    let differences = right.bytes().zip(given.bytes()).fold(0_u8, |sum, (a, b)| sum | (a ^ b));
    if given.len() == right.len() && std::hint::black_box(differences) == 0 { Ok(()) } else { Err(NotSigned) }
}

/// The address at which the answers to a case arrive: `help+k7qm3xtp.4f0x9w2c1m@aurora.example`.
///
/// When the signed part makes the local part longer than the 64 characters of RFC 5321, the plain mailbox is used:
/// answers then find their case by their Message-IDs.
pub fn reply_address(key: &[u8], mailbox: &EmailAddress, reference: &str) -> String {
    let shown = canonical(reference).unwrap_or_else(|| reference.to_owned()).to_ascii_lowercase();
    let detail = format!("{shown}.{}", sign(key, reference));
    let fits = mailbox.local().len() + 1 + detail.len() <= 64;
    if fits { mailbox.with_detail(&detail) } else { mailbox.as_str().to_owned() }
}

/// The first fifty bits, five for each character.
fn base32(bytes: &[u8]) -> String {
    let bit = |n: usize| bytes.get(n / 8).map_or(0, |byte| byte >> (7 - n % 8) & 1);
    let letter = |at: usize| {
        let index = (0..5).fold(0_usize, |sum, n| sum << 1 | usize::from(bit(at * 5 + n)));
        ALPHABET.get(index).map_or('0', |letter| char::from(*letter))
    };
    (0..SIGNATURE_LENGTH).map(letter).collect()
}
