//! Whole conversations: what is said, which codes come back, and which mails are stored.

use super::{Encryption, Limits, World, codes};
use crate::email::receiver::Manner;

/// `words` are put between EHLO and QUIT; `expected` are the codes for them.
async fn check(limits: Limits, words: &str, expected: &[&str], mails: &[&str]) {
    let world = World::new(limits);
    let replies = world.say(format!("EHLO client.example\r\n{words}QUIT\r\n").as_bytes()).await;
    let all: Vec<_> = ["220", "250"].iter().chain(expected).chain(&["221 2.0.0"]).copied().collect();
    assert_eq!(codes(&replies), all, "{words:?} brought {replies}");
    assert_eq!(world.desk.bodies(), mails, "after {words:?}");
    assert_eq!(world.spooled(), 0, "after {words:?}");
}

const ENVELOPE: &str = "MAIL FROM:<ana@client.example>\r\nRCPT TO:<help@aurora.example>\r\n";

#[tokio::test]
async fn mails_and_refusals() {
    let default = Limits::default;
    let taken = ["250 2.1.0", "250 2.1.5", "354", "250 2.0.0"];
    check(default(), &format!("{ENVELOPE}DATA\r\nHi\r\n.\r\n"), &taken, &["Hi\r\n"]).await;
    check(default(), &format!("{ENVELOPE}DATA\r\n.\r\n"), &taken, &[""]).await;
    check(default(), &format!("{ENVELOPE}DATA\r\n..\r\n...a\r\n.b\r\n.\r\n"), &taken, &[".\r\n..a\r\nb\r\n"])
        .await;
    let twice = format!("{ENVELOPE}DATA\r\none\r\n.\r\n{ENVELOPE}DATA\r\ntwo\r\n.\r\n");
    check(default(), &twice, &[&taken[..], &taken].concat(), &["one\r\n", "two\r\n"]).await;
    for (words, expected) in [
        ("MAIL FROM:<a@b.example>\r\nRCPT TO:<x@elsewhere.example>\r\n", &["250 2.1.0", "550 5.1.1"][..]),
        ("MAIL FROM:<a@b.example>\r\nRCPT TO:<busy@aurora.example>\r\n", &["250 2.1.0", "451 4.3.0"]),
        ("MAIL FROM:<a@b.example>\r\nRCPT TO:<>\r\n", &["250 2.1.0", "501 5.1.3"]),
        ("MAIL FROM:<a@b.example>\r\nRCPT TO:<help>\r\n", &["250 2.1.0", "501 5.1.3"]),
        ("MAIL FROM:<a@b.example>\r\nRCPT TO:<a\rb@aurora.example>\r\n", &["250 2.1.0", "500 5.5.2"]),
        ("MAIL FROM:<a@b.example>\r\nRCPT TO:<a\0b@aurora.example>\r\n", &["250 2.1.0", "500 5.5.2"]),
        ("MAIL FROM:<a@b.example>\r\nMAIL FROM:<c@b.example>\r\n", &["250 2.1.0", "503 5.5.1"]),
        ("MAIL FROM:<a@b.example>\r\nDATA\r\n", &["250 2.1.0", "554 5.5.1"]),
        ("RCPT TO:<help@aurora.example>\r\nDATA\r\n", &["503 5.5.1", "503 5.5.1"]),
        (
            "MAIL FROM:<a@b.example>\r\nRSET\r\nRCPT TO:<help@aurora.example>\r\n",
            &["250 2.1.0", "250 2.0.0", "503 5.5.1"],
        ),
        ("MAIL FROM:<a@b.example> SIZE=99999999\r\n", &["552 5.3.4"]),
        ("MAIL FROM:<a@b.example> SIZE=52428800 BODY=8BITMIME\r\n", &["250 2.1.0"]),
        ("MAIL FROM:<a@b.example> BODY=BINARYMIME\r\n", &["555 5.5.4"]),
        ("MAIL FROM:<a@b.example> COLOUR=BLUE\r\n", &["555 5.5.4"]),
        ("MAIL FROM:<sloveč@b.example>\r\n", &["553 5.6.7"]),
        ("MAIL FROM:a@b.example\r\n", &["501 5.5.4"]),
        ("VRFY help\r\nEXPN all\r\nHELP\r\nNOOP\r\n", &["252 2.5.0", "502 5.5.1", "214 2.0.0", "250 2.0.0"]),
        ("AUTH PLAIN AGEAYg==\r\nSTARTTLS\r\nTURN\r\n", &["502 5.5.1", "502 5.5.1", "500 5.5.1"]),
    ] {
        check(default(), words, expected, &[]).await;
    }
}

