//! The table of hand-overs.

use crate::hand_over::{HandOver, Note, Offered, Talk};
use kernel::{Because, CaseId, EngagementId, Fault, HandOverId, Instant, PersonId};
use store::{Param, Row, Tx, sql};

macro_rules! hand_overs {
    ($rest:literal) => {
        sql!(concat!(
            "select id, case_id, seam, giver_id, taker_id, lead_id, from_engagement_id, to_engagement_id, note, warmth,
                    because, offered_at, led_at, talk, accepted_by, accepted_at, ended_at
             from hand_overs where ",
            $rest
        ))
    };
}

fn offered_row(row: &mut Row) -> Result<Offered, Fault> {
    let (id, case, seam) = (row.take()?, row.take()?, row.take()?);
    let (from, to, lead) = (row.take()?, row.take()?, row.take()?);
    let (from_engagement, to_engagement) = (row.take()?, row.take()?);
    let note: String = row.take()?;
    let note: Note = serde_json::from_str(&note).map_err(Fault::new)?;
    let warmth = row.take()?;
    let because: String = row.take()?;
    let because: Because = serde_json::from_str(&because).map_err(Fault::new)?;
    let (offered_at, led_at, talk) = (row.take()?, row.take()?, row.take()?);
    let by: Option<PersonId> = row.take()?;
    let at: Option<Instant> = row.take()?;
    let over = HandOver { from, to, lead, offered_at, accepted: by.zip(at) };
    Ok(Offered {
        id,
        case,
        seam,
        over,
        from_engagement,
        to_engagement,
        note,
        warmth,
        because,
        led_at,
        talk,
        ended_at: row.take()?,
    })
}

/// Writes a hand-over down.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn add_hand_over(tx: &mut Tx<'_>, offered: &Offered) -> Result<(), Fault> {
    let over = &offered.over;
    tx.run(
        sql!(
            "insert into hand_overs (id, case_id, seam, giver_id, taker_id, lead_id, from_engagement_id, to_engagement_id, note,
                                     warmth, because, offered_at, late_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)"
        ),
        &[
            &offered.id,
            &offered.case,
            &offered.seam,
            &over.from,
            &over.to,
            &over.lead,
            &offered.from_engagement,
            &offered.to_engagement,
            &serde_json::to_string(&offered.note).map_err(Fault::new)?,
            &offered.warmth,
            &serde_json::to_string(&offered.because).map_err(Fault::new)?,
            &over.offered_at,
            &over.late_at(),
        ],
    )
    .map(drop)
}

/// One hand-over.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn hand_over(tx: &mut Tx<'_>, id: HandOverId) -> Result<Option<Offered>, Fault> {
    tx.maybe(hand_overs!("id = $1"), &[&id], offered_row)
}

/// The hand-overs of a case, the newest first.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn hand_overs_of(tx: &mut Tx<'_>, case: CaseId) -> Result<Vec<Offered>, Fault> {
    tx.list(hand_overs!("case_id = $1 order by offered_at desc, id desc limit 20"), &[&case], offered_row)
}

/// The hand-over of a case that somebody can still accept.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn open_hand_over(tx: &mut Tx<'_>, case: CaseId) -> Result<Option<Offered>, Fault> {
    tx.maybe(
        hand_overs!(
            "case_id = $1 and accepted_at is null and ended_at is null order by offered_at desc, id desc limit 1"
        ),
        &[&case],
        offered_row,
    )
}

/// All hand-overs that somebody can still accept, the oldest first.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn open_hand_overs(tx: &mut Tx<'_>) -> Result<Vec<Offered>, Fault> {
    tx.list(hand_overs!("accepted_at is null and ended_at is null order by offered_at, id"), &[], offered_row)
}

/// The open hand-overs that go to these engagements, each in order, the oldest first.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn offered_to(tx: &mut Tx<'_>, engagements: &[EngagementId]) -> Result<Vec<Offered>, Fault> {
    let sets: Vec<Vec<&dyn Param>> =
        engagements.iter().map(|engagement| -> Vec<&dyn Param> { vec![engagement] }).collect();
    let found = tx.lists(
        hand_overs!(
            "to_engagement_id = $1 and accepted_at is null and ended_at is null order by offered_at, id"
        ),
        &sets,
        offered_row,
    )?;
    Ok(found.into_iter().flatten().collect())
}

/// How many hand-overs somebody is asked by that go to these engagements: whoever is named, everybody where nobody is or it is late.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn asked_count(
    tx: &mut Tx<'_>,
    engagements: &[EngagementId],
    person: PersonId,
    late_since: Instant,
) -> Result<i64, Fault> {
    let sets: Vec<Vec<&dyn Param>> = engagements
        .iter()
        .map(|engagement| -> Vec<&dyn Param> { vec![engagement, &person, &late_since] })
        .collect();
    let found = tx.lists(
        sql!(
            "select count(*) from hand_overs
             where to_engagement_id = $1 and accepted_at is null and ended_at is null
               and (giver_id is null or giver_id <> $2)
               and (taker_id is null or taker_id = $2 or lead_id = $2 or offered_at <= $3)"
        ),
        &sets,
        Row::take::<i64>,
    )?;
    Ok(found.into_iter().flatten().sum())
}

/// What somebody gave away since an instant, the newest first.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn given_by(tx: &mut Tx<'_>, person: PersonId, since: Instant) -> Result<Vec<Offered>, Fault> {
    tx.list(
        hand_overs!("giver_id = $1 and offered_at >= $2 order by offered_at desc, id desc limit 50"),
        &[&person, &since],
        offered_row,
    )
}

/// Somebody accepts. False if somebody else had, or it had ended.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn accept_hand_over(
    tx: &mut Tx<'_>,
    id: HandOverId,
    by: PersonId,
    talk: Option<Talk>,
    now: Instant,
) -> Result<bool, Fault> {
    let done = tx.run(
        sql!(
            "update hand_overs set accepted_by = $1, talk = $2, accepted_at = $3, late_at = null
             where id = $4 and accepted_at is null and ended_at is null"
        ),
        &[&by, &talk, &now, &id],
    )?;
    Ok(done > 0)
}

/// The lead has it now. False if they had it before, or it is over.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn lead_hand_over(tx: &mut Tx<'_>, id: HandOverId, now: Instant) -> Result<bool, Fault> {
    let done = tx.run(
        sql!(
            "update hand_overs set led_at = $1, late_at = null
             where id = $2 and led_at is null and accepted_at is null and ended_at is null"
        ),
        &[&now, &id],
    )?;
    Ok(done > 0)
}

/// It ends without being accepted. False if it was over.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn end_hand_over(tx: &mut Tx<'_>, id: HandOverId, now: Instant) -> Result<bool, Fault> {
    let done = tx.run(
        sql!(
            "update hand_overs set ended_at = $1, late_at = null
             where id = $2 and accepted_at is null and ended_at is null"
        ),
        &[&now, &id],
    )?;
    Ok(done > 0)
}

/// Keeps the note as it is now.
///
/// # Errors
/// A fault when the engine refuses it.
pub fn keep_note(tx: &mut Tx<'_>, id: HandOverId, note: &Note) -> Result<(), Fault> {
    let note = serde_json::to_string(note).map_err(Fault::new)?;
    tx.run(sql!("update hand_overs set note = $1 where id = $2"), &[&note, &id]).map(drop)
}
