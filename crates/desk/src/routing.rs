//! Routing: a case that nobody has is given to whoever may take it, or waits with the reason; what somebody can't answer any more goes back.

mod deciding;
mod hall;
mod leaving;
mod shown;
mod taking;

use crate::{Desk, engagement_terms};
use cases::{Case, tables as case_tables};
use engagements::{Engagement, Standing, tables as engagement_tables, terms::RoutingMode};
use jobs::{Handler, Job, Outcome, Running};
use kernel::{CaseId, EngagementId, Fault, Instant, PersonId};
use store::Tx;

pub(crate) use deciding::by_hand;
pub use deciding::decide;
pub(crate) use leaving::given_back;
pub use leaving::left;
pub use shown::{Shown, Somebody, explain, why};
pub(crate) use taking::may_choose;
pub use taking::{may_take_next, next};

/// The kind of job that gives a case to somebody.
pub const ROUTING: &str = "route";
/// So many jobs are run at the same time.
const AT_ONCE: usize = 4;
/// So many waiting cases of an engagement are looked at together.
pub const TOGETHER: i64 = 200;

/// How cases come to people in an engagement: none where nobody has agreed on terms, because there people take what they want.
///
/// # Errors
/// A fault when the database can't be reached.
pub(crate) fn mode(
    tx: &mut Tx<'_>,
    engagement: EngagementId,
    now: Instant,
) -> Result<Option<RoutingMode>, Fault> {
    let in_force = engagement_terms::of(tx, engagement, now)?;
    Ok(in_force.version.map(|_| in_force.terms.routing))
}

/// Who may take a case in an engagement now, in the order in which they are asked; whoever has it isn't among them.
///
/// # Errors
/// A fault when the database can't be reached.
pub(crate) fn who_may(
    tx: &mut Tx<'_>,
    desk: &Desk,
    case: &Case,
    engagement: EngagementId,
    now: Instant,
) -> Result<Vec<PersonId>, Fault> {
    let in_force = engagement_terms::of(tx, engagement, now)?;
    let hall = hall::Hall::of(tx, desk, in_force, vec![case.clone()], now)?;
    let Some(asked) = hall.cases.first() else { return Ok(Vec::new()) };
    let may = hall.explained(asked, now).may.into_iter();
    let may = may.map(|(number, _)| hall.someone(number).person.id);
    Ok(may.filter(|person| Some(*person) != case.assignee).collect())
}

/// A case needs somebody, unless somebody has it: it is routed as soon as this transaction is committed.
pub(crate) fn needs_somebody(tx: &mut Tx<'_>, case: CaseId, now: Instant) -> Result<(), Fault> {
    let Some(case) = case_tables::case(tx, case)? else { return Ok(()) };
    if !is_waiting(&case) || mode(tx, case.engagement, now)?.is_none() {
        return Ok(());
    }
    if !jobs::retry_about(tx, ROUTING, case.id, now)? {
        jobs::enqueue(tx, ROUTING, case.id, now, now)?;
    }
    Ok(())
}

/// Nobody has it, and it waits for us.
fn is_waiting(case: &Case) -> bool {
    case.assignee.is_none()
        && case.merged_into.is_none()
        && case.flooded_at.is_none()
        && matches!(case.state, cases::State::New | cases::State::Open)
}

/// Gives the cases to people that need somebody.
pub struct Routing {
    desk: Desk,
}

impl Routing {
    /// For this desk.
    pub fn new(desk: Desk) -> Self {
        Self { desk }
    }
}

impl Handler for Routing {
    fn kind(&self) -> &'static str {
        ROUTING
    }

    fn slots(&self) -> usize {
        AT_ONCE
    }

    fn run(&self, job: Job) -> Running<'_> {
        Box::pin(async move {
            let Ok(case) = job.subject.parse::<CaseId>() else {
                return Outcome::GiveUp { because: "The job doesn't name a case.".to_owned() };
            };
            match one(&self.desk, case).await {
                Ok(()) => Outcome::Done,
                Err(fault) => Outcome::Retry { because: format!("The case couldn't be routed: {fault}") },
            }
        })
    }
}

async fn one(desk: &Desk, case: CaseId) -> Result<(), Fault> {
    let (inner, now) = (desk.clone(), desk.clock.now());
    desk.store
        .write(move |tx| {
            let Some(case) = case_tables::case(tx, case)? else { return Ok(()) };
            deciding::decide(tx, &inner, case.engagement, vec![case], now).map(drop)
        })
        .await
}

/// Looks at every engagement: takes back what its holder can't answer any more, and gives to people what waits. Done soon after anything
/// that may have made it possible, and at least each minute.
///
/// # Errors
/// A fault when the database can't be reached.
pub async fn sweep(desk: &Desk) -> Result<(), Fault> {
    let now = desk.clock.now();
    let engagements = desk.store.read(engagement_tables::engagements).await?;
    let in_force = engagements.into_iter().filter(|one| one.standing(now) == Standing::InForce);
    for engagement in in_force {
        look_at(desk, &engagement, now).await?;
    }
    Ok(())
}

async fn look_at(desk: &Desk, engagement: &Engagement, now: Instant) -> Result<(), Fault> {
    let id = engagement.id;
    let is_idle = desk.store.read(move |tx| {
        let nothing = case_tables::waiting_for_somebody(tx, id, 1)?.is_empty()
            && case_tables::held_in(tx, id)?.is_empty();
        Ok::<_, Fault>(nothing || mode(tx, id, now)?.is_none())
    });
    if is_idle.await? {
        return Ok(());
    }
    let inner = desk.clone();
    desk.store
        .write(move |tx| {
            leaving::take_back(tx, &inner, id, now)?;
            let waiting = case_tables::waiting_for_somebody(tx, id, TOGETHER)?;
            deciding::decide(tx, &inner, id, waiting, now).map(drop)
        })
        .await
}

/// Whether a change may let somebody take what waits, or keep somebody from what they have.
pub fn may_matter(kind: &str) -> bool {
    const SUBJECTS: [&str; 7] = ["case.", "reply.", "permit.", "skill.", "person.", "roster.", "presence."];
    const OWN: [&str; 2] = ["case.routed", "case.not_routed"];
    SUBJECTS.iter().any(|subject| kind.starts_with(subject)) && !OWN.contains(&kind)
}
