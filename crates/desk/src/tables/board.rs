//! What the board counts, over the tables of cases, clocks, escalations, hand-overs, pages and overflow.

use kernel::{CaseId, EngagementId, Fault, Instant, Metric, PersonId};
use store::{Param, Row, Statement, Tx, sql};

/// Open cases of a kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// Where they stand.
    pub state: cases::State,
    /// Somebody has them.
    pub is_assigned: bool,
    /// How many.
    pub cases: i64,
    /// When the oldest began.
    pub oldest: Instant,
}

/// What is due.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DueLine {
    /// The case.
    pub case: CaseId,
    /// Its reference.
    pub reference: String,
    /// Its subject.
    pub subject: String,
    /// Who has it.
    pub assignee: Option<PersonId>,
    /// What was promised.
    pub metric: Metric,
    /// When.
    pub due_at: Instant,
}

/// What somebody has in hand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InHand {
    /// Who.
    pub person: PersonId,
    /// How many cases on which it is our turn.
    pub cases: i64,
    /// What of it is due first.
    pub due_at: Option<Instant>,
}

/// Numbers of an engagement.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Numbers {
    /// Targets that have passed.
    pub overdue: i64,
    /// Escalations that are open.
    pub escalated: i64,
    /// Hand-overs that nobody has accepted.
    pub hand_overs: i64,
    /// Pages that nobody has acknowledged.
    pub pages: i64,
}

/// Whether an engagement helps the client's own people now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OverflowNow {
    /// It does.
    pub is_on: bool,
    /// Since when it does, or doesn't.
    pub since: Instant,
    /// How many cases went over on the day that is counted.
    pub sent: i64,
}

fn of_each<T>(
    tx: &mut Tx<'_>,
    statement: &'static Statement,
    engagements: &[EngagementId],
    make: impl Fn(&mut Row) -> Result<T, Fault>,
) -> Result<Vec<Vec<T>>, Fault> {
    let sets: Vec<Vec<&dyn Param>> = engagements.iter().map(|id| vec![id as &dyn Param]).collect();
    tx.lists(statement, &sets, make)
}

/// The open cases of each engagement, by state.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn waiting(tx: &mut Tx<'_>, engagements: &[EngagementId]) -> Result<Vec<Vec<Waiting>>, Fault> {
    let statement = sql!(
        "select state, assignee_id is not null, count(*), min(opened_at) from cases
         where engagement_id = $1 and is_open group by state, assignee_id is not null"
    );
    of_each(tx, statement, engagements, |row| {
        Ok(Waiting { state: row.take()?, is_assigned: row.take()?, cases: row.take()?, oldest: row.take()? })
    })
}

/// What is due first in each engagement; five lines at most.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn due(tx: &mut Tx<'_>, engagements: &[EngagementId]) -> Result<Vec<Vec<DueLine>>, Fault> {
    let statement = sql!(
        "select c.id, c.reference, c.subject, c.assignee_id, k.metric, k.due_at
         from clocks k join cases c on c.id = k.case_id
         where k.engagement_id = $1 and k.done_at is null and k.due_at is not null and c.is_open and c.engagement_id = k.engagement_id
         order by k.due_at, c.id limit 5"
    );
    of_each(tx, statement, engagements, |row| {
        Ok(DueLine {
            case: row.take()?,
            reference: row.take()?,
            subject: row.take()?,
            assignee: row.take()?,
            metric: row.take()?,
            due_at: row.take()?,
        })
    })
}

/// What everybody in each engagement has in hand.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn in_hand(tx: &mut Tx<'_>, engagements: &[EngagementId]) -> Result<Vec<Vec<InHand>>, Fault> {
    let statement = sql!(
        "select c.assignee_id, count(distinct c.id), min(k.due_at)
         from cases c left join clocks k on k.case_id = c.id and k.done_at is null
         where c.engagement_id = $1 and c.is_open and c.state <> 'waiting' and c.assignee_id is not null
         group by c.assignee_id"
    );
    of_each(tx, statement, engagements, |row| {
        Ok(InHand { person: row.take()?, cases: row.take()?, due_at: row.take()? })
    })
}

/// The numbers of each engagement.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn numbers(tx: &mut Tx<'_>, engagements: &[EngagementId], now: Instant) -> Result<Vec<Numbers>, Fault> {
    let statement = sql!(
        "select (select count(*) from clocks k join cases c on c.id = k.case_id
                 where k.engagement_id = $1 and k.done_at is null and k.due_at < $2 and c.is_open and c.engagement_id = $1),
                (select count(*) from escalations e join cases c on c.id = e.case_id
                 where e.closed_at is null and c.engagement_id = $1),
                (select count(*) from hand_overs where accepted_at is null and to_engagement_id = $1),
                (select count(*) from pages where next_at is not null and engagement_id = $1)"
    );
    let sets: Vec<Vec<&dyn Param>> =
        engagements.iter().map(|id| vec![id as &dyn Param, &now as &dyn Param]).collect();
    let found = tx.lists(statement, &sets, |row| {
        Ok(Numbers {
            overdue: row.take()?,
            escalated: row.take()?,
            hand_overs: row.take()?,
            pages: row.take()?,
        })
    })?;
    Ok(found.into_iter().map(|rows| rows.into_iter().next().unwrap_or_default()).collect())
}

/// Whether each engagement helps now.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn overflow(tx: &mut Tx<'_>, engagements: &[EngagementId]) -> Result<Vec<Option<OverflowNow>>, Fault> {
    let statement = sql!("select is_on, since_at, sent_today from overflows where engagement_id = $1");
    let found = of_each(tx, statement, engagements, |row| {
        Ok(OverflowNow { is_on: row.take()?, since: row.take()?, sent: row.take()? })
    })?;
    Ok(found.into_iter().map(|rows| rows.into_iter().next()).collect())
}
