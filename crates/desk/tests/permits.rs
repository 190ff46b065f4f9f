//! Permits: who grants them to whom, what they let people do, and that what was granted stays as history.

use crate::code;
use desk::permits::{self, Granted};
use kernel::{PermitId, Stop};
use routing::permits::{Permit, Stage};
use testkit::{World, on_both_engines};

fn granted(world: &World, client: &str, to: &str, intent: &str, stage: Stage) -> Granted {
    Granted {
        person: world.person(to),
        client: world.client(client),
        intent: intent.to_owned(),
        stage,
        evidence: "Read thirty cases with Ines.".to_owned(),
        until: "2099-05-31".to_owned(),
    }
}

async fn grant(world: &World, by: &str, granted: Granted) -> Result<PermitId, Stop> {
    permits::grant(&world.desk, &world.reach(by).await, granted).await
}

async fn held(world: &World, whose: &str) -> Vec<Permit> {
    let found = permits::held(&world.desk, &world.reach(whose).await, world.person(whose)).await.unwrap();
    found.permits.into_iter().map(|(_, permit)| permit).collect()
}

#[test]
fn leads_grant_permits_to_those_whom_they_lead() {
    on_both_engines(|world| async move {
        let check = |by: &'static str, client: &'static str, to: &'static str| {
            let world = &world;
            async move {
                let granted = granted(world, client, to, "", Stage::Free);
                grant(world, by, granted).await.map_or_else(|stop| code(Err::<(), _>(stop)), |_| "")
            }
        };
        assert_eq!(check("ines", "aurora", "carla").await, "");
        assert_eq!(check("greta", "aurora", "nora").await, "", "the client’s own lead");
        assert_eq!(check("greta", "aurora", "carla").await, "", "the client decides about partners, too");
        assert_eq!(check("ines", "aurora", "ines").await, "permit.not_to_oneself");
        assert_eq!(check("ines", "aurora", "nora").await, "permit.not_in_team");
        assert_eq!(check("ines", "pip", "carla").await, "permit.only_leads");
        assert_eq!(check("tiago", "aurora", "carla").await, "permit.only_leads");
        assert_eq!(check("olga", "aurora", "carla").await, "permit.only_leads");
        let wrong =
            Granted { until: "tomorrow".to_owned(), ..granted(&world, "aurora", "carla", "", Stage::Free) };
        assert_eq!(code(grant(&world, "ines", wrong).await), "permit.not_a_day");
        let wrong =
            Granted { evidence: " ".to_owned(), ..granted(&world, "aurora", "carla", "", Stage::Free) };
        assert_eq!(code(grant(&world, "ines", wrong).await), "permit.words_missing");
        let stranger = permits::board(&world.desk, &world.reach("tiago").await, world.client("aurora")).await;
        assert_eq!(code(stranger), "permit.not_found");
        let stranger = permits::held(&world.desk, &world.reach("tiago").await, world.person("carla")).await;
        assert_eq!(code(stranger), "permit.not_found");
    });
}

#[test]
fn a_permit_is_widened_narrowed_and_ended_and_its_history_stays() {
    on_both_engines(|world| async move {
        let first = granted(&world, "aurora", "carla", " Warranty  Returns ", Stage::EveryReply);
        let first = grant(&world, "ines", first).await.unwrap();
        let reach = world.reach("ines").await;
        world.later(std::time::Duration::from_secs(60));
        permits::change_stage(&world.desk, &reach, first, Stage::Sample, "Twenty in a row.").await.unwrap();
        let again = permits::change_stage(&world.desk, &reach, first, Stage::Free, "More.").await;
        assert_eq!(code(again), "permit.has_ended");
        let now = held(&world, "carla").await.remove(0);
        assert_eq!((now.stage, now.intent.as_str()), (Stage::Sample, "warranty returns"));
        let same = permits::change_stage(&world.desk, &reach, now.id, Stage::Sample, "So.").await;
        assert_eq!(code(same), "permit.already_so");
        let other = permits::end(&world.desk, &world.reach("maricel").await, now.id, "No.").await;
        assert_eq!(code(other), "permit.not_in_team");
        let other = permits::end(&world.desk, &world.reach("paula").await, now.id, "No.").await;
        assert_eq!(code(other), "permit.not_found");
        world.later(std::time::Duration::from_secs(60));
        permits::end(&world.desk, &reach, now.id, "The playbook changed.").await.unwrap();
        let all = held(&world, "carla").await;
        let ended: Vec<_> =
            all.iter().map(|permit| permit.ended.as_ref().unwrap().because.as_str()).collect();
        assert_eq!(ended, ["The playbook changed.", "Widened: Twenty in a row."]);
        let board = permits::board(&world.desk, &reach, world.client("aurora")).await.unwrap();
        assert!(board.has_begun && board.permits.len() == 2);
        let names: Vec<&str> = board.people.iter().map(|person| person.name.as_str()).collect();
        assert_eq!(names, ["Carla Sousa", "Ines Carvalho", "Tiago Rocha"]);
    });
}

#[test]
fn whoever_has_no_permit_sends_nothing_and_keeps_the_draft() {
    on_both_engines(|world| async move {
        let case = world.case_from_mail("help@aurora.example").await;
        world.reply("tiago", case, "A seat is enough while nobody has granted a permit.").await.unwrap();
        let carlas = granted(&world, "aurora", "carla", "", Stage::Free);
        grant(&world, "ines", carlas).await.unwrap();
        world.draft("tiago", case, "Not any more.").await.unwrap();
        assert_eq!(code(world.reply("tiago", case, "Not any more.").await), "permit.missing");
        world.reply("carla", case, "I may.").await.unwrap();
        world.reply("greta", case, "It is our own customer.").await.unwrap();
        let (person, messages) = (world.person("tiago"), world.messages(case).await.len());
        assert_eq!(messages, 4);
        let draft = world.read(move |tx| cases::tables::draft(tx, case, person, cases::DraftKind::Reply));
        assert_eq!(draft.await.unwrap().text, "Not any more.");
    });
}

#[test]
fn skills_are_entered_by_leads() {
    on_both_engines(|world| async move {
        let (client, carla) = (world.client("aurora"), world.person("carla"));
        let enter = |by: &'static str, skill: &'static str| {
            let world = &world;
            async move {
                let reach = world.reach(by).await;
                permits::enter_skill(&world.desk, &reach, client, carla, skill, "").await
            }
        };
        enter("ines", "Heat Pumps").await.unwrap();
        assert_eq!(code(enter("carla", "Boilers").await), "permit.only_leads");
        assert_eq!(code(enter("ines", "  ").await), "permit.name_missing");
        let reach = world.reach("ines").await;
        let skills = permits::board(&world.desk, &reach, client).await.unwrap().skills;
        assert_eq!(skills.iter().map(|skill| skill.skill.as_str()).collect::<Vec<_>>(), ["heat pumps"]);
        permits::drop_skill(&world.desk, &reach, client, carla, "heat pumps").await.unwrap();
        let again = permits::drop_skill(&world.desk, &reach, client, carla, "heat pumps").await;
        assert_eq!(code(again), "permit.not_found");
    });
}
