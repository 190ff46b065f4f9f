//! Receiving: a mail that was read becomes a message in a case, with its reasons, its event and its words for search.

use crate::{
    Desk, aside, bounces, changes, clocks, escalations, expecting,
    floods::{self, Shows},
    kinship, own_letters, place, placement, routing, scheduled, succession, translating, vouching,
};
use cases::{
    AttachmentRow, By, Case, Kept, LastWord, Message, MessageKind, Priority, RawMail, State,
    absences::Absence,
    correspondence::Correspondence,
    incoming::{AutoKind, Incoming},
    loops::Handling,
    sifting,
    tables::{self as case_tables, Moved},
    threading::{self, Candidates, Facts, FoundBy, Match, Origin, Writer},
    trust::Trust,
};
use engagements::{Mailbox, tables as engagement_tables};
use kernel::{Because, BlobHash, CaseId, ClientId, CustomerId, EmailAddress, Fault, Id, Instant, MessageId};
use language::Identified;
use people::tables as people_tables;
use std::sync::Arc;
use store::{Tx, fresh};

/// A mail with everything worked out that needs no database.
pub(crate) struct Arrival {
    pub(crate) raw: RawMail,
    pub(crate) mail: Incoming,
    message: MessageId,
    html: Option<BlobHash>,
    pub(crate) files: Vec<AttachmentRow>,
    identified: Identified,
    spans: Vec<cases::Span>,
    /// The customer asks for somebody in their country.
    wish: Option<language::PlaceWish>,
    pub(crate) now: Instant,
    pub(crate) desk: Desk,
}

/// Puts a mail into the case where it belongs, or parks it for a person. Doing it again changes nothing.
///
/// # Errors
/// A fault when blobs or database can't be reached; the job is then tried again.
pub async fn receive(desk: &Desk, raw: RawMail, mail: Incoming) -> Result<(), Fault> {
    let prior = expecting::languages(desk, &raw, &mail).await?;
    let (blobs, identifier, now) = (desk.blobs.clone(), Arc::clone(&desk.identifier), desk.clock.now());
    let inner = desk.clone();
    let arrival = aside(move || {
        let message: MessageId = fresh();
        let html = mail.html.as_ref().map(|html| blobs.put(html.as_bytes())).transpose()?;
        let files = keep_files(&blobs, message, &mail)?;
        let (identified, spans) = identifier.identify(&mail.new_text, &prior);
        let spans = spans.into_iter().map(span).collect();
        let wish = language::place_wish(&mail.new_text, &identified.language);
        Ok::<_, Fault>(Arrival { raw, mail, message, html, files, identified, spans, wish, now, desk: inner })
    })
    .await??;
    let key = Arc::clone(&desk.signing_key);
    desk.store.write(move |tx| place(tx, key.as_bytes(), &arrival)).await
}

fn span(span: language::Span) -> cases::Span {
    cases::Span { start: span.start, end: span.end, language: span.language, confidence: span.confidence }
}

fn keep_files(
    blobs: &store::Blobs,
    message: MessageId,
    mail: &Incoming,
) -> Result<Vec<AttachmentRow>, Fault> {
    let rows = mail.attachments.iter().zip(0..).map(|(file, position)| {
        Ok(AttachmentRow {
            message,
            position,
            name: file.name.clone(),
            media_type: file.media_type.clone(),
            size: i64::try_from(file.bytes).unwrap_or(i64::MAX),
            blob: blobs.put(&file.content)?,
            inline: file.inline,
            content_id: file.content_id.clone(),
        })
    });
    rows.collect()
}

/// The mailbox that an address leads to, with or without a detail behind a plus sign.
pub(crate) fn mailbox_for(tx: &mut Tx<'_>, recipient: &EmailAddress) -> Result<Option<Mailbox>, Fault> {
    match engagement_tables::mailbox_at(tx, recipient)? {
        Some(mailbox) => Ok(Some(mailbox)),
        None => engagement_tables::mailbox_at(tx, &recipient.without_detail().0),
    }
}

