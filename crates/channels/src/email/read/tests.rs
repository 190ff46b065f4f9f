//! Reading: broken mails, hostile mails, and the shared collection of real ones.

use super::super::html::{Pictures, framed};
use super::read;
use cases::incoming::{AutoKind, Incoming};
use std::fmt::Write;

mod collection;
mod follow_ups;
mod machine_mail;
mod matrix;
mod reply_sets;
mod shells;
mod unseen;

fn mail(head: &str, body: &str) -> Incoming {
    read(format!("{head}\n\n{body}").replace('\n', "\r\n").as_bytes())
}

const HEAD: &str = "From: Ann <ann@a.example>\nTo: help@aurora.example\nSubject: Hi\nDate: Mon, 23 Nov 2026 08:00:00 +0100\n\
    Message-ID: <x@a.example>";

#[test]
fn the_json_is_what_the_command_promises() {
    let read = mail(&format!("{HEAD}\nIn-Reply-To: <a@b> <c@d>\nReferences: <r@s>"), "Hello\n\n-- \nAnn");
    let json = serde_json::to_value(&read).unwrap();
    let expected = serde_json::json!({
        "from": {"name": "Ann", "address": "ann@a.example"},
        "to": [{"name": "", "address": "help@aurora.example"}],
        "cc": [], "reply_to": [],
        "subject": "Hi",
        "date": "2026-11-23T07:00:00Z",
        "message_id": "x@a.example",
        "in_reply_to": ["a@b", "c@d"],
        "references": ["r@s"],
        "text": "Hello\n\n-- \nAnn",
        "html": null,
        "new_text": "Hello",
        "quoted_text": "",
        "signature": "-- \nAnn",
        "attachments": [],
        "auto": null,
        "bounce": null,
        "problems": [],
    });
    assert_eq!(json, expected);
}

#[test]
fn alternatives_and_attachments_find_their_place() {
    let head = format!("{HEAD}\nContent-Type: multipart/mixed; boundary=m");
    let body = "--m\nContent-Type: multipart/alternative; boundary=a\n\n--a\n\nplain\n--a\nContent-Type: text/html\n\n\
        <p>rich <img src=\"cid:pic@x\"></p>\n--a--\n--m\nContent-Type: image/png\nContent-ID: <pic@x>\n\
        Content-Transfer-Encoding: base64\n\nAAAA\n--m\nContent-Type: application/pdf\n\
        Content-Disposition: attachment; filename=\"=?utf-8?Q?Rechnung_f=C3=BCr_M=C3=A4rz.pdf?=\"\n\nx\n--m\n\
        Content-Type: application/zip; name=\"../../etc/pass\u{202e}wd.zip\"\n\nPK\n--m--";
    let read = mail(&head, body);
    assert_eq!(read.text, "plain");
    assert!(read.html.as_deref().unwrap().contains("cid:pic@x"));
    let names: Vec<(&str, &str, u64, bool)> = read
        .attachments
        .iter()
        .map(|a| (a.name.as_str(), a.media_type.as_str(), a.bytes, a.inline))
        .collect();
    let expected = [
        ("image.png", "image/png", 3, true),
        ("Rechnung für März.pdf", "application/pdf", 1, false),
        ("passwd.zip", "application/zip", 2, false),
    ];
    assert_eq!(names, expected);
    assert_eq!(
        read.attachments[0].sha256,
        "709e80c88487a2411e1ee4dfb9f22a861492d20c4765150c0c794abd70f8147c"
    );
    assert_eq!(read.problems, Vec::<String>::new());
}

