//! Dispatch: what a reply's letter says, and how it ended at the next server.

use crate::{Desk, changes, enclosures, mailboxes, receive};
use cases::{
    Case, Delivery, Message, MessageKind,
    letter::{Addressee, Letter, Written, message_id_text},
    tables as case_tables,
    threading::reply_address,
};
use engagements::tables as engagement_tables;
use kernel::{EmailAddress, Fault, LanguageTag, MailboxId, MessageId};
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

/// How handing a letter over ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ended {
    /// The next server took it.
    Sent,
    /// It may work later.
    Later {
        /// Why it didn't work, in a plain sentence.
        because: String,
    },
    /// It can't work.
    Never {
        /// Why, in a plain sentence.
        because: String,
    },
}

/// Takes a reply for sending and answers its letter; `None` when it was taken back or has left.
///
/// # Errors
/// A fault when the database can't be reached.
pub async fn take(desk: &Desk, reply: MessageId) -> Result<Option<Outgoing>, Fault> {
    let (key, now) = (std::sync::Arc::clone(&desk.signing_key), desk.clock.now());
    let taken = desk
        .store
        .write(move |tx| {
            if !case_tables::claim_for_sending(tx, reply)? {
                return Ok(None);
            }
            let Some(message) = case_tables::message(tx, reply)? else { return Ok(None) };
            let Some(case) = case_tables::case(tx, message.case)? else { return Ok(None) };
            let words = language::document_words(&receive::searched(&case, &message), &message.language);
            tx.index(case.engagement, case.id, message.id, &words)?;
            let has_bounced = people_tables::bounced_because(tx, case.customer)?.is_some();
            let letter = if has_bounced { None } else { letter(tx, key.as_bytes(), &case, &message)? };
            if letter.is_none() {
                let because = match has_bounced {
                    true => "Earlier mail to this address came back, so nothing more is sent there until somebody clears it.",
                    false => "The customer's address or the mailbox that it should come from is gone.",
                };
                case_tables::deliver(tx, reply, Delivery::Failed, because, now)?;
                changes::happened(tx, &case, "reply.failed", None, now, because)?;
            }
            let files = case_tables::attachments_of(tx, reply)?;
            Ok::<_, Fault>(letter.map(|letter| (letter, files)))
        })
        .await?;
    let Some((mut outgoing, files)) = taken else { return Ok(None) };
    outgoing.letter.attachments = enclosures::with_contents(desk, files).await?;
    Ok(Some(outgoing))
}

fn letter(tx: &mut Tx<'_>, key: &[u8], case: &Case, message: &Message) -> Result<Option<Outgoing>, Fault> {
    let Some(mailbox) = engagement_tables::mailbox(tx, case.mailbox)? else { return Ok(None) };
    let customer = people_tables::customer(tx, case.customer)?;
    let Ok(to) = message.recipients.parse::<EmailAddress>() else { return Ok(None) };
    let domain = mailbox.address.domain().to_owned();
    let (in_reply_to, references) = thread_of(tx, case, message, &domain)?;
    let name = customer.map(|customer| customer.name).unwrap_or_default();
    let identity = engagement_tables::identity(tx, mailbox.id)?;
    let writer = mailboxes::writer(&message.by.name, &mailbox);
    let clients = people_tables::client(tx, case.client)?.map(|client| client.language);
    let clients = clients.unwrap_or_else(LanguageTag::unknown);
    let letter = Letter {
        message_id: message.id,
        from: Addressee {
            name: identity.sender(writer, &message.language),
            address: mailbox.address.clone(),
        },
        to: vec![Addressee { name, address: to.clone() }],
        cc: Vec::new(),
        reply_to: Some(reply_address(key, &mailbox.address, &case.reference)),
        subject: format!("Re: {}", case.subject.trim_start_matches("Re: ")),
        in_reply_to,
        references,
        markdown: message.new_text.clone(),
        signature: identity.signature(writer, &message.language, &clients),
        downloads: Vec::new(),
        quoted: None,
        language: message.language.clone(),
        written: Written::ByPerson,
        unsubscribe: None,
        date: message.at,
        attachments: Vec::new(),
        domain,
    };
    Ok(Some(Outgoing { letter, mailbox: Some(mailbox.id), from: mailbox.address, to: vec![to] }))
}

/// The Message-ID that a reply answers, and those of its thread, oldest first: what mail programs sort by.
fn thread_of(
    tx: &mut Tx<'_>,
    case: &Case,
    reply: &Message,
    domain: &str,
) -> Result<(Option<String>, Vec<String>), Fault> {
    let earlier = case_tables::messages(tx, case.id, 50)?;
    let goes_before = |message: &Message| message.id != reply.id && message.at <= reply.at;
    let earlier =
        earlier.into_iter().filter(|message| message.kind != MessageKind::Note && goes_before(message));
    let ids = |message: Message| match message.kind {
        MessageKind::Customer => message.email_id,
        _ => Some(message_id_text(message.id, domain)),
    };
    let (from_customer, ours): (Vec<Message>, Vec<Message>) =
        earlier.partition(|message| message.kind == MessageKind::Customer);
    let first = from_customer.first().map(|message| message.references.clone()).unwrap_or_default();
    let newest = from_customer.last().and_then(|message| message.email_id.clone());
    let mut all: Vec<Message> = from_customer.into_iter().chain(ours).collect();
    all.sort_by_key(|message| (message.at, message.id));
    let mut references: Vec<String> = first.into_iter().chain(all.into_iter().filter_map(ids)).collect();
    references.dedup();
    let answered = newest.or_else(|| references.last().cloned());
    // RFC 5322 3.6.4: what is answered stands last.
    references.retain(|id| Some(id) != answered.as_ref());
    references.extend(answered.clone());
    let skip = references.len().saturating_sub(20);
    Ok((answered, references.split_off(skip)))
}

/// Notes how handing a reply over ended; the case shows it.
///
/// # Errors
/// A fault when the database can't be reached.
pub async fn ended(desk: &Desk, reply: MessageId, ended: &Ended) -> Result<(), Fault> {
    let (ended, now) = (ended.clone(), desk.clock.now());
    desk.store
        .write(move |tx| {
            let (delivery, kind, sentence) = match &ended {
                Ended::Sent => (Delivery::Sent, "reply.sent", "The reply has left."),
                Ended::Later { because } => (Delivery::Retrying, "reply.delayed", because.as_str()),
                Ended::Never { because } => (Delivery::Failed, "reply.failed", because.as_str()),
            };
            let note = if ended == Ended::Sent { "" } else { sentence };
            case_tables::deliver(tx, reply, delivery, note, now)?;
            let Some(message) = case_tables::message(tx, reply)? else { return Ok(()) };
            let Some(case) = case_tables::case(tx, message.case)? else { return Ok(()) };
            changes::happened(tx, &case, kind, None, now, sentence)
        })
        .await
}
