//! Replies and notes: saved as typed, sent after an undo window, taken back, tried again.

use crate::{
    Desk, approvals, changes, clocks,
    enclosures::{self, Attached, Enclosed, Links},
    pacing, participants, permits, risk, routing, speakers,
    wording::{self, Own, Worded},
};
use ::routing::{RoutingRefusal, permits::Right};
use cases::{
    By, Case, CaseRefusal, CopyTo, Delivery, Draft, DraftKind, LastWord, Message, MessageKind, Plan, State,
    plan,
    tables::{self as case_tables, Moved},
    translations::Translated,
};
use engagements::tables as engagement_tables;
use kernel::{CaseId, EmailAddress, Fault, Instant, LanguageTag, MessageId, PersonId, Reach, Stop};
use people::{Person, tables as people_tables};
use store::{Tx, fresh};

/// The kind of job that sends a reply.
pub const SEND: &str = "send";

/// The longest message that we send.
const LONGEST: usize = 100_000;

/// What becomes of a case once its reply is on its way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Then {
    /// It waits for the customer.
    Wait,
    /// It is closed.
    Close,
}

/// What somebody sends.
#[derive(Clone, Debug, Default)]
pub struct Words {
    /// The words, in Markdown.
    pub text: String,
    /// The files that go with them.
    pub files: Vec<Attached>,
    /// Which of the files beside the draft go with them too, by their places.
    pub kept_files: Vec<i64>,
    /// To whom they go: the address of somebody who takes part in the case; empty for the customer.
    pub to: String,
    /// Who gets a copy, as typed.
    pub copies: String,
    /// When they are to go; `None` for after the undo window.
    pub plan: Option<Plan>,
    /// The words in the representative's language of which they are a translation.
    pub own: Own,
}

impl From<&str> for Words {
    fn from(text: &str) -> Self {
        Self { text: text.to_owned(), ..Self::default() }
    }
}

/// Saves a draft as it stands. An empty one is forgotten.
///
/// # Errors
/// [`CaseRefusal::NotFound`] and [`CaseRefusal::TooLong`].
pub async fn save_draft(
    desk: &Desk,
    reach: &Reach,
    case: CaseId,
    kind: DraftKind,
    text: &str,
) -> Result<(), Stop> {
    let (reach, text, now) = (reach.clone(), text.to_owned(), desk.clock.now());
    desk.store
        .write(move |tx| {
            case_tables::find_unmerged(tx, &reach, case)?;
            fits(&text)?;
            if text.trim().is_empty() {
                return Ok(case_tables::drop_draft(tx, case, reach.person(), kind)?);
            }
            let draft = Draft { case, person: reach.person(), kind, text: text.clone(), updated_at: now };
            Ok(case_tables::save_draft(tx, &draft)?)
        })
        .await
}

fn fits(text: &str) -> Result<(), CaseRefusal> {
    if text.chars().count() > LONGEST { Err(CaseRefusal::TooLong) } else { Ok(()) }
}

/// Sends a reply: it is on its way once its undo window has passed, or at the time that was planned.
///
/// # Errors
/// [`CaseRefusal::NotFound`], [`CaseRefusal::Empty`], [`CaseRefusal::TooLong`], [`CaseRefusal::FilesTooLarge`],
/// [`CaseRefusal::NoPublicAddress`], [`CaseRefusal::NoAddress`], [`CaseRefusal::AddressBounced`], [`CaseRefusal::NotLater`],
/// [`CaseRefusal::CopyNotAnAddress`], [`CaseRefusal::TooManyCopies`], [`CaseRefusal::CopyBounced`], [`CaseRefusal::NotAParticipant`],
/// [`CaseRefusal::Merged`], [`CaseRefusal::NeedsReader`], [`RoutingRefusal::NoPermit`].
pub async fn send(
    desk: &Desk,
    reach: &Reach,
    case: CaseId,
    words: Words,
    then: Then,
) -> Result<MessageId, Stop> {
    let (reach, now) = (reach.clone(), desk.clock.now());
    let plan = words.plan.map(|plan| plan.checked(now)).transpose()?;
    let mut asked = Asked {
        text: words.text.trim().to_owned(),
        to: words.to,
        copies: words.copies,
        files: Vec::new(),
        kept_files: words.kept_files,
        links: Links::of(desk),
        plan,
        send_at: plan.map_or(now.plus(desk.undo_for), |plan| plan.at),
        then,
        worded: None,
        written_in: LanguageTag::unknown(),
    };
    // Nobody leaves files here for a reply that can't be sent.
    let check = {
        let (reach, asked) = (reach.clone(), asked.clone());
        move |tx: &mut Tx<'_>| may_send(tx, &reach, case, &asked, now).map(|allowed| allowed.case)
    };
    let answered = desk.store.read(check).await?;
    asked.written_in = speakers::written_in(desk, &asked.text, &answered).await?;
    asked.worded = wording::worded(desk, &reach, case, &words.own, &asked.text).await?;
    asked.files = enclosures::enclose(desk, words.files).await?;
    desk.store.write(move |tx| send_in(tx, &reach, case, &asked, now)).await
}

