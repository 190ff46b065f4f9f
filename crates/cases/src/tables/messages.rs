//! The tables of messages and attachments.

use crate::{
    AttachmentRow, By, Delivery, Message,
    trust::{Answers, Trust},
};
use kernel::{CaseId, ClientId, CustomerId, Fault, Instant, MessageId};
use serde::{Serialize, de::DeserializeOwned};
use store::{Row, Tx, sql};

pub(super) fn json<T: Serialize>(value: &T) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

pub(super) fn from_json<T: DeserializeOwned>(text: &str) -> Result<T, Fault> {
    serde_json::from_str(text).map_err(Fault::new)
}

fn message_row(row: &mut Row) -> Result<Message, Fault> {
    Ok(Message {
        id: row.take()?,
        case: row.take()?,
        client: row.take()?,
        kind: row.take()?,
        channel: row.take()?,
        by: By { person: row.take()?, name: row.take()?, address: row.take()? },
        at: row.take()?,
        recipients: row.take()?,
        subject: row.take()?,
        new_text: row.take()?,
        quoted_text: row.take()?,
        signature: row.take()?,
        html: row.take()?,
        language: row.take()?,
        spans: from_json(&row.take::<String>()?)?,
        email_id: row.take()?,
        answers_email_id: row.take()?,
        references: from_json(&row.take::<String>()?)?,
        raw_mail: row.take()?,
        automatic: row.take()?,
        because: from_json(&row.take::<String>()?)?,
        problems: from_json(&row.take::<String>()?)?,
        delivery: row.take()?,
        delivery_note: row.take()?,
        send_at: row.take()?,
        sent_at: row.take()?,
        writer: row.take()?,
        trust: trust_row(row)?,
    })
}

fn trust_row(row: &mut Row) -> Result<Trust, Fault> {
    Ok(Trust {
        verdict: row.take()?,
        domain: row.take()?,
        because: from_json(&row.take::<String>()?)?,
        marks: from_json(&row.take::<String>()?)?,
        reply_to: row.take()?,
        answers: row.take()?,
        chosen: row.take()?,
    })
}

/// Writes a message down. False if its raw mail became a message before.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn add_message(tx: &mut Tx<'_>, message: &Message) -> Result<bool, Fault> {
    let added = tx.run(
        sql!(
            "insert into messages (id, case_id, client_id, kind, channel, person_id, sender_name, sender_address, at,
                                   recipients, subject, new_text, quoted_text, signature, html_hash, language, spans,
                                   email_id, answers_email_id, references_list, raw_mail_id, automatic, because,
                                   problems, delivery, delivery_note, send_at, sent_at, writer_id, trust, trust_domain,
                                   trust_because, trust_marks, reply_to, answers_to, answers_chosen)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22,
                     $23, $24, $25, $26, $27, $28, $29, $30, $31, $32, $33, $34, $35, $36)
             on conflict do nothing"
        ),
        &[
            &message.id,
            &message.case,
            &message.client,
            &message.kind,
            &message.channel,
            &message.by.person,
            &message.by.name,
            &message.by.address,
            &message.at,
            &message.recipients,
            &message.subject,
            &message.new_text,
            &message.quoted_text,
            &message.signature,
            &message.html,
            &message.language,
            &json(&message.spans),
            &message.email_id,
            &message.answers_email_id,
            &json(&message.references),
            &message.raw_mail,
            &message.automatic,
            &json(&message.because),
            &json(&message.problems),
            &message.delivery,
            &message.delivery_note,
            &message.send_at,
            &message.sent_at,
            &message.writer,
            &message.trust.verdict,
            &message.trust.domain,
            &json(&message.trust.because),
            &json(&message.trust.marks),
            &message.trust.reply_to,
            &message.trust.answers,
            &message.trust.chosen,
        ],
    )?;
    Ok(added > 0)
}

/// The newest messages of a case, oldest of them first; at most `limit`.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn messages(tx: &mut Tx<'_>, case: CaseId, limit: i64) -> Result<Vec<Message>, Fault> {
    messages_before(tx, case, None, limit)
}

