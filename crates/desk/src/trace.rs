//! Why a mail is where it is: everything that is stored about how the mails of a case came, were read, were placed and went out.
//! The tool of whoever has the data folder in hand; it only reads.

use cases::{
    Case, HEAD, Kept, Message, MessageKind, RawMail, reference_of, steps::Step, tables as case_tables,
    threading,
};
use engagements::{Mailbox, tables as engagement_tables};
use jobs::JobRow;
use kernel::{Fault, Instant, Kind, RawMailId, Refused, Stop};
use people::tables as people_tables;
use store::{Blobs, Happened, Store, Tx};

use crate::{aside, intake::RECEIVE, receive::mailbox_for, replies::SEND};

/// So many mails of a case are told.
const MOST_MAILS: i64 = 10_000;
/// So many of the mails that are in no case are looked through for a Message-ID, the newest first.
const MOST_ASIDE: i64 = 10_000;

/// What was found.
#[derive(Debug, Default)]
pub struct Found {
    /// The cases, with the mails that were asked for.
    pub cases: Vec<Trace>,
    /// Mails that are in no case.
    pub aside: Vec<AsideMail>,
}

/// A case and its mails.
#[derive(Debug)]
pub struct Trace {
    /// The case.
    pub case: Case,
    /// Its client's name.
    pub client: String,
    /// The mailbox that it came through, if that still is one.
    pub mailbox: Option<Mailbox>,
    /// Why nothing is sent to the customer's address, if so.
    pub held_back: Option<String>,
    /// Its mails, oldest first. Notes are none.
    pub mails: Vec<TracedMail>,
    /// What happened to the case and who did it, oldest first; empty when one mail was asked for.
    pub events: Vec<(Happened, Option<String>)>,
}

/// A mail of a case.
#[derive(Debug)]
pub struct TracedMail {
    /// The message that it became, with the reasons that were stored.
    pub message: Message,
    /// How it came, if it came.
    pub came: Option<RawMail>,
    /// The mailbox to which its recipient leads today.
    pub leads_to: Option<Mailbox>,
    /// The steps that it took on its way out.
    pub steps: Vec<Step>,
    /// The job that sends it, while there is one.
    pub job: Option<JobRow>,
}

/// A mail that is in no case.
#[derive(Debug)]
pub struct AsideMail {
    /// How it came.
    pub came: RawMail,
    /// `received` while it waits to be read, `parked`, `discarded`.
    pub state: String,
    /// Why.
    pub because: String,
    /// The job that reads it, while there is one.
    pub job: Option<JobRow>,
}

/// What is stored about a case, named by its reference, or about a mail, named by its Message-ID.
///
/// # Errors
/// Refused as `trace.nothing_found` when neither is known.
pub async fn trace(store: &Store, blobs: &Blobs, asked: &str) -> Result<Found, Stop> {
    let asked = asked.trim().trim_start_matches('<').trim_end_matches('>').to_owned();
    let found = if asked.contains('@') {
        let of_cases = by_message_id(store, asked.clone()).await?;
        Found { cases: of_cases, aside: among_the_others(store, blobs, asked.clone()).await? }
    } else {
        let named = reference_of(&asked);
        let case = store.read(move |tx| case_by_reference(tx, &named)).await?;
        Found { cases: case.into_iter().collect(), aside: Vec::new() }
    };
    if found.cases.is_empty() && found.aside.is_empty() {
        return Err(nothing_found(&asked).into());
    }
    Ok(found)
}

fn nothing_found(asked: &str) -> Refused {
    Refused::new(Kind::NotFound, "trace.nothing_found", format!("No case and no mail is known as {asked}."))
        .hint(
            "Name a case by its reference, as K7QM-3XTP, or a mail by its Message-ID, as its head shows it.",
        )
}

