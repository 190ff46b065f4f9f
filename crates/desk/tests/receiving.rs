//! Receiving: which mail opens a case, which joins one, and why.

use crate::code;
use cases::{Delivery, LastWord, State};
use desk::{bounces, replies};
use kernel::CaseId;
use testkit::{Mail, World, on_both_engines};

const EVA: &str = "Eva Novak <eva@customer.example>";
const AURORA: &str = "help@aurora.example";
const PIP: &str = "hello@pip.example";

/// The codes of the reasons for which the newest message is in its case.
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

#[test]
fn a_mail_opens_a_case_of_the_client_that_it_was_written_to() {
    on_both_engines(|world| async move {
        for (mailbox, served) in [(AURORA, &world.aurora), (PIP, &world.pip)] {
            let id = world.case_from_mail(mailbox).await;
            let case = world.case(id).await;
            assert_eq!((case.client, case.engagement), (served.client.id, served.partner));
            assert_eq!((case.state, case.last_word, case.assignee), (State::New, LastWord::Customer, None));
            assert_eq!(case.language.as_str(), "en");
            assert_eq!(reasons(&world, id).await, ["threading.opens"]);
        }
    });
}

#[test]
fn an_answer_joins_the_case_whose_message_it_answers() {
    on_both_engines(|world| async move {
        let (case, ours, signed) = answered(&world).await;
        let mail = |to: &str| world.mail(EVA, to, "Something else entirely", "It works now.");
        let check = async |name: &str, mail: Mail, reason: &str| {
            assert_eq!(world.receive(&mail).await, case, "{name}");
            assert_eq!(reasons(&world, case).await, [reason], "{name}");
            assert_eq!(world.case(case).await.state, State::Open, "{name}");
        };
        check("our Message-ID", mail(AURORA).answering(&ours), "threading.our_message_id").await;
        check("our Message-ID in references", mail(AURORA).referring_to(&ours), "threading.our_message_id")
            .await;
        check(
            "the first mail",
            mail(AURORA).answering("mail-1@customer.example"),
            "threading.known_message_id",
        )
        .await;
        check("the signed address", mail(&signed), "threading.signed_address").await;
        check("the signed address in capitals", mail(&signed.to_uppercase()), "threading.signed_address")
            .await;
        let same_subject = world.mail(EVA, AURORA, "RE: It stopped working (1)", "And it smells.");
        check("the same subject", same_subject, "threading.same_subject").await;
    });
}

#[test]
fn somebody_else_joins_by_message_and_address_only() {
    on_both_engines(|world| async move {
        let (case, ours, signed) = answered(&world).await;
        let mail =
            |to: &str| world.mail("Ivo <ivo@customer.example>", to, "It stopped working (1)", "Me too.");
        assert_eq!(world.receive(&mail(AURORA).answering(&ours)).await, case);
        assert_eq!(world.receive(&mail(&signed)).await, case);
        assert_ne!(world.receive(&mail(AURORA)).await, case, "the same subject from somebody else");
        let reference = world.case(case).await.reference;
        let named =
            world.mail("Ivo <ivo@customer.example>", AURORA, &format!("About [#{reference}]"), "Hello");
        assert_ne!(world.receive(&named).await, case, "a reference from somebody else");
        let named =
            world.mail(EVA, AURORA, &format!("About [#{}]", cases::shown_reference(&reference)), "Hello");
        assert_eq!(world.receive(&named).await, case, "a reference from the case's customer");
    });
}

#[test]
fn nothing_of_another_client_is_ever_joined() {
    on_both_engines(|world| async move {
        let (case, ours, signed) = answered(&world).await;
        let reference = world.case(case).await.reference;
        let check = async |name: &str, mail: Mail| {
            let opened = world.receive(&mail).await;
            assert_ne!(opened, case, "{name}");
            assert_eq!(world.case(opened).await.client, world.pip.client.id, "{name}");
            assert_eq!(reasons(&world, opened).await[0], "threading.opens", "{name}");
        };
        check("our Message-ID", world.mail(EVA, PIP, "A", "a").answering(&ours)).await;
        check("a known Message-ID", world.mail(EVA, PIP, "B", "b").answering("mail-1@customer.example"))
            .await;
        check("a reference", world.mail(EVA, PIP, &format!("C [#{reference}]"), "c")).await;
        check("the same subject", world.mail(EVA, PIP, "It stopped working (1)", "d")).await;
        let at_pip = signed.replace("help+", "hello+").replace("aurora", "pip");
        check("a signed address with the mailbox changed", world.mail(EVA, &at_pip, "E", "e")).await;
        let ignored = world.mail(EVA, PIP, "F", "f").answering(&ours);
        let opened = world.receive(&ignored).await;
        assert_eq!(reasons(&world, opened).await, ["threading.opens", "threading.other_client"]);
        assert_eq!(world.messages(case).await.len(), 2);
    });
}

