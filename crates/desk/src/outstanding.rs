//! What is outstanding: whatever is open has an owner and a next date. One function keeps that so, called wherever a case changes.

use crate::{Desk, changes, escalations};
use cases::{
    Case, CaseRefusal,
    escalation::{Escalation, Standing},
    outstanding::{
        HandedOver, OpenCase, Outstanding, OutstandingKind, Owner, Wanted, of_case, of_escalation,
        of_place_request,
    },
    place_requests::{PlaceRequest, PlaceState},
    tables::{self as case_tables, Narrowing, OutstandingRow},
};
use coverage::{Target, tables as coverage_tables};
use kernel::{CaseId, Fault, Instant, Metric, Party, Reach, Stop};
use people::{Client, tables as people_tables};
use store::Tx;

/// How many items a page shows.
pub const SHOWN: i64 = 200;

/// Puts down what is outstanding at a case as it stands now.
pub(crate) fn settle(tx: &mut Tx<'_>, case: CaseId, now: Instant) -> Result<(), Fault> {
    let Some(case) = case_tables::case(tx, case)? else { return Ok(()) };
    let before = case_tables::outstanding_of(tx, case.id)?;
    let open = open(tx, &case, &before, now)?;
    for gone in before.iter().filter(|one| !open.iter().any(|other| is_same(one, other))) {
        case_tables::drop_outstanding(tx, gone.kind, &gone.subject)?;
    }
    open.iter().filter(|one| !before.contains(one)).try_for_each(|one| case_tables::keep_outstanding(tx, one))
}

/// What is outstanding at a case, as it was put down.
pub(crate) fn at_case(tx: &mut Tx<'_>, case: &Case) -> Result<Vec<Outstanding>, Fault> {
    case_tables::outstanding_of(tx, case.id)
}

fn is_same(one: &Outstanding, other: &Outstanding) -> bool {
    (one.kind, &one.subject) == (other.kind, &other.subject)
}

/// Everything that is open at a case.
fn open(
    tx: &mut Tx<'_>,
    case: &Case,
    before: &[Outstanding],
    now: Instant,
) -> Result<Vec<Outstanding>, Fault> {
    let kept = |kind, subject: &str| before.iter().find(|one| one.kind == kind && one.subject == subject);
    let escalated = escalated(tx, case)?;
    let ours = assignee(tx, case)?;
    let mut found = Vec::new();
    if case.state.is_open() {
        let open = open_case(tx, case, ours.clone(), &escalated, now)?;
        found.push(of_case(open, kept(OutstandingKind::Case, &case.id.to_string())));
    }
    for one in &escalated {
        let open = handed_over(tx, case, one, ours.as_ref())?;
        let before = kept(OutstandingKind::Escalation, &open.subject).cloned();
        found.push(of_escalation(open, before.as_ref()));
    }
    for asked in case_tables::place_requests(tx, case.id)? {
        if asked.state == PlaceState::Asked && case.state.is_open() {
            let before = kept(OutstandingKind::PlaceRequest, &asked.id.to_string()).cloned();
            found.push(of_place_request(place_wanted(tx, case, &asked, ours.as_ref())?, before.as_ref()));
        }
    }
    Ok(found)
}

/// The parts of a case that were handed over and haven't ended, those of cases that went into it included.
fn escalated(tx: &mut Tx<'_>, case: &Case) -> Result<Vec<Escalation>, Fault> {
    if case.merged_into.is_some() {
        return Ok(Vec::new());
    }
    let mut all = case_tables::escalations_of(tx, case.id)?;
    all.retain(|one| one.standing != Standing::Closed);
    Ok(all)
}

fn assignee(tx: &mut Tx<'_>, case: &Case) -> Result<Option<Owner>, Fault> {
    let Some(id) = case.assignee else { return Ok(None) };
    let person = people_tables::person(tx, id)?;
    Ok(person.map(|person| Owner { person: Some(id), name: person.name }))
}

fn open_case(
    tx: &mut Tx<'_>,
    case: &Case,
    assignee: Option<Owner>,
    escalated: &[Escalation],
    now: Instant,
) -> Result<OpenCase, Fault> {
    let turn = coverage_tables::last_turn(tx, case.id)?;
    let (turn, since) = turn.map_or((Party::Representative, case.opened_at), |turn| (turn.party, turn.from));
    let due = coverage_tables::targets_open(tx, case.id)?;
    let due = due.iter().filter_map(Target::due).min_by_key(|(_, at)| *at);
    let holder = match escalated.iter().find(|one| one.standing.waits_for_holder() && one.to.party() == turn)
    {
        Some(one) => Some((escalations::holder(tx, one)?, one.needed_at)),
        None => None,
    };
    let planned_at = case_tables::planned_at(tx, case.id)?.filter(|at| *at > now);
    let team = team(tx, case)?;
    Ok(OpenCase { case: case.id, turn, since, assignee, team, due, planned_at, holder })
}

