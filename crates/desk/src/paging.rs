//! Paging: people are called to a case that can't wait, level by level, until somebody acknowledges it. The trail is kept.

pub mod addresses;
pub mod board;
pub mod calling;
pub mod rota;

use crate::{Desk, changes, engagement_terms, outstanding};
use cases::{
    Case, CaseRefusal, shown_reference, tables as case_tables,
    token::{Purpose, read_token, token},
};
use coverage::{
    KeptPage, RosterRefusal, Span,
    on_call::{Level, NotTheirs, Page, Trail},
    tables as coverage_tables,
};
use jobs::{Handler, Job, Outcome, Running};
use kernel::{Fault, Instant, PageId, PersonId, Priority, Reach, Role, Stop};
use people::tables as people_tables;
use std::time::Duration;
use store::{Tx, fresh};

/// The job that calls the next level of a page. Its subject is the page.
pub const PAGE: &str = "page";
/// The job that calls somebody. Its subject is the page, the level and the person.
pub const CALL: &str = "call";
/// The job that reminds whoever took a case to tell the customer. Its subject is the page.
pub const REMIND: &str = "page_reminder";
/// How long a level has where the terms don't say.
const USUAL_MINUTES: u32 = 10;
/// How often the customer of such a case is told how it stands.
const TELL_EVERY: Duration = Duration::from_secs(30 * 60);
/// Whoever hasn't ended a case after so many reminders isn't reminded any more: a day.
const MOST_REMINDERS: i64 = 48;

/// Who may say that a case is one for which people are called, where the terms don't name anybody.
const USUAL_DECLARERS: [Role; 2] = [Role::SupportOwner, Role::TeamLead];

/// Calls the people who are on call in a case's engagement, level by level. Answers the page; the one that goes on where there is one,
/// and none where the engagement has nobody on call and no levels in its terms.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn begin(
    tx: &mut Tx<'_>,
    case: &Case,
    because: &str,
    by: Option<PersonId>,
    now: Instant,
) -> Result<Option<PageId>, Fault> {
    let before = coverage_tables::pages_of_case(tx, case.id)?;
    if let Some(going_on) = before.iter().find(|kept| kept.page.next_at().is_some()) {
        return Ok(Some(going_on.id));
    }
    let levels = levels(tx, case, now)?;
    if levels.is_empty() {
        return Ok(None);
    }
    let kept = KeptPage {
        id: fresh(),
        case: case.id,
        engagement: case.engagement,
        because: because.to_owned(),
        begun_by: by,
        begun_at: now,
        page: Page::begin(levels, now),
    };
    keep(tx, case, &kept, 0, now)?;
    Ok(Some(kept.id))
}

/// The levels of an engagement with the people who are on call now: as many as the terms name, or the rota has.
fn levels(tx: &mut Tx<'_>, case: &Case, now: Instant) -> Result<Vec<Level>, Fault> {
    let minutes = engagement_terms::of(tx, case.engagement, now)?.terms.on_call.levels;
    let at = Span { from: now, until: Instant::from_micros(now.micros() + 1) };
    let duties = coverage_tables::duties_between(tx, &[case.engagement], at)?;
    let highest = duties.iter().map(|duty| duty.level).max().unwrap_or_default();
    let count = highest.max(i64::try_from(minutes.len()).unwrap_or_default());
    let level = |nth: i64| {
        let on_it = duties.iter().filter(|duty| duty.level == nth).map(|duty| duty.person);
        let of_terms = usize::try_from(nth - 1).ok().and_then(|at| minutes.get(at)).copied();
        let within = Duration::from_secs(60 * u64::from(of_terms.unwrap_or(USUAL_MINUTES)));
        Level { people: on_it.collect(), within }
    };
    Ok((1..=count).map(level).collect())
}

/// A case became urgent: people are called where somebody said so who may, and where somebody is on call.
///
/// # Errors
/// A fault when the engine refuses it.
pub(crate) fn prioritised(
    tx: &mut Tx<'_>,
    reach: &Reach,
    case: &Case,
    to: Priority,
    now: Instant,
) -> Result<(), Fault> {
    if to != Priority::Urgent || !case.state.is_open() || !may_declare(tx, reach, case, now)? {
        return Ok(());
    }
    let because = format!("{} was declared urgent", shown_reference(&case.reference));
    begin(tx, case, &because, Some(reach.person()), now).map(drop)
}

/// Somebody may say that a case of this engagement is one for which people are called.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn may_declare(tx: &mut Tx<'_>, reach: &Reach, case: &Case, now: Instant) -> Result<bool, Fault> {
    let named = engagement_terms::of(tx, case.engagement, now)?.terms.on_call.declared_by;
    let roles = if named.is_empty() { USUAL_DECLARERS.to_vec() } else { named };
    Ok(reach.seats().iter().any(|seat| seat.engagement == case.engagement && roles.contains(&seat.role)))
}

