//! Seeing: what each role reaches, on pages, in search, in files, and after an engagement has ended.

use crate::code;
use cases::{DraftKind, View};
use desk::{case_page, files, inbox, replies, set_up};
use kernel::{CaseId, ClientId};
use testkit::{World, on_both_engines};

const AURORA: &str = "help@aurora.example";
const PIP: &str = "hello@pip.example";
const EVERYBODY: [&str; 11] =
    ["olga", "greta", "rok", "nora", "paula", "wanda", "ines", "tiago", "carla", "maricel", "jun"];

async fn sees(world: &World, who: &str, case: CaseId) -> bool {
    let reach = world.reach(who).await;
    let page = case_page::case_page(&world.desk, &reach, case, None).await;
    match code(page) {
        "ok" => true,
        refused => {
            assert_eq!(refused, "case.not_found");
            false
        }
    }
}

async fn who_sees(world: &World, case: CaseId) -> Vec<&'static str> {
    let mut seeing = Vec::new();
    for who in EVERYBODY {
        if sees(world, who, case).await {
            seeing.push(who);
        }
    }
    seeing
}

async fn found(world: &World, who: &str, text: &str, client: Option<ClientId>) -> Vec<CaseId> {
    let reach = world.reach(who).await;
    let rows = inbox::search(&world.desk, &reach, text, client).await.unwrap();
    rows.into_iter().map(|row| row.id).collect()
}

#[test]
fn a_case_is_seen_by_its_team_and_its_client() {
    on_both_engines(|world| async move {
        let ours = world.case_from_mail(AURORA).await;
        let theirs = world.case_from_mail(PIP).await;
        assert_eq!(who_sees(&world, ours).await, ["greta", "ines", "tiago", "carla"]);
        assert_eq!(who_sees(&world, theirs).await, ["paula", "maricel", "jun"]);
        for (view, expected) in [(View::Open, 1), (View::Unassigned, 1), (View::Mine, 0), (View::Closed, 0)] {
            assert_eq!(world.list("tiago", view).await.len(), expected, "{view:?}");
            assert_eq!(world.list("olga", view).await.len(), 0, "{view:?}");
        }
    });
}

#[test]
fn a_resolver_sees_what_is_assigned_to_them() {
    on_both_engines(|world| async move {
        let (mine, other) = (world.case_from_mail(AURORA).await, world.case_from_mail(AURORA).await);
        let (greta, rok) = (world.reach("greta").await, world.person("rok"));
        desk::work::assign(&world.desk, &greta, mine, Some(rok)).await.unwrap();
        assert!(sees(&world, "rok", mine).await);
        assert!(!sees(&world, "rok", other).await);
        for view in [View::Mine, View::Open] {
            let rows = world.list("rok", view).await;
            assert_eq!(rows.iter().map(|row| row.id).collect::<Vec<_>>(), [mine], "{view:?}");
        }
        assert!(world.list("rok", View::Unassigned).await.is_empty());
        assert_eq!(found(&world, "rok", "morning", None).await, [mine]);
        let page = case_page::case_page(&world.desk, &world.reach("rok").await, mine, None).await.unwrap();
        assert!(page.earlier.is_empty(), "the customer's other case isn't theirs");
        let page = case_page::case_page(&world.desk, &greta, mine, None).await.unwrap();
        assert_eq!(page.earlier.len(), 1);
        desk::work::assign(&world.desk, &greta, mine, None).await.unwrap();
        assert!(!sees(&world, "rok", mine).await);
    });
}

#[test]
fn search_stays_within_reach() {
    on_both_engines(|world| async move {
        let ours = world.case_from_mail(AURORA).await;
        let theirs = world.case_from_mail(PIP).await;
        let expected = |who: &str| match who {
            "greta" | "ines" | "tiago" | "carla" => vec![ours],
            "paula" | "maricel" | "jun" => vec![theirs],
            _ => Vec::new(),
        };
        for who in EVERYBODY {
            for text in ["morning", "Eva Novak", "eva@customer.example", "stopped working"] {
                assert_eq!(found(&world, who, text, None).await, expected(who), "{who} {text}");
            }
            let reference = world.case(ours).await.reference;
            let named = found(&world, who, &cases::shown_reference(&reference), None).await;
            assert_eq!(named, if expected(who) == [ours] { vec![ours] } else { Vec::new() }, "{who}");
        }
        assert_eq!(found(&world, "tiago", "morning", Some(world.pip.client.id)).await, []);
        assert_eq!(found(&world, "tiago", "morning", Some(world.aurora.client.id)).await, [ours]);
        assert_eq!(found(&world, "tiago", "morning evening", None).await, []);
        assert_eq!(found(&world, "tiago", "", None).await, []);
    });
}

