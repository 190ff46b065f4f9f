//! Rule: how far a mail's sender is proven, as one verdict with its reasons. What anybody can write into a mail proves nothing.

mod answers;
mod domains;
mod lookalike;
mod names;

pub use answers::{Answers, answers, recipient, why};
pub use domains::{organisational_domain, same_organisation};
pub use lookalike::{Ours, lookalikes};

use crate::case::words;
use kernel::{Because, EmailAddress};

words! {
    /// How far a sender is proven.
    Verdict {
        /// Nobody could check it.
        NotChecked = "not_checked",
        /// The domain of the sender's address vouches for the mail.
        Proven = "proven",
        /// Nothing speaks against the sender, and nothing proves them.
        Unproven = "unproven",
        /// The domain says that such a mail isn't its own.
        Failed = "failed",
    }
}

/// What is known about the sender of a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trust {
    /// How far the sender is proven.
    pub verdict: Verdict,
    /// The domain that vouches for the sender; empty unless they are proven.
    pub domain: String,
    /// Why, the weightiest reason first.
    pub because: Vec<Because>,
    /// What about the sender's name or address may deceive.
    pub marks: Vec<Because>,
    /// Another address that the mail asks for answers at; empty when it asks for none.
    pub reply_to: String,
    /// Where answers go, as the rule decided.
    pub answers: Answers,
    /// Where they go because a person chose so.
    pub chosen: Option<Answers>,
}

impl Default for Trust {
    fn default() -> Self {
        Self {
            verdict: Verdict::NotChecked,
            domain: String::new(),
            because: Vec::new(),
            marks: Vec::new(),
            reply_to: String::new(),
            answers: Answers::ToSender,
            chosen: None,
        }
    }
}

/// What checking a mail found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Checked {
    /// How far the check came.
    pub reached: Reached,
    /// The addresses of all From fields, in lower case.
    pub froms: Vec<String>,
    /// Whether the server that brought the mail may send for the envelope's domain; `None` where that can't be known.
    pub server: Option<Server>,
    /// The mail's signatures.
    pub signatures: Vec<Signature>,
    /// What the sender's domain asks for.
    pub wish: Wish,
    /// Who sealed the mail on its way last, if anybody did.
    pub seal: Option<Seal>,
}

/// How far a check came.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Reached {
    /// It wasn't made.
    #[default]
    Nothing,
    /// Its time was over before the DNS had answered.
    OutOfTime,
    /// To its end.
    Everything,
}

/// How a single check ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Right.
    Pass,
    /// Wrong.
    Fail,
    /// It says nothing.
    Neutral,
    /// The DNS didn't answer.
    Unknown,
}

/// SPF (RFC 7208): whether a server may send for a domain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Server {
    /// The domain of the envelope's sender.
    pub domain: String,
    /// Whether it may.
    pub outcome: Outcome,
    /// Another server's word for it, by its name; empty when we asked ourselves.
    pub told_by: String,
}

/// DKIM (RFC 6376): a signature.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signature {
    /// The domain that signed.
    pub domain: String,
    /// What it is worth.
    pub worth: Worth,
    /// It covers the Reply-To field.
    pub covers_reply_to: Covers,
}

/// What a signature is worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Worth {
    /// It is right.
    Right,
    /// The mail was changed after it was signed, or the signature is made up.
    Broken,
    /// It is past its date.
    Expired,
    /// The domain has no such key, or has withdrawn it.
    WithoutKey,
    /// Its method can be forged today, or it leaves the sender or a part of the mail out.
    Weak,
    /// The DNS didn't answer.
    Unknown,
}

/// Whether a signature covers a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Covers {
    /// It does: the field can't have been added or changed.
    Yes,
    /// It doesn't.
    No,
}

/// DMARC (RFC 9989): what a domain wants done with mail in its name that it doesn't vouch for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Wish {
    /// It says nothing about it.
    #[default]
    Unsaid,
    /// The DNS didn't answer.
    Unknown,
    /// Nothing special.
    Nothing(Alignment),
    /// To be put aside or refused.
    Refuse(Alignment),
}

/// Whether what is right belongs to the sender's domain as closely as that domain asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Alignment {
    /// It does.
    Close,
    /// It doesn't.
    Loose,
    /// The DNS didn't answer.
    Unknown,
}

/// ARC (RFC 8617): what a server on the way sealed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seal {
    /// The domain that sealed last.
    pub domain: String,
    /// Whether the whole chain of seals is right.
    pub outcome: Outcome,
    /// The owner has named every server of the chain.
    pub named: Named,
    /// The first of them found that the sender's domain vouched for the mail.
    pub found: Found,
}