fn case_by_reference(tx: &mut Tx<'_>, reference: &str) -> Result<Option<Trace>, Fault> {
    let Some(case) = case_tables::case_by_reference(tx, reference)? else { return Ok(None) };
    let messages = case_tables::messages(tx, case.id, MOST_MAILS)?;
    let events = tx.events_of(case.id, Instant::MAX, MOST_MAILS)?;
    let mut told = Vec::new();
    for event in events {
        let person = event.person.map_or(Ok(None), |person| people_tables::person(tx, person))?;
        told.push((event, person.map(|person| person.name)));
    }
    Ok(Some(Trace { events: told, ..of_case(tx, case, messages)? }))
}

async fn by_message_id(store: &Store, id: String) -> Result<Vec<Trace>, Fault> {
    store
        .read(move |tx| {
            let mut cases = case_tables::found_by_email_id(tx, &id)?;
            let ours = threading::our_id(&id);
            if let Some(ours) = ours {
                cases.extend(case_tables::found_by_message(tx, ours)?);
            }
            cases.sort_by_key(|case| case.id);
            cases.dedup_by_key(|case| case.id);
            let mut traces = Vec::new();
            for case in cases {
                let mut messages = case_tables::messages(tx, case.id, MOST_MAILS)?;
                messages.retain(|message| {
                    message.email_id.as_deref() == Some(id.as_str()) || Some(message.id) == ours
                });
                traces.push(of_case(tx, case, messages)?);
            }
            Ok::<_, Fault>(traces)
        })
        .await
}

fn of_case(tx: &mut Tx<'_>, case: Case, messages: Vec<Message>) -> Result<Trace, Fault> {
    let mut mails = Vec::new();
    for message in messages.into_iter().filter(|message| message.kind != MessageKind::Note) {
        mails.push(mail(tx, message)?);
    }
    Ok(Trace {
        client: people_tables::client(tx, case.client)?.map(|client| client.name).unwrap_or_default(),
        mailbox: engagement_tables::mailbox(tx, case.mailbox)?,
        held_back: people_tables::bounced_because(tx, case.customer)?,
        mails,
        events: Vec::new(),
        case,
    })
}

fn mail(tx: &mut Tx<'_>, message: Message) -> Result<TracedMail, Fault> {
    let came = message.raw_mail.map_or(Ok(None), |id| case_tables::raw_mail(tx, id))?;
    let leads_to = came.as_ref().map_or(Ok(None), |raw| mailbox_for(tx, &raw.recipient))?;
    let steps = case_tables::steps(tx, message.id)?;
    let job = jobs::about(tx, SEND, message.id)?;
    Ok(TracedMail { message, came, leads_to, steps, job })
}

/// The mails in no case whose head names this Message-ID. It isn't stored beside them, so their heads are looked through.
async fn among_the_others(store: &Store, blobs: &Blobs, id: String) -> Result<Vec<AsideMail>, Fault> {
    let mut found = Vec::new();
    for raw in store.read(|tx| case_tables::in_no_case(tx, MOST_ASIDE)).await? {
        let Some(mail) = store.read(move |tx| aside_mail(tx, raw)).await? else { continue };
        let (kept, blobs, id) = (mail.came.kept.clone(), blobs.clone(), id.clone());
        if aside(move || names(&kept, &blobs, &id)).await?? {
            found.push(mail);
        }
    }
    Ok(found)
}

fn aside_mail(tx: &mut Tx<'_>, id: RawMailId) -> Result<Option<AsideMail>, Fault> {
    let (Some(came), Some((state, because))) =
        (case_tables::raw_mail(tx, id)?, case_tables::raw_mail_standing(tx, id)?)
    else {
        return Ok(None);
    };
    Ok(Some(AsideMail { came, state, because, job: jobs::about(tx, RECEIVE, id)? }))
}

fn names(kept: &Kept, blobs: &Blobs, id: &str) -> Result<bool, Fault> {
    let head = match kept {
        Kept::InRow(bytes) => bytes[..bytes.len().min(HEAD)].to_vec(),
        Kept::InBlob(hash) => blobs.beginning(hash, HEAD)?,
    };
    Ok(cases::message_id_in(&head).is_some_and(|named| named == id))
}
