//! Threading: whether a mail joins a case or opens one, and why. The desk looks the candidates up; the rule decides.

mod address;
mod subject;

pub use address::{NotSigned, SignedAddress, reply_address, sign, verify};
pub use subject::{normal_subject, references_in_subject, tagged_subject};

use crate::incoming::{Correspondent, Incoming};
use kernel::{Because, CaseId, ClientId, CustomerId, Instant, MessageId};
use std::time::Duration;

/// How long after a case's last message the same customer's mail with the same subject still joins it.
pub const SAME_SUBJECT_FOR: Duration = Duration::from_secs(7 * 24 * 60 * 60);

/// What a mail offers to look cases up by.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Candidates {
    /// Messages of ours that it answers: the nearest first.
    pub our_ids: Vec<MessageId>,
    /// Every Message-ID that it answers, without angle brackets: the nearest first.
    pub message_ids: Vec<String>,
    /// Signed reply addresses among its recipients. They aren't verified yet.
    pub signed: Vec<SignedAddress>,
    /// Case references in its subject: eight upper-case characters, without the hyphen.
    pub references_in_subject: Vec<String>,
}

/// What to look up in the store before [`thread`] can decide.
pub fn candidates(mail: &Incoming) -> Candidates {
    let mut message_ids: Vec<String> = Vec::new();
    for id in mail.in_reply_to.iter().chain(mail.references.iter().rev()) {
        if !message_ids.contains(id) {
            message_ids.push(id.clone());
        }
    }
    let our_ids = message_ids.iter().filter_map(|id| our_id(id)).collect();
    let answered = mail.to.iter().chain(&mail.cc).filter_map(Correspondent::email);
    let mut signed: Vec<SignedAddress> = Vec::new();
    for address in answered.chain(mail.recipients()).filter_map(|address| SignedAddress::read(&address)) {
        if !signed.contains(&address) {
            signed.push(address);
        }
    }
    Candidates { our_ids, message_ids, signed, references_in_subject: references_in_subject(&mail.subject) }
}

/// The message that a Message-ID in our form names. Others use the same form: only the store knows whether it is ours.
pub fn our_id(message_id: &str) -> Option<MessageId> {
    let (local, _) = message_id.split_once('@')?;
    let is_ours = local.len() == 32 && local.bytes().all(|b| b.is_ascii_hexdigit());
    is_ours.then(|| local.parse().ok()).flatten()
}

/// What the desk knows when a mail arrives.
#[derive(Clone, Debug)]
pub struct Facts {
    /// The client whose line was written to. Nothing of another client is ever joined.
    pub client: ClientId,
    /// The customer who writes, if they are known.
    pub customer: Option<CustomerId>,
    /// The subject of the mail.
    pub subject: String,
    /// When it arrived.
    pub arrived_at: Instant,
    /// The cases that were found for it, in any order. May hold cases of other clients, which only make reasons.
    pub matches: Vec<Match>,
}

/// A case that was found for a mail.
#[derive(Clone, Debug)]
pub struct Match {
    /// What it was found by.
    pub by: FoundBy,
    /// The case.
    pub case: CaseId,
    /// Whose case it is.
    pub client: ClientId,
    /// The customer of the case.
    pub customer: CustomerId,
    /// The subject of the case.
    pub subject: String,
    /// The case is open or closed.
    pub standing: Standing,
    /// When its last message was written.
    pub last_message_at: Instant,
}

/// What a case was found by, the strongest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FoundBy {
    /// The mail answers a message that we sent.
    OurMessageId,
    /// The mail answers a message that we received.
    KnownMessageId,
    /// The mail was sent to a reply address whose signature is right.
    SignedAddress,
    /// The subject names the case.
    SubjectReference,
    /// The case is of the same customer.
    SameCustomer,
}

/// Whether a case is still worked on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It is.
    Open,
    /// It was closed.
    Closed,
}

/// Whether a mail joins a case, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// The case it joins; `None` when it opens one.
    pub join: Option<CaseId>,
    /// Why.
    pub because: Because,
    /// Cases that were found and not joined, each with its reason.
    pub ignored: Vec<Because>,
}

/// Decides whether a mail joins a case. The strongest sign wins; among equals the case with the newest message.
pub fn thread(facts: &Facts) -> Decision {
    let mut matches: Vec<&Match> = facts.matches.iter().collect();
    matches.sort_by_key(|found| (found.by, std::cmp::Reverse(found.last_message_at), found.case));
    let mut ignored: Vec<Because> = Vec::new();
    for found in matches {
        match weigh(facts, found) {
            Weighed::Joins(because) => return Decision { join: Some(found.case), because, ignored },
            Weighed::Ignored(because) if !ignored.contains(&because) => ignored.push(because),
            Weighed::Ignored(_) | Weighed::Unrelated => {}
        }
    }
    let sentence = match ignored.first() {
        Some(_) => "It opens a case, because no case that was found for it may be joined.",
        None => "It opens a case, because it answers nothing that we know.",
    };
    Decision { join: None, because: Because::new("threading.opens", sentence), ignored }
}

enum Weighed {
    Joins(Because),
    Ignored(Because),
    Unrelated,
}

fn weigh(facts: &Facts, found: &Match) -> Weighed {
    if found.client != facts.client {
        return Weighed::Ignored(other_client(found.by));
    }
    let joins = |code: &str, sentence: &str| Weighed::Joins(Because::new(code, sentence));
    match found.by {
        FoundBy::OurMessageId => {
            joins("threading.our_message_id", "It answers a message that we sent in this case.")
        }
        FoundBy::KnownMessageId => {
            joins("threading.known_message_id", "It refers to a mail that belongs to this case.")
        }
        FoundBy::SignedAddress => {
            joins("threading.signed_address", "It was sent to the signed reply address of this case.")
        }
        FoundBy::SubjectReference => by_reference(facts, found),
        FoundBy::SameCustomer => by_subject(facts, found),
    }
}

fn other_client(by: FoundBy) -> Because {
    let sign = match by {
        FoundBy::OurMessageId | FoundBy::KnownMessageId => "message it answers",
        FoundBy::SignedAddress => "reply address it was sent to",
        FoundBy::SubjectReference => "reference in its subject",
        FoundBy::SameCustomer => "case that was found for its sender",
    };
    let sentence = format!("The {sign} belongs to another client, so it was ignored.");
    Because::new("threading.other_client", sentence)
}

/// A reference can be read off a screen or guessed, so it counts only from the customer whose case it is.
fn by_reference(facts: &Facts, found: &Match) -> Weighed {
    if facts.customer == Some(found.customer) {
        let sentence = "Its subject names this case, and it comes from the case's customer.";
        return Weighed::Joins(Because::new("threading.subject_reference", sentence));
    }
    let sentence = "Its subject names a case of another customer, so the reference was ignored.";
    Weighed::Ignored(Because::new("threading.other_customer", sentence))
}

/// Without any reference, only the same customer's open case with the same subject and recent words is joined.
fn by_subject(facts: &Facts, found: &Match) -> Weighed {
    let subject = normal_subject(&facts.subject);
    let same_customer = facts.customer == Some(found.customer);
    let recent = facts.arrived_at.since(found.last_message_at) <= SAME_SUBJECT_FOR;
    let same = !subject.is_empty() && subject == normal_subject(&found.subject);
    if !(same_customer && same && found.standing == Standing::Open && recent) {
        return Weighed::Unrelated;
    }
    let sentence =
        "The same customer wrote under the same subject in the last seven days, and the case is still open.";
    Weighed::Joins(Because::new("threading.same_subject", sentence))
}

#[cfg(test)]
mod tests;
