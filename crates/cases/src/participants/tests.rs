//! Who takes part in a case, and to whom an answer goes.

use super::{Known, Part, Participant, addressee, all_named, participants};
use crate::{
    CaseRefusal, Message, MessageKind,
    sample::message,
    trust::{Trust, Verdict},
};
use kernel::EmailAddress;

fn addresses(all: &[&str]) -> Vec<EmailAddress> {
    all.iter().map(|address| address.parse().unwrap()).collect()
}

fn from(n: u32, from: &str, to: &str) -> Message {
    message(n, MessageKind::Customer, from, to)
}

fn found(messages: &[Message], customer: &[&str]) -> Vec<Participant> {
    let (addresses, ours) = (addresses(customer), addresses(&["help@aurora.example"]));
    participants(&Known { name: "Eva", addresses: &addresses, messages, ours: &ours })
}

#[test]
fn the_customer_comes_first_then_writers_then_those_named() {
    let check = |messages: &[Message], expected: &[(&str, Part)]| {
        let all = found(messages, &["eva@x.example", "eva@work.example"]);
        let all: Vec<(&str, Part)> = all.iter().map(|one| (one.address.as_str(), one.part)).collect();
        assert_eq!(all, expected);
    };
    let eva = ("eva@x.example", Part::Customer);
    check(&[], &[eva]);
    check(
        &[from(1, "eva@x.example", "help@aurora.example, ivo@x.example")],
        &[eva, ("ivo@x.example", Part::Named)],
    );
    check(
        &[
            from(1, "eva@work.example", "help+k7qm.x@aurora.example, una@x.example, ivo@x.example"),
            from(2, "ivo@x.example", "help@aurora.example"),
            from(3, "jan@x.example", "eva@x.example, help@aurora.example"),
            from(4, "help@aurora.example", "not an address"),
        ],
        &[
            eva,
            ("jan@x.example", Part::Wrote),
            ("ivo@x.example", Part::Wrote),
            ("una@x.example", Part::Named),
        ],
    );
    let machine =
        Message { automatic: Some("vacation".to_owned()), ..from(1, "ivo@x.example", "una@x.example") };
    let ours = message(2, MessageKind::Reply, "", "una@x.example");
    check(&[machine, ours], &[eva]);
    let trust = Trust { verdict: Verdict::Failed, ..Trust::default() };
    check(&[Message { trust, ..from(1, "ivo@x.example", "una@x.example") }], &[eva]);
}

#[test]
fn an_answer_goes_to_the_customer_unless_somebody_else_was_chosen() {
    let all = found(&[from(1, "ivo@x.example", "help@aurora.example")], &["eva@x.example"]);
    let check = |chosen: &str, expected: Result<&str, CaseRefusal>| {
        assert_eq!(addressee(&all, chosen).map(|one| one.address.as_str()), expected, "{chosen}");
    };
    check("", Ok("eva@x.example"));
    check("eva@x.example", Ok("eva@x.example"));
    check("IVO@x.example", Ok("ivo@x.example"));
    check("mallory@x.example", Err(CaseRefusal::NotAParticipant));
    let nobody = found(&[from(1, "ivo@x.example", "")], &[]);
    assert_eq!(addressee(&nobody, ""), Err(CaseRefusal::NoAddress));
    assert_eq!(addressee(&nobody, "ivo@x.example").unwrap().part, Part::Wrote);
}

#[test]
fn each_address_is_named_once_and_there_is_an_end() {
    let mails =
        [from(1, "eva@x.example", "a@x.example, b@x.example"), from(2, "eva@x.example", "b@x.example")];
    assert_eq!(all_named(&mails, 9), addresses(&["b@x.example", "a@x.example"]));
    assert_eq!(all_named(&mails, 1), addresses(&["b@x.example"]));
    let many: Vec<String> = (0..50).map(|n| format!("p{n}@x.example")).collect();
    assert_eq!(found(&[from(1, "eva@x.example", &many.join(", "))], &["eva@x.example"]).len(), super::MOST);
}
