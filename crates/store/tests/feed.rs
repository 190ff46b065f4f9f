//! The feed of changes: told after the commit, and never of what was undone.

use kernel::{CaseId, Fault, Instant};
use std::time::Duration;
use store::{Change, Event, Store, Tx, fresh};
use testkit::on_both_stores;
use tokio::{sync::broadcast::Receiver, time::timeout};

fn happened(tx: &mut Tx<'_>, case: CaseId) -> Result<(), Fault> {
    tx.record(&Event {
        at: Instant::from_micros(0),
        kind: "case.tested",
        client: None,
        engagement: None,
        case: Some(case),
        person: None,
        sentence: "It was tested.".to_owned(),
    })
}

/// PostgreSQL's listener connects on its own: from the first change heard on, none is missed.
pub(crate) async fn listening(store: &Store, feed: &mut Receiver<Change>) {
    loop {
        let case: CaseId = fresh();
        store.write(move |tx| happened(tx, case)).await.unwrap();
        let heard = async { while feed.recv().await.unwrap().case != Some(case) {} };
        if timeout(Duration::from_millis(200), heard).await.is_ok() {
            return;
        }
    }
}

#[test]
fn a_change_is_told_after_its_commit() {
    on_both_stores(|place| async move {
        let mut feed = place.store.changes();
        listening(&place.store, &mut feed).await;
        let (undone, kept): (CaseId, CaseId) = (fresh(), fresh());
        let undo = move |tx: &mut Tx<'_>| {
            happened(tx, undone)?;
            Err::<(), _>(Fault::new("it is undone"))
        };
        place.store.write(undo).await.unwrap_err();
        place.store.write(move |tx| happened(tx, kept)).await.unwrap();
        loop {
            let change = feed.recv().await.unwrap();
            assert_ne!(change.case, Some(undone), "what was undone is told");
            if change.case == Some(kept) {
                assert_eq!(change.kind, "case.tested");
                break;
            }
        }
        let events = place.store.read(move |tx| tx.events_of(kept, Instant::MAX, 10)).await.unwrap();
        assert_eq!(events.len(), 1, "what is told can be read");
    });
}

#[test]
fn the_newest_events_of_a_case_come_in_order() {
    on_both_stores(|place| async move {
        let case: CaseId = fresh();
        for nth in 0..5 {
            let event = move |tx: &mut Tx<'_>| {
                tx.record(&Event {
                    at: Instant::from_micros(nth),
                    kind: "case.tested",
                    client: None,
                    engagement: None,
                    case: Some(case),
                    person: None,
                    sentence: format!("It was tested {nth} times."),
                })
            };
            place.store.write(event).await.unwrap();
        }
        for (before, expected) in [(Instant::MAX, [2, 3, 4]), (Instant::from_micros(4), [1, 2, 3])] {
            let events = place.store.read(move |tx| tx.events_of(case, before, 3)).await.unwrap();
            assert_eq!(events.iter().map(|event| event.at.micros()).collect::<Vec<_>>(), expected);
        }
    });
}
