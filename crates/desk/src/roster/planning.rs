//! Planning: shifts are drawn, copied, removed and brought in as files; absences are entered; people say whether they take cases.

use super::{site, team_people};
use crate::{Desk, aside, sign_in::personal};
use coverage::{
    Imported, LONGEST_SHIFT, Leave, LeaveKind, Presence, Problem, Roster, RosterRefusal, Shift, ShiftEntry,
    ShiftSource, Span, tables as coverage_tables,
};
use jiff::{ToSpan, civil::Date, tz::TimeZone};
use kernel::{Fault, Instant, LeaveId, PersonId, Reach, Role, ShiftId, Stop, TeamId};
use people::{Person, tables as people_tables};
use std::time::Duration;
use store::{Tx, fresh};

/// The largest file that is read, in bytes.
pub const MOST_BYTES: usize = 20 * 1024 * 1024;
/// What repeats without an end in a calendar file is read for so long.
const HORIZON: Duration = Duration::from_secs(400 * 24 * 3_600);
/// No absence is longer.
const LONGEST_ABSENCE: Duration = Duration::from_secs(370 * 24 * 3_600);
/// So many shifts are written in one transaction.
const TOGETHER: usize = 200;

/// A shift as a form draws it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drawing {
    /// Who works.
    pub person: PersonId,
    /// The day on which it begins: `2026-12-01`.
    pub day: String,
    /// From when: `22:00`.
    pub from: String,
    /// Until when: `06:00`; before the begin it is on the next day.
    pub until: String,
    /// Breaks as `12:00-12:30; 15:00-15:15`; may be empty.
    pub breaks: String,
    /// The zone in which the times are meant.
    pub zone: String,
}

/// What kind of file it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// A row for each shift.
    Csv,
    /// An event for each shift.
    ICalendar,
}

/// What came of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Brought {
    /// How many shifts were written down.
    pub added: usize,
    /// How many were there already.
    pub known: usize,
    /// What couldn't be taken over.
    pub problems: Vec<Problem>,
}

/// Whether somebody may draw the roster of a team, or only look at it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Right {
    /// They draw it.
    Draws,
    /// They look at it.
    Looks,
}

/// What somebody may do with a team's roster: its lead, an owner and the support owner of the client whose own team it is draw it;
/// whoever works in the team, or at a client for whom it works, looks at it.
///
/// # Errors
/// [`RosterRefusal::NotFound`] for everybody else.
pub fn right(tx: &mut Tx<'_>, reach: &Reach, team: TeamId) -> Result<Right, Stop> {
    let found = people_tables::team(tx, team)?.ok_or(RosterRefusal::NotFound)?;
    let seats = people_tables::seats_of(tx, reach.person())?;
    let leads = seats.iter().any(|seat| seat.team == Some(team) && seat.role == Role::TeamLead);
    let owns = seats
        .iter()
        .any(|seat| seat.role == Role::SupportOwner && seat.client.is_some() && seat.client == found.client);
    if leads || owns || reach.owns_installation() {
        return Ok(Right::Draws);
    }
    let works = seats.iter().any(|seat| seat.team == Some(team));
    let engagements = engagements::tables::engagements(tx)?;
    let served = engagements.iter().filter(|one| one.team == team).any(|one| {
        reach.seats().iter().any(|seat| seat.engagement == one.id && seat.role == Role::SupportOwner)
    });
    if works || served { Ok(Right::Looks) } else { Err(RosterRefusal::NotFound.into()) }
}

fn draws(tx: &mut Tx<'_>, reach: &Reach, team: TeamId) -> Result<(), Stop> {
    match right(tx, reach, team)? {
        Right::Draws => Ok(()),
        Right::Looks => Err(RosterRefusal::OnlyLeadsPlan.into()),
    }
}

