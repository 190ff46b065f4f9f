//! Escalations: to a vendor by a link and by mail, to the client's own people, and back with an answer for the customer.

use crate::code;
use cases::{
    DraftKind, MessageKind, State,
    escalation::{Act, Escalation, FormKind, Given, Standing, Taken},
    letter::Letter,
    tables as case_tables,
};
use coverage::tables as coverage_tables;
use desk::{
    escalations::{self, HandOver, Whom, Words},
    replies, vendors, work,
};
use kernel::{CaseId, EscalationId, Party, VendorId};
use std::time::Duration;
use testkit::{World, on_both_engines};

const AURORA: &str = "help@aurora.example";
const BASE: &str = "https://desk.aurora.example";
const VENDOR: &str = "rma@norfab.example";

/// A world that is reached from outside, with a vendor of Aurora's that reads German, and a case that Tiago has.
async fn begun(world: &mut World) -> (CaseId, VendorId) {
    world.desk = world.desk.clone().reached_at(Some(BASE.to_owned()));
    let owner = world.reach("olga").await;
    let described = vendors::Described {
        name: "Norfab Repairs".to_owned(),
        address: VENDOR.to_owned(),
        language: "de".to_owned(),
        country: "de".to_owned(),
    };
    let aurora = world.client("aurora");
    vendors::keep(&world.desk, &owner, aurora, None, described).await.unwrap();
    let vendor = vendors::vendors(&world.desk, &owner, aurora).await.unwrap()[0].vendor.id;
    let case = world.case_from_mail(AURORA).await;
    let reach = world.reach("tiago").await;
    work::assign(&world.desk, &reach, case, Some(world.person("tiago"))).await.unwrap();
    (case, vendor)
}

fn fields(fields: &[(&str, &str)]) -> Vec<(String, String)> {
    fields.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect()
}

fn hardware(to: Whom) -> HandOver {
    HandOver {
        to,
        kind: FormKind::Hardware,
        asked: "Why does the boiler stop after a minute?".to_owned(),
        tried: "Descaled twice.".to_owned(),
        shared: vec!["reference".to_owned()],
        fields: fields(&[("serial_number", "AB-12"), ("entitlement", "warranty")]),
        files: Vec::new(),
        needed_at: None,
    }
}

async fn hand_over(world: &World, case: CaseId, to: Whom) -> EscalationId {
    let reach = world.reach("tiago").await;
    escalations::hand_over(&world.desk, &reach, case, hardware(to)).await.unwrap()
}

async fn found(world: &World, id: EscalationId) -> Escalation {
    world.read(move |tx| case_tables::escalation(tx, id)).await.unwrap()
}

async fn acts(world: &World, id: EscalationId) -> Vec<Act> {
    let steps = world.read(move |tx| case_tables::escalation_steps(tx, id)).await;
    steps.into_iter().map(|step| step.act).collect()
}

async fn turn(world: &World, case: CaseId) -> Party {
    world.read(move |tx| coverage_tables::last_turn(tx, case)).await.unwrap().party
}

async fn draft(world: &World, case: CaseId, who: &str) -> Option<String> {
    let person = world.person(who);
    let draft = world.read(move |tx| case_tables::draft(tx, case, person, DraftKind::Reply)).await;
    draft.map(|draft| draft.text)
}

/// The letter that is sent now.
async fn letter(world: &World) -> Letter {
    world.run_jobs().await;
    world.post.taken().pop().expect("a letter was sent").letter
}

fn token(letter: &Letter) -> String {
    let (_, rest) = letter.markdown.split_once("/escalated/").expect("the letter has a link");
    rest.split_whitespace().next().unwrap().to_owned()
}

fn said(step: Taken) -> Words {
    Words { step, fields: Vec::new() }
}

fn answer(words: &str) -> Words {
    said(Taken::Answer { customer_ready: words.to_owned(), beside: "Ask for Uwe.".to_owned() })
}

async fn takes(world: &World, token: &str, words: Words) -> &'static str {
    world.later(Duration::from_secs(60));
    code(escalations::take_linked(&world.desk, token, words).await)
}

async fn gives(world: &World, id: EscalationId, step: Given) -> &'static str {
    world.later(Duration::from_secs(60));
    let reach = world.reach("tiago").await;
    code(escalations::give(&world.desk, &reach, id, step).await)
}