#[test]
fn a_forged_signature_opens_a_case() {
    on_both_engines(|world| async move {
        let (case, _, signed) = answered(&world).await;
        let (detail, domain) = signed.split_once('@').unwrap();
        let (kept, last) = detail.split_at(detail.len() - 1);
        let forged = format!("{kept}{}@{domain}", if last == "0" { "1" } else { "0" });
        assert_ne!(world.receive(&world.mail(EVA, &forged, "Hello", "Hello")).await, case);
    });
}

#[test]
fn the_same_mail_delivered_again_is_there_once() {
    on_both_engines(|world| async move {
        let mail = world.mail(EVA, AURORA, "Once", "Only once, please.");
        let case = world.receive(&mail).await;
        world.arrive(&mail).await;
        assert_eq!(world.run_jobs().await, 0, "there is no second job");
        assert_eq!(world.messages(case).await.len(), 1);
        let elsewhere = Mail { recipient: PIP.to_owned(), ..mail.clone() };
        assert_ne!(world.receive(&elsewhere).await, case, "to another client it is another mail");
    });
}

/// A server that crashed between reading and writing down that it had done so reads again.
#[test]
fn reading_a_mail_twice_changes_nothing() {
    on_both_engines(|world| async move {
        let mail = world.mail(EVA, AURORA, "Twice", "It is read twice.");
        world.arrive(&mail).await;
        let job = world.read(|tx| jobs::list(tx, 1)).await.remove(0);
        let raw = job.subject.parse().unwrap();
        let (kept, _) = desk::intake::bytes_to_read(&world.desk, raw).await.unwrap().unwrap();
        for _ in 0..2 {
            desk::receive::receive(&world.desk, kept.clone(), mail.incoming.clone()).await.unwrap();
        }
        world.run_jobs().await;
        assert!(desk::intake::bytes_to_read(&world.desk, raw).await.unwrap().is_none());
        let case = world.case_of(&mail).await.unwrap();
        assert_eq!(world.messages(case).await.len(), 1);
        let events = world.read(move |tx| tx.events_of(case, kernel::Instant::MAX, 50)).await;
        assert_eq!(
            events.iter().map(|event| event.kind.as_str()).collect::<Vec<_>>(),
            ["case.opened", "message.received"]
        );
    });
}

#[test]
fn a_customers_mail_reopens_a_case_and_an_automatic_one_never_does() {
    on_both_engines(|world| async move {
        let (case, ours, _) = answered(&world).await;
        let reach = world.reach("tiago").await;
        let automatic =
            |text: &str| world.mail(EVA, AURORA, "Out of office", text).answering(&ours).automatic();
        world.receive(&automatic("I am away.")).await;
        let waiting = world.case(case).await;
        assert_eq!((waiting.state, waiting.last_word), (State::Waiting, LastWord::Us));
        desk::work::move_to(&world.desk, &reach, case, State::Closed).await.unwrap();
        let closed_at = world.case(case).await.closed_at;
        assert!(closed_at.is_some());
        assert_eq!(world.receive(&automatic("I am still away.")).await, case);
        let closed = world.case(case).await;
        assert_eq!(
            (closed.state, closed.last_word, closed.closed_at),
            (State::Closed, LastWord::Us, closed_at)
        );
        world.receive(&world.mail(EVA, AURORA, "Re: It", "It is back.").answering(&ours)).await;
        let open = world.case(case).await;
        assert_eq!((open.state, open.last_word, open.closed_at), (State::Open, LastWord::Customer, None));
    });
}

#[test]
fn an_old_subject_opens_a_new_case() {
    on_both_engines(|world| async move {
        let first = world.receive(&world.mail(EVA, AURORA, "Broken", "Broken.")).await;
        let day = std::time::Duration::from_secs(24 * 60 * 60);
        world.later(6 * day);
        assert_eq!(world.receive(&world.mail(EVA, AURORA, "Fwd: broken", "Still.")).await, first);
        world.later(7 * day);
        assert_ne!(world.receive(&world.mail(EVA, AURORA, "Broken", "Again.")).await, first);
    });
}

#[test]
fn what_a_mail_brings_is_kept() {
    on_both_engines(|world| async move {
        let mail = world
            .mail(EVA, AURORA, "Zvok", "Sredi noči piska.\n\nKaj naj naredim, da bo tiho?")
            .with_html("<p>Sredi noči piska.</p>")
            .with_file("zvok.wav", "audio/wav", b"RIFF")
            .with_file("slika.png", "image/png", b"PNG")
            .with_problem("A part has no type.");
        let case = world.receive(&mail).await;
        let message = world.messages(case).await.remove(0);
        assert_eq!(message.language.as_str(), "sl");
        assert_eq!(message.problems, ["A part has no type."]);
        let reach = world.reach("tiago").await;
        let (html, files) = desk::files::html(&world.desk, &reach, case, message.id).await.unwrap();
        assert_eq!(html, "<p>Sredi noči piska.</p>");
        assert_eq!(
            files.iter().map(|file| file.name.as_str()).collect::<Vec<_>>(),
            ["zvok.wav", "slika.png"]
        );
        let (_, content) = desk::files::attachment(&world.desk, &reach, case, message.id, 1).await.unwrap();
        assert_eq!(content, b"PNG");
        let raw = desk::files::raw(&world.desk, &reach, case, message.id).await.unwrap();
        assert_eq!(raw, mail.bytes());
    });
}

