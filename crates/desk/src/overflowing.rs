//! Overflow: when a client's own people have too much to do, an engagement that agreed to help gets what has waited longest, up to its
//! cap a day, until there is little enough to do again.

use crate::{
    Desk, engagement_terms, hand_overs,
    placement::{self, Held},
    roster,
};
use cases::{Case, tables as case_tables};
use coverage::Presence;
use engagements::{
    tables as engagement_tables,
    terms::{EngagementKind, OverflowAgreed},
};
use kernel::{Because, ClientId, EngagementId, Fault, Instant};
use people::tables as people_tables;
use routing::{
    Overflow, OverflowRule, Stream,
    tables::{self as routing_tables, KeptOverflow},
};
use std::time::Duration;
use store::{Event, Tx};

/// What whoever comes now waits where nobody is there to answer.
const NOBODY: Duration = Duration::from_secs(24 * 3_600);

/// Looks at every engagement that helps when others have too much to do; answers how many cases went over. Looking again changes nothing.
///
/// # Errors
/// A fault when the database can't be reached.
pub async fn sweep(desk: &Desk) -> Result<usize, Fault> {
    let now = desk.clock.now();
    let clients = desk.store.read(people_tables::clients).await?;
    let mut sent = 0;
    for client in clients {
        let has_helpers =
            desk.store.read(move |tx| Ok::<_, Fault>(!helpers(tx, client.id, now)?.1.is_empty()));
        if has_helpers.await? {
            sent += desk.store.write(move |tx| look_at(tx, client.id, now)).await?;
        }
    }
    Ok(sent)
}

/// The engagements that help, with what was agreed.
type Helping = Vec<(EngagementId, OverflowAgreed)>;

/// A client's engagements, and those of them that help.
fn helpers(tx: &mut Tx<'_>, client: ClientId, now: Instant) -> Result<(Vec<Held>, Helping), Fault> {
    let held = placement::held(tx, client, now)?;
    let helping = held.iter().filter(|one| one.calendar.is_open(now));
    let helping = helping.filter_map(|one| Some((one.engagement.id, one.terms.overflow?)));
    let helping = helping.collect();
    Ok((held, helping))
}

fn look_at(tx: &mut Tx<'_>, client: ClientId, now: Instant) -> Result<usize, Fault> {
    let (held, helping) = helpers(tx, client, now)?;
    let mut sent = 0;
    for (helper, agreed) in helping {
        let Some(helper) = held.iter().find(|one| one.engagement.id == helper) else { continue };
        sent += of_helper(tx, &held, helper, &agreed, now)?;
    }
    Ok(sent)
}

/// The cases that nobody has, what one of them takes, and how many people are there for them.
struct Queue {
    cases: Vec<Case>,
    handling: Duration,
    people: u32,
}

impl Queue {
    fn many(&self, sent: usize) -> u32 {
        u32::try_from(self.cases.len().saturating_sub(sent)).unwrap_or(u32::MAX)
    }

    /// How long whoever comes now would wait.
    fn wait(&self, sent: usize) -> Duration {
        let many = self.many(sent);
        match self.people {
            _ if many == 0 => Duration::ZERO,
            0 => NOBODY,
            people => self.handling.saturating_mul(many) / people,
        }
    }
}

fn of_helper(
    tx: &mut Tx<'_>,
    held: &[Held],
    helper: &Held,
    agreed: &OverflowAgreed,
    now: Instant,
) -> Result<usize, Fault> {
    let Some(queue) = queue(tx, held, helper, now)? else { return Ok(0) };
    let rule = OverflowRule {
        wait: Duration::from_secs(u64::from(agreed.wait_minutes) * 60),
        queue: agreed.queue,
        ends_below: agreed.ends_below,
        daily_cap: agreed.daily_cap,
    };
    let before = kept(tx, helper, now)?;
    let mut kept = before.clone();
    let mut sent = 0;
    look(tx, helper, &rule, &queue, sent, &mut kept, now)?;
    for case in queue.cases.iter().filter(|_| kept.overflow.is_on).collect::<Vec<_>>() {
        if !kept.overflow.is_on || !fits(tx, held, helper, case, now)? {
            continue;
        }
        let (stream, next) = kept.overflow.next(&rule);
        kept.overflow = next;
        match stream {
            Stream::Client => break,
            Stream::Capped => {
                capped(tx, helper, &rule, &mut kept, now)?;
                break;
            }
            Stream::Partner => goes(tx, helper, case, now)?,
        }
        sent += 1;
        look(tx, helper, &rule, &queue, sent, &mut kept, now)?;
    }
    if kept != before {
        routing_tables::keep_overflow(tx, &kept)?;
    }
    Ok(sent)
}

