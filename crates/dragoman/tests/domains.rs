//! The doctor on sending domains: what signs, what stands in the DNS, what can't be looked up.

use crate::program::dragoman;
use desk::sending_domains::{self, Drawn};
use engagements::sending_domains::Method;
use serde_json::Value;
use testkit::{Names, World};

/// What the doctor found of one domain: check, verdict and sentence.
fn examined(world: &World, names: &Names, domain: &str) -> Vec<(String, String, String)> {
    let mut command = dragoman();
    command.args(["doctor", "--json", "--data"]).arg(world.folder.path());
    let output = command.args(["--dns", &names.address.to_string()]).output().unwrap();
    let findings: Vec<Value> = serde_json::from_slice(&output.stdout).unwrap();
    let field = |finding: &Value, name: &str| finding[name].as_str().unwrap().to_owned();
    let told =
        findings.iter().map(|one| (field(one, "check"), field(one, "verdict"), field(one, "sentence")));
    told.filter(|(.., sentence)| sentence.contains(domain)).collect()
}

fn verdicts(found: &[(String, String, String)]) -> Vec<(&str, &str)> {
    found.iter().map(|(check, verdict, _)| (check.as_str(), verdict.as_str())).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_doctor_tells_how_each_domain_stands() {
    let (world, names) = (World::on_sqlite().await, Names::serve().await);
    let found = examined(&world, &names, "aurora.example");
    assert_eq!(
        verdicts(&found),
        [("dkim", "look"), ("spf", "look"), ("dmarc", "look"), ("mx", "look")],
        "{found:?}"
    );

    let (owner, domain) = (world.reach("olga").await, "aurora.example".parse().unwrap());
    let drawn = Drawn { method: Method::Ed25519, public: "cHVibGlj".to_owned(), private: "x".to_owned() };
    sending_domains::add_key(&world.desk, &owner, &domain, drawn).await.unwrap();
    sending_domains::sign_anyway(&world.desk, &owner, &domain, "dragoman1").await.unwrap();
    let found = examined(&world, &names, "aurora.example");
    assert_eq!(verdicts(&found)[0], ("dkim", "wrong"), "{found:?}");

    let records = sending_domains::domain(&world.desk, &owner, &domain).await.unwrap().records();
    records.iter().for_each(|record| names.text(&record.name, &record.value));
    names.mail_servers("aurora.example", &["mx.aurora.example"]);
    let found = examined(&world, &names, "aurora.example");
    assert_eq!(
        verdicts(&found),
        [("dkim", "good"), ("spf", "good"), ("dmarc", "good"), ("mx", "good")],
        "{found:?}"
    );

    std::fs::remove_file(world.folder.path().join("secrets-key")).unwrap();
    let found = examined(&world, &names, "aurora.example");
    assert!(found.iter().any(|(.., sentence)| sentence.contains("can't be opened")), "{found:?}");

    names.fall_silent();
    let found = examined(&world, &names, "pip.example");
    let (unsigned, unanswered) =
        verdicts(&found).split_first().map(|(first, rest)| (*first, rest.to_vec())).unwrap();
    assert_eq!(unsigned, ("dkim", "look"));
    assert!(unanswered.iter().all(|(_, verdict)| *verdict == "look"), "{found:?}");
}
