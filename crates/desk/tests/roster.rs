//! The roster on the real store: who is there when, until when, and where.

use coverage::{
    Calendar, Leave, LeaveKind, Presence, ShiftEntry, ShiftSource, Span, Written, tables as coverage_tables,
};
use desk::roster;
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
