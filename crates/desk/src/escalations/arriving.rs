//! A mail that answers a letter of an escalation comes back to it: as its answer, or as words that move nothing where a machine wrote
//! it, it looks forged, or there is nothing to answer any more. It never becomes a customer's message.

use super::moving::{self, By, Step, moves};
use crate::{
    changes,
    letters::Letterhead,
    own_letters,
    receive::{self, Arrival},
};
use cases::{
    Case, Message,
    escalation::{Act, Escalation, EscalationStep, Taken, answered_at},
    tables as case_tables, threading,
    threading::Origin,
    trust::Trust,
};
use kernel::{Because, ClientId, EmailAddress, Fault, Stop};
use people::{Person, tables as people_tables};
use store::Tx;

/// Takes a mail in that belongs to an escalation; false when it belongs to none of this client's.
pub(crate) fn arrived(
    tx: &mut Tx<'_>,
    arrival: &Arrival,
    client: ClientId,
    from: &EmailAddress,
    trust: &Trust,
) -> Result<bool, Fault> {
    let head = Letterhead::of(&arrival.desk);
    let Some(found) = named(tx, &head, arrival, from)? else { return Ok(false) };
    let Some(case) = case_tables::case(tx, found.case)?.filter(|case| case.client == client) else {
        return Ok(false);
    };
    let case = case_tables::survivor(tx, case)?;
    let person = writer(tx, &found, from)?;
    let holder = moving::holder(tx, &found)?;
    let sentence = format!("It came by mail about what was handed to {holder}. The customer doesn’t see it.");
    let because = Because::new("escalated.by_mail", sentence);
    let note = own_letters::note(arrival, &case, person.as_ref(), &because);
    let note = Message { trust: trust.clone(), ..note };
    if !case_tables::add_message(tx, &note)? {
        return Ok(true);
    }
    for file in &arrival.files {
        case_tables::add_attachment(tx, file)?;
    }
    case_tables::note_quiet_message(tx, case.id)?;
    let words = language::document_words(&receive::searched(&case, &note), &note.language);
    tx.index(case.engagement, case.id, note.id, &words)?;
    let name = match (&person, note.by.name.is_empty()) {
        (Some(person), _) => person.name.clone(),
        (None, false) => note.by.name.clone(),
        (None, true) => holder,
    };
    let by = By { person: person.map(|person| person.id), name };
    moves_or_notes(tx, &head, arrival, (&case, found), (&note, by), trust)?;
    Ok(true)
}

/// The escalation that a mail answers: by the signed address that it came to, or, from the address that was written to, by the letter
/// that it answers.
fn named(
    tx: &mut Tx<'_>,
    head: &Letterhead,
    arrival: &Arrival,
    from: &EmailAddress,
) -> Result<Option<Escalation>, Fault> {
    if let Some(id) = answered_at(head.key.as_bytes(), &arrival.raw.recipient) {
        return case_tables::escalation(tx, id);
    }
    for id in threading::candidates(&arrival.mail).our_ids.into_iter().take(20) {
        let found = case_tables::escalation_told_by(tx, id)?;
        if let Some(found) = found.filter(|one| one.address == from.as_str()) {
            return Ok(Some(found));
        }
    }
    Ok(None)
}

/// The specialist with an account, if they wrote from their own address.
fn writer(tx: &mut Tx<'_>, escalation: &Escalation, from: &EmailAddress) -> Result<Option<Person>, Fault> {
    let Some(id) = escalation.person else { return Ok(None) };
    Ok(people_tables::person(tx, id)?.filter(|person| person.email == *from))
}

fn moves_or_notes(
    tx: &mut Tx<'_>,
    head: &Letterhead,
    arrival: &Arrival,
    (case, found): (&Case, Escalation),
    (note, by): (&Message, By),
    trust: &Trust,
) -> Result<(), Fault> {
    let now = arrival.now;
    let is_answer = arrival.mail.auto.is_none() && Origin::of(trust.verdict) == Origin::Usual;
    let said = note.new_text.trim().to_owned();
    let step = Taken::Answer { customer_ready: said.clone(), beside: String::new() };
    let message = Some(note.id);
    if is_answer && let Ok(moved) = found.taken(step) {
        let escalation = Escalation { answer: said, ..found };
        return match moves(tx, head, Step { case, escalation, moved, by, message, now }) {
            Err(Stop::Fault(fault)) => Err(fault),
            Ok(_) | Err(Stop::Refused(_)) => Ok(()),
        };
    }
    let step = EscalationStep {
        at: now,
        act: Act::Noted,
        standing: found.standing,
        person: by.person,
        name: by.name.clone(),
        words: String::new(),
        message,
    };
    case_tables::add_escalation_step(tx, found.id, &step)?;
    let sentence = format!("{} wrote about what was handed over. It answers nothing by itself.", by.name);
    changes::happened(tx, case, "escalation.noted", by.person, now, sentence)
}
