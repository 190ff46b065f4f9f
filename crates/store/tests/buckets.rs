//! Blobs in a bucket of a real S3 server: the same promises as a folder's, and what its server may refuse.

use std::{fs, net::TcpListener, sync::Arc};
use store::{Addressing, Blobs, BucketSettings, backup, restore};
use tempfile::TempDir;
use testkit::{BucketServer, Place, World};

const ABC: &str = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

fn bucket(settings: &BucketSettings) -> (TempDir, Blobs) {
    let folder = TempDir::new().unwrap();
    let blobs = Blobs::in_bucket(settings, folder.path()).unwrap();
    (folder, blobs)
}

#[test]
fn a_bucket_keeps_what_a_folder_keeps() {
    let server = BucketServer::new();
    let (_folder, blobs) = bucket(&server.settings("desk/one"));
    blobs.probe().unwrap();
    assert!(blobs.all().unwrap().is_empty(), "a probe leaves nothing");
    let hash = blobs.put(b"abc").unwrap();
    assert_eq!(hash.as_str(), ABC);
    assert_eq!(blobs.put(b"abc").unwrap(), hash, "the same bytes again");
    let empty = blobs.put(b"").unwrap();
    let long: Vec<u8> = (0..9_000_000_u32).map(|at| at.to_le_bytes()[1]).collect();
    let long_hash = blobs.put(&long).unwrap();
    assert_eq!(blobs.get(&hash).unwrap(), b"abc");
    let mut reading = blobs.reading(&hash).unwrap();
    assert_eq!((reading.size(), reading.next_piece().unwrap()), (3, Some(b"abc".to_vec())));
    assert_eq!(reading.next_piece().unwrap(), None);
    assert_eq!(blobs.get(&empty).unwrap(), b"");
    assert!(blobs.get(&long_hash).unwrap() == long);
    assert_eq!(blobs.beginning(&long_hash, 70_000).unwrap(), &long[..70_000]);
    assert_eq!(blobs.beginning(&hash, 70_000).unwrap(), b"abc");
    let mut all = vec![hash, empty, long_hash];
    all.sort_by(|a, b| a.as_str().cmp(b.as_str()));
    assert_eq!(blobs.all().unwrap(), all);
    let (_other_folder, other) = bucket(&server.settings("desk/two"));
    assert!(other.all().unwrap().is_empty(), "another prefix is another place");
}

#[test]
fn a_mail_that_came_in_leaves_this_machine() {
    let server = BucketServer::new();
    let (_folder, blobs) = bucket(&server.settings(""));
    let file = blobs.incoming().join("1");
    fs::write(&file, b"abc").unwrap();
    assert_eq!(blobs.adopt(&file).unwrap().as_str(), ABC);
    assert!(!file.exists());
    fs::write(&file, b"abc").unwrap();
    assert_eq!(blobs.adopt(&file).unwrap().as_str(), ABC, "the same file again");
    assert_eq!(server.objects().len(), 1);
}

#[test]
fn a_mail_stays_on_this_machine_while_the_bucket_is_away() {
    let mut server = BucketServer::new();
    let (_folder, blobs) = bucket(&server.settings(""));
    server.end();
    let file = blobs.incoming().join("1");
    fs::write(&file, b"abc").unwrap();
    assert!(blobs.adopt(&file).is_err());
    assert!(file.exists());
}

#[test]
fn many_may_put_at_once() {
    let server = BucketServer::new();
    let (_folder, blobs) = bucket(&server.settings(""));
    let threads: Vec<_> = (0..8_u8)
        .map(|at| {
            let blobs = blobs.clone();
            std::thread::spawn(move || (blobs.put(&[7; 300_000]).unwrap(), blobs.put(&[at]).unwrap()))
        })
        .collect();
    let kept: Vec<_> = threads.into_iter().map(|thread| thread.join().unwrap()).collect();
    assert!(kept.iter().all(|(same, _)| *same == kept[0].0));
    assert_eq!(blobs.all().unwrap().len(), 9);
}

#[test]
fn what_a_server_refuses_is_said_in_plain_words() {
    let server = BucketServer::new();
    let good = server.settings("desk");
    let free = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let check = |settings: BucketSettings, sentence: &str, hint: &str| {
        let (_folder, blobs) = bucket(&settings);
        for fault in [
            blobs.probe().unwrap_err(),
            blobs.put(b"abc").unwrap_err(),
            blobs.all().unwrap_err(),
            blobs.get(&store::blob_hash(b"abc")).unwrap_err(),
        ] {
            assert!(fault.sentence().contains(sentence), "{}", fault.sentence());
            assert!(fault.hint().contains(hint), "{}", fault.hint());
            assert!(!fault.to_string().contains('<'), "no raw answer of the server: {fault}");
        }
    };
    check(
        BucketSettings { url: "s3://other".into(), ..good.clone() },
        "There is no bucket other",
        "Make the bucket",
    );
    check(
        BucketSettings { key_id: "wrong".into(), ..good.clone() },
        "We may not use the bucket mails",
        "S3_KEY_ID",
    );
    let away = BucketSettings { endpoint: Some(format!("http://{free}")), ..good };
    check(away, "can't be reached", "DRAGOMAN_S3_ENDPOINT");
}

