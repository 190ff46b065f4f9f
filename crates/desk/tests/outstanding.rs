//! What is outstanding: who sees it, in which order, and who chooses when it is looked at next.

use crate::code;
use cases::{
    outstanding::{Outstanding, OutstandingKind},
    tables::{Narrowing, outstanding_of},
};
use desk::{outstanding, work};
use kernel::{CaseId, Party};
use std::time::Duration;
use testkit::{World, on_both_engines};

const AURORA: &str = "help@aurora.example";
const HOUR: Duration = Duration::from_secs(60 * 60);

async fn item(world: &World, case: CaseId) -> Outstanding {
    world.read(move |tx| outstanding_of(tx, case)).await.remove(0)
}

async fn shown(world: &World, who: &str, narrowing: Narrowing) -> Vec<CaseId> {
    let page = outstanding::page(&world.desk, &world.reach(who).await, narrowing).await.unwrap();
    page.rows.iter().map(|row| row.item.case).collect()
}

#[test]
fn the_owner_follows_the_case() {
    on_both_engines(|world| async move {
        let case = world.case_from_mail(AURORA).await;
        let check = async |owner: &str, party: Party, what: &str| {
            let item = item(&world, case).await;
            assert_eq!((item.owner.name.as_str(), item.party, item.what.as_str()), (owner, party, what));
        };
        check("Lisbon team", Party::Representative, "Take the case and answer the customer.").await;
        let reach = world.reach("ines").await;
        work::assign(&world.desk, &reach, case, Some(world.person("carla"))).await.unwrap();
        check("Carla Sousa", Party::Representative, "Answer the customer.").await;
        world.reply("tiago", case, "Unplug it.").await.unwrap();
        check("Carla Sousa", Party::Customer, "Hear from the customer; ask again if nothing comes.").await;
        work::move_to(&world.desk, &reach, case, cases::State::Closed).await.unwrap();
        assert_eq!(world.read(move |tx| outstanding_of(tx, case)).await, []);
    });
}

#[test]
fn a_list_shows_what_is_within_reach_and_asked_for() {
    on_both_engines(|world| async move {
        let first = world.receive(&world.mail("a@customer.example", AURORA, "One", "One is broken.")).await;
        world.later(HOUR);
        let second = world.receive(&world.mail("b@customer.example", AURORA, "Two", "Two is broken.")).await;
        let other =
            world.receive(&world.mail("c@customer.example", "hello@pip.example", "Three", "Three.")).await;
        world.reply("tiago", second, "Unplug it.").await.unwrap();
        let check = async |who: &str, narrowing: Narrowing, expected: &[CaseId]| {
            assert_eq!(shown(&world, who, narrowing).await, expected, "{who} {narrowing:?}");
        };
        let all = Narrowing::default();
        check("tiago", all, &[first, second]).await;
        check("greta", all, &[first, second]).await;
        check("jun", all, &[other]).await;
        check("rok", all, &[]).await;
        check("olga", all, &[]).await;
        check("tiago", Narrowing { party: Some(Party::Customer), ..all }, &[second]).await;
        check("tiago", Narrowing { client: Some(world.client("pip")), ..all }, &[]).await;
        check("tiago", Narrowing { owner: Some(world.person("tiago")), ..all }, &[second]).await;
        check("tiago", Narrowing { before: Some(world.clock.now()), ..all }, &[]).await;
        world.later(24 * HOUR);
        check("tiago", Narrowing { before: Some(world.clock.now()), ..all }, &[first]).await;
    });
}

#[test]
fn a_person_chooses_when_it_is_looked_at_next() {
    on_both_engines(|world| async move {
        let case = world.case_from_mail(AURORA).await;
        let kind = OutstandingKind::Case;
        let choose = async |who: &str, hours: u32| {
            let reach = world.reach(who).await;
            let at = world.clock.now().plus(HOUR * hours);
            code(outstanding::look_again(&world.desk, &reach, case, kind, &case.to_string(), at).await)
        };
        assert_eq!(choose("jun", 1).await, "case.not_found");
        assert_eq!(choose("tiago", 0).await, "reply.not_later");
        assert_eq!(choose("tiago", 24 * 400).await, "reply.not_later");
        assert_eq!(choose("tiago", 3).await, "ok");
        let chosen = item(&world, case).await;
        assert_eq!((chosen.next_at, chosen.is_chosen), (world.clock.now().plus(HOUR * 3), true));
        let reach = world.reach("tiago").await;
        work::assign(&world.desk, &reach, case, Some(world.person("tiago"))).await.unwrap();
        assert_eq!(item(&world, case).await.next_at, chosen.next_at, "it is still ours");
        world.reply("tiago", case, "Unplug it.").await.unwrap();
        assert!(!item(&world, case).await.is_chosen, "it is the customer's now");
    });
}