/// Calls people to a case because somebody who may says so.
///
/// # Errors
/// [`CaseRefusal::NotFound`], [`RosterRefusal::MayNotDeclare`], [`RosterRefusal::NoOnCall`].
pub async fn declare(
    desk: &Desk,
    reach: &Reach,
    case: kernel::CaseId,
    because: &str,
) -> Result<PageId, Stop> {
    let (reach, now, because) = (reach.clone(), desk.clock.now(), because.trim().to_owned());
    desk.store
        .write(move |tx| {
            let case = case_tables::find_unmerged(tx, &reach, case)?;
            if !may_declare(tx, &reach, &case, now)? {
                return Err(RosterRefusal::MayNotDeclare.into());
            }
            let because = if because.is_empty() { "Somebody is needed at once" } else { &because };
            let begun = begin(tx, &case, because, Some(reach.person()), now)?;
            begun.ok_or_else(|| RosterRefusal::NoOnCall.into())
        })
        .await
}

/// Writes a page down with what has happened since so many steps: the events at the case, the calls, and the job for the next level.
fn keep(tx: &mut Tx<'_>, case: &Case, kept: &KeptPage, since: usize, now: Instant) -> Result<(), Fault> {
    coverage_tables::put_page(tx, kept)?;
    for step in kept.page.trail().iter().skip(since) {
        match step {
            Trail::Called { level, at } => {
                let people = &kept.page.levels()[*level].people;
                let names = names(tx, people)?;
                let were = if people.len() == 1 { "was" } else { "were" };
                let sentence = format!("{names} {were} called, level {}: {}.", level + 1, kept.because);
                changes::happened(tx, case, "page.called", kept.begun_by, *at, sentence)?;
                for person in people {
                    jobs::enqueue(tx, CALL, format!("{} {level} {person}", kept.id), now, now)?;
                }
            }
            Trail::Acknowledged { by, at } => {
                let sentence = format!("{} has taken it on call.", names(tx, &[*by])?);
                changes::happened(tx, case, "page.acknowledged", Some(*by), *at, sentence)?;
            }
            Trail::Unanswered { at } => {
                let sentence = "Nobody who is on call has acknowledged it. Call somebody by telephone.";
                changes::happened(tx, case, "page.unanswered", None, *at, sentence)?;
            }
        }
    }
    if let Some(next) = kept.page.next_at() {
        jobs::enqueue(tx, PAGE, kept.id, next, now)?;
    }
    Ok(())
}

fn names(tx: &mut Tx<'_>, people: &[PersonId]) -> Result<String, Fault> {
    let mut names = Vec::new();
    for person in people {
        names.extend(people_tables::person(tx, *person)?.map(|person| person.name));
    }
    Ok(names.join(" and "))
}

/// Time has passed: the levels whose time is over are followed by the next. Answers when it is looked at again.
///
/// # Errors
/// A fault when the database can't be reached.
pub async fn tick(desk: &Desk, page: PageId) -> Result<(), Fault> {
    let now = desk.clock.now();
    desk.store
        .write(move |tx| {
            let Some(mut kept) = coverage_tables::page(tx, page)? else { return Ok(()) };
            let Some(case) = case_tables::case(tx, kept.case)? else { return Ok(()) };
            if kept.page.next_at().is_none_or(|next| next > now) {
                return Ok(());
            }
            let since = kept.page.trail().len();
            kept.page.tick(now);
            keep(tx, &case, &kept, since, now)
        })
        .await
}

/// Somebody who was called takes it. The case is theirs where nobody has it.
///
/// # Errors
/// [`CaseRefusal::NotFound`], [`RosterRefusal::NotCalled`], [`RosterRefusal::Acknowledged`].
pub async fn acknowledge(desk: &Desk, person: PersonId, page: PageId) -> Result<(), Stop> {
    let now = desk.clock.now();
    desk.store
        .write(move |tx| {
            let mut kept = coverage_tables::page(tx, page)?.ok_or(CaseRefusal::NotFound)?;
            let case = case_tables::case(tx, kept.case)?.ok_or(CaseRefusal::NotFound)?;
            let since = kept.page.trail().len();
            let had = kept.page.acknowledged();
            match kept.page.acknowledge(person, now) {
                Ok(()) => {}
                Err(NotTheirs::NotCalled) => return Err(RosterRefusal::NotCalled.into()),
                Err(NotTheirs::Acknowledged(first)) => {
                    return Err(RosterRefusal::Acknowledged(names(tx, &[first])?).into());
                }
            }
            if had == Some(person) {
                return Ok(());
            }
            keep(tx, &case, &kept, since, now)?;
            take(tx, &case, person, now)?;
            jobs::enqueue(tx, REMIND, format!("{page} 1"), now.plus(TELL_EVERY), now)?;
            Ok(())
        })
        .await
}

