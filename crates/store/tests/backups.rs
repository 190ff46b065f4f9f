//! Backups: the same rows and blobs again, on either engine, or a refusal and nothing changed.

use flate2::{Compression, read::GzDecoder, write::GzEncoder};
use kernel::{BlobHash, Stop};
use std::{
    fs,
    io::Read,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, mpsc},
};
use store::{Backup, Blobs, Progress, Store, TABLES, Told, Tx, backup, restore, sql, table_hashes};
use testkit::{Place, World, both_stores, on_both_engines};

fn silent() -> Told {
    Arc::new(|_| {})
}

async fn hashes(store: &Store) -> Vec<(&'static str, String)> {
    store.read(table_hashes).await.unwrap()
}

/// A world in which something of every kind has happened.
async fn lived_in(place: Place) -> World {
    let world = World::on(place).await;
    let (eva, aurora) = ("Eva Novak <eva@customer.example>", "help@aurora.example");
    let mail = world
        .mail(eva, aurora, "Žluť? \"'", "It is\ttoo\\loud 🛴\u{0}")
        .with_html("<p>It is too loud</p>")
        .with_file("noise.wav", "audio/wav", &[0, 1, 2, 255]);
    let case = world.receive(&mail).await;
    world.reply("tiago", case, "We are on it.").await.unwrap();
    world.note("ines", case, "Only among us.").await.unwrap();
    world.draft("ines", case, "Half a").await.unwrap();
    world.session("ines").await;
    world.case_from_mail("hello@pip.example").await;
    world.arrive(&world.mail("a@b.example", aurora, "Not read yet", "It waits for its job.")).await;
    world
}

async fn backed_up(world: &World) -> (PathBuf, Backup) {
    let file = world.folder.path().join("backup.tar.gz");
    let made = backup(&world.desk.store, &world.desk.blobs, &file, silent()).await.unwrap();
    (file, made)
}

fn is_empty(blobs: &Blobs) -> bool {
    blobs.all().unwrap().is_empty()
}

async fn rows(store: &Store) -> i64 {
    let all = |tx: &mut Tx<'_>| {
        let entries: i64 = tx.value(sql!("select count(*) from search_entries"), &[])?;
        let persons: i64 = tx.value(sql!("select count(*) from persons"), &[])?;
        let settings: i64 = tx.value(sql!("select count(*) from installation"), &[])?;
        Ok::<_, kernel::Fault>(entries + persons + settings)
    };
    store.read(all).await.unwrap()
}

fn code(stop: Stop) -> &'static str {
    match stop {
        Stop::Refused(refused) => refused.code,
        Stop::Fault(fault) => panic!("a fault instead of a refusal: {fault}"),
    }
}

#[test]
fn what_is_restored_is_what_was_backed_up_whatever_the_engine() {
    on_both_engines_with_every_other(|world, target| async move {
        let (file, made) = backed_up(&world).await;
        let restored = restore(&file, &target.store, &target.blobs, silent()).await.unwrap();
        assert_eq!(restored, made);
        assert_eq!(hashes(&target.store).await, hashes(&world.desk.store).await);
        assert_eq!(target.blobs.all().unwrap(), world.desk.blobs.all().unwrap());
        for hash in target.blobs.all().unwrap() {
            assert_eq!(target.blobs.get(&hash).unwrap(), world.desk.blobs.get(&hash).unwrap());
        }
        let again = target.folder.path().join("again.tar.gz");
        backup(&target.store, &target.blobs, &again, silent()).await.unwrap();
        assert!(fs::read(&again).unwrap() == fs::read(&file).unwrap(), "a backup of it is the same file");
    });
}

/// From each engine to each.
fn on_both_engines_with_every_other<Ran>(test: impl Fn(World, Place) -> Ran)
where
    Ran: Future<Output = ()>,
{
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let engines = runtime.block_on(both_stores()).len();
    for (from, to) in (0..engines).flat_map(|from| (0..engines).map(move |to| (from, to))) {
        runtime.block_on(async {
            let source = lived_in(both_stores().await.swap_remove(from)).await;
            let target = both_stores().await.swap_remove(to);
            let _folders = (Arc::clone(&source.folder), Arc::clone(&target.folder));
            test(source, target).await;
        });
    }
}

