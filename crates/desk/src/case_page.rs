//! The page of a case: everything about it that the person who asks may see.

use crate::{
    Desk,
    clocks::{self, page::CaseClocks},
    hand_overs::{self, Offer, Recipients},
    mailboxes,
    participants::{self, Outside},
    place::{self, PlaceAsked},
    risk,
    saying::{self, Ways},
    speakers,
    terms::{self, Termbase},
    vouching::{self, Answering},
};
use cases::{
    AttachmentRow, Case, CopyTo, DownloadRow, Draft, DraftFile, Message, MessageKind, Plan,
    misunderstandings::Misunderstanding,
    signals::KeptSignal,
    steps::Step,
    tables as case_tables,
    topics::{CaseTopic, NativeCheck, Topic},
    translations::{DraftTranslation, Translated},
    trust::Verdict,
};
use engagements::{Engagement, Mailbox, tables as engagement_tables};
use jiff::tz::TimeZone;
use kernel::{CaseId, CustomerId, Fault, Instant, MessageId, PersonId, Reach, Stop};
use people::{Client, Customer, Partner, Person, Team, tables as people_tables};
use std::sync::Arc;
use store::{Happened, Tx};

/// How many messages a page shows; earlier ones have pages of their own.
pub const MESSAGES: i64 = 200;

/// A case with all that its page shows.
pub struct CasePage {
    /// The case.
    pub case: Case,
    /// Whose it is and who works on it.
    pub around: Around,
    /// What was said and done.
    pub talk: Talk,
    /// The customer's other cases.
    pub earlier: Vec<Case>,
    /// The cases that belong to it.
    pub kin: Kin,
    /// Who reads it, and what they are writing.
    pub writing: Writing,
    /// How a letter of the reader's would be signed.
    pub signature: String,
    /// The people outside who take part.
    pub outside: Outside,
    /// Where an answer to the customer goes; `None` when they can't be reached by mail.
    pub answering: Option<Answering>,
    /// The day at the client's, as `2026-11-23`.
    pub today: String,
    /// Whose clock runs, and what was promised.
    pub clocks: CaseClocks,
    /// What makes a wrong word expensive here.
    pub risk: Risk,
    /// Wishes for somebody in the customer's country.
    pub place: PlaceAsked,
    /// The ways in which it can be answered in its language, the first to be tried first.
    pub speakers: Vec<people::Step>,
    /// How it changed hands, or is about to.
    pub seams: Seams,
}

/// How a case changed hands, or is about to.
#[derive(Clone, Debug, Default)]
pub struct Seams {
    /// Its hand-overs, the newest first.
    pub offers: Vec<Offer>,
    /// To whom it can be given by hand.
    pub recipients: Recipients,
}

/// What makes a wrong word expensive in a case.
#[derive(Clone, Debug, Default)]
pub struct Risk {
    /// The topics that the case touches.
    pub topics: Vec<CaseTopic>,
    /// Those that the client marks as risky.
    pub marked: Vec<Topic>,
    /// Translated replies that somebody reads, or has read, before they leave.
    pub checks: Vec<NativeCheck>,
}

impl Risk {
    /// The case touches what the client marks as risky.
    pub fn stakes(&self) -> people::Stakes {
        let touches = self.topics.iter().any(|one| self.marked.contains(&one.topic));
        if touches { people::Stakes::Risky } else { people::Stakes::Usual }
    }
}

/// Who reads the page of a case, and what they are writing there.
pub struct Writing {
    /// The reader.
    pub reader: Person,
    /// Their drafts.
    pub drafts: Vec<Draft>,
    /// The files beside their reply draft.
    pub files: Vec<DraftFile>,
    /// Their reply draft in the customer's language.
    pub translation: Option<DraftTranslation>,
    /// How this client's texts come into other languages.
    pub ways: Ways,
    /// The client's terms.
    pub termbase: Arc<Termbase>,
}

/// The cases that belong to a case, as far as the reader sees them.
#[derive(Clone, Debug, Default)]
pub struct Kin {
    /// The one that it continues.
    pub follows: Option<Case>,
    /// Those that continue it.
    pub followed_by: Vec<Case>,
    /// Those whose messages it holds.
    pub merged: Vec<Case>,
    /// The one that holds its messages.
    pub merged_into: Option<Case>,
}

