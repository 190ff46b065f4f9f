//! Paging: who is called when, who may acknowledge, and that the trail is kept.

use crate::code;
use cases::Priority;
use coverage::{CallWay, OnCallDuty, Span, tables as coverage_tables};
use desk::{
    paging::{self, addresses, board, calling, rota},
    work,
};
use kernel::{CaseId, PageId};
use std::time::Duration;
use testkit::{World, morning, on_both_engines};

const AURORA: &str = "help@aurora.example";
const MINUTE: Duration = Duration::from_secs(60);

async fn on_call(world: &World, who: &str, level: i64) {
    let duty = OnCallDuty {
        id: store::fresh(),
        engagement: world.aurora.partner,
        level,
        person: world.person(who),
        span: Span { from: morning(), until: morning().plus(MINUTE * 60 * 24) },
        entered_by: None,
        entered_at: morning(),
    };
    world.write(move |tx| coverage_tables::add_duty(tx, &duty)).await;
}

async fn urgent(world: &World, by: &str, case: CaseId) {
    let reach = world.reach(by).await;
    work::prioritise(&world.desk, &reach, case, Priority::Urgent).await.unwrap();
}

async fn page_of(world: &World, case: CaseId) -> Option<PageId> {
    let pages = world.read(move |tx| coverage_tables::pages_of_case(tx, case)).await;
    assert!(pages.len() <= 1, "a case that calls already doesn’t call again");
    pages.first().map(|kept| kept.id)
}

async fn told(world: &World, case: CaseId) -> Vec<String> {
    let events = world.read(move |tx| tx.events_of(case, kernel::Instant::MAX, 50)).await;
    let told = events.into_iter().filter(|event| event.kind.starts_with("page."));
    told.map(|event| event.sentence).collect()
}

#[test]
fn an_urgent_case_calls_level_after_level_until_somebody_takes_it() {
    on_both_engines(|world| async move {
        let case = world.case_from_mail(AURORA).await;
        urgent(&world, "ines", case).await;
        assert_eq!(page_of(&world, case).await, None, "nobody is on call");
        on_call(&world, "carla", 1).await;
        on_call(&world, "tiago", 2).await;
        on_call(&world, "ines", 2).await;
        let reach = world.reach("tiago").await;
        let refused = paging::declare(&world.desk, &reach, case, "").await;
        assert_eq!(code(refused), "on_call.may_not_declare");
        let ines = world.reach("ines").await;
        let page = paging::declare(&world.desk, &ines, case, "The shop is down").await.unwrap();
        assert_eq!(paging::declare(&world.desk, &ines, case, "Again").await.unwrap(), page);
        assert_eq!(
            code(paging::acknowledge(&world.desk, world.person("tiago"), page).await),
            "on_call.not_called"
        );
        world.later(MINUTE * 9);
        world.run_jobs().await;
        assert_eq!(told(&world, case).await, ["Carla Sousa was called, level 1: The shop is down."]);
        world.later(MINUTE);
        world.run_jobs().await;
        paging::acknowledge(&world.desk, world.person("tiago"), page).await.unwrap();
        paging::acknowledge(&world.desk, world.person("tiago"), page).await.unwrap();
        let late = paging::acknowledge(&world.desk, world.person("carla"), page).await;
        assert_eq!(code(late), "on_call.acknowledged");
        world.later(MINUTE * 20);
        world.run_jobs().await;
        assert_eq!(
            told(&world, case).await,
            [
                "Carla Sousa was called, level 1: The shop is down.",
                "Tiago Rocha and Ines Carvalho were called, level 2: The shop is down.",
                "Tiago Rocha has taken it on call.",
            ]
        );
        assert_eq!(world.case(case).await.assignee, Some(world.person("tiago")));
        world.later(MINUTE * 10);
        world.run_jobs().await;
        assert_eq!(
            told(&world, case).await.last().unwrap(),
            "Tell the customer how it stands: every 30 to 60 minutes until it is solved."
        );
        world.reply("tiago", case, "We are on it.").await.unwrap();
        world.later(MINUTE * 29);
        world.run_jobs().await;
        assert_eq!(told(&world, case).await.len(), 4, "the customer was told");
    });
}

#[test]
fn a_server_that_was_down_tells_the_same_trail() {
    on_both_engines(|world| async move {
        on_call(&world, "carla", 1).await;
        on_call(&world, "tiago", 3).await;
        let case = world.case_from_mail(AURORA).await;
        urgent(&world, "greta", case).await;
        let page = page_of(&world, case).await.unwrap();
        let begun = world.clock.now();
        world.later(MINUTE * 300);
        world.run_jobs().await;
        let kept = world.read(move |tx| coverage_tables::page(tx, page)).await.unwrap();
        use coverage::on_call::Trail;
        let expected = [
            Trail::Called { level: 0, at: begun },
            Trail::Called { level: 2, at: begun.plus(MINUTE * 10) },
            Trail::Unanswered { at: begun.plus(MINUTE * 20) },
        ];
        assert_eq!(kept.page.trail(), expected);
        // Whoever was called may still take it.
        paging::acknowledge(&world.desk, world.person("carla"), page).await.unwrap();
        let seen = board::board(&world.desk, &world.reach("greta").await).await.unwrap();
        assert_eq!(seen.pages.len(), 1);
        assert_eq!(seen.pages[0].acknowledged_by.as_deref(), Some("Carla Sousa"));
        let stranger = board::board(&world.desk, &world.reach("paula").await).await.unwrap();
        assert!(stranger.pages.is_empty() && stranger.engagements.iter().all(|one| one.client != "Aurora"));
    });
}

