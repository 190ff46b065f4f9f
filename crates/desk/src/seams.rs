//! Seams of the clock: when the hours of those who have a case end, those who answer after hours take over, and hand it back when the
//! hours begin again. Looked at from the calendars as they stand now, so a server that was down does what it missed, once.

use crate::{
    Desk,
    hand_overs::{self, Offering},
    placement::{self, Held},
    roster, routing,
};
use cases::{Case, State, tables as case_tables};
use coverage::{
    hand_over::{Circumstances, Seam},
    tables as coverage_tables,
};
use engagements::{tables as engagement_tables, terms::EngagementKind};
use kernel::{Because, CaseId, ClientId, EngagementId, Fault, Instant, Party, PersonId};
use people::tables as people_tables;
use store::Tx;

/// A case that belongs to others now.
struct Planned {
    case: CaseId,
    seam: Seam,
    from: EngagementId,
    to: EngagementId,
    because: Because,
}

/// Looks at every client for whom somebody answers after hours; answers how many cases change hands. Looking again changes nothing.
///
/// # Errors
/// A fault when the database can't be reached.
pub async fn sweep(desk: &Desk) -> Result<usize, Fault> {
    let now = desk.clock.now();
    let clients = desk.store.read(people_tables::clients).await?;
    let mut done = 0;
    for client in clients {
        let planned = desk.store.read(move |tx| planned(tx, client.id, now)).await?;
        for one in planned {
            let inner = desk.clone();
            done += usize::from(desk.store.write(move |tx| carry_out(tx, &inner, &one, now)).await?);
        }
    }
    Ok(done)
}

/// The cases of a client that wait for us in one engagement, and are another's by the time of day.
fn planned(tx: &mut Tx<'_>, client: ClientId, now: Instant) -> Result<Vec<Planned>, Fault> {
    let held = placement::held(tx, client, now)?;
    if !held.iter().any(stands_by_at_night) {
        return Ok(Vec::new());
    }
    let mut planned = Vec::new();
    for from in &held {
        let seam = match (stands_by_at_night(from), from.calendar.is_open(now)) {
            (true, _) => Seam::HandBack,
            (false, false) => Seam::TakeOver,
            (false, true) => continue,
        };
        for case in case_tables::live_in(tx, from.engagement.id)? {
            planned.extend(others(tx, &held, &case, seam, now)?);
        }
    }
    Ok(planned)
}

fn stands_by_at_night(held: &Held) -> bool {
    held.terms.kind == EngagementKind::AfterHours
}

/// To whom a case goes at a seam; none where it stays, or is on its way.
fn others(
    tx: &mut Tx<'_>,
    held: &[Held],
    case: &Case,
    seam: Seam,
    now: Instant,
) -> Result<Option<Planned>, Fault> {
    if coverage_tables::open_hand_over(tx, case.id)?.is_some() || !is_ours(tx, case)? {
        return Ok(None);
    }
    let Some(mailbox) = engagement_tables::mailbox(tx, case.mailbox)? else { return Ok(None) };
    let matter = placement::matter(case_tables::matter(tx, case.id)?, case.language.clone());
    // What isn't theirs by day, they have because somebody wanted it so.
    let by_day: Vec<Held> = held.iter().filter(|one| !stands_by_at_night(one)).cloned().collect();
    let usual = placement::choose(&by_day, mailbox.engagement, &matter, now).map(|(usual, _)| usual);
    if seam == Seam::TakeOver && usual != Some(case.engagement) {
        return Ok(None);
    }
    let chosen = placement::choose(held, mailbox.engagement, &matter, now);
    Ok(chosen.and_then(|(to, because)| {
        let there = held.iter().find(|one| one.engagement.id == to && to != case.engagement)?;
        let fits = match seam {
            Seam::TakeOver => stands_by_at_night(there),
            _ => !stands_by_at_night(there) && there.calendar.is_open(now),
        };
        fits.then_some(Planned { case: case.id, seam, from: case.engagement, to, because })
    }))
}

/// It waits for a representative, and for nobody to whom it was escalated.
fn is_ours(tx: &mut Tx<'_>, case: &Case) -> Result<bool, Fault> {
    let turn = coverage_tables::last_turn(tx, case.id)?;
    Ok(turn.is_none_or(|turn| turn.party == Party::Representative))
}

fn carry_out(tx: &mut Tx<'_>, desk: &Desk, planned: &Planned, now: Instant) -> Result<bool, Fault> {
    let Some(case) = case_tables::case(tx, planned.case)? else { return Ok(false) };
    let is_as_it_was = case.engagement == planned.from
        && case.merged_into.is_none()
        && matches!(case.state, State::New | State::Open);
    if !is_as_it_was || coverage_tables::open_hand_over(tx, case.id)?.is_some() {
        return Ok(false);
    }
    // What nobody has needs nobody who gives it.
    if case.assignee.is_none() {
        hand_overs::goes(tx, &case, planned.to, &planned.because, now)?;
        return Ok(true);
    }
    let back = had_it(tx, &case, planned, now)?;
    let to = match back {
        Some(person) => Some(person),
        None => routing::who_may(tx, desk, &case, planned.to, now)?.into_iter().next(),
    };
    let offering = Offering {
        seam: planned.seam,
        to,
        to_engagement: planned.to,
        by: None,
        circumstances: Circumstances::default(),
        words: String::new(),
    };
    hand_overs::offer(tx, &case, offering, now)?;
    Ok(true)
}

/// Whoever gave it away in the evening, if they are there again.
fn had_it(tx: &mut Tx<'_>, case: &Case, planned: &Planned, now: Instant) -> Result<Option<PersonId>, Fault> {
    if planned.seam != Seam::HandBack {
        return Ok(None);
    }
    let earlier = coverage_tables::hand_overs_of(tx, case.id)?;
    let gave = earlier.iter().find(|one| one.seam == Seam::TakeOver && one.from_engagement == planned.to);
    let Some(person) = gave.and_then(|one| one.over.from) else { return Ok(None) };
    let is_there = roster::is_there(tx, planned.to, person, now)?;
    Ok(is_there.then_some(person))
}