#[test]
fn broken_mails_stay_readable() {
    for (raw, text, problem) in [
        (&b"just words\nno head"[..], "just words\nno head", "no head"),
        (b"", "", "no head"),
        (b"Dear Sir: I\nhave words\n\nmore words", "Dear Sir: I\nhave words\n\nmore words", "no head"),
        (b"Sub ject: odd\nFrom: a@b.example\n\nbody", "body", "no header fields"),
        (b"\r\n\r\nFrom: a@b.example\r\n\r\nbody", "body", ""),
        (b"From: a@b.example\nbroken line\nSubject: x\n\nbody", "body", "no header fields"),
        (b"Subject: x\n\nbody", "body", "who wrote it"),
        (b"From: a@b.example\n\na\0b", "a\u{fffd}b", "NUL"),
        (b"From: a@b.example\nMessage-ID: <>\n\nbody", "body", "Message-ID"),
        (b"From: a@b.example\nDate: yesterday\n\nbody", "body", "date"),
        (b"From: a@b.example\nContent-Transfer-Encoding: base64\n\nSGVs!!bG8=", "Hello", "encoded wrongly"),
        (
            b"From: a@b.example\nContent-Type: text/plain; charset=klingon\n\ncaf\xe9",
            "caf\u{e9}",
            "character set",
        ),
        (
            b"From: a@b.example\nContent-Type: multipart/mixed; boundary=x\n\nwords",
            "words",
            "none could be found",
        ),
        (b"From: a@b.example\nContent-Type: multipart/mixed; boundary=x\n\n--x\n\nwords", "words", ""),
        (b"From: a@b.example\n\nbare\rreturn", "bare\nreturn", ""),
        (b"From: not an address\n\nbody", "body", "malformed"),
    ] {
        let mail = read(raw);
        assert_eq!(mail.text, text, "{mail:#?}");
        assert!(
            mail.problems.iter().any(|p| p.contains(problem)) || problem.is_empty(),
            "{problem}: {mail:#?}"
        );
    }
}

#[test]
fn a_message_id_is_well_formed_or_none() {
    for (written, expected) in [
        ("<a@b>", Some("a@b")),
        ("a@b", Some("a@b")),
        ("<>", None),
        ("", None),
        ("< >", None),
        ("<a@b> <c@d>", Some("a@b")),
    ] {
        let mail = read(format!("From: a@b.example\r\nMessage-ID: {written}\r\n\r\nx").as_bytes());
        assert_eq!(mail.message_id.as_deref(), expected, "{written}");
    }
}

#[test]
fn bombs_are_bounded() {
    let mut wide = format!("{HEAD}\nContent-Type: multipart/mixed; boundary=b\n\n");
    for n in 0..10_000 {
        let _ = write!(wide, "--b\nContent-Type: application/x\n\n{n}\n");
    }
    let wide_mail = read(wide.as_bytes());
    assert_eq!(wide_mail.attachments.len(), 999 + 1);
    assert!(wide_mail.problems[0].contains("1,000 parts"), "{:?}", wide_mail.problems);

    let deep: String = (0..10_000).fold(String::from(HEAD), |mut deep, n| {
        let _ = write!(deep, "\nContent-Type: multipart/mixed; boundary=b{n}\n\n--b{n}");
        deep
    });
    assert!(read(deep.as_bytes()).problems[0].contains("nested"));

    let mails = format!("{HEAD}\n{}", "Content-Type: message/rfc822\n\n".repeat(50_000));
    assert_eq!(read(mails.as_bytes()).attachments.len(), 1);

    let heads = format!("{HEAD}\n{}\n\nbody", "X-Long: y\n".repeat(100_000));
    let heads = read(heads.as_bytes());
    assert_eq!((heads.headers.len(), heads.text.trim()), (1_000, "body"));
    let long_line = format!("{HEAD}\nX: {}\n\n{}", "x".repeat(2_000_000), "word ".repeat(400_000));
    assert!(read(long_line.as_bytes()).text.starts_with("word word"));
    let references = format!("{HEAD}\nReferences: {}\n\nx", "<a@b>\n ".repeat(10_000));
    assert_eq!(read(references.as_bytes()).references, ["a@b"]);
}

#[test]
fn hostile_html_takes_no_time() {
    let formatting: String = (0..20_000).fold(String::new(), |mut html, n| {
        let _ = write!(html, "<font size={n}>");
        html
    });
    for html in [
        "<div>".repeat(100_000),
        "<table><tr><td>".repeat(30_000),
        format!("{formatting}{}", "<p>x".repeat(9_000)),
        "<blockquote>x".repeat(30_000),
        "<b><a href=x>".repeat(15_000),
        "<ul><li>".repeat(15_000),
        format!("<a title=\"{}\">", "\"<".repeat(500_000)),
        "<!--".repeat(100_000),
        "&".repeat(1_000_000),
    ] {
        let before = worked_for();
        let head = format!("{HEAD}\nContent-Type: text/html");
        let mail = mail(&head, &html);
        let took = worked_for() - before;
        assert!(took.as_secs() < 10, "{took:?} {}", &html[..20]);
        assert!(mail.html.as_ref().is_none_or(|html| html.len() < 20_000_000));
    }
}

