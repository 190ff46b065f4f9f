//! One step of an escalation, written down whole: where it stands, what was said, the letter that tells of it, whose turn it is, and
//! the lead who is called when it goes to and fro.

use super::telling;
use crate::{changes, clocks, letters::Letterhead, outstanding};
use cases::{
    Case, Draft, DraftKind,
    escalation::{Act, Escalation, EscalationRefusal, EscalationStep, Moved, Standing, TurnOf},
    escalation_forms::Hand,
    tables as case_tables,
};
use engagements::tables as engagement_tables;
use kernel::{Because, Fault, Instant, MessageId, Party, PersonId, Role, Stop};
use people::{Person, tables as people_tables};
use store::Tx;

/// Who takes a step.
#[derive(Clone, Debug)]
pub(super) struct By {
    pub(super) person: Option<PersonId>,
    pub(super) name: String,
}

impl By {
    pub(super) fn person(tx: &mut Tx<'_>, id: PersonId) -> Result<Self, Fault> {
        let name = people_tables::person(tx, id)?.map(|person| person.name).unwrap_or_default();
        Ok(Self { person: Some(id), name })
    }

    /// Whoever has it, where they have no account.
    pub(super) fn holder(tx: &mut Tx<'_>, escalation: &Escalation) -> Result<Self, Fault> {
        Ok(Self { person: None, name: holder(tx, escalation)? })
    }
}

/// What whoever has an escalation is called.
pub(crate) fn holder(tx: &mut Tx<'_>, escalation: &Escalation) -> Result<String, Fault> {
    let person = match escalation.person {
        Some(id) => people_tables::person(tx, id)?.map(|person| person.name),
        None => None,
    };
    let vendor = match escalation.vendor {
        Some(id) => engagement_tables::vendors::vendor(tx, id)?.map(|vendor| vendor.name),
        None => None,
    };
    Ok(person.or(vendor).unwrap_or_else(|| escalation.address.clone()))
}

/// The case of an escalation, as it stands now: the one that holds its messages.
pub(super) fn case_of(tx: &mut Tx<'_>, escalation: &Escalation) -> Result<Case, Stop> {
    let case = case_tables::case(tx, escalation.case)?.ok_or(EscalationRefusal::NotFound)?;
    Ok(case_tables::survivor(tx, case)?)
}

/// A step, with everything that is needed to write it down.
pub(super) struct Step<'a> {
    pub(super) case: &'a Case,
    /// As it stands before the step; its answer is already the new one.
    pub(super) escalation: Escalation,
    pub(super) moved: Moved,
    pub(super) by: By,
    /// The mail that brought it.
    pub(super) message: Option<MessageId>,
    pub(super) now: Instant,
}

/// Writes a step down; answers the letter that tells of it, if there is one.
pub(super) fn moves(tx: &mut Tx<'_>, head: &Letterhead, step: Step<'_>) -> Result<Option<MessageId>, Stop> {
    let Step { case, escalation, moved, by, message, now } = step;
    let holder = holder(tx, &escalation)?;
    let waited = escalation.standing.waits_for_holder();
    let mut after = Escalation { standing: moved.standing, bounces: moved.bounces, ..escalation };
    if moved.standing == Standing::Closed {
        after.closed_at = Some(now);
    }
    let told = match telling::wants_letter(moved.act, waited) {
        true => Some(telling::write(tx, head, case, &mut after, &moved, &by, now)?),
        false => None,
    };
    case_tables::change_escalation(tx, &after)?;
    let step = EscalationStep {
        at: now,
        act: moved.act,
        standing: moved.standing,
        person: by.person,
        name: by.name.clone(),
        words: moved.words.clone(),
        message: told.or(message),
    };
    case_tables::add_escalation_step(tx, after.id, &step)?;
    let because = because(&moved, &by.name, &holder);
    if let Some(turn) = moved.turn {
        let party = turn_of(tx, case, &after, turn)?;
        clocks::passes(tx, case, party, because.clone(), now)?;
    }
    changes::happened(tx, case, kind(moved.act), by.person, now, because.sentence.clone())?;
    if moved.act == Act::Answered {
        propose(tx, case, &after, now)?;
    }
    if let Some(because) = &moved.calls_lead {
        call_lead(tx, case, because, now)?;
    }
    outstanding::settle(tx, case.id, now)?;
    Ok(told)
}

/// Whose turn it is now. What is over leaves the turn to whoever else still has a part of the case.
fn turn_of(tx: &mut Tx<'_>, case: &Case, after: &Escalation, turn: TurnOf) -> Result<Party, Fault> {
    match turn {
        TurnOf::Holder => Ok(after.to.party()),
        TurnOf::Givers if after.standing == Standing::Closed => {
            let all = case_tables::escalations_of(tx, case.id)?;
            let other = all.iter().find(|one| one.id != after.id && one.standing.waits_for_holder());
            Ok(other.map_or(Party::Representative, |one| one.to.party()))
        }
        TurnOf::Givers => Ok(Party::Representative),
    }
}

