//! Senders: what a mail may do whose sender is proven, isn't, or looks forged.

use crate::code;
use cases::{
    MessageKind, State,
    incoming::Correspondent,
    loops,
    trust::{Alignment, Answers, Checked, Covers, Outcome, Reached, Server, Signature, Verdict, Wish, Worth},
};
use kernel::CaseId;
use std::time::Duration;
use testkit::{Mail, World, on_both_engines};

const EVA: &str = "Eva Novak <eva@customer.example>";
const EVAS: &str = "eva@customer.example";
const AURORA: &str = "help@aurora.example";
const DAY: Duration = Duration::from_secs(24 * 60 * 60);

async fn reasons(world: &World, case: CaseId) -> Vec<String> {
    let newest = world.messages(case).await.pop().unwrap();
    newest.because.into_iter().map(|because| because.code).collect()
}

/// A case with a reply that has left; answers the reply's Message-ID and its signed reply address.
async fn answered(world: &World) -> (CaseId, String, String) {
    let case = world.case_from_mail(AURORA).await;
    world.reply("tiago", case, "Please unplug it.").await.unwrap();
    world.later(desk::UNDO_FOR);
    world.run_jobs().await;
    let letter = world.post.taken().pop().unwrap().letter;
    (case, letter.message_id_text(), letter.reply_to.unwrap())
}

async fn close(world: &World, case: CaseId) {
    let reach = world.reach("tiago").await;
    desk::work::move_to(&world.desk, &reach, case, State::Closed).await.unwrap();
}

fn domain(address: &str) -> String {
    address.split_once('@').unwrap().1.to_owned()
}

/// What checking a mail finds that the domain of its sender doesn't vouch for, and wants refused.
fn disowned(from: &str) -> Checked {
    Checked {
        reached: Reached::Everything,
        froms: vec![from.to_owned()],
        server: Some(Server { domain: domain(from), outcome: Outcome::Fail, told_by: String::new() }),
        wish: Wish::Refuse(Alignment::Loose),
        ..Checked::default()
    }
}

/// What checking a mail finds that the domain of its sender signed.
fn signed(from: &str) -> Checked {
    let signature = Signature { domain: domain(from), worth: Worth::Right, covers_reply_to: Covers::Yes };
    Checked {
        reached: Reached::Everything,
        froms: vec![from.to_owned()],
        signatures: vec![signature],
        ..Checked::default()
    }
}

fn checked(mut mail: Mail, checked: Checked) -> Mail {
    mail.incoming.checked = checked;
    mail
}

#[test]
fn a_forged_mail_joins_by_what_a_forger_cant_know_only() {
    on_both_engines(|world| async move {
        let (case, ours, signed_address) = answered(&world).await;
        let reference = world.case(case).await.reference;
        let forged =
            |to: &str, subject: &str| checked(world.mail(EVA, to, subject, "Pay here."), disowned(EVAS));
        let named = format!("[#{}]", cases::shown_reference(&reference));
        let opens = async |name: &str, mail: Mail| {
            let own = world.receive(&mail).await;
            assert_ne!(own, case, "{name}");
            assert!(reasons(&world, own).await.contains(&"threading.forged".to_owned()), "{name}");
            let message = world.messages(own).await.pop().unwrap();
            assert_eq!(message.trust.verdict, Verdict::Failed, "{name}");
            assert_eq!(message.trust.because[0].code, "trust.refused_by_domain", "{name}");
        };
        opens("the reference", forged(AURORA, &named)).await;
        opens("the same subject", forged(AURORA, "Re: It stopped working (1)")).await;
        opens("the first mail", forged(AURORA, "x").answering("mail-1@customer.example")).await;
        assert_eq!(world.receive(&forged(AURORA, "x").answering(&ours)).await, case);
        assert_eq!(world.receive(&forged(&signed_address, "x")).await, case);
        let real = checked(world.mail(EVA, AURORA, &named, "And it smells."), signed(EVAS));
        assert_eq!(world.receive(&real).await, case);
        let trust = world.messages(case).await.pop().unwrap().trust;
        assert_eq!((trust.verdict, trust.domain.as_str()), (Verdict::Proven, "customer.example"));
    });
}

