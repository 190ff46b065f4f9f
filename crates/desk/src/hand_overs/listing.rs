//! What is offered and to whom, as people read it: the list of hand-overs, and what the page of a case shows.

use super::{late_since, name};
use crate::Desk;
use cases::{Case, tables as case_tables};
use coverage::{hand_over::Offered, tables as coverage_tables};
use engagements::{Engagement, Standing, tables as engagement_tables};
use kernel::{CaseId, EngagementId, Fault, Instant, Reach, Sight};
use people::{Client, Person, tables as people_tables};
use std::time::Duration;
use store::Tx;

/// For so long somebody sees what they gave away.
const GIVEN_FOR: Duration = Duration::from_secs(2 * 24 * 3_600);

/// A hand-over with the names of everybody in it.
#[derive(Clone, Debug)]
pub struct Offer {
    /// The hand-over.
    pub offered: Offered,
    /// Who gives it; none where it was nobody's.
    pub giver: Option<String>,
    /// To whom it is offered by name.
    pub taker: Option<String>,
    /// The lead.
    pub lead: Option<String>,
    /// Who accepted it.
    pub accepted_by: Option<String>,
    /// The engagement that it comes from.
    pub from: String,
    /// The engagement that it goes to.
    pub to: String,
    /// The reader is asked: they can accept it now.
    pub asks_reader: bool,
    /// The reader can keep the case where it is.
    pub may_keep: bool,
}

/// A line of the list: a hand-over and its case.
#[derive(Clone, Debug)]
pub struct Line {
    /// The hand-over.
    pub offer: Offer,
    /// What people quote.
    pub reference: String,
    /// What it is about.
    pub subject: String,
    /// Whose customer asks.
    pub client: Client,
    /// The case's language.
    pub language: kernel::LanguageTag,
    /// How urgent it is.
    pub priority: kernel::Priority,
    /// The reader sees the case itself, and not only the note.
    pub is_seen: bool,
}

/// The list of hand-overs, as one person reads it.
#[derive(Clone, Debug, Default)]
pub struct Board {
    /// What they can accept now: what is late first, then what is offered to them by name, the oldest first.
    pub to_reader: Vec<Line>,
    /// What is offered to others of their engagements.
    pub to_others: Vec<Line>,
    /// What they gave away in the last two days.
    pub given: Vec<Line>,
}

/// To whom a case can be given by hand.
#[derive(Clone, Debug, Default)]
pub struct Recipients {
    /// The people of its own engagement, by name.
    pub people: Vec<Person>,
    /// The client's engagements in force, its own first.
    pub engagements: Vec<Engagement>,
}

/// The list of hand-overs, as one person reads it.
///
/// # Errors
/// A fault when the database can't be reached.
pub async fn board(desk: &Desk, reach: &Reach) -> Result<Board, Fault> {
    let (reach, now) = (reach.clone(), desk.clock.now());
    desk.store
        .read(move |tx| {
            let offered = coverage_tables::offered_to(tx, &whole(&reach))?;
            let given = coverage_tables::given_by(tx, reach.person(), now.minus(GIVEN_FOR))?;
            let mut board = Board::default();
            for one in offered {
                let Some(line) = line(tx, &reach, one, now)? else { continue };
                let side = if line.offer.asks_reader { &mut board.to_reader } else { &mut board.to_others };
                side.push(line);
            }
            for one in given {
                board.given.extend(line(tx, &reach, one, now)?);
            }
            let place = |line: &Line| {
                let offered = &line.offer.offered;
                (
                    offered.over.late_at() > now,
                    offered.over.to != Some(reach.person()),
                    offered.over.offered_at,
                )
            };
            board.to_reader.sort_by_key(place);
            board.to_others.sort_by_key(place);
            Ok::<_, Fault>(board)
        })
        .await
}

/// The engagements whose cases somebody sees whole.
fn whole(reach: &Reach) -> Vec<EngagementId> {
    let whole = reach.engagements().into_iter().filter(|(_, sight)| *sight == Sight::Whole);
    whole.map(|(engagement, _)| engagement).collect()
}

fn line(tx: &mut Tx<'_>, reach: &Reach, offered: Offered, now: Instant) -> Result<Option<Line>, Fault> {
    let Some(case) = case_tables::case(tx, offered.case)? else { return Ok(None) };
    let Some(client) = people_tables::client(tx, case.client)? else { return Ok(None) };
    Ok(Some(Line {
        offer: named(tx, reach, offered, now)?,
        reference: case.reference,
        subject: case.subject,
        client,
        language: case.language,
        priority: case.priority,
        is_seen: reach.sees(case.engagement, case.assignee),
    }))
}

fn named(tx: &mut Tx<'_>, reach: &Reach, offered: Offered, now: Instant) -> Result<Offer, Fault> {
    let works_there = reach.sees(offered.to_engagement, None);
    let leads = reach.leads(offered.from_engagement) || offered.over.from == Some(reach.person());
    Ok(Offer {
        giver: name(tx, offered.over.from)?,
        taker: name(tx, offered.over.to)?,
        lead: name(tx, offered.over.lead)?,
        accepted_by: name(tx, offered.over.accepted.map(|(by, _)| by))?,
        from: super::engagement_name(tx, offered.from_engagement)?,
        to: super::engagement_name(tx, offered.to_engagement)?,
        asks_reader: works_there && offered.asks(reach.person(), now),
        may_keep: leads && offered.is_open() && offered.led_at.is_none(),
        offered,
    })
}

/// The hand-overs of a case, the newest first, for whoever sees the case.
pub(crate) fn of_case(
    tx: &mut Tx<'_>,
    reach: &Reach,
    case: CaseId,
    now: Instant,
) -> Result<Vec<Offer>, Fault> {
    let found = coverage_tables::hand_overs_of(tx, case)?;
    found.into_iter().map(|offered| named(tx, reach, offered, now)).collect()
}

/// How many hand-overs somebody is asked by now.
pub(crate) fn asked_count(tx: &mut Tx<'_>, reach: &Reach, now: Instant) -> Result<i64, Fault> {
    coverage_tables::asked_count(tx, &whole(reach), reach.person(), late_since(now))
}

/// To whom a case can be given by hand.
///
/// # Errors
/// A fault when the database refuses it.
pub fn recipients(tx: &mut Tx<'_>, case: &Case, now: Instant) -> Result<Recipients, Fault> {
    let people = people_tables::colleagues(tx, case.engagement)?;
    let mut engagements = engagement_tables::of_client(tx, case.client)?;
    engagements.retain(|one| one.standing(now) == Standing::InForce);
    engagements.sort_by_key(|one| one.id != case.engagement);
    let is_other = |person: &Person| Some(person.id) != case.assignee;
    Ok(Recipients { people: people.into_iter().filter(is_other).collect(), engagements })
}