/// Who wrote: the sender that the mail names, else the envelope's, else somebody who can't be answered.
pub(crate) fn author(raw: &RawMail, mail: &Incoming) -> EmailAddress {
    let named = mail.from.as_ref().and_then(|from| from.email());
    let nobody = || "unknown@sender.invalid".parse().expect("a constant address parses");
    named.or_else(|| raw.sender.parse().ok()).unwrap_or_else(nobody)
}

/// The transaction: everything about the mail is written at once.
fn place(tx: &mut Tx<'_>, key: &[u8], arrival: &Arrival) -> Result<(), Fault> {
    if case_tables::raw_mail_state(tx, arrival.raw.id)?.is_none_or(|state| state != "received") {
        return Ok(());
    }
    if let Kept::InBlob(blob) = &arrival.raw.kept {
        case_tables::keep_in_blob(tx, arrival.raw.id, blob)?;
    }
    let Some(mailbox) = mailbox_for(tx, &arrival.raw.recipient)? else {
        return park(tx, arrival, "No mailbox leads this address to a client any more.");
    };
    if let Some(sentence) = own_mail(tx, arrival)? {
        return park(tx, arrival, &sentence);
    }
    into_case(tx, key, arrival, &mailbox)
}

/// Why the mail counts as one of ours, unless a person has decided that it is to become a case all the same.
fn own_mail(tx: &mut Tx<'_>, arrival: &Arrival) -> Result<Option<String>, Fault> {
    if case_tables::is_released(tx, arrival.raw.id)? {
        return Ok(None);
    }
    let ours = mailbox_for(tx, &author(&arrival.raw, &arrival.mail))?.map(|mailbox| mailbox.address);
    let own = sifting::own_mail(&arrival.mail, ours.as_slice());
    Ok(own.and_then(|own| own.because.into_iter().next()).map(|because| because.sentence))
}

fn park(tx: &mut Tx<'_>, arrival: &Arrival, because: &str) -> Result<(), Fault> {
    case_tables::park(tx, arrival.raw.id, because)?;
    tx.record(&store::Event {
        at: arrival.now,
        kind: "mail.parked",
        client: None,
        engagement: None,
        case: None,
        person: None,
        sentence: because.to_owned(),
    })
}

fn into_case(tx: &mut Tx<'_>, key: &[u8], arrival: &Arrival, mailbox: &Mailbox) -> Result<(), Fault> {
    let from = author(&arrival.raw, &arrival.mail);
    let trust = vouching::trust(tx, mailbox, &from, &arrival.mail)?;
    if let Some(about) = bounces::about(tx, &arrival.mail, mailbox.client)? {
        let (case, because) = (&about.case, vec![about.because.clone()]);
        let wrote = Wrote { from: &from, writer: None, trust, because, shows: Shows::Touched };
        add(tx, arrival, case, wrote)?;
        bounces::note(tx, &about, &arrival.mail, arrival.now)?;
        return case_tables::mark_read(tx, arrival.raw.id);
    }
    if escalations::arrived(tx, arrival, mailbox.client, &from, &trust)? {
        return case_tables::mark_read(tx, arrival.raw.id);
    }
    let origin = Origin::of(trust.verdict);
    let colleague = own_letters::colleague(tx, &from)?;
    if let Some(person) = &colleague
        && let Some(case) = own_letters::case_of(tx, key, arrival, mailbox.client, origin)?
    {
        own_letters::file(tx, arrival, &case, person, trust)?;
        return case_tables::mark_read(tx, arrival.raw.id);
    }
    let sender = sender(tx, arrival, mailbox, &from, origin)?;
    let facts = facts(tx, key, arrival, mailbox.client, &sender)?;
    let decision = threading::thread(&facts);
    let (case, handling) = case_for(tx, arrival, mailbox, &sender, &decision)?;
    let (reason, shows) = floods::reason(handling);
    let opens = colleague.map(|person| own_letters::opens_for(&person)).into_iter().collect();
    let because = [reason, vec![decision.because], decision.marks, opens, decision.ignored].concat();
    let writer = sender.customer.filter(|_| origin == Origin::Usual);
    add(tx, arrival, &case, Wrote { from: &from, writer, trust, because, shows })?;
    case_tables::mark_read(tx, arrival.raw.id)
}

