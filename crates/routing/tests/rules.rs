//! The rules one by one.

use kernel::Instant;
use routing::{
    Ask, Clients, Countries, Floor, Idleness, Languages, Person, Policy, Presence, Skills, Translation, Way,
    WhyNot, eligible, explain,
};
use std::time::Duration;

const NOW: Instant = Instant::from_micros(1_000_000_000_000);
const HOUR: Duration = Duration::from_secs(3_600);
const ENGLISH: u16 = 0;
const FINNISH: u16 = 1;

fn person() -> Person {
    Person {
        clients: Clients::of(&[3]),
        native: Languages::of(&[ENGLISH]),
        certified: Languages::default(),
        written: Languages::default(),
        translated: Languages::default(),
        scarce: ENGLISH,
        skills: Skills::of(&[1, 2]),
        country: 5,
        capacity: 2,
    }
}

fn finn() -> Person {
    Person {
        native: Languages::of(&[FINNISH]),
        certified: Languages::of(&[ENGLISH]),
        scarce: FINNISH,
        ..person()
    }
}

fn presence() -> Presence {
    Presence {
        until: Some(NOW.plus(HOUR)),
        is_paused: false,
        load: 0,
        worked: Duration::ZERO,
        free_since: NOW,
    }
}

fn ask() -> Ask {
    Ask {
        client: 3,
        language: ENGLISH,
        skills: Skills::of(&[1]),
        policy: Policy { countries: Countries::of(&[5, 6]), translation: Translation::Allowed },
        effort: 1,
        handling: Duration::from_secs(600),
        target: 4 * HOUR,
        weight: 1,
    }
}

#[track_caller]
fn check(person: &Person, presence: &Presence, ask: &Ask, expected: Result<Way, WhyNot>) {
    assert_eq!(eligible(person, presence, ask, NOW), expected);
}

#[test]
fn each_reason_keeps_somebody_from_a_case() {
    check(&person(), &presence(), &ask(), Ok(Way::Native));
    check(&person(), &presence(), &Ask { client: 4, ..ask() }, Err(WhyNot::NoPermit));
    check(&Person { country: 7, ..person() }, &presence(), &ask(), Err(WhyNot::Country));
    check(&person(), &presence(), &Ask { skills: Skills::of(&[1, 9]), ..ask() }, Err(WhyNot::Skill));
    check(&person(), &presence(), &Ask { language: FINNISH, ..ask() }, Err(WhyNot::Language));
    check(&person(), &Presence { until: None, ..presence() }, &ask(), Err(WhyNot::OffShift));
    check(&person(), &Presence { until: Some(NOW), ..presence() }, &ask(), Err(WhyNot::OffShift));
    check(&person(), &presence(), &Ask { handling: HOUR, ..ask() }, Ok(Way::Native));
    let long = Ask { handling: HOUR + Duration::from_secs(1), ..ask() };
    check(&person(), &presence(), &long, Err(WhyNot::ShiftEnds));
    check(&person(), &Presence { is_paused: true, ..presence() }, &ask(), Err(WhyNot::Paused));
    check(&person(), &Presence { load: 1, ..presence() }, &ask(), Ok(Way::Native));
    check(&person(), &Presence { load: 1, ..presence() }, &Ask { effort: 2, ..ask() }, Err(WhyNot::Full));
}

#[test]
fn translation_is_a_way_only_where_it_is_allowed() {
    let translated = Person { translated: Languages::of(&[FINNISH]), ..person() };
    let finnish = Ask { language: FINNISH, ..ask() };
    check(&translated, &presence(), &finnish, Ok(Way::Translated));
    let refused = Policy { translation: Translation::Refused, ..finnish.policy };
    check(&translated, &presence(), &Ask { policy: refused, ..finnish.clone() }, Err(WhyNot::Language));
    check(&finn(), &presence(), &Ask { policy: refused, ..finnish.clone() }, Ok(Way::Native));
    let writing = Person { written: Languages::of(&[FINNISH]), ..translated };
    check(&writing, &presence(), &finnish, Ok(Way::Written));
}

#[test]
fn sets_hold_what_was_put_in() {
    let languages = Languages::of(&[0, 63, 64, 127, 128]);
    assert_eq!(languages.numbers().collect::<Vec<_>>(), [0, 63, 64, 127]);
    assert!(Skills::of(&[70, 3]).has_all(&Skills::of(&[70])));
    assert!(!Skills::of(&[70]).has_all(&Skills::of(&[6])));
}

fn floor(people: Vec<Person>) -> Floor {
    let mut floor = Floor::empty(Idleness::new(vec![0, 0], vec![0, 1]));
    for person in people {
        let number = floor.add(person);
        floor.begin_shift(number, NOW.plus(HOUR * 8), NOW);
    }
    floor
}