#[test]
fn answers_go_to_another_address_only_when_its_domain_vouches_for_the_sender() {
    on_both_engines(|world| async move {
        let check = async |asked: &str, found: Checked, expected: &str| {
            let mut mail = checked(world.mail(EVA, AURORA, asked, "It leaks."), found);
            mail.incoming.reply_to =
                vec![Correspondent { address: asked.to_owned(), ..mail.incoming.from.clone().unwrap() }];
            let case = world.receive(&mail).await;
            let trust = world.messages(case).await.pop().unwrap().trust;
            assert_eq!(trust.reply_to, asked);
            assert_eq!(trust.answers == Answers::ToReplyTo, asked == expected, "{asked}");
            world.reply("tiago", case, "Please unplug it.").await.unwrap();
            world.later(desk::UNDO_FOR);
            world.run_jobs().await;
            assert_eq!(
                world.post.taken().pop().unwrap().letter.to[0].address.to_string(),
                expected,
                "{asked}"
            );
        };
        check("office@customer.example", signed(EVAS), "office@customer.example").await;
        check("eva@elsewhere.example", signed(EVAS), "eva@customer.example").await;
        check("desk@customer.example", disowned(EVAS), "eva@customer.example").await;
    });
}

/// A mail of Eva's that asks for answers elsewhere.
fn asking(world: &World, asked: &str, found: Checked) -> Mail {
    let mut mail = checked(world.mail(EVA, AURORA, "The kettle", "It leaks."), found);
    mail.incoming.reply_to = vec![Correspondent { name: String::new(), address: asked.to_owned() }];
    mail
}

async fn answered_at(world: &World, case: CaseId) -> String {
    world.reply("tiago", case, "Please unplug it.").await.unwrap();
    world.later(desk::UNDO_FOR);
    world.run_jobs().await;
    world.post.taken().pop().unwrap().letter.to[0].address.to_string()
}

#[test]
fn a_person_chooses_where_answers_go_and_takes_it_back() {
    on_both_engines(|world| async move {
        let elsewhere = "eva@elsewhere.example";
        let unproven = || Checked { froms: vec![EVAS.to_owned()], ..Checked::default() };
        let case = world.receive(&asking(&world, elsewhere, unproven())).await;
        let (reach, mail) = (world.reach("tiago").await, world.messages(case).await[0].id);
        let choose = async |message, chosen| {
            code(desk::vouching::choose(&world.desk, &reach, case, message, chosen).await)
        };
        assert_eq!(answered_at(&world, case).await, EVAS);
        assert_eq!(choose(mail, Answers::ToReplyTo).await, "ok");
        assert_eq!(answered_at(&world, case).await, elsewhere);
        let again = asking(&world, elsewhere, unproven());
        assert_eq!(world.receive(&again).await, case);
        assert_eq!(answered_at(&world, case).await, elsewhere, "the choice holds for the same address");
        let ivo = world.mail("Ivo <ivo@customer.example>", AURORA, "x", "I too.").answering(again.id());
        assert_eq!(world.receive(&ivo).await, case);
        assert_eq!(answered_at(&world, case).await, elsewhere, "somebody else moves no answers");
        let away = world.mail(EVA, AURORA, "x", "I am away.").answering(again.id()).automatic();
        assert_eq!(world.receive(&away).await, case);
        assert_eq!(answered_at(&world, case).await, elsewhere, "a machine moves no answers");
        assert_eq!(choose(mail, Answers::ToSender).await, "ok");
        assert_eq!(answered_at(&world, case).await, EVAS);
        assert_eq!(choose(mail, Answers::ToReplyTo).await, "ok");
        let other = asking(&world, "x@evil.example", unproven());
        assert_eq!(world.receive(&other).await, case);
        assert_eq!(answered_at(&world, case).await, EVAS, "another address is another choice");
        let events = world.read(move |tx| tx.events_of(case, kernel::Instant::MAX, 500)).await;
        assert_eq!(events.iter().filter(|event| event.kind == "answers.chosen").count(), 3);
        let own = world.receive(&world.mail(EVA, AURORA, "Another matter", "A toaster.")).await;
        assert_eq!(answered_at(&world, own).await, EVAS);
        let plain = world.messages(own).await[0].id;
        assert_eq!(choose(plain, Answers::ToReplyTo).await, "case.not_found");
    });
}

