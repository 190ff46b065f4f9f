//! Escalations: a part of a case is handed to the client's own specialist or to a vendor, and comes back with an answer that can go to
//! the customer. The case keeps its assignee throughout.

mod arriving;
mod holding;
mod moving;
mod overdue;
mod seeing;
mod telling;

pub(crate) use arriving::arrived;
pub use holding::{Words, fill_in_linked, fill_in_own, take_linked, take_own};
pub(crate) use moving::holder;
pub use overdue::{OVERDUE, Overdue};
pub use seeing::{
    Escalated, HandedOver, Held, Linked, Taker, Waiting, escalated, escalations, handed_over, of_case, one,
};
pub(crate) use telling::{is_letter, letter};

use crate::{Desk, engagement_terms, letters::Letterhead};
use cases::{
    Case,
    escalation::{
        Act, Escalation, EscalationRefusal, FormKind, Given, HandedTo, Moved, SharedFact, Standing, fits,
    },
    escalation_forms::{Form, Hand, Problem},
    tables as case_tables,
};
use engagements::{tables as engagement_tables, terms::EscalatedTo};
use kernel::{
    CaseId, EmailAddress, EscalationId, Fault, Instant, MessageId, PersonId, Reach, Stop, VendorId,
};
use moving::{By, Step, moves};
use people::tables as people_tables;
use std::time::Duration;
use store::{Tx, fresh};

/// By when an answer is needed where nobody says otherwise.
const USUALLY_NEEDED_IN: Duration = Duration::from_secs(48 * 60 * 60);
/// The furthest ahead that it can be needed.
const FURTHEST: Duration = Duration::from_secs(366 * 24 * 60 * 60);

/// To whom a part of a case is handed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Whom {
    /// One of the client's own people, who signs in.
    Person(PersonId),
    /// A vendor of the client's.
    Vendor(VendorId),
    /// A specialist of the client's who has no account, at an e-mail address.
    Address(String),
}

/// What is handed over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HandOver {
    /// To whom.
    pub to: Whom,
    /// Which form goes with it.
    pub kind: FormKind,
    /// What is asked.
    pub asked: String,
    /// What was tried.
    pub tried: String,
    /// The names of the facts about the case that they may know.
    pub shared: Vec<String>,
    /// The fields of the form, as typed.
    pub fields: Vec<(String, String)>,
    /// The files of the case that go with the letter: their messages and their places there.
    pub files: Vec<(MessageId, i64)>,
    /// By when it is needed; `None` for what the client's terms say.
    pub needed_at: Option<Instant>,
}

/// The facts about a case that can be handed over, none of which is unless somebody chooses it.
pub const FACTS: [&str; 3] = ["reference", "customer_name", "customer_address"];

/// Hands a part of a case to somebody.
///
/// # Errors
/// [`cases::CaseRefusal::NotFound`], [`cases::CaseRefusal::Merged`], and [`EscalationRefusal`] for what was typed.
pub async fn hand_over(
    desk: &Desk,
    reach: &Reach,
    case: CaseId,
    what: HandOver,
) -> Result<EscalationId, Stop> {
    let (reach, now, head) = (reach.clone(), desk.clock.now(), Letterhead::of(desk));
    desk.store
        .write(move |tx| {
            let case = case_tables::find_unmerged(tx, &reach, case)?;
            if !case.state.is_open() {
                return Err(EscalationRefusal::CaseClosed.into());
            }
            let escalation = written(tx, &reach, &case, &what, now)?;
            case_tables::add_escalation(tx, &escalation)?;
            let moved = Moved {
                act: Act::Opened,
                standing: Standing::Open,
                words: escalation.asked.clone(),
                bounces: 0,
                turn: Some(cases::escalation::TurnOf::Holder),
                calls_lead: None,
            };
            let (id, by) = (escalation.id, By::person(tx, reach.person())?);
            let needed_at = escalation.needed_at;
            let letter = moves(tx, &head, Step { case: &case, escalation, moved, by, message: None, now })?;
            if let Some(letter) = letter {
                telling::enclose(tx, &head, &case, letter, &what.files, now)?;
            }
            if let Some(needed_at) = needed_at {
                jobs::enqueue(tx, OVERDUE, id, needed_at, now)?;
            }
            Ok(id)
        })
        .await
}

fn written(
    tx: &mut Tx<'_>,
    reach: &Reach,
    case: &Case,
    what: &HandOver,
    now: Instant,
) -> Result<Escalation, Stop> {
    let asked = fits(what.asked.clone())?;
    if asked.is_empty() {
        return Err(EscalationRefusal::NeedsQuestion.into());
    }
    let (to, person, vendor, address) = taker(tx, case, &what.to)?;
    let form = Form::default().filled_in(what.kind, Hand::Opening, &what.fields).map_err(refused)?;
    if what.needed_at.is_some_and(|needed| needed <= now || needed > now.plus(FURTHEST)) {
        return Err(EscalationRefusal::NotATime.into());
    }
    Ok(Escalation {
        id: fresh(),
        case: case.id,
        to,
        person,
        vendor,
        address: address.to_string(),
        kind: what.kind,
        standing: Standing::Open,
        asked,
        tried: fits(what.tried.clone())?,
        shared: facts(tx, case, &what.shared)?,
        form,
        answer: String::new(),
        needed_at: Some(match what.needed_at {
            Some(chosen) => chosen,
            None => now.plus(agreed(tx, case, person, vendor, now)?),
        }),
        opened_by: Some(reach.person()),
        opened_at: now,
        closed_at: None,
        bounces: 0,
        token_hash: None,
        token_until: None,
        overdue_at: None,
    })
}