/// What is to be sent, and how.
#[derive(Clone)]
struct Asked {
    text: String,
    to: String,
    copies: String,
    files: Vec<Enclosed>,
    kept_files: Vec<i64>,
    links: Links,
    plan: Option<Plan>,
    send_at: Instant,
    then: Then,
    worded: Option<Worded>,
    written_in: LanguageTag,
}

fn send_in(
    tx: &mut Tx<'_>,
    reach: &Reach,
    case: CaseId,
    asked: &Asked,
    now: Instant,
) -> Result<MessageId, Stop> {
    let Allowed { case, address, copies, right } = may_send(tx, reach, case, asked, now)?;
    let author = author(tx, reach)?;
    if let Some(worded) = &asked.worded {
        risk::may_leave(tx, &case, &author, (&worded.own, &worded.language), &asked.text)?;
    }
    let reply = written(&case, &author, MessageKind::Reply, &asked.text, now);
    let looked_at = approvals::wanted(tx, &case, &right, reply.id, now)?;
    let reply = Message {
        recipients: address.to_string(),
        delivery: if looked_at.is_some() { Delivery::Held } else { Delivery::Waiting },
        delivery_note: looked_at.as_ref().map(|because| because.sentence.clone()).unwrap_or_default(),
        send_at: Some(asked.send_at),
        ..reply
    };
    case_tables::add_message(tx, &reply)?;
    let mut files = files_beside_draft(tx, &case, &author, &asked.kept_files)?;
    files.extend(asked.files.iter().cloned());
    enclosures::attach(tx, reply.id, &files, asked.links, now)?;
    case_tables::add_copies(tx, reply.id, &copies)?;
    let own = asked.worded.as_ref().map(|worded| &worded.language);
    speakers::keep_handling(tx, &case, &reply, &author, own, &asked.written_in)?;
    if let Some(worded) = &asked.worded {
        wording::keep(tx, &case, &reply, worded, now)?;
    }
    if let Some(plan) = asked.plan {
        case_tables::set_plan(tx, reply.id, plan)?;
    }
    take_if_nobodys(tx, &case, &author, now)?;
    case_tables::drop_draft(tx, case.id, author.id, DraftKind::Reply)?;
    case_tables::drop_draft_files(tx, case.id, author.id)?;
    if let Some(because) = looked_at {
        approvals::ask(tx, &case, &author, &reply, (because, asked.then), now)?;
        return Ok(reply.id);
    }
    let planned = asked.plan.map(|plan| plan.at);
    let snippet = changes::snippet(&asked.text);
    approvals::goes(tx, &case, &author, (planned, asked.then), Some(&snippet), now)?;
    jobs::enqueue(tx, SEND, reply.id, asked.send_at, now)?;
    let sentence = match (asked.plan, asked.then) {
        (Some(_), _) => "wrote an answer that goes later.",
        (None, Then::Close) => "answered and closed the case.",
        (None, Then::Wait) => "answered.",
    };
    let sentence = format!("{} {sentence}", author.name);
    changes::happened(tx, &case, "reply.written", Some(author.id), now, sentence)?;
    Ok(reply.id)
}

fn files_beside_draft(
    tx: &mut Tx<'_>,
    case: &Case,
    author: &Person,
    kept: &[i64],
) -> Result<Vec<Enclosed>, Fault> {
    if kept.is_empty() {
        return Ok(Vec::new());
    }
    let files = case_tables::draft_files(tx, case.id, author.id)?.into_iter();
    Ok(files.filter(|file| kept.contains(&file.position)).map(Enclosed::from).collect())
}

/// The case that is answered, and the addresses that the answer goes to.
struct Allowed {
    case: Case,
    address: EmailAddress,
    copies: Vec<CopyTo>,
    right: Right,
}

fn may_send(
    tx: &mut Tx<'_>,
    reach: &Reach,
    case: CaseId,
    asked: &Asked,
    now: Instant,
) -> Result<Allowed, Stop> {
    let case = case_tables::find_unmerged(tx, reach, case)?;
    has_words(&asked.text)?;
    routing::may_choose(tx, reach, &case, now)?;
    let right = permits::right_to_answer(tx, &case, reach.person(), now)?;
    let right = right.map_err(|_| RoutingRefusal::NoPermit)?;
    let address = participants::addressee(tx, &case, &asked.to)?;
    let copies = copies(tx, &case, &address, &asked.copies)?;
    Ok(Allowed { case, address, copies, right })
}