#[test]
fn nobody_is_led_to_the_address_that_a_forger_named() {
    on_both_engines(|world| async move {
        let (case, ours, _) = answered(&world).await;
        let forged = asking(&world, "x@evil.example", disowned(EVAS)).answering(&ours);
        assert_eq!(world.receive(&forged).await, case);
        let (reach, mail) = (world.reach("tiago").await, world.messages(case).await.pop().unwrap());
        let chosen = desk::vouching::choose(&world.desk, &reach, case, mail.id, Answers::ToReplyTo).await;
        assert_eq!(code(chosen), "answers.looks_forged");
        let first = world.messages(case).await[0].id;
        let chosen = desk::vouching::choose(&world.desk, &reach, case, first, Answers::ToReplyTo).await;
        assert_eq!(code(chosen), "answers.no_other_address");
        assert_eq!(answered_at(&world, case).await, world.messages(case).await[0].by.address);
        let page = desk::case_page::case_page(&world.desk, &reach, case, None).await.unwrap();
        let newest = page.talk.newest_from_customer(page.case.customer).unwrap();
        assert_ne!(newest.id, mail.id, "nobody whom a forged mail names is put into Cc");
    });
}

#[test]
fn a_name_that_passes_for_ours_is_marked() {
    on_both_engines(|world| async move {
        let check = async |from: &str, expected: &[&str]| {
            let case = world.receive(&world.mail(from, AURORA, from, "Please pay.")).await;
            let marks = world.messages(case).await.pop().unwrap().trust.marks;
            let codes: Vec<&str> = marks.iter().map(|mark| mark.code.as_str()).collect();
            assert_eq!(codes, expected, "{from}");
        };
        check("Aurora Support <x@stranger.example>", &["trust.name_like_ours"]).await;
        check("Aurora Silva <aurora.silva@post.example>", &[]).await;
        check("Eva <help@aurorra.example>", &["trust.domain_like_ours"]).await;
    });
}

#[test]
fn a_forged_mail_follows_no_case_that_ended_long_ago() {
    on_both_engines(|world| async move {
        let (case, ours, _) = answered(&world).await;
        let reference = cases::shown_reference(&world.case(case).await.reference);
        close(&world, case).await;
        world.later(31 * DAY);
        let forged = |subject: &str| checked(world.mail(EVA, AURORA, subject, "Pay here."), disowned(EVAS));
        for mail in [forged("x").answering("mail-1@customer.example"), forged(&format!("[#{reference}]"))] {
            let own = world.receive(&mail).await;
            assert_eq!(world.case(own).await.follows, None);
            assert_eq!(reasons(&world, own).await, ["threading.opens", "threading.forged"]);
        }
        let knowing = world.receive(&forged("x").answering(&ours)).await;
        assert_eq!(world.case(knowing).await.follows, Some(case), "a forger can't know our ids");
    });
}

#[test]
fn a_forged_mail_teaches_nothing() {
    on_both_engines(|world| async move {
        let (case, ours, _) = answered(&world).await;
        let before = world.case(case).await;
        let words = "Guten Tag, bitte überweisen Sie den Betrag heute noch auf das neue Konto. Vielen Dank.";
        let forge = |from: &str, address: &str| {
            checked(world.mail(from, AURORA, "x", words).answering(&ours), disowned(address))
        };
        let customer_at = async |address: &str| {
            let (client, address) = (before.client, address.parse().unwrap());
            world.read(move |tx| people::tables::customer_at(tx, client, &address)).await
        };
        assert_eq!(world.receive(&forge("Rob <rob@strict.example>", "rob@strict.example")).await, case);
        assert_eq!(customer_at("rob@strict.example").await, None, "nobody becomes known");
        assert_eq!(world.receive(&forge("Mallory <eva@customer.example>", EVAS)).await, case);
        let message = world.messages(case).await.pop().unwrap();
        assert_eq!((message.writer, message.language.as_str()), (None, "de"));
        let after = world.case(case).await;
        assert_eq!(after.language, before.language);
        let customer = before.customer;
        let eva = world.read(move |tx| people::tables::customer(tx, customer)).await.unwrap();
        assert_ne!(eva.name, "Mallory");
        assert_ne!(eva.language.as_str(), "de");
        let opened = world.mail("Rob <rob@strict.example>", AURORA, "New", words);
        let opened = world.receive(&checked(opened, disowned("rob@strict.example"))).await;
        let customer = world.case(opened).await.customer;
        let rob = world.read(move |tx| people::tables::customer(tx, customer)).await.unwrap();
        assert_eq!((rob.name.as_str(), rob.language.is_known()), ("", false));
    });
}