/// What happened, for the case's thread.
fn because(moved: &Moved, by: &str, holder: &str) -> Because {
    let sentence = match moved.act {
        Act::Opened => format!("{by} handed a part of the case to {holder}."),
        Act::AskedBack => format!("{by} needs more information about what was handed over."),
        Act::Supplied => format!("{by} gave {holder} more information."),
        Act::Accepted => format!("{by} works on what was handed over."),
        Act::Rejected => format!("{by} declined what was handed over."),
        Act::Answered => format!("{by} answered. What the customer can be told stands in the draft."),
        Act::SentAgain => format!("{by} asked {holder} again."),
        Act::Reminded => format!("{by} reminded {holder}."),
        Act::Noted => format!("{by} wrote about what was handed over."),
        Act::Overdue => format!("{holder} hasn’t answered in time what was handed over."),
        Act::Closed => format!("{by} ended what was handed to {holder}."),
    };
    Because::new(kind(moved.act), sentence)
}

/// The kind of the event, which is also the reason of the turn.
fn kind(act: Act) -> &'static str {
    match act {
        Act::Opened => "escalation.opened",
        Act::AskedBack => "escalation.asked_back",
        Act::Supplied => "escalation.supplied",
        Act::Accepted => "escalation.accepted",
        Act::Rejected => "escalation.rejected",
        Act::Answered => "escalation.answered",
        Act::SentAgain => "escalation.sent_again",
        Act::Reminded => "escalation.reminded",
        Act::Noted => "escalation.noted",
        Act::Overdue => "escalation.overdue",
        Act::Closed => "escalation.closed",
    }
}

/// Puts the answer below whatever the case's owner has typed already: nothing leaves before they have read it.
fn propose(tx: &mut Tx<'_>, case: &Case, escalation: &Escalation, now: Instant) -> Result<(), Fault> {
    let Some(person) = case.assignee.or(escalation.opened_by) else { return Ok(()) };
    let typed = case_tables::draft(tx, case.id, person, DraftKind::Reply)?.map(|draft| draft.text);
    let text = typed.into_iter().chain([escalation.answer.clone()]).collect::<Vec<_>>().join("\n\n");
    case_tables::save_draft(
        tx,
        &Draft { case: case.id, person, kind: DraftKind::Reply, text, updated_at: now },
    )
}

/// Gives the case to a lead, because it goes to and fro.
fn call_lead(tx: &mut Tx<'_>, case: &Case, because: &Because, now: Instant) -> Result<(), Fault> {
    let Some(lead) = lead(tx, case)? else {
        let sentence = format!("{} Nobody leads the team that could be called.", because.sentence);
        return changes::happened(tx, case, "escalation.lead_called", None, now, sentence);
    };
    if case.assignee != Some(lead.id) {
        case_tables::assign(tx, case.id, Some(lead.id), case.state.after_assignment(), now)?;
    }
    let sentence = format!("{} {} was called, and has the case now.", because.sentence, lead.name);
    changes::happened(tx, case, "escalation.lead_called", None, now, sentence)
}

/// The lead of the case's team, else the client's support owner; one who has the case already before others.
fn lead(tx: &mut Tx<'_>, case: &Case) -> Result<Option<Person>, Fault> {
    let colleagues = people_tables::colleagues(tx, case.engagement)?;
    let seats = people_tables::seats(tx)?;
    let holds = |person: &Person, role: Role| {
        seats.iter().any(|seat| {
            let is_there = seat.client.is_none_or(|client| client == case.client);
            seat.person == person.id && seat.role == role && is_there
        })
    };
    let found = [Role::TeamLead, Role::SupportOwner].into_iter().find_map(|role| {
        let mut all: Vec<&Person> = colleagues.iter().filter(|person| holds(person, role)).collect();
        all.sort_by_key(|person| Some(person.id) != case.assignee);
        all.first().copied().cloned()
    });
    Ok(found)
}

/// Somebody fills in what they may of the form.
pub(super) fn fills_in(
    tx: &mut Tx<'_>,
    case: &Case,
    escalation: Escalation,
    (hand, typed): (Hand, &[(String, String)]),
    by: &By,
    now: Instant,
) -> Result<(), Stop> {
    let form = escalation.form.filled_in(escalation.kind, hand, typed).map_err(super::refused)?;
    if form == escalation.form {
        return Ok(());
    }
    case_tables::change_escalation(tx, &Escalation { form, ..escalation })?;
    let sentence = format!("{} filled in what is known of what was handed over.", by.name);
    Ok(changes::happened(tx, case, "escalation.filled_in", by.person, now, sentence)?)
}