/// Whether an owner named the sealing servers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Named {
    /// All of them.
    Yes,
    /// Not all.
    No,
}

/// What the first sealing server found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found {
    /// The sender's domain vouched for the mail.
    Vouched,
    /// Anything else.
    Other,
}

/// A verdict before names are looked at: how far, by which domain, why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judged {
    /// How far the sender is proven.
    pub verdict: Verdict,
    /// The domain that vouches; empty unless proven.
    pub domain: String,
    /// Why, the weightiest first.
    pub because: Vec<Because>,
}

/// Judges what checking a mail of this sender found.
pub fn judge(from: Option<&EmailAddress>, checked: &Checked) -> Judged {
    if checked.reached == Reached::Nothing {
        return Judged { verdict: Verdict::NotChecked, domain: String::new(), because: Vec::new() };
    }
    let (verdict, mut because) = match from {
        None => (Verdict::Unproven, vec![no_sender()]),
        Some(_) if checked.reached == Reached::OutOfTime && checked.froms.is_empty() => {
            (Verdict::NotChecked, vec![unanswered()])
        }
        Some(from) if !is_the_only(from, checked) => (Verdict::Unproven, vec![several(checked)]),
        Some(from) => of_one(from, checked),
    };
    because.extend(beside(from, checked));
    let domain = match (verdict, from) {
        (Verdict::Proven, Some(from)) => from.domain().to_owned(),
        _ => String::new(),
    };
    Judged { verdict, domain, because }
}

fn is_the_only(from: &EmailAddress, checked: &Checked) -> bool {
    !checked.froms.is_empty() && checked.froms.iter().all(|one| one == from.as_str())
}

fn no_sender() -> Because {
    Because::new("trust.no_sender", "The mail names no sender.")
}

fn several(checked: &Checked) -> Because {
    let sentence = match checked.froms.as_slice() {
        [] | [_] => {
            "The sender's address can't be read in one way only, so nobody can vouch for it.".to_owned()
        }
        many => format!("The mail names several senders ({}), so nobody can vouch for one.", many.join(", ")),
    };
    Because::new("trust.several_senders", sentence)
}

fn of_one(from: &EmailAddress, checked: &Checked) -> (Verdict, Vec<Because>) {
    let domain = from.domain();
    if let Some(because) = proof(domain, checked) {
        return (Verdict::Proven, vec![because]);
    }
    if let Some(because) = sealed(domain, checked) {
        return (Verdict::Proven, vec![because]);
    }
    if is_unanswered(domain, checked) {
        return (Verdict::NotChecked, vec![unanswered()]);
    }
    if matches!(checked.wish, Wish::Refuse(_)) {
        // Without the envelope's server, only a mail that carries no signature of the domain at all would be judged unheard.
        let heard = checked.server.is_some();
        let sentence = match heard {
            true => format!(
                "{domain} asks to refuse mail in its name that it doesn't vouch for, and it doesn't vouch for this mail."
            ),
            false => format!(
                "{domain} vouches for its mail by signatures or by its list of servers. This mail has no right signature, and its server isn't known here."
            ),
        };
        let verdict = if heard { Verdict::Failed } else { Verdict::Unproven };
        return (verdict, vec![Because::new("trust.refused_by_domain", sentence)]);
    }
    let sentence = format!("Nothing proves that this mail comes from {domain}.");
    (Verdict::Unproven, vec![Because::new("trust.unproven", sentence)])
}

/// What makes the sender's domain vouch for the mail.
fn proof(domain: &str, checked: &Checked) -> Option<Because> {
    let close = match checked.wish {
        Wish::Nothing(alignment) | Wish::Refuse(alignment) => alignment == Alignment::Close,
        Wish::Unsaid | Wish::Unknown => true,
    };
    if !close {
        return None;
    }
    let signed = checked.signatures.iter();
    let mut signed = signed.filter(|one| one.worth == Worth::Right && same_organisation(&one.domain, domain));
    if let Some(signature) = signed.next() {
        let sentence = format!("The mail carries a right signature of {}.", signature.domain);
        return Some(Because::new("trust.signed", sentence));
    }
    let server = checked.server.as_ref().filter(|server| server.outcome == Outcome::Pass)?;
    same_organisation(&server.domain, domain).then(|| {
        let by = told_by(server);
        let sentence = format!("It came from a server that {} lists as its own{by}.", server.domain);
        Because::new("trust.listed_server", sentence)
    })
}

