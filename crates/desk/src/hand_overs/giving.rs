//! Giving a case away by hand, and keeping it after all.

use super::{Offering, name, offer, seen, told};
use crate::Desk;
use cases::{Case, CaseRefusal, State, tables as case_tables};
use coverage::{
    hand_over::{Added, Circumstances, HandOverRefusal, Seam},
    tables as coverage_tables,
};
use engagements::{Standing, tables as engagement_tables};
use kernel::{CaseId, EngagementId, HandOverId, Instant, PersonId, Reach, Stop};
use people::tables as people_tables;
use store::Tx;

/// To whom a case is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Recipient {
    /// To somebody who works in the case's engagement.
    Person(PersonId),
    /// To everybody of an engagement of the same client who could take it.
    Everybody(EngagementId),
}

/// What a giver says.
#[derive(Clone, Debug)]
pub struct Given {
    /// To whom.
    pub to: Recipient,
    /// What the note doesn't say by itself; may be empty.
    pub words: String,
    /// What they know of the customer.
    pub circumstances: Circumstances,
}

/// Gives a case away by hand. Everybody may give their own and what is nobody's; a lead may give any.
///
/// # Errors
/// [`CaseRefusal::NotFound`], [`CaseRefusal::Merged`], [`CaseRefusal::OnlyLeadsAssign`], [`CaseRefusal::CannotBeAssigned`], and those
/// of [`HandOverRefusal`] about hand-overs.
pub async fn give(desk: &Desk, reach: &Reach, case: CaseId, given: Given) -> Result<HandOverId, Stop> {
    let (reach, now) = (reach.clone(), desk.clock.now());
    let words = match given.words.trim() {
        "" => String::new(),
        words => Added::words(words)?,
    };
    desk.store
        .write(move |tx| {
            let case = case_tables::find_unmerged(tx, &reach, case)?;
            may_give(tx, &reach, &case)?;
            let (to, to_engagement) = whom(tx, &case, given.to, now)?;
            if to.is_some() && to == case.assignee {
                return Err(CaseRefusal::AlreadySo.into());
            }
            let offering = Offering {
                seam: Seam::ByHand,
                to,
                to_engagement,
                by: Some(reach.person()),
                circumstances: given.circumstances,
                words: words.clone(),
            };
            Ok(offer(tx, &case, offering, now)?)
        })
        .await
}

fn may_give(tx: &mut Tx<'_>, reach: &Reach, case: &Case) -> Result<(), Stop> {
    if case.state == State::Closed {
        return Err(HandOverRefusal::NothingToHandOver.into());
    }
    if coverage_tables::open_hand_over(tx, case.id)?.is_some() {
        return Err(HandOverRefusal::AlreadyOffered.into());
    }
    let is_theirs = case.assignee.is_none() || case.assignee == Some(reach.person());
    match is_theirs || reach.leads(case.engagement) {
        true => Ok(()),
        false => Err(CaseRefusal::OnlyLeadsAssign.into()),
    }
}

fn whom(
    tx: &mut Tx<'_>,
    case: &Case,
    to: Recipient,
    now: Instant,
) -> Result<(Option<PersonId>, EngagementId), Stop> {
    match to {
        Recipient::Person(person) => {
            let all = people_tables::colleagues(tx, case.engagement)?;
            let is_there = all.iter().any(|known| known.id == person);
            is_there
                .then_some((Some(person), case.engagement))
                .ok_or_else(|| CaseRefusal::CannotBeAssigned.into())
        }
        Recipient::Everybody(engagement) => {
            let found = engagement_tables::engagement(tx, engagement)?;
            let fits = found
                .is_some_and(|found| found.client == case.client && found.standing(now) == Standing::InForce);
            fits.then_some((None, engagement)).ok_or_else(|| CaseRefusal::CannotBeAssigned.into())
        }
    }
}

/// The giver keeps the case after all, or their lead says so. What the program offered at a seam is offered again while its reason lasts.
///
/// # Errors
/// [`HandOverRefusal::NoSuchHandOver`], [`HandOverRefusal::AlreadyAccepted`], [`HandOverRefusal::HandOverEnded`],
/// [`CaseRefusal::OnlyLeadsAssign`].
pub async fn keep(desk: &Desk, reach: &Reach, id: HandOverId) -> Result<CaseId, Stop> {
    let (reach, now) = (reach.clone(), desk.clock.now());
    desk.store
        .write(move |tx| {
            let offered = seen(tx, &reach, id)?;
            if offered.over.from != Some(reach.person()) && !reach.leads(offered.from_engagement) {
                return Err(CaseRefusal::OnlyLeadsAssign.into());
            }
            if offered.over.accepted.is_some() || offered.led_at.is_some() {
                return Err(HandOverRefusal::AlreadyAccepted.into());
            }
            if !coverage_tables::end_hand_over(tx, id, now)? {
                return Err(HandOverRefusal::HandOverEnded.into());
            }
            let case = case_tables::case(tx, offered.case)?.ok_or(HandOverRefusal::NoSuchHandOver)?;
            let by = name(tx, Some(reach.person()))?.unwrap_or_default();
            let sentence = format!("{by} keeps the case where it was.");
            told(tx, &case, &offered, ("hand_over.kept", Some(reach.person())), now, &sentence)?;
            Ok(case.id)
        })
        .await
}
