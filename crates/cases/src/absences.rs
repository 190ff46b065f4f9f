//! Rule: who of those in a case is away now, by their absence notices.

use crate::{
    Message, MessageKind,
    sifting::{Return, ReturnDay},
};
use kernel::{EmailAddress, MessageId};

/// An absence notice as it was kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Absence {
    /// The message that it is.
    pub message: MessageId,
    /// The day that it names, as `2026-12-03`.
    pub on: Option<String>,
    /// What the day is.
    pub day: ReturnDay,
    /// To whom urgent matters are to be sent.
    pub substitute: Option<EmailAddress>,
    /// The sentence that says so.
    pub words: String,
}

impl Absence {
    /// What a notice says, kept with its message.
    pub fn of(message: MessageId, said: Return) -> Self {
        Self { message, on: said.on, day: said.day, substitute: said.substitute, words: said.words }
    }
}

/// Somebody who is away.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Away<'a> {
    /// Their notice.
    pub absence: &'a Absence,
    /// The message that it is.
    pub message: &'a Message,
}

/// Who is away on a day (as `2026-11-23`): the newest notice of each address, until its day has passed or its writer wrote as a person.
/// A notice that names no day says only whom to ask instead; it is told nowhere but on the notice itself.
pub fn away<'a>(messages: &'a [Message], absences: &'a [Absence], today: &str) -> Vec<Away<'a>> {
    let mut seen: Vec<&str> = Vec::new();
    let mut found = Vec::new();
    for message in messages.iter().rev().filter(|message| message.kind == MessageKind::Customer) {
        let absence = absences.iter().find(|absence| absence.message == message.id);
        let is_newest = !seen.contains(&message.by.address.as_str());
        // Other automatic mail tells nothing of whether somebody is there.
        if absence.is_some() || message.automatic.is_none() {
            seen.push(&message.by.address);
        }
        let Some(absence) = absence.filter(|_| is_newest) else { continue };
        if absence.on.as_deref().is_some_and(|on| on >= today) {
            found.push(Away { absence, message });
        }
    }
    found
}

#[cfg(test)]
mod tests;
