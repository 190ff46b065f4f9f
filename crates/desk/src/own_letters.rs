//! Letters of our own people: a mail that names one of ours as its sender is never a customer's message in somebody else's case.

use crate::{
    changes,
    receive::{self, Arrival, Sender},
    sign_in,
};
use cases::{
    By, Case, Draft, DraftKind, Message, MessageKind,
    own_people::{self, Filed, Hand, Proof, Standing},
    tables as case_tables,
    threading::{self, Origin, Writer},
    trust::{Trust, Verdict},
};
use kernel::{Because, ClientId, EmailAddress, Fault, LanguageTag, Reach, Role};
use people::{Person, tables as people_tables};
use store::Tx;

/// The person of ours who signs in with this address and has a role, if there is one.
pub(crate) fn colleague(tx: &mut Tx<'_>, from: &EmailAddress) -> Result<Option<Person>, Fault> {
    let Some((person, _, None)) = people_tables::person_by_email(tx, from)? else { return Ok(None) };
    if people_tables::seats_of(tx, person)?.is_empty() {
        return Ok(None);
    }
    people_tables::person(tx, person)
}

/// The case that one of ours answers.
pub(crate) fn case_of(
    tx: &mut Tx<'_>,
    key: &[u8],
    arrival: &Arrival,
    client: ClientId,
    origin: Origin,
) -> Result<Option<Case>, Fault> {
    let sender = Sender { customer: None, writer: Writer::OneOfUs, origin };
    let facts = receive::facts(tx, key, arrival, client, &sender)?;
    let joined = threading::thread(&facts).join;
    joined.map_or(Ok(None), |case| case_tables::case(tx, case))
}

/// Why a mail of one of ours that belongs to no case is a customer's like others.
pub(crate) fn opens_for(person: &Person) -> Because {
    let sentence = format!(
        "It names {} as its sender, who has a role here. It belongs to no case, so it opened one as a customer's mail does.",
        person.name
    );
    Because::new("own_people.opens", sentence)
}

/// Files the mail in its case: as a draft that waits for its writer, as a note, or as a claim.
pub(crate) fn file(
    tx: &mut Tx<'_>,
    arrival: &Arrival,
    case: &Case,
    person: &Person,
    trust: Trust,
) -> Result<(), Fault> {
    let reach = sign_in::reach_of(tx, person, arrival.now)?;
    let hand = if arrival.mail.auto.is_some() { Hand::Machine } else { Hand::Person };
    let filed = own_people::file(&person.name, proof(trust.verdict), standing(&reach, case), hand);
    let (because, by) = match &filed {
        Filed::Draft(because) | Filed::Note(because) => (because, Some(person)),
        Filed::Claim(because) => (because, None),
    };
    let note = Message { trust, ..note(arrival, case, by, because) };
    if !case_tables::add_message(tx, &note)? {
        return Ok(());
    }
    for file in &arrival.files {
        case_tables::add_attachment(tx, file)?;
    }
    case_tables::note_quiet_message(tx, case.id)?;
    if let Filed::Draft(_) = &filed {
        keep_draft(tx, arrival, case, person)?;
        case_tables::back_beside_draft(tx, case.id, person.id, note.id)?;
    }
    let words = language::document_words(&receive::searched(case, &note), &note.language);
    tx.index(case.engagement, case.id, note.id, &words)?;
    changes::happened(
        tx,
        case,
        "note.filed",
        by.map(|person| person.id),
        arrival.now,
        because.sentence.clone(),
    )
}

/// A sender's address alone proves nothing; the domain that vouches for it does.
fn proof(verdict: Verdict) -> Proof {
    match verdict {
        Verdict::Proven => Proof::Proven,
        Verdict::Unproven | Verdict::NotChecked => Proof::Unproven,
        Verdict::Failed => Proof::Forged,
    }
}

fn standing(reach: &Reach, case: &Case) -> Standing {
    let answers = |role| role != Role::Resolver;
    match reach.sees(case.engagement, case.assignee) {
        false => Standing::Outside,
        true if reach.seats().iter().any(|seat| seat.engagement == case.engagement && answers(seat.role)) => {
            Standing::Answers
        }
        true => Standing::Advises,
    }
}

/// A mail of somebody who isn't the customer, as a note.
pub(crate) fn note(arrival: &Arrival, case: &Case, by: Option<&Person>, because: &Because) -> Message {
    let from = receive::author(&arrival.raw, &arrival.mail);
    let written = receive::message(arrival, case, &from, vec![because.clone()]);
    Message {
        kind: MessageKind::Note,
        by: By {
            person: by.map(|person| person.id),
            name: by.map_or(written.by.name.clone(), |person| person.name.clone()),
            address: by.map_or(from.to_string(), |_| String::new()),
        },
        language: LanguageTag::unknown(),
        spans: Vec::new(),
        ..written
    }
}

/// Puts the words below whatever the person has typed already.
fn keep_draft(tx: &mut Tx<'_>, arrival: &Arrival, case: &Case, person: &Person) -> Result<(), Fault> {
    let typed = case_tables::draft(tx, case.id, person.id, DraftKind::Reply)?.map(|draft| draft.text);
    let words = arrival.mail.new_text.trim().to_owned();
    let text =
        typed.into_iter().chain([words]).filter(|text| !text.is_empty()).collect::<Vec<_>>().join("\n\n");
    if text.is_empty() {
        return Ok(());
    }
    let draft =
        Draft { case: case.id, person: person.id, kind: DraftKind::Reply, text, updated_at: arrival.now };
    case_tables::save_draft(tx, &draft)
}