#[test]
fn a_vendor_asks_back_and_answers_through_the_link() {
    on_both_engines(|mut world| async move {
        let (case, vendor) = begun(&mut world).await;
        let id = hand_over(&world, case, Whom::Vendor(vendor)).await;
        assert_eq!(turn(&world, case).await, Party::Vendor);
        let first = letter(&world).await;
        assert_eq!(first.to[0].address.as_str(), VENDOR);
        assert_eq!(first.language.as_str(), "de");
        for there in ["Why does the boiler stop", "Descaled twice", "Seriennummer: AB-12", "Garantie"] {
            assert!(first.markdown.contains(there), "{there}: {}", first.markdown);
        }
        for secret in ["Eva", "eva@customer.example", "stopped working"] {
            assert!(!first.markdown.contains(secret), "{secret}: {}", first.markdown);
        }
        let token = token(&first);
        let kept = world.messages(case).await.pop().unwrap();
        assert_eq!(kept.kind, MessageKind::Note);
        assert!(!kept.new_text.contains(&token), "the secret stands in no table");

        assert_eq!(takes(&world, &token, said(Taken::AskBack("Which firmware?".to_owned()))).await, "ok");
        assert_eq!(turn(&world, case).await, Party::Representative);
        assert_eq!(gives(&world, id, Given::Supply("Firmware 4.2.".to_owned())).await, "ok");
        assert_eq!(turn(&world, case).await, Party::Vendor);
        let second = letter(&world).await;
        assert!(second.markdown.contains("Firmware 4.2."));
        assert_eq!(second.in_reply_to, Some(first.message_id_text()));

        let done = Words {
            fields: fields(&[("rma_number", "R-77"), ("serial_number", "FAKE")]),
            ..answer("Your boiler is exchanged; the label comes today.")
        };
        assert_eq!(takes(&world, &token, done).await, "ok");
        let after = found(&world, id).await;
        assert_eq!((after.standing, after.bounces), (Standing::Answered, 1));
        assert_eq!((after.form.text("rma_number"), after.form.text("serial_number")), ("R-77", "AB-12"));
        assert_eq!(turn(&world, case).await, Party::Representative);
        assert_eq!(
            draft(&world, case, "tiago").await.as_deref(),
            Some("Your boiler is exchanged; the label comes today.")
        );
        let now = world.case(case).await;
        assert_eq!(now.assignee, Some(world.person("tiago")), "the case keeps its owner");
        assert_eq!(takes(&world, &token, answer("Something else.")).await, "escalation.answered_before");

        assert_eq!(gives(&world, id, Given::Close(String::new())).await, "ok");
        assert_eq!(takes(&world, &token, answer("Something else.")).await, "escalation.over");
        assert_eq!(
            acts(&world, id).await,
            [Act::Opened, Act::AskedBack, Act::Supplied, Act::Answered, Act::Closed]
        );
        let customers = world.messages(case).await;
        assert!(
            customers.iter().all(|message| message.kind != MessageKind::Reply),
            "nothing was sent to the customer"
        );
    });
}

#[test]
fn a_mail_to_the_address_of_the_letter_is_the_answer() {
    on_both_engines(|mut world| async move {
        let (case, vendor) = begun(&mut world).await;
        let id = hand_over(&world, case, Whom::Vendor(vendor)).await;
        let sent = letter(&world).await;
        let to = sent.reply_to.clone().unwrap();
        world.draft("tiago", case, "Dear Eva,").await.unwrap();

        let away = world.mail("Norfab <rma@norfab.example>", &to, "Away", "I am away.").automatic();
        world.arrive(&away).await;
        world.run_jobs().await;
        assert_eq!(found(&world, id).await.standing, Standing::Open, "a machine answers nothing");

        let mail = world.mail("Uwe <uwe@norfab.example>", &to, "Re: boiler", "It has to be exchanged.");
        let mail = mail.with_file("label.pdf", "application/pdf", b"pdf");
        world.arrive(&mail).await;
        world.run_jobs().await;
        let after = found(&world, id).await;
        assert_eq!((after.standing, after.answer.as_str()), (Standing::Answered, "It has to be exchanged."));
        assert_eq!(
            draft(&world, case, "tiago").await.as_deref(),
            Some("Dear Eva,\n\nIt has to be exchanged.")
        );
        let last = world.messages(case).await.pop().unwrap();
        assert_eq!((last.kind, last.by.name.as_str()), (MessageKind::Note, "Uwe"));
        let reach = world.reach("tiago").await;
        let shown = escalations::of_case(&world.desk, &reach, case).await.unwrap();
        assert_eq!(shown.all[0].files[0].name, "label.pdf");

        let again = world.mail("Uwe <uwe@norfab.example>", &to, "Re: boiler", "Sorry, a repair will do.");
        world.arrive(&again).await;
        world.run_jobs().await;
        assert_eq!(
            found(&world, id).await.answer,
            "It has to be exchanged.",
            "a second answer changes nothing"
        );
        assert_eq!(world.messages(case).await.pop().unwrap().new_text, "Sorry, a repair will do.");
        assert_eq!(acts(&world, id).await, [Act::Opened, Act::Noted, Act::Answered, Act::Noted]);
    });
}

