//! LMTP: greeted its own way, one answer for each recipient, through a port or a socket.

use super::{Address, Limits, Protocol, World, codes};
use crate::email::receiver::Receiver;
use std::sync::Arc;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::UnixStream,
};

fn world(limits: Limits) -> World {
    let mut world = World::new(limits);
    world.settings.protocol = Protocol::Lmtp;
    world
}

/// `words` are put between LHLO and QUIT; `expected` are the codes for them.
async fn check(limits: Limits, words: &str, expected: &[&str], mails: &[&str]) {
    let world = world(limits);
    let replies = world.say(format!("LHLO mx.example\r\n{words}QUIT\r\n").as_bytes()).await;
    let all: Vec<_> = ["220", "250"].iter().chain(expected).chain(&["221 2.0.0"]).copied().collect();
    assert_eq!(codes(&replies), all, "{words:?} brought {replies}");
    assert_eq!(world.desk.bodies(), mails, "after {words:?}");
    assert_eq!(world.spooled(), 0, "after {words:?}");
}

fn to(names: &[&str]) -> String {
    let rcpt = |name: &&str| format!("RCPT TO:<{name}@aurora.example>\r\n");
    "MAIL FROM:<ana@client.example>\r\n".to_owned() + &names.iter().map(rcpt).collect::<String>()
}

#[tokio::test]
async fn each_recipient_is_answered() {
    let taken = ["250 2.1.0", "250 2.1.5", "250 2.1.5", "354"];
    for (body, answers, mails) in [
        ("Hi", ["250 2.0.0", "250 2.0.0"], &["Hi\r\n", "Hi\r\n"][..]),
        ("not for b", ["250 2.0.0", "451 4.3.0"], &["not for b\r\n"]),
        ("refuse", ["554 5.7.1", "554 5.7.1"], &[]),
    ] {
        let words = format!("{}DATA\r\n{body}\r\n.\r\n", to(&["a", "b"]));
        check(Limits::default(), &words, &[&taken[..], &answers].concat(), mails).await;
    }
    // Who isn't served, or can't be asked about now, isn't answered again; who is named twice is.
    let words = format!("{}RCPT TO:<x@elsewhere.example>\r\nDATA\r\nHi\r\n.\r\n", to(&["a", "busy", "a"]));
    let expected =
        ["250 2.1.0", "250 2.1.5", "451 4.3.0", "250 2.1.5", "550 5.1.1", "354", "250 2.0.0", "250 2.0.0"];
    check(Limits::default(), &words, &expected, &["Hi\r\n", "Hi\r\n"]).await;
}

#[tokio::test]
async fn a_mail_that_is_too_large_is_refused_to_each() {
    let small = || Limits { message_bytes: 100, errors: 3, ..Limits::default() };
    let words = format!(
        "{0}DATA\r\n{1}\r\n.\r\n{0}DATA\r\nsmall\r\n.\r\n",
        to(&["a", "b", "c", "d"]),
        "x".repeat(200)
    );
    let addressed = ["250 2.1.0", "250 2.1.5", "250 2.1.5", "250 2.1.5", "250 2.1.5", "354"];
    let expected = [&addressed[..], &["552 5.3.4"; 4], &addressed, &["250 2.0.0"; 4]].concat();
    check(small(), &words, &expected, &["small\r\n"; 4]).await;
}

#[tokio::test]
async fn it_has_a_greeting_of_its_own() {
    for (words, expected) in [
        ("EHLO mx.example\r\nHELO mx.example\r\n", &["500 5.5.1", "500 5.5.1"][..]),
        ("LHLO\r\n", &["501 5.5.4"]),
        ("RSET\r\nDATA\r\n", &["250 2.0.0", "503 5.5.1"]),
        ("MAIL FROM:<>\r\nDATA\r\n", &["250 2.1.0", "503 5.5.1"]),
    ] {
        check(Limits::default(), words, expected, &[]).await;
    }
    let lmtp = world(Limits::default());
    let replies = lmtp.say(b"MAIL FROM:<>\r\nLHLO mx.example\r\nQUIT\r\n").await;
    assert!(
        replies.starts_with("220 mail.aurora.example LMTP Dragoman\r\n503 5.5.1 Say LHLO first."),
        "{replies}"
    );
    for offered in ["SIZE 52428800", "8BITMIME", "PIPELINING", "ENHANCEDSTATUSCODES"] {
        assert!(replies.contains(&format!("250-{offered}\r\n")), "{replies}");
    }
    let smtp = World::new(Limits::default()).say(b"LHLO mx.example\r\nQUIT\r\n").await;
    assert_eq!(codes(&smtp), ["220", "500 5.5.1", "221 2.0.0"]);
}

#[tokio::test]
async fn a_socket_is_a_door_too() {
    let world = world(Limits::default());
    let path = world.folder.path().join("lmtp.sock");
    // What a killed process left behind isn't in the way.
    drop(std::os::unix::net::UnixListener::bind(&path).unwrap());
    let address = Address::Socket(path.clone());
    let receiver = Receiver::bind(&address, world.settings.clone()).await.unwrap();
    assert_eq!(receiver.local_address().to_string(), format!("unix:{}", path.display()));
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let until = async { drop(stopped.await) };
    let serving = tokio::spawn(receiver.serve(Arc::clone(&world.desk), until));

    let mut client = UnixStream::connect(&path).await.unwrap();
    let words = format!("LHLO mx.example\r\n{}DATA\r\nHi\r\n.\r\nQUIT\r\n", to(&["a"]));
    client.write_all(words.as_bytes()).await.unwrap();
    let mut replies = String::new();
    client.read_to_string(&mut replies).await.unwrap();
    assert_eq!(codes(&replies)[2..], ["250 2.1.0", "250 2.1.5", "354", "250 2.0.0", "221 2.0.0"]);
    let trace = world.desk.envelope().trace;
    assert!(
        trace.contains("from mx.example ([127.0.0.1])\r\n\tby mail.aurora.example with LMTP\r\n"),
        "{trace}"
    );

    let taken = Receiver::bind(&address, world.settings.clone()).await;
    assert!(taken.is_err(), "a socket on which somebody listens was taken away");
    drop(stop);
    serving.await.unwrap();
    assert!(!path.exists());
    std::fs::write(&path, "something else").unwrap();
    assert!(Receiver::bind(&address, world.settings.clone()).await.is_err());
    assert_eq!(std::fs::read_to_string(&path).unwrap(), "something else");
}

#[test]
fn addresses_are_read() {
    for (text, expected) in [
        ("127.0.0.1:2424", Ok("127.0.0.1:2424")),
        ("[::1]:2424", Ok("[::1]:2424")),
        ("unix:/run/dragoman/lmtp.sock", Ok("unix:/run/dragoman/lmtp.sock")),
        ("unix:lmtp.sock", Err("the path of a socket begins with /, as in unix:/run/dragoman/lmtp.sock")),
        ("localhost", Err("it should look like 127.0.0.1:2424 or unix:/path")),
    ] {
        let read = text.parse::<Address>().map(|address| address.to_string());
        assert_eq!(read, expected.map(str::to_owned), "{text}");
    }
}
