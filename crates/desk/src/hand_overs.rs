//! Hand-overs: a case is offered with a note, stays its giver's until somebody accepts it by name, and is the lead's when nobody does in
//! ten minutes. Clock, promises, drafts and note move together.

mod giving;
mod late;
mod leading;
mod listing;
mod moving;

pub use giving::{Given, Recipient, give, keep};
pub use late::sweep;
pub use listing::{Board, Line, Offer, Recipients, board, recipients};
pub(crate) use listing::{asked_count, of_case};

use crate::{Desk, changes, hand_over_note, permits, routing};
use cases::{Case, tables as case_tables};
use coverage::{
    hand_over::{self, Added, Circumstances, HandOver, HandOverRefusal, Offered, Seam, Talk, Warmth, warmth},
    tables as coverage_tables,
};
use kernel::{Because, CaseId, EngagementId, Fault, HandOverId, Instant, PersonId, Reach, Stop};
use leading::lead_of;
use moving::moves;
use people::tables as people_tables;
use store::{Event, Tx, fresh};

/// What is offered, beside the case itself.
pub(crate) struct Offering {
    pub(crate) seam: Seam,
    /// To whom; to everybody who could take it where nobody is named.
    pub(crate) to: Option<PersonId>,
    pub(crate) to_engagement: EngagementId,
    /// Who does it; none for the program.
    pub(crate) by: Option<PersonId>,
    /// What the giver knows of the customer besides.
    pub(crate) circumstances: Circumstances,
    /// What the giver adds to the note; may be empty.
    pub(crate) words: String,
}

/// Offers a case. One that is offered already stays as it was offered.
pub(crate) fn offer(
    tx: &mut Tx<'_>,
    case: &Case,
    offering: Offering,
    now: Instant,
) -> Result<HandOverId, Fault> {
    if let Some(open) = coverage_tables::open_hand_over(tx, case.id)? {
        return Ok(open.id);
    }
    let lead = lead_of(tx, offering.to_engagement, case.assignee, now)?;
    let taker = name(tx, offering.to)?;
    let owner = taker.clone().unwrap_or_else(|| "Whoever accepts it".to_owned());
    let (mut note, found) = hand_over_note::of(tx, case, &owner, now)?;
    if let Some(by) = offering.by.filter(|_| !offering.words.is_empty()) {
        let name = name(tx, Some(by))?.unwrap_or_default();
        note.added.push(Added { by, name, at: now, words: offering.words.clone() });
    }
    let (warmth, because) = warmth(&together(&found, &offering.circumstances));
    let over = HandOver { from: case.assignee, to: offering.to, lead, offered_at: now, accepted: None };
    let offered = Offered {
        id: fresh(),
        case: case.id,
        seam: offering.seam,
        over,
        from_engagement: case.engagement,
        to_engagement: offering.to_engagement,
        note,
        warmth,
        because,
        led_at: None,
        talk: None,
        ended_at: None,
    };
    coverage_tables::add_hand_over(tx, &offered)?;
    let to = taker.unwrap_or_else(|| "everybody who could take it".to_owned());
    let team = engagement_name(tx, offered.to_engagement)?;
    let sentence = format!(
        "The case is offered to {to} at {team} ({}). {}",
        offered.seam.title().to_lowercase(),
        offered.because.sentence
    );
    told(tx, case, &offered, ("hand_over.begun", offering.by), now, &sentence)?;
    Ok(offered.id)
}

fn together(found: &Circumstances, said: &Circumstances) -> Circumstances {
    Circumstances {
        is_top_priority: found.is_top_priority || said.is_top_priority,
        is_angry: found.is_angry || said.is_angry,
        is_vulnerable: found.is_vulnerable || said.is_vulnerable,
        promised_tonight: found.promised_tonight || said.promised_tonight,
    }
}

/// Somebody accepts a case by name: from then on it is theirs. Accepting again changes nothing.
///
/// # Errors
/// Those of [`HandOverRefusal`] about hand-overs.
pub async fn accept(desk: &Desk, reach: &Reach, id: HandOverId, talk: Option<Talk>) -> Result<CaseId, Stop> {
    let (reach, now) = (reach.clone(), desk.clock.now());
    desk.store
        .write(move |tx| {
            let mut offered = seen(tx, &reach, id)?;
            let by = reach.person();
            may_be_given(tx, &offered, by)?;
            if offered.over.accepted.is_some_and(|(first, _)| first == by) {
                return Ok(offered.case);
            }
            if offered.ended_at.is_some() {
                return Err(HandOverRefusal::HandOverEnded.into());
            }
            let case = case_tables::case(tx, offered.case)?.ok_or(HandOverRefusal::NoSuchHandOver)?;
            if late::is_over(&offered, &case) {
                return Err(HandOverRefusal::HandOverEnded.into());
            }
            offered.over.accept(by, now).map_err(HandOverRefusal::from)?;
            if let Err(because) = permits::right_to_answer(tx, &case, by, now)? {
                return Err(HandOverRefusal::MayNotTake(because.sentence).into());
            }
            // Whoever has it of nobody has nobody to talk to.
            if offered.warmth == Warmth::Warm && offered.over.from.is_some() && talk.is_none() {
                return Err(HandOverRefusal::NotTalked.into());
            }
            coverage_tables::accept_hand_over(tx, id, by, talk, now)?;
            let moved = moves(tx, &case, offered.to_engagement, Some(by), now)?;
            let name = name(tx, Some(by))?.unwrap_or_default();
            let spoke = match talk {
                Some(Talk::Talked) => " They talked to each other.",
                Some(Talk::NotReached) => " The giver couldn’t be reached; the note had to do.",
                None => "",
            };
            let sentence = format!("{name} accepted the case.{spoke}");
            told(tx, &moved, &offered, ("hand_over.taken", Some(by)), now, &sentence)?;
            Ok(case.id)
        })
        .await
}

