//! Leaving: somebody can't answer what they have any more, so it goes back and is routed again, with the reason.

use super::{
    deciding,
    hall::{Asked, Hall, Someone},
    mode, needs_somebody,
};
use crate::{
    Desk, engagement_terms,
    hand_overs::{self, Offering},
    outstanding, permits,
};
use cases::{Case, tables as case_tables};
use coverage::{
    Span,
    hand_over::{Circumstances, Seam},
    tables as coverage_tables,
};
use kernel::{Because, EngagementId, Fault, Instant, PersonId};
use people::{Person, tables as people_tables};
use routing::{Explained, Reasons, Told, WhyNot, tables as routing_tables};
use std::time::Duration;
use store::Tx;

/// Somebody has left, is ill, or may not answer any more: what they have and waits for us goes back, wherever cases are routed, and is
/// routed again. Answers how many cases that were.
///
/// # Errors
/// A fault when the database can't be reached.
pub fn left(tx: &mut Tx<'_>, person: PersonId, because: &Because, now: Instant) -> Result<usize, Fault> {
    let mut many = 0;
    for case in case_tables::held_by(tx, person)? {
        if mode(tx, case.engagement, now)?.is_some() {
            give_back(tx, &case, person, because, now)?;
            many += 1;
        }
    }
    Ok(many)
}

fn give_back(
    tx: &mut Tx<'_>,
    case: &Case,
    holder: PersonId,
    because: &Because,
    now: Instant,
) -> Result<(), Fault> {
    case_tables::assign(tx, case.id, None, case.state, now)?;
    outstanding::settle(tx, case.id, now)?;
    let reasons =
        Reasons { why_now: because.clone(), why: Vec::new(), who_else: Vec::new(), who_not: Vec::new() };
    routing_tables::add_routings(tx, &[deciding::routing(case, now, None, "", "again", reasons)])?;
    let name = people_tables::person(tx, holder)?.map(|person| person.name).unwrap_or_default();
    let sentence = format!("The case was taken back from {name}. {}", because.sentence);
    tx.record(&deciding::event(case, "case.given_back", now, sentence))?;
    needs_somebody(tx, case.id, now)
}

/// Somebody gave a case back that they had: it is routed again, to somebody else.
pub(crate) fn given_back(tx: &mut Tx<'_>, case: &Case, now: Instant) -> Result<(), Fault> {
    let Some(holder) = case.assignee else { return needs_somebody(tx, case.id, now) };
    let reasons = Reasons {
        why_now: deciding::gave_back(),
        why: Vec::new(),
        who_else: Vec::new(),
        who_not: vec![Told { person: holder, because: deciding::gave_back() }],
    };
    routing_tables::add_routings(tx, &[deciding::routing(case, now, None, "", "again", reasons)])?;
    needs_somebody(tx, case.id, now)
}

/// Takes back what its holders can’t answer any more. What somebody holds whose shift is over is handed over only while somebody else is there
/// who may take it.
pub(super) fn take_back(
    tx: &mut Tx<'_>,
    desk: &Desk,
    engagement: EngagementId,
    now: Instant,
) -> Result<(), Fault> {
    let held = case_tables::held_in(tx, engagement)?;
    if held.is_empty() {
        return Ok(());
    }
    let colleagues = people_tables::colleagues(tx, engagement)?;
    let in_force = engagement_terms::of(tx, engagement, now)?;
    let hall = Hall::of(tx, desk, in_force, held, now)?;
    for asked in &hall.cases {
        let Some(holder) = asked.case.assignee else { continue };
        if let Some(because) = lost(tx, &colleagues, &asked.case, holder, now)? {
            give_back(tx, &asked.case, holder, &because, now)?;
        } else if let Some(because) = elsewhere(&hall, asked, holder, now) {
            give_back(tx, &asked.case, holder, &because, now)?;
        } else if let Some(taker) = shift_over(&hall, asked, holder, now) {
            match is_absent(tx, holder, now)? {
                true => give_back(tx, &asked.case, holder, &absent(), now)?,
                false => hand_over(tx, &asked.case, taker, now)?,
            }
        }
    }
    Ok(())
}

/// Why somebody may not answer a case at all any more.
fn lost(
    tx: &mut Tx<'_>,
    colleagues: &[Person],
    case: &Case,
    holder: PersonId,
    now: Instant,
) -> Result<Option<Because>, Fault> {
    if !colleagues.iter().any(|person| person.id == holder) {
        let sentence = "They don’t work in this team any more, or can’t sign in.";
        return Ok(Some(Because::new("routing.left", sentence)));
    }
    Ok(permits::right_to_answer(tx, case, holder, now)?.err())
}

/// Why somebody can't answer it themselves: they work where the client doesn't let its cases be opened.
fn elsewhere(hall: &Hall, asked: &Asked, holder: PersonId, now: Instant) -> Option<Because> {
    let (someone, explained, why) = standing(hall, asked, holder, now)?;
    // A wish is no ban: the case stays with them until somebody who is there can take it.
    let waits = asked.wish.is_some() && explained.may.is_empty();
    (why == WhyNot::Country && !waits).then(|| deciding::why_not(hall, asked, someone.number, why))
}

/// The seam of a shift's end: whoever goes home, or has gone, while somebody else is there who may take the case. A break is no end.
fn shift_over(hall: &Hall, asked: &Asked, holder: PersonId, now: Instant) -> Option<PersonId> {
    let (someone, explained, why) = standing(hall, asked, holder, now)?;
    let is_over = matches!(why, WhyNot::OffShift | WhyNot::ShiftEnds) && !someone.is_in_break;
    let (first, _) = explained.may.first().filter(|_| is_over)?;
    Some(hall.someone(*first).person.id)
}

/// Whoever is ill or away gives nothing to anybody: it is taken from them at once.
fn is_absent(tx: &mut Tx<'_>, holder: PersonId, now: Instant) -> Result<bool, Fault> {
    let moment = Span { from: now, until: now.plus(Duration::from_micros(1)) };
    Ok(!coverage_tables::leaves_between(tx, &[holder], moment)?.is_empty())
}

fn absent() -> Because {
    Because::new("routing.absent", "They are absent, and somebody else is there.")
}

/// How somebody stands who couldn't take a case that they have.
fn standing<'a>(
    hall: &'a Hall,
    asked: &Asked,
    holder: PersonId,
    now: Instant,
) -> Option<(&'a Someone, Explained, WhyNot)> {
    let someone = hall.people.iter().find(|someone| someone.person.id == holder)?;
    let explained = routing::explain(&hall.floor, &asked.ask, now);
    let why = explained.may_not.iter().find(|(number, _)| *number == someone.number).map(|(_, why)| *why)?;
    Some((someone, explained, why))
}

/// It is offered to whoever comes first, and stays theirs who have it until it is accepted.
fn hand_over(tx: &mut Tx<'_>, case: &Case, taker: PersonId, now: Instant) -> Result<(), Fault> {
    let offering = Offering {
        seam: Seam::ShiftEnd,
        to: Some(taker),
        to_engagement: case.engagement,
        by: None,
        circumstances: Circumstances::default(),
        words: String::new(),
    };
    hand_overs::offer(tx, case, offering, now).map(drop)
}
