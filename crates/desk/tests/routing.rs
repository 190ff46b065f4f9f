//! Routing through the desk: who is given a case and why, who asks for their next one, what goes back.

use crate::code;
use cases::{Priority, State, tables as case_tables};
use coverage::{Presence, tables as coverage_tables};
use desk::{
    permits::{self, Granted},
    replies, routing as desk_routing, work,
};
use engagements::terms::{DataPolicy, RoutingMode, ServiceHours, Terms};
use kernel::{CaseId, PersonId};
use people::{Site, tables as people_tables};
use routing::{permits::Stage, tables as routing_tables, tables::Routing};
use std::{collections::HashMap, time::Duration};
use testkit::{World, on_both_engines};

const HOUR: Duration = Duration::from_secs(3_600);

fn push() -> Terms {
    Terms { hours: ServiceHours::round_the_clock(), ..Terms::default() }
}

async fn agreed(world: &World, terms: Terms) {
    world.agree(world.aurora.partner, terms).await;
}

async fn mail(world: &World, nth: usize) -> CaseId {
    let from = format!("Eva Novak <eva{nth}@customer.example>");
    let text = "Hello, my oven stopped working this morning and I don't know what to do. Can you help me?";
    world.receive(&world.mail(&from, "help@aurora.example", &format!("The oven ({nth})"), text)).await
}

async fn holder(world: &World, case: CaseId) -> Option<&'static str> {
    let assignee = world.case(case).await.assignee?;
    let name = |name: &&'static str| world.person(name) == assignee;
    Some(
        ["tiago", "carla", "ines", "jun", "greta"]
            .into_iter()
            .find(|one| name(one))
            .unwrap_or("somebody else"),
    )
}

async fn decisions(world: &World, case: CaseId) -> Vec<Routing> {
    world.read(move |tx| routing_tables::routings(tx, case, 20)).await
}

async fn grant(world: &World, to: &str, stage: Stage) {
    let granted = Granted {
        person: world.person(to),
        client: world.client("aurora"),
        intent: String::new(),
        stage,
        evidence: "A course.".to_owned(),
        until: String::new(),
    };
    permits::grant(&world.desk, &world.reach("greta").await, granted).await.unwrap();
}

async fn sweep(world: &World) {
    desk_routing::sweep(&world.desk).await.unwrap();
    world.run_jobs().await;
}

#[test]
fn a_case_is_given_at_once_and_says_why() {
    on_both_engines(|world| async move {
        agreed(&world, push()).await;
        let (first, second) = (mail(&world, 1).await, mail(&world, 2).await);
        let mut both = [holder(&world, first).await.unwrap(), holder(&world, second).await.unwrap()];
        both.sort_unstable();
        assert_eq!(both, ["carla", "tiago"], "whoever has waited longer is asked first");
        let decided = decisions(&world, first).await;
        let [decision] = decided.as_slice() else { panic!("one decision: {decided:?}") };
        let codes: Vec<&str> = decision.reasons.why.iter().map(|because| because.code.as_str()).collect();
        assert_eq!((decision.how.as_str(), decision.way.as_str()), ("push", "written"));
        assert_eq!(codes, ["routing.written", "routing.equal"]);
        assert_eq!(decision.reasons.who_else.len(), 1);
        let kinds = world.read(move |tx| {
            Ok(tx
                .events_of(first, kernel::Instant::MAX, 50)?
                .into_iter()
                .map(|one| one.kind)
                .collect::<Vec<_>>())
        });
        assert!(kinds.await.contains(&"case.routed".to_owned()));
        assert_eq!(world.case(first).await.state, State::Open);
        // Running it again changes nothing.
        world
            .write(move |tx| {
                jobs::enqueue(tx, desk_routing::ROUTING, first, testkit::morning(), testkit::morning())
                    .map(drop)
            })
            .await;
        world.run_jobs().await;
        assert_eq!(decisions(&world, first).await.len(), 1);
    });
}

#[test]
fn nothing_is_routed_where_nobody_agreed_on_terms() {
    on_both_engines(|world| async move {
        let case = mail(&world, 1).await;
        sweep(&world).await;
        assert_eq!((holder(&world, case).await, decisions(&world, case).await.len()), (None, 0));
        let next = desk_routing::next(&world.desk, &world.reach("carla").await).await;
        assert_eq!(code(next), "routing.nothing_waits");
    });
}

