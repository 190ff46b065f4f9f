//! Writing: what is committed together, what is undone alone, and what happens when two write the same.

use kernel::Fault;
use store::{Store, Tx, sql};
use testkit::{Place, on_both_stores};
use tokio::task::JoinSet;

async fn setting(store: &Store, key: &'static str) -> Option<String> {
    store.read(move |tx| tx.setting(key)).await.unwrap()
}

async fn settings_like(store: &Store, begin: &'static str) -> i64 {
    let count = move |tx: &mut Tx<'_>| {
        tx.value(sql!("select count(*) from installation where key like $1"), &[&format!("{begin}%")])
    };
    store.read(count).await.unwrap()
}

/// What one of many closures does once it has written.
#[derive(Clone, Copy)]
enum Ends {
    Well,
    Badly,
    InPanic,
}

async fn write(store: Store, nth: usize, ends: Ends) -> bool {
    let work = move |tx: &mut Tx<'_>| {
        tx.set(&format!("nth {nth}"), "written")?;
        match ends {
            Ends::Well => Ok(()),
            Ends::Badly => Err(Fault::new("it ends badly")),
            Ends::InPanic => panic!("it ends in panic, as the test wants"),
        }
    };
    store.write(work).await.is_ok()
}

#[test]
fn a_closure_that_fails_undoes_only_itself() {
    on_both_stores(|place| async move {
        let mut writes = JoinSet::new();
        for nth in 0..120 {
            let ends = match nth % 10 {
                3 => Ends::Badly,
                7 => Ends::InPanic,
                _ => Ends::Well,
            };
            writes.spawn(write(place.store.clone(), nth, ends));
        }
        let ended = writes.join_all().await;
        assert_eq!(ended.iter().filter(|well| **well).count(), 96);
        assert_eq!(settings_like(&place.store, "nth ").await, 96);
        assert_eq!(settings_like(&place.store, "nth 3").await, 8, "30 to 39 without 33 and 37, and not 3");
    });
}

#[test]
fn what_was_answered_is_there_when_the_database_is_opened_again() {
    on_both_stores(|place| async move {
        place.store.write(|tx| tx.set("colour", "teal")).await.unwrap();
        let again = Store::open_current(place.store.engine().clone()).await.unwrap();
        assert_eq!(setting(&again, "colour").await.as_deref(), Some("teal"));
    });
}

async fn count_up(store: Store, times: usize) {
    for _ in 0..times {
        let up = |tx: &mut Tx<'_>| {
            let so_far: i64 = tx.setting("counter")?.unwrap_or_default().parse().unwrap_or(0);
            tx.set("counter", &(so_far + 1).to_string())
        };
        store.write(up).await.unwrap();
    }
}

#[test]
fn counters_that_read_and_then_write_end_exact() {
    on_both_stores(|place| async move {
        let mut counting = JoinSet::new();
        for _ in 0..4 {
            counting.spawn(count_up(place.store.clone(), 25));
        }
        counting.join_all().await;
        assert_eq!(setting(&place.store, "counter").await.as_deref(), Some("100"));
    });
}

/// PostgreSQL keeps nothing once a statement was refused, whatever the closure answers. So it is on both engines.
#[test]
fn a_refused_statement_can_not_be_passed_over() {
    on_both_stores(|place| async move {
        let over = |tx: &mut Tx<'_>| {
            tx.set("before", "written")?;
            let refused = tx.run(sql!("insert into installation (key) values ('no value')"), &[]);
            assert!(refused.is_err());
            Ok::<_, Fault>(())
        };
        let fault = place.store.write(over).await.unwrap_err().to_string();
        assert!(fault.contains("refused"), "{fault}");
        assert_eq!(setting(&place.store, "before").await, None);
        place.store.write(|tx| tx.set("after", "written")).await.unwrap();
        assert_eq!(setting(&place.store, "after").await.as_deref(), Some("written"));
    });
}

#[test]
fn a_fault_names_the_statement() {
    on_both_stores(|place| async move {
        let twice = |tx: &mut Tx<'_>| {
            let insert = sql!("insert into installation (key, value) values ('key', '')");
            tx.run(insert, &[])?;
            tx.run(insert, &[]).map(drop)
        };
        let fault = place.store.write::<_, Fault, _>(twice).await.unwrap_err().to_string();
        assert!(fault.contains("tests/writing.rs:"), "{fault}");
    });
}

#[test]
fn a_reader_can_not_write() {
    on_both_stores(|place| async move {
        assert!(place.store.read(|tx| tx.set("key", "value")).await.is_err());
        assert_eq!(setting(&place.store, "key").await, None);
    });
}

#[test]
fn every_text_is_kept_alike() {
    on_both_stores(|place: Place| async move {
        for (text, kept) in
            [("", ""), ("žluť 🛴\r\n\t'\"\\", "žluť 🛴\r\n\t'\"\\"), ("a\0b\0", "a\u{fffd}b\u{fffd}")]
        {
            place.store.write(move |tx| tx.set("text", text)).await.unwrap();
            assert_eq!(setting(&place.store, "text").await.as_deref(), Some(kept));
        }
    });
}

/// A reader sees one state, whatever is written while it reads.
#[test]
fn a_reader_sees_one_state() {
    on_both_stores(|place| async move {
        let (reading, read) = std::sync::mpsc::channel();
        let (written, go_on) = std::sync::mpsc::channel();
        let go_on = std::sync::Mutex::new(go_on);
        place.store.write(|tx| tx.set("state", "old")).await.unwrap();
        let store = place.store.clone();
        let reader = tokio::spawn(async move {
            let twice = move |tx: &mut Tx<'_>| {
                let first = tx.setting("state")?;
                reading.send(()).map_err(Fault::new)?;
                go_on.lock().expect("nobody else has it").recv().map_err(Fault::new)?;
                Ok::<_, Fault>((first, tx.setting("state")?))
            };
            store.read(twice).await.unwrap()
        });
        tokio::task::spawn_blocking(move || read.recv()).await.unwrap().unwrap();
        place.store.write(|tx| tx.set("state", "new")).await.unwrap();
        written.send(()).unwrap();
        let old = Some("old".to_owned());
        assert_eq!(reader.await.unwrap(), (old.clone(), old));
    });
}
