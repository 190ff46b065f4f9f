//! Bounces: a report that a letter of ours couldn't be delivered belongs to the reply that it returns.

use crate::{Desk, changes, escalations, reports};
use cases::{
    Case, CaseRefusal, Delivery, Message, MessageKind,
    incoming::{AutoKind, Incoming},
    sifting,
    steps::{Step, StepKind},
    tables as case_tables, threading,
};
use kernel::{Because, CaseId, ClientId, EmailAddress, Fault, Instant, Reach, Stop};
use people::tables as people_tables;
use store::Tx;

/// A reply of ours that a machine's mail tells of.
pub(crate) struct About {
    /// The reply's case.
    pub(crate) case: Case,
    /// The reply.
    pub(crate) reply: Message,
    /// What the mail is to it.
    pub(crate) because: Because,
}

/// The reply of this client that a bounce returns, or that a report or a read receipt is about, with its case. Nothing of another
/// client is found, whatever the mail names.
pub(crate) fn about(tx: &mut Tx<'_>, mail: &Incoming, client: ClientId) -> Result<Option<About>, Fault> {
    let Some(because) = mail.auto.as_ref().and_then(|auto| tells(auto.kind)) else {
        return Ok(None);
    };
    for id in sifting::bounced_message_ids(mail).iter().filter_map(|id| threading::our_id(id)) {
        let reply = case_tables::message(tx, id)?;
        let left = |message: &Message| message.kind == MessageKind::Reply || escalations::is_letter(message);
        let Some(reply) = reply.filter(|reply| left(reply) && reply.client == client) else {
            continue;
        };
        if let Some(case) = case_tables::case(tx, reply.case)? {
            return Ok(Some(About { case, reply, because }));
        }
    }
    Ok(None)
}

/// What a mail of this kind is to the reply that it names; `None` for mail that names what it answers as persons do.
fn tells(kind: AutoKind) -> Option<Because> {
    let (code, sentence) = match kind {
        AutoKind::Bounce => {
            ("threading.bounce", "It returns a reply of this case that couldn't be delivered.")
        }
        AutoKind::Report => ("threading.report", "It reports on a reply of this case."),
        AutoKind::Receipt => ("threading.receipt", "It confirms that a reply of this case was read."),
        AutoKind::OwnMail | AutoKind::Vacation | AutoKind::AutoReply | AutoKind::List => return None,
    };
    Some(Because::new(code, sentence))
}

/// Notes what a machine's mail tells of a reply. Only an address that is dead gets no more mail: a full mailbox is emptied, a policy
/// changes.
pub(crate) fn note(tx: &mut Tx<'_>, about: &About, mail: &Incoming, now: Instant) -> Result<(), Fault> {
    let (case, reply) = (&about.case, &about.reply);
    if let Some(reported) = sifting::reported(mail) {
        return reports::note(tx, case, reply, reported, now);
    }
    let sentence = sentence(reply, mail);
    let late = sifting::still_trying(mail);
    let copy = copy_of(tx, reply, mail)?;
    if !late {
        // What comes back from somebody in Cc says nothing about the customer.
        if copy.is_none() {
            case_tables::deliver(tx, reply.id, Delivery::Failed, &sentence, now)?;
        }
        let is_dead = mail.bounce.as_ref().is_some_and(|bounce| bounce.permanent);
        let address = copy.clone().or_else(|| reply.recipients.parse().ok());
        if let (true, Some(address)) = (is_dead, address) {
            people_tables::note_bounce(tx, case.client, &address, &sentence)?;
        }
    }
    let step = Step {
        at: now,
        kind: if late { StepKind::Late } else { StepKind::Returned },
        recipient: copy.map_or_else(|| reply.recipients.clone(), |copy| copy.to_string()),
        sentence: sentence.clone(),
        words: String::new(),
    };
    case_tables::add_step(tx, reply.id, &step)?;
    changes::happened(tx, case, "reply.bounced", None, now, sentence)
}

/// Who of those that got a copy the bounce speaks of.
fn copy_of(tx: &mut Tx<'_>, reply: &Message, mail: &Incoming) -> Result<Option<EmailAddress>, Fault> {
    let named = mail.bounce.as_ref().and_then(|bounce| bounce.recipient.parse::<EmailAddress>().ok());
    let Some(named) = named.filter(|named| named.as_str() != reply.recipients) else { return Ok(None) };
    let copies = case_tables::copies_of(tx, reply.id)?;
    Ok(copies.into_iter().map(|copy| copy.address).find(|address| *address == named))
}

fn sentence(reply: &Message, mail: &Incoming) -> String {
    let bounce = mail.bounce.as_ref();
    let named = bounce.map(|bounce| bounce.recipient.as_str()).filter(|recipient| !recipient.is_empty());
    let recipient = named.unwrap_or(&reply.recipients);
    let told = match sifting::still_trying(mail) {
        true => format!("The mail server of {recipient} couldn't take the reply yet"),
        false => format!("The reply came back from {recipient}"),
    };
    let plainly = bounce.and_then(|bounce| sifting::cause(bounce).in_words());
    let words = bounce.map(|bounce| bounce.reason.trim().trim_end_matches('.')).unwrap_or_default();
    match (plainly, words) {
        (Some(plainly), "") => format!("{told}: {plainly}."),
        (Some(plainly), words) => format!("{told}: {plainly}. Their server said: {words}."),
        (None, "") => format!("{told}."),
        (None, words) => format!("{told}: {words}."),
    }
}

/// Lets mail go again to a customer's address from which it came back.
///
/// # Errors
/// [`CaseRefusal::NotFound`] and [`CaseRefusal::AddressIsGood`].
pub async fn clear_address(desk: &Desk, reach: &Reach, case: CaseId) -> Result<(), Stop> {
    let (reach, now) = (reach.clone(), desk.clock.now());
    desk.store
        .write(move |tx| {
            let case = case_tables::find(tx, &reach, case)?;
            let because = people_tables::bounced_because(tx, case.customer)?;
            let address = people_tables::address_of(tx, case.customer)?;
            let (Some(_), Some(address)) = (because, address) else {
                return Err(CaseRefusal::AddressIsGood.into());
            };
            people_tables::note_bounce(tx, case.client, &address, "")?;
            let what = format!("cleared {address}: mail goes there again.");
            Ok(changes::did(tx, &case, &reach, "case.address_cleared", now, what)?)
        })
        .await
}