#[test]
fn a_case_waits_with_the_reason_until_somebody_may_take_it() {
    on_both_engines(|world| async move {
        agreed(&world, Terms::default()).await;
        world.later(HOUR * 12);
        let case = mail(&world, 1).await;
        assert_eq!(holder(&world, case).await, None);
        let decided = decisions(&world, case).await.remove(0);
        assert_eq!(decided.reasons.why[0].sentence, "Nobody can take it now: 2 aren’t on shift.");
        sweep(&world).await;
        assert_eq!(decisions(&world, case).await.len(), 1, "the same reason isn’t told twice");
        world.later(HOUR * 12);
        sweep(&world).await;
        assert!(holder(&world, case).await.is_some());
        assert_eq!(decisions(&world, case).await.len(), 2);
    });
}

#[test]
fn permits_decide_and_their_end_takes_cases_back() {
    on_both_engines(|world| async move {
        agreed(&world, push()).await;
        grant(&world, "carla", Stage::Free).await;
        let case = mail(&world, 1).await;
        assert_eq!(holder(&world, case).await, Some("carla"));
        let not = decisions(&world, case).await.remove(0).reasons.who_not;
        assert_eq!((not[0].person, not[0].because.code.as_str()), (world.person("tiago"), "permits.none"));
        let by_hand =
            work::assign(&world.desk, &world.reach("ines").await, case, Some(world.person("tiago"))).await;
        assert_eq!(code(by_hand), "routing.cannot_answer");

        let reach = world.reach("greta").await;
        let permit =
            permits::board(&world.desk, &reach, world.client("aurora")).await.unwrap().permits.remove(0);
        permits::end(&world.desk, &reach, permit.id, "The playbook changed.").await.unwrap();
        sweep(&world).await;
        assert_eq!(holder(&world, case).await, None);
        let why_now = decisions(&world, case).await.remove(0).reasons.why_now;
        assert_eq!(why_now.code, "permits.ended", "{why_now:?}");
        grant(&world, "tiago", Stage::Free).await;
        sweep(&world).await;
        assert_eq!(holder(&world, case).await, Some("tiago"));
        let again = decisions(&world, case).await.remove(0);
        assert_eq!((again.how.as_str(), again.reasons.why_now.code.as_str()), ("again", "permits.ended"));
    });
}

#[test]
fn who_asks_is_given_the_most_pressing_and_picks_none() {
    on_both_engines(|world| async move {
        agreed(&world, Terms { routing: RoutingMode::Pull, ..push() }).await;
        let (old, urgent) = (mail(&world, 1).await, mail(&world, 2).await);
        let tiago = world.reach("tiago").await;
        assert_eq!(holder(&world, old).await, None);
        assert_eq!(
            code(work::assign(&world.desk, &tiago, old, Some(tiago.person())).await),
            "routing.not_picked"
        );
        let by_answering = replies::send(&world.desk, &tiago, old, "So.".into(), replies::Then::Wait).await;
        assert_eq!(code(by_answering), "routing.not_picked");
        assert!(desk_routing::may_take_next(&world.desk, &tiago).await.unwrap());
        world
            .write(move |tx| {
                tx.tell(store::Change { kind: "case.moved".to_owned(), engagement: None, case: None })?;
                case_tables::set_priority(tx, urgent, Priority::Urgent, testkit::morning())
            })
            .await;
        let first = desk_routing::next(&world.desk, &tiago).await.unwrap();
        let second = desk_routing::next(&world.desk, &world.reach("carla").await).await.unwrap();
        assert_eq!([first, second], [old, urgent], "due first goes first");
        assert_eq!(holder(&world, first).await, Some("tiago"));
        let decided = decisions(&world, first).await.remove(0);
        assert_eq!((decided.how.as_str(), decided.reasons.why_now.code.as_str()), ("pull", "routing.pulled"));
        let third = mail(&world, 3).await;
        let ines = world.reach("ines").await;
        work::assign(&world.desk, &ines, third, Some(world.person("carla"))).await.unwrap();
        assert_eq!(decisions(&world, third).await.remove(0).how, "hand");
    });
}

#[test]
fn what_is_given_back_goes_to_somebody_else() {
    on_both_engines(|world| async move {
        agreed(&world, push()).await;
        let case = mail(&world, 1).await;
        let first = holder(&world, case).await.unwrap();
        let other = if first == "tiago" { "carla" } else { "tiago" };
        for (from, to) in [(first, Some(other)), (other, Some(first))] {
            world.later(HOUR);
            work::assign(&world.desk, &world.reach(from).await, case, None).await.unwrap();
            world.run_jobs().await;
            assert_eq!(holder(&world, case).await, to);
        }
        let away = world.person(other);
        world
            .write(move |tx| coverage_tables::set_presence(tx, away, Presence::Away, testkit::morning()))
            .await;
        work::assign(&world.desk, &world.reach(first).await, case, None).await.unwrap();
        world.run_jobs().await;
        assert_eq!(holder(&world, case).await, None, "whoever gave it back isn’t given it again");
    });
}