#[test]
fn forged_mails_hold_up_nobodys_own_mail() {
    on_both_engines(|world| async move {
        let most = usize::try_from(loops::MOST_IN_LONG).unwrap();
        let mut opened = Vec::new();
        for nth in 0..most + 2 {
            let mail = world.mail(EVA, AURORA, &format!("Pay {nth}"), &format!("No. {nth}"));
            opened.push(world.receive(&checked(mail, disowned(EVAS))).await);
        }
        assert_eq!(opened[most], opened[most - 1], "forged mails are gathered among themselves");
        assert_eq!(opened[most + 1], opened[most - 1]);
        assert_eq!(reasons(&world, opened[most]).await[0], "loop.stream");
        let own = world.receive(&world.mail(EVA, AURORA, "Pay 7", "My own question.")).await;
        assert!(!opened.contains(&own), "a forged mail under the same subject draws no true one to it");
        assert_eq!(reasons(&world, own).await, ["threading.opens"]);
        let again = world.receive(&world.mail(EVA, AURORA, "Pay 7", "And one more word.")).await;
        assert_eq!(again, own);
    });
}

#[test]
fn what_one_of_us_writes_by_mail_waits_as_their_draft() {
    on_both_engines(|world| async move {
        let (case, ours, _) = answered(&world).await;
        let before = world.case(case).await;
        let sent = world.post.taken().len();
        let address = world.email("tiago").to_string();
        let write = |words: &str| {
            let mail = world.mail(&format!("Tiago <{address}>"), AURORA, "Re: It", words).answering(&ours);
            checked(mail, signed(&address))
        };
        world.draft("tiago", case, "Typed before.").await.unwrap();
        let mail = write("Turn the valve.").with_file("valve.pdf", "application/pdf", b"%PDF");
        assert_eq!(world.receive(&mail).await, case);
        let note = world.messages(case).await.pop().unwrap();
        assert_eq!((note.kind, note.by.person), (MessageKind::Note, Some(world.person("tiago"))));
        assert_eq!(
            (note.because[0].code.as_str(), note.trust.verdict),
            ("own_people.draft", Verdict::Proven)
        );
        let page =
            desk::case_page::case_page(&world.desk, &world.reach("tiago").await, case, None).await.unwrap();
        let texts: Vec<&str> = page.writing.drafts.iter().map(|draft| draft.text.as_str()).collect();
        assert_eq!(texts, ["Typed before.\n\nTurn the valve."]);
        let files: Vec<&str> = page.writing.files.iter().map(|file| file.name.as_str()).collect();
        assert_eq!(files, ["valve.pdf"]);
        world.receive(&write("I am away.").automatic()).await;
        let note = world.messages(case).await.pop().unwrap();
        assert_eq!((note.kind, note.because[0].code.as_str()), (MessageKind::Note, "own_people.automatic"));
        world.later(DAY);
        world.run_jobs().await;
        assert_eq!(world.post.taken().len(), sent, "nothing leaves by itself");
        let after = world.case(case).await;
        assert_eq!((after.state, after.last_word), (before.state, before.last_word));
        let reference = cases::shown_reference(&before.reference);
        let forged =
            |subject: &str| checked(world.mail(&address, AURORA, subject, "Pay."), disowned(&address));
        assert_eq!(world.receive(&forged("x").answering(&ours)).await, case);
        let note = world.messages(case).await.pop().unwrap();
        assert_eq!((note.by.person, note.because[0].code.as_str()), (None, "own_people.forged"));
        assert_ne!(world.receive(&forged(&format!("[#{reference}]"))).await, case);
        let page =
            desk::case_page::case_page(&world.desk, &world.reach("tiago").await, case, None).await.unwrap();
        assert_eq!(page.writing.drafts[0].text, "Typed before.\n\nTurn the valve.");
    });
}