/// Somebody who sees a hand-over adds to its note: its giver, whoever has taken it, their leads.
///
/// # Errors
/// [`HandOverRefusal::NoSuchHandOver`], [`HandOverRefusal::NoteEmpty`], [`HandOverRefusal::NoteTooLong`].
pub async fn add(desk: &Desk, reach: &Reach, id: HandOverId, words: &str) -> Result<CaseId, Stop> {
    let (reach, now, words) = (reach.clone(), desk.clock.now(), Added::words(words)?);
    desk.store
        .write(move |tx| {
            let mut offered = seen(tx, &reach, id)?;
            let by = reach.person();
            let name = name(tx, Some(by))?.unwrap_or_default();
            offered.note.added.push(Added { by, name: name.clone(), at: now, words: words.clone() });
            coverage_tables::keep_note(tx, id, &offered.note)?;
            let case = case_tables::case(tx, offered.case)?.ok_or(HandOverRefusal::NoSuchHandOver)?;
            let sentence = format!("{name} added to the note of the hand-over.");
            told(tx, &case, &offered, ("hand_over.noted", Some(by)), now, &sentence)?;
            Ok(case.id)
        })
        .await
}

/// A hand-over that somebody may see: one of an engagement whose cases they all see, or of a case that is theirs.
fn seen(tx: &mut Tx<'_>, reach: &Reach, id: HandOverId) -> Result<Offered, Stop> {
    let offered = coverage_tables::hand_over(tx, id)?;
    let sees = |one: &Offered| {
        [one.from_engagement, one.to_engagement].into_iter().any(|engagement| reach.sees(engagement, None))
            || one.over.to == Some(reach.person()) && reach.sees(one.to_engagement, one.over.to)
    };
    offered.filter(sees).ok_or_else(|| HandOverRefusal::NoSuchHandOver.into())
}

/// Only those who work in the engagement that it goes to can take it.
fn may_be_given(tx: &mut Tx<'_>, offered: &Offered, person: PersonId) -> Result<(), Stop> {
    let all = people_tables::colleagues(tx, offered.to_engagement)?;
    match all.iter().any(|known| known.id == person) {
        true => Ok(()),
        false if offered.over.from == Some(person) => Err(HandOverRefusal::OwnHandOver.into()),
        false => Err(HandOverRefusal::NoSuchHandOver.into()),
    }
}

/// A case that nobody has goes to another engagement at once, and is routed there.
pub(crate) fn goes(
    tx: &mut Tx<'_>,
    case: &Case,
    to: EngagementId,
    because: &Because,
    now: Instant,
) -> Result<(), Fault> {
    let moved = moves(tx, case, to, None, now)?;
    let team = engagement_name(tx, to)?;
    let sentence = format!("The case went to {team}. {}", because.sentence);
    both_told(tx, &moved, case.engagement, ("case.handed", None), now, &sentence)?;
    routing::needs_somebody(tx, moved.id, now)
}

/// Tells both sides: at the case, and in the engagement where it isn't.
fn told(
    tx: &mut Tx<'_>,
    case: &Case,
    offered: &Offered,
    (kind, person): (&'static str, Option<PersonId>),
    at: Instant,
    sentence: &str,
) -> Result<(), Fault> {
    let sides = [offered.from_engagement, offered.to_engagement];
    let other = sides.into_iter().find(|side| *side != case.engagement).unwrap_or(case.engagement);
    both_told(tx, case, other, (kind, person), at, sentence)
}

fn both_told(
    tx: &mut Tx<'_>,
    case: &Case,
    other: EngagementId,
    (kind, person): (&'static str, Option<PersonId>),
    at: Instant,
    sentence: &str,
) -> Result<(), Fault> {
    changes::happened(tx, case, kind, person, at, sentence)?;
    if other == case.engagement {
        return Ok(());
    }
    tx.record(&Event {
        at,
        kind,
        client: Some(case.client),
        engagement: Some(other),
        case: None,
        person,
        sentence: format!("{}: {sentence}", cases::shown_reference(&case.reference)),
    })
}

fn name(tx: &mut Tx<'_>, person: Option<PersonId>) -> Result<Option<String>, Fault> {
    let Some(person) = person else { return Ok(None) };
    Ok(people_tables::person(tx, person)?.map(|person| person.name))
}

fn engagement_name(tx: &mut Tx<'_>, engagement: EngagementId) -> Result<String, Fault> {
    let found = engagements::tables::engagement(tx, engagement)?;
    Ok(found.map(|found| found.name).unwrap_or_default())
}

/// Since when what was offered is late now.
fn late_since(now: Instant) -> Instant {
    now.minus(hand_over::ACCEPTED_WITHIN)
}
