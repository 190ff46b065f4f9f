//! Rule: where an answer goes when a mail asks for answers at another address than its sender's.

use super::{Checked, Covers, Judged, Verdict, Worth, same_organisation};
use crate::case::words;
use kernel::EmailAddress;

words! {
    /// Where answers to a mail go.
    Answers {
        /// To its sender.
        ToSender = "to_sender",
        /// To the address that it asks for.
        ToReplyTo = "to_reply_to",
    }
}

/// Decides where answers go. Another address is believed only when the sender is proven, the address belongs to the sender's
/// organisation, and nobody on the way can have put it there; otherwise a person chooses.
pub fn answers(from: &EmailAddress, asked: &EmailAddress, judged: &Judged, checked: &Checked) -> Answers {
    let domain = from.domain();
    let covers = |one: &super::Signature| {
        one.worth == Worth::Right
            && one.covers_reply_to == Covers::Yes
            && same_organisation(&one.domain, domain)
    };
    let is_signed = checked
        .signatures
        .iter()
        .any(|one| one.worth == Worth::Right && same_organisation(&one.domain, domain));
    let untouched = !is_signed || checked.signatures.iter().any(covers);
    match judged.verdict {
        Verdict::Proven if untouched && same_organisation(asked.domain(), domain) => Answers::ToReplyTo,
        _ => Answers::ToSender,
    }
}
