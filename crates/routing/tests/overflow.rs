//! Overflow goes on and off once, and stops at its cap.

use routing::{Overflow, OverflowRule, Stream};
use std::time::Duration;

const MINUTE: Duration = Duration::from_secs(60);
const RULE: OverflowRule =
    OverflowRule { wait: Duration::from_secs(600), queue: 20, ends_below: 50, daily_cap: 3 };

#[test]
fn a_wait_that_goes_up_and_down_around_the_bound_switches_once() {
    let mut overflow = Overflow::default();
    let mut switches = 0;
    // Twenty times over ten minutes and under again, then down to three.
    let waits = (0..40).map(|n| if n % 2 == 0 { 11 } else { 9 }).chain([4, 3, 9, 9]);
    for wait in waits {
        let looked = overflow.looked(&RULE, MINUTE * wait, 5);
        switches += u32::from(looked.is_on != overflow.is_on);
        overflow = looked;
    }
    assert_eq!((switches, overflow.is_on), (2, false));
}

#[test]
fn either_bound_begins_it_and_both_must_be_gone() {
    let on = Overflow::default().looked(&RULE, MINUTE, 21);
    assert!(on.is_on);
    assert!(on.looked(&RULE, MINUTE, 10).is_on);
    assert!(on.looked(&RULE, MINUTE * 5, 9).is_on);
    assert!(!on.looked(&RULE, MINUTE * 4, 9).is_on);
    assert!(!Overflow::default().looked(&RULE, MINUTE * 10, 20).is_on);
}

#[test]
fn the_cap_holds_until_the_next_day() {
    let mut overflow = Overflow { is_on: true, sent_today: 0 };
    let mut streams = Vec::new();
    for _ in 0..4 {
        let (stream, next) = overflow.next(&RULE);
        streams.push(stream);
        overflow = next;
    }
    assert_eq!(streams, [Stream::Partner, Stream::Partner, Stream::Partner, Stream::Capped]);
    assert_eq!(overflow.new_day().next(&RULE).0, Stream::Partner);
    assert_eq!(Overflow::default().next(&RULE).0, Stream::Client);
}
