//! What is seen of escalations: at their case, in the list of what waits, by whoever has one, and through the link of a letter.

use super::{holding, moving};
use crate::Desk;
use cases::{
    AttachmentRow, Case, CaseRefusal, Message,
    escalation::{Act, Escalation, EscalationRefusal, EscalationStep, EscalationWords},
    escalation_forms::shown_value,
    tables as case_tables,
};
use engagements::{tables as engagement_tables, vendors::Vendor};
use kernel::{CaseId, EscalationId, Fault, LanguageTag, Reach, Role, Stop};
use people::{Client, Person, Secret, tables as people_tables};
use store::Tx;

/// How many escalations a list shows.
const MOST: i64 = 500;
/// How many messages of its case a specialist is shown.
const MESSAGES: i64 = 200;

/// An escalation with what stands around it.
#[derive(Clone, Debug)]
pub struct Escalated {
    /// The escalation.
    pub escalation: Escalation,
    /// What whoever has it is called.
    pub holder: String,
    /// What happened, the oldest first.
    pub steps: Vec<EscalationStep>,
    /// The files that went with its letters and came with its mails.
    pub files: Vec<AttachmentRow>,
    /// Why its last letter didn't arrive; empty when nothing is wrong with it.
    pub letter_trouble: String,
}

/// Somebody to whom a case can be handed.
#[derive(Clone, Debug)]
pub enum Taker {
    /// One of the client's own people.
    Specialist(Person),
    /// A vendor.
    Vendor(Vendor),
}

/// The escalations of a case, and to whom more could be handed.
#[derive(Clone, Debug)]
pub struct HandedOver {
    /// The case.
    pub case: Case,
    /// The name of its client.
    pub client: String,
    /// Those that were handed over, the oldest first.
    pub all: Vec<Escalated>,
    /// To whom parts of the case can be handed.
    pub takers: Vec<Taker>,
    /// The files of the case that can go along.
    pub files: Vec<AttachmentRow>,
}

/// The escalations of a case that somebody sees.
///
/// # Errors
/// [`CaseRefusal::NotFound`].
pub async fn of_case(desk: &Desk, reach: &Reach, case: CaseId) -> Result<HandedOver, Stop> {
    let reach = reach.clone();
    desk.store
        .read(move |tx| {
            let case = case_tables::find(tx, &reach, case)?;
            let mut all = Vec::new();
            for escalation in case_tables::escalations_of(tx, case.id)? {
                all.push(around(tx, escalation)?);
            }
            let specialists = specialists(tx, &case)?.into_iter().map(Taker::Specialist);
            let vendors = engagement_tables::vendors::vendors_of(tx, case.client)?;
            let takers = specialists.chain(vendors.into_iter().map(Taker::Vendor)).collect();
            let client =
                people_tables::client(tx, case.client)?.map(|client| client.name).unwrap_or_default();
            let mut files = case_tables::attachments(tx, case.id)?;
            files.retain(|file| !file.inline);
            Ok::<_, Stop>(HandedOver { case, client, all, takers, files })
        })
        .await
}

fn around(tx: &mut Tx<'_>, escalation: Escalation) -> Result<Escalated, Fault> {
    let steps = case_tables::escalation_steps(tx, escalation.id)?;
    let (mut files, mut letter_trouble) = (Vec::new(), String::new());
    for id in steps.iter().filter_map(|step| step.message) {
        let Some(message) = case_tables::message(tx, id)? else { continue };
        if super::is_letter(&message) {
            letter_trouble = trouble(&message);
        }
        files.extend(case_tables::attachments_of(tx, id)?);
    }
    Ok(Escalated { holder: moving::holder(tx, &escalation)?, escalation, steps, files, letter_trouble })
}

/// Why a letter hasn't arrived.
fn trouble(letter: &Message) -> String {
    match letter.delivery {
        cases::Delivery::Failed => format!("The letter couldn’t be delivered. {}", letter.delivery_note),
        cases::Delivery::Retrying => {
            format!("The letter couldn’t be delivered yet. {}", letter.delivery_note)
        }
        _ => String::new(),
    }
}

/// The client's own people to whom its cases can be handed: resolvers and support owners who can sign in, by name.
pub(super) fn specialists(tx: &mut Tx<'_>, case: &Case) -> Result<Vec<Person>, Fault> {
    let seats = people_tables::seats(tx)?;
    let is_specialist = |person: &Person| {
        seats.iter().any(|seat| {
            seat.person == person.id
                && seat.client == Some(case.client)
                && matches!(seat.role, Role::Resolver | Role::SupportOwner)
        })
    };
    Ok(people_tables::colleagues(tx, case.engagement)?.into_iter().filter(is_specialist).collect())
}

/// A line of the list of what waits.
#[derive(Clone, Debug)]
pub struct Waiting {
    /// The escalation.
    pub escalation: Escalation,
    /// Its case.
    pub case: Case,
    /// The name of its client.
    pub client: String,
    /// What whoever has it is called.
    pub holder: String,
    /// The reader has it.
    pub is_mine: bool,
    /// The reader sees the case itself.
    pub sees_case: bool,
}