/// Draws a shift.
///
/// # Errors
/// [`RosterRefusal::NotFound`], [`RosterRefusal::OnlyLeadsPlan`], [`RosterRefusal::NotInTeam`], [`RosterRefusal::Unreadable`],
/// [`RosterRefusal::Unfit`].
pub async fn draw(desk: &Desk, reach: &Reach, team: TeamId, drawing: Drawing) -> Result<ShiftId, Stop> {
    let (reach, now) = (reach.clone(), desk.clock.now());
    desk.store
        .write(move |tx| {
            draws(tx, &reach, team)?;
            let person = member(tx, team, drawing.person)?;
            let (times, key) = ((drawing.from.as_str(), drawing.until.as_str()), person.id.to_string());
            let shift = coverage::drawn(&key, &drawing.zone, &drawing.day, times, &drawing.breaks)
                .map_err(RosterRefusal::Unreadable)?;
            let entry = entry(person.id, &shift, ShiftSource::Drawn, &reach, now);
            if add(tx, &entry)? == Added::Known {
                return Ok(entry.id);
            }
            let sentence = format!("A shift of {} was drawn.", person.name);
            personal(tx, "roster.shift_drawn", person.id, now, &sentence)?;
            Ok(entry.id)
        })
        .await
}

/// Removes a shift.
///
/// # Errors
/// [`RosterRefusal::NotFound`], [`RosterRefusal::OnlyLeadsPlan`].
pub async fn remove(desk: &Desk, reach: &Reach, team: TeamId, shift: ShiftId) -> Result<(), Stop> {
    let (reach, now) = (reach.clone(), desk.clock.now());
    desk.store
        .write(move |tx| {
            draws(tx, &reach, team)?;
            let found = coverage_tables::shift(tx, shift)?.ok_or(RosterRefusal::NotFound)?;
            let person = member(tx, team, found.person)?;
            coverage_tables::drop_shift(tx, shift)?;
            let sentence = format!("A shift of {} was removed.", person.name);
            Ok(personal(tx, "roster.shift_removed", person.id, now, &sentence)?)
        })
        .await
}

/// Copies the shifts of the week before into a week that begins on a day. They keep their wall times where each person works; those
/// that don't fit are left out. Answers how many were copied and how many left out.
///
/// # Errors
/// [`RosterRefusal::NotFound`], [`RosterRefusal::OnlyLeadsPlan`].
pub async fn copy_week(
    desk: &Desk,
    reach: &Reach,
    team: TeamId,
    monday: Date,
    zone: TimeZone,
) -> Result<(usize, usize), Stop> {
    let (reach, now) = (reach.clone(), desk.clock.now());
    desk.store
        .write(move |tx| {
            draws(tx, &reach, team)?;
            let people = team_people(tx, team)?;
            let persons: Vec<PersonId> = people.iter().map(|person| person.id).collect();
            let before = monday.checked_sub(7.days()).map_err(Fault::new)?;
            let within = Span { from: midnight(before, &zone)?, until: midnight(monday, &zone)? };
            let (mut copied, mut left) = (0, 0);
            for shift in coverage_tables::shifts_between(tx, &persons, within)? {
                if shift.span.from < within.from {
                    continue;
                }
                let there = TimeZone::get(&site(tx, shift.person)?.zone).unwrap_or(TimeZone::UTC);
                let copy = a_week_later(&shift, &there, &reach, now)?;
                match add(tx, &copy) {
                    Ok(Added::New) => copied += 1,
                    Ok(Added::Known) => {}
                    Err(Stop::Refused(_)) => left += 1,
                    Err(fault) => return Err(fault),
                }
            }
            let sentence = format!("{copied} shifts were copied from the week before.");
            personal(tx, "roster.week_copied", reach.person(), now, &sentence)?;
            Ok((copied, left))
        })
        .await
}

