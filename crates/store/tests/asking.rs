//! Asking for several things at once: the answers are those that each question alone has.

use kernel::Fault;
use store::{Param, Row, Store, Tx, sql};
use testkit::on_both_stores;

async fn settings(store: &Store) {
    let write = |tx: &mut Tx<'_>| {
        ["one", "two", "three"].iter().try_for_each(|key| tx.set(key, &format!("{key} is set")))
    };
    store.write(write).await.unwrap();
}

fn value(tx: &mut Tx<'_>, key: &str) -> Result<Option<String>, Fault> {
    tx.maybe(sql!("select value from installation where key = $1"), &[&key], Row::take)
}

/// Two questions, the second made from the answer to the first.
fn chained(tx: &mut Tx<'_>) -> Result<Option<String>, Fault> {
    let first = value(tx, "two")?.unwrap_or_default();
    value(tx, first.split(' ').next().unwrap_or_default())
}

#[test]
fn one_statement_is_asked_for_several_in_their_order() {
    on_both_stores(|place| async move {
        settings(&place.store).await;
        let found = |tx: &mut Tx<'_>| {
            let keys = ["three", "missing", "one", "three"];
            let sets: Vec<_> = keys.iter().map(|key| -> Vec<&dyn Param> { vec![key] }).collect();
            let text = sql!("select value from installation where key = $1");
            let found: Vec<Vec<String>> = tx.lists(text, &sets, Row::take)?;
            let none: Vec<Vec<String>> = tx.lists(text, &[], Row::take)?;
            assert!(none.is_empty());
            Ok::<_, Fault>(found)
        };
        let found = place.store.read(found).await.unwrap();
        assert_eq!(found, [vec!["three is set"], vec![], vec!["one is set"], vec!["three is set"]]);
    });
}

#[test]
fn what_is_asked_together_is_answered_as_if_it_were_asked_alone() {
    on_both_stores(|place| async move {
        settings(&place.store).await;
        let together = |tx: &mut Tx<'_>| {
            let inner = |tx: &mut Tx<'_>| {
                tx.together((|tx: &mut Tx<'_>| value(tx, "one"), |_: &mut Tx<'_>| Ok::<_, Fault>(7), chained))
            };
            tx.together((
                |tx: &mut Tx<'_>| value(tx, "one"),
                inner,
                chained,
                |tx: &mut Tx<'_>| value(tx, "missing"),
            ))
        };
        let ((one, (again, seven, inner), outer, missing), after) =
            place.store.read(move |tx| Ok::<_, Fault>((together(tx)?, value(tx, "three")?))).await.unwrap();
        let is = |key: &str| Some(format!("{key} is set"));
        assert_eq!((one, again, seven), (is("one"), is("one"), 7));
        assert_eq!((inner, outer, missing, after), (is("two"), is("two"), None, is("three")));
    });
}

#[test]
fn a_question_asked_together_that_fails_is_a_fault() {
    on_both_stores(|place| async move {
        settings(&place.store).await;
        let wrong = |tx: &mut Tx<'_>| {
            let number = |tx: &mut Tx<'_>| {
                tx.value::<i64>(sql!("select value from installation where key = $1"), &[&"one"])
            };
            tx.together((number, |tx: &mut Tx<'_>| value(tx, "two")))
        };
        let fault = place.store.read(wrong).await.unwrap_err();
        assert!(fault.to_string().contains("holds a text"), "{fault}");
    });
}

/// Inside a write, what was written before is seen.
#[test]
fn a_write_that_asks_together_sees_its_own_changes() {
    on_both_stores(|place| async move {
        let write = |tx: &mut Tx<'_>| {
            tx.set("one", "new")?;
            tx.together((|tx: &mut Tx<'_>| value(tx, "one"), |tx: &mut Tx<'_>| value(tx, "two")))
        };
        assert_eq!(place.store.write(write).await.unwrap(), (Some("new".to_owned()), None));
    });
}