#[test]
fn an_answer_without_the_signed_address_comes_from_where_the_letter_went() {
    on_both_engines(|mut world| async move {
        let (case, vendor) = begun(&mut world).await;
        let id = hand_over(&world, case, Whom::Vendor(vendor)).await;
        let sent = letter(&world).await.message_id_text();
        let stranger = world.mail("Mallory <mallory@else.example>", AURORA, "Re: boiler", "Pay me first.");
        world.receive(&stranger.answering(&sent)).await;
        assert_eq!(found(&world, id).await.standing, Standing::Open);
        let wrong = format!("help+e{id}.000000000000@aurora.example");
        let forged = world.mail("Mallory <mallory@else.example>", &wrong, "Re: boiler", "Pay me first.");
        world.arrive(&forged).await;
        world.run_jobs().await;
        assert_eq!(found(&world, id).await.standing, Standing::Open);
        let vendors = world.mail("Norfab <rma@norfab.example>", AURORA, "Re: boiler", "Exchange it.");
        world.arrive(&vendors.answering(&sent)).await;
        world.run_jobs().await;
        assert_eq!(found(&world, id).await.standing, Standing::Answered);
    });
}

#[test]
fn a_specialist_of_the_client_reads_the_case_and_answers_without_having_it() {
    on_both_engines(|mut world| async move {
        let (case, _) = begun(&mut world).await;
        let rok = world.reach("rok").await;
        let id = hand_over(&world, case, Whom::Person(world.person("rok"))).await;
        assert_eq!(turn(&world, case).await, Party::ClientResolver);
        let sent = letter(&world).await;
        assert!(sent.markdown.contains(&format!("{BASE}/escalations/{id}")));
        assert!(!sent.markdown.contains("/escalated/"), "who signs in needs no secret");

        let held = escalations::one(&world.desk, &rok, id).await.unwrap();
        assert!(held.is_mine && !held.sees_case);
        assert!(held.messages.iter().any(|message| message.kind == MessageKind::Customer));
        assert_eq!(escalations::escalations(&world.desk, &rok).await.unwrap().len(), 1);
        assert_eq!(code(replies::note(&world.desk, &rok, case, "Mine?").await), "case.not_found");
        let (jun, carla) = (world.reach("jun").await, world.reach("carla").await);
        assert_eq!(code(escalations::one(&world.desk, &jun, id).await), "escalation.not_found");
        assert!(escalations::escalations(&world.desk, &jun).await.unwrap().is_empty());
        let words = || answer("It is a known fault; we exchange it.");
        assert_eq!(code(escalations::take_own(&world.desk, &jun, id, words()).await), "escalation.not_found");
        assert_eq!(
            code(escalations::take_own(&world.desk, &carla, id, words()).await),
            "escalation.not_found"
        );
        escalations::take_own(&world.desk, &rok, id, words()).await.unwrap();
        assert_eq!(found(&world, id).await.standing, Standing::Answered);
        assert_eq!(world.case(case).await.assignee, Some(world.person("tiago")));
        assert!(draft(&world, case, "tiago").await.is_some() && draft(&world, case, "rok").await.is_none());
    });
}

#[test]
fn a_specialist_without_an_account_gets_a_link() {
    on_both_engines(|mut world| async move {
        let (case, _) = begun(&mut world).await;
        let id = hand_over(&world, case, Whom::Address("lab@aurora-works.example".to_owned())).await;
        assert_eq!(turn(&world, case).await, Party::ClientResolver);
        let token = token(&letter(&world).await);
        let page = escalations::escalated(&world.desk, &token).await.unwrap();
        assert_eq!((page.escalation.id, page.is_expired), (id, false));
        assert_eq!(takes(&world, &token, said(Taken::Reject("Not our part.".to_owned()))).await, "ok");
        assert_eq!(gives(&world, id, Given::SendAgain("It is: see the label.".to_owned())).await, "ok");
        let again = letter(&world).await;
        assert!(again.markdown.contains("It is: see the label."));
        assert_eq!(takes(&world, &token, answer("Exchanged.")).await, "ok", "the link stays the same");
    });
}