/// Whose a case is and who works on it.
pub struct Around {
    /// Whose customer it is.
    pub client: Client,
    /// Who asks.
    pub customer: Customer,
    /// Why mail to the customer came back; `None` while their address is good.
    pub bounced: Option<String>,
    /// The line it came in by.
    pub mailbox: Mailbox,
    /// The engagement that works on it.
    pub engagement: Engagement,
    /// The team of that engagement.
    pub team: Team,
    /// The partner whose team it is; `None` for an in-house team.
    pub partner: Option<Partner>,
    /// Who may be given the case.
    pub colleagues: Vec<Person>,
}

/// What was said in a case and done with it, or a page of that.
pub struct Talk {
    /// The messages, oldest of them first.
    pub messages: Vec<Message>,
    /// There are earlier ones.
    pub has_earlier: bool,
    /// The files of the case's messages.
    pub files: Vec<AttachmentRow>,
    /// What happened between these messages.
    pub events: Vec<Happened>,
    /// What became of the replies on their way.
    pub sending: Sending,
    /// What shows that somebody did not understand.
    pub signals: Vec<KeptSignal>,
    /// Which of the messages somebody did not understand.
    pub misunderstandings: Vec<Misunderstanding>,
    /// The messages in other languages.
    pub translations: Vec<Translated>,
}

/// What was planned for replies, and what became of them on their way.
#[derive(Default)]
pub struct Sending {
    /// Those that go at a time that was chosen.
    pub plans: Vec<(MessageId, Plan)>,
    /// Who gets copies.
    pub copies: Vec<(MessageId, CopyTo)>,
    /// The files that are fetched from us.
    pub downloads: Vec<DownloadRow>,
    /// The steps of each, oldest first.
    pub steps: Vec<(MessageId, Step)>,
    /// Those that a lead has to approve.
    pub unapproved: Vec<MessageId>,
}

/// Everything about a case, with its newest messages, or with those before one of them.
///
/// # Errors
/// [`cases::CaseRefusal::NotFound`] when it doesn't exist or is outside reach, or the message isn't one of its own.
pub async fn case_page(
    desk: &Desk,
    reach: &Reach,
    id: CaseId,
    before: Option<MessageId>,
) -> Result<CasePage, Stop> {
    let (reach, now, inner) = (reach.clone(), desk.clock.now(), desk.clone());
    desk.store
        .read(move |tx| {
            let case = case_tables::find(tx, &reach, id)?;
            let before = before.map(|before| case_tables::message_in(tx, case.id, before)).transpose()?;
            let before = before.map(|message| message.ok_or(cases::CaseRefusal::NotFound)).transpose()?;
            let (around, talk, mut earlier, writing, kin, answering, told) = tx.together((
                |tx: &mut Tx<'_>| around(tx, &case),
                |tx: &mut Tx<'_>| talk(tx, case.id, before.as_ref()),
                |tx: &mut Tx<'_>| case_tables::of_customer(tx, &reach, case.customer),
                |tx: &mut Tx<'_>| writing(tx, &inner, &case, reach.person()),
                |tx: &mut Tx<'_>| kin(tx, &reach, &case),
                |tx: &mut Tx<'_>| vouching::answering(tx, &case),
                |tx: &mut Tx<'_>| participants::told(tx, &case),
            ))?;
            earlier.retain(|other| other.id != case.id && other.merged_into.is_none());
            let signature = signature(tx, &case, &around, &writing.reader)?;
            let to = answering.as_ref().map(|answering| &answering.to);
            let customer = (&around.customer, around.bounced.as_deref());
            let outside = participants::outside(tx, &case, customer, to, &talk.messages, told)?;
            let today = today(&around.client, now);
            let seams = seams(tx, &reach, &case, now)?;
            let risk = risk(tx, &case, &talk.messages)?;
            let clocks = clocks::page::of_case(tx, &case, &around.client.zone, now)?;
            let place = place::of_case(tx, case.id, &around.colleagues)?;
            let (colleagues, reader) = (&around.colleagues, &writing.reader);
            let speakers = speakers::of(&case, colleagues, reader, &writing.ways, risk.stakes(), &today);
            Ok::<_, Stop>(CasePage {
                case,
                around,
                talk,
                earlier,
                kin,
                writing,
                signature,
                outside,
                answering,
                today,
                clocks,
                place,
                risk,
                speakers,
                seams,
            })
        })
        .await
}