#[test]
fn a_restored_installation_is_searched_and_goes_on() {
    on_both_engines_with_every_other(|world, target| async move {
        let (file, _) = backed_up(&world).await;
        restore(&file, &target.store, &target.blobs, silent()).await.unwrap();
        let engagements = [world.aurora.partner, world.pip.partner];
        let words = vec![vec!["stopped".to_owned()]];
        let search = move |tx: &mut Tx<'_>| tx.search(&engagements, &words, None, 10);
        let before = world.desk.store.read(search.clone()).await.unwrap();
        assert_eq!(before.len(), 1);
        assert_eq!(target.store.read(search.clone()).await.unwrap(), before);
        let going_on = world.moved_to(target).await;
        going_on.run_jobs().await;
        let case = going_on.case_from_mail("help@aurora.example").await;
        let found = going_on.desk.store.read(search).await.unwrap();
        assert_eq!(found.iter().map(|found| found.case).collect::<Vec<_>>(), [case, before[0].case]);
    });
}

/// While the tables are read, mails come in after each of them; none of that is in the backup.
#[test]
fn everybody_works_on_while_a_backup_is_made() {
    on_both_engines(|world| async move {
        world.case_from_mail("help@aurora.example").await;
        let before = hashes(&world.desk.store).await;
        let (tell, mut told) = tokio::sync::mpsc::unbounded_channel();
        let (went_on, go_on) = mpsc::channel();
        let go_on = Mutex::new(go_on);
        let telling: Told = Arc::new(move |progress| {
            if matches!(progress, Progress::Table { .. }) {
                tell.send(progress).unwrap();
                go_on.lock().unwrap().recv().unwrap();
            }
        });
        let file = world.folder.path().join("backup.tar.gz");
        let (store, blobs, path) = (world.desk.store.clone(), world.desk.blobs.clone(), file.clone());
        let making = tokio::spawn(async move { backup(&store, &blobs, &path, telling).await });
        let mut tables = 0;
        while told.recv().await.is_some() {
            tables += 1;
            world.case_from_mail("help@aurora.example").await;
            went_on.send(()).unwrap();
        }
        let made = making.await.unwrap().unwrap();
        assert_eq!(tables, TABLES.len());
        assert_ne!(hashes(&world.desk.store).await, before);
        let cases = made.tables.iter().find(|(table, _)| table == "cases").unwrap();
        assert_eq!(cases.1, 1, "the cases that came in meanwhile are not in it");
        let target = Place::on_sqlite().await;
        restore(&file, &target.store, &target.blobs, silent()).await.unwrap();
        assert_eq!(hashes(&target.store).await, before);
    });
}

#[test]
fn a_backup_is_never_overwritten() {
    on_both_engines(|world| async move {
        let (file, made) = backed_up(&world).await;
        let again = backup(&world.desk.store, &world.desk.blobs, &file, silent()).await;
        assert_eq!(code(again.unwrap_err()), "backup.file_exists");
        assert_eq!(fs::metadata(&file).unwrap().len(), made.size);
        let nowhere = world.folder.path().join("missing/backup.tar.gz");
        let fault = backup(&world.desk.store, &world.desk.blobs, &nowhere, silent()).await.unwrap_err();
        assert!(matches!(fault, Stop::Fault(_)), "{fault}");
    });
}

#[test]
fn only_an_empty_database_is_filled() {
    on_both_engines(|world| async move {
        let (file, _) = backed_up(&world).await;
        let before = hashes(&world.desk.store).await;
        let refused = restore(&file, &world.desk.store, &world.desk.blobs, silent()).await.unwrap_err();
        assert_eq!(code(refused), "backup.not_empty");
        assert_eq!(hashes(&world.desk.store).await, before);
    });
}

