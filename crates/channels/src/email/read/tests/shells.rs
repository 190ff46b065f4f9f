//! Mails in wrappings: what is read, what is kept as a file, and what the person is told.

use super::{HEAD, mail};
use crate::email::read::read;
use cases::incoming::AutoKind;

/// The text, the attachments' names, and a word of the problem (empty for none).
fn check(head: &str, body: &str, text: &str, names: &[&str], problem: &str) {
    let mail = mail(&format!("{HEAD}\n{head}"), body);
    let found: Vec<&str> = mail.attachments.iter().map(|attachment| attachment.name.as_str()).collect();
    assert_eq!((mail.text.as_str(), &found[..]), (text, names), "{mail:#?}");
    assert_eq!(mail.problems.is_empty(), problem.is_empty(), "{mail:#?}");
    assert!(mail.problems.iter().all(|sentence| sentence.contains(problem)), "{mail:#?}");
}

#[test]
fn what_is_signed_is_read() {
    check(
        "Content-Type: multipart/signed; protocol=\"application/pgp-signature\"; boundary=b",
        "--b\nContent-Type: text/plain\n\nHello\n--b\nContent-Type: application/pgp-signature\n\n-----BEGIN PGP SIGNATURE-----\n--b--",
        "Hello",
        &["PGP signature.asc"],
        "",
    );
    check(
        "Content-Type: multipart/signed; protocol=\"application/pkcs7-signature\"; boundary=b",
        "--b\nContent-Type: text/plain\n\nHello\n--b\nContent-Type: application/pkcs7-signature; name=smime.p7s\n\
         Content-Transfer-Encoding: base64\n\nMIAG\n--b--",
        "Hello",
        &["smime.p7s"],
        "",
    );
    check(
        "Content-Type: text/plain",
        "-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\nHello\n\n-----BEGIN PGP SIGNATURE-----\n\nabc=\n-----END PGP SIGNATURE-----",
        "Hello",
        &["PGP signature.asc"],
        "",
    );
    // SEQUENCE { signedData, [0] SEQUENCE { 1, {}, SEQUENCE { data, [0] OCTET STRING "\r\nHi" } } }
    let opaque = "MCYGCSqGSIb3DQEHAqAZMBcCAQExADAQBgkqhkiG9w0BBwGgAwQBSA==";
    let opaque_mail = mail(
        &format!(
            "{HEAD}\nContent-Type: application/pkcs7-mime; smime-type=signed-data\nContent-Transfer-Encoding: base64"
        ),
        opaque,
    );
    assert_eq!((opaque_mail.text.as_str(), opaque_mail.attachments.len()), ("H", 0), "{opaque_mail:#?}");
}

#[test]
fn what_is_encrypted_is_said_to_be() {
    check(
        "Content-Type: multipart/encrypted; protocol=\"application/pgp-encrypted\"; boundary=b",
        "--b\nContent-Type: application/pgp-encrypted\n\nVersion: 1\n--b\nContent-Type: application/octet-stream; name=encrypted.asc\n\n\
         -----BEGIN PGP MESSAGE-----\n--b--",
        "",
        &["encrypted.asc"],
        "encrypted with PGP",
    );
    check(
        "Content-Type: text/plain",
        "Secret:\n-----BEGIN PGP MESSAGE-----\n\nhQEM\n-----END PGP MESSAGE-----\n",
        "Secret:",
        &["PGP message.asc"],
        "encrypted with PGP",
    );
    check(
        "Content-Type: application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m\nContent-Transfer-Encoding: base64",
        "MAsGCSqGSIb3DQEHAw==",
        "",
        &["smime.p7m"],
        "encrypted with S/MIME",
    );
    check(
        "Content-Type: application/x-pkcs7-mime",
        "nonsense",
        "",
        &["S-MIME message.p7m"],
        "can't be opened",
    );
}

#[test]
fn calendars_are_told_where_nothing_else_is() {
    let event = "BEGIN:VCALENDAR\nMETHOD:REQUEST\nBEGIN:VEVENT\nSUMMARY:Visit\nDTSTART;TZID=Europe/Vilnius:20261203T100000\nEND:VEVENT\n\
        END:VCALENDAR";
    let words = "Invitation: Visit\nWhen: Thursday 3 December 2026, 10:00 (Europe/Vilnius)";
    check("Content-Type: text/calendar; charset=utf-8", event, words, &["invitation.ics"], "");
    let both = format!(
        "--b\nContent-Type: text/plain\n\nPlease come.\n--b\nContent-Type: text/calendar\n\n{event}\n--b--"
    );
    check("Content-Type: multipart/alternative; boundary=b", &both, "Please come.", &["invitation.ics"], "");
    let reply = event.replace("REQUEST", "REPLY");
    let reply = mail(&format!("{HEAD}\nContent-Type: text/calendar; method=REPLY"), &reply);
    assert_eq!(reply.auto.map(|auto| auto.kind), Some(AutoKind::AutoReply));
}

#[test]
fn pieces_and_strange_wrappings_are_kept_and_said() {
    check(
        "Content-Type: message/partial; id=x; number=1; total=3",
        "Subject: y\n\nHi",
        "",
        &["attachment.bin"],
        "one piece",
    );
    check(
        "Content-Type: message/external-body; access-type=URL; URL=\"https://a.example/x\"",
        "Content-Type: image/png\n\n",
        "",
        &["attachment.bin"],
        "another server",
    );
    check("Content-Type: text/plain", "See:\nbegin 644 cat.txt\n#0V%T\n`\nend\n", "See:", &["cat.txt"], "");
    check(
        "Content-Type: application/ms-tnef; name=winmail.dat",
        "nonsense",
        "",
        &["winmail.dat"],
        "only Outlook opens",
    );
    check(
        "Content-Type: message/rfc822",
        "From: bob@b.example\nSubject: Broken: lamp/shade\n\nHi",
        "",
        &["Broken lampshade.eml"],
        "",
    );
    check(
        "Content-Type: multipart/mixed; boundary=b",
        "--b\nContent-Type: text/x-vcard\n\nBEGIN:VCARD\n--b--",
        "",
        &["contact.vcf"],
        "",
    );
    check("Content-Type: multipart/mixed; boundary=b", "--b\n--b--", "", &[], "");
    let saved = read(&[&[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1][..], &[0; 100]].concat());
    assert_eq!((saved.text.as_str(), saved.attachments[0].name.as_str()), ("", "message.msg"));
    assert!(saved.problems[0].contains("Outlook"), "{:?}", saved.problems);
}