/// The newest messages of a case before one of them, oldest of them first; at most `limit`.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn messages_before(
    tx: &mut Tx<'_>,
    case: CaseId,
    before: Option<&Message>,
    limit: i64,
) -> Result<Vec<Message>, Fault> {
    let (at, id) = before.map_or((Instant::MAX, String::new()), |before| (before.at, before.id.to_string()));
    let mut messages = tx.list(
        sql!(
            "select id, case_id, client_id, kind, channel, person_id, sender_name, sender_address, at, recipients, subject,
                    new_text, quoted_text, signature, html_hash, language, spans, email_id, answers_email_id,
                    references_list, raw_mail_id, automatic, because, problems, delivery, delivery_note, send_at, sent_at,
                    writer_id, trust, trust_domain, trust_because, trust_marks, reply_to, answers_to, answers_chosen
             from messages where case_id = $1 and (at, id) < ($2, $3) order by at desc, id desc limit $4"
        ),
        &[&case, &at, &id, &limit],
        message_row,
    )?;
    messages.reverse();
    Ok(messages)
}

/// One message, for the program's own work.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn message(tx: &mut Tx<'_>, id: MessageId) -> Result<Option<Message>, Fault> {
    tx.maybe(
        sql!(
            "select id, case_id, client_id, kind, channel, person_id, sender_name, sender_address, at, recipients, subject,
                    new_text, quoted_text, signature, html_hash, language, spans, email_id, answers_email_id,
                    references_list, raw_mail_id, automatic, because, problems, delivery, delivery_note, send_at, sent_at,
                    writer_id, trust, trust_domain, trust_because, trust_marks, reply_to, answers_to, answers_chosen
             from messages where id = $1"
        ),
        &[&id],
        message_row,
    )
}

/// A message of a case that the person who asks has already been shown to see.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn message_in(tx: &mut Tx<'_>, case: CaseId, id: MessageId) -> Result<Option<Message>, Fault> {
    Ok(message(tx, id)?.filter(|message| message.case == case))
}

/// The newest mail that this customer wrote in a case, not a machine in their place, and what is known about its sender. What looks
/// forged is nobody's.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn newest_by(
    tx: &mut Tx<'_>,
    case: CaseId,
    writer: CustomerId,
) -> Result<Option<(MessageId, Trust)>, Fault> {
    tx.maybe(
        sql!(
            "select id, trust, trust_domain, trust_because, trust_marks, reply_to, answers_to, answers_chosen
             from messages where case_id = $1 and writer_id = $2 and kind = 'customer' and automatic is null
             order by at desc, id desc limit 1"
        ),
        &[&case, &writer],
        |row| Ok((row.take()?, trust_row(row)?)),
    )
}

/// Where answers to mails of this sender that ask for this address go in a case because a person chose so; `None` if nobody did.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn answers_chosen(
    tx: &mut Tx<'_>,
    case: CaseId,
    sender: &str,
    reply_to: &str,
) -> Result<Option<Answers>, Fault> {
    tx.maybe(
        sql!(
            "select answers_chosen from messages
             where case_id = $1 and sender_address = $2 and reply_to = $3 and answers_chosen is not null limit 1"
        ),
        &[&case, &sender, &reply_to],
        Row::take,
    )
}

/// Chooses where answers to mails of this sender that ask for this address go in a case.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn choose_answers(
    tx: &mut Tx<'_>,
    case: CaseId,
    sender: &str,
    reply_to: &str,
    chosen: Answers,
) -> Result<(), Fault> {
    tx.run(
        sql!(
            "update messages set answers_chosen = $1
             where case_id = $2 and sender_address = $3 and reply_to = $4 and kind = 'customer'"
        ),
        &[&chosen, &case, &sender, &reply_to],
    )
    .map(drop)
}

/// Takes a waiting reply for sending. False if it was withdrawn or has left.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn claim_for_sending(tx: &mut Tx<'_>, id: MessageId) -> Result<bool, Fault> {
    let claimed = tx.run(
        sql!(
            "update messages set delivery = 'sending'
             where id = $1 and delivery in ('waiting', 'sending', 'retrying')"
        ),
        &[&id],
    )?;
    Ok(claimed > 0)
}

/// Notes that a reply waits for its turn, until when and why. It can still be taken back if it could before.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn hold(tx: &mut Tx<'_>, id: MessageId, until: Instant, because: &str) -> Result<(), Fault> {
    tx.run(
        sql!(
            "update messages set send_at = $1, delivery_note = $2
             where id = $3 and delivery in ('waiting', 'sending', 'retrying')"
        ),
        &[&until, &because, &id],
    )
    .map(drop)
}

