//! The sender, against a server that follows a script and against our own receiver.

use super::{Credentials, LeftOut, NoRelay, Relay, Security, Sender, Sent};
use crate::email::receiver::{
    Body, Certificate, Envelope, Intake, Limits, Protocol, Receiver, Recipient, Settings, Taken,
};
use kernel::{EmailAddress, Instant};
use std::{
    net::{Ipv4Addr, SocketAddr},
    sync::{Arc, Mutex},
};
use tokio::{
    io::{AsyncBufReadExt, AsyncRead, AsyncWrite, AsyncWriteExt, BufReader},
    net::TcpListener,
};

/// The Message-ID of what is sent.
const ID: &str = "0123+4@aurora.example";

/// What a scripted server answers to lines that begin so; the first that fits. Nothing at all means: it hangs up.
type Script = &'static [(&'static str, &'static str)];

const WILLING: Script = &[
    ("EHLO", "250-server.example\r\n250-AUTH PLAIN LOGIN\r\n250 8BITMIME"),
    ("AUTH", "235 2.7.0 Welcome"),
    ("DATA", "354 Go on"),
    (".", "250 2.0.0 queued as 7"),
    ("QUIT", "221 Goodbye"),
    ("", "250 2.0.0 OK"),
];

/// A server on a real port, and everything that was said to it.
async fn scripted(script: Script) -> (SocketAddr, Arc<Mutex<Vec<String>>>) {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
    let address = listener.local_addr().unwrap();
    let heard = Arc::new(Mutex::new(Vec::new()));
    let log = Arc::clone(&heard);
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(follow(script, stream, Arc::clone(&log)));
        }
    });
    (address, heard)
}

async fn follow<S>(script: Script, stream: S, log: Arc<Mutex<Vec<String>>>) -> Option<()>
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    let mut stream = BufReader::new(stream);
    let find = |line: &str| script.iter().chain(WILLING).find(|(start, _)| line.starts_with(start));
    let greeting =
        script.iter().find(|(start, _)| *start == "(greeting)").map_or("220 server.example", |(_, say)| say);
    stream.write_all(format!("{greeting}\r\n").as_bytes()).await.ok()?;
    let mut is_in_mail = false;
    loop {
        let mut line = String::new();
        if stream.read_line(&mut line).await.ok()? == 0 {
            return None;
        }
        let line = line.trim_end();
        log.lock().unwrap().push(line.to_owned());
        if is_in_mail && line != "." {
            continue;
        }
        let (_, answer) = find(line)?;
        is_in_mail = answer.starts_with("354");
        if answer.is_empty() {
            return None;
        }
        stream.write_all(format!("{answer}\r\n").as_bytes()).await.ok()?;
    }
}

fn relay(address: SocketAddr) -> Relay {
    Relay {
        host: address.ip().to_string(),
        port: address.port(),
        security: Security::Plain,
        credentials: None,
        hello_name: "desk.aurora.example".to_owned(),
        extra_root: None,
    }
}

fn address(text: &str) -> EmailAddress {
    text.parse().unwrap()
}

async fn send(relay: Relay, to: &[&str], bytes: &[u8]) -> Sent {
    let to: Vec<_> = to.iter().map(|text| address(text)).collect();
    Sender::new(relay).unwrap().send(&address("help@aurora.example"), &to, ID, bytes).await
}

/// Sends to `ana@x.example` and `bob@x.example`.
async fn outcome(script: Script) -> Sent {
    let (address, _) = scripted(script).await;
    send(relay(address), &["ana@x.example", "bob@x.example"], b"Subject: Hi\r\n\r\nHi\r\n").await
}

fn accepted(reply: &str) -> Sent {
    Sent::Accepted { reply: reply.to_owned(), by: "server.example".to_owned(), left_out: Vec::new() }
}

