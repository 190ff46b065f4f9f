//! The board: how each team stands now. What waits, what is due next, and who is doing what.

use crate::{
    Desk, engagement_terms, roster,
    tables::board::{self as tables, DueLine, InHand, Numbers, OverflowNow, Waiting},
};
use cases::State;
use coverage::{Presence, Span, tables as coverage_tables};
use engagements::Standing;
use kernel::{EngagementId, Fault, Instant, PersonId, Reach};
use people::{Client, tables as people_tables};
use std::time::Duration;
use store::Tx;

/// How far ahead is looked for the end of somebody's shift.
const AHEAD: Duration = Duration::from_secs(24 * 3_600);
/// The channel whose capacity is shown.
const CHANNEL: &str = "email";

/// How a team stands.
#[derive(Clone, Debug)]
pub struct TeamBoard {
    /// The engagement.
    pub engagement: EngagementId,
    /// Its name.
    pub name: String,
    /// Whose customers they answer.
    pub client: Client,
    /// Its hours of service are open now.
    pub is_open: bool,
    /// What waits.
    pub queue: Queue,
    /// What is due first.
    pub due: Vec<DueLine>,
    /// What else is counted.
    pub numbers: Numbers,
    /// Whether it helps the client's own people; none where that wasn't agreed.
    pub overflow: Option<OverflowNow>,
    /// Who answers, those who are there first.
    pub people: Vec<AtWork>,
}

/// What waits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Queue {
    /// Nobody has them.
    pub unassigned: i64,
    /// Somebody has them, and it is our turn.
    pub ours: i64,
    /// It is the customer's turn.
    pub with_customer: i64,
    /// When the oldest of those began on which it is our turn.
    pub oldest: Option<Instant>,
}

/// Somebody of the team.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AtWork {
    /// Who.
    pub person: PersonId,
    /// Their name.
    pub name: String,
    /// Whether they take new cases.
    pub presence: Presence,
    /// Until when they work; none when they aren't there.
    pub until: Option<Instant>,
    /// How many cases they have on which it is our turn.
    pub cases: i64,
    /// How many they can have.
    pub capacity: i64,
    /// What of it is due first.
    pub due_at: Option<Instant>,
}

impl Queue {
    fn is_empty(&self) -> bool {
        self.unassigned + self.ours + self.with_customer == 0
    }

    fn of(waiting: &[Waiting]) -> Self {
        let count = |fits: &dyn Fn(&&Waiting) -> bool| waiting.iter().filter(fits).map(|one| one.cases).sum();
        let is_ours = |one: &&Waiting| one.state != State::Waiting;
        Self {
            unassigned: count(&|one| is_ours(one) && !one.is_assigned),
            ours: count(&|one| is_ours(one) && one.is_assigned),
            with_customer: count(&|one| !is_ours(one)),
            oldest: waiting.iter().filter(is_ours).map(|one| one.oldest).min(),
        }
    }
}

/// They lead a team, so the board has something for them.
pub fn may_look(reach: &Reach) -> bool {
    reach.engagements().iter().any(|(engagement, _)| reach.leads(*engagement))
}

/// How the teams stand that a person leads: as a team's lead, as the client's support owner, or as an owner of the installation who holds
/// such a seat.
///
/// # Errors
/// A fault when the database can't be reached.
pub async fn board(desk: &Desk, reach: &Reach) -> Result<Vec<TeamBoard>, Fault> {
    let (reach, now) = (reach.clone(), desk.clock.now());
    desk.store
        .read(move |tx| {
            let led = reach.engagements().into_iter().map(|(engagement, _)| engagement);
            let led: Vec<EngagementId> = led.filter(|engagement| reach.leads(*engagement)).collect();
            let (waiting, due, in_hand, numbers, overflow) = tx.together((
                |tx: &mut Tx<'_>| tables::waiting(tx, &led),
                |tx: &mut Tx<'_>| tables::due(tx, &led),
                |tx: &mut Tx<'_>| tables::in_hand(tx, &led),
                |tx: &mut Tx<'_>| tables::numbers(tx, &led, now),
                |tx: &mut Tx<'_>| tables::overflow(tx, &led),
            ))?;
            let counted = waiting.into_iter().zip(due).zip(in_hand).zip(numbers).zip(overflow);
            let mut teams = Vec::new();
            for (engagement, ((((waiting, due), in_hand), numbers), overflow)) in led.iter().zip(counted) {
                let counted = Counted { queue: Queue::of(&waiting), due, in_hand, numbers, overflow };
                teams.extend(team(tx, *engagement, counted, now)?);
            }
            teams.sort_by(|one, other| (&one.client.name, &one.name).cmp(&(&other.client.name, &other.name)));
            Ok(teams)
        })
        .await
}

/// What was counted of one engagement.
struct Counted {
    queue: Queue,
    due: Vec<DueLine>,
    in_hand: Vec<InHand>,
    numbers: Numbers,
    overflow: Option<OverflowNow>,
}

fn team(
    tx: &mut Tx<'_>,
    engagement: EngagementId,
    counted: Counted,
    now: Instant,
) -> Result<Option<TeamBoard>, Fault> {
    let at = engagement_terms::of(tx, engagement, now)?;
    // What is over is shown as long as something of it is open.
    if at.engagement.standing(now) != Standing::InForce && counted.queue.is_empty() {
        return Ok(None);
    }
    let Some(client) = people_tables::client(tx, at.engagement.client)? else { return Ok(None) };
    let hours = engagement_terms::calendar(tx, &at.engagement, &at.terms)?;
    let colleagues = people_tables::colleagues(tx, engagement)?;
    let ids: Vec<PersonId> = colleagues.iter().map(|person| person.id).collect();
    let within = Span { from: now, until: now.plus(AHEAD) };
    let there = roster::working(tx, at.engagement.team, &hours, &ids, within)?;
    let presences = coverage_tables::presences_of(tx, &ids)?;
    let capacities = coverage_tables::capacities_of(tx, &ids, CHANNEL)?;
    let mut people = Vec::new();
    for ((person, presence), capacity) in colleagues.iter().zip(presences).zip(capacities) {
        let hand = counted.in_hand.iter().find(|hand| hand.person == person.id);
        let is_now = |span: &Span| span.from <= now && now < span.until;
        let span = there.iter().find(|(id, span)| *id == person.id && is_now(span));
        people.push(AtWork {
            person: person.id,
            name: person.name.clone(),
            presence: presence.map(|(presence, _)| presence).unwrap_or_default(),
            until: span.map(|(_, span)| span.until),
            cases: hand.map_or(0, |hand| hand.cases),
            capacity: capacity.unwrap_or_else(|| coverage::usual_capacity(CHANNEL)),
            due_at: hand.and_then(|hand| hand.due_at),
        });
    }
    people.retain(|one| one.until.is_some() || one.cases > 0);
    people.sort_by(|one, other| (one.until.is_none(), &one.name).cmp(&(other.until.is_none(), &other.name)));
    Ok(Some(TeamBoard {
        engagement,
        name: at.engagement.name,
        client,
        is_open: hours.open(now, now.plus(Duration::from_secs(1))).next().is_some(),
        queue: counted.queue,
        due: counted.due,
        numbers: counted.numbers,
        overflow: counted.overflow.filter(|_| at.terms.overflow.is_some()),
        people,
    }))
}