/// Notes how far a reply has come.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn deliver(
    tx: &mut Tx<'_>,
    id: MessageId,
    delivery: Delivery,
    note: &str,
    at: Instant,
) -> Result<(), Fault> {
    let sent_at = matches!(delivery, Delivery::Sent | Delivery::Delivered).then_some(at);
    tx.run(
        sql!("update messages set delivery = $1, delivery_note = $2, sent_at = $3 where id = $4"),
        &[&delivery, &note, &sent_at, &id],
    )
    .map(drop)
}

/// Takes a reply back that hasn't left. False if it has.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn withdraw(tx: &mut Tx<'_>, id: MessageId) -> Result<bool, Fault> {
    let stands = sql!("select count(*) from messages where id = $1 and delivery in ('waiting', 'held')");
    if tx.value::<i64>(stands, &[&id])? == 0 {
        return Ok(false);
    }
    super::plans::drop_plan(tx, id)?;
    tx.run(sql!("delete from approvals where message_id = $1 and state <> 'returned'"), &[&id])?;
    tx.run(sql!("delete from attachments where message_id = $1"), &[&id])?;
    tx.run(sql!("delete from translations where message_id = $1"), &[&id])?;
    tx.run(sql!("delete from handlings where message_id = $1"), &[&id])?;
    tx.run(sql!("delete from signals where message_id = $1"), &[&id])?;
    tx.run(sql!("delete from case_topics where message_id = $1"), &[&id])?;
    Ok(tx.run(sql!("delete from messages where id = $1"), &[&id])? > 0)
}

fn attachment_row(row: &mut Row) -> Result<AttachmentRow, Fault> {
    Ok(AttachmentRow {
        message: row.take()?,
        position: row.take()?,
        name: row.take()?,
        media_type: row.take()?,
        size: row.take()?,
        blob: row.take()?,
        inline: row.take()?,
        content_id: row.take()?,
    })
}

/// Writes an attachment down. Doing it again changes nothing.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn add_attachment(tx: &mut Tx<'_>, attachment: &AttachmentRow) -> Result<(), Fault> {
    tx.run(
        sql!(
            "insert into attachments (message_id, position, name, media_type, size, blob_hash, is_inline, content_id)
             values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict do nothing"
        ),
        &[
            &attachment.message,
            &attachment.position,
            &attachment.name,
            &attachment.media_type,
            &attachment.size,
            &attachment.blob,
            &attachment.inline,
            &attachment.content_id,
        ],
    )
    .map(drop)
}

/// The attachments of a case's messages, in order.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn attachments(tx: &mut Tx<'_>, case: CaseId) -> Result<Vec<AttachmentRow>, Fault> {
    tx.list(
        sql!(
            "select a.message_id, a.position, a.name, a.media_type, a.size, a.blob_hash, a.is_inline, a.content_id
             from messages m join attachments a on a.message_id = m.id where m.case_id = $1
             order by a.message_id, a.position"
        ),
        &[&case],
        attachment_row,
    )
}

/// The files of one message, in order, for the program's own work.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn attachments_of(tx: &mut Tx<'_>, message: MessageId) -> Result<Vec<AttachmentRow>, Fault> {
    tx.list(
        sql!(
            "select message_id, position, name, media_type, size, blob_hash, is_inline, content_id
             from attachments where message_id = $1 order by position"
        ),
        &[&message],
        attachment_row,
    )
}

/// One attachment of a message.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn attachment(
    tx: &mut Tx<'_>,
    message: MessageId,
    position: i64,
) -> Result<Option<AttachmentRow>, Fault> {
    tx.maybe(
        sql!(
            "select message_id, position, name, media_type, size, blob_hash, is_inline, content_id
             from attachments where message_id = $1 and position = $2"
        ),
        &[&message, &position],
        attachment_row,
    )
}

/// The sender's address and the subject of each of a client's mails that were received under a Message-ID.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn received_as(
    tx: &mut Tx<'_>,
    client: ClientId,
    email_id: &str,
) -> Result<Vec<(String, String)>, Fault> {
    tx.list(
        sql!(
            "select sender_address, subject from messages
             where client_id = $1 and email_id = $2 and kind = 'customer' order by at desc limit 50"
        ),
        &[&client, &email_id],
        |row| Ok((row.take()?, row.take()?)),
    )
}