fn handed_over(
    tx: &mut Tx<'_>,
    case: &Case,
    one: &Escalation,
    ours: Option<&Owner>,
) -> Result<HandedOver, Fault> {
    let holder = escalations::holder(tx, one)?;
    let (turn, owner, what) = match one.standing {
        Standing::Open => (one.to.party(), None, "Accept it, ask for information, or answer."),
        Standing::Accepted => (one.to.party(), None, "Answer what was asked."),
        Standing::NeedsInformation => (Party::Representative, ours, "Give the information that is missing."),
        Standing::Rejected => (Party::Representative, ours, "Decide what becomes of what was declined."),
        Standing::Answered | Standing::Closed => {
            (Party::Representative, ours, "Tell the customer the answer, and close it.")
        }
    };
    let theirs = || Owner { person: one.person, name: holder.clone() };
    let owner = match (turn, owner) {
        (Party::Representative, Some(ours)) => ours.clone(),
        (Party::Representative, None) => Owner { person: None, name: team(tx, case)? },
        _ => theirs(),
    };
    Ok(HandedOver {
        subject: one.id.to_string(),
        case: case.id,
        turn,
        owner,
        needed_at: one.needed_at,
        since: one.opened_at,
        what: what.to_owned(),
    })
}

fn place_wanted(
    tx: &mut Tx<'_>,
    case: &Case,
    asked: &PlaceRequest,
    ours: Option<&Owner>,
) -> Result<Wanted, Fault> {
    let targets = coverage_tables::targets_open(tx, case.id)?;
    let due = targets.iter().find(|target| target.metric == Metric::Place).and_then(|target| target.due_at);
    let owner = match ours {
        Some(ours) => ours.clone(),
        None => Owner { person: None, name: team(tx, case)? },
    };
    Ok(Wanted { subject: asked.id.to_string(), case: case.id, owner, due, since: asked.asked_at })
}

fn team(tx: &mut Tx<'_>, case: &Case) -> Result<String, Fault> {
    Ok(people_tables::team_of(tx, case.engagement)?.map(|team| team.name).unwrap_or_default())
}

/// What is outstanding, as its page shows it.
pub struct Page {
    /// The items, the first to be looked at first.
    pub rows: Vec<OutstandingRow>,
    /// There are more than a page shows.
    pub has_more: bool,
    /// The clients within reach.
    pub clients: Vec<Client>,
}

/// What is outstanding within reach.
///
/// # Errors
/// A fault when the database can't be reached.
pub async fn page(desk: &Desk, reach: &Reach, narrowing: Narrowing) -> Result<Page, Fault> {
    let reach = reach.clone();
    desk.store
        .read(move |tx| {
            let mut rows = case_tables::outstanding(tx, &reach, &narrowing, SHOWN + 1)?;
            let shown = usize::try_from(SHOWN).unwrap_or(usize::MAX);
            let has_more = rows.len() > shown;
            rows.truncate(shown);
            let clients = people_tables::clients_named(tx, &reach.clients())?;
            Ok(Page { rows, has_more, clients })
        })
        .await
}

/// Chooses when somebody looks next at what is outstanding at a case.
///
/// # Errors
/// [`CaseRefusal::NotFound`], [`CaseRefusal::Merged`], [`CaseRefusal::NotLater`].
pub async fn look_again(
    desk: &Desk,
    reach: &Reach,
    case: CaseId,
    kind: OutstandingKind,
    subject: &str,
    at: Instant,
) -> Result<(), Stop> {
    let (reach, subject, now) = (reach.clone(), subject.to_owned(), desk.clock.now());
    desk.store
        .write(move |tx| {
            let case = case_tables::find_unmerged(tx, &reach, case)?;
            if at <= now || at > now.plus_days(366) {
                return Err(CaseRefusal::NotLater.into());
            }
            let all = case_tables::outstanding_of(tx, case.id)?;
            let found = all.into_iter().find(|one| one.kind == kind && one.subject == subject);
            let item = found.ok_or(CaseRefusal::NotFound)?;
            case_tables::keep_outstanding(tx, &Outstanding { next_at: at, is_chosen: true, ..item })?;
            let what = "chose when this is looked at next.";
            Ok(changes::did(tx, &case, &reach, "outstanding.dated", now, what)?)
        })
        .await
}