#[test]
fn an_address_that_is_none_is_refused_at_once() {
    let settings = |url: &str, endpoint: &str| BucketSettings {
        url: url.to_owned(),
        endpoint: Some(endpoint.to_owned()),
        region: "eu".to_owned(),
        key_id: "k".to_owned(),
        secret: "s".to_owned(),
        addressing: Addressing::Path,
    };
    let check = |url: &str, endpoint: &str, sentence: &str| {
        let folder = TempDir::new().unwrap();
        let fault = Blobs::in_bucket(&settings(url, endpoint), folder.path()).unwrap_err();
        assert!(fault.sentence().contains(sentence), "{url} {endpoint}: {fault}");
    };
    check("s3://", "https://s3.example", "no address of a bucket");
    check("s3:///prefix", "https://s3.example", "no address of a bucket");
    check("s3://two words", "https://s3.example", "no address of a bucket");
    check("file:///tmp", "https://s3.example", "no address of a bucket");
}

#[test]
fn a_damaged_or_lost_object_is_never_taken_for_the_blob() {
    let server = BucketServer::new();
    let (_folder, blobs) = bucket(&server.settings("desk"));
    let hash = blobs.put(b"abc").unwrap();
    let object = server.objects().pop().unwrap();
    fs::write(&object, b"abd").unwrap();
    let fault = blobs.get(&hash).unwrap_err();
    assert!(fault.sentence().contains("other bytes"), "{fault}");
    fs::remove_file(&object).unwrap();
    let fault = blobs.get(&hash).unwrap_err();
    assert!(fault.to_string().contains("isn't in the bucket mails"), "{fault}");
}

#[test]
fn a_copy_goes_on_where_it_stopped_and_leaves_out_what_is_damaged() {
    let server = BucketServer::new();
    let (_folder, bucket) = bucket(&server.settings("desk"));
    let folder = TempDir::new().unwrap();
    let local = Blobs::open(folder.path()).unwrap();
    let hashes: Vec<_> = (0..40_u8).map(|at| local.put(&[at; 100]).unwrap()).collect();
    let bad = &hashes[7];
    fs::write(folder.path().join(&bad.as_str()[..2]).join(bad.as_str()), "x").unwrap();
    bucket.put(&[0; 100]).unwrap();
    let first = local.copy_to(&bucket, &|_| ()).unwrap();
    assert_eq!((first.copied, first.there, first.bytes), (38, 1, 3800));
    assert_eq!(first.damaged, std::slice::from_ref(bad));
    let second = local.copy_to(&bucket, &|_| ()).unwrap();
    assert_eq!((second.copied, second.there), (0, 39));
    let back = TempDir::new().unwrap();
    let back = Blobs::open(back.path()).unwrap();
    assert_eq!(bucket.copy_to(&back, &|_| ()).unwrap().copied, 39);
    assert_eq!(back.all().unwrap(), bucket.all().unwrap());
}

#[tokio::test]
async fn an_installation_lives_in_a_bucket_and_is_backed_up_from_it_and_restored_into_another() {
    let server = BucketServer::new();
    let mut place = Place::on_sqlite().await;
    place.blobs = Blobs::in_bucket(&server.settings("one"), &place.folder.path().join("blobs")).unwrap();
    let world = World::on(place).await;
    let mail = world
        .mail("eva@customer.example", "help@aurora.example", "Bell", "It is too loud.")
        .with_html("<p>It is too loud.</p>")
        .with_file("noise.wav", "audio/wav", &[0, 1, 2, 255]);
    world.receive(&mail).await;
    let kept = world.desk.blobs.all().unwrap();
    assert_eq!(kept.len(), 3, "the mail, its HTML and its file");
    let file = world.folder.path().join("backup.tar.gz");
    let silent: store::Told = Arc::new(|_| {});
    let made = backup(&world.desk.store, &world.desk.blobs, &file, Arc::clone(&silent)).await.unwrap();
    let target = Place::on_sqlite().await;
    let (_folder, restored) = bucket(&server.settings("two"));
    assert_eq!(restore(&file, &target.store, &restored, silent).await.unwrap(), made);
    assert_eq!(restored.all().unwrap(), kept);
}
