//! Hand-overs: a case is somebody's all the time, and moves with all that hangs on it.

use crate::code;
use coverage::{
    hand_over::{Circumstances, Offered, Seam, Talk, Warmth},
    tables as coverage_tables,
};
use desk::{
    hand_overs::{self, Given, Recipient},
    work,
};
use kernel::{CaseId, EngagementId, HandOverId, Stop};
use std::time::Duration;
use testkit::{World, on_both_engines};

const AURORA: &str = "help@aurora.example";
const TEN_MINUTES: Duration = Duration::from_secs(600);

async fn give(world: &World, who: &str, case: CaseId, to: Recipient) -> Result<HandOverId, Stop> {
    let given = Given { to, words: "The kettle is the old one.".to_owned(), circumstances: calm() };
    hand_overs::give(&world.desk, &world.reach(who).await, case, given).await
}

fn calm() -> Circumstances {
    Circumstances::default()
}

async fn accept(world: &World, who: &str, id: HandOverId) -> Result<CaseId, Stop> {
    hand_overs::accept(&world.desk, &world.reach(who).await, id, None).await
}

async fn offered(world: &World, id: HandOverId) -> Offered {
    world.read(move |tx| coverage_tables::hand_over(tx, id)).await.expect("the hand-over is there")
}

async fn told(world: &World, case: CaseId) -> Vec<String> {
    let events = world.read(move |tx| tx.events_of(case, kernel::Instant::MAX, 100)).await;
    let seams = events.into_iter().filter(|event| event.kind.starts_with("hand_over."));
    seams.map(|event| event.kind).collect()
}

/// Who has a case, and where.
async fn holder(world: &World, case: CaseId) -> (Option<kernel::PersonId>, EngagementId) {
    let case = world.case(case).await;
    (case.assignee, case.engagement)
}

async fn tiagos(world: &World) -> CaseId {
    let case = world.case_from_mail(AURORA).await;
    let tiago = world.person("tiago");
    work::assign(&world.desk, &world.reach("tiago").await, case, Some(tiago)).await.unwrap();
    case
}

#[test]
fn a_case_is_its_givers_until_somebody_accepts_it_by_name() {
    on_both_engines(|world| async move {
        let case = tiagos(&world).await;
        world.draft("tiago", case, "Please unplug").await.unwrap();
        let (tiago, carla) = (world.person("tiago"), world.person("carla"));
        let id = give(&world, "tiago", case, Recipient::Person(carla)).await.unwrap();
        assert_eq!(holder(&world, case).await, (Some(tiago), world.aurora.partner));
        assert_eq!(code(give(&world, "tiago", case, Recipient::Person(carla)).await), "hand_over.offered");
        assert_eq!(code(accept(&world, "tiago", id).await), "hand_over.own");
        assert_eq!(code(accept(&world, "nora", id).await), "hand_over.not_found");
        assert_eq!(code(accept(&world, "wanda", id).await), "hand_over.not_found");
        accept(&world, "carla", id).await.unwrap();
        accept(&world, "carla", id).await.unwrap();
        assert_eq!(holder(&world, case).await, (Some(carla), world.aurora.partner));
        assert_eq!(code(accept(&world, "ines", id).await), "hand_over.accepted");
        assert_eq!(told(&world, case).await, ["hand_over.begun", "hand_over.taken"]);
        let drafts = world.read(move |tx| cases::tables::drafts(tx, case, carla)).await;
        assert_eq!(drafts.iter().map(|draft| draft.text.as_str()).collect::<Vec<_>>(), ["Please unplug"]);
        hand_overs::sweep(&world.desk).await.unwrap();
        assert_eq!(told(&world, case).await.len(), 2);
    });
}

#[test]
fn what_nobody_accepts_in_ten_minutes_is_the_leads_and_can_still_be_accepted() {
    on_both_engines(|world| async move {
        let case = tiagos(&world).await;
        let (maricel, jun) = (world.person("maricel"), world.person("jun"));
        let id = give(&world, "tiago", case, Recipient::Everybody(world.nights)).await.unwrap();
        world.later(TEN_MINUTES - Duration::from_secs(1));
        assert_eq!(hand_overs::sweep(&world.desk).await.unwrap(), 0);
        world.later(Duration::from_secs(1));
        for _ in 0..2 {
            hand_overs::sweep(&world.desk).await.unwrap();
            assert_eq!(holder(&world, case).await, (Some(maricel), world.nights));
        }
        assert_eq!(told(&world, case).await, ["hand_over.begun", "hand_over.led"]);
        accept(&world, "jun", id).await.unwrap();
        assert_eq!(holder(&world, case).await, (Some(jun), world.nights));
        assert!(offered(&world, id).await.led_at.is_some());
    });
}

