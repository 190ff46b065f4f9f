//! Approvals: a reply that somebody has to look at doesn't leave before a lead approves it, changes and approves it, or returns it with advice.

use crate::{Desk, changes, clocks, engagement_terms, place, replies, understanding};
use ::routing::{
    RoutingRefusal,
    permits::{self as rules, Right},
};
use cases::{
    Case, Delivery, LastWord, Message, State,
    approvals::{Approval, Standing},
    tables::{self as case_tables, Moved},
};
use kernel::{Because, CaseId, Fault, Instant, MessageId, PersonId, Reach, Stop};
use people::{Person, tables as people_tables};
use replies::Then;
use std::time::Duration;
use store::Tx;

/// So many are shown.
const SHOWN: i64 = 200;
/// The longest advice.
const LONGEST: usize = 5_000;

/// A reply that waits for a lead.
pub struct Waiting {
    /// The approval.
    pub approval: Approval,
    /// The reply.
    pub reply: Message,
    /// Its case.
    pub case: Case,
    /// What the customer wrote last.
    pub question: Option<Message>,
    /// The words of which it is the translation.
    pub own: Option<String>,
    /// The author's name.
    pub author: String,
    /// The reader wrote it themselves.
    pub is_own: bool,
}

/// What a lead decides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decision {
    /// It goes, with these words.
    Approve {
        /// The words that leave.
        text: String,
    },
    /// It goes back to whoever wrote it.
    Return {
        /// What to change, and why.
        advice: String,
    },
}

/// Somebody leads work, so replies may wait for them.
pub fn may_look(reach: &Reach) -> bool {
    reach.engagements().iter().any(|(engagement, _)| reach.leads(*engagement))
}

/// The replies that wait for somebody's approval, the longest first: those of the engagements that they lead.
///
/// # Errors
/// A fault when the database can't be reached.
pub async fn waiting(desk: &Desk, reach: &Reach) -> Result<Vec<Waiting>, Fault> {
    let reach = reach.clone();
    desk.store
        .read(move |tx| {
            let mut waiting = Vec::new();
            for approval in case_tables::approvals_asked(tx, SHOWN)? {
                let Some(case) = case_tables::found_by_message(tx, approval.message)? else { continue };
                if reach.leads(case.engagement) {
                    waiting.extend(shown(tx, &reach, approval, case)?);
                }
            }
            Ok(waiting)
        })
        .await
}

fn shown(tx: &mut Tx<'_>, reach: &Reach, approval: Approval, case: Case) -> Result<Option<Waiting>, Fault> {
    let Some(reply) = case_tables::message_in(tx, case.id, approval.message)? else { return Ok(None) };
    let messages = case_tables::messages(tx, case.id, 20)?;
    let question = messages.into_iter().rev().find(|message| message.kind == cases::MessageKind::Customer);
    let own = case_tables::original_of(tx, reply.id)?.map(|original| original.text);
    let author = name(tx, approval.author)?;
    let is_own = approval.author == reach.person();
    Ok(Some(Waiting { approval, reply, case, question, own, author, is_own }))
}

fn name(tx: &mut Tx<'_>, person: PersonId) -> Result<String, Fault> {
    Ok(people_tables::person(tx, person)?.map(|person| person.name).unwrap_or_default())
}

/// What a lead said about somebody's reply in a case that came back to them.
///
/// # Errors
/// A fault when the database can't be reached.
pub async fn advice(desk: &Desk, reach: &Reach, case: CaseId) -> Result<Option<String>, Fault> {
    let person = reach.person();
    let found = desk.store.read(move |tx| case_tables::returned(tx, case, person)).await?;
    Ok(found.map(|approval| approval.advice))
}

/// Why somebody looks at a reply before it leaves; none when nobody does.
pub(crate) fn wanted(
    tx: &mut Tx<'_>,
    case: &Case,
    right: &Right,
    reply: MessageId,
    now: Instant,
) -> Result<Option<Because>, Fault> {
    let percent = engagement_terms::of(tx, case.engagement, now)?.terms.sample_percent;
    Ok(rules::looked_at(right.stage(), percent, reply))
}

/// Holds a reply that was written down until a lead decides. The case stays ours.
pub(crate) fn ask(
    tx: &mut Tx<'_>,
    case: &Case,
    author: &Person,
    reply: &Message,
    (because, then): (Because, Then),
    now: Instant,
) -> Result<(), Fault> {
    let approval = Approval {
        message: reply.id,
        case: case.id,
        author: author.id,
        because,
        closes: then == Then::Close,
        standing: Standing::Asked,
        asked_at: now,
        decided_by: None,
        decided_at: None,
        advice: String::new(),
    };
    case_tables::ask_approval(tx, &approval)?;
    let snippet = changes::snippet(&reply.new_text);
    let state = if case.state == State::Closed { State::Open } else { case.state.after_assignment() };
    let moved = Moved { state, last_word: LastWord::Customer, snippet: &snippet, at: now };
    case_tables::note_message(tx, case.id, &moved)?;
    let sentence = format!("{} wrote an answer that waits for approval.", author.name);
    changes::happened(tx, case, "approval.asked", Some(author.id), now, sentence)
}