/// Who gets a copy: neither our own mailboxes, which would answer each other, nor an address from which mail came back.
fn copies(tx: &mut Tx<'_>, case: &Case, to: &EmailAddress, typed: &str) -> Result<Vec<CopyTo>, Stop> {
    if typed.trim().is_empty() {
        return Ok(Vec::new());
    }
    let ours = engagement_tables::mailboxes(tx)?.into_iter().map(|mailbox| mailbox.address);
    let others: Vec<EmailAddress> = ours.chain([to.clone()]).collect();
    let copies = plan::copies(typed, &others)?;
    for copy in &copies {
        if people_tables::came_back(tx, case.client, &copy.address)? {
            return Err(CaseRefusal::CopyBounced.into());
        }
    }
    Ok(copies)
}

/// Refuses a reply whose recipient can't be reached any more.
pub(crate) fn can_go(tx: &mut Tx<'_>, case: &Case, reply: &Message) -> Result<(), Stop> {
    reply.recipients.parse().map_or(Ok(()), |address| participants::can_be_reached(tx, case, &address))
}

pub(crate) fn has_words(text: &str) -> Result<(), CaseRefusal> {
    if text.trim().is_empty() { Err(CaseRefusal::Empty) } else { fits(text) }
}

fn author(tx: &mut Tx<'_>, reach: &Reach) -> Result<Person, Stop> {
    let person = people_tables::person(tx, reach.person())?;
    person.ok_or_else(|| Fault::new("the person who writes is not there").into())
}

/// Whoever answers a case that nobody has makes it theirs.
fn take_if_nobodys(tx: &mut Tx<'_>, case: &Case, author: &Person, now: Instant) -> Result<(), Fault> {
    if case.assignee.is_some() {
        return Ok(());
    }
    case_tables::assign(tx, case.id, Some(author.id), case.state, now)?;
    changes::happened(
        tx,
        case,
        "case.assigned",
        Some(author.id),
        now,
        format!("{} took the case by answering.", author.name),
    )
}

fn written(case: &Case, author: &Person, kind: MessageKind, text: &str, now: Instant) -> Message {
    let unknown = kernel::LanguageTag::unknown();
    Message {
        by: By { person: Some(author.id), name: author.name.clone(), address: String::new() },
        new_text: text.to_owned(),
        language: if kind == MessageKind::Note { unknown } else { case.language.clone() },
        ..Message::blank(fresh(), case, kind, now)
    }
}

/// Adds a note that only we see. It moves nothing and is nobody's last word.
///
/// # Errors
/// [`CaseRefusal::NotFound`], [`CaseRefusal::Empty`], [`CaseRefusal::TooLong`].
pub async fn note(desk: &Desk, reach: &Reach, case: CaseId, text: &str) -> Result<MessageId, Stop> {
    let (reach, text, now) = (reach.clone(), text.trim().to_owned(), desk.clock.now());
    desk.store
        .write(move |tx| {
            let case = case_tables::find_unmerged(tx, &reach, case)?;
            has_words(&text)?;
            let author = author(tx, &reach)?;
            let note = written(&case, &author, MessageKind::Note, &text, now);
            case_tables::add_message(tx, &note)?;
            let words = language::document_words(&crate::receive::searched(&case, &note), &note.language);
            tx.index(case.engagement, case.id, note.id, &words)?;
            case_tables::drop_draft(tx, case.id, author.id, DraftKind::Note)?;
            changes::happened(
                tx,
                &case,
                "note.written",
                Some(author.id),
                now,
                format!("{} wrote a note.", author.name),
            )?;
            Ok(note.id)
        })
        .await
}

/// Takes a reply back that hasn't left; its text is the draft again, and its files stand beside it.
///
/// # Errors
/// [`CaseRefusal::NotFound`] and [`CaseRefusal::TooLateToUndo`].
pub async fn withdraw(desk: &Desk, reach: &Reach, case: CaseId, reply: MessageId) -> Result<(), Stop> {
    let (reach, now) = (reach.clone(), desk.clock.now());
    desk.store
        .write(move |tx| {
            let case = case_tables::find(tx, &reach, case)?;
            let message = case_tables::message_in(tx, case.id, reply)?.ok_or(CaseRefusal::NotFound)?;
            let is_reply = message.kind == MessageKind::Reply;
            if !is_reply || !matches!(message.delivery, Delivery::Waiting | Delivery::Held) {
                return Err(CaseRefusal::TooLateToUndo.into());
            }
            take_back(tx, &case, &message, reach.person(), now)?;
            changes::happened(
                tx,
                &case,
                "reply.withdrawn",
                Some(reach.person()),
                now,
                "The reply was taken back before it left.",
            )?;
            Ok(())
        })
        .await
}