fn told_by(server: &Server) -> String {
    if server.told_by.is_empty() { String::new() } else { format!(", as {} found", server.told_by) }
}

fn sealed(domain: &str, checked: &Checked) -> Option<Because> {
    let seal = checked.seal.as_ref()?;
    let counts = seal.outcome == Outcome::Pass && seal.named == Named::Yes && seal.found == Found::Vouched;
    counts.then(|| {
        let sentence = format!(
            "{} forwarded it and seals that {domain} had vouched for it. An owner has named that server as one to believe.",
            seal.domain
        );
        Because::new("trust.sealed", sentence)
    })
}

/// Something that could have proven the sender wasn't answered.
fn is_unanswered(domain: &str, checked: &Checked) -> bool {
    let aligned = |other: &str| same_organisation(other, domain);
    let signature = checked.signatures.iter().any(|one| one.worth == Worth::Unknown && aligned(&one.domain));
    let server = checked.server.as_ref();
    let server = server.is_some_and(|one| one.outcome == Outcome::Unknown && aligned(&one.domain));
    let wish = matches!(
        checked.wish,
        Wish::Unknown | Wish::Nothing(Alignment::Unknown) | Wish::Refuse(Alignment::Unknown)
    );
    checked.reached == Reached::OutOfTime || signature || server || wish
}

fn unanswered() -> Because {
    let sentence =
        "The DNS didn't answer in time, so nobody knows whether the sender's domain vouches for this mail.";
    Because::new("trust.no_answer", sentence)
}

/// What else a person who looks closely wants to know.
fn beside(from: Option<&EmailAddress>, checked: &Checked) -> Vec<Because> {
    let domain = from.map_or("", EmailAddress::domain);
    let mut all: Vec<Because> = checked.signatures.iter().filter_map(|one| remark(domain, one)).collect();
    all.extend(checked.server.as_ref().and_then(|server| server_remark(domain, server)));
    all.extend(checked.seal.as_ref().and_then(seal_remark));
    all.dedup();
    all
}

fn remark(domain: &str, signature: &Signature) -> Option<Because> {
    let by = &signature.domain;
    let (code, sentence) = match signature.worth {
        Worth::Right if same_organisation(by, domain) => return None,
        Worth::Right => (
            "trust.signed_by_other",
            format!("It is rightly signed by {by}, which isn't the domain of the sender's address."),
        ),
        Worth::Broken => (
            "trust.broken_signature",
            format!("Its signature by {by} doesn't fit: the mail was changed on its way, or it is made up."),
        ),
        Worth::Expired => ("trust.expired_signature", format!("Its signature by {by} is past its date.")),
        Worth::WithoutKey => {
            ("trust.no_key", format!("Its signature names a key that {by} doesn't publish (any more)."))
        }
        Worth::Weak => (
            "trust.weak_signature",
            format!(
                "Its signature by {by} doesn't count: its method can be forged, or it leaves parts of the mail out."
            ),
        ),
        Worth::Unknown => return None,
    };
    Some(Because::new(code, sentence))
}

fn server_remark(domain: &str, server: &Server) -> Option<Because> {
    let (by, of) = (told_by(server), &server.domain);
    let (code, sentence) = match server.outcome {
        Outcome::Fail => (
            "trust.unlisted_server",
            format!(
                "It came from a server that {of} doesn't list as its own{by}. Forwarded mail does that, too."
            ),
        ),
        Outcome::Pass if !same_organisation(of, domain) => (
            "trust.other_server",
            format!("It came from a server of {of}, which isn't the domain of the sender's address."),
        ),
        _ => return None,
    };
    Some(Because::new(code, sentence))
}

fn seal_remark(seal: &Seal) -> Option<Because> {
    let by = &seal.domain;
    let sentence = match (seal.outcome, seal.named) {
        (Outcome::Pass, Named::No) => {
            format!(
                "{by} forwarded and sealed it. Nobody has named that server as one to believe, so its seal doesn't count."
            )
        }
        (Outcome::Pass, Named::Yes) if seal.found == Found::Other => {
            format!("{by} forwarded and sealed it; the sender wasn't proven there, either.")
        }
        (Outcome::Fail, _) => {
            format!("The seals of the servers that forwarded it don't fit; the last is by {by}.")
        }
        _ => return None,
    };
    Some(Because::new("trust.seal", sentence))
}

#[cfg(test)]
mod tests;
