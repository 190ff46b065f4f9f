//! The rosters of the demo world: three weeks of shifts for every partner's team, absences, and who is on call for Aurora.

use super::world::World;
use coverage::{
    Leave, LeaveKind, OnCallDuty, ShiftEntry, ShiftSource, Span, drawn, tables as coverage_tables,
};
use jiff::{ToSpan, tz::TimeZone};
use kernel::{Fault, Instant, PersonId, Role};
use people::{Site, tables as people_tables};
use std::time::Duration;
use store::{Tx, fresh};

const DAY: Duration = Duration::from_secs(24 * 3_600);

/// Writes them down as they stand at this instant.
pub(super) fn write(tx: &mut Tx<'_>, world: &World, now: Instant) -> Result<(), Fault> {
    for team in &world.teams {
        let Some(partner) = world.partners.iter().find(|one| Some(one.id) == team.partner) else { continue };
        let seats = world.seats.iter().filter(|seat| seat.team == Some(team.id));
        let people: Vec<PersonId> = seats.map(|seat| seat.person).collect();
        for (nth, person) in (0..).zip(people) {
            shifts(tx, person, nth, &partner.zone, now)?;
        }
    }
    absences(tx, world, now)?;
    on_call(tx, world, now)
}

/// Two early shifts and two late ones in turn, with two days off that differ from person to person. Who works in two teams has one roster.
fn shifts(tx: &mut Tx<'_>, person: PersonId, nth: i8, zone: &str, now: Instant) -> Result<(), Fault> {
    let around = Span { from: now.minus(DAY * 10), until: now.plus(DAY * 16) };
    if !coverage_tables::shifts_between(tx, &[person], around)?.is_empty() {
        return Ok(());
    }
    let known = TimeZone::get(zone).map_err(Fault::new)?;
    let today = now.timestamp().to_zoned(known).date();
    for ahead in -8_i64..=14 {
        let day = today.checked_add(ahead.days()).map_err(Fault::new)?;
        let weekday = day.weekday().to_monday_zero_offset();
        let off = [(nth * 2 + 5) % 7, (nth * 2 + 6) % 7];
        if off.contains(&weekday) {
            continue;
        }
        let (times, breaks) = match (zone, nth % 2) {
            // Manila answers while Europe sleeps.
            ("Asia/Manila", 0) => (("00:00", "08:00"), "04:00-04:30"),
            ("Asia/Manila", _) => (("08:00", "16:00"), "12:00-12:30"),
            (_, 0) => (("07:00", "15:00"), "11:00-11:30"),
            (_, _) => (("13:00", "21:00"), "17:00-17:30"),
        };
        let shift = drawn(&person.to_string(), zone, &day.to_string(), times, breaks).map_err(Fault::new)?;
        let entry = ShiftEntry {
            id: fresh(),
            person,
            span: shift.span,
            breaks: shift.breaks,
            source: ShiftSource::Drawn,
            entered_by: None,
            entered_at: now.minus(DAY * 14),
        };
        coverage_tables::add_shift(tx, &entry)?;
    }
    Ok(())
}

/// One of the first team is on holiday next week and works elsewhere; so the evenings have a gap.
fn absences(tx: &mut Tx<'_>, world: &World, now: Instant) -> Result<(), Fault> {
    let Some(team) = world.teams.iter().find(|team| team.partner.is_some()) else { return Ok(()) };
    let mut seats = world.seats.iter().filter(|seat| seat.team == Some(team.id));
    let Some(seat) = seats.find(|seat| seat.role == Role::Representative) else { return Ok(()) };
    let leave = Leave {
        id: fresh(),
        person: seat.person,
        span: Span { from: now.plus(DAY * 3), until: now.plus(DAY * 8) },
        kind: LeaveKind::Holiday,
        entered_by: None,
        entered_at: now.minus(DAY * 20),
    };
    coverage_tables::add_leave(tx, &leave)?;
    let porto = Site { country: "PT".to_owned(), city: "Porto".to_owned(), zone: "Europe/Lisbon".to_owned() };
    people_tables::set_site(tx, seat.person, &porto, None, now.minus(DAY * 90))
}

/// Three levels: those who answer, their lead, the client's support owner. The first changes each week.
fn on_call(tx: &mut Tx<'_>, world: &World, now: Instant) -> Result<(), Fault> {
    let Some(mailbox) = world.mailboxes.first() else { return Ok(()) };
    let engagement = world.engagements.iter().find(|one| one.id == mailbox.engagement);
    let Some(engagement) = engagement else { return Ok(()) };
    let of_team = |role| {
        let seats =
            world.seats.iter().filter(move |seat| seat.team == Some(engagement.team) && seat.role == role);
        seats.map(|seat| seat.person).collect::<Vec<_>>()
    };
    let owners = world
        .seats
        .iter()
        .filter(|seat| seat.client == Some(engagement.client) && seat.role == Role::SupportOwner);
    let levels =
        [of_team(Role::Representative), of_team(Role::TeamLead), owners.map(|seat| seat.person).collect()];
    for (level, people) in (1..).zip(levels) {
        for week in 0..3_u32 {
            let at = usize::try_from(week).unwrap_or_default();
            let Some(person) = people.get(at % people.len().max(1)).copied() else { continue };
            let from = now.minus(DAY * 3).plus(DAY * 7 * week);
            let duty = OnCallDuty {
                id: fresh(),
                engagement: engagement.id,
                level,
                person,
                span: Span { from, until: from.plus(DAY * 7) },
                entered_by: None,
                entered_at: now.minus(DAY * 10),
            };
            coverage_tables::add_duty(tx, &duty)?;
        }
    }
    Ok(())
}