/// What waits for the client's own people and their usual partners while they are open; none while they are all closed.
fn queue(tx: &mut Tx<'_>, held: &[Held], helper: &Held, now: Instant) -> Result<Option<Queue>, Fault> {
    let usual = |one: &&Held| {
        let kind = one.terms.kind;
        let is_usual =
            matches!(kind, EngagementKind::InHouse | EngagementKind::Dedicated | EngagementKind::Shared);
        is_usual && one.engagement.id != helper.engagement.id && one.calendar.is_open(now)
    };
    let mut found: Option<Queue> = None;
    for one in held.iter().filter(usual) {
        let waiting = case_tables::live_in(tx, one.engagement.id)?.into_iter();
        let waiting = waiting.filter(|case| case.assignee.is_none() && case.flooded_at.is_none());
        let handling = Duration::from_secs(u64::from(one.terms.handling_minutes) * 60);
        let queue = found.get_or_insert(Queue { cases: Vec::new(), handling, people: 0 });
        queue.cases.extend(waiting);
        queue.handling = queue.handling.max(handling);
        queue.people += people(tx, one, now)?;
    }
    Ok(found.map(|mut queue| {
        queue.cases.sort_by_key(|case| (case.opened_at, case.id));
        queue
    }))
}

/// How many of a team are there and take new cases.
fn people(tx: &mut Tx<'_>, held: &Held, now: Instant) -> Result<u32, Fault> {
    let team = held.engagement.team;
    let mut people: Vec<_> = people_tables::seats(tx)?
        .into_iter()
        .filter(|seat| seat.team == Some(team))
        .map(|seat| seat.person)
        .collect();
    people.sort();
    people.dedup();
    let mut there = 0;
    for person in people {
        let works = roster::works_until(tx, team, &held.calendar, person, now)?.is_some();
        there += u32::from(works && roster::presence(tx, person)? == Presence::Available);
    }
    Ok(there)
}

/// How it stands, on the day that it is for the client.
fn kept(tx: &mut Tx<'_>, helper: &Held, now: Instant) -> Result<KeptOverflow, Fault> {
    let day = engagement_terms::today(&helper.engagement, now).to_string();
    let engagement = helper.engagement.id;
    let kept = routing_tables::overflow(tx, engagement)?.unwrap_or_else(|| KeptOverflow {
        engagement,
        overflow: Overflow::default(),
        since: now,
        day: day.clone(),
        capped_at: None,
    });
    Ok(match kept.day == day {
        true => kept,
        false => KeptOverflow { overflow: kept.overflow.new_day(), day, capped_at: None, ..kept },
    })
}

/// Looks at the queue, and tells when it is switched on or off.
fn look(
    tx: &mut Tx<'_>,
    helper: &Held,
    rule: &OverflowRule,
    queue: &Queue,
    sent: usize,
    kept: &mut KeptOverflow,
    now: Instant,
) -> Result<(), Fault> {
    let (wait, many) = (queue.wait(sent), queue.many(sent));
    let looked = kept.overflow.looked(rule, wait, many);
    if looked.is_on == kept.overflow.is_on {
        return Ok(());
    }
    (kept.overflow, kept.since) = (looked, now);
    let (name, minutes) = (&helper.engagement.name, wait.as_secs() / 60);
    let told = match looked.is_on {
        true => (
            "overflow.begun",
            format!(
                "{many} cases wait, and whoever writes now would wait {minutes} minutes: {name} helps from now on."
            ),
        ),
        false => ("overflow.ended", format!("{many} cases wait: {name} doesn’t have to help any longer.")),
    };
    tell(tx, helper, told, now)
}

/// The day's cap is reached: told once a day.
fn capped(
    tx: &mut Tx<'_>,
    helper: &Held,
    rule: &OverflowRule,
    kept: &mut KeptOverflow,
    now: Instant,
) -> Result<(), Fault> {
    if kept.capped_at.is_some() {
        return Ok(());
    }
    kept.capped_at = Some(now);
    let name = &helper.engagement.name;
    let sentence =
        format!("{name} has taken {} cases today, as many as agreed. The others wait.", rule.daily_cap);
    tell(tx, helper, ("overflow.capped", sentence), now)
}

fn tell(
    tx: &mut Tx<'_>,
    helper: &Held,
    (kind, sentence): (&'static str, String),
    at: Instant,
) -> Result<(), Fault> {
    tx.record(&Event {
        at,
        kind,
        client: Some(helper.engagement.client),
        engagement: Some(helper.engagement.id),
        case: None,
        person: None,
        sentence,
    })
}

/// The helper answers such a case, if it helps.
fn fits(tx: &mut Tx<'_>, held: &[Held], helper: &Held, case: &Case, now: Instant) -> Result<bool, Fault> {
    let Some(mailbox) = engagement_tables::mailbox(tx, case.mailbox)? else { return Ok(false) };
    let matter = placement::matter(case_tables::matter(tx, case.id)?, case.language.clone());
    let id = helper.engagement.id;
    let chosen = placement::choose_helped(held, mailbox.engagement, &matter, now, &[id]);
    Ok(chosen.is_some_and(|(to, _)| to == id))
}

fn goes(tx: &mut Tx<'_>, helper: &Held, case: &Case, now: Instant) -> Result<(), Fault> {
    let sentence = "More waits than can be answered in time.";
    hand_overs::goes(tx, case, helper.engagement.id, &Because::new("placement.overflow", sentence), now)
}
