//! An installation whose mails are in a bucket: looked at by the doctor, and moved there and back.

use crate::program::dragoman;
use serde_json::Value;
use testkit::{BucketServer, Place, World};

fn ran(world: &World, server: &BucketServer, arguments: &[&str], more: &[(&str, &str)]) -> (bool, Value) {
    let mut command = dragoman();
    command.args(arguments).arg("--data").arg(world.folder.path()).arg("--json");
    command.envs(server.variables("desk")).envs(more.iter().copied());
    let output = command.output().unwrap();
    let said = serde_json::from_slice(&output.stdout).unwrap_or(Value::Null);
    (output.status.success(), said)
}

fn blobs_finding(findings: &Value) -> &Value {
    findings.as_array().unwrap().iter().find(|finding| finding["check"] == "blobs").unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_doctor_tries_the_bucket() {
    let world = World::on(Place::on_sqlite().await).await;
    let server = BucketServer::new();
    let (_, good) = ran(&world, &server, &["doctor"], &[]);
    assert_eq!(blobs_finding(&good)["verdict"], "good", "{good}");
    assert!(server.objects().is_empty(), "the doctor leaves nothing behind");
    let (fine, wrong) = ran(&world, &server, &["doctor"], &[("DRAGOMAN_S3_KEY_ID", "wrong")]);
    assert_eq!(blobs_finding(&wrong)["verdict"], "wrong", "{wrong}");
    assert!(!fine);
}

#[tokio::test(flavor = "multi_thread")]
async fn blobs_move_to_a_bucket_and_back() {
    let world = World::on(Place::on_sqlite().await).await;
    world.case_from_mail("help@aurora.example").await;
    let kept = world.desk.blobs.all().unwrap().len();
    let server = BucketServer::new();
    let own = world.folder.path().join("blobs").display().to_string();
    let there = ["blobs", "copy", "--blobs", &own, "--to", "s3://mails/desk"];
    let (fine, said) = ran(&world, &server, &there, &[]);
    assert!(fine && said["copied"] == kept && said["there"] == 0, "{said}");
    let (_, again) = ran(&world, &server, &there, &[]);
    assert!(again["copied"] == 0 && again["there"] == kept, "{again}");
    std::fs::remove_dir_all(&own).unwrap();
    let (fine, said) = ran(&world, &server, &["blobs", "copy", "--to", &own], &[]);
    assert!(fine && said["copied"] == kept, "{said}");
    assert_eq!(world.desk.blobs.all().unwrap().len(), kept);
    let (fine, _) = ran(&world, &server, &["blobs", "copy", "--to", "s3://nothing"], &[]);
    assert!(!fine, "a bucket that doesn't exist");
}