/// Brings in the shifts of a file. Good rows are taken over, bad ones told; doing it again changes nothing.
///
/// # Errors
/// [`RosterRefusal::NotFound`], [`RosterRefusal::OnlyLeadsPlan`], [`RosterRefusal::TooLarge`], [`RosterRefusal::NothingRead`].
pub async fn bring(
    desk: &Desk,
    reach: &Reach,
    team: TeamId,
    format: Format,
    bytes: Vec<u8>,
) -> Result<Brought, Stop> {
    let (reach, now) = (reach.clone(), desk.clock.now());
    if bytes.len() > MOST_BYTES {
        return Err(RosterRefusal::TooLarge.into());
    }
    let asking = reach.clone();
    let people = desk.store.read(move |tx| {
        draws(tx, &asking, team)?;
        Ok::<_, Stop>(team_people(tx, team)?)
    });
    let people = people.await?;
    let read: Imported = aside(move || match format {
        Format::Csv => coverage::from_csv(&bytes),
        Format::ICalendar => coverage::from_icalendar(&bytes, now.plus(HORIZON)),
    })
    .await?;
    let source = if format == Format::Csv { ShiftSource::Csv } else { ShiftSource::ICalendar };
    let mut brought = Brought { problems: read.problems, ..Brought::default() };
    let mut known = Vec::new();
    for (line, shift) in read.lines {
        match people.iter().find(|person| person.email.as_str().eq_ignore_ascii_case(&shift.person)) {
            Some(person) => known.push((line, entry(person.id, &shift, source, &reach, now))),
            None => brought.problems.push(Problem {
                line,
                sentence: format!("Nobody in the team has the address {}.", shift.person),
            }),
        }
    }
    for part in known.chunks(TOGETHER) {
        let part = part.to_vec();
        let done = desk.store.write(move |tx| {
            let mut done = Brought::default();
            for (line, shift) in &part {
                match add(tx, shift) {
                    Ok(Added::New) => done.added += 1,
                    Ok(Added::Known) => done.known += 1,
                    Err(Stop::Refused(refused)) => {
                        done.problems.push(Problem { line: *line, sentence: refused.sentence });
                    }
                    Err(Stop::Fault(fault)) => return Err(fault),
                }
            }
            Ok(done)
        });
        let done = done.await?;
        brought.added += done.added;
        brought.known += done.known;
        brought.problems.extend(done.problems);
    }
    brought.problems.sort_by_key(|problem| problem.line);
    ended(desk, &reach, &brought, now).await?;
    Ok(brought)
}

/// Says what came of a file; one of which nothing could be taken over is refused.
async fn ended(desk: &Desk, reach: &Reach, brought: &Brought, now: Instant) -> Result<(), Stop> {
    if brought.added + brought.known == 0 {
        let first = brought.problems.first();
        let because = first.map_or_else(
            || "It is empty.".to_owned(),
            |problem| format!("Line {}: {}", problem.line, problem.sentence),
        );
        return Err(RosterRefusal::NothingRead(because).into());
    }
    if brought.added > 0 {
        let (person, sentence) =
            (reach.person(), format!("{} shifts were brought in from a file.", brought.added));
        desk.store.write(move |tx| personal(tx, "roster.imported", person, now, &sentence)).await?;
    }
    Ok(())
}

/// Enters an absence. A lead enters it for the team, and everybody may say that they are ill themselves. Begins now where no begin is
/// named. Answers whether it has begun already, so that their cases have to go to others.
///
/// # Errors
/// [`RosterRefusal::NotFound`], [`RosterRefusal::OnlyLeadsPlan`], [`RosterRefusal::NotInTeam`], [`RosterRefusal::AbsenceEndsFirst`].
pub async fn be_absent(
    desk: &Desk,
    reach: &Reach,
    team: TeamId,
    person: PersonId,
    kind: LeaveKind,
    (from, until): (Option<Instant>, Instant),
) -> Result<LeaveId, Stop> {
    let (reach, now) = (reach.clone(), desk.clock.now());
    desk.store
        .write(move |tx| {
            let own = person == reach.person() && kind == LeaveKind::Ill;
            if !own {
                draws(tx, &reach, team)?;
            }
            let who = member(tx, team, person)?;
            let span = Span { from: from.unwrap_or(now), until };
            if span.until <= span.from || span.length() > LONGEST_ABSENCE {
                return Err(RosterRefusal::AbsenceEndsFirst.into());
            }
            let by = Some(reach.person());
            let leave = Leave { id: fresh(), person, span, kind, entered_by: by, entered_at: now };
            coverage_tables::add_leave(tx, &leave)?;
            let sentence = format!("{} is absent: {}.", who.name, kind.title().to_lowercase());
            personal(tx, "roster.absent", person, now, &sentence)?;
            Ok(leave.id)
        })
        .await
}