/// A report by the customer's mail server about a mail of ours.
fn report(world: &World, about: &str, action: &str, status: &str) -> Mail {
    let words = if status == "5.2.2" { "Mailbox full" } else { "No such person here" };
    let said = format!(
        "Reporting-MTA: dns; mx.customer.example\r\n\r\nFinal-Recipient: rfc822; eva@customer.example\r\n\
         Action: {action}\r\nStatus: {status}\r\nDiagnostic-Code: smtp; 550 {status} {words}\r\n"
    );
    let copy = format!(
        "From: help@aurora.example\r\nMessage-ID: <{about}>\r\nSubject: Re: Kettle\r\n\r\nUnplug it.\r\n"
    );
    world
        .mail("MAILER-DAEMON@customer.example", AURORA, "Undelivered Mail Returned to Sender", "I am sorry.")
        .with_file("status", "message/delivery-status", said.as_bytes())
        .with_file("mail", "message/rfc822", copy.as_bytes())
        .sifted()
}

#[test]
fn a_bounce_comes_to_the_reply_that_it_returns() {
    on_both_engines(|world| async move {
        let case = world
            .receive(&world.mail(
                EVA,
                AURORA,
                "Kettle",
                "Mein Wasserkocher ist undicht, bitte helfen Sie mir.",
            ))
            .await;
        let language = world.case(case).await.language;
        let reply = world.reply("tiago", case, "Unplug it.").await.unwrap();
        world.later(desk::UNDO_FOR);
        world.run_jobs().await;
        let before = world.case(case).await;
        let id = format!("{reply}@aurora.example");
        let delivery = async || {
            let messages = world.messages(case).await;
            let sent = messages.into_iter().find(|message| message.id == reply).unwrap();
            (sent.delivery, sent.delivery_note)
        };
        assert_eq!(world.receive(&report(&world, &id, "delayed", "4.4.1")).await, case);
        assert_eq!(delivery().await.0, Delivery::Sent, "a delay is no failure");
        assert_eq!(world.receive(&report(&world, &id, "failed", "5.2.2")).await, case);
        assert_eq!(delivery().await.0, Delivery::Failed);
        world.reply("tiago", case, "A full mailbox is emptied some day.").await.unwrap();
        assert_eq!(world.receive(&report(&world, &id, "failed", "5.1.1")).await, case);
        let (state, note) = delivery().await;
        assert_eq!(state, Delivery::Failed);
        assert!(note.contains("eva@customer.example") && note.contains("No such person here"), "{note}");
        let after = world.case(case).await;
        let again = || world.reply("tiago", case, "Once more.");
        assert_eq!(code(again().await), "reply.address_bounced", "nothing more is sent there");
        let tiago = world.reach("tiago").await;
        let tried = replies::try_again(&world.desk, &tiago, case, reply).await;
        assert_eq!(code(tried), "reply.address_bounced");
        let clear =
            async |who: &str| code(bounces::clear_address(&world.desk, &world.reach(who).await, case).await);
        assert_eq!(clear("jun").await, "case.not_found");
        assert_eq!(clear("ines").await, "ok");
        assert_eq!(clear("ines").await, "case.address_is_good");
        again().await.unwrap();
        assert_eq!(
            (after.state, after.last_word),
            (before.state, before.last_word),
            "a machine moves nothing"
        );
        assert_eq!(after.language, language, "a machine's words say nothing about the customer's language");
    });
}

#[test]
fn a_bounce_that_names_another_clients_reply_touches_nothing() {
    on_both_engines(|world| async move {
        let case = world.receive(&world.mail(EVA, AURORA, "Kettle", "It leaks.")).await;
        let reply = world.reply("tiago", case, "Unplug it.").await.unwrap();
        world.later(desk::UNDO_FOR);
        world.run_jobs().await;
        let report = report(&world, &format!("{reply}@aurora.example"), "failed", "5.1.1");
        let forged = Mail { recipient: PIP.to_owned(), ..report };
        assert_ne!(world.receive(&forged).await, case);
        let messages = world.messages(case).await;
        assert_eq!(
            messages.into_iter().find(|message| message.id == reply).unwrap().delivery,
            Delivery::Sent
        );
    });
}
