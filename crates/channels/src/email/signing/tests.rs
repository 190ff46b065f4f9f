//! Signatures are made, and found right by whoever looks the key up; a changed letter isn't.

use super::{SigningFault, draw, sign};
use crate::email::{
    compose::compose,
    dns::{Dns, Memory},
};
use cases::letter::{Addressee, Letter, Written};
use desk::sending_domains::Signer;
use engagements::sending_domains::{Method, SigningKey, dkim_record};
use kernel::{Instant, LanguageTag};
use mail_auth::{AuthenticatedMessage, DkimResult};
use testkit::Names;

const MAIL: &str = "From: Ana <help@aurora.example>\r\nTo: eva@customer.example\r\nSubject: Your order\r\n\
     Date: Mon, 23 Nov 2026 09:00:00 +0000\r\nMessage-ID: <1@aurora.example>\r\n\r\nIt is on its way.\r\n";

/// A key, and its record in the DNS.
fn prepared(method: Method, selector: &str, names: &Names) -> Signer {
    let drawn = draw(method).unwrap();
    let key = SigningKey {
        domain: "aurora.example".parse().unwrap(),
        selector: selector.to_owned(),
        method,
        public: drawn.public,
        standing: engagements::sending_domains::KeyStanding::Signing,
        since: Instant::from_micros(0),
    };
    let record = dkim_record(&key);
    names.text(&record.name, &record.value);
    Signer { domain: key.domain, selector: key.selector, method, private: Some(drawn.private) }
}

async fn results(names: &Names, mail: &[u8]) -> Vec<bool> {
    let dns = Dns::open(Some(names.address), Memory::None).unwrap().0;
    let message = AuthenticatedMessage::parse(mail).unwrap();
    let outputs = dns.verify_dkim(&message).await;
    outputs.iter().map(|output| *output.result() == DkimResult::Pass).collect()
}

#[tokio::test]
async fn a_signed_letter_is_found_right_and_a_changed_one_is_not() {
    let names = Names::serve().await;
    for (method, selector) in [(Method::Rsa, "dragoman1"), (Method::Ed25519, "dragoman2")] {
        let signer = prepared(method, selector, &names);
        let signed = String::from_utf8(sign(MAIL.as_bytes(), &signer).unwrap()).unwrap();
        assert!(signed.ends_with(MAIL), "{signed}");
        let check = async |what: &str, mail: &str, right: bool| {
            assert_eq!(results(&names, mail.as_bytes()).await, [right], "{method}, {what}: {mail}");
        };
        check("as it was signed", &signed, true).await;
        check(
            "with more blanks",
            &signed.replace("on its", "on  its").replace("Your order", "Your   order"),
            true,
        )
        .await;
        check("with another body", &signed.replace("on its way", "lost"), false).await;
        check("with another sender", &signed.replace("From: Ana", "From: Eva"), false).await;
        check("with a second From", &signed.replace("To: eva", "From: x@evil.example\r\nTo: eva"), false)
            .await;
        check(
            "with a Cc that wasn't there",
            &signed.replace("To: eva", "Cc: x@evil.example\r\nTo: eva"),
            false,
        )
        .await;
        check("with a field that nobody covers", &signed.replace("To: eva", "X-Seen: 1\r\nTo: eva"), true)
            .await;
    }
}

#[tokio::test]
async fn two_keys_sign_side_by_side() {
    let names = Names::serve().await;
    let keys = [prepared(Method::Rsa, "dragoman1", &names), prepared(Method::Ed25519, "dragoman2", &names)];
    let once = sign(MAIL.as_bytes(), &keys[0]).unwrap();
    let twice = sign(&once, &keys[1]).unwrap();
    assert_eq!(results(&names, &twice).await, [true, true]);
}

/// Blank lines at the end are where the library that signs and other programs differ.
#[tokio::test]
async fn whatever_a_body_ends_with_its_signature_fits() {
    let names = Names::serve().await;
    let signer = prepared(Method::Ed25519, "dragoman1", &names);
    let (head, _) = MAIL.split_once("\r\n\r\n").unwrap();
    for body in [
        "",
        "\r\n",
        "A line.",
        "A line.\r\n",
        "A line.\r\n\r\n",
        "A line.\r\n \r\n\t\r\n",
        " \r\n",
        "A line.  \r\n  ",
    ] {
        let signed = sign(format!("{head}\r\n\r\n{body}").as_bytes(), &signer).unwrap();
        assert_eq!(results(&names, &signed).await, [true], "{body:?}");
        let text = String::from_utf8(signed).unwrap();
        let kept = text.split_once("\r\n\r\n").unwrap().1;
        assert_eq!(kept.trim_end(), body.trim_end(), "{body:?}");
        assert!(kept.is_empty() || kept.ends_with("\r\n") && !kept.ends_with(" \r\n"), "{body:?}");
    }
}

#[tokio::test]
async fn letters_as_they_are_composed_are_signed_right() {
    let names = Names::serve().await;
    let signer = prepared(Method::Rsa, "dragoman1", &names);
    let letter = Letter {
        message_id: uuid::Uuid::nil().simple().to_string().parse().unwrap(),
        domain: "aurora.example".to_owned(),
        from: Addressee {
            name: "Žana Über, Aurora".to_owned(),
            address: "help@aurora.example".parse().unwrap(),
        },
        to: vec![Addressee { name: "Ева".to_owned(), address: "eva@customer.example".parse().unwrap() }],
        cc: Vec::new(),
        reply_to: Some("help+k7qm.x@aurora.example".to_owned()),
        subject: "Re: ein sehr langer Betreff, der über mehrere Zeilen geht, weil er so lang ist – 你好"
            .to_owned(),
        references: (0..19).map(|nth| format!("a-rather-long-message-id-{nth}@customer.example")).collect(),
        in_reply_to: Some("a-rather-long-message-id-18@customer.example".to_owned()),
        markdown: "Grüße  \n\n> zitiert\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n  ".to_owned(),
        signature: "Ana".to_owned(),
        downloads: Vec::new(),
        quoted: None,
        language: LanguageTag::unknown(),
        page: None,
        written: Written::Automatically,
        written_in: None,
        unsubscribe: Some("https://desk.example/unsubscriptions/1".to_owned()),
        date: Instant::from_micros(0),
        attachments: Vec::new(),
    };
    let signed = sign(&compose(&letter), &signer).unwrap();
    assert_eq!(results(&names, &signed).await, [true]);
    let text = String::from_utf8(signed).unwrap();
    let longest = text.lines().map(str::len).max().unwrap();
    assert!(longest <= 998, "{longest}");
}

#[test]
fn a_key_that_cannot_be_read_is_told() {
    let signer = |private: Option<&str>| Signer {
        domain: "aurora.example".parse().unwrap(),
        selector: "dragoman1".to_owned(),
        method: Method::Rsa,
        private: private.map(str::to_owned),
    };
    assert!(matches!(sign(MAIL.as_bytes(), &signer(None)), Err(SigningFault::Sealed)));
    assert!(matches!(sign(MAIL.as_bytes(), &signer(Some("%"))), Err(SigningFault::Key(_))));
    assert!(matches!(sign(MAIL.as_bytes(), &signer(Some("AAAA"))), Err(SigningFault::Key(_))));
}
