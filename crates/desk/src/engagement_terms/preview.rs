//! The effect of proposed terms: last week's cases, placed and timed as it is agreed and as it is proposed.

use super::{agreeing, calendar_of};
use crate::{
    Desk,
    placement::{self, Held},
};
use cases::tables::{self as case_tables, Came};
use coverage::Calendar;
use engagements::{
    Engagement, Mailbox, tables as engagement_tables,
    terms::{Effect, Replayed, Terms, TermsRefusal},
};
use kernel::{Counted, EngagementId, Fault, Instant, Metric, Reach, Stop};
use std::{collections::HashMap, time::Duration};
use store::Tx;

/// At most so many cases are looked at.
pub const LOOKED_AT: i64 = 5_000;
/// The promises that begin when a case comes.
const FROM_THE_BEGINNING: [Metric; 2] = [Metric::FirstReply, Metric::Resolution];

/// What terms would have changed last week, in sentences.
///
/// # Errors
/// [`TermsRefusal`] where they can't be agreed on, and a refusal outside of somebody's reach.
pub async fn effect_of(
    desk: &Desk,
    reach: &Reach,
    engagement: EngagementId,
    terms: Terms,
) -> Result<Vec<String>, Stop> {
    let (reach, now) = (reach.clone(), desk.clock.now());
    desk.store
        .read(move |tx| {
            let known = agreeing::known(tx, &reach, engagement)?;
            let problems = agreeing::problems(tx, &known.engagement, &terms)?;
            if !problems.is_empty() {
                return Err(TermsRefusal::Problems(problems).into());
            }
            Ok(effect(tx, &reach, &known.engagement, &terms, now)?)
        })
        .await
}

/// The same for a proposal that was checked.
pub(super) fn effect(
    tx: &mut Tx<'_>,
    reach: &Reach,
    engagement: &Engagement,
    terms: &Terms,
    now: Instant,
) -> Result<Vec<String>, Fault> {
    let agreed = placement::held(tx, engagement.client, now)?;
    let proposed = with(tx, &agreed, engagement, terms)?;
    let week = now.minus(Duration::from_secs(7 * 24 * 3600));
    let came = case_tables::came(tx, engagement.client, week, LOOKED_AT)?;
    let mailboxes: HashMap<_, _> = engagement_tables::mailboxes_of(tx, engagement.client)?
        .into_iter()
        .map(|mailbox: Mailbox| (mailbox.id, mailbox.engagement))
        .collect();
    let replayed: Vec<Replayed> = came
        .iter()
        .filter_map(|case| replay(&agreed, &proposed, *mailboxes.get(&case.mailbox)?, case))
        .collect();
    let name = |id: EngagementId| {
        // A partner doesn't learn who else works for the client.
        let is_seen = reach.owns_installation() || reach.seats().iter().any(|seat| seat.engagement == id);
        let found = proposed.iter().find(|held| held.engagement.id == id).filter(|_| is_seen);
        found.map_or("another team".to_owned(), |held| held.engagement.name.clone())
    };
    Ok(Effect::of(&replayed).in_words(&name))
}

/// The client's engagements, one of them with other terms.
fn with(
    tx: &mut Tx<'_>,
    agreed: &[Held],
    engagement: &Engagement,
    terms: &Terms,
) -> Result<Vec<Held>, Fault> {
    let calendar = calendar_of(tx, &engagement.zone, &terms.hours)?
        .map_err(|refusal| Fault::new(format!("proposed hours: {refusal:?}")))?;
    let changed = Held {
        engagement: engagement.clone(),
        side: placement::side(tx, engagement)?,
        terms: terms.clone(),
        calendar,
    };
    let mut proposed = agreed.to_vec();
    match proposed.iter_mut().find(|held| held.engagement.id == engagement.id) {
        Some(held) => *held = changed,
        None => proposed.push(changed),
    }
    Ok(proposed)
}

fn replay(agreed: &[Held], proposed: &[Held], mailboxs: EngagementId, case: &Came) -> Option<Replayed> {
    let matter = placement::matter(case.matter.clone(), case.language.clone());
    let (before, _) = placement::choose(agreed, mailboxs, &matter, case.at)?;
    let (after, because) = placement::choose(proposed, mailboxs, &matter, case.at)?;
    let held = |all: &[Held], id| all.iter().find(|held| held.engagement.id == id).cloned();
    let (was, would) = (held(agreed, before), held(proposed, after));
    let due = FROM_THE_BEGINNING
        .into_iter()
        .map(|metric| (due(was.as_ref(), metric, case), due(would.as_ref(), metric, case)))
        .collect();
    Some(Replayed { before, after, because: because.sentence, due })
}

/// When a promise would fall due if it never stood still.
fn due(held: Option<&Held>, metric: Metric, case: &Came) -> Option<Instant> {
    let held = held?;
    let clause = held.terms.clause(metric, case.priority)?;
    let allowed = Duration::from_secs(u64::from(clause.minutes) * 60);
    falls_due(&held.calendar, clause.counted, case.at, allowed)
}

fn falls_due(calendar: &Calendar, counted: Counted, from: Instant, allowed: Duration) -> Option<Instant> {
    match counted {
        Counted::Service => calendar.due(from, allowed).ok(),
        Counted::Elapsed => Some(from.plus(allowed)),
    }
}
