//! The schema: from empty to current, the same on both engines, and what it was when it was last looked at.

use kernel::Fault;
use std::{env, fmt::Write, fs, path::Path};
use store::{Engine, Store, Tx, migrations, sql};
use testkit::{Place, both_stores, on_both_stores};

const DUMP: &str = "schema.txt";

fn described(tx: &mut Tx<'_>) -> Result<String, Fault> {
    let mut text = String::new();
    for column in tx.schema()? {
        let null = if column.may_be_null { ", may be null" } else { "" };
        writeln!(text, "{} {}: {}{null}", column.table, column.name, column.kind).map_err(Fault::new)?;
    }
    for index in tx.indexes()? {
        writeln!(text, "{index}: index").map_err(Fault::new)?;
    }
    Ok(text)
}

/// A test of one text on both engines; what they answer is compared here rather than inside.
#[test]
fn the_schema_is_the_same_on_both_engines_and_as_it_was_committed() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let dump = Path::new(env!("CARGO_MANIFEST_DIR")).join(DUMP);
    for place in runtime.block_on(both_stores()) {
        let found = runtime.block_on(place.store.read(described)).unwrap();
        if env::var_os("DRAGOMAN_BLESS").is_some() {
            fs::write(&dump, &found).unwrap();
        }
        let committed = fs::read_to_string(&dump).unwrap_or_default();
        let differs = |a: &str, b: &str| -> Vec<String> {
            a.lines().filter(|line| !b.lines().any(|other| other == *line)).map(str::to_owned).collect()
        };
        let (more, less) = (differs(&found, &committed), differs(&committed, &found));
        assert!(
            found == committed,
            "{}: more: {more:#?} less: {less:#?}; run with DRAGOMAN_BLESS=1 if this is meant",
            place.engine
        );
    }
}

#[test]
fn every_step_is_taken_once() {
    on_both_stores(|place| async move {
        let steps: Vec<&str> = migrations().iter().map(|step| step.name).collect();
        assert_eq!(place.store.missing_steps().await.unwrap(), Vec::<String>::new());
        assert_eq!(place.store.migrate().await.unwrap(), Vec::<String>::new());
        let taken = place.store.read(|tx| {
            tx.list(sql!("select name from schema_steps order by name"), &[], store::Row::take::<String>)
        });
        assert_eq!(taken.await.unwrap(), steps);
    });
}

#[tokio::test]
async fn an_empty_database_lacks_every_step() {
    let place = Place::on_sqlite().await;
    let empty = Store::open(Engine::Sqlite(place.folder.path().join("empty.db"))).unwrap();
    assert_eq!(empty.missing_steps().await.unwrap().len(), migrations().len());
    assert_eq!(empty.migrate().await.unwrap().len(), migrations().len());
}

#[test]
fn a_newer_schema_is_refused() {
    on_both_stores(|place| async move {
        let add = |tx: &mut Tx<'_>| {
            tx.run(sql!("insert into schema_steps (name) values ('9999_tomorrow')"), &[]).map(drop)
        };
        place.store.write(add).await.unwrap();
        let fault = place.store.migrate().await.unwrap_err().to_string();
        assert!(fault.contains("9999_tomorrow") && fault.contains("newer version"), "{fault}");
        let fault = Store::open_current(place.store.engine().clone()).await.err().unwrap().to_string();
        assert!(fault.contains("newer version"), "{fault}");
    });
}
