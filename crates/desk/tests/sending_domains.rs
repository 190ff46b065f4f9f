//! Sending domains: whose they are, how their keys begin, take turns and are forgotten, and what becomes of keys that nobody can open.

use crate::code;
use desk::sending_domains::{self, Drawn, SendingDomain};
use engagements::sending_domains::{Answer, DomainName, KeyStanding, Method, Sought, Verdict};
use kernel::EmailAddress;
use store::Vault;
use testkit::{World, on_both_engines};

fn aurora() -> DomainName {
    "aurora.example".parse().unwrap()
}

fn drawn(public: &str) -> Drawn {
    Drawn { method: Method::Rsa, public: public.to_owned(), private: format!("private half of {public}") }
}

async fn seen(world: &World) -> SendingDomain {
    let owner = world.reach("olga").await;
    sending_domains::domain(&world.desk, &owner, &aurora()).await.unwrap()
}

async fn make(world: &World, public: &str) -> &'static str {
    let owner = world.reach("olga").await;
    code(sending_domains::add_key(&world.desk, &owner, &aurora(), drawn(public)).await)
}

/// The owner looks; the DNS has the records of these keys, and nothing else.
async fn look(world: &World, published: &[&str]) {
    let domain = seen(world).await;
    let records = domain.records();
    let answers = domain.questions().into_iter().map(|question| {
        let record = records.iter().find(|record| {
            question.sought == Sought::Texts
                && record.name == question.name
                && published.iter().any(|selector| record.name.starts_with(&format!("{selector}.")))
        });
        let answer = record.map_or(Answer::Nothing, |record| Answer::Found(vec![record.value.clone()]));
        (question, answer)
    });
    let (owner, answers) = (world.reach("olga").await, answers.collect());
    sending_domains::note_answers(&world.desk, &owner, &aurora(), answers).await.unwrap();
}

async fn standings(world: &World) -> Vec<(String, KeyStanding)> {
    seen(world).await.keys.into_iter().map(|key| (key.selector, key.standing)).collect()
}

async fn signing(world: &World) -> Vec<(String, Option<String>)> {
    let from: EmailAddress = "help@aurora.example".parse().unwrap();
    let signers = sending_domains::signers(&world.desk, &from).await.unwrap();
    signers.into_iter().map(|signer| (signer.selector, signer.private)).collect()
}

#[test]
fn a_key_signs_once_its_record_is_found_and_hands_over_to_the_next() {
    on_both_engines(async |world| {
        use KeyStanding::{Prepared, Retired, Signing};
        assert_eq!(make(&world, "one").await, "ok");
        assert_eq!(make(&world, "two").await, "domain.key_waits");
        look(&world, &[]).await;
        assert_eq!(standings(&world).await, [("dragoman1".to_owned(), Prepared)]);
        assert_eq!(signing(&world).await, []);
        let checks = seen(&world).await.checks;
        let missing = checks.iter().find(|check| check.record == "dkim dragoman1").unwrap();
        assert_eq!((missing.verdict, missing.at), (Verdict::Missing, world.clock.now()));

        look(&world, &["dragoman1"]).await;
        assert_eq!(signing(&world).await, [("dragoman1".to_owned(), Some("private half of one".to_owned()))]);

        assert_eq!(make(&world, "two").await, "ok");
        look(&world, &["dragoman1"]).await;
        let [first, second] = ["dragoman1".to_owned(), "dragoman2".to_owned()];
        assert_eq!(standings(&world).await, [(first.clone(), Signing), (second.clone(), Prepared)]);
        look(&world, &["dragoman1", "dragoman2"]).await;
        assert_eq!(standings(&world).await, [(first, Retired), (second.clone(), Signing)]);
        assert_eq!(signing(&world).await, [(second, Some("private half of two".to_owned()))]);
    });
}

#[test]
fn an_owner_may_let_a_key_sign_unseen_and_forgets_those_that_do_not_sign() {
    on_both_engines(async |world| {
        let (owner, desk) = (world.reach("olga").await, &world.desk);
        make(&world, "one").await;
        assert_eq!(code(sending_domains::sign_anyway(desk, &owner, &aurora(), "dragoman1").await), "ok");
        assert_eq!(signing(&world).await.len(), 1);
        assert_eq!(
            code(sending_domains::forget_key(desk, &owner, &aurora(), "dragoman1").await),
            "domain.key_signs"
        );
        assert_eq!(
            code(sending_domains::forget_key(desk, &owner, &aurora(), "dragoman7").await),
            "domain.no_such_key"
        );
        make(&world, "two").await;
        assert_eq!(code(sending_domains::forget_key(desk, &owner, &aurora(), "dragoman2").await), "ok");
        let other = "nobody.example".parse().unwrap();
        assert_eq!(code(sending_domains::domain(desk, &owner, &other).await), "domain.not_found");
    });
}

#[test]
fn only_owners_see_domains_and_no_other_address_is_signed_for() {
    on_both_engines(async |world| {
        make(&world, "one").await;
        look(&world, &["dragoman1"]).await;
        let (lead, desk) = (world.reach("ines").await, &world.desk);
        assert_eq!(code(sending_domains::domain(desk, &lead, &aurora()).await), "person.not_found");
        assert_eq!(code(sending_domains::overview(desk, &lead).await), "person.not_found");
        assert_eq!(
            code(sending_domains::add_key(desk, &lead, &aurora(), drawn("x")).await),
            "person.not_found"
        );
        let owner = world.reach("olga").await;
        let (domains, ..) = sending_domains::overview(desk, &owner).await.unwrap();
        let names: Vec<&str> = domains.iter().map(|domain| domain.name.as_str()).collect();
        assert_eq!(names, ["aurora.example", "pip.example"]);
        for other in ["hello@pip.example", "x@sub.aurora.example", "x@[192.0.2.1]"] {
            assert!(
                sending_domains::signers(desk, &other.parse().unwrap()).await.unwrap().is_empty(),
                "{other}"
            );
        }
    });
}

#[test]
fn a_key_that_cannot_be_opened_signs_nothing_and_is_told() {
    on_both_engines(async |mut world| {
        make(&world, "one").await;
        look(&world, &["dragoman1"]).await;
        world.desk.vault = Vault::open(&world.folder.path().join("another-key")).unwrap();
        assert_eq!(signing(&world).await, [("dragoman1".to_owned(), None)]);
        assert_eq!(
            sending_domains::lost_keys(&world.desk, &seen(&world).await).await.unwrap(),
            ["dragoman1"]
        );
        make(&world, "two").await;
        world.desk.vault = Vault::open(&world.folder.path().join("a-third-key")).unwrap();
        look(&world, &["dragoman1", "dragoman2"]).await;
        let standing = standings(&world).await;
        assert_eq!(
            standing[1],
            ("dragoman2".to_owned(), KeyStanding::Prepared),
            "a lost key takes nobody's place"
        );
        let owner = world.reach("olga").await;
        assert_eq!(
            code(sending_domains::sign_anyway(&world.desk, &owner, &aurora(), "dragoman1").await),
            "domain.key_is_lost"
        );
        assert_eq!(
            code(sending_domains::forget_key(&world.desk, &owner, &aurora(), "dragoman1").await),
            "ok"
        );
    });
}