#[test]
fn html_shows_what_is_quoted() {
    for (html, new_text, quoted) in [
        (
            "<div>Yes!</div><div class=\"gmail_quote\"><div class=\"gmail_attr\">On … Ann wrote:</div><blockquote>Old</blockquote></div>",
            "Yes!",
            "On … Ann wrote:\n\n> Old",
        ),
        (
            "<p>Ja</p><div id=\"appendonsend\"></div><hr><div id=\"divRplyFwdMsg\"><b>Von:</b> Ann</div><div>Alt</div>",
            "Ja",
            "Von: Ann\nAlt",
        ),
        ("one<blockquote type=\"cite\">asked</blockquote>two", "one\n\ntwo", "> asked"),
        (
            "<div class=\"gmail_quote\">---------- Forwarded message ---------<br>words</div>",
            "---------- Forwarded message ---------\nwords",
            "",
        ),
    ] {
        let mail = mail(&format!("{HEAD}\nContent-Type: text/html"), html);
        assert_eq!((mail.new_text.as_str(), mail.quoted_text.trim()), (new_text, quoted), "{mail:#?}");
    }
}

#[test]
fn automatic_mail_and_bounces_are_told() {
    let vacation = mail(&format!("{HEAD}\nAuto-Submitted: auto-replied (vacation)"), "I am away");
    assert_eq!(vacation.auto.map(|auto| auto.kind), Some(AutoKind::Vacation));
    let head = format!("{HEAD}\nContent-Type: multipart/report; report-type=delivery-status; boundary=b");
    let body = "--b\n\nSorry\n--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; a.example\n\n\
        Final-Recipient: rfc822; bob@b.example\nAction: failed\nStatus: 5.1.1\n\
        Diagnostic-Code: smtp; 550 5.1.1 No such\n user\n--b--";
    let bounced = mail(&head, body);
    let bounce = bounced.bounce.unwrap();
    assert_eq!(
        (bounce.recipient.as_str(), bounce.status.as_str(), bounce.permanent),
        ("bob@b.example", "5.1.1", true)
    );
    assert_eq!(bounce.reason, "550 5.1.1 No such user");
    assert_eq!(bounced.auto.map(|auto| auto.kind), Some(AutoKind::Bounce));
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig { cases: 300, failure_persistence: None, ..Default::default() })]

    #[test]
    fn any_bytes_can_be_read(bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..600)) {
        let _ = read(&bytes);
    }

    #[test]
    fn any_mixture_of_mail_can_be_read(pieces in proptest::collection::vec(0_usize..PIECES.len(), 0..40)) {
        let raw: Vec<u8> = pieces.into_iter().flat_map(|n| PIECES[n].iter().copied()).collect();
        let mail = read(&raw);
        assert!(!mail.text.contains(['\0', '\r']));
        let _ = framed(mail.html.as_deref().unwrap_or_default(), Pictures { attached: &|_| None, remote: &|_| None });
    }
}

const PIECES: [&[u8]; 40] = [
    b"\r\n",
    b"\n",
    b"\r",
    b"\n\n",
    b" ",
    b":",
    b";",
    b"\"",
    b"=",
    b"--",
    b"--b\n",
    b"--b--\n",
    b"--c\r\n",
    b"\0",
    b"\xff\xfe",
    "ž".as_bytes(),
    b"From: ",
    b"To: ",
    b"Subject: ",
    b"Date: ",
    b"Message-ID: <",
    b"References: <",
    b">",
    b"a@b.example",
    b"=?utf-8?Q?=C5",
    b"=?x?B?",
    b"?=",
    b"Content-Type: ",
    b"multipart/mixed; boundary=b\n",
    b"multipart/alternative; boundary=\"c\"\n",
    b"text/html; charset=utf-7\n",
    b"text/plain; format=flowed\n",
    b"message/rfc822\n",
    b"Content-Transfer-Encoding: base64\n",
    b"Content-Transfer-Encoding: quoted-printable\n",
    b"Content-Disposition: attachment; filename*0*=utf-8''%C3; filename*1=",
    b"<a href=\"x",
    b"<img src=cid:x>",
    b"> quoted\n",
    b"On 1.1.2024 10:00 A wrote:\n",
];

/// How long the processor has worked for this thread. A busy machine makes it wait, not work.
fn worked_for() -> std::time::Duration {
    let counts = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap();
    std::time::Duration::from_nanos(counts.split(' ').next().unwrap().parse().unwrap())
}
