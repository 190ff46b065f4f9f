//! As whom a mailbox writes, what stands below its letters, and through which server they leave.

use desk::{
    mailboxes::{self, Appearance},
    outgoing::{self, Security, Smarthost},
};
use engagements::{SenderName, Signature};
use kernel::{MailboxId, Stop};
use std::time::Duration;
use testkit::{World, on_both_engines};

async fn appear(world: &World, sender_name: SenderName) {
    let (owner, aurora) = (world.reach("olga").await, &world.aurora);
    let wanted = Appearance { display_name: "Aurora Care".to_owned(), sender_name, letters_a_day: 10 };
    mailboxes::appear(&world.desk, &owner, aurora.client.id, aurora.mailbox.id, wanted)
        .await
        .expect("owners may");
}

async fn sign(world: &World, language: &str, text: &str) {
    let (owner, aurora) = (world.reach("olga").await, &world.aurora);
    let signature = Signature::written(language.parse().expect("a tag"), text).expect("it can be filled in");
    mailboxes::sign(&world.desk, &owner, aurora.client.id, aurora.mailbox.id, signature)
        .await
        .expect("owners may");
}

#[test]
fn a_letter_is_named_and_signed_as_the_mailbox_wants_and_the_message_keeps_the_words() {
    on_both_engines(async |world| {
        let case = world.case_from_mail("help@aurora.example").await;
        let client = world.aurora.client.language.as_str().to_owned();
        sign(&world, &client, "{name}, {company}").await;
        for (sender_name, name, signed) in [
            (SenderName::PersonAndCompany, "Tiago Rocha (Aurora Care)", "Tiago Rocha, Aurora Care"),
            (SenderName::FirstName, "Tiago at Aurora Care", "Tiago, Aurora Care"),
            (SenderName::Company, "Aurora Care", "Aurora Care, Aurora Care"),
        ] {
            appear(&world, sender_name).await;
            let reply = world.reply("tiago", case, "We are on it.").await.expect("tiago may answer");
            world.later(Duration::from_secs(60));
            world.run_jobs().await;
            let letter = world.post.taken().pop().expect("it has left").letter;
            assert_eq!((letter.from.name.as_str(), letter.signature.as_str()), (name, signed));
            assert_eq!(letter.markdown, "We are on it.");
            let messages = world.messages(case).await;
            let kept = messages.iter().find(|message| message.id == reply).expect("the reply is kept");
            assert_eq!((kept.new_text.as_str(), kept.signature.as_str()), ("We are on it.", ""));
        }
        sign(&world, &client, " ").await;
        world.reply("tiago", case, "And again.").await.expect("tiago may answer");
        world.later(Duration::from_secs(60));
        world.run_jobs().await;
        assert_eq!(world.post.taken().pop().expect("it has left").letter.signature, "");
    });
}

fn server(host: &str, user: &str) -> Smarthost {
    Smarthost { host: host.to_owned(), port: 587, security: Security::StartTls, user: user.to_owned() }
}

async fn leave_through(world: &World, smarthost: Smarthost, password: &str) -> Result<(), Stop> {
    let (owner, aurora) = (world.reach("olga").await, &world.aurora);
    mailboxes::leave_through(&world.desk, &owner, aurora.client.id, aurora.mailbox.id, smarthost, password)
        .await
}

async fn route(world: &World, mailbox: MailboxId) -> Option<(String, Option<String>)> {
    let route = outgoing::route(&world.desk, Some(mailbox)).await.expect("the database answers");
    route.map(|route| (route.smarthost.host, route.password))
}

#[test]
fn a_mailbox_sends_through_its_own_server_and_its_password_goes_nowhere_else() {
    on_both_engines(async |world| {
        let (aurora, pip) = (world.aurora.mailbox.id, world.pip.mailbox.id);
        let installations = server("smtp.desk.example", "");
        world.write(move |tx| outgoing::set_relay_in(tx, &installations)).await;
        let through =
            |host: &str, password: Option<&str>| Some((host.to_owned(), password.map(str::to_owned)));
        assert_eq!(route(&world, aurora).await, through("smtp.desk.example", None));
        leave_through(&world, server("smtp.aurora.example", "ana"), "s3cret").await.expect("owners may");
        assert_eq!(route(&world, aurora).await, through("smtp.aurora.example", Some("s3cret")));
        assert_eq!(route(&world, pip).await, through("smtp.desk.example", None));
        leave_through(&world, server("smtp.aurora.example", "ana"), "").await.expect("the password stays");
        assert_eq!(route(&world, aurora).await, through("smtp.aurora.example", Some("s3cret")));
        let stolen = leave_through(&world, server("smtp.evil.example", "ana"), "").await;
        assert!(matches!(stolen, Err(Stop::Refused(refused)) if refused.code == "relay.password_for_other"));
        let kept =
            world.read(move |tx| engagements::tables::own_server(tx, aurora)).await.expect("it is kept");
        assert!(!kept.sealed_password.contains("s3cret"));
        let owner = world.reach("olga").await;
        mailboxes::leave_as_all(&world.desk, &owner, world.client("aurora"), aurora)
            .await
            .expect("owners may");
        assert_eq!(route(&world, aurora).await, through("smtp.desk.example", None));
    });
}

#[test]
fn a_mailbox_is_the_owners_and_its_clients() {
    on_both_engines(async |world| {
        let mailbox = world.aurora.mailbox.id;
        for (who, client, code) in [
            ("greta", "aurora", "person.not_found"),
            ("tiago", "aurora", "person.not_found"),
            ("olga", "pip", "engagement.not_found"),
        ] {
            let (reach, client) = (world.reach(who).await, world.client(client));
            let found = mailboxes::mailbox_page(&world.desk, &reach, client, mailbox).await;
            assert!(matches!(found, Err(Stop::Refused(refused)) if refused.code == code), "{who}");
            let smarthost = server("smtp.evil.example", "");
            let named = mailboxes::leave_through(&world.desk, &reach, client, mailbox, smarthost, "").await;
            assert!(matches!(named, Err(Stop::Refused(refused)) if refused.code == code), "{who}");
        }
        assert_eq!(route(&world, mailbox).await, None);
    });
}
