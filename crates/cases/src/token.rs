//! Rule: signed tokens in addresses that anybody may open who was sent one: they say what they are for, and can't be made up.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// What a token is good for. One made for the one thing opens no other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Fetching a file of a reply.
    Download,
    /// Ending automatic mail to an address.
    Unsubscription,
    /// Seeing a reply that one was sent, and saying that it wasn't understood.
    Reply,
    /// Seeing what was escalated to one, and answering it.
    Escalation,
    /// Acknowledging a call to a case.
    Call,
}

impl Purpose {
    fn as_str(self) -> &'static str {
        match self {
            Self::Download => "download",
            Self::Unsubscription => "unsubscription",
            Self::Reply => "reply",
            Self::Escalation => "escalation",
            Self::Call => "call",
        }
    }
}

/// How many hex digits of the HMAC-SHA-256 stand in a token: 128 bits.
const SIGNATURE_LENGTH: usize = 32;
/// Nothing of ours is longer.
const LONGEST: usize = 1_000;

/// A token that says this, in hex digits and one full stop.
pub fn token(key: &[u8], purpose: Purpose, says: &str) -> String {
    format!("{}.{}", hex(says.as_bytes()), signature(key, purpose, says))
}

/// What a token says, if it is one of ours for this purpose.
pub fn read_token(key: &[u8], purpose: Purpose, token: &str) -> Option<String> {
    let (said, signed) = token.split_once('.').filter(|_| token.len() <= LONGEST)?;
    let says = String::from_utf8(unhex(said)?).ok()?;
    let right = signature(key, purpose, &says);
    // In a time that doesn't depend on how much of it is right.
    let differences = right.bytes().zip(signed.bytes()).fold(0_u8, |sum, (a, b)| sum | (a ^ b));
    (signed.len() == right.len() && std::hint::black_box(differences) == 0).then_some(says)
}

fn signature(key: &[u8], purpose: Purpose, says: &str) -> String {
    let mut mac = <Hmac<Sha256> as KeyInit>::new_from_slice(key).expect("HMAC takes keys of any length");
    mac.update(purpose.as_str().as_bytes());
    mac.update(b"\0");
    mac.update(says.as_bytes());
    let mut signed = hex(mac.finalize().into_bytes().as_slice());
    signed.truncate(SIGNATURE_LENGTH);
    signed
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    let digits: Option<Vec<u8>> =
        text.chars().map(|c| c.to_digit(16).and_then(|digit| u8::try_from(digit).ok())).collect();
    let digits = digits.filter(|digits| digits.len() % 2 == 0)?;
    Some(digits.chunks(2).filter_map(|pair| Some(pair.first()? << 4 | pair.get(1)?)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_read_with_its_key_for_its_purpose_only() {
        let made = token(b"key", Purpose::Download, "0123 4 ž");
        let check = |key: &[u8], purpose, token: &str, expected: Option<&str>| {
            assert_eq!(read_token(key, purpose, token).as_deref(), expected, "{token}");
        };
        check(b"key", Purpose::Download, &made, Some("0123 4 ž"));
        check(b"other", Purpose::Download, &made, None);
        check(b"key", Purpose::Unsubscription, &made, None);
        let (said, signed) = made.split_once('.').unwrap();
        check(b"key", Purpose::Download, &format!("{said}31.{signed}"), None);
        check(b"key", Purpose::Download, &format!("{said}.{}", &signed[..31]), None);
        check(b"key", Purpose::Download, &format!("{said}.{signed}0"), None);
        check(b"key", Purpose::Download, "", None);
        check(b"key", Purpose::Download, ".", None);
        check(b"key", Purpose::Download, "zz.00", None);
        check(b"key", Purpose::Download, &"0".repeat(2_000), None);
    }
}