/// Who writes, as far as it is known.
pub(crate) struct Sender {
    /// The customer who has the address that the mail names.
    pub(crate) customer: Option<CustomerId>,
    pub(crate) writer: Writer,
    pub(crate) origin: Origin,
}

/// A mail that looks forged makes nobody known, and teaches nobody's name.
fn sender(
    tx: &mut Tx<'_>,
    arrival: &Arrival,
    mailbox: &Mailbox,
    from: &EmailAddress,
    origin: Origin,
) -> Result<Sender, Fault> {
    let customer = match origin {
        Origin::Disowned => people_tables::customer_at(tx, mailbox.client, from)?,
        Origin::Usual => {
            let name = arrival.mail.from.as_ref().map_or("", |from| from.name.trim());
            Some(people_tables::remember_customer(tx, mailbox.client, from, name, arrival.now)?)
        }
    };
    let writer = if arrival.mail.auto.is_some() { Writer::Machine } else { Writer::Person };
    Ok(Sender { customer, writer, origin })
}

/// The case that the mail goes into, and how it is handled there.
fn case_for(
    tx: &mut Tx<'_>,
    arrival: &Arrival,
    mailbox: &Mailbox,
    sender: &Sender,
    decision: &threading::Decision,
) -> Result<(Case, Handling), Fault> {
    let joined = case_named(tx, decision.join)?;
    let handling = floods::handling(tx, arrival, sender, joined.as_ref())?;
    if let Some(case) = joined {
        return Ok((succession::in_force(tx, case, mailbox, arrival.now)?, handling));
    }
    if let Some(case) = floods::gathering(tx, &handling, sender, arrival.now)? {
        return Ok((succession::in_force(tx, case, mailbox, arrival.now)?, handling));
    }
    let follows = case_named(tx, decision.follows)?;
    let customer = match sender.customer {
        Some(customer) => customer,
        None => {
            let from = author(&arrival.raw, &arrival.mail);
            people_tables::remember_customer(tx, mailbox.client, &from, "", arrival.now)?
        }
    };
    Ok((open_case(tx, arrival, mailbox, customer, follows.as_ref())?, handling))
}

fn case_named(tx: &mut Tx<'_>, case: Option<CaseId>) -> Result<Option<Case>, Fault> {
    case.map_or(Ok(None), |case| case_tables::case(tx, case))
}

/// The cases that this mail may belong to.
pub(crate) fn facts(
    tx: &mut Tx<'_>,
    key: &[u8],
    arrival: &Arrival,
    client: ClientId,
    sender: &Sender,
) -> Result<Facts, Fault> {
    let mut candidates = threading::candidates(&arrival.mail);
    candidates.signed.extend(threading::SignedAddress::read(&arrival.raw.recipient));
    let mut found: Vec<Match> = Vec::new();
    by_message_ids(tx, &candidates, &mut found)?;
    by_references(tx, key, &candidates, &mut found)?;
    if let Some(customer) = sender.customer {
        let open = case_tables::open_of_customer(tx, customer)?;
        found.extend(open.iter().map(|case| as_match(FoundBy::SameCustomer, case)));
    }
    Ok(Facts {
        client,
        customer: sender.customer,
        sender: author(&arrival.raw, &arrival.mail).to_string(),
        writer: sender.writer,
        origin: sender.origin,
        subject: arrival.mail.subject.clone(),
        arrived_at: arrival.now,
        // Most mails match nothing.
        correspondence: match found.is_empty() {
            true => Correspondence::default(),
            false => case_tables::correspondence(tx, client)?,
        },
        matches: found,
    })
}

fn by_message_ids(tx: &mut Tx<'_>, candidates: &Candidates, found: &mut Vec<Match>) -> Result<(), Fault> {
    for id in candidates.our_ids.iter().take(20) {
        let case = case_tables::found_by_message(tx, *id)?;
        found.extend(case.map(|case| as_match(FoundBy::OurMessageId, &case)));
    }
    for id in candidates.message_ids.iter().take(20) {
        let cases = case_tables::found_by_email_id(tx, id)?;
        found.extend(cases.iter().map(|case| as_match(FoundBy::KnownMessageId, case)));
    }
    Ok(())
}