#[test]
fn replies_are_found_once_they_leave_and_notes_at_once() {
    on_both_engines(|world| async move {
        let case = world.case_from_mail(AURORA).await;
        world.reply("tiago", case, "Please descale the boiler.").await.unwrap();
        world.note("ines", case, "Known fault of the gasket.").await.unwrap();
        assert_eq!(found(&world, "ines", "gasket", None).await, [case]);
        assert_eq!(found(&world, "ines", "boiler", None).await, []);
        world.later(desk::UNDO_FOR);
        world.run_jobs().await;
        assert_eq!(found(&world, "ines", "boiler", None).await, [case]);
    });
}

#[test]
fn files_are_reached_through_their_case_only() {
    on_both_engines(|world| async move {
        let mail = world.mail("eva@customer.example", AURORA, "Noise", "Listen.").with_html("<p>Listen.</p>");
        let case = world.receive(&mail.with_file("noise.wav", "audio/wav", b"RIFF")).await;
        let other = world.case_from_mail(PIP).await;
        let message = world.messages(case).await[0].id;
        let check = async |who: &str, case: CaseId, expected: &str| {
            let (desk, reach) = (&world.desk, world.reach(who).await);
            assert_eq!(code(files::attachment(desk, &reach, case, message, 0).await), expected, "{who}");
            assert_eq!(code(files::html(desk, &reach, case, message).await), expected, "{who}");
            assert_eq!(code(files::raw(desk, &reach, case, message).await), expected, "{who}");
            assert_eq!(code(case_page::message(desk, &reach, case, message).await), expected, "{who}");
        };
        check("tiago", case, "ok").await;
        check("jun", case, "case.not_found").await;
        check("rok", case, "case.not_found").await;
        check("olga", case, "case.not_found").await;
        check("jun", other, "case.not_found").await;
        let reach = world.reach("tiago").await;
        let missing = files::attachment(&world.desk, &reach, case, message, 1).await;
        assert_eq!(code(missing), "case.not_found");
    });
}

#[test]
fn a_draft_is_its_authors_alone() {
    on_both_engines(|world| async move {
        let case = world.case_from_mail(AURORA).await;
        world.draft("tiago", case, "Dear Eva").await.unwrap();
        let drafts = async |who: &str| {
            let page = case_page::case_page(&world.desk, &world.reach(who).await, case, None).await.unwrap();
            page.writing.drafts.into_iter().map(|draft| draft.text).collect::<Vec<_>>()
        };
        assert_eq!(drafts("tiago").await, ["Dear Eva"]);
        assert_eq!(drafts("ines").await, Vec::<String>::new());
        world.draft("ines", case, "Dear Ms Novak").await.unwrap();
        assert_eq!(drafts("tiago").await, ["Dear Eva"]);
        world.draft("tiago", case, "  ").await.unwrap();
        assert_eq!(drafts("tiago").await, Vec::<String>::new());
        let foreign = world.reach("jun").await;
        let refused = replies::save_draft(&world.desk, &foreign, case, DraftKind::Note, "Hm").await;
        assert_eq!(code(refused), "case.not_found");
        let refused = replies::send(&world.desk, &foreign, case, "Hm".into(), replies::Then::Wait).await;
        assert_eq!(code(refused), "case.not_found");
    });
}

#[test]
fn an_engagement_that_ends_closes_the_partners_door_and_no_other() {
    on_both_engines(|world| async move {
        let before = world.case_from_mail(AURORA).await;
        let olga = world.reach("olga").await;
        let end = async |engagement| code(set_up::end_engagement(&world.desk, &olga, engagement).await);
        assert_eq!(end(world.aurora.in_house).await, "engagement.in_house_stays");
        assert_eq!(end(world.aurora.partner).await, "ok");
        assert_eq!(end(world.aurora.partner).await, "engagement.over");
        assert_eq!(who_sees(&world, before).await, ["greta"]);
        assert_eq!(found(&world, "tiago", "morning", None).await, []);
        assert_eq!(found(&world, "greta", "morning", None).await, [before]);
        let after = world.case_from_mail(AURORA).await;
        assert_eq!(world.case(after).await.engagement, world.aurora.in_house, "its mail falls back");
        assert_eq!(who_sees(&world, after).await, ["greta", "nora"]);
        let theirs = world.case_from_mail(PIP).await;
        assert_eq!(who_sees(&world, theirs).await, ["paula", "maricel", "jun"]);
    });
}

