//! Another desk's cases of what joins and what opens, put before ours: what differs, differs by policy, and stands here with its reason.

use super::{collection::mails, read};
use cases::{State, correspondence::Correspondence};
use kernel::CaseId;
use serde_json::Value;
use std::{collections::BTreeMap, fs};
use testkit::World;

const AURORA: &str = "help@aurora.example";

/// Why ours decides otherwise than that desk, by what its case is about.
const BY_POLICY: [(&str, &str); 3] = [
    (
        "Message-ID",
        "A mail that answers a message of a case joins it whatever its subject says: people change subjects.",
    ),
    (
        "body or file",
        "A reference counts in the subject only: in words and files it may have been quoted, forwarded or pasted.",
    ),
    ("merged", "A merged case leads to the one that holds its messages, so what answers it joins that one."),
];

/// The policy by which ours differs, if it is one of those.
fn policy(case: &Value) -> Option<&'static str> {
    let path = case["path"].to_string();
    let template = case["template"].as_str().unwrap_or_default();
    let is_by_id = template.contains("header") || path.contains("header contains");
    let is_elsewhere = path.contains("body contains") || path.contains("attachment");
    match case["expect"].as_str()? {
        "new_ticket" if is_by_id => Some("Message-ID"),
        "append" if is_elsewhere => Some("body or file"),
        "new_ticket" if path.contains("is merged") => Some("merged"),
        _ => None,
    }
}

/// What one of its cases needs of ours.
struct Ground {
    case: CaseId,
    reference: String,
    message_id: String,
}

/// A case of this sender's that we have answered, closed or merged where the path says so.
async fn ground(world: &World, path: &str, from: &str, nth: usize) -> Ground {
    let mail = world.mail(from, AURORA, &format!("A matter of its own {nth}"), &format!("Words {nth}"));
    let case = world.receive(&mail).await;
    world.reply("tiago", case, "We are on it.").await.unwrap();
    world.later(desk::UNDO_FOR);
    world.run_jobs().await;
    let message_id = world.post.taken().pop().unwrap().letter.message_id_text();
    let reference = cases::shown_reference(&world.case(case).await.reference);
    let reach = world.reach("tiago").await;
    if path.contains("is closed") {
        desk::work::move_to(&world.desk, &reach, case, State::Closed).await.unwrap();
    }
    let case = if path.contains("is merged") {
        let other = world.receive(&world.mail(from, AURORA, &format!("Another {nth}"), "Other words")).await;
        let into = world.case(other).await.reference;
        desk::merging::merge(&world.desk, &reach, case, &into).await.unwrap()
    } else {
        case
    };
    // What was removed leaves a reference that nobody has.
    let reference = if path.contains("is removed") { "2222-2222".to_owned() } else { reference };
    Ground { case, reference, message_id }
}

/// Whether ours joins the mail of one of its cases.
async fn joins(world: &World, all: &Value, case: &Value, nth: usize) -> bool {
    let path = case["path"].to_string();
    let client = world.client("aurora");
    let reopens_for_days = if path.contains("follow_up_possible") { 0 } else { 30 };
    let chosen = Correspondence { reopens_for_days, ..Correspondence::default() };
    world.write(move |tx| cases::tables::set_correspondence(tx, client, &chosen)).await;
    let template = || all["templates"][case["template"].as_str().unwrap_or_default()].as_str();
    let raw = case["raw_mail"].as_str().or_else(template).unwrap();
    let raw = raw.replace("me@example.com", &format!("me{nth}@example.com"));
    let raw = raw.replace("customer@example.com", &format!("customer{nth}@example.com"));
    let from = read(raw.as_bytes()).from.unwrap().address;
    let ground = ground(world, &path, &from, nth).await;
    let reference = match path.contains("larger word") {
        true => format!("Xx{}xX", ground.reference),
        false => format!("[#{}]", ground.reference),
    };
    let generated =
        "#{Setting.get('ticket_hook') + Setting.get('ticket_hook_divider') + Ticket::Number.generate}";
    let raw = raw
        .replace(generated, "#3333-3333")
        .replace("#{ticket_ref}", &reference)
        .replace("#{article.message_id}", &format!("<{}>", ground.message_id))
        .replace("#{article.subject}", &format!("A matter of its own {nth}"));
    let mut mail = world.mail(&from, AURORA, "", "");
    mail.incoming =
        cases::incoming::Incoming { message_id: mail.incoming.message_id, ..read(raw.as_bytes()) };
    world.receive(&mail).await == ground.case
}

#[test]
fn what_joins_elsewhere_joins_here_or_differs_by_policy() {
    let Some(folder) = mails() else { return };
    let all: Value =
        serde_json::from_str(&fs::read_to_string(folder.join("followup_matrix.json")).unwrap()).unwrap();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let world = World::on_sqlite().await;
        let (mut alike, mut differs) = (0, BTreeMap::<&str, usize>::new());
        for (nth, case) in all["cases"].as_array().unwrap().iter().enumerate() {
            let joined = joins(&world, &all, case, nth).await;
            let policy = policy(case).filter(|_| joined != (case["expect"] == "append"));
            match (joined == (case["expect"] == "append"), policy) {
                (true, _) => alike += 1,
                (false, Some(policy)) => *differs.entry(policy).or_default() += 1,
                (false, None) => panic!("{} differs without a reason: {case}", case["line"]),
            }
        }
        eprintln!("{alike} alike");
        for (policy, because) in BY_POLICY {
            eprintln!("{} differ: {policy}. {because}", differs.remove(policy).unwrap_or_default());
        }
        assert!(differs.is_empty());
        assert!(alike >= 40, "{alike}");
    });
}
