//! Threading: whether a mail joins a case or opens one, and why. The desk looks the candidates up; the rule decides.

mod address;
mod likeness;
mod quoted_reference;
mod subject;

pub use address::{NotSigned, SignedAddress, reply_address, sign, verify};
pub use likeness::{Likeness, alike};
pub use quoted_reference::{references_in_subject, tagged_subject};
pub use subject::normal_subject;

use crate::{
    correspondence::{Correspondence, days, days_in_words},
    incoming::{Correspondent, Incoming},
    trust::Verdict,
};
use kernel::{Because, CaseId, ClientId, CustomerId, Instant, MessageId};

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
    /// The address that the mail names as its sender's.
    pub sender: String,
    /// Who wrote it.
    pub writer: Writer,
    /// Whether it may be forged.
    pub origin: Origin,
    /// The subject of the mail.
    pub subject: String,
    /// When it arrived.
    pub arrived_at: Instant,
    /// How the client's cases are carried on.
    pub correspondence: Correspondence,
    /// The cases that were found for it, in any order. May hold cases of other clients, which only make reasons.
    pub matches: Vec<Match>,
}

/// Who wrote a mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Writer {
    /// A customer, or somebody in their place.
    Person,
    /// One of ours, from their own mail program.
    OneOfUs,
    /// A machine: its words reopen nothing.
    Machine,
}

/// Whether a mail may be forged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// Nothing speaks against its sender.
    Usual,
    /// The sender's domain says that the mail isn't its own.
    Disowned,
}

impl Origin {
    /// What a verdict means for threading.
    pub fn of(verdict: Verdict) -> Self {
        match verdict {
            Verdict::Failed => Self::Disowned,
            Verdict::NotChecked | Verdict::Proven | Verdict::Unproven => Self::Usual,
        }
    }
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
    /// The customer of the merged case by which it was found.
    pub was_of: Option<CustomerId>,
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
    Closed {
        /// When.
        at: Instant,
    },
}

/// Whether a mail joins a case, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// The case it joins; `None` when it opens one.
    pub join: Option<CaseId>,
    /// The case that the new one continues, when it opens one because the old one ended long ago.
    pub follows: Option<CaseId>,
    /// Why.
    pub because: Because,
    /// What people should know about a mail that joins: that somebody else wrote it.
    pub marks: Vec<Because>,
    /// Cases that were found and not joined, each with its reason.
    pub ignored: Vec<Because>,
}

/// Decides whether a mail joins a case. The strongest sign wins; among equals a case of the customer who writes, then the case with
/// the newest message.
pub fn thread(facts: &Facts) -> Decision {
    let mut matches: Vec<&Match> = facts.matches.iter().collect();
    matches.sort_by_key(|found| {
        let is_somebody_elses = facts.customer != Some(found.customer);
        (found.by, is_somebody_elses, std::cmp::Reverse(found.last_message_at), found.case)
    });
    let mut ignored: Vec<Because> = Vec::new();
    for found in matches {
        match weigh(facts, found) {
            Weighed::Joins(because) => {
                let marks = other_writer(facts, found).into_iter().collect();
                return Decision { join: Some(found.case), follows: None, because, marks, ignored };
            }
            Weighed::Follows(because) => {
                let marks = Vec::new();
                return Decision { join: None, follows: Some(found.case), because, marks, ignored };
            }
            Weighed::Ignored(because) if !ignored.contains(&because) => ignored.push(because),
            Weighed::Ignored(_) | Weighed::Unrelated => {}
        }
    }
    let sentence = match ignored.first() {
        Some(_) => "It opens a case, because no case that was found for it may be joined.",
        None => "It opens a case, because it answers nothing that we know.",
    };
    let because = Because::new("threading.opens", sentence);
    Decision { join: None, follows: None, because, marks: Vec::new(), ignored }
}

enum Weighed {
    Joins(Because),
    Follows(Because),
    Ignored(Because),
    Unrelated,
}

fn weigh(facts: &Facts, found: &Match) -> Weighed {
    if found.client != facts.client {
        return Weighed::Ignored(other_client(found.by));
    }
    // What a forger can't know: ids that we made and sent to the customer only.
    if facts.origin == Origin::Disowned && !matches!(found.by, FoundBy::OurMessageId | FoundBy::SignedAddress)
    {
        return disowned(facts, found);
    }
    let joins = |code: &str, sentence: &str| Weighed::Joins(Because::new(code, sentence));
    let weighed = match found.by {
        FoundBy::OurMessageId => {
            joins("threading.our_message_id", "It answers a message that we sent in this case.")
        }
        FoundBy::KnownMessageId if is_ambiguous(facts, found) => Weighed::Ignored(ambiguous()),
        FoundBy::KnownMessageId => {
            joins("threading.known_message_id", "It refers to a mail that belongs to this case.")
        }
        FoundBy::SignedAddress => {
            joins("threading.signed_address", "It was sent to the signed reply address of this case.")
        }
        FoundBy::SubjectReference => by_reference(facts, found),
        FoundBy::SameCustomer => by_subject(facts, found),
    };
    match weighed {
        Weighed::Joins(because) => late(facts, found).map_or(Weighed::Joins(because), Weighed::Follows),
        other => other,
    }
}

