//! STARTTLS: what was said in the clear is forgotten, what comes encrypted is taken.

use super::{Encryption, Limits, World, codes};
use crate::email::receiver::{Certificate, NoCertificate};
use std::sync::Arc;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio_rustls::TlsConnector;

fn world() -> (World, TlsConnector) {
    let made = rcgen::generate_simple_self_signed(["mail.aurora.example".to_owned()]).unwrap();
    let (chain, key) = (made.cert.pem(), made.signing_key.serialize_pem());
    let mut world = World::new(Limits::default());
    world.settings.certificate = Some(Certificate::from_pem(chain.as_bytes(), key.as_bytes()).unwrap());
    let mut roots = rustls::RootCertStore::empty();
    roots.add(made.cert.der().clone()).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let settings = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    (world, TlsConnector::from(Arc::new(settings)))
}

#[tokio::test]
async fn commands_slipped_in_before_encryption_are_not_obeyed() {
    let (world, connector) = world();
    let (mut client, session) = world.call(64 * 1024);
    let slipped = "EHLO c\r\nMAIL FROM:<a@b.example>\r\nRCPT TO:<help@aurora.example>\r\nSTARTTLS\r\n\
        MAIL FROM:<slipped@in.example>\r\nRCPT TO:<help@aurora.example>\r\n";
    client.write_all(slipped.as_bytes()).await.unwrap();
    let mut clear = String::new();
    while !clear.ends_with("220 2.0.0 Ready to start TLS.\r\n") {
        clear.push(char::from(client.read_u8().await.unwrap()));
    }
    assert!(clear.contains("250-STARTTLS\r\n"), "{clear}");

    let name = "mail.aurora.example".try_into().unwrap();
    let mut client = connector.connect(name, client).await.unwrap();
    let words = "MAIL FROM:<too@early.example>\r\nEHLO c\r\nRCPT TO:<help@aurora.example>\r\nSTARTTLS\r\n\
        MAIL FROM:<ana@client.example>\r\nRCPT TO:<help@aurora.example>\r\nDATA\r\nHi\r\n.\r\nQUIT\r\n";
    client.write_all(words.as_bytes()).await.unwrap();
    client.flush().await.unwrap();
    let mut replies = String::new();
    client.read_to_string(&mut replies).await.unwrap();
    drop(client);
    session.await.unwrap();
    assert!(!replies.contains("250-STARTTLS"), "{replies}");
    let expected = [
        "503 5.5.1",
        "250",
        "503 5.5.1",
        "503 5.5.1",
        "250 2.1.0",
        "250 2.1.5",
        "354",
        "250 2.0.0",
        "221 2.0.0",
    ];
    assert_eq!(codes(&replies), expected);
    let envelope = world.desk.envelope();
    assert_eq!(envelope.from.as_deref(), Some("ana@client.example"));
    assert!(envelope.trace.contains(" with ESMTPS\r\n"), "{}", envelope.trace);
    assert!(matches!(envelope.encryption, Encryption::Tls { protocol, .. } if protocol == "TLSv1_3"));
}

#[tokio::test]
async fn garbage_instead_of_a_handshake_ends_the_conversation() {
    let (world, _) = world();
    let (mut client, session) = world.call(64 * 1024);
    client.write_all(b"EHLO c\r\nSTARTTLS\r\n").await.unwrap();
    let mut clear = String::new();
    while !clear.ends_with("220 2.0.0 Ready to start TLS.\r\n") {
        clear.push(char::from(client.read_u8().await.unwrap()));
    }
    client.write_all(b"MAIL FROM:<a@b.example>\r\nRCPT TO:<help@aurora.example>\r\n").await.unwrap();
    session.await.unwrap();
    let mut rest = Vec::new();
    client.read_to_end(&mut rest).await.unwrap();
    assert!(!rest.starts_with(b"250"));
}

#[test]
fn a_useless_certificate_is_explained() {
    let made = rcgen::generate_simple_self_signed(["a.example".to_owned()]).unwrap();
    let other = rcgen::generate_simple_self_signed(["a.example".to_owned()]).unwrap();
    let (chain, key) = (made.cert.pem(), other.signing_key.serialize_pem());
    let check = |chain: &str, key: &str| Certificate::from_pem(chain.as_bytes(), key.as_bytes()).unwrap_err();
    assert!(matches!(check("", &key), NoCertificate::NoChain));
    assert!(matches!(check(&chain, "nothing"), NoCertificate::NoKey));
    assert!(matches!(check(&chain, &key), NoCertificate::Mismatched(_)));
}