#[test]
fn the_third_bounce_gives_the_case_to_a_lead() {
    on_both_engines(|mut world| async move {
        let (case, vendor) = begun(&mut world).await;
        let id = hand_over(&world, case, Whom::Vendor(vendor)).await;
        let token = token(&letter(&world).await);
        for nth in 1..=3 {
            assert_eq!(world.case(case).await.assignee, Some(world.person("tiago")), "before bounce {nth}");
            assert_eq!(takes(&world, &token, said(Taken::AskBack("And?".to_owned()))).await, "ok");
            if nth < 3 {
                assert_eq!(gives(&world, id, Given::Supply("This.".to_owned())).await, "ok");
            }
        }
        assert_eq!(world.case(case).await.assignee, Some(world.person("ines")), "the team's lead");
        let now = world.clock.now().plus(Duration::from_secs(1));
        let events = world.read(move |tx| tx.events_of(case, now, 100)).await;
        let called = events.iter().filter(|event| event.kind == "escalation.lead_called").count();
        assert_eq!(called, 1);
    });
}

#[test]
fn what_is_late_is_told_once() {
    on_both_engines(|mut world| async move {
        let (case, vendor) = begun(&mut world).await;
        let id = hand_over(&world, case, Whom::Vendor(vendor)).await;
        let needed = found(&world, id).await.needed_at.unwrap();
        assert_eq!(needed, world.clock.now().plus(Duration::from_secs(48 * 60 * 60)));
        world.run_jobs().await;
        assert_eq!(acts(&world, id).await, [Act::Opened]);
        world.later(Duration::from_secs(48 * 60 * 60));
        world.run_jobs().await;
        world.later(Duration::from_secs(60));
        world.run_jobs().await;
        assert_eq!(acts(&world, id).await, [Act::Opened, Act::Overdue]);
        assert_eq!(world.case(case).await.state, State::Open);
    });
}

#[test]
fn links_expire_and_a_reminder_renews_them() {
    on_both_engines(|mut world| async move {
        let (case, vendor) = begun(&mut world).await;
        let id = hand_over(&world, case, Whom::Vendor(vendor)).await;
        let token = token(&letter(&world).await);
        for wrong in ["", "00.00", &token[1..], &format!("{token}0")] {
            assert_eq!(
                code(escalations::escalated(&world.desk, wrong).await),
                "escalation.link_over",
                "{wrong}"
            );
            assert_eq!(takes(&world, wrong, answer("x")).await, "escalation.link_over", "{wrong}");
        }
        world.later(Duration::from_secs(31 * 24 * 60 * 60));
        assert!(escalations::escalated(&world.desk, &token).await.unwrap().is_expired);
        assert_eq!(takes(&world, &token, answer("Late.")).await, "escalation.link_over");
        assert_eq!(gives(&world, id, Given::Remind(String::new())).await, "ok");
        assert_eq!(takes(&world, &token, answer("Late.")).await, "ok");
    });
}

#[test]
fn what_can_not_be_handed_over_is_refused_and_leaves_nothing() {
    on_both_engines(|mut world| async move {
        let (case, vendor) = begun(&mut world).await;
        let other = world.case_from_mail("hello@pip.example").await;
        let (tiago, jun) = (world.reach("tiago").await, world.reach("jun").await);
        let check = async |reach: &kernel::Reach, case: CaseId, what: HandOver, expected: &str| {
            let refused = escalations::hand_over(&world.desk, reach, case, what).await;
            assert_eq!(code(refused), expected);
        };
        let good = || hardware(Whom::Vendor(vendor));
        check(&jun, case, good(), "case.not_found").await;
        check(&jun, other, good(), "escalation.nobody_to_take_it").await;
        check(&tiago, case, hardware(Whom::Person(world.person("jun"))), "escalation.nobody_to_take_it")
            .await;
        check(&tiago, case, hardware(Whom::Person(world.person("nora"))), "escalation.nobody_to_take_it")
            .await;
        for address in ["", "nobody", "eva@customer.example", AURORA, "help+x@aurora.example"] {
            check(&tiago, case, hardware(Whom::Address(address.to_owned())), "escalation.wrong_address")
                .await;
        }
        check(&tiago, case, HandOver { asked: " ".to_owned(), ..good() }, "escalation.needs_question").await;
        check(&tiago, case, HandOver { asked: "x".repeat(100_001), ..good() }, "escalation.too_long").await;
        check(&tiago, case, HandOver { fields: Vec::new(), ..good() }, "escalation.field").await;
        let now = world.clock.now();
        check(&tiago, case, HandOver { needed_at: Some(now), ..good() }, "escalation.not_a_time").await;
        work::move_to(&world.desk, &tiago, case, State::Closed).await.unwrap();
        check(&tiago, case, good(), "escalation.case_closed").await;
        assert!(escalations::of_case(&world.desk, &tiago, case).await.unwrap().all.is_empty());
        world.run_jobs().await;
        assert!(world.post.taken().is_empty());
    });
}

