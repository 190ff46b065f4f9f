//! Who is away now.

use super::{Absence, away};
use crate::{Message, MessageKind, sample::message, sifting::ReturnDay};

fn notice(n: u32, from: &str) -> Message {
    Message { automatic: Some("vacation".to_owned()), ..message(n, MessageKind::Customer, from, "") }
}

fn absence(message: &Message, on: Option<&str>) -> Absence {
    let on = on.map(str::to_owned);
    Absence { message: message.id, on, day: ReturnDay::Until, substitute: None, words: String::new() }
}

#[test]
fn the_newest_notice_counts_until_its_day_or_a_persons_word() {
    let check = |messages: &[Message], absences: &[Absence], expected: &[u32]| {
        let found = away(messages, absences, "2026-11-23");
        let found: Vec<_> = found.iter().map(|away| away.message.id).collect();
        let expected: Vec<_> = expected.iter().map(|n| crate::sample::id(*n)).collect();
        assert_eq!(found, expected);
    };
    let (eva, ivo) = (notice(1, "eva@x.example"), notice(2, "ivo@x.example"));
    let later = notice(3, "eva@x.example");
    let only = std::slice::from_ref(&eva);
    check(only, &[absence(&eva, Some("2026-11-23"))], &[1]);
    check(only, &[absence(&eva, Some("2026-11-22"))], &[]);
    check(only, &[absence(&eva, None)], &[]);
    check(only, &[], &[]);
    let both = [absence(&eva, Some("2026-12-24")), absence(&ivo, Some("2026-12-01"))];
    check(&[eva.clone(), ivo.clone()], &both, &[2, 1]);
    let newer = [absence(&eva, Some("2026-12-24")), absence(&later, Some("2026-11-24"))];
    check(&[eva.clone(), ivo.clone(), later.clone()], &newer, &[3]);
    let wrote = message(4, MessageKind::Customer, "eva@x.example", "");
    check(&[eva.clone(), wrote], &[absence(&eva, Some("2026-12-24"))], &[]);
    let receipt = Message { automatic: Some("receipt".to_owned()), ..notice(5, "eva@x.example") };
    check(&[eva.clone(), receipt], &[absence(&eva, Some("2026-12-24"))], &[1]);
}