#[test]
fn calls_go_to_every_address_and_links_acknowledge() {
    on_both_engines(|mut world| async move {
        world.desk = world.desk.clone().reached_at(Some("https://desk.example/".to_owned()));
        on_call(&world, "carla", 1).await;
        on_call(&world, "tiago", 1).await;
        let carla = world.reach("carla").await;
        let add =
            async |way, address: &str| code(addresses::add(&world.desk, &carla, way, address, "keys").await);
        assert_eq!(add(CallWay::Webhook, "http://calls.example/").await, "on_call.no_address");
        assert_eq!(add(CallWay::Webhook, "https://calls.example/").await, "ok");
        let secret = addresses::own(&world.desk, &carla).await.unwrap()[0].secret.clone();
        assert!(secret.len() >= 32);
        assert_eq!(add(CallWay::Webhook, "https://calls.example/").await, "ok");
        assert_eq!(addresses::own(&world.desk, &carla).await.unwrap()[0].secret, secret, "it stays");
        assert_eq!(add(CallWay::Push, "https://push.example/1").await, "ok");

        let case = world.case_from_mail(AURORA).await;
        urgent(&world, "ines", case).await;
        let page = page_of(&world, case).await.unwrap();
        let calls = async |who: &str| {
            calling::calls(&world.desk, &format!("{page} 0 {}", world.person(who))).await.unwrap()
        };
        let to_carla = calls("carla").await;
        let ways: Vec<CallWay> = to_carla.iter().map(|call| call.way).collect();
        assert_eq!(ways, [CallWay::Push, CallWay::Webhook]);
        assert_eq!((to_carla[0].secret.as_str(), to_carla[1].secret.as_str()), ("keys", secret.as_str()));
        calling::reached(&world.desk, &to_carla[1], "The server answered 500.").await.unwrap();
        let own = addresses::own(&world.desk, &carla).await.unwrap();
        assert!(own.iter().any(|one| one.trouble == "The server answered 500."));
        let to_tiago = calls("tiago").await;
        assert_eq!(to_tiago[0].address, world.email("tiago").to_string(), "their own address");

        let link = to_tiago[0].said.link.clone().unwrap();
        let token = link.strip_prefix("https://desk.example/calls/").unwrap();
        let (shown, name) = board::of_holder(&world.desk, token).await.unwrap();
        assert!(shown.is_mine_to_take && shown.case.is_none() && name == "Tiago Rocha");
        paging::acknowledge_by_link(&world.desk, token).await.unwrap();
        assert_eq!(code(paging::acknowledge_by_link(&world.desk, "00.11").await), "case.not_found");
        assert!(calls("carla").await.is_empty(), "nobody is called any more");
    });
}

#[test]
fn a_rota_is_written_by_leads() {
    on_both_engines(|world| async move {
        let written = |who: &str, level, from: &str, until: &str| rota::DutyWritten {
            person: world.person(who),
            level,
            from: from.to_owned(),
            until: until.to_owned(),
            zone: "Europe/Lisbon".to_owned(),
        };
        let check = async |by: &str, duty, expected: &str| {
            let reach = world.reach(by).await;
            assert_eq!(
                code(rota::add(&world.desk, &reach, world.aurora.partner, duty).await),
                expected,
                "{by}"
            );
        };
        let week = || written("carla", 1, "2026-03-02T18:00", "2026-03-09T08:00");
        check("carla", week(), "roster.only_leads_plan").await;
        check("paula", week(), "roster.not_found").await;
        check("ines", week(), "ok").await;
        check("ines", week(), "ok").await;
        check("greta", written("rok", 2, "2026-03-02 18:00", "2026-03-09 08:00"), "ok").await;
        check("ines", written("jun", 1, "2026-03-02T18:00", "2026-03-09T08:00"), "roster.not_in_team").await;
        check("ines", written("carla", 0, "2026-03-02T18:00", "2026-03-09T08:00"), "on_call.no_such_level")
            .await;
        check("ines", written("carla", 1, "2026-03-09T18:00", "2026-03-02T08:00"), "on_call.unfit").await;
        check("ines", written("carla", 1, "2026-03-02", "2026-05-09"), "roster.unreadable").await;
        let seen = board::board(&world.desk, &world.reach("carla").await).await.unwrap();
        assert_eq!(seen.own.len(), 1, "entering it again changed nothing");
        assert_eq!(seen.engagements[0].duties.len(), 2);
        assert!(seen.engagements[0].callable.is_empty(), "Carla doesn’t change the rota");
        let duty = seen.own[0].duty.id;
        assert_eq!(
            code(rota::remove(&world.desk, &world.reach("carla").await, duty).await),
            "roster.only_leads_plan"
        );
        rota::remove(&world.desk, &world.reach("ines").await, duty).await.unwrap();
    });
}