#[test]
fn a_database_at_another_step_is_not_filled() {
    on_both_engines(|world| async move {
        let (file, _) = backed_up(&world).await;
        for target in both_stores().await {
            let step = |tx: &mut Tx<'_>| {
                tx.run(sql!("insert into schema_steps (name) values ('9998_next')"), &[]).map(drop)
            };
            target.store.write(step).await.unwrap();
            let refused = restore(&file, &target.store, &target.blobs, silent()).await.unwrap_err();
            assert_eq!(code(refused), "backup.other_schema");
            assert_eq!((rows(&target.store).await, is_empty(&target.blobs)), (0, true));
        }
    });
}

/// Tries to restore from these bytes, into a database that must be as empty afterwards.
async fn check_refused(target: &Place, name: &str, bytes: &[u8], expected: &[&str]) {
    let file = target.folder.path().join("tried.tar.gz");
    fs::write(&file, bytes).unwrap();
    let refused = restore(&file, &target.store, &target.blobs, silent()).await;
    let refused = refused.err().unwrap_or_else(|| panic!("{name} was taken"));
    let code = code(refused);
    assert!(expected.contains(&code), "{name}: {code}");
    assert_eq!((rows(&target.store).await, is_empty(&target.blobs)), (0, true), "{name}");
}

#[tokio::test]
async fn what_is_no_backup_is_refused() {
    let target = Place::on_sqlite().await;
    let check = async |name: &str, bytes: &[u8]| {
        check_refused(&target, name, bytes, &["backup.not_one", "backup.damaged"]).await;
    };
    check("nothing", b"").await;
    check("a text", b"Dear all,\n").await;
    check("a tar of something else", &packed(&[("notes.txt".to_owned(), b"notes".to_vec())])).await;
    check("a compressed text", &compressed(b"Dear all,\n")).await;
    let missing = target.folder.path().join("missing");
    let refused = restore(&missing, &target.store, &target.blobs, silent()).await.unwrap_err();
    assert_eq!(code(refused), "backup.not_one");
}

#[tokio::test]
async fn a_damaged_backup_is_refused_and_nothing_is_changed() {
    let world = lived_in(Place::on_sqlite().await).await;
    let (file, _) = backed_up(&world).await;
    let whole = fs::read(&file).unwrap();
    let target = Place::on_sqlite().await;
    let damaged = ["backup.damaged", "backup.not_one", "backup.newer_format", "backup.other_schema"];
    let content_of_whole = decompressed(&whole).unwrap();
    // Three hundred bytes apart, so that every part of the file is met; the last eight hold the checksum.
    let places = (0..whole.len()).step_by(300).chain(whole.len() - 8..whole.len());
    for at in places {
        check_refused(&target, &format!("cut at {at}"), &whole[..at], &damaged).await;
        let mut changed = whole.clone();
        changed[at] ^= 0x20;
        // Some bits say when and how it was compressed, or repeat what stands in two places: what comes out is the same.
        if decompressed(&changed).is_none_or(|content| content != content_of_whole) {
            check_refused(&target, &format!("changed at {at}"), &changed, &damaged).await;
        }
    }
    restore(&file, &target.store, &target.blobs, silent()).await.unwrap();
}

type Entries = Vec<(String, Vec<u8>)>;

/// A way to falsify a backup, and the code of the refusal.
type Falsified = (&'static str, fn(&mut Entries), &'static str);