/// The first of them as a refusal that names its field.
fn refused(problems: Vec<Problem>) -> EscalationRefusal {
    let sentences: Vec<String> = problems.into_iter().map(|problem| problem.sentence).collect();
    EscalationRefusal::Field(sentences.join(" "))
}

/// In what time the terms in force want an answer of them, else what is usual.
fn agreed(
    tx: &mut Tx<'_>,
    case: &Case,
    person: Option<PersonId>,
    vendor: Option<VendorId>,
    now: Instant,
) -> Result<Duration, Fault> {
    let terms = engagement_terms::of(tx, case.engagement, now)?.terms;
    let theirs = terms.escalations.iter().filter(|line| match line.to {
        EscalatedTo::Resolver(id) => Some(id) == person,
        EscalatedTo::Vendor(id) => Some(id) == vendor,
    });
    let soonest = theirs.map(|line| line.within_minutes).min();
    Ok(soonest.map_or(USUALLY_NEEDED_IN, |minutes| Duration::from_secs(u64::from(minutes) * 60)))
}

type Found = (HandedTo, Option<PersonId>, Option<VendorId>, EmailAddress);

/// Whoever is to take it, as far as it can be handed to them.
fn taker(tx: &mut Tx<'_>, case: &Case, whom: &Whom) -> Result<Found, Stop> {
    let nobody = EscalationRefusal::NobodyToTakeIt;
    match whom {
        Whom::Person(id) => {
            let known = seeing::specialists(tx, case)?.into_iter().find(|person| person.id == *id);
            let person = known.ok_or(nobody)?;
            Ok((HandedTo::ClientResolver, Some(person.id), None, person.email))
        }
        Whom::Vendor(id) => {
            let vendor = engagement_tables::vendors::vendor(tx, *id)?;
            let known = vendor.filter(|one| one.client == case.client && one.removed_at.is_none());
            let vendor = known.ok_or(nobody)?;
            Ok((HandedTo::Vendor, None, Some(vendor.id), vendor.address))
        }
        Whom::Address(typed) => {
            let wrong = EscalationRefusal::WrongAddress;
            let address: EmailAddress = typed.parse().map_err(|_| wrong.clone())?;
            let is_customers = people_tables::customer_at(tx, case.client, &address)? == Some(case.customer);
            if is_customers || crate::receive::mailbox_for(tx, &address)?.is_some() {
                return Err(wrong.into());
            }
            Ok((HandedTo::ClientResolver, None, None, address))
        }
    }
}

/// The chosen facts with their values; what isn't known isn't handed over.
fn facts(tx: &mut Tx<'_>, case: &Case, names: &[String]) -> Result<Vec<SharedFact>, Fault> {
    let customer = people_tables::customer(tx, case.customer)?;
    let value = |name: &str| match name {
        "reference" => Some(format!("#{}", cases::shown_reference(&case.reference))),
        "customer_name" => customer.as_ref().map(|one| one.name.clone()),
        "customer_address" => customer.as_ref()?.addresses.first().map(ToString::to_string),
        _ => None,
    };
    let chosen = FACTS.into_iter().filter(|fact| names.iter().any(|name| name == fact));
    let filled =
        chosen.filter_map(|name| value(name).filter(|value| !value.is_empty()).map(|value| (name, value)));
    Ok(filled.map(|(name, value)| SharedFact { name: name.to_owned(), value }).collect())
}

/// Those who handed an escalation over take a step with it.
///
/// # Errors
/// [`EscalationRefusal::NotFound`] when its case isn't theirs to work on, and the refusals of the step.
pub async fn give(desk: &Desk, reach: &Reach, id: EscalationId, step: Given) -> Result<CaseId, Stop> {
    let (reach, now, head) = (reach.clone(), desk.clock.now(), Letterhead::of(desk));
    desk.store
        .write(move |tx| {
            let (case, escalation) = given_by(tx, &reach, id)?;
            let moved = escalation.given(step.clone())?;
            let by = By::person(tx, reach.person())?;
            moves(tx, &head, Step { case: &case, escalation, moved, by, message: None, now })?;
            Ok(case.id)
        })
        .await
}

/// Those who handed an escalation over fill in its form: a shipment, what came by mail or by phone.
///
/// # Errors
/// As [`give`], and [`EscalationRefusal::Field`].
pub async fn fill_in(
    desk: &Desk,
    reach: &Reach,
    id: EscalationId,
    typed: Vec<(String, String)>,
) -> Result<CaseId, Stop> {
    let (reach, now) = (reach.clone(), desk.clock.now());
    desk.store
        .write(move |tx| {
            let (case, escalation) = given_by(tx, &reach, id)?;
            let by = By::person(tx, reach.person())?;
            moving::fills_in(tx, &case, escalation, (Hand::Givers, &typed), &by, now)?;
            Ok(case.id)
        })
        .await
}

/// An escalation whose case somebody works on.
fn given_by(tx: &mut Tx<'_>, reach: &Reach, id: EscalationId) -> Result<(Case, Escalation), Stop> {
    let found = case_tables::escalation(tx, id)?.ok_or(EscalationRefusal::NotFound)?;
    let case = moving::case_of(tx, &found)?;
    if !reach.sees(case.engagement, case.assignee) {
        return Err(EscalationRefusal::NotFound.into());
    }
    Ok((case, found))
}