#[test]
fn only_owners_end_engagements() {
    on_both_engines(|world| async move {
        for who in EVERYBODY.into_iter().filter(|who| *who != "olga") {
            let reach = world.reach(who).await;
            let refused = set_up::end_engagement(&world.desk, &reach, world.aurora.partner).await;
            assert_eq!(code(refused), "person.not_found", "{who}");
        }
    });
}

#[test]
fn numbers_beside_the_pages_are_those_of_the_reader() {
    on_both_engines(|world| async move {
        world.case_from_mail(AURORA).await;
        let taken = world.case_from_mail(AURORA).await;
        world.case_from_mail(PIP).await;
        world.reply("tiago", taken, "On it.").await.unwrap();
        let beside = async |who: &str| {
            let found = inbox::beside(&world.desk, &world.reach(who).await).await.unwrap();
            (found.mine, found.unassigned, found.open, found.clients.len())
        };
        assert_eq!(beside("tiago").await, (1, 1, 2, 1));
        assert_eq!(beside("jun").await, (0, 1, 1, 2), "Manila also watches Aurora's nights");
        assert_eq!(beside("rok").await, (0, 0, 0, 1));
        assert_eq!(beside("olga").await, (0, 0, 0, 0));
    });
}

#[test]
fn a_customer_who_writes_after_the_end_is_heard_by_those_who_answer_now() {
    on_both_engines(|world| async move {
        let case = world.case_from_mail(AURORA).await;
        let reply = world.reply("tiago", case, "Please unplug it.").await.unwrap();
        let olga = world.reach("olga").await;
        set_up::end_engagement(&world.desk, &olga, world.aurora.partner).await.unwrap();
        assert_eq!(who_sees(&world, case).await, ["greta"], "cutting moves no data");
        let answer =
            world.mail("Eva Novak <eva@customer.example>", AURORA, "Re: it", "It hums like a beehive now.");
        let joined = world.receive(&answer.answering(&format!("{reply}@aurora.example"))).await;
        assert_eq!(joined, case);
        let moved = world.case(case).await;
        assert_eq!((moved.engagement, moved.assignee), (world.aurora.in_house, None));
        assert_eq!(who_sees(&world, case).await, ["greta", "nora"]);
        assert_eq!(found(&world, "nora", "beehive", None).await, [case]);
        assert_eq!(found(&world, "nora", "morning", None).await, [case], "its older messages as well");
        assert_eq!(found(&world, "tiago", "beehive", None).await, []);
    });
}

#[test]
fn a_long_case_is_read_back_page_by_page_to_its_first_message() {
    on_both_engines(|world| async move {
        let case = world.case_from_mail(AURORA).await;
        let other = world.case_from_mail(AURORA).await;
        let tiago = world.reach("tiago").await;
        for nth in 0..2 * case_page::MESSAGES {
            replies::note(&world.desk, &tiago, case, &format!("Note {nth}")).await.unwrap();
        }
        let page = async |before| case_page::case_page(&world.desk, &tiago, case, before).await;
        let (mut texts, mut before, mut pages) = (Vec::new(), None, 0);
        loop {
            let page = page(before).await.unwrap();
            pages += 1;
            before = page.talk.messages.first().map(|first| first.id);
            texts.splice(0..0, page.talk.messages.into_iter().map(|message| message.new_text));
            if !page.talk.has_earlier {
                break;
            }
        }
        assert_eq!(pages, 3);
        assert_eq!(texts.len(), 401, "the customer's mail and 400 notes, none twice");
        assert!(texts[1..].iter().enumerate().all(|(nth, text)| *text == format!("Note {nth}")));
        let foreign = case_page::case_page(&world.desk, &tiago, other, before).await;
        assert_eq!(code(foreign), "case.not_found", "a message of another case is no place in this one");
    });
}