/// The case is theirs where nobody has it and they may answer it.
fn take(tx: &mut Tx<'_>, case: &Case, person: PersonId, now: Instant) -> Result<(), Fault> {
    let colleagues = people_tables::colleagues(tx, case.engagement)?;
    if case.assignee.is_some() || !case.state.is_open() || !colleagues.iter().any(|one| one.id == person) {
        return Ok(());
    }
    case_tables::assign(tx, case.id, Some(person), case.state.after_assignment(), now)?;
    outstanding::settle(tx, case.id, now)?;
    let sentence = format!("{} took the case.", names(tx, &[person])?);
    changes::happened(tx, case, "case.assigned", Some(person), now, sentence)
}

/// The address of the page on which somebody acknowledges without signing in; none while nobody said where we are reached.
pub(crate) fn link(desk: &Desk, page: PageId, person: PersonId) -> Option<String> {
    let base = desk.public_address.as_deref()?;
    let token = token(desk.signing_key.as_bytes(), Purpose::Call, &format!("{page} {person}"));
    Some(format!("{base}/calls/{token}"))
}

/// Whom a link calls to what.
fn of_link(desk: &Desk, token: &str) -> Result<(PageId, PersonId), CaseRefusal> {
    let said = read_token(desk.signing_key.as_bytes(), Purpose::Call, token);
    let read = said.as_deref().and_then(|said| said.split_once(' '));
    let read = read.and_then(|(page, person)| Some((page.parse().ok()?, person.parse().ok()?)));
    read.ok_or(CaseRefusal::NotFound)
}

/// Somebody takes it by the link that they were sent.
///
/// # Errors
/// As [`acknowledge`].
pub async fn acknowledge_by_link(desk: &Desk, token: &str) -> Result<(), Stop> {
    let (page, person) = of_link(desk, token)?;
    acknowledge(desk, person, page).await
}

/// Reminds whoever took a case that its customer is told how it stands, as long as it goes on and nobody wrote to them.
async fn remind(desk: &Desk, page: PageId, nth: i64) -> Result<(), Fault> {
    let now = desk.clock.now();
    desk.store
        .write(move |tx| {
            let Some(kept) = coverage_tables::page(tx, page)? else { return Ok(()) };
            let Some(case) = case_tables::case(tx, kept.case)? else { return Ok(()) };
            if !case.state.is_open() || nth > MOST_REMINDERS {
                return Ok(());
            }
            let messages = case_tables::messages(tx, case.id, 20)?;
            let told = messages.iter().filter(|one| one.kind == cases::MessageKind::Reply);
            let told = told.map(|one| one.at).max();
            if told.is_none_or(|at| now.since(at) >= TELL_EVERY) {
                let sentence = "Tell the customer how it stands: every 30 to 60 minutes until it is solved.";
                changes::happened(tx, &case, "page.tell_customer", None, now, sentence)?;
            }
            jobs::enqueue(tx, REMIND, format!("{page} {}", nth + 1), now.plus(TELL_EVERY), now)?;
            Ok(())
        })
        .await
}

/// Runs the jobs that call the next level.
pub struct Paging(pub Desk);

/// Runs the jobs that remind whoever took a case.
pub struct Reminding(pub Desk);

impl Handler for Paging {
    fn kind(&self) -> &'static str {
        PAGE
    }

    fn slots(&self) -> usize {
        2
    }

    fn run(&self, job: Job) -> Running<'_> {
        Box::pin(async move {
            let Ok(page) = job.subject.parse() else { return unnamed() };
            ended(tick(&self.0, page).await)
        })
    }
}

impl Handler for Reminding {
    fn kind(&self) -> &'static str {
        REMIND
    }

    fn slots(&self) -> usize {
        1
    }

    fn run(&self, job: Job) -> Running<'_> {
        Box::pin(async move {
            let named = job.subject.split_once(' ');
            let named = named.and_then(|(page, nth)| Some((page.parse().ok()?, nth.parse().ok()?)));
            let Some((page, nth)) = named else { return unnamed() };
            ended(remind(&self.0, page, nth).await)
        })
    }
}

fn unnamed() -> Outcome {
    Outcome::GiveUp { because: "The job doesn't name a page.".to_owned() }
}

fn ended(done: Result<(), Fault>) -> Outcome {
    match done {
        Ok(()) => Outcome::Done,
        Err(fault) => Outcome::Retry { because: format!("The page couldn't be kept: {fault}") },
    }
}