/// A person's answer to a case that ended long ago is a new matter. What a machine writes opens nothing anew: it reopens nothing either.
fn late(facts: &Facts, found: &Match) -> Option<Because> {
    let Standing::Closed { at } = found.standing else { return None };
    let most = facts.correspondence.reopens_for_days;
    let is_late = most == 0 || facts.arrived_at.since(at) > days(most);
    (is_late && facts.writer == Writer::Person).then(|| {
        let ago = if most == 0 { String::new() } else { format!(" more than {} ago", days_in_words(most)) };
        let sentence = format!(
            "It answers a case that was closed{ago}, so it opens a new case that follows the old one."
        );
        Because::new("threading.follows", sentence)
    })
}

/// Devices and bad programs give one Message-ID to many mails. Cases of several customers then say nothing about a stranger's mail.
fn is_ambiguous(facts: &Facts, found: &Match) -> bool {
    let is_own = facts.customer == Some(found.customer);
    let alike = |other: &&Match| other.by == found.by && other.client == found.client;
    !is_own && facts.matches.iter().filter(alike).any(|other| other.customer != found.customer)
}

fn ambiguous() -> Because {
    let sentence =
        "The mail it refers to has a Message-ID that mails of several customers have, so it was ignored.";
    Because::new("threading.ambiguous", sentence)
}

/// A person who isn't the case's customer may write into it, but everybody sees that they aren't.
fn other_writer(facts: &Facts, found: &Match) -> Option<Because> {
    let is_other = facts.writer == Writer::Person && facts.customer != Some(found.customer);
    is_other.then(|| {
        let sentence = format!(
            "{} wrote this, which isn't an address of the case's customer. Answers go to the customer unless you choose otherwise.",
            facts.sender
        );
        Because::new("threading.other_writer", sentence)
    })
}

/// A case that a mail in the customer's name would have joined if it weren't disowned.
fn disowned(facts: &Facts, found: &Match) -> Weighed {
    let named = matches!(found.by, FoundBy::KnownMessageId | FoundBy::SubjectReference);
    if !named && !matches!(by_subject(facts, found), Weighed::Joins(_)) {
        return Weighed::Unrelated;
    }
    let sentence = "It looks forged, so a case that was found by its sender, its subject or a mail it refers to was ignored.";
    Weighed::Ignored(Because::new("threading.forged", sentence))
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

/// A reference can be read off a screen or guessed, so it counts only from the customer whose case it is, or from one of us.
fn by_reference(facts: &Facts, found: &Match) -> Weighed {
    if facts.writer == Writer::OneOfUs {
        let sentence = "Its subject names this case, and it claims to come from one of us.";
        return Weighed::Joins(Because::new("threading.subject_reference", sentence));
    }
    let is_theirs = facts.customer == Some(found.customer);
    if is_theirs || (facts.customer.is_some() && facts.customer == found.was_of) {
        let sentence = "Its subject names this case, and it comes from the case's customer.";
        return Weighed::Joins(Because::new("threading.subject_reference", sentence));
    }
    let sentence = "Its subject names a case of another customer, so the reference was ignored.";
    Weighed::Ignored(Because::new("threading.other_customer", sentence))
}

/// Without any reference, only the same customer's open case with nearly the same subject and recent words is joined.
fn by_subject(facts: &Facts, found: &Match) -> Weighed {
    let most = facts.correspondence.same_subject_for_days;
    let same_customer = facts.customer == Some(found.customer);
    let recent = facts.arrived_at.since(found.last_message_at) <= days(most);
    if !(same_customer && found.standing == Standing::Open && recent && most > 0) {
        return Weighed::Unrelated;
    }
    let (code, words) = match alike(&facts.subject, &found.subject) {
        Likeness::Same => ("threading.same_subject", "the same"),
        Likeness::Near => ("threading.near_subject", "nearly the same"),
        Likeness::Different => return Weighed::Unrelated,
    };
    let sentence = format!(
        "The same customer wrote under {words} subject in the last {}, and the case is still open.",
        days_in_words(most)
    );
    Weighed::Joins(Because::new(code, sentence))
}

#[cfg(test)]
mod tests;
