//! Arriving: what is served, and that no mail, however odd, is lost or holds up the next.

use cases::View;
use desk::intake;
use kernel::EmailAddress;
use testkit::on_both_engines;

const AURORA: &str = "help@aurora.example";

#[test]
fn only_mailboxes_are_served_with_or_without_a_detail() {
    on_both_engines(|world| async move {
        let check = async |address: &str, expected: bool| {
            let address: EmailAddress = address.parse().unwrap();
            assert_eq!(intake::serves(&world.desk, &address).await.unwrap(), expected, "{address}");
        };
        check("help@aurora.example", true).await;
        check("HELP@Aurora.Example", true).await;
        check("help+k7qm3xtp.4f0x9w2c1m@aurora.example", true).await;
        check("help+@aurora.example", true).await;
        check("sales@aurora.example", false).await;
        check("help@pip.example", false).await;
        check("help@aurora.example.net", false).await;
        check("+help@aurora.example", false).await;
    });
}

#[test]
fn a_mail_without_a_sender_becomes_a_case() {
    on_both_engines(|world| async move {
        let mail = world.mail("eva@customer.example", AURORA, "", "Who am I?").without_from();
        let case = world.receive(&mail).await;
        let message = world.messages(case).await.remove(0);
        assert_eq!(message.by.address, "eva@customer.example", "the envelope says it");
        assert_eq!(world.case(case).await.subject, "(no subject)");
        let mut nobody = world.mail("nobody@x.example", AURORA, "Bounced?", "From nobody.").without_from();
        nobody.sender = String::new();
        let case = world.receive(&nobody).await;
        assert_eq!(world.messages(case).await[0].by.address, "unknown@sender.invalid");
    });
}

#[test]
fn bytes_that_nobody_can_read_become_a_case_and_the_next_mail_is_read() {
    on_both_engines(|world| async move {
        let delivery = |bytes: &[u8]| intake::Delivery {
            sender: "odd@customer.example".to_owned(),
            recipients: vec![AURORA.parse().unwrap()],
            peer: "192.0.2.1".to_owned(),
            trace: "Received: from odd\r\n".to_owned(),
            body: intake::Body::Bytes(bytes.to_vec()),
        };
        for bytes in [&b"\0\xff\xfe\0 no mail at all"[..], b"", b"\r\n\r\n"] {
            intake::keep(&world.desk, delivery(bytes)).await.unwrap();
        }
        let next = world.case_from_mail(AURORA).await;
        let open = world.list("tiago", View::Open).await;
        assert_eq!(open.len(), 4);
        assert!(open.iter().any(|row| row.id == next));
        let odd = open.iter().find(|row| row.snippet.contains("no mail at all")).unwrap();
        let message = world.messages(odd.id).await.remove(0);
        assert_eq!(message.problems, ["The mail can't be read."]);
        let reach = world.reach("tiago").await;
        let raw = desk::files::raw(&world.desk, &reach, odd.id, message.id).await.unwrap();
        assert_eq!(raw, b"Received: from odd\r\n\0\xff\xfe\0 no mail at all");
        assert!(world.read(|tx| jobs::list(tx, 10)).await.is_empty(), "nothing is left to do");
    });
}

/// Everything of a mail that a database could stumble over.
#[test]
fn no_text_is_too_odd_to_keep() {
    on_both_engines(|world| async move {
        let words: String = (0..60_000).map(|nth| format!("wort{nth:06} ")).collect();
        let odd = format!("\0 null \u{fffe} \u{200d} 🛴 {} {words}", "x".repeat(200_000));
        let subject = format!("\0{}", "Sehr lang ".repeat(2_000));
        let from = format!("{} <{}@customer.example>", "\0Ñ".repeat(500), "a".repeat(64));
        let mail =
            world.mail(&from, AURORA, &subject, &odd).with_id(&format!("{}@x.example", "i".repeat(980)));
        let mail = mail.with_file(&"\0name".repeat(500), "x/\0y", b"");
        let case = world.receive(&mail).await;
        let message = world.messages(case).await.remove(0);
        assert!(message.new_text.starts_with("\u{fffd} null"));
        let answer = world.mail("eva@customer.example", AURORA, "Re", "Thanks").answering(mail.id());
        assert_eq!(world.receive(&answer).await, case, "a long Message-ID is found again");
    });
}

/// Twenty mails of a customer whom nobody knew, read at once.
#[test]
fn mails_of_a_new_customer_that_come_together_make_one_customer() {
    on_both_engines(|world| async move {
        let mut reading = tokio::task::JoinSet::new();
        for nth in 0..20 {
            let subject = format!("Number {nth}");
            let mail = world.mail("Eva <eva@customer.example>", AURORA, &subject, "All at once.");
            world.arrive(&mail).await;
            let job = world.read(|tx| jobs::list(tx, 100)).await.pop().unwrap();
            let (desk, raw) = (world.desk.clone(), job.subject.parse().unwrap());
            let (kept, _) = intake::bytes_to_read(&desk, raw).await.unwrap().unwrap();
            reading.spawn(async move { desk::receive::receive(&desk, kept, mail.incoming).await });
        }
        // One that met another writer is read again by its job.
        reading.join_all().await;
        world.run_jobs().await;
        world.later(std::time::Duration::from_secs(3600));
        world.run_jobs().await;
        let open = world.list("tiago", View::Open).await;
        assert_eq!(open.len(), 20);
        assert!(open.iter().all(|row| row.customer == open[0].customer));
    });
}

#[test]
fn a_device_that_says_the_same_every_day_is_heard_every_day() {
    on_both_engines(|world| async move {
        let mail = world.mail("toner@customer.example", AURORA, "Toner", "The toner is low.").with_id("");
        for day in 1..=3 {
            world.arrive(&mail).await;
            world.run_jobs().await;
            let messages: i64 = world.list("tiago", View::Open).await.iter().map(|row| row.messages).sum();
            assert_eq!(messages, day);
            world.later(std::time::Duration::from_secs(24 * 60 * 60));
        }
    });
}
