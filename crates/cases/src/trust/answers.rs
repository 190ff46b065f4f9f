//! Rule: where an answer goes when a mail asks for answers at another address than its sender's.

use super::{Checked, Covers, Judged, Trust, Verdict, Worth, same_organisation};
use crate::case::words;
use kernel::{Because, EmailAddress};

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

impl Trust {
    /// Where answers to the mail go: as a person chose, else as the rule decided.
    pub fn answers_go(&self) -> Answers {
        self.chosen.unwrap_or(self.answers)
    }

    /// What a person may choose instead. Nobody is led to an address that a forger named.
    pub fn other_choice(&self) -> Option<Answers> {
        match (self.answers_go(), self.verdict) {
            _ if self.reply_to.is_empty() => None,
            (Answers::ToReplyTo, _) => Some(Answers::ToSender),
            (Answers::ToSender, Verdict::Failed) => None,
            (Answers::ToSender, _) => Some(Answers::ToReplyTo),
        }
    }
}

/// The address that an answer to a customer goes to: their own, or the other one that their newest mail asks for, where that is
/// believed or a person chose it.
pub fn recipient(own: EmailAddress, newest: Option<&Trust>) -> EmailAddress {
    let asked = newest.filter(|trust| trust.answers_go() == Answers::ToReplyTo);
    asked.and_then(|trust| trust.reply_to.parse().ok()).unwrap_or(own)
}

/// Why answers to a mail of this sender go where they go; `None` when it asks for no other address.
pub fn why(from: &EmailAddress, trust: &Trust) -> Option<Because> {
    let asked = &trust.reply_to;
    if asked.is_empty() {
        return None;
    }
    let (code, because) = match (trust.chosen, trust.answers, trust.verdict) {
        (Some(_), _, _) => ("trust.answers_chosen", "because somebody here chose so.".to_owned()),
        (None, Answers::ToReplyTo, _) => (
            "trust.answers_vouched",
            format!("because {} vouches for the sender and for that address.", trust.domain),
        ),
        (None, _, Verdict::Failed) => ("trust.answers_forged", "because the mail looks forged.".to_owned()),
        (None, _, Verdict::Unproven | Verdict::NotChecked) => (
            "trust.answers_unproven",
            "because nothing proves that the sender may name another address.".to_owned(),
        ),
        (None, _, Verdict::Proven) if is_outside(from, asked) => (
            "trust.answers_other_domain",
            format!("because {} can't vouch for an address of another domain.", trust.domain),
        ),
        (None, _, Verdict::Proven) => (
            "trust.answers_unsigned",
            "because the signature leaves that address out, so anybody on the way can have put it there."
                .to_owned(),
        ),
    };
    let place = match (trust.answers_go(), trust.verdict) {
        (Answers::ToReplyTo, _) => "go there".to_owned(),
        (Answers::ToSender, Verdict::Failed) => "don't go there".to_owned(),
        (Answers::ToSender, _) => format!("go to {from}"),
    };
    Some(Because::new(code, format!("It asks for answers at {asked}. They {place}, {because}")))
}

fn is_outside(from: &EmailAddress, asked: &str) -> bool {
    let asked = asked.parse::<EmailAddress>();
    !asked.is_ok_and(|asked| same_organisation(asked.domain(), from.domain()))
}