#[tokio::test]
async fn what_the_desk_says_is_passed_on() {
    let refused = format!("{ENVELOPE}DATA\r\nrefuse\r\n.\r\n");
    check(Limits::default(), &refused, &["250 2.1.0", "250 2.1.5", "354", "554 5.7.1"], &[]).await;
    let later = format!("{ENVELOPE}DATA\r\nlater\r\n.\r\n");
    check(Limits::default(), &later, &["250 2.1.0", "250 2.1.5", "354", "451 4.3.0"], &[]).await;
    let world = World::new(Limits::default());
    let replies = world.say(b"EHLO c\r\nMAIL FROM:<>\r\nRCPT TO:<busy@aurora.example>\r\nQUIT\r\n").await;
    assert!(replies.contains("451 4.3.0 The list of addresses  250 can't be read.\r\n"), "{replies}");
}

#[tokio::test]
async fn limits_are_kept_and_the_conversation_goes_on() {
    let small = || Limits { message_bytes: 100, recipients: 2, ..Limits::default() };
    let large = "x".repeat(200);
    let words = format!("{ENVELOPE}DATA\r\n{large}\r\n.\r\n{ENVELOPE}DATA\r\nsmall\r\n.\r\n");
    let expected =
        ["250 2.1.0", "250 2.1.5", "354", "552 5.3.4", "250 2.1.0", "250 2.1.5", "354", "250 2.0.0"];
    check(small(), &words, &expected, &["small\r\n"]).await;
    let rcpt = |name| format!("RCPT TO:<{name}@aurora.example>\r\n");
    let words =
        ["MAIL FROM:<>\r\n".to_owned(), rcpt("a"), rcpt("b"), rcpt("c"), "DATA\r\nHi\r\n.\r\n".to_owned()];
    let expected = ["250 2.1.0", "250 2.1.5", "250 2.1.5", "452 4.5.3", "354", "250 2.0.0"];
    check(small(), &words.concat(), &expected, &["Hi\r\n"]).await;
    let words = format!("NOOP {}\r\nNOOP\r\n", "x".repeat(5000));
    check(Limits::default(), &words, &["500 5.5.2", "250 2.0.0"], &[]).await;
}

#[tokio::test]
async fn a_long_mail_goes_through_a_file_unchanged() {
    let body = "0123456789abcdef\r\n.dots\r\n".repeat(50_000);
    let stuffed = body.replace("\r\n.", "\r\n..");
    let words = format!("{ENVELOPE}DATA\r\n{stuffed}.\r\n");
    check(Limits::default(), &words, &["250 2.1.0", "250 2.1.5", "354", "250 2.0.0"], &[&body]).await;
}

