//! What a reply's letter says: who writes to whom, in which thread, with which signature and which files.

use crate::{Desk, escalations, mailboxes, participants, place, understanding};
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
    pub(crate) key: Arc<str>,
    pub(crate) public_address: Option<Arc<str>>,
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
    if escalations::is_letter(message) {
        return escalations::letter(tx, head, case, message);
    }
    let Some(mailbox) = engagement_tables::mailbox(tx, case.mailbox)? else { return Ok(None) };
    let Ok(to) = message.recipients.parse::<EmailAddress>() else { return Ok(None) };
    let name = name_at(tx, case, &to)?;
    let domain = mailbox.address.domain().to_owned();
    let Thread { in_reply_to, references, subject } = thread_of(tx, case, message, &to, &domain)?;
    let (sender, signature) = appearance(tx, case, message, &mailbox)?;
    let copies = case_tables::copies_of(tx, message.id)?.into_iter();
    let scheduled = case_tables::plan(tx, message.id)?.map(|plan| plan.at);
    Ok(Some(Letter {
        message_id: message.id,
        from: Addressee { name: sender, address: mailbox.address.clone() },
        to: vec![Addressee { name, address: to }],
        cc: copies.map(|copy| Addressee { name: copy.name, address: copy.address }).collect(),
        reply_to: Some(reply_address(head.key.as_bytes(), &mailbox.address, &case.reference)),
        subject: format!("Re: {}", subject.trim_start_matches("Re: ")),
        in_reply_to,
        references,
        markdown: message.new_text.clone(),
        signature,
        downloads: downloads(tx, head, case, message)?,
        quoted: None,
        language: message.language.clone(),
        page: understanding::page(tx, head, message)?,
        written_in: place::disclosed(tx, case, message)?,
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
pub(crate) fn downloads(
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

/// The name of whoever is written to.
fn name_at(tx: &mut Tx<'_>, case: &Case, to: &EmailAddress) -> Result<String, Fault> {
    let known = match participants::is_customers(tx, case, to)? {
        true => Some(case.customer),
        false => people_tables::customer_at(tx, case.client, to)?,
    };
    let Some(known) = known else { return Ok(String::new()) };
    Ok(people_tables::customer(tx, known)?.map(|customer| customer.name).unwrap_or_default())
}

/// Where a letter stands in the thread of whoever gets it.
struct Thread {
    /// The Message-ID that it answers.
    in_reply_to: Option<String>,
    /// Those of its thread, oldest first: what mail programs sort by.
    references: Vec<String>,
    /// The subject that it answers.
    subject: String,
}

/// The thread as the reader may see it.
fn thread_of(
    tx: &mut Tx<'_>,
    case: &Case,
    reply: &Message,
    to: &EmailAddress,
    domain: &str,
) -> Result<Thread, Fault> {
    let sight = participants::sight(tx, case, to)?;
    let mut shown = case_tables::messages(tx, case.id, 50)?;
    shown.retain(|one| one.id != reply.id && one.at <= reply.at && sight.shows(one));
    let written = |message: &&Message| message.kind == MessageKind::Customer;
    let theirs = |message: &&Message| written(message) && message.by.address == to.as_str();
    let newest = shown.iter().rev().find(theirs).or_else(|| shown.iter().rev().find(written));
    let subject = match newest {
        Some(newest) if !sight.is_whole() && !newest.subject.trim().is_empty() => {
            newest.subject.trim().to_owned()
        }
        _ => case.subject.clone(),
    };
    let newest = newest.and_then(|message| message.email_id.clone());
    let ids = |message: &Message| match message.kind {
        MessageKind::Customer => message.email_id.clone(),
        _ => Some(message_id_text(message.id, domain)),
    };
    let first = shown.iter().find(written).map(|message| message.references.clone()).unwrap_or_default();
    let mut references: Vec<String> = first.into_iter().chain(shown.iter().filter_map(ids)).collect();
    references.dedup();
    let answered = newest.or_else(|| references.last().cloned());
    // RFC 5322 3.6.4: what is answered stands last.
    references.retain(|id| Some(id) != answered.as_ref());
    references.extend(answered.clone());
    let skip = references.len().saturating_sub(20);
    Ok(Thread { in_reply_to: answered, references: references.split_off(skip), subject })
}
