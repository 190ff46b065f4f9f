//! Parking: mails for which a person must decide where they belong.

use crate::code;
use cases::View;
use desk::parked;
use engagements::tables as engagement_tables;
use kernel::RawMailId;
use testkit::{World, on_both_engines};

const AURORA: &str = "help@aurora.example";

async fn only_parked(world: &World) -> (RawMailId, String) {
    let reach = world.reach("olga").await;
    let (mut mails, _) = parked::list(&world.desk, &reach).await.unwrap();
    assert_eq!(mails.len(), 1);
    let mail = mails.remove(0);
    (mail.id, mail.because)
}

#[test]
fn our_own_mail_is_parked_until_somebody_releases_it() {
    on_both_engines(|world| async move {
        let own = world.mail("Aurora <help@aurora.example>", AURORA, "Loop", "From ourselves.");
        world.arrive(&own).await;
        world.run_jobs().await;
        assert_eq!(world.case_of(&own).await, None);
        let (id, because) = only_parked(&world).await;
        assert!(because.contains("one of our own addresses"), "{because}");
        let olga = world.reach("olga").await;
        parked::release(&world.desk, &olga, id, world.pip.mailbox.id).await.unwrap();
        assert_eq!(
            code(parked::release(&world.desk, &olga, id, world.pip.mailbox.id).await),
            "mail.not_parked"
        );
        world.run_jobs().await;
        let case = world.list("jun", View::Open).await.remove(0);
        assert_eq!((case.client, case.subject.as_str()), (world.pip.client.id, "Loop"));
        assert!(parked::list(&world.desk, &olga).await.unwrap().0.is_empty());
    });
}

#[test]
fn mail_from_another_clients_mailbox_is_parked_too() {
    on_both_engines(|world| async move {
        let mail = world.mail("hello@pip.example", AURORA, "Our mailing", "We are neighbours.");
        world.arrive(&mail).await;
        world.run_jobs().await;
        assert_eq!(world.case_of(&mail).await, None);
        only_parked(&world).await;
    });
}

#[test]
fn a_mail_whose_mailbox_has_gone_is_parked() {
    on_both_engines(|world| async move {
        let mail = world.mail("eva@customer.example", AURORA, "Hello", "Anybody there?");
        world.arrive(&mail).await;
        let mailbox = world.aurora.mailbox.id;
        world.write(move |tx| engagement_tables::drop_mailbox(tx, mailbox)).await;
        world.run_jobs().await;
        let (id, because) = only_parked(&world).await;
        assert!(because.contains("No mailbox"), "{because}");
        let olga = world.reach("olga").await;
        parked::discard(&world.desk, &olga, id).await.unwrap();
        assert_eq!(code(parked::discard(&world.desk, &olga, id).await), "mail.not_parked");
        assert_eq!(
            code(parked::release(&world.desk, &olga, id, world.pip.mailbox.id).await),
            "mail.not_parked"
        );
    });
}

#[test]
fn parked_mails_are_for_owners() {
    on_both_engines(|world| async move {
        world.arrive(&world.mail(AURORA, AURORA, "Loop", "Loop")).await;
        world.run_jobs().await;
        let (id, _) = only_parked(&world).await;
        for who in ["greta", "rok", "ines", "tiago", "nora", "jun"] {
            let reach = world.reach(who).await;
            assert_eq!(code(parked::list(&world.desk, &reach).await), "mail.not_parked", "{who}");
            let release = parked::release(&world.desk, &reach, id, world.aurora.mailbox.id).await;
            assert_eq!(code(release), "mail.not_parked", "{who}");
            assert_eq!(code(parked::discard(&world.desk, &reach, id).await), "mail.not_parked", "{who}");
        }
        only_parked(&world).await;
    });
}
