//! A page goes from level to level until somebody takes it.

use crate::instant;
use coverage::on_call::{Level, NotTheirs, Page, Trail};
use kernel::{Id, Instant, PersonId};
use std::time::Duration;

const MINUTE: Duration = Duration::from_secs(60);

fn person(number: u128) -> PersonId {
    PersonId::from_uuid(uuid::Uuid::from_u128(number))
}

fn levels() -> Vec<Level> {
    let level = |people: &[u128], minutes: u32| Level {
        people: people.iter().map(|number| person(*number)).collect(),
        within: MINUTE * minutes,
    };
    vec![level(&[1], 5), level(&[], 5), level(&[2, 3], 10)]
}

fn night() -> Instant {
    instant("2026-11-23T02:00:00Z")
}

#[test]
fn nobody_answers_and_the_next_level_is_called() {
    let mut page = Page::begin(levels(), night());
    page.tick(night().plus(MINUTE * 4));
    assert_eq!(page.trail(), [Trail::Called { level: 0, at: night() }]);
    assert_eq!(page.next_at(), Some(night().plus(MINUTE * 5)));
    // The server was down for an hour: the trail says what was due when. Nobody is on call on the second level.
    page.tick(night().plus(MINUTE * 60));
    assert_eq!(
        page.trail(),
        [
            Trail::Called { level: 0, at: night() },
            Trail::Called { level: 2, at: night().plus(MINUTE * 5) },
            Trail::Unanswered { at: night().plus(MINUTE * 15) },
        ]
    );
    assert_eq!(page.next_at(), None);
    // Late is better than never.
    assert_eq!(page.acknowledge(person(1), night().plus(MINUTE * 61)), Ok(()));
    assert_eq!(page.acknowledged(), Some(person(1)));
}

#[test]
fn whoever_was_called_may_take_it_and_the_first_has_it() {
    let mut page = Page::begin(levels(), night());
    assert_eq!(page.acknowledge(person(2), night().plus(MINUTE)), Err(NotTheirs::NotCalled));
    assert_eq!(page.acknowledge(person(3), night().plus(MINUTE * 6)), Ok(()));
    assert_eq!(page.acknowledge(person(3), night().plus(MINUTE * 7)), Ok(()));
    assert_eq!(
        page.acknowledge(person(1), night().plus(MINUTE * 7)),
        Err(NotTheirs::Acknowledged(person(3)))
    );
    page.tick(night().plus(MINUTE * 90));
    assert_eq!(page.trail().len(), 3);
}

#[test]
fn where_nobody_is_on_call_it_is_unanswered_at_once() {
    let page = Page::begin(Vec::new(), night());
    assert_eq!(page.trail(), [Trail::Unanswered { at: night() }]);
}
