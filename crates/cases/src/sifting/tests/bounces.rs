//! Bounces: whom they name, whether the address is dead, and which mail they return.

use super::mail;
use crate::incoming::{Attachment, Incoming};
use crate::sifting::{bounce, bounced_message_ids, sift, still_trying};

fn attachment(media_type: &str, content: &str) -> Attachment {
    Attachment {
        media_type: media_type.to_owned(),
        content: content.as_bytes().to_vec(),
        ..Attachment::default()
    }
}

fn returned(text: &str) -> Incoming {
    let to =
        crate::incoming::Correspondent { name: String::new(), address: "help@aurora.example".to_owned() };
    Incoming {
        text: text.to_owned(),
        to: vec![to],
        ..mail("MAILER-DAEMON@mx.example", "Mail delivery failed", &[])
    }
}

fn check(mail: &Incoming, recipient: &str, status: &str, permanent: bool) {
    let Some(bounce) = bounce(mail) else { panic!("no bounce: {mail:?}") };
    let found = (bounce.recipient.as_str(), bounce.status.as_str(), bounce.permanent);
    assert_eq!(found, (recipient, status, permanent), "{bounce:?} {}", mail.text);
}

#[test]
fn mail_systems_are_read_in_their_own_words() {
    for (text, recipient, status, permanent) in [
        (
            "I tried to bring your letter to these addresses.\n\n<ann@a.example>:\n192.0.2.1 refused.\nIt said: 550 5.1.1 \
             <ann@a.example>: User unknown\n\n--- Below this line is a copy of the message.\n\nTo: bob@b.example\n",
            "ann@a.example",
            "5.1.1",
            true,
        ),
        (
            "The following address(es) failed:\n\n  ann@a.example\n    SMTP error after RCPT TO:<ann@a.example>:\n    host \
             relay.spam-policy.example [192.0.2.1]: 550 No such user here\n",
            "ann@a.example",
            "",
            true,
        ),
        (
            "   ----- Transcript of session follows -----\n... while talking to mx.a.example.:\n>>> MAIL From:<help@aurora.example>\n\
             <<< 550 5.7.1 Message blocked as spam\n>>> RCPT TO:<ann@a.example>\n",
            "ann@a.example",
            "5.7.1",
            false,
        ),
        (
            "Your message\n\n  To: desk@aurora.example\n\ndid not reach the following recipient(s):\n\nann@a.example on Mon, 1 \
             Jan 2024\n    The recipient name is not recognized\n",
            "ann@a.example",
            "",
            true,
        ),
        (
            "Could not be delivered to: <ann@a.example>\nAs their mailbox is full.\n",
            "ann@a.example",
            "",
            false,
        ),
        (
            "Die folgende Adresse ist nicht erreichbar:\n\n\"ann@a.example\":\nDas Postfach existiert nicht.\n",
            "ann@a.example",
            "",
            true,
        ),
        (
            "ann@a.example failed: 552 5.2.2 over quota\nbob@a.example failed: 550 5.1.1 no such user\n",
            "ann@a.example",
            "5.2.2",
            false,
        ),
        (
            "WARNING MESSAGE ONLY. Your mail will be retried.\n\n  ann@a.example\n    Unknown host, user unknown\n",
            "ann@a.example",
            "",
            false,
        ),
    ] {
        check(&returned(text), recipient, status, permanent);
    }
}

#[test]
fn codes_and_words_tell_a_dead_address() {
    for (text, recipient, status, permanent) in [
        ("<ann@a.example>: 450 4.2.0 Greylisted, try again in 5 minutes", "ann@a.example", "4.2.0", false),
        ("<ann@a.example>: 550 5.1.8 Domain of sender does not exist", "ann@a.example", "5.1.8", false),
        ("<ann@a.example>: 551 5.1.6 The user has moved", "ann@a.example", "5.1.6", true),
        ("<ann@a.example>: Host or domain name not found (5.4.4)", "ann@a.example", "5.4.4", true),
        ("Something went wrong.", "", "", false),
    ] {
        check(&returned(text), recipient, status, permanent);
    }
}

