//! The rota: who is on call in an engagement, on which level, when.

use crate::{Desk, sign_in::personal};
use coverage::{LONGEST_DUTY, MOST_LEVELS, OnCallDuty, RosterRefusal, Span, tables as coverage_tables};
use engagements::{Engagement, tables as engagement_tables};
use jiff::{civil::DateTime, tz::TimeZone};
use kernel::{EngagementId, Fault, Instant, OnCallDutyId, PersonId, Reach, Stop};
use people::{Person, tables as people_tables};
use store::{Tx, fresh};

/// A duty as a form writes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DutyWritten {
    /// Who.
    pub person: PersonId,
    /// On which level, from 1.
    pub level: i64,
    /// From when: `2026-12-01T18:00`, in the zone.
    pub from: String,
    /// Until when.
    pub until: String,
    /// The zone in which the times are meant.
    pub zone: String,
}

/// Whether somebody may change the rota of an engagement.
pub(super) fn may_change(reach: &Reach, engagement: EngagementId) -> bool {
    reach.leads(engagement) || reach.owns_installation()
}

/// Puts somebody on call.
///
/// # Errors
/// [`RosterRefusal::NotFound`], [`RosterRefusal::OnlyLeadsPlan`], [`RosterRefusal::NoSuchLevel`], [`RosterRefusal::NotInTeam`],
/// [`RosterRefusal::Unreadable`], [`RosterRefusal::DutyUnfit`].
pub async fn add(
    desk: &Desk,
    reach: &Reach,
    engagement: EngagementId,
    written: DutyWritten,
) -> Result<OnCallDutyId, Stop> {
    let (reach, now) = (reach.clone(), desk.clock.now());
    desk.store
        .write(move |tx| {
            let found = changeable(tx, &reach, engagement)?;
            if !(1..=MOST_LEVELS).contains(&written.level) {
                return Err(RosterRefusal::NoSuchLevel.into());
            }
            let person = callable(tx, &found)?.into_iter().find(|one| one.id == written.person);
            let person = person.ok_or(RosterRefusal::NotInTeam)?;
            let span = span(&written)?;
            let duty = OnCallDuty {
                id: fresh(),
                engagement,
                level: written.level,
                person: person.id,
                span,
                entered_by: Some(reach.person()),
                entered_at: now,
            };
            let there = coverage_tables::duties_between(tx, &[engagement], span)?;
            let same = |one: &&OnCallDuty| {
                one.person == duty.person && one.level == duty.level && one.span == duty.span
            };
            if let Some(known) = there.iter().find(same) {
                return Ok(known.id);
            }
            coverage_tables::add_duty(tx, &duty)?;
            let sentence = format!("{} is on call for {}.", person.name, found.name);
            personal(tx, "on_call.entered", person.id, now, &sentence)?;
            Ok(duty.id)
        })
        .await
}

/// Takes a duty out of the rota.
///
/// # Errors
/// [`RosterRefusal::NotFound`], [`RosterRefusal::OnlyLeadsPlan`].
pub async fn remove(desk: &Desk, reach: &Reach, duty: OnCallDutyId) -> Result<(), Stop> {
    let (reach, now) = (reach.clone(), desk.clock.now());
    desk.store
        .write(move |tx| {
            let found = coverage_tables::duty(tx, duty)?.ok_or(RosterRefusal::NotFound)?;
            let engagement = changeable(tx, &reach, found.engagement)?;
            coverage_tables::drop_duty(tx, duty)?;
            let sentence = format!("Isn’t on call for {} any more.", engagement.name);
            Ok(personal(tx, "on_call.removed", found.person, now, &sentence)?)
        })
        .await
}

/// Who can be put on call: the engagement's team and the client's own people.
///
/// # Errors
/// A fault when the engine refuses it.
pub(super) fn callable(tx: &mut Tx<'_>, engagement: &Engagement) -> Result<Vec<Person>, Fault> {
    people_tables::colleagues(tx, engagement.id)
}

fn changeable(tx: &mut Tx<'_>, reach: &Reach, engagement: EngagementId) -> Result<Engagement, Stop> {
    let seen = reach.engagements().iter().any(|(seen, _)| *seen == engagement);
    let found = engagement_tables::engagement(tx, engagement)?;
    let found = found.filter(|_| seen || reach.owns_installation()).ok_or(RosterRefusal::NotFound)?;
    if !may_change(reach, engagement) {
        return Err(RosterRefusal::OnlyLeadsPlan.into());
    }
    Ok(found)
}

fn span(written: &DutyWritten) -> Result<Span, RosterRefusal> {
    let unreadable = |sentence: String| RosterRefusal::Unreadable(sentence);
    let zone = TimeZone::get(&written.zone)
        .map_err(|_| unreadable(format!("“{}” isn’t a time zone.", written.zone)))?;
    let at = |text: &str| {
        let wall = text.trim().parse::<DateTime>().ok().filter(|_| text.trim().len() >= 16);
        let wall =
            wall.ok_or_else(|| unreadable(format!("“{text}” isn’t a time. Write it as 2026-12-01 18:00.")))?;
        let zoned = zone.to_ambiguous_zoned(wall).compatible();
        let zoned = zoned.map_err(|_| unreadable(format!("{wall} lies too far away.")))?;
        Ok::<Instant, RosterRefusal>(zoned.timestamp().into())
    };
    let span = Span { from: at(&written.from)?, until: at(&written.until)? };
    if span.until <= span.from || span.length() > LONGEST_DUTY {
        return Err(RosterRefusal::DutyUnfit);
    }
    Ok(span)
}