fn by_references(
    tx: &mut Tx<'_>,
    key: &[u8],
    candidates: &Candidates,
    found: &mut Vec<Match>,
) -> Result<(), Fault> {
    for signed in &candidates.signed {
        if threading::verify(key, &signed.reference, &signed.signature).is_ok() {
            found.extend(referred(tx, &signed.reference, FoundBy::SignedAddress)?);
        }
    }
    for reference in candidates.references_in_subject.iter().take(5) {
        found.extend(referred(tx, reference, FoundBy::SubjectReference)?);
    }
    Ok(())
}

/// The case that a reference leads to now: a merged one's leads to the case that holds its messages.
fn referred(tx: &mut Tx<'_>, reference: &str, by: FoundBy) -> Result<Option<Match>, Fault> {
    let Some(named) = case_tables::case_by_reference(tx, reference)? else { return Ok(None) };
    let was_of = named.merged_into.map(|_| named.customer);
    Ok(Some(Match { was_of, ..as_match(by, &case_tables::survivor(tx, named)?) }))
}

fn as_match(by: FoundBy, case: &Case) -> Match {
    let standing = match case.state.is_open() {
        true => threading::Standing::Open,
        false => threading::Standing::Closed { at: case.closed_at.unwrap_or(case.updated_at) },
    };
    Match {
        by,
        case: case.id,
        client: case.client,
        customer: case.customer,
        was_of: None,
        subject: case.subject.clone(),
        standing,
        last_message_at: case.updated_at,
    }
}

fn open_case(
    tx: &mut Tx<'_>,
    arrival: &Arrival,
    mailbox: &Mailbox,
    customer: CustomerId,
    follows: Option<&Case>,
) -> Result<Case, Fault> {
    let id: CaseId = fresh();
    let subject = arrival.mail.subject.trim();
    let language = &arrival.identified.language;
    let (engagement, because) = placement::of_new_case(tx, mailbox, language, arrival.now)?;
    let case = Case {
        id,
        client: mailbox.client,
        engagement,
        customer,
        mailbox: mailbox.id,
        reference: cases::reference(id.uuid().as_u64_pair().1),
        subject: if subject.is_empty() {
            "(no subject)".to_owned()
        } else {
            subject.chars().take(300).collect()
        },
        state: State::New,
        priority: Priority::Normal,
        language: arrival.identified.language.clone(),
        assignee: None,
        last_word: LastWord::Customer,
        opened_at: arrival.now,
        updated_at: arrival.now,
        closed_at: None,
        follows: follows.map(|before| before.id),
        merged_into: None,
        flooded_at: None,
    };
    case_tables::add_case(tx, &case, &threading::normal_subject(subject))?;
    clocks::begun(tx, &case)?;
    changes::happened(tx, &case, "case.opened", None, arrival.now, "The case was opened by a mail.")?;
    if engagement != mailbox.engagement {
        changes::happened(tx, &case, "case.placed", None, arrival.now, because.sentence)?;
    }
    if let Some(before) = follows {
        kinship::followed(tx, before, &case, arrival.now)?;
    }
    Ok(case)
}

/// Who wrote a mail, why it is where it is, and what it does there.
struct Wrote<'a> {
    from: &'a EmailAddress,
    writer: Option<CustomerId>,
    trust: Trust,
    because: Vec<Because>,
    shows: Shows,
}

