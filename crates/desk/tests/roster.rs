//! The roster on the real store: who is there when, until when, and where.

use crate::code;
use coverage::{
    Calendar, Leave, LeaveKind, Presence, ShiftEntry, ShiftSource, Span, Written, tables as coverage_tables,
};
use desk::roster::{
    self,
    planning::{self, Drawing, Format},
    week,
};
use kernel::{Instant, PersonId};
use people::{Site, tables as people_tables};
use std::time::Duration;
use testkit::{World, morning, on_both_engines};

fn at(hours: u64) -> Instant {
    // The world begins at nine.
    morning().minus(Duration::from_secs(9 * 3_600)).plus(Duration::from_secs(hours * 3_600))
}

async fn works(world: &World, who: &str, from: u64, until: u64) {
    let shift = ShiftEntry {
        id: store::fresh(),
        person: world.person(who),
        span: Span { from: at(from), until: at(until) },
        breaks: vec![Span { from: at(from + 4), until: at(from + 5) }],
        source: ShiftSource::Drawn,
        entered_by: None,
        entered_at: morning(),
    };
    world.write(move |tx| coverage_tables::add_shift(tx, &shift)).await;
}

async fn is_ill(world: &World, who: &str, from: u64, until: u64) {
    let leave = Leave {
        id: store::fresh(),
        person: world.person(who),
        span: Span { from: at(from), until: at(until) },
        kind: LeaveKind::Ill,
        entered_by: None,
        entered_at: morning(),
    };
    world.write(move |tx| coverage_tables::add_leave(tx, &leave)).await;
}

#[test]
fn people_are_there_in_their_shifts_but_for_breaks_and_absences() {
    on_both_engines(|world| async move {
        works(&world, "tiago", 8, 16).await;
        works(&world, "tiago", 24 + 8, 24 + 16).await;
        works(&world, "carla", 22, 30).await;
        is_ill(&world, "tiago", 14, 48).await;
        let persons = [world.person("tiago"), world.person("carla"), world.person("ines")];
        let spans = |found: Vec<(PersonId, Span)>| -> Vec<(PersonId, Instant, Instant)> {
            found.into_iter().map(|(person, span)| (person, span.from, span.until)).collect()
        };
        let there = world.read(move |tx| roster::there(tx, &persons, at(0), at(24))).await;
        let [tiago, carla, ines] = persons;
        let expected = [(tiago, at(8), at(12)), (tiago, at(13), at(14)), (carla, at(22), at(24))];
        assert_eq!(spans(there), expected);
        let check = async |who: PersonId, hour: u64, until: Option<u64>| {
            let found = world.read(move |tx| roster::on_shift(tx, who, at(hour))).await;
            assert_eq!(found, until.map(at), "at {hour}");
        };
        check(tiago, 9, Some(14)).await;
        check(tiago, 12, None).await;
        check(tiago, 14, None).await;
        check(carla, 25, Some(30)).await;
        check(ines, 9, None).await;
    });
}

#[test]
fn a_team_that_draws_no_roster_is_there_in_the_hours_of_service() {
    on_both_engines(|world| async move {
        let week = r#"{"zone": "UTC", "hours": {"mon": [["09:00", "17:00"]]}}"#;
        let written: Written = serde_json::from_str(week).unwrap();
        let hours = Calendar::try_from(&written).unwrap();
        let (team, tiago) = (world.lisbon, world.person("tiago"));
        let until = async |hour: u64| {
            let hours = hours.clone();
            world.read(move |tx| roster::works_until(tx, team, &hours, tiago, at(hour))).await
        };
        assert_eq!(until(10).await, Some(at(17)));
        assert_eq!(until(18).await, None);
        is_ill(&world, "tiago", 12, 48).await;
        assert_eq!(until(10).await, Some(at(12)));
        works(&world, "carla", 8, 16).await;
        assert_eq!(until(10).await, None, "whoever has no shift in a team with a roster isn’t there");
    });
}

