//! Dispatch: taking a reply for sending, when its turn has come, and noting how that ended.

use crate::{
    Desk, changes, clocks, enclosures, escalations, letters,
    letters::Letterhead,
    memory, pacing,
    pacing::{Passage, Room},
    receive,
    tables::remembered,
};
use cases::{
    AttachmentRow, Case, Delivery, Message,
    letter::Letter,
    pace::Slows,
    steps::{Step, StepKind},
    tables as case_tables,
};
use kernel::{EmailAddress, Fault, Instant, MailboxId, MessageId};
use people::tables as people_tables;
use store::Tx;

/// A letter with its envelope.
pub struct Outgoing {
    /// The letter.
    pub letter: Letter,
    /// The mailbox that it comes from; through its own server, if it has one.
    pub mailbox: Option<MailboxId>,
    /// The sender of the envelope, to whom bounces go.
    pub from: EmailAddress,
    /// The recipients of the envelope.
    pub to: Vec<EmailAddress>,
}

/// What was found when a reply was to be sent.
pub enum Taken {
    /// It was taken back, has left, is held by a person, or can't go.
    Gone,
    /// It waits for its turn.
    Held {
        /// Until when.
        until: Instant,
    },
    /// It goes now; its server has it in hand until the passage is dropped.
    Letter(Box<Outgoing>, Option<Passage>),
}

/// How handing a letter over ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ended {
    /// The next server took it.
    Sent(Receipt),
    /// It may work later.
    Later {
        /// Why it didn't work, in a plain sentence.
        because: String,
        /// What had better be left alone for a while.
        slows: Option<Slows>,
    },
    /// It can't work.
    Never {
        /// Why, in a plain sentence.
        because: String,
    },
}

/// What the server said that took a letter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Receipt {
    /// Its name.
    pub by: String,
    /// Its words.
    pub words: String,
    /// Who won't get the letter though others do, each with the reason.
    pub left_out: Vec<(EmailAddress, String)>,
}

/// Takes a reply for sending, if its turn has come.
///
/// # Errors
/// A fault when the database can't be reached.
pub async fn take(desk: &Desk, reply: MessageId) -> Result<Taken, Fault> {
    let (head, now) = (Letterhead::of(desk), desk.clock.now());
    let server = desk.store.read(move |tx| server_for(tx, reply)).await?;
    let passage = server.as_ref().and_then(|server| desk.in_hand.enter(server));
    let room = if server.is_some() && passage.is_none() { Room::None } else { Room::Free };
    let found = desk.store.write(move |tx| take_in(tx, &head, reply, room, now)).await?;
    let (mut outgoing, files) = match found {
        Found::Gone => return Ok(Taken::Gone),
        Found::Held(until) => return Ok(Taken::Held { until }),
        Found::Letter(outgoing, files) => (outgoing, files),
    };
    outgoing.letter.attachments = enclosures::with_contents(desk, files).await?;
    Ok(Taken::Letter(outgoing, passage))
}

/// The server through which a reply would leave.
fn server_for(tx: &mut Tx<'_>, reply: MessageId) -> Result<Option<String>, Fault> {
    let Some(message) = case_tables::message(tx, reply)? else { return Ok(None) };
    let Some(case) = case_tables::case(tx, message.case)? else { return Ok(None) };
    pacing::server_of(tx, case.mailbox)
}

/// What the transaction found; the files are read behind it.
enum Found {
    Gone,
    Held(Instant),
    Letter(Box<Outgoing>, Vec<AttachmentRow>),
}

fn take_in(
    tx: &mut Tx<'_>,
    head: &Letterhead,
    reply: MessageId,
    room: Room,
    now: Instant,
) -> Result<Found, Fault> {
    let Some(message) = case_tables::message(tx, reply)?.filter(is_to_go) else { return Ok(Found::Gone) };
    let Some(case) = case_tables::case(tx, message.case)? else { return Ok(Found::Gone) };
    let to: Option<EmailAddress> = message.recipients.parse().ok();
    if to.map_or(Ok(false), |to| people_tables::came_back(tx, case.client, &to))? {
        let because =
            "Earlier mail to this address came back, so nothing more is sent there until somebody clears it.";
        return cannot_go(tx, &case, reply, because, now);
    }
    let Some(letter) = letters::letter(tx, head, &case, &message)? else {
        let because = "The customer's address or the mailbox that it should come from is gone.";
        return cannot_go(tx, &case, reply, because, now);
    };
    let to = recipients(&letter);
    if let Some(way) = pacing::way(tx, case.mailbox, &to)?
        && let Some((until, because)) = pacing::hold(tx, &way, &message, room, now)?
    {
        case_tables::hold(tx, reply, until, &because.sentence)?;
        return Ok(Found::Held(until));
    }
    case_tables::claim_for_sending(tx, reply)?;
    if case_tables::plan(tx, reply)?.is_some() {
        clocks::answered(tx, &case, now)?;
    }
    let words = language::document_words(&receive::searched(&case, &message), &message.language);
    tx.index(case.engagement, case.id, message.id, &words)?;
    let files = enclosures::going_along(tx, reply)?;
    let outgoing = Outgoing { mailbox: Some(case.mailbox), from: letter.from.address.clone(), to, letter };
    Ok(Found::Letter(Box::new(outgoing), files))
}

