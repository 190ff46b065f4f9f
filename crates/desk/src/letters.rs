//! What a reply's letter says: who writes to whom, in which thread, with which signature and which files.

use crate::{Desk, mailboxes};
use cases::{
    Case, DownloadRow, Message, MessageKind,
    letter::{Addressee, Download, Letter, Written, message_id_text},
    tables as case_tables,
    threading::reply_address,
    token::{Purpose, token},
};
use engagements::{Mailbox, tables as engagement_tables};
use jiff::tz::TimeZone;
use kernel::{EmailAddress, Fault, LanguageTag, MessageId};
use people::tables as people_tables;
use std::sync::Arc;
use store::Tx;

/// What the desk knows that stands in letters.
#[derive(Clone)]
pub(crate) struct Letterhead {
    key: Arc<str>,
    public_address: Option<Arc<str>>,
}

impl Letterhead {
    pub(crate) fn of(desk: &Desk) -> Self {
        Self { key: Arc::clone(&desk.signing_key), public_address: desk.public_address.clone() }
    }
}

/// The letter of a reply, still without its files; `None` when the mailbox or the customer's address is gone.
pub(crate) fn letter(
    tx: &mut Tx<'_>,
    head: &Letterhead,
    case: &Case,
    message: &Message,
) -> Result<Option<Letter>, Fault> {
    let Some(mailbox) = engagement_tables::mailbox(tx, case.mailbox)? else { return Ok(None) };
    let Ok(to) = message.recipients.parse::<EmailAddress>() else { return Ok(None) };
    let name = people_tables::customer(tx, case.customer)?.map(|customer| customer.name).unwrap_or_default();
    let domain = mailbox.address.domain().to_owned();
    let (in_reply_to, references) = thread_of(tx, case, message, &domain)?;
    let (sender, signature) = appearance(tx, case, message, &mailbox)?;
    let copies = case_tables::copies_of(tx, message.id)?.into_iter();
    let scheduled = case_tables::plan(tx, message.id)?.map(|plan| plan.at);
    Ok(Some(Letter {
        message_id: message.id,
        from: Addressee { name: sender, address: mailbox.address.clone() },
        to: vec![Addressee { name, address: to }],
        cc: copies.map(|copy| Addressee { name: copy.name, address: copy.address }).collect(),
        reply_to: Some(reply_address(head.key.as_bytes(), &mailbox.address, &case.reference)),
        subject: format!("Re: {}", case.subject.trim_start_matches("Re: ")),
        in_reply_to,
        references,
        markdown: message.new_text.clone(),
        signature,
        downloads: downloads(tx, head, case, message)?,
        quoted: None,
        language: message.language.clone(),
        written: Written::ByPerson,
        unsubscribe: None,
        date: scheduled.map_or(message.at, |scheduled| scheduled.max(message.at)),
        attachments: Vec::new(),
        domain,
    }))
}

/// The sender's name and the signature.
fn appearance(
    tx: &mut Tx<'_>,
    case: &Case,
    message: &Message,
    mailbox: &Mailbox,
) -> Result<(String, String), Fault> {
    let identity = engagement_tables::identity(tx, mailbox.id)?;
    let clients = people_tables::client(tx, case.client)?.map(|client| client.language);
    let clients = clients.unwrap_or_else(LanguageTag::unknown);
    let writer = mailboxes::writer(&message.by.name, mailbox);
    let language = &message.language;
    Ok((identity.sender(writer, language), identity.signature(writer, language, &clients)))
}

/// The files that are fetched from us, each with its address.
fn downloads(
    tx: &mut Tx<'_>,
    head: &Letterhead,
    case: &Case,
    message: &Message,
) -> Result<Vec<Download>, Fault> {
    let rows = case_tables::downloads_of(tx, message.id)?;
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let files = case_tables::attachments_of(tx, message.id)?;
    let zone = people_tables::client(tx, case.client)?.map(|client| client.zone).unwrap_or_default();
    let zone = TimeZone::get(&zone).unwrap_or(TimeZone::UTC);
    let base = head.public_address.as_deref().unwrap_or_default();
    let described = |row: &DownloadRow| {
        let file = files.iter().find(|file| file.position == row.position)?;
        let token = token(head.key.as_bytes(), Purpose::Download, &download_says(row));
        Some(Download {
            name: file.name.clone(),
            size: file.size,
            url: format!("{base}/downloads/{token}"),
            until: row.until.timestamp().to_zoned(zone.clone()).date().to_string(),
        })
    };
    Ok(rows.iter().filter_map(described).collect())
}

/// What the token of a file says.
fn download_says(row: &DownloadRow) -> String {
    format!("{} {}", row.message, row.position)
}

/// What was said so.
pub(crate) fn download_said(says: &str) -> Option<(MessageId, i64)> {
    let (message, position) = says.split_once(' ')?;
    Some((message.parse().ok()?, position.parse().ok()?))
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