/// One of the two sad outcomes, with words that its sentence must hold.
enum Sad {
    Later(&'static str),
    Never(&'static str),
}

#[tokio::test]
async fn each_refusal_is_told_apart() {
    use Sad::{Later, Never};
    assert_eq!(outcome(&[]).await, accepted("250 2.0.0 queued as 7"));
    let cases: &[(Script, Sad)] = &[
        (
            &[("(greeting)", "554 5.3.2 Closed")],
            Later("can't be reached: 554 5.3.2 Closed. The owner should"),
        ),
        (&[("(greeting)", "421 4.3.2 Busy")], Later("can't be reached: 421 4.3.2 Busy. ")),
        (&[("EHLO", "")], Later("can't be reached: incomplete response. ")),
        (
            &[("MAIL", "530 5.7.0 Sign in")],
            Later("wants a sign-in: 530 5.7.0 Sign in. The owner should check"),
        ),
        (
            &[("MAIL", "451 4.7.1 Wait")],
            Later("doesn't take the sender's address now: 451 4.7.1 Wait. It will be"),
        ),
        (&[("MAIL", "550 5.1.8 Who?")], Never("refuses the sender's address: 550 5.1.8 Who?")),
        (&[("MAIL", "")], Later("broke (incomplete response). It will be tried again.")),
        (
            &[("RCPT", "550-5.1.1 No\r\n550 5.1.1 such user.")],
            Never("refuses the address ana@x.example: 550 5.1.1 No such user."),
        ),
        (
            &[("RCPT TO:<bob", "450 4.2.0 Grey")],
            Later("doesn't take the address bob@x.example now: 450 4.2.0 Grey."),
        ),
        (&[("RCPT TO:<bob", "")], Later("broke")),
        (&[("DATA", "554 5.5.1 No")], Never("refuses this mail: 554 5.5.1 No")),
        (&[("DATA", "250 2.0.0 OK")], Later("unexpected (250 2.0.0 OK)")),
        (&[(".", "552 5.2.2 Full")], Never("refuses this mail: 552 5.2.2 Full")),
        (&[(".", "452 4.2.2 Full")], Later("doesn't take this mail now: 452 4.2.2 Full")),
        (&[(".", "354 Go on")], Later("unexpected (354 Go on)")),
        (&[(".", "")], Later("broke")),
        (&[("MAIL", "gibberish")], Later("It will be tried again")),
    ];
    for (script, expected) in cases {
        match (outcome(script).await, expected) {
            (Sent::TryLater { because, .. }, Later(words)) | (Sent::Never { because }, Never(words)) => {
                assert!(because.contains(words), "{script:?} brought {because:?}");
            }
            (sent, _) => panic!("{script:?} brought {sent:?}"),
        }
    }
}

#[tokio::test]
async fn a_bad_address_does_not_keep_the_others_from_their_mail() {
    let because = "The server refuses the address bob@x.example: 550 5.1.1 Unknown.".to_owned();
    let left_out = vec![LeftOut { address: address("bob@x.example"), because }];
    let reply = "250 2.0.0 queued as 7".to_owned();
    assert_eq!(
        outcome(&[("RCPT TO:<bob", "550 5.1.1 Unknown")]).await,
        Sent::Accepted { reply, by: "server.example".to_owned(), left_out }
    );
}

#[tokio::test]
async fn a_wrong_password_is_the_owners_matter_and_no_verdict_on_the_mail() {
    let (server, _) = scripted(&[("AUTH", "535 5.7.8 Bad credentials")]).await;
    let credentials = Some(Credentials { user: "u".to_owned(), password: "p".to_owned() });
    let sent = send(Relay { credentials, ..relay(server) }, &["ana@x.example"], b"Hi\r\n").await;
    let Sent::TryLater { because, .. } = sent else { panic!("{sent:?}") };
    assert!(
        because.contains(
            "refuses the sign-in: 535 5.7.8 Bad credentials. The user name or the password is wrong"
        )
    );
}

#[tokio::test]
async fn one_connection_carries_many_mails_also_after_a_refusal() {
    let (server, heard) = scripted(&[("RCPT TO:<bad", "550 5.1.1 Unknown")]).await;
    let credentials = Some(Credentials { user: "u".to_owned(), password: "p".to_owned() });
    let sender = Sender::new(Relay { credentials, ..relay(server) }).unwrap();
    sender.check().await.unwrap();
    for to in ["ana@x.example", "bad@x.example", "bob@x.example"] {
        let sent = sender.send(&address("help@aurora.example"), &[address(to)], ID, b"Hi\r\n").await;
        assert_eq!(matches!(sent, Sent::Accepted { .. }), !to.starts_with("bad"), "{sent:?}");
    }
    let heard = heard.lock().unwrap();
    let count = |start: &str| heard.iter().filter(|line| line.starts_with(start)).count();
    assert_eq!(
        (count("EHLO desk.aurora.example"), count("AUTH PLAIN"), count("RSET")),
        (2, 1, 1),
        "asked twice what it offers"
    );
    assert_eq!((count("MAIL FROM:<help@aurora.example>"), count("DATA")), (3, 2));
}

#[tokio::test]
async fn a_connection_that_the_server_closed_meanwhile_is_replaced() {
    let (server, heard) = scripted(&[("NOOP", "")]).await;
    let sender = Sender::new(relay(server)).unwrap();
    for _ in 0..2 {
        let sent =
            sender.send(&address("help@aurora.example"), &[address("ana@x.example")], ID, b"Hi\r\n").await;
        assert_eq!(sent, accepted("250 2.0.0 queued as 7"));
    }
    let heard = heard.lock().unwrap();
    assert_eq!(heard.iter().filter(|line| line.starts_with("EHLO")).count(), 2 * 2);
}

#[tokio::test]
async fn what_a_server_cannot_carry_is_not_sent() {
    const PLAIN: Script = &[("EHLO", "250 server.example")];
    let (server, heard) = scripted(PLAIN).await;
    for (to, bytes, words) in
        [("živa@x.example", "Hi", "letters beyond a to z"), ("ana@x.example", "Živjo", "only plain ASCII")]
    {
        let sent = send(relay(server), &[to], bytes.as_bytes()).await;
        let Sent::Never { because } = sent else { panic!("{sent:?}") };
        assert!(because.contains(words), "{because}");
    }
    assert!(!heard.lock().unwrap().iter().any(|line| line.starts_with("MAIL")));
}

#[tokio::test]
async fn nobody_is_there() {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
    let nowhere = listener.local_addr().unwrap();
    drop(listener);
    let sent = send(relay(nowhere), &["ana@x.example"], b"Hi\r\n").await;
    let Sent::TryLater { because, .. } = sent else { panic!("{sent:?}") };
    assert!(
        because.starts_with(&format!("The outgoing mail server {nowhere} can't be reached: ")),
        "{because}"
    );
    assert!(because.contains("refused"), "{because}");
}

#[tokio::test(start_paused = true)]
async fn a_server_that_falls_silent_is_given_up() {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
    let silent = listener.local_addr().unwrap();
    let sent = send(relay(silent), &["ana@x.example"], b"Hi\r\n").await;
    let Sent::TryLater { because, .. } = sent else { panic!("{sent:?}") };
    assert!(because.contains("can't be reached: it doesn't answer. The owner should check"), "{because}");
}

#[test]
fn a_relay_that_cannot_work_is_refused() {
    let good = || relay(SocketAddr::from((Ipv4Addr::LOCALHOST, 25)));
    let credentials = || Some(Credentials { user: "u".to_owned(), password: "secret".to_owned() });
    let refuse = |relay| Sender::new(relay).unwrap_err();
    assert!(matches!(refuse(Relay { host: " ".to_owned(), ..good() }), NoRelay::NoHost));
    let clear = Relay { host: "smtp.x.example".to_owned(), credentials: credentials(), ..good() };
    assert!(!format!("{clear:?}").contains("secret"));
    assert!(matches!(refuse(clear), NoRelay::PasswordInTheClear));
    assert!(Sender::new(Relay { credentials: credentials(), ..good() }).is_ok());
    let extra_root = Some(b"not a certificate".to_vec());
    let unfounded = Relay { extra_root, security: Security::Tls, ..good() };
    assert!(matches!(refuse(unfounded), NoRelay::NoCertificate));
}

/// Takes everything.
#[derive(Default)]
struct Postbox(Mutex<Vec<(Envelope, Vec<u8>)>>);

impl Intake for Postbox {
    async fn serves(&self, _: &str) -> Recipient {
        Recipient::Served
    }

    async fn take(&self, envelope: Envelope, body: Body) -> Taken {
        self.0.lock().unwrap().push((envelope, body.into_bytes().unwrap()));
        Taken::Stored { reference: "1".to_owned() }
    }
}

/// Our own receiver with a certificate for `localhost`, which is returned too.
async fn postbox() -> (SocketAddr, Arc<Postbox>, Vec<u8>) {
    let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    let (chain, key) = (made.cert.pem().into_bytes(), made.signing_key.serialize_pem());
    let settings = Settings {
        protocol: Protocol::Smtp,
        hostname: "localhost".to_owned(),
        limits: Limits::default(),
        spool: std::env::temp_dir(),
        certificate: Some(Certificate::from_pem(&chain, key.as_bytes()).unwrap()),
        now: || Instant::from_micros(0),
    };
    let anywhere = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
    let receiver = Receiver::bind(&anywhere.into(), settings).await.unwrap();
    let (address, postbox) = (receiver.local_address().port().unwrap(), Arc::new(Postbox::default()));
    tokio::spawn(receiver.serve(Arc::clone(&postbox), std::future::pending()));
    (address, postbox, chain)
}

fn encrypted(address: SocketAddr, extra_root: Option<Vec<u8>>) -> Relay {
    Relay { host: "localhost".to_owned(), security: Security::StartTls, extra_root, ..relay(address) }
}

#[tokio::test]
async fn mails_arrive_as_they_left() {
    let (address, postbox, root) = postbox().await;
    for (bytes, expected) in [
        ("Subject: Hi\r\n\r\nHi\r\n", "Subject: Hi\r\n\r\nHi\r\n"),
        (".\r\n..\r\n.a\r\n", ".\r\n..\r\n.a\r\n"),
        ("no last line end", "no last line end\r\n"),
        ("two last\r\n\r\n", "two last\r\n\r\n"),
        ("\nlone\n.\nline\rends\r\n", "\r\nlone\r\n.\r\nline\r\nends\r\n"),
        ("Živjo\r\n", "Živjo\r\n"),
    ] {
        let sent = send(encrypted(address, Some(root.clone())), &["živa@x.example"], bytes.as_bytes()).await;
        let Sent::Accepted { reply, by, .. } = sent else { panic!("{bytes:?} {sent:?}") };
        assert_eq!((reply.as_str(), by.as_str()), ("250 2.0.0 Stored as 1", "localhost"), "{bytes:?}");
        let (envelope, body) = postbox.0.lock().unwrap().pop().unwrap();
        assert_eq!(String::from_utf8_lossy(&body), expected);
        assert!(envelope.trace.contains("UTF8SMTPS"), "{}", envelope.trace);
    }
}

#[tokio::test]
async fn a_connection_can_be_encrypted_from_the_first_byte() {
    let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    let (chain, key) = (made.cert.pem().into_bytes(), made.signing_key.serialize_pem());
    let certificate = Certificate::from_pem(&chain, key.as_bytes()).unwrap();
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        let (stream, _) = listener.accept().await.unwrap();
        let stream = certificate.acceptor().accept(stream).await.unwrap();
        follow(&[], stream, Arc::default()).await
    });
    let relay = Relay { security: Security::Tls, ..encrypted(address, Some(chain)) };
    assert_eq!(send(relay, &["ana@x.example"], b"Hi\r\n").await, accepted("250 2.0.0 queued as 7"));
}