fn seams(tx: &mut Tx<'_>, reach: &Reach, case: &Case, now: Instant) -> Result<Seams, Fault> {
    let (offers, recipients) = tx.together((
        |tx: &mut Tx<'_>| hand_overs::of_case(tx, reach, case.id, now),
        |tx: &mut Tx<'_>| hand_overs::recipients(tx, case, now),
    ))?;
    Ok(Seams { offers, recipients })
}

fn kin(tx: &mut Tx<'_>, reach: &Reach, case: &Case) -> Result<Kin, Fault> {
    let (followed_by, merged, follows, merged_into) = tx.together((
        |tx: &mut Tx<'_>| case_tables::followers(tx, case.id),
        |tx: &mut Tx<'_>| case_tables::merged_in(tx, case.id),
        |tx: &mut Tx<'_>| case.follows.map_or(Ok(None), |other| case_tables::case(tx, other)),
        |tx: &mut Tx<'_>| case.merged_into.map_or(Ok(None), |other| case_tables::case(tx, other)),
    ))?;
    let seen = |other: &Case| reach.sees(other.engagement, other.assignee);
    Ok(Kin {
        follows: follows.filter(seen),
        followed_by: followed_by.into_iter().filter(seen).collect(),
        merged: merged.into_iter().filter(seen).collect(),
        merged_into: merged_into.filter(seen),
    })
}

fn writing(tx: &mut Tx<'_>, desk: &Desk, case: &Case, reader: PersonId) -> Result<Writing, Fault> {
    let (person, drafts, files, translation, ways, termbase) = tx.together((
        |tx: &mut Tx<'_>| people_tables::person(tx, reader),
        |tx: &mut Tx<'_>| case_tables::drafts(tx, case.id, reader),
        |tx: &mut Tx<'_>| case_tables::draft_files(tx, case.id, reader),
        |tx: &mut Tx<'_>| case_tables::draft_translation(tx, case.id, reader),
        |tx: &mut Tx<'_>| saying::ways(tx, desk, case.client),
        |tx: &mut Tx<'_>| terms::termbase(tx, desk, case.client),
    ))?;
    Ok(Writing { reader: found(person)?, drafts, files, translation, ways, termbase })
}

fn risk(tx: &mut Tx<'_>, case: &Case, messages: &[Message]) -> Result<Risk, Fault> {
    let (topics, marked, checks) = tx.together((
        |tx: &mut Tx<'_>| case_tables::topics(tx, case.id),
        |tx: &mut Tx<'_>| case_tables::risky_topics(tx, case.client),
        |tx: &mut Tx<'_>| case_tables::native_checks(tx, case.id),
    ))?;
    let topics = risk::topics(topics, case.id, messages);
    Ok(Risk { topics, marked, checks })
}

/// The signature that would stand below a letter of the reader's.
fn signature(tx: &mut Tx<'_>, case: &Case, around: &Around, reader: &Person) -> Result<String, Fault> {
    let identity = engagement_tables::identity(tx, case.mailbox)?;
    if identity.signatures.is_empty() {
        return Ok(String::new());
    }
    let writer = mailboxes::writer(&reader.name, &around.mailbox);
    Ok(identity.signature(writer, &case.language, &around.client.language))
}

/// The day at the client's.
fn today(client: &Client, now: Instant) -> String {
    let zone = TimeZone::get(&client.zone).unwrap_or(TimeZone::UTC);
    now.timestamp().to_zoned(zone).date().to_string()
}

impl Talk {
    /// The newest mail that the customer wrote: no machine, nobody else, and nobody in their name.
    pub fn newest_from_customer(&self, customer: CustomerId) -> Option<&Message> {
        let wrote = |message: &&Message| {
            message.kind == MessageKind::Customer
                && message.automatic.is_none()
                && message.trust.verdict != Verdict::Failed
                && message.writer.is_none_or(|writer| writer == customer)
        };
        self.messages.iter().rev().find(wrote)
    }
}

fn around(tx: &mut Tx<'_>, case: &Case) -> Result<Around, Fault> {
    let (client, customer, bounced, mailbox, engagement, team, partner, colleagues) = tx.together((
        |tx: &mut Tx<'_>| people_tables::client(tx, case.client),
        |tx: &mut Tx<'_>| people_tables::customer(tx, case.customer),
        |tx: &mut Tx<'_>| people_tables::bounced_because(tx, case.customer),
        |tx: &mut Tx<'_>| engagement_tables::mailbox(tx, case.mailbox),
        |tx: &mut Tx<'_>| engagement_tables::engagement(tx, case.engagement),
        |tx: &mut Tx<'_>| people_tables::team_of(tx, case.engagement),
        |tx: &mut Tx<'_>| people_tables::partner_of(tx, case.engagement),
        |tx: &mut Tx<'_>| people_tables::colleagues(tx, case.engagement),
    ))?;
    Ok(Around {
        client: found(client)?,
        customer: found(customer)?,
        bounced,
        mailbox: found(mailbox)?,
        engagement: found(engagement)?,
        team: found(team)?,
        partner,
        colleagues,
    })
}

