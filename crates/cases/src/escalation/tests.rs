//! Where an escalation goes, step by step, and what is refused.

use super::*;
use Standing::{Accepted, Answered, Closed, NeedsInformation, Open, Rejected};

fn at(standing: Standing, bounces: i64) -> Escalation {
    Escalation {
        id: "00000000000000000000000000000001".parse().unwrap(),
        case: "00000000000000000000000000000002".parse().unwrap(),
        to: HandedTo::Vendor,
        person: None,
        vendor: None,
        address: "rma@vendor.example".to_owned(),
        kind: FormKind::Other,
        standing,
        asked: "Why?".to_owned(),
        tried: String::new(),
        shared: Vec::new(),
        form: Form::default(),
        answer: String::new(),
        needed_at: None,
        opened_by: None,
        opened_at: Instant::from_micros(0),
        closed_at: None,
        bounces,
        token_hash: None,
        token_until: None,
        overdue_at: None,
    }
}

fn words() -> String {
    "Because.".to_owned()
}

fn answer() -> Taken {
    Taken::Answer { customer_ready: words(), beside: String::new() }
}

#[test]
fn whoever_has_it_moves_it() {
    let all = || [Taken::AskBack(words()), Taken::Accept(words()), Taken::Reject(words()), answer()];
    // From where, to where each of the four steps leads.
    let table = [
        (Open, [Some(NeedsInformation), Some(Accepted), Some(Rejected), Some(Answered)]),
        (NeedsInformation, [None, Some(Accepted), Some(Rejected), Some(Answered)]),
        (Accepted, [Some(NeedsInformation), None, Some(Rejected), Some(Answered)]),
        (Rejected, [None, Some(Accepted), None, Some(Answered)]),
        (Answered, [None, None, None, None]),
        (Closed, [None, None, None, None]),
    ];
    for (from, expected) in table {
        for (step, to) in all().into_iter().zip(expected) {
            let moved = at(from, 0).taken(step.clone()).ok().map(|moved| moved.standing);
            assert_eq!(moved, to, "{from} {step:?}");
        }
    }
}

#[test]
fn those_who_handed_it_over_move_it() {
    let all =
        || [Given::Supply(words()), Given::SendAgain(words()), Given::Remind(words()), Given::Close(words())];
    let table = [
        (Open, [Some(Open), None, Some(Open), Some(Closed)]),
        (NeedsInformation, [Some(Open), None, None, Some(Closed)]),
        (Accepted, [Some(Accepted), None, Some(Accepted), Some(Closed)]),
        (Rejected, [None, Some(Open), None, Some(Closed)]),
        (Answered, [None, Some(Open), None, Some(Closed)]),
        (Closed, [None, None, None, None]),
    ];
    for (from, expected) in table {
        for (step, to) in all().into_iter().zip(expected) {
            let moved = at(from, 0).given(step.clone()).ok().map(|moved| moved.standing);
            assert_eq!(moved, to, "{from} {step:?}");
        }
    }
}

#[test]
fn a_third_bounce_calls_a_lead_once() {
    let check = |from, bounces, step: Result<Moved, EscalationRefusal>, counted, calls| {
        let moved = step.unwrap();
        assert_eq!((moved.bounces, moved.calls_lead.is_some()), (counted, calls), "{from} {bounces}");
    };
    for (bounces, calls) in [(0, false), (1, false), (2, true), (3, false)] {
        check(Open, bounces, at(Open, bounces).taken(Taken::Reject(words())), bounces + 1, calls);
        check(Open, bounces, at(Open, bounces).taken(Taken::AskBack(words())), bounces + 1, calls);
        let again = at(Answered, bounces).given(Given::SendAgain(words()));
        check(Answered, bounces, again, bounces + 1, calls);
        // A rejection was counted when it came.
        check(Rejected, bounces, at(Rejected, bounces).given(Given::SendAgain(words())), bounces, false);
        check(Open, bounces, at(Open, bounces).taken(answer()), bounces, false);
    }
}

#[test]
fn the_turn_passes_with_the_standing() {
    let turn = |moved: Result<Moved, EscalationRefusal>| moved.unwrap().turn;
    assert_eq!(turn(at(Open, 0).taken(Taken::Accept(String::new()))), Some(TurnOf::Holder));
    assert_eq!(turn(at(Open, 0).taken(Taken::AskBack(words()))), Some(TurnOf::Givers));
    assert_eq!(turn(at(NeedsInformation, 0).given(Given::Supply(words()))), Some(TurnOf::Holder));
    assert_eq!(turn(at(Open, 0).given(Given::Supply(words()))), None);
    assert_eq!(turn(at(Accepted, 0).taken(answer())), Some(TurnOf::Givers));
    assert_eq!(turn(at(Answered, 0).given(Given::SendAgain(words()))), Some(TurnOf::Holder));
    assert_eq!(turn(at(Open, 0).given(Given::Close(words()))), Some(TurnOf::Givers));
}

#[test]
fn words_are_there_and_not_too_long() {
    use EscalationRefusal as R;
    let blank = || " \n ".to_owned();
    let taken = |step| at(Open, 0).taken(step).unwrap_err();
    assert_eq!(taken(Taken::AskBack(blank())), R::NeedsQuestion);
    assert_eq!(taken(Taken::Reject(blank())), R::NeedsReason);
    assert_eq!(taken(Taken::Answer { customer_ready: blank(), beside: words() }), R::NeedsAnswer);
    assert_eq!(at(NeedsInformation, 0).given(Given::Supply(blank())).unwrap_err(), R::NeedsInformation);
    assert_eq!(at(Open, 0).given(Given::Close(blank())).unwrap_err(), R::NeedsDecision);
    assert!(at(Answered, 0).given(Given::Close(blank())).is_ok(), "an answer is reason enough");
    assert!(at(Open, 0).taken(Taken::Accept(blank())).is_ok());
    let long = |length| "ž".repeat(length);
    let answer = |length| Taken::Answer { customer_ready: long(length), beside: String::new() };
    assert_eq!(taken(answer(LONGEST + 1)), R::TooLong);
    assert!(at(Open, 0).taken(answer(LONGEST)).is_ok());
    assert_eq!(taken(Taken::Reject(long(LONGEST + 1))), R::TooLong);
    assert_eq!(at(Answered, 0).taken(Taken::Accept(words())).unwrap_err(), R::AnsweredBefore);
    assert_eq!(at(Closed, 0).taken(Taken::Accept(words())).unwrap_err(), R::Over);
}

#[test]
fn it_is_told_once_that_it_is_overdue() {
    let now = Instant::from_micros(100);
    let due = |needed: i64, standing| Escalation {
        needed_at: Some(Instant::from_micros(needed)),
        ..at(standing, 0)
    };
    let check = |escalation: Escalation, expected| assert_eq!(escalation.is_overdue(now), expected);
    check(at(Open, 0), false);
    check(due(101, Open), false);
    check(due(100, Open), true);
    check(due(100, NeedsInformation), true);
    check(due(100, Rejected), true);
    check(due(100, Answered), false);
    check(due(100, Closed), false);
    check(Escalation { overdue_at: Some(now), ..due(100, Open) }, false);
}