#[test]
fn country_capacity_and_presence_are_kept_to() {
    on_both_engines(|world| async move {
        let portugal = vec!["PT".parse().unwrap()];
        let policy = DataPolicy { countries: portugal, ..DataPolicy::default() };
        agreed(&world, Terms { policy, ..push() }).await;
        let (tiago, carla) = (world.person("tiago"), world.person("carla"));
        world
            .write(move |tx| {
                let abroad = Site {
                    country: "US".to_owned(),
                    city: "Austin".to_owned(),
                    zone: "America/Chicago".to_owned(),
                };
                people_tables::set_site(tx, tiago, &abroad, None, testkit::morning())?;
                coverage_tables::set_capacity(tx, carla, "email", 1)
            })
            .await;
        let (first, second) = (mail(&world, 1).await, mail(&world, 2).await);
        assert_eq!(holder(&world, first).await, Some("carla"));
        assert_eq!(holder(&world, second).await, None);
        let waiting = decisions(&world, second).await.remove(0).reasons;
        assert_eq!(
            waiting.why[0].sentence,
            "Nobody can take it now: 1 works in a country that isn’t allowed, 1 has enough."
        );
        world.reply("carla", first, "Please press the button twice.").await.unwrap();
        sweep(&world).await;
        assert_eq!(holder(&world, second).await, Some("carla"), "an answered case takes no hands");
        world
            .write(move |tx| coverage_tables::set_presence(tx, carla, Presence::Busy, testkit::morning()))
            .await;
        work::move_to(&world.desk, &world.reach("carla").await, second, State::Closed).await.unwrap();
        let third = mail(&world, 3).await;
        assert_eq!(holder(&world, third).await, None);
    });
}

#[test]
fn whoever_leaves_takes_nothing_along() {
    on_both_engines(|world| async move {
        agreed(&world, push()).await;
        let case = mail(&world, 1).await;
        let first = holder(&world, case).await.unwrap();
        let (person, now) = (world.person(first), world.clock.now());
        let because = kernel::Because::new("routing.left", "They fell ill.");
        let many = world.write(move |tx| desk_routing::left(tx, person, &because, now)).await;
        assert_eq!(many, 1);
        let away = world.person(first);
        world.write(move |tx| coverage_tables::set_presence(tx, away, Presence::Away, now)).await;
        world.run_jobs().await;
        let second = holder(&world, case).await.unwrap();
        assert_ne!(first, second);
        assert_eq!(decisions(&world, case).await.remove(0).reasons.why_now.sentence, "They fell ill.");
        let person = world.person(second);
        world.write(move |tx| people_tables::disable(tx, person, Some(now))).await;
        sweep(&world).await;
        assert_eq!(holder(&world, case).await, None);
    });
}

/// What a test does next, drawn from a number.
async fn happen(world: &World, drawn: u64, nth: usize, cases: &mut Vec<CaseId>) {
    let who = ["tiago", "carla"][(drawn >> 8) as usize % 2];
    let person = world.person(who);
    let case = (!cases.is_empty()).then(|| cases[(drawn >> 16) as usize % cases.len().max(1)]);
    let now = world.clock.now();
    match drawn % 10 {
        0..4 => cases.push(mail(world, nth).await),
        4 => {
            let state = Presence::ALL[(drawn >> 24) as usize % 3];
            world.write(move |tx| coverage_tables::set_presence(tx, person, state, now)).await;
        }
        5 => {
            let countries = ["PT", "US"][(drawn >> 24) as usize % 2];
            let site =
                Site { country: countries.to_owned(), city: "Here".to_owned(), zone: "UTC".to_owned() };
            world.write(move |tx| people_tables::set_site(tx, person, &site, None, now)).await;
        }
        6 => {
            let reach = world.reach("greta").await;
            let held = permits::board(&world.desk, &reach, world.client("aurora")).await.unwrap().permits;
            match held.into_iter().find(|permit| permit.person == person && permit.ended.is_none()) {
                Some(permit) => permits::end(&world.desk, &reach, permit.id, "A test.").await.unwrap(),
                None => grant(world, who, Stage::Free).await,
            }
        }
        7 => world.later(HOUR * (1 + (drawn >> 24) as u32 % 9)),
        _ => {
            let Some(case) = case else { return };
            let Some(holder) = holder(world, case).await else { return };
            // Whoever lost their permit a moment ago can't answer; that is another test's matter.
            let _ = world.reply(holder, case, "Please try again.").await;
        }
    }
    sweep(world).await;
}

