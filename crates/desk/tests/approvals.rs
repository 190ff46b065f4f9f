//! Nesting: replies of somebody new don't leave before a lead has looked at them.

use crate::code;
use cases::{Delivery, DraftKind, State, tables as case_tables};
use desk::{
    approvals::{self, Decision},
    permits::{self, Granted},
    replies, scheduled,
};
use kernel::{CaseId, MessageId, Stop};
use routing::permits::Stage;
use std::time::Duration;
use testkit::{World, on_both_engines};

async fn nest(world: &World) -> (CaseId, MessageId) {
    let granted = Granted {
        person: world.person("carla"),
        client: world.client("aurora"),
        intent: String::new(),
        stage: Stage::EveryReply,
        evidence: "The course.".to_owned(),
        until: String::new(),
    };
    permits::grant(&world.desk, &world.reach("ines").await, granted).await.unwrap();
    let case = world.case_from_mail("help@aurora.example").await;
    let reply = world.reply("carla", case, "Have you pressed the button?").await.unwrap();
    (case, reply)
}

async fn delivery(world: &World, case: CaseId, reply: MessageId) -> Option<Delivery> {
    world.messages(case).await.into_iter().find(|message| message.id == reply).map(|message| message.delivery)
}

async fn decide(
    world: &World,
    by: &str,
    case: CaseId,
    reply: MessageId,
    decision: Decision,
) -> Result<(), Stop> {
    approvals::decide(&world.desk, &world.reach(by).await, case, reply, decision).await
}

fn approve(text: &str) -> Decision {
    Decision::Approve { text: text.to_owned() }
}

#[test]
fn a_reply_that_waits_for_approval_leaves_in_no_other_way() {
    on_both_engines(|world| async move {
        let (case, reply) = nest(&world).await;
        assert_eq!(delivery(&world, case, reply).await, Some(Delivery::Held));
        assert_eq!(world.case(case).await.state, State::Open, "the customer still waits for us");
        let carla = world.reach("carla").await;
        assert_eq!(code(scheduled::send_now(&world.desk, &carla, case, reply).await), "approval.waits");
        assert_ne!(code(replies::try_again(&world.desk, &carla, case, reply).await), "ok");
        world
            .write(move |tx| {
                jobs::enqueue(tx, replies::SEND, reply, testkit::morning(), testkit::morning()).map(drop)
            })
            .await;
        world.later(Duration::from_secs(3_600));
        world.run_jobs().await;
        assert_eq!(delivery(&world, case, reply).await, Some(Delivery::Held));
        assert!(world.post.taken().is_empty(), "nothing has left");
        assert_eq!(approvals::waiting(&world.desk, &world.reach("ines").await).await.unwrap().len(), 1);
        assert!(approvals::waiting(&world.desk, &world.reach("maricel").await).await.unwrap().is_empty());
        assert!(approvals::waiting(&world.desk, &carla).await.unwrap().is_empty());
    });
}

#[test]
fn a_lead_approves_or_changes_and_approves() {
    on_both_engines(|world| async move {
        let (case, reply) = nest(&world).await;
        let text = "Have you pressed the button?";
        assert_eq!(code(decide(&world, "carla", case, reply, approve(text)).await), "approval.only_leads");
        assert_eq!(code(decide(&world, "maricel", case, reply, approve(text)).await), "case.not_found");
        assert_eq!(code(decide(&world, "ines", case, reply, approve(" ")).await), "message.empty");
        decide(&world, "ines", case, reply, approve("Have you pressed the red button?")).await.unwrap();
        assert_eq!(code(decide(&world, "ines", case, reply, approve(text)).await), "approval.not_asked");
        assert_eq!(world.case(case).await.state, State::Waiting);
        world.later(Duration::from_secs(60));
        world.run_jobs().await;
        assert_eq!(delivery(&world, case, reply).await, Some(Delivery::Sent));
        let sent = world.messages(case).await.into_iter().find(|message| message.id == reply).unwrap();
        assert_eq!(sent.new_text, "Have you pressed the red button?");
    });
}

#[test]
fn a_returned_reply_is_its_authors_draft_with_the_advice_beside_it() {
    on_both_engines(|world| async move {
        let (case, reply) = nest(&world).await;
        let no_words = Decision::Return { advice: " ".to_owned() };
        assert_eq!(code(decide(&world, "ines", case, reply, no_words).await), "permit.words_missing");
        let advice = Decision::Return { advice: "Name the button.".to_owned() };
        decide(&world, "ines", case, reply, advice).await.unwrap();
        assert_eq!(delivery(&world, case, reply).await, None);
        let carla = world.person("carla");
        let (draft, said) = world
            .read(move |tx| {
                Ok((
                    case_tables::draft(tx, case, carla, DraftKind::Reply)?,
                    case_tables::returned(tx, case, carla)?,
                ))
            })
            .await;
        assert_eq!(draft.unwrap().text, "Have you pressed the button?");
        assert_eq!(said.unwrap().advice, "Name the button.");
        world.reply("carla", case, "Have you pressed the red button?").await.unwrap();
        let said = world.read(move |tx| case_tables::returned(tx, case, carla)).await;
        assert!(said.is_none(), "it was answered anew");
    });
}

#[test]
fn whoever_takes_a_reply_back_asks_nobody_any_more() {
    on_both_engines(|world| async move {
        let (case, reply) = nest(&world).await;
        replies::withdraw(&world.desk, &world.reach("carla").await, case, reply).await.unwrap();
        assert!(approvals::waiting(&world.desk, &world.reach("ines").await).await.unwrap().is_empty());
        assert_eq!(code(decide(&world, "ines", case, reply, approve("So.")).await), "case.not_found");
        assert_eq!(world.case(case).await.state, State::Open);
    });
}