#[test]
fn what_nobody_said_is_as_usual() {
    on_both_engines(|world| async move {
        let tiago = world.person("tiago");
        assert_eq!(world.read(move |tx| roster::presence(tx, tiago)).await, Presence::Available);
        assert_eq!(world.read(move |tx| roster::capacity(tx, tiago, "email")).await, 6);
        let says = move |tx: &mut store::Tx<'_>| {
            coverage_tables::set_presence(tx, tiago, Presence::Busy, morning())?;
            coverage_tables::set_presence(tx, tiago, Presence::Away, morning())?;
            coverage_tables::set_capacity(tx, tiago, "email", 3)
        };
        world.write(says).await;
        assert_eq!(world.read(move |tx| roster::presence(tx, tiago)).await, Presence::Away);
        assert_eq!(world.read(move |tx| roster::capacity(tx, tiago, "email")).await, 3);

        let site = async |who: &str| {
            let person = world.person(who);
            world.read(move |tx| roster::site(tx, person)).await
        };
        let named = |country: &str, city: &str, zone: &str| Site {
            country: country.to_owned(),
            city: city.to_owned(),
            zone: zone.to_owned(),
        };
        assert_eq!(site("tiago").await, named("PT", "Lisbon", "Europe/Lisbon"));
        assert_eq!(site("nora").await, named("", "", "Europe/Ljubljana"));
        let porto = named("PT", "Porto", "Europe/Lisbon");
        let moved = porto.clone();
        world.write(move |tx| people_tables::set_site(tx, tiago, &moved, None, morning())).await;
        assert_eq!(site("tiago").await, porto);
    });
}

fn drawing(world: &World, who: &str, day: &str, from: &str, until: &str) -> Drawing {
    Drawing {
        person: world.person(who),
        day: day.to_owned(),
        from: from.to_owned(),
        until: until.to_owned(),
        breaks: "02:00-02:30".to_owned(),
        zone: "Europe/Lisbon".to_owned(),
    }
}

#[test]
fn shifts_are_drawn_by_whoever_leads_the_team() {
    on_both_engines(|world| async move {
        let check = async |by: &str, drawn: Drawing, expected: &str| {
            let reach = world.reach(by).await;
            let done = planning::draw(&world.desk, &reach, world.lisbon, drawn).await;
            assert_eq!(code(done), expected, "{by}");
        };
        let night = || drawing(&world, "tiago", "2026-03-03", "22:00", "06:00");
        check("tiago", night(), "roster.only_leads_plan").await;
        check("greta", night(), "roster.only_leads_plan").await;
        check("maricel", night(), "roster.not_found").await;
        check("paula", night(), "roster.not_found").await;
        check("ines", night(), "ok").await;
        check("olga", night(), "ok").await;
        check("ines", drawing(&world, "jun", "2026-03-03", "22:00", "06:00"), "roster.not_in_team").await;
        check("ines", drawing(&world, "tiago", "2026-03-04", "01:00", "08:00"), "roster.unfit").await;
        check("ines", drawing(&world, "carla", "2026-03-04", "08:00", "04:00"), "roster.unfit").await;
        check("ines", drawing(&world, "carla", "4 March", "08:00", "16:00"), "roster.unreadable").await;

        let reach = world.reach("ines").await;
        let next = "2026-03-09".parse().unwrap();
        let zone = jiff::tz::TimeZone::get("Europe/Lisbon").unwrap();
        for expected in [(1, 0), (0, 0)] {
            let copied = planning::copy_week(&world.desk, &reach, world.lisbon, next, zone.clone()).await;
            assert_eq!(copied.unwrap(), expected, "copying again changes nothing");
        }
        let seen =
            week::week(&world.desk, &world.reach("tiago").await, world.lisbon, next, zone).await.unwrap();
        let tiago = seen.people.iter().find(|one| one.person.id == world.person("tiago")).unwrap();
        assert_eq!(tiago.shifts[0].span.from.to_string(), "2026-03-10T22:00:00Z");
        assert_eq!(tiago.shifts[0].breaks.len(), 1);
        let shift = tiago.shifts[0].id;
        let foreign = world.reach("maricel").await;
        assert_eq!(
            code(planning::remove(&world.desk, &foreign, world.manila, shift).await),
            "roster.not_in_team"
        );
        planning::remove(&world.desk, &reach, world.lisbon, shift).await.unwrap();
    });
}

