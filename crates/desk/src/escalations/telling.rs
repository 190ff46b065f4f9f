//! Letters of escalations: what whoever has one is told by mail, with only what was handed over. Each is a note in the case, so that
//! everybody sees what left; its secret link is added when it leaves, and stands in no table.

use super::moving::By;
use crate::{
    enclosures::{self, Enclosed, Links},
    letters::{Letterhead, downloads},
    mailboxes, replies,
};
use cases::{
    By as Author, Case, Delivery, Message, MessageKind,
    escalation::{Act, Escalation, EscalationStep, EscalationWords, Moved, answer_address, escalation_words},
    letter::{Addressee, Letter, Written, message_id_text},
    tables as case_tables,
    token::{Purpose, token},
};
use engagements::{Mailbox, tables as engagement_tables};
use jiff::tz::TimeZone;
use kernel::{Because, EmailAddress, Fault, Instant, LanguageTag, MessageId, Stop};
use people::{Secret, tables as people_tables};
use std::time::Duration;
use store::{Tx, fresh};

/// The channel of these notes.
const CHANNEL: &str = "escalation";
/// How long the link of the newest letter opens.
const LINKED_FOR: Duration = Duration::from_secs(30 * 24 * 60 * 60);
/// How many characters of what is asked stand in the subject.
const SUBJECT: usize = 60;

/// Whether a message is a letter of an escalation.
pub(crate) fn is_letter(message: &Message) -> bool {
    message.channel == CHANNEL && message.kind == MessageKind::Note && !message.recipients.is_empty()
}

/// Whether whoever has it is told of a step; `waited` says that something was still expected of them.
pub(super) fn wants_letter(act: Act, waited: bool) -> bool {
    match act {
        Act::Opened | Act::Supplied | Act::SentAgain | Act::Reminded => true,
        Act::Closed => waited,
        _ => false,
    }
}

/// Writes the letter of a step down and sends it on its way; the link opens for a time from now on.
pub(super) fn write(
    tx: &mut Tx<'_>,
    head: &Letterhead,
    case: &Case,
    escalation: &mut Escalation,
    moved: &Moved,
    by: &By,
    now: Instant,
) -> Result<MessageId, Fault> {
    if escalation.person.is_none() {
        let until = now.plus(LINKED_FOR);
        case_tables::link(tx, escalation.id, &Secret::presented(&secret(head, escalation)).hash(), until)?;
        escalation.token_until = Some(until);
    }
    let (language, zone) = language(tx, case, escalation)?;
    let words = escalation_words(&language);
    let client = people_tables::client(tx, case.client)?.map(|client| client.name).unwrap_or_default();
    let to = super::moving::holder(tx, escalation)?;
    let sentence = format!("This went to {to} as a letter. The customer doesn’t see it.");
    let note = Message {
        channel: CHANNEL.to_owned(),
        by: Author { person: by.person, name: by.name.clone(), address: String::new() },
        recipients: escalation.address.clone(),
        subject: subject(words, escalation),
        new_text: markdown(words, escalation, moved, &client, &zone),
        language: words.language.parse().unwrap_or(language),
        because: vec![Because::new("escalated.letter", sentence)],
        delivery: Delivery::Waiting,
        send_at: Some(now),
        ..Message::blank(fresh(), case, MessageKind::Note, now)
    };
    case_tables::add_message(tx, &note)?;
    case_tables::note_quiet_message(tx, case.id)?;
    jobs::enqueue(tx, replies::SEND, note.id, now, now)?;
    Ok(note.id)
}

/// Puts files of the case into a letter. One that isn't there goes along nowhere.
pub(super) fn enclose(
    tx: &mut Tx<'_>,
    head: &Letterhead,
    case: &Case,
    letter: MessageId,
    chosen: &[(MessageId, i64)],
    now: Instant,
) -> Result<(), Stop> {
    if chosen.is_empty() {
        return Ok(());
    }
    let mut files = case_tables::attachments(tx, case.id)?;
    files.retain(|file| chosen.contains(&(file.message, file.position)));
    let files: Vec<Enclosed> = files.into_iter().map(Enclosed::from).collect();
    let links = if head.public_address.is_some() { Links::Possible } else { Links::Impossible };
    enclosures::attach(tx, letter, &files, links, now)
}

/// The secret of an escalation's link. It is made from the desk's key each time, so that no table holds it.
fn secret(head: &Letterhead, escalation: &Escalation) -> String {
    let says = format!("{} {}", escalation.id, escalation.opened_at.micros());
    token(head.key.as_bytes(), Purpose::Escalation, &says)
}

/// The language that whoever has it reads, and the zone in which they are told times.
fn language(tx: &mut Tx<'_>, case: &Case, escalation: &Escalation) -> Result<(LanguageTag, TimeZone), Fault> {
    let client = people_tables::client(tx, case.client)?;
    let vendor = match escalation.vendor {
        Some(id) => engagement_tables::vendors::vendor(tx, id)?,
        None => None,
    };
    let clients = client.as_ref().map_or_else(LanguageTag::unknown, |client| client.language.clone());
    let zone = client.and_then(|client| TimeZone::get(&client.zone).ok()).unwrap_or(TimeZone::UTC);
    Ok((vendor.map_or(clients, |vendor| vendor.language), zone))
}

