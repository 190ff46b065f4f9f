//! Rule: the address at which answers to an escalation arrive: `help+e0192….7fa3…@aurora.example` names it, and can't be made up.

use hmac::{Hmac, KeyInit, Mac};
use kernel::{EmailAddress, EscalationId};
use sha2::Sha256;

/// How many hex digits of the HMAC-SHA-256 stand in the address: 48 bits. Mail programs change the case of addresses, never digits.
const SIGNATURE_LENGTH: usize = 12;
/// What the signed part begins with.
const MARK: char = 'e';

/// The address for answers; the plain mailbox where the signed part makes the local part longer than the 64 characters of RFC 5321:
/// answers then find their escalation by the Message-ID of its letter.
pub fn answer_address(key: &[u8], mailbox: &EmailAddress, escalation: EscalationId) -> String {
    let detail = format!("{MARK}{escalation}.{}", signature(key, escalation));
    let fits = mailbox.local().len() + 1 + detail.len() <= 64;
    if fits { mailbox.with_detail(&detail) } else { mailbox.as_str().to_owned() }
}

/// The escalation that an address names, if its signature is ours.
pub fn answered_at(key: &[u8], address: &EmailAddress) -> Option<EscalationId> {
    let detail = address.without_detail().1?;
    // A mailbox may have a detail of its own before the signed part.
    let signed = detail.rsplit('+').next()?.strip_prefix(MARK)?;
    let (id, given) = signed.split_once('.')?;
    let id = id.parse::<EscalationId>().ok().filter(|_| id.len() == 32)?;
    let right = signature(key, id);
    // In a time that doesn't depend on how much of it is right.
    let differences = right.bytes().zip(given.bytes()).fold(0_u8, |sum, (a, b)| sum | (a ^ b));
    (given.len() == right.len() && std::hint::black_box(differences) == 0).then_some(id)
}

fn signature(key: &[u8], escalation: EscalationId) -> String {
    let mut mac = <Hmac<Sha256> as KeyInit>::new_from_slice(key).expect("HMAC takes keys of any length");
    mac.update(b"escalation address\0");
    mac.update(escalation.to_string().as_bytes());
    let bytes = mac.finalize().into_bytes();
    let mut hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    hex.truncate(SIGNATURE_LENGTH);
    hex
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_names_its_escalation_with_its_key_only() {
        let id: EscalationId = "0192f3a4b5c6d7e8f90123456789abcd".parse().unwrap();
        let address = |text: &str| text.parse::<EmailAddress>().unwrap();
        let made = answer_address(b"key", &address("help@aurora.example"), id);
        let check = |key: &[u8], text: &str, expected: Option<EscalationId>| {
            assert_eq!(answered_at(key, &address(text)), expected, "{text}");
        };
        check(b"key", &made, Some(id));
        check(b"key", &made.to_uppercase(), Some(id));
        check(b"key", &made.replace("help+", "help+at+"), Some(id));
        check(b"other", &made, None);
        check(b"key", &made.replace("abcd.", "abce."), None);
        check(b"key", "help@aurora.example", None);
        check(b"key", "help+e.@aurora.example", None);
        check(b"key", "help+k7qm3xtp.4f0x9w2c1m@aurora.example", None);
        let long = address("customer-care-of-the-whole-company@aurora.example");
        assert_eq!(answer_address(b"key", &long, id), long.as_str());
    }
}