/// Ends an absence now; one that hasn't begun is taken out.
///
/// # Errors
/// [`RosterRefusal::NotFound`], [`RosterRefusal::OnlyLeadsPlan`].
pub async fn come_back(desk: &Desk, reach: &Reach, team: TeamId, leave: LeaveId) -> Result<(), Stop> {
    let (reach, now) = (reach.clone(), desk.clock.now());
    desk.store
        .write(move |tx| {
            let found = coverage_tables::leave(tx, leave)?.ok_or(RosterRefusal::NotFound)?;
            if found.person != reach.person() || found.kind != LeaveKind::Ill {
                draws(tx, &reach, team)?;
            }
            let who = member(tx, team, found.person)?;
            coverage_tables::end_leave(tx, leave, now.min(found.span.until))?;
            let sentence = format!("{} is back.", who.name);
            Ok(personal(tx, "roster.back", found.person, now, &sentence)?)
        })
        .await
}

/// Somebody says whether they take new cases.
///
/// # Errors
/// A fault when the database can't be reached.
pub async fn be_present(desk: &Desk, reach: &Reach, state: Presence) -> Result<(), Stop> {
    let (person, now) = (reach.person(), desk.clock.now());
    desk.store
        .write(move |tx| {
            coverage_tables::set_presence(tx, person, state, now)?;
            let sentence = format!("Is {} for new cases.", state.title().to_lowercase());
            Ok(personal(tx, "person.presence", person, now, &sentence)?)
        })
        .await
}

/// Whether a shift was new.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Added {
    New,
    Known,
}

/// Adds a shift beside those that the person has already.
fn add(tx: &mut Tx<'_>, shift: &ShiftEntry) -> Result<Added, Stop> {
    let around =
        Span { from: shift.span.from.minus(LONGEST_SHIFT), until: shift.span.until.plus(LONGEST_SHIFT) };
    let others = coverage_tables::shifts_between(tx, &[shift.person], around)?;
    if others.iter().any(|other| other.span == shift.span && other.breaks == shift.breaks) {
        return Ok(Added::Known);
    }
    let mut roster = Roster::default();
    for other in &others {
        // What stands in the table has been checked before.
        let _ = roster.add(named(other));
    }
    roster.add(named(shift)).map_err(RosterRefusal::Unfit)?;
    coverage_tables::add_shift(tx, shift)?;
    Ok(Added::New)
}

fn named(shift: &ShiftEntry) -> Shift {
    Shift { person: shift.person.to_string(), span: shift.span, breaks: shift.breaks.clone() }
}

fn entry(person: PersonId, shift: &Shift, source: ShiftSource, by: &Reach, now: Instant) -> ShiftEntry {
    ShiftEntry {
        id: fresh(),
        person,
        span: shift.span,
        breaks: shift.breaks.clone(),
        source,
        entered_by: Some(by.person()),
        entered_at: now,
    }
}

fn a_week_later(shift: &ShiftEntry, zone: &TimeZone, by: &Reach, now: Instant) -> Result<ShiftEntry, Fault> {
    let later = |at: Instant| {
        let wall = at.timestamp().to_zoned(zone.clone()).datetime();
        let wall = wall.checked_add(7.days()).map_err(Fault::new)?;
        let zoned = zone.to_ambiguous_zoned(wall).compatible().map_err(Fault::new)?;
        Ok::<Instant, Fault>(zoned.timestamp().into())
    };
    let span = |span: &Span| Ok::<Span, Fault>(Span { from: later(span.from)?, until: later(span.until)? });
    let breaks = shift.breaks.iter().map(span).collect::<Result<_, _>>()?;
    Ok(ShiftEntry {
        id: fresh(),
        person: shift.person,
        span: span(&shift.span)?,
        breaks,
        source: ShiftSource::Drawn,
        entered_by: Some(by.person()),
        entered_at: now,
    })
}

/// The instant at which a day begins in a zone.
pub(crate) fn midnight(day: Date, zone: &TimeZone) -> Result<Instant, Fault> {
    let zoned = zone.to_ambiguous_zoned(day.at(0, 0, 0, 0)).compatible().map_err(Fault::new)?;
    Ok(zoned.timestamp().into())
}

fn member(tx: &mut Tx<'_>, team: TeamId, person: PersonId) -> Result<Person, Stop> {
    let found = team_people(tx, team)?.into_iter().find(|known| known.id == person);
    found.ok_or_else(|| RosterRefusal::NotInTeam.into())
}
