//! What the on-call page shows: who is called now, which pages go on with their trails, one's own next duties.

use super::{of_link, rota};
use crate::Desk;
use cases::{Case, CaseRefusal, shown_reference, tables as case_tables};
use coverage::{KeptPage, OnCallDuty, Span, on_call::Trail, tables as coverage_tables};
use engagements::{Engagement, Standing, tables as engagement_tables};
use kernel::{Fault, Instant, PageId, PersonId, Reach, Stop};
use people::{Person, tables as people_tables};
use std::time::Duration;
use store::Tx;

/// Pages that ended are shown for so long.
const SHOWN_FOR: Duration = Duration::from_secs(24 * 3_600);
/// Duties are shown so far ahead.
const AHEAD: Duration = Duration::from_secs(14 * 24 * 3_600);

/// The on-call page.
pub struct Board {
    /// By engagement.
    pub engagements: Vec<OnCallIn>,
    /// The pages that go on, and those of the last day; the latest first.
    pub pages: Vec<ShownPage>,
    /// One's own next duties.
    pub own: Vec<Duty>,
}

/// Who is on call in an engagement.
pub struct OnCallIn {
    /// The engagement.
    pub engagement: Engagement,
    /// The client.
    pub client: String,
    /// The duties from now on, in order of level and time.
    pub duties: Vec<Duty>,
    /// Who can be put on call, where the reader may do that.
    pub callable: Vec<Person>,
}

/// A duty with its names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Duty {
    /// The duty.
    pub duty: OnCallDuty,
    /// Who.
    pub name: String,
    /// For what: "Aurora".
    pub client: String,
}

/// A page with its names.
pub struct ShownPage {
    /// The page.
    pub id: PageId,
    /// What people quote.
    pub reference: String,
    /// The client.
    pub client: String,
    /// The case, where the reader sees it.
    pub case: Option<Case>,
    /// Why.
    pub because: String,
    /// When it began.
    pub begun_at: Instant,
    /// What has happened, in sentences.
    pub trail: Vec<(Instant, String)>,
    /// When the next level is called.
    pub next_at: Option<Instant>,
    /// Who has taken it.
    pub acknowledged_by: Option<String>,
    /// Nobody has.
    pub is_unanswered: bool,
    /// The reader was called and nobody has taken it.
    pub is_mine_to_take: bool,
}

/// What the on-call page shows to somebody.
///
/// # Errors
/// A fault when the database can't be reached.
pub async fn board(desk: &Desk, reach: &Reach) -> Result<Board, Fault> {
    let (reach, now) = (reach.clone(), desk.clock.now());
    desk.store
        .read(move |tx| {
            let ahead = Span { from: now, until: now.plus(AHEAD) };
            let own = coverage_tables::duties_of(tx, reach.person(), ahead)?;
            let mut engagements = Vec::new();
            for engagement in engagement_tables::engagements(tx)? {
                let is_seen = reach.engagements().iter().any(|(seen, _)| *seen == engagement.id)
                    || reach.owns_installation()
                    || own.iter().any(|duty| duty.engagement == engagement.id);
                if is_seen && engagement.standing(now) == Standing::InForce {
                    engagements.push(on_call_in(tx, &reach, engagement, ahead)?);
                }
            }
            engagements.sort_by_key(|one| (one.duties.is_empty(), one.client.to_lowercase()));
            let mut pages = Vec::new();
            for kept in coverage_tables::pages_since(tx, now.minus(SHOWN_FOR))? {
                pages.extend(shown(tx, reach.person(), Some(&reach), kept)?);
            }
            Ok(Board { own: named(tx, own)?, engagements, pages })
        })
        .await
}

fn on_call_in(
    tx: &mut Tx<'_>,
    reach: &Reach,
    engagement: Engagement,
    ahead: Span,
) -> Result<OnCallIn, Fault> {
    let duties = coverage_tables::duties_between(tx, &[engagement.id], ahead)?;
    let may_change = rota::may_change(reach, engagement.id);
    let callable = if may_change { rota::callable(tx, &engagement)? } else { Vec::new() };
    let client = people_tables::client(tx, engagement.client)?.map(|client| client.name);
    Ok(OnCallIn { client: client.unwrap_or_default(), duties: named(tx, duties)?, callable, engagement })
}

fn named(tx: &mut Tx<'_>, duties: Vec<OnCallDuty>) -> Result<Vec<Duty>, Fault> {
    let mut named = Vec::new();
    for duty in duties {
        let name = name(tx, duty.person)?;
        let engagement = engagement_tables::engagement(tx, duty.engagement)?;
        let client = match engagement {
            Some(engagement) => people_tables::client(tx, engagement.client)?.map(|client| client.name),
            None => None,
        };
        named.push(Duty { duty, name, client: client.unwrap_or_default() });
    }
    Ok(named)
}

fn name(tx: &mut Tx<'_>, person: PersonId) -> Result<String, Fault> {
    Ok(people_tables::person(tx, person)?.map(|person| person.name).unwrap_or_default())
}

/// A page as somebody sees it: whose reach sees the case, or who was called.
fn shown(
    tx: &mut Tx<'_>,
    reader: PersonId,
    reach: Option<&Reach>,
    kept: KeptPage,
) -> Result<Option<ShownPage>, Fault> {
    let Some(case) = case_tables::case(tx, kept.case)? else { return Ok(None) };
    let sees = reach.is_some_and(|reach| reach.sees(case.engagement, case.assignee));
    let was_called = kept.page.called().contains(&reader);
    if !sees && !was_called {
        return Ok(None);
    }
    let mut trail = Vec::new();
    for step in kept.page.trail() {
        trail.push(match step {
            Trail::Called { level, at } => {
                let mut names = Vec::new();
                for person in &kept.page.levels()[*level].people {
                    names.push(name(tx, *person)?);
                }
                let were = if names.len() == 1 { "was" } else { "were" };
                (*at, format!("Level {}: {} {were} called.", level + 1, names.join(" and ")))
            }
            Trail::Acknowledged { by, at } => (*at, format!("{} has taken it.", name(tx, *by)?)),
            Trail::Unanswered { at } => (*at, "Nobody has acknowledged it.".to_owned()),
        });
    }
    let acknowledged = kept.page.acknowledged();
    let acknowledged_by = acknowledged.map(|by| name(tx, by)).transpose()?;
    let client = people_tables::client(tx, case.client)?.map(|client| client.name);
    Ok(Some(ShownPage {
        id: kept.id,
        reference: shown_reference(&case.reference),
        client: client.unwrap_or_default(),
        because: kept.because,
        begun_at: kept.begun_at,
        trail,
        next_at: kept.page.next_at(),
        acknowledged_by,
        is_unanswered: kept.page.is_unanswered(),
        is_mine_to_take: was_called && acknowledged.is_none(),
        case: sees.then_some(case),
    }))
}

/// What a link calls somebody to, for whoever holds it: no word of the customer's.
///
/// # Errors
/// [`CaseRefusal::NotFound`] when it isn't one of ours.
pub async fn of_holder(desk: &Desk, token: &str) -> Result<(ShownPage, String), Stop> {
    let (page, person) = of_link(desk, token)?;
    desk.store
        .read(move |tx| {
            let kept = coverage_tables::page(tx, page)?.ok_or(CaseRefusal::NotFound)?;
            let shown = shown(tx, person, None, kept)?.ok_or(CaseRefusal::NotFound)?;
            Ok((shown, name(tx, person)?))
        })
        .await
}