/// Each of these ends the conversation: what follows isn't obeyed.
#[tokio::test]
async fn some_things_end_a_conversation() {
    let limits = || Limits {
        errors: 3,
        idle_commands: 6,
        messages: 1,
        message_bytes: 50,
        drained_bytes: 50,
        ..Limits::default()
    };
    let one = format!("{ENVELOPE}DATA\r\nHi\r\n.\r\n");
    for (words, expected) in [
        ("BAD\r\nBAD\r\nBAD\r\n".to_owned(), &["500 5.5.1", "500 5.5.1", "500 5.5.1", "421 4.7.0"][..]),
        (
            "NOOP\r\n".repeat(5),
            &["250 2.0.0", "250 2.0.0", "250 2.0.0", "250 2.0.0", "250 2.0.0", "421 4.7.0"],
        ),
        (format!("{one}{ENVELOPE}"), &["250 2.1.0", "250 2.1.5", "354", "250 2.0.0", "421 4.7.0"]),
        ("BDAT 6 LAST\r\nRSET\r\n".to_owned(), &["502 5.5.1"]),
        ("POST / HTTP/1.1\r\nHost: x\r\n".to_owned(), &["554 5.7.0"]),
        ("x".repeat(200_000), &["500 5.5.2"]),
        (format!("{ENVELOPE}DATA\r\n{}", "x".repeat(200)), &["250 2.1.0", "250 2.1.5", "354", "552 5.3.4"]),
        (format!("{ENVELOPE}DATA\r\nhalf a mail"), &["250 2.1.0", "250 2.1.5", "354"]),
    ] {
        let world = World::new(limits());
        let replies = world.say(format!("EHLO client.example\r\n{words}").as_bytes()).await;
        let all: Vec<_> = ["220", "250"].iter().chain(expected).copied().collect();
        assert_eq!(codes(&replies), all, "{replies}");
        assert!(world.desk.bodies().len() <= 1);
    }
}

#[tokio::test]
async fn the_envelope_holds_what_was_said() {
    let world = World::new(Limits::default());
    let words = "EHLO Posta.Example\r\nMAIL FROM:<živa@pošta.example> SMTPUTF8\r\nRCPT TO:<hellö@aurora.example>\r\n\
        RCPT TO:<hellö@aurora.example>\r\nDATA\r\nHi\r\n.\r\nQUIT\r\n";
    world.say(words.as_bytes()).await;
    let envelope = world.desk.envelope();
    assert_eq!(envelope.from.as_deref(), Some("živa@pošta.example"));
    assert_eq!(envelope.to, ["hellö@aurora.example"]);
    assert_eq!((envelope.manner, envelope.encryption), (Manner::Extended, Encryption::Plain));
    assert!(envelope.is_smtputf8);
    assert_eq!(
        envelope.trace,
        "Received: from Posta.Example ([192.0.2.7])\r\n\tby mail.aurora.example with UTF8SMTP\r\n\tfor \
         <hellö@aurora.example>;\r\n\tMon, 23 Nov 2026 07:00:00 +0000\r\n"
    );
}

#[tokio::test]
async fn the_null_sender_the_postmaster_and_plain_helo_are_welcome() {
    let world = World::new(Limits::default());
    let words = "helo x(y)\r\nmail from:<>\r\nrcpt to:<Postmaster>\r\nrcpt to:<help@aurora.example>\r\n\
        data\r\nHi\r\n.\r\nquit\r\n";
    let replies = world.say(words.as_bytes()).await;
    assert_eq!(
        codes(&replies)[2..],
        ["250 2.1.0", "250 2.1.5", "250 2.1.5", "354", "250 2.0.0", "221 2.0.0"]
    );
    let envelope = world.desk.envelope();
    assert_eq!((envelope.from, envelope.manner), (None, Manner::Plain));
    assert_eq!(envelope.to, ["postmaster", "help@aurora.example"]);
    assert!(
        envelope
            .trace
            .starts_with("Received: from x?y? ([192.0.2.7])\r\n\tby mail.aurora.example with SMTP;\r\n")
    );
}

#[tokio::test]
async fn nothing_goes_before_the_greeting() {
    let world = World::new(Limits::default());
    let replies = world.say(b"MAIL FROM:<a@b.example>\r\nEHLO\r\nQUIT\r\n").await;
    assert_eq!(codes(&replies), ["220", "503 5.5.1", "501 5.5.4", "221 2.0.0"]);
}

#[tokio::test]
async fn the_offer_is_complete() {
    let world = World::new(Limits::default());
    let replies = world.say(b"EHLO x\r\nQUIT\r\n").await;
    let offered: Vec<_> =
        replies.lines().filter_map(|line| line.strip_prefix("250")).map(|line| &line[1..]).collect();
    let expected = ["SIZE 52428800", "8BITMIME", "SMTPUTF8", "PIPELINING", "ENHANCEDSTATUSCODES", "HELP"];
    assert_eq!(offered[1..], expected);
}