/// Adds the mail to its case. An automatic one moves nothing: it never reopens a case and is no customer's last word.
fn add(tx: &mut Tx<'_>, arrival: &Arrival, case: &Case, wrote: Wrote<'_>) -> Result<(), Fault> {
    let shows = wrote.shows;
    let trust = vouching::remembering(tx, case, wrote.from, wrote.trust)?;
    let message =
        Message { writer: wrote.writer, trust, ..message(arrival, case, wrote.from, wrote.because) };
    if !case_tables::add_message(tx, &message)? {
        return Ok(());
    }
    for file in &arrival.files {
        case_tables::add_attachment(tx, file)?;
    }
    if let Some(absence) = absence(arrival, message.id) {
        case_tables::add_absence(tx, &absence)?;
    }
    let (state, last_word) = match message.automatic {
        Some(_) => (case.state, case.last_word),
        None => (case.state.after_customer_wrote(), LastWord::Customer),
    };
    let snippet = changes::snippet(&message.new_text);
    match shows {
        Shows::Touched => {
            let moved = Moved { state, last_word, snippet: &snippet, at: arrival.now };
            case_tables::note_message(tx, case.id, &moved)?;
            if message.automatic.is_none() {
                clocks::customer_wrote(tx, case, arrival.now)?;
            }
        }
        Shows::Untouched => case_tables::note_quiet_message(tx, case.id)?,
    }
    if message.automatic.is_none() {
        routing::needs_somebody(tx, case.id, arrival.now)?;
        scheduled::customer_wrote(tx, case, arrival.now)?;
        if let Some(wish) = &arrival.wish {
            place::heard(tx, case, &message, wish)?;
        }
    }
    learn_language(tx, case, &message)?;
    translating::for_readers(tx, &arrival.desk, case, &message, arrival.now)?;
    let words = language::document_words(&searched(case, &message), &message.language);
    tx.index(case.engagement, case.id, message.id, &words)?;
    let name = if message.by.name.is_empty() { &message.by.address } else { &message.by.name };
    let sentence = match Origin::of(message.trust.verdict) {
        Origin::Usual => format!("{name} wrote."),
        Origin::Disowned => format!("A mail came in the name of {name} that looks forged."),
    };
    changes::happened(tx, case, "message.received", None, arrival.now, sentence)
}

/// What an absence notice says of coming back. Its own date tells the year, unless that lies ahead.
fn absence(arrival: &Arrival, message: MessageId) -> Option<Absence> {
    let auto = arrival.mail.auto.as_ref()?;
    let written = arrival.mail.date.filter(|date| *date <= arrival.now).unwrap_or(arrival.now);
    let said = sifting::returns(&arrival.mail.new_text, written).filter(|_| auto.kind == AutoKind::Vacation);
    said.map(|said| Absence::of(message, said))
}

/// A machine's words say nothing about the customer's language, and somebody else's nothing about that of the case.
fn learn_language(tx: &mut Tx<'_>, case: &Case, message: &Message) -> Result<(), Fault> {
    let (Some(writer), None) = (message.writer, &message.automatic) else { return Ok(()) };
    if !message.language.is_known() {
        return Ok(());
    }
    if writer == case.customer {
        case_tables::set_language(tx, case.id, &message.language)?;
    }
    people_tables::learn_language(tx, writer, &message.language)
}

pub(crate) fn message(arrival: &Arrival, case: &Case, from: &EmailAddress, because: Vec<Because>) -> Message {
    let mail = &arrival.mail;
    let shown = |list: &[cases::incoming::Correspondent]| {
        list.iter().map(|c| c.address.clone()).collect::<Vec<_>>().join(", ")
    };
    let auto = mail.auto.clone();
    Message {
        by: By {
            person: None,
            name: mail.from.as_ref().map_or(String::new(), |from| from.name.trim().to_owned()),
            address: from.to_string(),
        },
        recipients: shown(&[mail.to.clone(), mail.cc.clone()].concat()),
        subject: mail.subject.clone(),
        new_text: mail.new_text.clone(),
        quoted_text: mail.quoted_text.clone(),
        signature: mail.signature.clone(),
        html: arrival.html.clone(),
        language: arrival.identified.language.clone(),
        spans: arrival.spans.clone(),
        email_id: mail.message_id.clone(),
        answers_email_id: mail.in_reply_to.first().cloned(),
        references: mail.references.clone(),
        raw_mail: Some(arrival.raw.id),
        automatic: auto.as_ref().map(|auto| auto.kind.as_str().to_owned()),
        because: [because, auto.map(|auto| auto.because).unwrap_or_default()].concat(),
        problems: mail.problems.clone(),
        ..Message::blank(arrival.message, case, MessageKind::Customer, arrival.now)
    }
}

/// The words by which a message is found: its own, its sender's, the case's subject and reference, the names of its files.
pub(crate) fn searched(case: &Case, message: &Message) -> String {
    let by = &message.by;
    format!(
        "{} {} {} {} {}\n{}",
        case.reference,
        cases::shown_reference(&case.reference),
        case.subject,
        by.name,
        by.address,
        message.new_text
    )
}
