//! Rule: who takes part in a case from outside, and to whom of them an answer goes.

use crate::{CaseRefusal, Message, MessageKind, trust::Verdict};
use kernel::EmailAddress;

/// More people than a page offers.
pub const MOST: usize = 20;

/// Somebody to whom an answer can go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Participant {
    /// Their name; may be empty.
    pub name: String,
    /// Their address.
    pub address: EmailAddress,
    /// How they take part.
    pub part: Part,
}

/// How somebody takes part in a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// It is their case.
    Customer,
    /// They wrote in it.
    Wrote,
    /// A mail in it was written to them too.
    Named,
}

/// What is known of a case's people.
#[derive(Clone, Copy, Debug)]
pub struct Known<'a> {
    /// The customer's name.
    pub name: &'a str,
    /// The customer's addresses, the one that is written to first.
    pub addresses: &'a [EmailAddress],
    /// The messages, oldest first.
    pub messages: &'a [Message],
    /// Addresses of our own mailboxes, without details.
    pub ours: &'a [EmailAddress],
}

/// Everybody outside who takes part: the customer first, then those who wrote, the last first, then those who were named. Machines,
/// our own mailboxes, and what looks forged take no part.
pub fn participants(known: &Known<'_>) -> Vec<Participant> {
    let customer = known.addresses.first().map(|address| Participant {
        name: known.name.to_owned(),
        address: address.clone(),
        part: Part::Customer,
    });
    let by_persons = known.messages.iter().rev().filter(|message| is_by_person(message));
    let wrote = by_persons.clone().filter_map(|message| {
        let address: EmailAddress = message.by.address.parse().ok()?;
        Some(Participant { name: message.by.name.clone(), address, part: Part::Wrote })
    });
    let named = by_persons.flat_map(named).map(|address| Participant {
        name: String::new(),
        address,
        part: Part::Named,
    });
    let mut all: Vec<Participant> = customer.into_iter().collect();
    for one in wrote.chain(named) {
        if all.len() == MOST {
            break;
        }
        let is_ours = known.ours.contains(&one.address.without_detail().0);
        let is_known = known.addresses.contains(&one.address) || all.iter().any(|p| p.address == one.address);
        if !is_ours && !is_known {
            all.push(one);
        }
    }
    all
}

/// The first addresses that mails of persons name as recipients, each once, the newest mail's first.
pub fn all_named(messages: &[Message], most: usize) -> Vec<EmailAddress> {
    let mut all: Vec<EmailAddress> = Vec::new();
    for address in messages.iter().rev().filter(|message| is_by_person(message)).flat_map(named) {
        if all.len() == most {
            break;
        }
        if !all.contains(&address) {
            all.push(address);
        }
    }
    all
}

fn is_by_person(message: &Message) -> bool {
    let is_real = message.trust.verdict != Verdict::Failed;
    message.kind == MessageKind::Customer && message.automatic.is_none() && is_real
}

fn named(message: &Message) -> impl Iterator<Item = EmailAddress> {
    message.recipients.split(',').filter_map(|address| address.trim().parse().ok())
}

/// To whom an answer goes: to the customer unless somebody else who takes part was chosen, by their address.
///
/// # Errors
/// [`CaseRefusal::NoAddress`] when it goes to a customer without one; [`CaseRefusal::NotAParticipant`].
pub fn addressee<'a>(all: &'a [Participant], chosen: &str) -> Result<&'a Participant, CaseRefusal> {
    match chosen.trim() {
        "" => all.iter().find(|one| one.part == Part::Customer).ok_or(CaseRefusal::NoAddress),
        chosen => {
            let same = |one: &&Participant| one.address.as_str().eq_ignore_ascii_case(chosen);
            all.iter().find(same).ok_or(CaseRefusal::NotAParticipant)
        }
    }
}

#[cfg(test)]
mod tests;