#[test]
fn reports_are_read_even_when_broken() {
    for (media_type, report, recipient, status, permanent) in [
        (
            "message/delivery-status",
            "Reporting-MTA: dns; mx\n\nFinal-Recipient: rfc822; ann@a.example\nAction: failed\nStatus: 5.0.0\nDiagnostic-Code: \
             smtp; 550 5.1.1 unknown\n user",
            "ann@a.example",
            "5.1.1",
            true,
        ),
        (
            "message/x-delivery-status",
            "Final-Recipient: rfc822; @relay.example:ann@a.example\nAction: FAILED (gave up)\nStatus: 5.2.2",
            "ann@a.example",
            "5.2.2",
            false,
        ),
        (
            "message/delivery-status",
            "Final-Recipient: x400; /s=ann/\nOriginal-Recipient: rfc822;ann@a.example\nStatus: 5.1.1",
            "ann@a.example",
            "5.1.1",
            true,
        ),
        (
            "message/delivery-status",
            "Final-Recipient: rfc822; ann@a.example\nAction: delayed\nStatus: 4.1.1\nDiagnostic-Code: smtp; 450 user unknown",
            "ann@a.example",
            "4.1.1",
            false,
        ),
        (
            "message/delivery-status",
            "Final-Recipient: rfc822; bob@a.example\nAction: delivered\nStatus: 2.0.0\n\nFinal-Recipient: rfc822; \
             ann@a.example\nAction: failed\nStatus: 5.4.1\nDiagnostic-Code: smtp; 550 5.4.1 Recipient address rejected: Access \
             denied",
            "ann@a.example",
            "5.4.1",
            true,
        ),
    ] {
        let mail = Incoming { attachments: vec![attachment(media_type, report)], ..returned("") };
        check(&mail, recipient, status, permanent);
    }
    let text = "It failed.\n\nReporting-MTA: dns; mx\n\n  Action: failed\n  Final-Recipient: rfc822; ann@a.example\n  Status: 5.1.1\n";
    check(&returned(text), "ann@a.example", "5.1.1", true);
    let notice = r#"{"notificationType":"Bounce","bounce":{"bouncedRecipients":[{"emailAddress":"ann@a.example","status":"5.1.1"!
 ,"diagnosticCode":"smtp; 550 5.1.1 user unknown"}]}}"#;
    let notice = Incoming { text: notice.to_owned(), ..mail("no-reply@cloud.example", "Notification", &[]) };
    check(&notice, "ann@a.example", "5.1.1", true);
}

#[test]
fn people_who_speak_of_bounces_stay_people() {
    let report = "Final-Recipient: rfc822; ann@a.example\nAction: failed\nStatus: 5.1.1";
    let words = "I got a bounce:\n<ann@a.example>: 550 5.1.1 user unknown";
    for subject in [
        "Mail delivery failed, what now?",
        "Fwd: Undelivered Mail Returned to Sender",
        "Re: Automatic reply: Hi",
    ] {
        let headers = [("Return-Path", "<bob@b.example>"), ("Content-Type", "multipart/mixed; boundary=x")];
        let plain = Incoming { text: words.to_owned(), ..mail("bob@b.example", subject, &headers) };
        assert_eq!((sift(&plain), bounce(&plain)), (None, None), "{subject}");
    }
    let passed_on = mail("bob@b.example", "Fwd: Undelivered Mail Returned to Sender", &[]);
    let passed_on =
        Incoming { attachments: vec![attachment("message/delivery-status", report)], ..passed_on };
    assert_eq!((sift(&passed_on), bounce(&passed_on)), (None, None));
}

#[test]
fn the_returned_mail_is_named() {
    let attached = |content: &str| Incoming {
        attachments: vec![attachment("message/rfc822", content)],
        in_reply_to: vec!["answered@x".to_owned()],
        references: vec!["old@x".to_owned(), "answered@x".to_owned()],
        ..returned("Message-ID: <within@x>")
    };
    for (mail, expected) in [
        (
            attached("To: a\nMessage-Id:\n  <attached@x>\n\nMessage-ID: <body@x>"),
            vec!["attached@x", "within@x", "answered@x", "old@x"],
        ),
        (attached("Subject: no id\n\nwords"), vec!["within@x", "answered@x", "old@x"]),
        (returned("It failed.\n\n> message-id: bare@x\n>\n"), vec!["bare@x"]),
        (returned("Message-ID:\n <folded@x>\nMessage-ID: <>\nMessage-ID: two words"), vec!["folded@x"]),
        (returned("no copy"), vec![]),
    ] {
        assert_eq!(bounced_message_ids(&mail), expected, "{mail:?}");
    }
}

#[test]
fn hostile_texts_take_no_time_and_break_nothing() {
    let long = [
        "@".repeat(300_000),
        "a@b.c ".repeat(60_000),
        "<".repeat(100_000),
        "ä@ö.ü\n".repeat(50_000),
        "\"@\"".repeat(9_000),
    ];
    for text in long {
        let mail = Incoming { attachments: vec![attachment("message/rfc822", &text)], ..returned(&text) };
        assert!(bounce(&mail).is_some());
        assert!(bounced_message_ids(&mail).len() <= 20);
    }
}

#[test]
fn a_delay_is_told_from_giving_up() {
    let report = |action: &str, text: &str| {
        let report = format!("Final-Recipient: rfc822; ann@a.example\nAction: {action}\nStatus: 4.4.7");
        Incoming { attachments: vec![attachment("message/delivery-status", &report)], ..returned(text) }
    };
    for (mail, trying) in [
        (report("delayed", "It is late."), true),
        (report("delayed", "An error has occurred, we have given up."), false),
        (report("failed", "Your mail will be retried."), false),
        (returned("<ann@a.example>: 552 mailbox full"), false),
        (returned("THIS IS A WARNING MESSAGE ONLY.\n\n  ann@a.example"), true),
    ] {
        assert_eq!(still_trying(&mail), trying, "{mail:?}");
        assert!(bounce(&mail).is_some_and(|bounce| !bounce.permanent));
    }
}