#[tokio::test]
async fn a_falsified_backup_is_refused_and_nothing_is_changed() {
    let world = lived_in(Place::on_sqlite().await).await;
    let (file, _) = backed_up(&world).await;
    let target = Place::on_sqlite().await;
    let ways: [Falsified; 8] = [
        ("a row more", |all| entry(all, "tables/clients/").extend_from_slice(b"[]\n"), "backup.damaged"),
        ("a word changed", |all| swap(all, "tables/clients/", "Aurora", "Borealis"), "backup.damaged"),
        ("a table missing", |all| all.retain(|(name, _)| !name.contains("/cases/")), "backup.damaged"),
        ("a blob missing", |all| drop(all.remove(first(all, "blobs/"))), "backup.damaged"),
        ("a blob changed", |all| entry(all, "blobs/").push(b'x'), "backup.damaged"),
        (
            "an unknown table",
            |all| entry_name(all, "tables/clients/", "tables/secrets/1.jsonl"),
            "backup.damaged",
        ),
        ("no manifest", |all| drop(all.pop()), "backup.damaged"),
        (
            "a newer form",
            |all| swap(all, "format.json", "\"format\":1", "\"format\":2"),
            "backup.newer_format",
        ),
    ];
    for (name, falsify, expected) in ways {
        let mut entries = unpacked(&file);
        falsify(&mut entries);
        check_refused(&target, name, &packed(&entries), &[expected]).await;
    }
}

fn first(all: &Entries, begin: &str) -> usize {
    all.iter().position(|(name, _)| name.starts_with(begin)).unwrap()
}

fn entry<'a>(all: &'a mut Entries, begin: &str) -> &'a mut Vec<u8> {
    let at = first(all, begin);
    &mut all[at].1
}

fn entry_name(all: &mut Entries, begin: &str, name: &str) {
    let at = first(all, begin);
    all[at].0 = name.to_owned();
}

fn swap(all: &mut Entries, begin: &str, from: &str, to: &str) {
    let content = entry(all, begin);
    let text = String::from_utf8(content.clone()).unwrap();
    assert!(text.contains(from));
    *content = text.replace(from, to).into_bytes();
}

fn unpacked(file: &Path) -> Entries {
    let mut tar = tar::Archive::new(GzDecoder::new(fs::File::open(file).unwrap()));
    let entries = tar.entries().unwrap().map(|entry| {
        let mut entry = entry.unwrap();
        let mut content = Vec::new();
        entry.read_to_end(&mut content).unwrap();
        (entry.path().unwrap().to_string_lossy().into_owned(), content)
    });
    entries.collect()
}

fn packed(entries: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut tar = tar::Builder::new(Vec::new());
    for (name, content) in entries {
        let mut header = tar::Header::new_gnu();
        header.set_size(content.len() as u64);
        tar.append_data(&mut header, name, content.as_slice()).unwrap();
    }
    compressed(&tar.into_inner().unwrap())
}

fn decompressed(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut content = Vec::new();
    GzDecoder::new(bytes).read_to_end(&mut content).ok()?;
    Some(content)
}

fn compressed(bytes: &[u8]) -> Vec<u8> {
    let mut gzip = GzEncoder::new(Vec::new(), Compression::fast());
    std::io::Write::write_all(&mut gzip, bytes).unwrap();
    gzip.finish().unwrap()
}

#[tokio::test]
async fn the_file_holds_what_the_reference_says() {
    let world = lived_in(Place::on_sqlite().await).await;
    let (file, made) = backed_up(&world).await;
    let entries = unpacked(&file);
    assert_eq!(entries.first().map(|(name, _)| name.as_str()), Some("format.json"));
    assert_eq!(entries.last().map(|(name, _)| name.as_str()), Some("manifest.json"));
    let (_, persons) = entries.iter().find(|(name, _)| name == "tables/persons/000001.jsonl").unwrap();
    let persons = String::from_utf8(persons.clone()).unwrap();
    assert_eq!(persons.lines().count(), 11);
    assert!(persons.lines().all(|line| line.starts_with('[') && line.ends_with(']')));
    let blobs: Vec<BlobHash> =
        entries.iter().filter_map(|(name, _)| BlobHash::new(name.strip_prefix("blobs/")?)).collect();
    assert_eq!(blobs, world.desk.blobs.all().unwrap());
    assert_eq!(made.blobs as usize, blobs.len());
    assert_eq!(made.tables.iter().map(|(table, _)| table.as_str()).collect::<Vec<_>>(), TABLES);
}