#[test]
fn whoever_talks_says_so_where_a_note_is_not_enough() {
    on_both_engines(|world| async move {
        let case = tiagos(&world).await;
        let given = Given {
            to: Recipient::Everybody(world.aurora.partner),
            words: String::new(),
            circumstances: Circumstances { is_angry: true, ..calm() },
        };
        let reach = world.reach("tiago").await;
        let id = hand_overs::give(&world.desk, &reach, case, given).await.unwrap();
        assert_eq!(offered(&world, id).await.warmth, Warmth::Warm);
        let carla = world.reach("carla").await;
        let accepted = hand_overs::accept(&world.desk, &carla, id, None).await;
        assert_eq!(code(accepted), "hand_over.talk_first");
        hand_overs::accept(&world.desk, &carla, id, Some(Talk::Talked)).await.unwrap();
        assert_eq!(offered(&world, id).await.talk, Some(Talk::Talked));
    });
}

#[test]
fn the_note_says_what_is_known() {
    on_both_engines(|world| async move {
        let mail = world.mail("Eva Novak <eva@customer.example>", AURORA, "Kettle", "The kettle leaks.");
        let case = world.receive(&mail).await;
        world.reply("tiago", case, "Please unplug it and send us a picture.").await.unwrap();
        world.run_jobs().await;
        let again = world.mail("Eva Novak <eva@customer.example>", AURORA, "Re: Kettle", "Here it is.");
        world.receive(&again.answering(mail.id()).with_file("kettle.png", "image/png", b"png")).await;
        let again =
            world.mail("Eva Novak <eva@customer.example>", AURORA, "Re: Kettle", "Hello? Are you there?");
        world.receive(&again.answering(mail.id())).await;
        let id = give(&world, "tiago", case, Recipient::Everybody(world.aurora.partner)).await.unwrap();
        let note = offered(&world, id).await.note;
        assert_eq!((note.customer.as_str(), note.client.as_str()), ("Eva Novak", "Aurora"));
        assert_eq!(note.needs, "Hello? Are you there?");
        assert_eq!(note.facts, ["Files in the case: kettle.png."]);
        assert_eq!(note.tried.len(), 1);
        assert_eq!(note.tried[0].what, "Please unplug it and send us a picture.");
        assert_eq!(note.tried[0].result, "They answered: Here it is.");
        assert_eq!(note.waiting.unwrap().party, coverage::Party::Representative);
        assert_eq!(note.mood[0], "They have written 2 times since our last answer.");
        assert_eq!(note.next.unwrap().what, "Answer what they wrote last.");
        assert_eq!(note.added[0].words, "The kettle is the old one.");
        let carla = world.reach("carla").await;
        hand_overs::add(&world.desk, &carla, id, "I know her.").await.unwrap();
        assert_eq!(code(hand_overs::add(&world.desk, &carla, id, " ").await), "hand_over.empty");
        assert_eq!(offered(&world, id).await.note.added.len(), 2);
    });
}

#[test]
fn an_offer_ends_when_it_has_lost_its_reason() {
    on_both_engines(|world| async move {
        let given_elsewhere = tiagos(&world).await;
        let to = Recipient::Everybody(world.aurora.partner);
        let id = give(&world, "tiago", given_elsewhere, to).await.unwrap();
        let (ines, carla) = (world.reach("ines").await, world.person("carla"));
        work::assign(&world.desk, &ines, given_elsewhere, Some(carla)).await.unwrap();
        assert_eq!(code(accept(&world, "ines", id).await), "hand_over.ended");
        assert_eq!(hand_overs::sweep(&world.desk).await.unwrap(), 1);
        assert_eq!(told(&world, given_elsewhere).await, ["hand_over.begun", "hand_over.lapsed"]);
        let kept = tiagos(&world).await;
        let id = give(&world, "tiago", kept, to).await.unwrap();
        assert_eq!(
            code(hand_overs::keep(&world.desk, &world.reach("jun").await, id).await),
            "hand_over.not_found"
        );
        hand_overs::keep(&world.desk, &world.reach("tiago").await, id).await.unwrap();
        assert_eq!(code(accept(&world, "carla", id).await), "hand_over.ended");
        assert_eq!(offered(&world, id).await.seam, Seam::ByHand);
        world.later(TEN_MINUTES);
        assert_eq!(hand_overs::sweep(&world.desk).await.unwrap(), 0);
        assert_eq!(holder(&world, kept).await.0, Some(world.person("tiago")));
    });
}

#[test]
fn the_list_says_what_is_offered_to_whom() {
    on_both_engines(|world| async move {
        let case = tiagos(&world).await;
        give(&world, "tiago", case, Recipient::Person(world.person("carla"))).await.unwrap();
        let check = async |who: &str, expected: (usize, usize, usize), asked: i64| {
            let reach = world.reach(who).await;
            let board = hand_overs::board(&world.desk, &reach).await.unwrap();
            let found = (board.to_reader.len(), board.to_others.len(), board.given.len());
            assert_eq!(found, expected, "{who}");
            assert_eq!(desk::inbox::beside(&world.desk, &reach).await.unwrap().hand_overs, asked, "{who}");
        };
        check("carla", (1, 0, 0), 1).await;
        check("tiago", (0, 1, 1), 0).await;
        check("ines", (1, 0, 0), 1).await;
        check("jun", (0, 0, 0), 0).await;
        check("olga", (0, 0, 0), 0).await;
        world.later(TEN_MINUTES);
        check("carla", (1, 0, 0), 1).await;
        check("tiago", (0, 1, 1), 0).await;
    });
}