fn subject(words: &EscalationWords, escalation: &Escalation) -> String {
    let line = escalation.asked.split_whitespace().collect::<Vec<_>>().join(" ");
    let cut: String = line.chars().take(SUBJECT).collect();
    let more = if line.chars().count() > SUBJECT { "…" } else { "" };
    format!("{}: {cut}{more}", words.subject)
}

/// What the letter says, without its link.
fn markdown(
    words: &EscalationWords,
    escalation: &Escalation,
    moved: &Moved,
    client: &str,
    zone: &TimeZone,
) -> String {
    let mut parts = vec![words.intro.replace("{client}", client)];
    if let Some(tells) = words.tells(moved.act) {
        parts.push(format!("**{tells}**"));
        parts.extend((!moved.words.is_empty()).then(|| moved.words.clone()));
    }
    let part = |heading: &str, text: &str| (!text.is_empty()).then(|| format!("**{heading}**\n\n{text}"));
    parts.extend(part(words.asked, &escalation.asked));
    parts.extend(part(words.tried, &escalation.tried));
    let lines: Vec<String> = super::seeing::handed_over(words, escalation)
        .iter()
        .map(|(label, value)| line(label, value))
        .collect();
    parts.extend((!lines.is_empty()).then(|| format!("**{}**\n\n{}", words.details, lines.join("\n"))));
    if let Some(needed_at) = escalation.needed_at.filter(|_| moved.act != Act::Closed) {
        let at = needed_at.timestamp().to_zoned(zone.clone()).strftime("%Y-%m-%d %H:%M %:z").to_string();
        parts.push(format!("**{}:** {at}", words.needed_by));
    }
    parts.join("\n\n")
}

/// A field on a line of a list; further lines of it are part of the same item.
fn line(label: &str, value: &str) -> String {
    format!("- {label}: {}", value.replace('\n', "\n  "))
}

/// The letter of such a note, with its link; `None` when the mailbox is gone or it goes nowhere.
pub(crate) fn letter(
    tx: &mut Tx<'_>,
    head: &Letterhead,
    case: &Case,
    message: &Message,
) -> Result<Option<Letter>, Fault> {
    let Some((escalation, step)) = case_tables::step_told_by(tx, message.id)? else { return Ok(None) };
    let Some(mailbox) = engagement_tables::mailbox(tx, case.mailbox)? else { return Ok(None) };
    let Ok(to) = message.recipients.parse::<EmailAddress>() else { return Ok(None) };
    let name = super::moving::holder(tx, &escalation)?;
    let domain = mailbox.address.domain().to_owned();
    let references = earlier(tx, &escalation, &step, &domain)?;
    let (_, zone) = language(tx, case, &escalation)?;
    let markdown = format!("{}{}", message.new_text, below(head, &escalation, &step, &zone, message));
    Ok(Some(Letter {
        message_id: message.id,
        from: Addressee { name: sender(tx, message, &mailbox)?, address: mailbox.address.clone() },
        to: vec![Addressee { name: if name == to.as_str() { String::new() } else { name }, address: to }],
        cc: Vec::new(),
        reply_to: Some(answer_address(head.key.as_bytes(), &mailbox.address, escalation.id)),
        subject: message.subject.clone(),
        in_reply_to: references.last().cloned(),
        references,
        markdown,
        signature: String::new(),
        downloads: downloads(tx, head, case, message)?,
        quoted: None,
        language: message.language.clone(),
        page: None,
        written: Written::ByPerson,
        written_in: None,
        unsubscribe: None,
        date: message.at,
        attachments: Vec::new(),
        domain,
    }))
}

fn sender(tx: &mut Tx<'_>, message: &Message, mailbox: &Mailbox) -> Result<String, Fault> {
    let identity = engagement_tables::identity(tx, mailbox.id)?;
    Ok(identity.sender(mailboxes::writer(&message.by.name, mailbox), &message.language))
}

/// The Message-IDs of the letters before this one.
fn earlier(
    tx: &mut Tx<'_>,
    escalation: &Escalation,
    step: &EscalationStep,
    domain: &str,
) -> Result<Vec<String>, Fault> {
    let steps = case_tables::escalation_steps(tx, escalation.id)?;
    let before = steps.iter().take_while(|one| one.message != step.message);
    let letters = before.filter(|one| wants_letter(one.act, true)).filter_map(|one| one.message);
    Ok(letters.map(|id| message_id_text(id, domain)).collect())
}

/// Where it is seen and answered. What is over needs neither.
fn below(
    head: &Letterhead,
    escalation: &Escalation,
    step: &EscalationStep,
    zone: &TimeZone,
    message: &Message,
) -> String {
    let words = escalation_words(&message.language);
    if step.act == Act::Closed {
        return String::new();
    }
    let day = escalation.token_until.map(|until| until.timestamp().to_zoned(zone.clone()).date().to_string());
    let link = match (head.public_address.as_deref(), escalation.person) {
        (None, _) => None,
        (Some(base), Some(_)) => Some(format!("{}\n{base}/escalations/{}", words.desk, escalation.id)),
        (Some(base), None) => {
            let until = words.until.replace("{day}", &day.unwrap_or_default());
            Some(format!("{}\n{base}/escalated/{}\n{until}", words.link, secret(head, escalation)))
        }
    };
    let parts = link.into_iter().chain([words.by_mail.to_owned()]);
    parts.map(|part| format!("\n\n{part}")).collect()
}
