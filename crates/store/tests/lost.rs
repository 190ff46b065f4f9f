//! A server that restarts: nobody sees more of it than a pause.

use kernel::Fault;
use std::time::Duration;
use store::{Engine, MISSED, Tx};
use testkit::on_both_stores;
use tokio::{task::JoinSet, time::timeout};

#[test]
fn after_the_server_cut_every_connection_reads_and_writes_go_on() {
    on_both_stores(|place| async move {
        if matches!(place.store.engine(), Engine::Sqlite(_)) {
            return;
        }
        let ask = |nth: usize| {
            let store = place.store.clone();
            async move {
                let key = format!("nth {nth}");
                store
                    .write({
                        let key = key.clone();
                        move |tx: &mut Tx<'_>| tx.set(&key, "written")
                    })
                    .await?;
                store.read(move |tx| tx.setting(&key)).await
            }
        };
        for round in 0..3 {
            let mut asked = JoinSet::new();
            (0..40).for_each(|nth| drop(asked.spawn(ask(round * 40 + nth))));
            let answers: Vec<Result<Option<String>, Fault>> = asked.join_all().await;
            assert!(answers.iter().all(|answer| matches!(answer, Ok(Some(_)))), "{answers:?}");
            place.store.cut_test_connections().await.unwrap();
        }
    });
}

#[test]
fn whoever_listens_hears_that_changes_may_have_been_missed() {
    on_both_stores(|place| async move {
        if matches!(place.store.engine(), Engine::Sqlite(_)) {
            return;
        }
        let mut feed = place.store.changes();
        crate::feed::listening(&place.store, &mut feed).await;
        place.store.cut_test_connections().await.unwrap();
        let missed = async { while feed.recv().await.unwrap().kind != MISSED {} };
        timeout(Duration::from_secs(30), missed).await.unwrap();
    });
}
