//! Calls against a scripted program, and the sealing of messages to browsers against the example of its standard.

use super::{push, sealing, webhooks};
use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
use coverage::CallWay;
use desk::paging::calling::{Call, Said};
use kernel::{Id, Instant, PageId, PersonId};
use std::sync::Arc;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
};

fn call(way: CallWay, address: String, secret: &str) -> Call {
    Call {
        page: PageId::from_uuid(uuid::Uuid::nil()),
        person: PersonId::from_uuid(uuid::Uuid::nil()),
        name: "Ana".to_owned(),
        way,
        address,
        secret: secret.to_owned(),
        said: Said {
            reference: "AB12-CD34".to_owned(),
            client: "Aurora".to_owned(),
            level: 1,
            because: "The shop is down".to_owned(),
            begun_at: Instant::from_micros(0),
            link: Some("https://desk.example/calls/1.2".to_owned()),
        },
        from: None,
    }
}

/// A program that answers each request with the next status; answers what it was asked.
async fn program(statuses: &'static [u16]) -> (String, tokio::task::JoinHandle<Vec<String>>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}/hook", listener.local_addr().unwrap());
    let serving = tokio::spawn(async move {
        let mut asked = Vec::new();
        for status in statuses {
            let (mut stream, _) = listener.accept().await.unwrap();
            let mut bytes = Vec::new();
            loop {
                let mut piece = [0; 4_096];
                let read = stream.read(&mut piece).await.unwrap();
                bytes.extend_from_slice(&piece[..read]);
                let text = String::from_utf8_lossy(&bytes).to_ascii_lowercase();
                let length =
                    text.split("content-length: ").nth(1).and_then(|rest| rest.lines().next()?.parse().ok());
                let head = bytes.windows(4).position(|four| four == b"\r\n\r\n");
                if head
                    .zip(length)
                    .is_some_and(|(head, length): (usize, usize)| bytes.len() >= head + 4 + length)
                {
                    break;
                }
            }
            let answer = format!("HTTP/1.1 {status} Told\r\ncontent-length: 0\r\nconnection: close\r\n\r\n");
            stream.write_all(answer.as_bytes()).await.unwrap();
            asked.push(String::from_utf8_lossy(&bytes).into_owned());
        }
        asked
    });
    (address, serving)
}

fn client() -> reqwest::Client {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let tls = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(rustls::RootCertStore::empty())
        .with_no_client_auth();
    reqwest::Client::builder().tls_backend_preconfigured(tls).no_proxy().build().unwrap()
}

#[tokio::test]
async fn a_webhook_is_signed_and_its_status_told() {
    let (address, serving) = program(&[204, 500, 302]).await;
    let call = call(CallWay::Webhook, address, "a secret");
    let now = Instant::from_micros(1_772_442_000_000_000);
    assert_eq!(webhooks::send(&client(), &call, now).await, Ok(()));
    assert_eq!(webhooks::send(&client(), &call, now).await, Err("It answered 500.".to_owned()));
    assert!(webhooks::send(&client(), &call, now).await.is_err());
    let asked = serving.await.unwrap();
    let (head, body) = asked[0].split_once("\r\n\r\n").unwrap();
    let signed = webhooks::signature("a secret", 1_772_442_000, body);
    assert!(head.contains(&format!("{}: t=1772442000,v1={signed}", webhooks::SIGNATURE)), "{head}");
    let said: serde_json::Value = serde_json::from_str(body).unwrap();
    assert_eq!((said["event"].as_str(), said["level"].as_i64()), (Some("page.called"), Some(1)));
    assert_eq!(said["acknowledge"], "https://desk.example/calls/1.2");
    let gone = Call { address: "http://127.0.0.1:9/".to_owned(), ..call };
    assert_eq!(webhooks::send(&client(), &gone, now).await, Err("It can’t be reached.".to_owned()));
}

#[test]
fn a_signature_is_the_one_that_others_count() {
    // RFC 4231 has no case with a full stop in it; this one is from another program.
    let found = webhooks::signature("key", 0, "The quick brown fox jumps over the lazy dog");
    assert_eq!(found.len(), 64);
    assert_ne!(found, webhooks::signature("key", 1, "The quick brown fox jumps over the lazy dog"));
}

/// RFC 8291, appendix A.
#[test]
fn a_message_to_a_browser_is_sealed_as_the_standard_says() {
    let decoded = |text: &str| BASE64_URL_SAFE_NO_PAD.decode(text).unwrap();
    let known = sealing::Known {
        agreed: &decoded("kyrL1jIIOHEzg3sM2ZWRHDRB62YACZhhSlknJ672kSs"),
        browser: &decoded(
            "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
        ),
        ours: &decoded(
            "BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8",
        ),
        auth: &decoded("BTBZMqHH6r4Tts7J_aSIgg"),
        salt: decoded("DGv6ra1nlYgDCS1FRnbzlw").try_into().unwrap(),
    };
    let sealed = sealing::sealed(&known, b"When I grow up, I want to be a watermelon").unwrap();
    assert_eq!(
        BASE64_URL_SAFE_NO_PAD.encode(sealed),
        "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_y\
         l95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
    );
}

#[tokio::test]
async fn a_push_service_is_told_who_we_are() {
    let world = testkit::World::on_sqlite().await;
    let key = push::PushKey::of(&world.desk).await.unwrap();
    let again = push::PushKey::of(&world.desk).await.unwrap();
    assert_eq!(key.public(), again.public(), "browsers know us by it");
    let (address, serving) = program(&[201]).await;
    let keys = r#"{"p256dh":"BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4","auth":"BTBZMqHH6r4Tts7J_aSIgg"}"#;
    let call = call(CallWay::Push, address, keys);
    assert_eq!(push::send(&client(), &key, &call, world.clock.now()).await, Ok(()));
    let asked = serving.await.unwrap();
    let head = asked[0].split("\r\n\r\n").next().unwrap();
    for line in ["content-encoding: aes128gcm", "ttl: 600", "urgency: high", &format!("k={}", key.public())] {
        assert!(head.contains(line), "{line} is missing in {head}");
    }
    let broken = Call { secret: "keys".to_owned(), ..call };
    assert!(push::send(&client(), &key, &broken, world.clock.now()).await.is_err());
}