fn talk(tx: &mut Tx<'_>, case: CaseId, before: Option<&Message>) -> Result<Talk, Fault> {
    let until = before.map_or(Instant::MAX, |before| before.at);
    let (
        mut messages,
        files,
        mut events,
        plans,
        copies,
        downloads,
        steps,
        (misunderstandings, translations, signals),
    ) = tx.together((
        |tx: &mut Tx<'_>| case_tables::messages_before(tx, case, before, MESSAGES + 1),
        |tx: &mut Tx<'_>| case_tables::attachments(tx, case),
        |tx: &mut Tx<'_>| tx.events_of(case, until, MESSAGES),
        |tx: &mut Tx<'_>| case_tables::plans(tx, case),
        |tx: &mut Tx<'_>| case_tables::copies(tx, case),
        |tx: &mut Tx<'_>| case_tables::downloads(tx, case),
        |tx: &mut Tx<'_>| case_tables::steps_in(tx, case),
        |tx: &mut Tx<'_>| {
            tx.together((
                |tx: &mut Tx<'_>| case_tables::misunderstandings(tx, case),
                |tx: &mut Tx<'_>| case_tables::translations(tx, case),
                |tx: &mut Tx<'_>| case_tables::signals(tx, case),
            ))
        },
    ))?;
    let too_many = messages.len().saturating_sub(usize::try_from(MESSAGES).unwrap_or(usize::MAX));
    messages.drain(..too_many);
    let has_earlier = too_many > 0;
    let since = messages.first().filter(|_| has_earlier).map(|first| first.at);
    events.retain(|event| since.is_none_or(|since| event.at >= since));
    let sending = Sending { plans, copies, downloads, steps, unapproved: case_tables::unapproved(tx, case)? };
    Ok(Talk { messages, has_earlier, files, events, sending, signals, misunderstandings, translations })
}

/// Whether a case is within reach now.
///
/// # Errors
/// A fault when the database can't be reached.
pub async fn seen(desk: &Desk, reach: &Reach, id: CaseId) -> Result<bool, Fault> {
    let reach = reach.clone();
    let found = desk.store.read(move |tx| case_tables::case(tx, id)).await?;
    Ok(found.is_some_and(|case| reach.sees(case.engagement, case.assignee)))
}

/// What a case refers to is there, or the database is broken.
fn found<T>(found: Option<T>) -> Result<T, Fault> {
    found.ok_or_else(|| Fault::new(format!("a case refers to a {} that is gone", std::any::type_name::<T>())))
}

/// A message of a case that the reader may see, or of the case that it was merged into.
///
/// # Errors
/// [`cases::CaseRefusal::NotFound`].
pub async fn message(desk: &Desk, reach: &Reach, case: CaseId, id: MessageId) -> Result<Message, Stop> {
    let reach = reach.clone();
    desk.store
        .read(move |tx| {
            let case = to_read(tx, &reach, case)?;
            let case = case_tables::survivor(tx, case)?;
            let seen = reads(tx, &reach, &case)?;
            let message = case_tables::message_in(tx, case.id, id)?.filter(|_| seen);
            message.ok_or_else(|| cases::CaseRefusal::NotFound.into())
        })
        .await
}

/// A case that somebody may read: one that they see, or of which they have a part.
fn to_read(tx: &mut Tx<'_>, reach: &Reach, id: CaseId) -> Result<Case, Stop> {
    let Some(case) = case_tables::case(tx, id)? else { return Err(cases::CaseRefusal::NotFound.into()) };
    if reads(tx, reach, &case)? { Ok(case) } else { Err(cases::CaseRefusal::NotFound.into()) }
}

fn reads(tx: &mut Tx<'_>, reach: &Reach, case: &Case) -> Result<bool, Fault> {
    let is_at_client =
        reach.seats().iter().any(|seat| seat.client == case.client && seat.role.is_at_client());
    Ok(reach.sees(case.engagement, case.assignee)
        || (is_at_client && case_tables::was_escalated_to(tx, case.id, reach.person())?))
}