fn asked(floor: &mut Floor, ask: &Ask, now: Instant) -> Option<(usize, Way)> {
    let line = floor.line(ask);
    let (_, assigned) = floor.arrive(line, now.plus(ask.target), now);
    assigned.map(|assigned| (assigned.person.number(), assigned.way))
}

#[test]
fn the_only_speaker_of_a_rare_language_is_kept_while_others_can() {
    // The Finn speaks English as well as anybody, and comes first in every other respect.
    let both = Person { native: Languages::of(&[ENGLISH, FINNISH]), ..finn() };
    let mut floor = floor(vec![both, person()]);
    assert_eq!(asked(&mut floor, &ask(), NOW), Some((1, Way::Native)));
    assert_eq!(asked(&mut floor, &ask(), NOW), Some((1, Way::Native)));
    // The other is full: nobody waits while somebody may.
    assert_eq!(asked(&mut floor, &ask(), NOW), Some((0, Way::Native)));
}

#[test]
fn speakers_come_before_translation_whatever_else_holds() {
    let translated = Person { translated: Languages::of(&[FINNISH]), ..person() };
    let mut floor = floor(vec![translated, finn()]);
    let finnish = Ask { language: FINNISH, ..ask() };
    for expected in [(1, Way::Native), (1, Way::Native), (0, Way::Translated)] {
        assert_eq!(asked(&mut floor, &finnish, NOW), Some(expected));
    }
}

#[test]
fn whoever_has_worked_less_is_asked_then_whoever_waits_longest() {
    let mut floor = floor(vec![person(), person()]);
    assert_eq!(asked(&mut floor, &ask(), NOW.plus(HOUR / 2)), Some((0, Way::Native)));
    assert_eq!(asked(&mut floor, &ask(), NOW.plus(HOUR)), Some((1, Way::Native)));
    let later = NOW.plus(HOUR * 2);
    let line = floor.line(&ask());
    let (case, _) = floor.arrive(line, later, later);
    floor.finish(case, HOUR, later);
    // The first has worked an hour now; the other nothing yet.
    assert_eq!(asked(&mut floor, &ask(), later.plus(HOUR)), Some((1, Way::Native)));
}

#[test]
fn what_is_hopelessly_late_has_every_fourth_turn() {
    let mut floor = floor(vec![Person { capacity: 1, ..person() }]);
    let until = NOW.plus(HOUR * 100);
    let number = floor.people().next().map(|(number, ..)| number).expect("somebody is there");
    floor.begin_shift(number, until, NOW);
    let line = floor.line(&ask());
    let (mut held, _) = floor.arrive(line, until, NOW);
    let now = NOW.plus(HOUR * 50);
    let (late, _) = floor.arrive(line, NOW, now);
    let fresh: Vec<_> = (0..8).map(|n| floor.arrive(line, now.plus(HOUR * (n + 1)), now).0).collect();
    let mut order = Vec::new();
    for _ in 0..9 {
        let assigned = floor.finish(held, Duration::ZERO, now);
        held = assigned.first().expect("something waits").case;
        order.push(held);
    }
    let mut expected = fresh.clone();
    expected.insert(3, late);
    assert_eq!(order, expected);
}

#[test]
fn an_explanation_names_everybody() {
    let mut floor = floor(vec![person(), finn(), Person { country: 9, ..person() }]);
    let explained = explain(&floor, &ask(), NOW);
    let may: Vec<usize> = explained.may.iter().map(|(number, _)| number.number()).collect();
    assert_eq!(may, [0, 1]);
    assert_eq!(explained.may_not.iter().map(|(_, why)| *why).collect::<Vec<_>>(), [WhyNot::Country]);
    assert_eq!(asked(&mut floor, &ask(), NOW).map(|(person, _)| person), Some(may[0]));
}

#[test]
fn a_case_goes_back_when_its_holder_leaves() {
    let mut floor = floor(vec![person(), person()]);
    let line = floor.line(&ask());
    let (case, assigned) = floor.arrive(line, NOW.plus(HOUR), NOW);
    let holder = assigned.expect("somebody is free").person;
    floor.end_shift(holder);
    let again = floor.give_back(case, NOW);
    assert_eq!(again.len(), 1);
    assert_ne!(again[0].person, holder);
    floor.end_shift(again[0].person);
    assert_eq!(floor.give_back(case, NOW), []);
    assert_eq!(floor.waiting(), [case]);
    let back = floor.begin_shift(holder, NOW.plus(HOUR), NOW);
    assert_eq!(back.iter().map(|assigned| assigned.case).collect::<Vec<_>>(), [case]);
}