/// The escalations that aren't over and that somebody has, or whose case they see: theirs first, then the one that is needed first.
///
/// # Errors
/// A fault when the database can't be reached.
pub async fn escalations(desk: &Desk, reach: &Reach) -> Result<Vec<Waiting>, Fault> {
    let reach = reach.clone();
    desk.store
        .read(move |tx| {
            let mut all = Vec::new();
            for escalation in case_tables::open_escalations(tx, MOST)? {
                let Some(case) = case_tables::case(tx, escalation.case)? else { continue };
                let case = case_tables::survivor(tx, case)?;
                let is_mine =
                    escalation.person == Some(reach.person()) && holding::holds(tx, &reach, &escalation)?;
                let sees_case = reach.sees(case.engagement, case.assignee);
                if !is_mine && !sees_case {
                    continue;
                }
                let client =
                    people_tables::client(tx, case.client)?.map(|client| client.name).unwrap_or_default();
                let holder = moving::holder(tx, &escalation)?;
                all.push(Waiting { escalation, case, client, holder, is_mine, sees_case });
            }
            all.sort_by_key(|one| !one.is_mine);
            Ok(all)
        })
        .await
}

/// An escalation for whoever has it, with the conversation of its case to read.
#[derive(Clone, Debug)]
pub struct Held {
    /// The escalation.
    pub escalated: Escalated,
    /// Its case.
    pub case: Case,
    /// Its client.
    pub client: Client,
    /// What was said in the case, the oldest first.
    pub messages: Vec<Message>,
    /// The files of those messages.
    pub files: Vec<AttachmentRow>,
    /// The reader can take steps with it.
    pub is_mine: bool,
    /// The reader sees the case itself.
    pub sees_case: bool,
}

/// An escalation that somebody has, or whose case they see.
///
/// # Errors
/// [`EscalationRefusal::NotFound`].
pub async fn one(desk: &Desk, reach: &Reach, id: EscalationId) -> Result<Held, Stop> {
    let reach = reach.clone();
    desk.store
        .read(move |tx| {
            let found = case_tables::escalation(tx, id)?.ok_or(EscalationRefusal::NotFound)?;
            let case = moving::case_of(tx, &found)?;
            let sees_case = reach.sees(case.engagement, case.assignee);
            let is_mine = holding::holds(tx, &reach, &found)?;
            if !is_mine && !sees_case {
                return Err(EscalationRefusal::NotFound.into());
            }
            let client = people_tables::client(tx, case.client)?.ok_or(EscalationRefusal::NotFound)?;
            let messages = case_tables::messages(tx, case.id, MESSAGES)?;
            let files = case_tables::attachments(tx, case.id)?;
            let escalated = around(tx, found)?;
            Ok::<_, Stop>(Held { escalated, case, client, messages, files, is_mine, sees_case })
        })
        .await
}

/// What the link of a letter shows: what was handed over, and nothing else.
#[derive(Clone, Debug)]
pub struct Linked {
    /// The name of the client whose customer it is.
    pub client: String,
    /// The language of whoever has it.
    pub language: LanguageTag,
    /// The escalation.
    pub escalation: Escalation,
    /// What was said between the two sides, the oldest first.
    pub steps: Vec<EscalationStep>,
    /// The zone in which times are told.
    pub zone: String,
    /// The link worked once and doesn't any more.
    pub is_expired: bool,
}

/// What a link opens.
///
/// # Errors
/// [`EscalationRefusal::LinkOver`] when it isn't one of ours.
pub async fn escalated(desk: &Desk, token: &str) -> Result<Linked, Stop> {
    let (hash, now) = (Secret::presented(token).hash(), desk.clock.now());
    desk.store
        .read(move |tx| {
            let found = case_tables::escalation_linked(tx, &hash)?.ok_or(EscalationRefusal::LinkOver)?;
            let case = case_tables::case(tx, found.case)?.ok_or(CaseRefusal::NotFound)?;
            let client = people_tables::client(tx, case.client)?.ok_or(CaseRefusal::NotFound)?;
            let vendor = match found.vendor {
                Some(id) => engagement_tables::vendors::vendor(tx, id)?,
                None => None,
            };
            let mut steps = case_tables::escalation_steps(tx, found.id)?;
            steps.retain(|step| is_between(step.act));
            let is_expired = !found.is_linked(now);
            Ok::<_, Stop>(Linked {
                language: vendor.map_or(client.language, |vendor| vendor.language),
                client: client.name,
                zone: client.zone,
                escalation: found,
                steps,
                is_expired,
            })
        })
        .await
}

/// What was said to the other side; how it ended is ours.
fn is_between(act: Act) -> bool {
    !matches!(act, Act::Opened | Act::Overdue | Act::Closed | Act::Noted)
}

/// The facts and fields that whoever has it may read, with their labels in these words.
pub fn handed_over(words: &EscalationWords, escalation: &Escalation) -> Vec<(String, String)> {
    let facts =
        escalation.shared.iter().map(|fact| (words.field(&fact.name, "").to_owned(), fact.value.clone()));
    let fields = escalation.form.handed_over(escalation.kind).into_iter().map(|(field, value)| {
        let shown = match shown_value(field, value) {
            same if same == value => value.to_owned(),
            _ => words.field(value_key(field, value), "").to_owned(),
        };
        (words.field(field.key, field.label).to_owned(), shown)
    });
    facts.chain(fields).collect()
}

/// The word of a choice, as it stands among the words of fields.
fn value_key(field: &cases::escalation_forms::Field, value: &str) -> &'static str {
    let cases::escalation_forms::Holds::OneOf(words) = field.holds else { return "" };
    words.iter().find(|(word, _)| *word == value).map_or("", |(word, _)| word)
}
