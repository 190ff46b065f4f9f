//! A letter leaves with the signature of its domain, and without one where the key doesn't work.

use super::{Destination, Outbox};
use crate::email::{
    dns::{Dns, Memory},
    signing::draw,
};
use desk::{Desk, postbox, sending_domains};
use engagements::sending_domains::Method;
use mail_auth::{AuthenticatedMessage, DkimResult};
use store::Vault;
use testkit::{Names, World};

/// A reply of the world, as it would leave this desk.
async fn sent(world: &World, desk: &Desk) -> Vec<u8> {
    let case = world.case_from_mail("help@aurora.example").await;
    world.reply("tiago", case, "We are on it.").await.unwrap();
    world.later(desk::UNDO_FOR);
    world.run_jobs().await;
    let outgoing = world.post.taken().pop().unwrap();
    let outbox = Outbox::new(desk.clone(), Destination::Postbox, None, "localhost".to_owned());
    outbox.send(&outgoing).await.unwrap();
    let letters = postbox::list(desk).await.unwrap();
    let newest = letters.into_iter().max_by_key(|letter| letter.id.clone()).unwrap();
    postbox::open(desk, &newest.id).await.unwrap().unwrap().1
}

#[tokio::test]
async fn a_letter_is_signed_by_its_domain_or_leaves_as_it_is() {
    let world = World::on_sqlite().await;
    world.write(|tx| tx.set(postbox::DEMO, postbox::YES)).await;
    let is_signed = |letter: &[u8]| letter.starts_with(b"DKIM-Signature: ");
    assert!(!is_signed(&sent(&world, &world.desk).await), "without a key");

    let (owner, domain) = (world.reach("olga").await, "aurora.example".parse().unwrap());
    sending_domains::add_key(&world.desk, &owner, &domain, draw(Method::Rsa).unwrap()).await.unwrap();
    assert!(!is_signed(&sent(&world, &world.desk).await), "before the key signs");
    sending_domains::sign_anyway(&world.desk, &owner, &domain, "dragoman1").await.unwrap();
    let signed = sent(&world, &world.desk).await;
    assert!(is_signed(&signed));

    let names = Names::serve().await;
    let records = sending_domains::domain(&world.desk, &owner, &domain).await.unwrap().records();
    records.iter().for_each(|record| names.text(&record.name, &record.value));
    let dns = Dns::open(Some(names.address), Memory::None).unwrap().0;
    let message = AuthenticatedMessage::parse(&signed).unwrap();
    let outputs = dns.verify_dkim(&message).await;
    assert_eq!(outputs.iter().map(|output| output.result()).collect::<Vec<_>>(), [&DkimResult::Pass]);

    let mut other = world.desk.clone();
    other.vault = Vault::open(&world.folder.path().join("another-key")).unwrap();
    assert!(!is_signed(&sent(&world, &other).await), "with a key that can't be opened");
}