#[test]
fn a_letter_that_comes_back_is_told_at_the_escalation() {
    on_both_engines(|mut world| async move {
        let (case, vendor) = begun(&mut world).await;
        hand_over(&world, case, Whom::Vendor(vendor)).await;
        world.post.decide(testkit::Fate::Never("No such mailbox.".to_owned()));
        world.run_jobs().await;
        let reach = world.reach("tiago").await;
        let shown = escalations::of_case(&world.desk, &reach, case).await.unwrap();
        assert_eq!(shown.all[0].letter_trouble, "The letter couldn’t be delivered. No such mailbox.");
        let letter = shown.all[0].steps[0].message.unwrap();
        assert_eq!(
            code(replies::withdraw(&world.desk, &reach, case, letter).await),
            "reply.too_late_to_undo"
        );
    });
}

#[test]
fn only_owners_keep_vendors() {
    on_both_engines(|mut world| async move {
        let (_, vendor) = begun(&mut world).await;
        let (aurora, pip) = (world.client("aurora"), world.client("pip"));
        let (owner, greta) = (world.reach("olga").await, world.reach("greta").await);
        let described = |address: &str| vendors::Described {
            name: "Norfab".to_owned(),
            address: address.to_owned(),
            ..vendors::Described::default()
        };
        let keep = async |reach, client, vendor, address: &str| {
            code(vendors::keep(&world.desk, reach, client, vendor, described(address)).await)
        };
        assert_eq!(keep(&greta, aurora, None, VENDOR).await, "vendor.not_found");
        assert_eq!(keep(&owner, pip, Some(vendor), VENDOR).await, "vendor.not_found");
        assert_eq!(keep(&owner, aurora, None, AURORA).await, "vendor.our_own");
        assert_eq!(keep(&owner, aurora, Some(vendor), "new@norfab.example").await, "ok");
        let known = vendors::vendors(&world.desk, &owner, aurora).await.unwrap();
        assert_eq!((known.len(), known[0].vendor.address.as_str()), (1, "new@norfab.example"));
        vendors::remove(&world.desk, &owner, aurora, vendor).await.unwrap();
        assert!(vendors::vendors(&world.desk, &owner, aurora).await.unwrap().is_empty());
        assert_eq!(code(vendors::remove(&world.desk, &owner, aurora, vendor).await), "vendor.not_found");
    });
}

#[test]
fn chosen_files_of_the_case_go_with_the_letter() {
    on_both_engines(|mut world| async move {
        let (first, vendor) = begun(&mut world).await;
        let mail = world.mail("Ivo Novak <ivo@customer.example>", AURORA, "Logs", "Here they are.");
        let mail = mail.with_file("log.txt", "text/plain", b"log").with_file("me.jpg", "image/jpeg", b"jpg");
        let case = world.receive(&mail).await;
        let message = world.messages(case).await[0].id;
        let other = world.messages(first).await[0].id;
        let reach = world.reach("tiago").await;
        let what = HandOver { files: vec![(message, 0), (other, 0)], ..hardware(Whom::Vendor(vendor)) };
        escalations::hand_over(&world.desk, &reach, case, what).await.unwrap();
        let sent = letter(&world).await;
        let names: Vec<&str> = sent.attachments.iter().map(|file| file.name.as_str()).collect();
        assert_eq!(names, ["log.txt"], "only what was chosen, of this case");
        let shown = escalations::of_case(&world.desk, &reach, case).await.unwrap();
        assert_eq!(shown.all[0].files[0].name, "log.txt");
    });
}