/// Refuses to send a reply in any other way while it waits for approval.
pub(crate) fn none_waits(tx: &mut Tx<'_>, reply: MessageId) -> Result<(), Stop> {
    let waits = case_tables::approval(tx, reply)?.is_some_and(|one| one.standing == Standing::Asked);
    if waits { Err(RoutingRefusal::WaitsForApproval.into()) } else { Ok(()) }
}

/// What a lead decides about a reply that waits.
///
/// # Errors
/// [`cases::CaseRefusal::NotFound`], [`RoutingRefusal::OnlyLeadsApprove`], [`RoutingRefusal::OwnReply`], [`RoutingRefusal::NotAsked`],
/// [`RoutingRefusal::WordsMissing`], [`RoutingRefusal::WordsTooLong`], [`cases::CaseRefusal::Empty`], [`cases::CaseRefusal::TooLong`], and
/// those of [`replies::send`] about its recipient.
pub async fn decide(
    desk: &Desk,
    reach: &Reach,
    case: CaseId,
    reply: MessageId,
    decision: Decision,
) -> Result<(), Stop> {
    let (reach, now, undo_for) = (reach.clone(), desk.clock.now(), desk.undo_for);
    desk.store
        .write(move |tx| {
            let case = case_tables::find(tx, &reach, case)?;
            let message = case_tables::message_in(tx, case.id, reply)?.ok_or(cases::CaseRefusal::NotFound)?;
            let asked = case_tables::approval(tx, reply)?.filter(|one| one.standing == Standing::Asked);
            let asked = asked.ok_or(RoutingRefusal::NotAsked)?;
            if !reach.leads(case.engagement) {
                return Err(RoutingRefusal::OnlyLeadsApprove.into());
            }
            if asked.author == reach.person() {
                return Err(RoutingRefusal::OwnReply.into());
            }
            match &decision {
                Decision::Approve { text } => {
                    approve(tx, &reach, &case, (&message, &asked), text.trim(), now, undo_for)
                }
                Decision::Return { advice } => {
                    give_back(tx, &reach, &case, (&message, &asked), advice.trim(), now)
                }
            }
        })
        .await
}

fn approve(
    tx: &mut Tx<'_>,
    reach: &Reach,
    case: &Case,
    (message, asked): (&Message, &Approval),
    text: &str,
    now: Instant,
    undo_for: Duration,
) -> Result<(), Stop> {
    replies::has_words(text)?;
    replies::can_go(tx, case, message)?;
    let is_edited = text != message.new_text;
    let standing = if is_edited { Standing::Edited } else { Standing::Approved };
    case_tables::decide_approval(tx, message.id, standing, reach.person(), now, "")?;
    if is_edited {
        case_tables::rewrite(tx, message.id, text)?;
    }
    let author = people_tables::person(tx, asked.author)?;
    let author = author.ok_or_else(|| Fault::new("the author of a reply is not there"))?;
    let planned = case_tables::plan(tx, message.id)?.map(|plan| plan.at).filter(|at| *at > now);
    let then = if asked.closes { Then::Close } else { Then::Wait };
    goes(tx, case, &author, (planned, then), None, now)?;
    let at = planned.unwrap_or_else(|| now.plus(undo_for));
    case_tables::deliver(tx, message.id, Delivery::Waiting, "", now)?;
    case_tables::hold(tx, message.id, at, "")?;
    replies::run_at(tx, message, at, now)?;
    let how = if is_edited { "changed and approved" } else { "approved" };
    let what = format!("{how} the answer of {}.", author.name);
    Ok(changes::did(tx, case, reach, "approval.given", now, what)?)
}

/// An answer goes: what it ends, and where its case stands then. One that goes later leaves the turn with us until it goes. The case is
/// moved first, because what is outstanding is put down by how it stands.
pub(crate) fn goes(
    tx: &mut Tx<'_>,
    case: &Case,
    author: &Person,
    (planned, then): (Option<Instant>, Then),
    snippet: Option<&str>,
    now: Instant,
) -> Result<(), Fault> {
    let state = if then == Then::Close { State::Closed } else { case.state.after_reply() };
    match snippet {
        Some(snippet) => {
            let moved = Moved { state, last_word: LastWord::Us, snippet, at: now };
            case_tables::note_message(tx, case.id, &moved)?;
        }
        None => case_tables::note_answer(tx, case.id, state, now)?,
    }
    understanding::answered(tx, case, now)?;
    place::answered(tx, case, author, now)?;
    if planned.is_none() {
        clocks::answered(tx, case, now)?;
    }
    if then == Then::Close {
        clocks::moved(tx, case, State::Closed, now)?;
    }
    Ok(())
}

fn give_back(
    tx: &mut Tx<'_>,
    reach: &Reach,
    case: &Case,
    (message, asked): (&Message, &Approval),
    advice: &str,
    now: Instant,
) -> Result<(), Stop> {
    match advice.chars().count() {
        0 => return Err(RoutingRefusal::WordsMissing.into()),
        many if many > LONGEST => return Err(RoutingRefusal::WordsTooLong.into()),
        _ => {}
    }
    case_tables::decide_approval(tx, message.id, Standing::Returned, reach.person(), now, advice)?;
    replies::take_back(tx, case, message, asked.author, now)?;
    let what = format!("returned the answer of {} with advice.", name(tx, asked.author)?);
    Ok(changes::did(tx, case, reach, "approval.returned", now, what)?)
}
