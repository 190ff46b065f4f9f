//! A case is always somebody's during a hand-over.

use crate::instant;
use coverage::hand_over::{ACCEPTED_WITHIN, Circumstances, HandOver, Holder, NotOffered, Warmth, warmth};
use kernel::{Id, Instant, PersonId};
use std::time::Duration;

fn person(number: u128) -> PersonId {
    PersonId::from_uuid(uuid::Uuid::from_u128(number))
}

fn morning() -> Instant {
    instant("2026-11-23T07:00:00Z")
}

fn offered(to: Option<u128>) -> HandOver {
    let to = to.map(person);
    HandOver { from: Some(person(1)), to, lead: Some(person(9)), offered_at: morning(), accepted: None }
}

#[test]
fn what_nobody_accepts_is_the_leads() {
    let mut over = offered(Some(2));
    let late = morning().plus(ACCEPTED_WITHIN);
    assert_eq!(over.holder(late.minus(Duration::from_secs(1))), Holder::Giver(Some(person(1))));
    assert_eq!(over.holder(late), Holder::Lead(person(9), late));
    assert_eq!(over.accept(person(3), morning()), Err(NotOffered::ToAnother(person(2))));
    assert_eq!(over.accept(person(1), late), Err(NotOffered::ToOneself));
    assert_eq!(over.accept(person(3), late), Ok(()));
    assert_eq!(over.accept(person(2), late), Err(NotOffered::Accepted(person(3))));
    assert_eq!(over.accept(person(3), late.plus(ACCEPTED_WITHIN)), Ok(()));
    assert_eq!((over.holder(late), over.accepted), (Holder::Taker(person(3)), Some((person(3), late))));
}

#[test]
fn without_a_lead_it_stays_where_it_is() {
    let over = HandOver { from: None, lead: None, ..offered(Some(2)) };
    assert_eq!(over.holder(morning().plus(ACCEPTED_WITHIN)), Holder::Giver(None));
}

#[test]
fn whoever_is_named_accepts_and_so_may_the_lead() {
    for by in [2, 9] {
        let mut over = offered(Some(2));
        assert_eq!(over.accept(person(by), morning()), Ok(()));
    }
    let mut to_all = offered(None);
    assert_eq!(to_all.accept(person(5), morning()), Ok(()));
}

#[test]
fn the_two_talk_where_a_note_is_not_enough() {
    let check = |circumstances: Circumstances, expected: (Warmth, &str)| {
        let (warmth, because) = warmth(&circumstances);
        assert_eq!((warmth, because.code.as_str()), expected);
    };
    let none = Circumstances::default();
    check(none, (Warmth::Cold, "handover.note"));
    check(Circumstances { is_angry: true, ..none }, (Warmth::Warm, "handover.angry"));
    check(
        Circumstances { is_angry: true, is_top_priority: true, ..none },
        (Warmth::Warm, "handover.top_priority"),
    );
    check(Circumstances { promised_tonight: true, ..none }, (Warmth::Warm, "handover.promised"));
}