#[test]
fn a_file_is_brought_in_and_again_changes_nothing() {
    on_both_engines(|world| async move {
        let csv = format!(
            "person,zone,begins,ends\n{tiago},Europe/Lisbon,2026-03-03 08:00,2026-03-03 16:00\n\
             {tiago},Europe/Lisbon,2026-03-03 15:00,2026-03-03 20:00\n\
             nobody@lisbon.example,Europe/Lisbon,2026-03-03 08:00,2026-03-03 16:00\n\
             {carla},Europe/Lissabon,2026-03-03 08:00,2026-03-03 16:00\n\
             {carla},Europe/Lisbon,2026-03-03 08:00,2026-03-04 14:00\n\
             {carla},Europe/Lisbon,2026-03-04 08:00,2026-03-04 16:00\n",
            tiago = world.email("tiago"),
            carla = world.email("carla"),
        );
        let ines = world.reach("ines").await;
        let bring = async |format, bytes: &[u8]| {
            planning::bring(&world.desk, &ines, world.lisbon, format, bytes.to_vec()).await
        };
        let first = bring(Format::Csv, csv.as_bytes()).await.unwrap();
        let lines: Vec<u64> = first.problems.iter().map(|problem| problem.line).collect();
        assert_eq!((first.added, first.known, lines), (2, 0, vec![3, 4, 5, 6]), "{:?}", first.problems);
        let again = bring(Format::Csv, csv.as_bytes()).await.unwrap();
        assert_eq!((again.added, again.known, again.problems.len()), (0, 2, 4));
        // Over a shift that stands there already.
        let over = format!(
            "person,zone,begins,ends\n{},UTC,2026-03-03 12:00,2026-03-03 18:00\n",
            world.email("tiago")
        );
        assert_eq!(code(bring(Format::Csv, over.as_bytes()).await), "roster.nothing_read");
        let calendar = format!(
            "BEGIN:VEVENT\nUID:a\nDTSTART;TZID=Europe/Lisbon:20260305T080000\nDURATION:PT8H\nRRULE:FREQ=DAILY;COUNT=3\n\
             ATTENDEE:mailto:{}\nEND:VEVENT\n",
            world.email("tiago")
        );
        let read = bring(Format::ICalendar, calendar.as_bytes()).await.unwrap();
        assert_eq!((read.added, read.known), (3, 0));
        assert_eq!(bring(Format::ICalendar, calendar.as_bytes()).await.unwrap().known, 3);
        let tiago = world.reach("tiago").await;
        let refused = planning::bring(&world.desk, &tiago, world.lisbon, Format::Csv, csv.into_bytes()).await;
        assert_eq!(code(refused), "roster.only_leads_plan");
    });
}

#[test]
fn somebody_is_ill_from_now_on_and_comes_back() {
    on_both_engines(|world| async move {
        works(&world, "tiago", 8, 16).await;
        let tiago = world.person("tiago");
        let until = async || world.read(move |tx| roster::on_shift(tx, tiago, at(9))).await;
        let absent = async |by: &str, kind, end| {
            let reach = world.reach(by).await;
            planning::be_absent(&world.desk, &reach, world.lisbon, tiago, kind, (None, end)).await
        };
        assert_eq!(code(absent("carla", LeaveKind::Ill, at(24)).await), "roster.only_leads_plan");
        assert_eq!(code(absent("tiago", LeaveKind::Holiday, at(24)).await), "roster.only_leads_plan");
        assert_eq!(code(absent("tiago", LeaveKind::Ill, at(8)).await), "roster.absence_ends_first");
        let leave = absent("tiago", LeaveKind::Ill, at(24)).await.unwrap();
        assert_eq!(until().await, None);
        let ines = world.reach("ines").await;
        planning::come_back(&world.desk, &ines, world.lisbon, leave).await.unwrap();
        assert_eq!(until().await, Some(at(16)));
    });
}