fn is_to_go(message: &Message) -> bool {
    matches!(message.delivery, Delivery::Waiting | Delivery::Sending | Delivery::Retrying)
}

fn recipients(letter: &Letter) -> Vec<EmailAddress> {
    letter.to.iter().chain(&letter.cc).map(|person| person.address.clone()).collect()
}

fn cannot_go(
    tx: &mut Tx<'_>,
    case: &Case,
    reply: MessageId,
    because: &str,
    now: Instant,
) -> Result<Found, Fault> {
    case_tables::deliver(tx, reply, Delivery::Failed, because, now)?;
    changes::happened(tx, case, "reply.failed", None, now, because)?;
    Ok(Found::Gone)
}

/// Notes how handing a reply over ended; the case shows it.
///
/// # Errors
/// A fault when the database can't be reached.
pub async fn ended(desk: &Desk, reply: MessageId, ended: &Ended) -> Result<(), Fault> {
    let (ended, now) = (ended.clone(), desk.clock.now());
    let learnt =
        if matches!(ended, Ended::Sent(_)) { memory::of_reply(desk, reply).await? } else { Vec::new() };
    desk.store
        .write(move |tx| {
            let (delivery, kind, note) = match &ended {
                Ended::Sent(_) => (Delivery::Sent, "reply.sent", ""),
                Ended::Later { because, .. } => (Delivery::Retrying, "reply.delayed", because.as_str()),
                Ended::Never { because } => (Delivery::Failed, "reply.failed", because.as_str()),
            };
            case_tables::deliver(tx, reply, delivery, note, now)?;
            let Some(message) = case_tables::message(tx, reply)? else { return Ok(()) };
            let Some(case) = case_tables::case(tx, message.case)? else { return Ok(()) };
            note_way(tx, &case, &message, &ended, now)?;
            for pair in &learnt {
                remembered::remember(tx, pair, Some(reply))?;
            }
            for step in steps(&ended, now) {
                case_tables::add_step(tx, reply, &step)?;
            }
            let left =
                if escalations::is_letter(&message) { "The letter has left." } else { "The reply has left." };
            let sentence = if note.is_empty() { left } else { note };
            changes::happened(tx, &case, kind, None, now, sentence)
        })
        .await
}

/// A way that was gone ends its pauses; one that asks for a pause gets it.
fn note_way(
    tx: &mut Tx<'_>,
    case: &Case,
    message: &Message,
    ended: &Ended,
    now: Instant,
) -> Result<(), Fault> {
    let copies = case_tables::copies_of(tx, message.id)?.into_iter().map(|copy| copy.address);
    let to: Vec<EmailAddress> = message.recipients.parse().into_iter().chain(copies).collect();
    let Some(way) = pacing::way(tx, case.mailbox, &to)? else { return Ok(()) };
    match ended {
        Ended::Sent(_) => pacing::go_on(tx, &way),
        Ended::Later { because, slows: Some(slows) } => pacing::slow_down(tx, &way, *slows, because, now),
        Ended::Later { .. } | Ended::Never { .. } => Ok(()),
    }
}

fn steps(ended: &Ended, at: Instant) -> Vec<Step> {
    let step = |kind, recipient: &str, sentence: &str, words: &str| Step {
        at,
        kind,
        recipient: recipient.to_owned(),
        sentence: sentence.to_owned(),
        words: words.to_owned(),
    };
    match ended {
        Ended::Later { because, .. } => vec![step(StepKind::Delayed, "", because, "")],
        Ended::Never { because } => vec![step(StepKind::Refused, "", because, "")],
        Ended::Sent(receipt) => {
            let by = if receipt.by.is_empty() { "The mail server" } else { &receipt.by };
            let accepted = step(StepKind::Accepted, "", &format!("{by} accepted it."), &receipt.words);
            let left_out = receipt.left_out.iter().map(|(address, because)| {
                step(
                    StepKind::LeftOut,
                    address.as_str(),
                    &format!("It doesn't reach {address}. {because}"),
                    "",
                )
            });
            [accepted].into_iter().chain(left_out).collect()
        }
    }
}