#[tokio::test]
async fn an_untrusted_or_missing_encryption_sends_nothing() {
    let (address, postbox, _) = postbox().await;
    let (clear, _) = scripted(&[]).await;
    for (relay, words) in [
        (encrypted(address, None), "can't be trusted: its certificate is signed by nobody who is known"),
        (encrypted(clear, None), "can't be encrypted: STARTTLS is not supported on this server"),
    ] {
        let sent = send(relay, &["ana@x.example"], b"Hi\r\n").await;
        let Sent::TryLater { because, .. } = sent else { panic!("{sent:?}") };
        assert!(because.contains(words), "{because}");
    }
    assert!(postbox.0.lock().unwrap().is_empty());
}

/// Replies slipped in behind STARTTLS, before encryption, put question and answer out of step. A mail must not count
/// as accepted because an earlier reply was good.
#[tokio::test]
async fn replies_out_of_step_are_noticed() {
    let sent = outcome(&[("EHLO", "250 server.example\r\n250 2.0.0 slipped in")]).await;
    let Sent::TryLater { because, .. } = sent else { panic!("{sent:?}") };
    assert!(because.contains("unexpected (250"), "{because}");
}

#[tokio::test]
async fn a_server_that_knows_reports_is_asked_for_them() {
    const KNOWS: Script = &[("EHLO", "250-server.example\r\n250-8BITMIME\r\n250 DSN")];
    let (server, heard) = scripted(KNOWS).await;
    let sent = send(relay(server), &["ana+x@x.example"], b"Subject: Hi\r\n\r\nHi\r\n").await;
    assert_eq!(sent, accepted("250 2.0.0 queued as 7"));
    let heard = heard.lock().unwrap().clone();
    let said = |start: &str| heard.iter().find(|line| line.starts_with(start)).cloned().unwrap_or_default();
    assert_eq!(said("MAIL"), "MAIL FROM:<help@aurora.example> RET=HDRS ENVID=0123+2B4@aurora.example");
    assert_eq!(said("RCPT"), "RCPT TO:<ana+x@x.example> NOTIFY=FAILURE,DELAY ORCPT=rfc822;ana+2Bx@x.example");
    let (server, heard) = scripted(&[]).await;
    send(relay(server), &["ana@x.example"], b"Subject: Hi\r\n\r\nHi\r\n").await;
    let heard = heard.lock().unwrap().clone();
    assert!(heard.iter().all(|line| !line.contains("NOTIFY") && !line.contains("ENVID")), "{heard:?}");
}

#[tokio::test]
async fn a_wish_for_a_pause_is_told() {
    use cases::pace::Slows;
    let check = async |script: Script, expected: Option<Slows>| match outcome(script).await {
        Sent::TryLater { slows, because } => assert_eq!(slows, expected, "{because}"),
        other => panic!("{other:?}"),
    };
    check(&[("(greeting)", "421 4.3.2 Busy")], Some(Slows::Server)).await;
    check(&[("MAIL", "530 5.7.0 Sign in")], Some(Slows::Server)).await;
    check(&[("RCPT", "421 4.7.0 Too many letters")], Some(Slows::Domain)).await;
    check(&[(".", "451 4.7.500 Server busy")], Some(Slows::Domain)).await;
    check(&[("RCPT", "450 4.2.0 Greylisted")], None).await;
    check(&[(".", "452 4.3.1 No room")], None).await;
}