#[test]
fn whatever_happens_nobody_is_given_what_they_may_not_have() {
    on_both_engines(|world| async move {
        let policy = DataPolicy { countries: vec!["PT".parse().unwrap()], ..DataPolicy::default() };
        agreed(&world, Terms { policy, ..Terms::default() }).await;
        for who in ["tiago", "carla"] {
            grant(&world, who, Stage::Free).await;
            let person = world.person(who);
            world.write(move |tx| coverage_tables::set_capacity(tx, person, "email", 3)).await;
        }
        let (mut cases, mut drawn) = (Vec::new(), 0x2545_f491_4f6c_dd1d_u64);
        for nth in 0..80 {
            drawn ^= drawn << 13;
            drawn ^= drawn >> 7;
            drawn ^= drawn << 17;
            let before: HashMap<CaseId, Option<PersonId>> = assignees(&world, &cases).await;
            happen(&world, drawn, nth, &mut cases).await;
            let after = assignees(&world, &cases).await;
            for (case, person) in after.iter().filter(|(case, person)| before.get(case) != Some(person)) {
                if let Some(person) = *person {
                    lawful(&world, *case, person).await;
                }
            }
        }
        assert!(cases.len() > 15);
    });
}

async fn assignees(world: &World, cases: &[CaseId]) -> HashMap<CaseId, Option<PersonId>> {
    let mut found = HashMap::new();
    for case in cases {
        found.insert(*case, world.case(*case).await.assignee);
    }
    found
}

async fn lawful(world: &World, case: CaseId, person: PersonId) {
    let (aurora, engagement, now) = (world.client("aurora"), world.aurora.partner, world.clock.now());
    world
        .read(move |tx| {
            let site = desk::roster::site(tx, person)?;
            assert_eq!(site.country, "PT", "a country that isn’t allowed");
            let permits = routing_tables::permits_of_client(tx, aurora)?;
            let holds = permits.iter().any(|permit| permit.person == person && permit.holds(&now.day()));
            assert!(holds, "without a permit");
            let load = case_tables::counts_held(tx, &[person])?;
            assert!(load[0] <= 3, "over capacity");
            assert_eq!(desk::roster::presence(tx, person)?, Presence::Available, "paused");
            let in_force = desk::engagement_terms::of(tx, engagement, now)?;
            let hours = desk::engagement_terms::calendar(tx, &in_force.engagement, &in_force.terms)?;
            let until = desk::roster::works_until(tx, in_force.engagement.team, &hours, person, now)?;
            assert!(until.is_some_and(|until| now < until), "off shift with {case}");
            Ok(())
        })
        .await;
}

async fn works_in(world: &World, who: &str, country: &str) {
    let (person, now) = (world.person(who), world.desk.clock.now());
    let site = Site { country: country.to_owned(), city: String::new(), zone: "UTC".to_owned() };
    world.write(move |tx| people_tables::set_site(tx, person, &site, None, now)).await;
}

#[test]
fn who_asks_for_somebody_in_a_country_is_given_to_somebody_there() {
    on_both_engines(|world| async move {
        works_in(&world, "tiago", "PT").await;
        works_in(&world, "carla", "IE").await;
        agreed(&world, push()).await;
        for nth in 0..3 {
            let from = format!("Eva Novak <eva{nth}@customer.example>");
            let text = "Hello, my oven broke. I would like to speak to somebody in Ireland, please.";
            let case =
                world.receive(&world.mail(&from, "help@aurora.example", &format!("Oven {nth}"), text)).await;
            assert_eq!(holder(&world, case).await, Some("carla"), "case {nth}");
            let decided = decisions(&world, case).await;
            let tiago = decided[0].reasons.who_not.iter().find(|told| told.person == world.person("tiago"));
            assert_eq!(tiago.unwrap().because.code, "routing.elsewhere");
        }
    });
}

#[test]
fn a_wish_takes_a_case_only_to_somebody_who_can_have_it() {
    on_both_engines(|world| async move {
        works_in(&world, "tiago", "PT").await;
        works_in(&world, "carla", "IE").await;
        agreed(&world, push()).await;
        let says = |state| {
            let (carla, now) = (world.person("carla"), world.desk.clock.now());
            world.write(move |tx| coverage_tables::set_presence(tx, carla, state, now))
        };
        says(Presence::Away).await;
        let case = mail(&world, 1).await;
        assert_eq!(holder(&world, case).await, Some("tiago"));
        let reach = world.reach("tiago").await;
        desk::place::enter(&world.desk, &reach, case, "IE".parse().unwrap()).await.unwrap();
        sweep(&world).await;
        assert_eq!(holder(&world, case).await, Some("tiago"), "nobody in Ireland can take it now");
        says(Presence::Available).await;
        sweep(&world).await;
        assert_eq!(holder(&world, case).await, Some("carla"));
        let other = mail(&world, 2).await;
        desk::place::enter(&world.desk, &reach, other, "LT".parse().unwrap()).await.unwrap();
        sweep(&world).await;
        assert!(holder(&world, other).await.is_some(), "where nobody works there, a lead decides");
    });
}