/// Takes a reply back that hasn't left: its text is somebody's draft again, and its files stand beside it.
pub(crate) fn take_back(
    tx: &mut Tx<'_>,
    case: &Case,
    message: &Message,
    person: PersonId,
    now: Instant,
) -> Result<(), Stop> {
    case_tables::back_beside_draft(tx, case.id, person, message.id)?;
    let original = case_tables::original_of(tx, message.id)?;
    if !case_tables::withdraw(tx, message.id)? {
        return Err(CaseRefusal::TooLateToUndo.into());
    }
    back_to_draft(tx, person, message, original, now)?;
    Ok(restore(tx, case, message.at, now)?)
}

/// Makes the text of a reply the draft again, above what has been typed since.
fn back_to_draft(
    tx: &mut Tx<'_>,
    person: PersonId,
    reply: &Message,
    original: Option<Translated>,
    now: Instant,
) -> Result<(), Fault> {
    let (case, kind) = (reply.case, DraftKind::Reply);
    let since = case_tables::draft(tx, case, person, kind)?.map(|draft| draft.text);
    let own = original.as_ref().map_or(&reply.new_text, |original| &original.text).clone();
    // What was typed since isn't translated yet, so then the words alone come back.
    if let Some(original) = original.filter(|_| since.is_none()) {
        wording::take_back(tx, reply, person, original, now)?;
    }
    let text = [Some(own), since].into_iter().flatten().collect::<Vec<_>>().join("\n\n");
    case_tables::save_draft(tx, &Draft { case, person, kind, text, updated_at: now })
}

/// Puts a case back to where its remaining messages leave it. Automatic ones moved it nowhere.
fn restore(tx: &mut Tx<'_>, case: &Case, written_at: Instant, now: Instant) -> Result<(), Fault> {
    let newest = case_tables::messages(tx, case.id, 20)?;
    let moves = |message: &&Message| message.kind != MessageKind::Note && message.automatic.is_none();
    let newest = newest.iter().rev().find(moves);
    let (state, last_word) = match newest.map(|message| message.kind) {
        Some(MessageKind::Reply) => (State::Waiting, LastWord::Us),
        _ => (State::Open, LastWord::Customer),
    };
    let snippet = newest.map(|message| changes::snippet(&message.new_text)).unwrap_or_default();
    case_tables::note_withdrawal(tx, case.id, &Moved { state, last_word, snippet: &snippet, at: now })?;
    clocks::taken_back(tx, case, state, written_at, now)
}

/// Tries a reply again that couldn't be delivered.
///
/// # Errors
/// [`CaseRefusal::NotFound`], [`CaseRefusal::NothingToRetry`], [`CaseRefusal::AddressBounced`].
pub async fn try_again(desk: &Desk, reach: &Reach, case: CaseId, reply: MessageId) -> Result<(), Stop> {
    let (reach, now) = (reach.clone(), desk.clock.now());
    desk.store
        .write(move |tx| {
            let case = case_tables::find(tx, &reach, case)?;
            let message = case_tables::message_in(tx, case.id, reply)?.ok_or(CaseRefusal::NotFound)?;
            if !matches!(message.delivery, Delivery::Failed | Delivery::Retrying) {
                return Err(CaseRefusal::NothingToRetry.into());
            }
            can_go(tx, &case, &message)?;
            case_tables::deliver(tx, reply, Delivery::Retrying, &message.delivery_note, now)?;
            run_now(tx, &case, &message, now)?;
            changes::happened(
                tx,
                &case,
                "reply.tried_again",
                Some(reach.person()),
                now,
                "The reply is being tried again.",
            )?;
            Ok(())
        })
        .await
}

/// Lets a reply be sent now, whatever pause its way has.
pub(crate) fn run_now(tx: &mut Tx<'_>, case: &Case, reply: &Message, now: Instant) -> Result<(), Fault> {
    let to: Vec<EmailAddress> = reply.recipients.parse().into_iter().collect();
    if let Some(way) = pacing::way(tx, case.mailbox, &to)? {
        pacing::go_on(tx, &way)?;
    }
    run_at(tx, reply, now, now)
}

/// Lets the job that sends a reply run at this instant.
pub(crate) fn run_at(tx: &mut Tx<'_>, reply: &Message, at: Instant, now: Instant) -> Result<(), Fault> {
    if !jobs::retry_about(tx, SEND, reply.id, at)? {
        jobs::enqueue(tx, SEND, reply.id, at, now)?;
    }
    Ok(())
}
