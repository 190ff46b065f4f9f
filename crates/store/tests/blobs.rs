//! Blobs: kept once, found by their hash, and nothing that isn't whole.

use kernel::BlobHash;
use std::fs;
use store::Blobs;
use testkit::Place;

const ABC: &str = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

async fn place() -> (Place, Blobs) {
    let place = Place::on_sqlite().await;
    let blobs = place.blobs.clone();
    (place, blobs)
}

#[tokio::test]
async fn the_same_bytes_are_kept_once() {
    let (_place, blobs) = place().await;
    let hash = blobs.put(b"abc").unwrap();
    assert_eq!(hash.as_str(), ABC);
    assert_eq!(blobs.put(b"abc").unwrap(), hash);
    assert_eq!(blobs.put(b"").unwrap().as_str().len(), 64);
    assert_eq!(blobs.get(&hash).unwrap(), b"abc");
    assert_eq!(blobs.all().unwrap().len(), 2);
}

#[tokio::test]
async fn a_file_that_came_in_is_taken_over() {
    let (_place, blobs) = place().await;
    let file = blobs.incoming().join("1");
    fs::write(&file, b"abc").unwrap();
    assert_eq!(blobs.adopt(&file).unwrap().as_str(), ABC);
    assert!(!file.exists());
    fs::write(&file, b"abc").unwrap();
    assert_eq!(blobs.adopt(&file).unwrap().as_str(), ABC, "the same file again");
    assert!(blobs.adopt(&blobs.incoming().join("2")).is_err(), "a file that isn't there");
    assert_eq!(blobs.all().unwrap().len(), 1);
}

#[tokio::test]
async fn what_lies_in_the_folder_and_is_no_blob_is_passed_over() {
    let (_place, blobs) = place().await;
    let hash = blobs.put(b"abc").unwrap();
    fs::write(blobs.incoming().with_file_name("ba").join("notes.txt"), "x").unwrap();
    fs::write(blobs.incoming().join("half"), "x").unwrap();
    assert_eq!(blobs.all().unwrap(), [hash]);
}

#[test]
fn a_name_that_is_no_hash_never_becomes_a_path() {
    let check = |name: &str| assert_eq!(BlobHash::new(name), None, "{name}");
    check("");
    check("../../../../etc/passwd");
    check(&ABC.to_uppercase());
    check(&ABC[1..]);
    check(&format!("{ABC}0"));
    check(&format!("{}/.", &ABC[2..]));
}

#[tokio::test]
async fn many_may_put_the_same_bytes_at_once() {
    let (_place, blobs) = place().await;
    let bytes = vec![7; 300_000];
    let threads: Vec<_> = (0..8)
        .map(|_| {
            let (blobs, bytes) = (blobs.clone(), bytes.clone());
            std::thread::spawn(move || blobs.put(&bytes).unwrap())
        })
        .collect();
    let hashes: Vec<BlobHash> = threads.into_iter().map(|thread| thread.join().unwrap()).collect();
    assert!(hashes.iter().all(|hash| *hash == hashes[0]));
    assert_eq!(blobs.get(&hashes[0]).unwrap(), bytes);
    assert_eq!(fs::read_dir(blobs.incoming()).unwrap().count(), 0, "nothing is left behind");
}
