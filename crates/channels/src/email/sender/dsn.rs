//! Rule: asking for delivery reports (RFC 3461): of failures and delays, with the mail's own id and the recipient as we know them.

use kernel::EmailAddress;
use lettre::transport::smtp::extension::{MailParameter, RcptParameter};

/// The longest id that MAIL may carry, written out (RFC 3461, 4.4).
const LONGEST_ID: usize = 100;

/// What MAIL says: the heads of the mail are enough in a report, and this is its id.
pub(super) fn of_mail(id: &str) -> Vec<MailParameter> {
    let other = |keyword: &str, value: String| MailParameter::Other {
        keyword: keyword.to_owned(),
        value: Some(value),
    };
    let mut parameters = vec![other("RET", "HDRS".to_owned())];
    // The library writes out what could end a parameter (xtext), which makes it longer.
    let written = id.len() + 2 * id.matches(['+', '=']).count();
    if !id.is_empty() && written <= LONGEST_ID {
        parameters.push(other("ENVID", id.to_owned()));
    }
    parameters
}

/// What RCPT says: which reports are wanted, and to whom the mail was written.
pub(super) fn of_recipient(address: &EmailAddress) -> Vec<RcptParameter> {
    let other = |keyword: &str, value: String| RcptParameter::Other {
        keyword: keyword.to_owned(),
        value: Some(value),
    };
    let mut parameters = vec![other("NOTIFY", "FAILURE,DELAY".to_owned())];
    // Addresses beyond ASCII are written in another way that few servers know (RFC 6533).
    if address.as_str().is_ascii() {
        parameters.push(other("ORCPT", format!("rfc822;{}", address)));
    }
    parameters
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_that_is_too_long_is_left_out() {
        assert_eq!(of_mail(&"x".repeat(100)).len(), 2);
        assert_eq!(of_mail(&"x".repeat(101)).len(), 1);
        assert_eq!(of_mail(&"+".repeat(34)).len(), 1);
        assert_eq!(of_mail("").len(), 1);
    }
}
