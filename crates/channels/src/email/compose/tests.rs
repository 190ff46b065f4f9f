//! Composing: what is written is read again, the same letter is the same bytes, and nothing typed becomes a header.

use super::super::read::read;
use super::compose;
use cases::letter::{Addressee, Enclosure, Letter, Quoted, Written};
use kernel::Instant;

fn addressee(name: &str, address: &str) -> Addressee {
    Addressee { name: name.to_owned(), address: address.parse().unwrap() }
}

fn letter() -> Letter {
    Letter {
        message_id: format!("{:032x}", 0x1234_5678).parse().unwrap(),
        domain: "aurora.example".to_owned(),
        from: addressee("Aurora – Kundendienst", "help@aurora.example"),
        to: vec![addressee("Žiga, \"Z\" Novak", "ziga@a.example")],
        cc: vec![addressee("", "b@a.example"), addressee("Ann", "c@a.example")],
        reply_to: Some("help+k7qm3xtp.4f0x9w2c1m@aurora.example".to_owned()),
        subject: "Re: Kavni aparat pušča — že drugič, in to prav na novo preprogo v dnevni sobi [#K7QM-3XTP]"
            .to_owned(),
        in_reply_to: Some("x@a.example".to_owned()),
        references: (0..6).map(|n| format!("{n}.{}@a.example", "long".repeat(12))).collect(),
        markdown:
            "Živjo,\n\nto je **novo**:\n- ena\n- <b>dve</b>\n\nhttps://aurora.example/help\nLep pozdrav"
                .to_owned(),
        signature: String::new(),
        downloads: Vec::new(),
        quoted: Some(Quoted {
            who: "Žiga Novak".to_owned(),
            date: Instant::from_micros(1_795_420_800_000_000),
            text: "Pušča!\n\n> staro\n<script>alert(1)</script>".to_owned(),
        }),
        language: "sl".parse().unwrap(),
        page: None,
        written: Written::ByPerson,
        written_in: None,
        unsubscribe: None,
        date: Instant::from_micros(1_795_507_200_000_000),
        attachments: vec![Enclosure {
            name:
                "Račun št. 5 – zelo dolgo ime, ki ne gre v eno vrstico glave pisma in se mora prelomiti.txt"
                    .to_owned(),
            media_type: "text/plain".to_owned(),
            content: b"line\nline\r\n\x00\xff".to_vec(),
        }],
    }
}

#[test]
fn what_is_written_is_read_again() {
    let letter = letter();
    let mail = read(&compose(&letter));
    assert_eq!(mail.problems, Vec::<String>::new());
    let people = |list: &[Addressee]| -> Vec<(String, String)> {
        list.iter().map(|one| (one.name.clone(), one.address.to_string())).collect()
    };
    let names = |list: &[cases::incoming::Correspondent]| -> Vec<(String, String)> {
        list.iter().map(|one| (one.name.clone(), one.address.clone())).collect()
    };
    assert_eq!(names(mail.from.as_slice()), people(std::slice::from_ref(&letter.from)));
    assert_eq!(names(&mail.to), people(&letter.to));
    assert_eq!(names(&mail.cc), people(&letter.cc));
    assert_eq!(mail.reply_to[0].address, letter.reply_to.clone().unwrap());
    assert_eq!(mail.subject, letter.subject);
    assert_eq!(mail.message_id, Some(letter.message_id_text()));
    assert_eq!(mail.in_reply_to, ["x@a.example"]);
    assert_eq!(mail.references, letter.references);
    assert_eq!(mail.date, Some(letter.date));
    assert_eq!(mail.header("Content-Language"), Some("sl"));
    assert_eq!(mail.auto, None);
    assert_eq!(mail.new_text, letter.markdown.replace("**", "").replace("novo:\n-", "novo:\n\n-"));
    assert!(
        mail.quoted_text.starts_with("Dne 2026-11-23 08:00 UTC je Žiga Novak napisal(a):"),
        "{}",
        mail.quoted_text
    );
    assert!(mail.text.contains("> Pušča!\n>\n>> staro\n> <script>"), "{}", mail.text);
    let html = mail.html.unwrap();
    assert!(html.contains("<strong>novo</strong>") && html.contains("&lt;b&gt;dve&lt;/b&gt;"), "{html}");
    assert!(html.contains("<a href=\"https://aurora.example/help\""), "{html}");
    assert!(!html.contains("<script"), "{html}");
    assert_eq!(mail.attachments[0].name, letter.attachments[0].name);
    assert_eq!(mail.attachments[0].content, letter.attachments[0].content);
}

#[test]
fn the_same_letter_is_the_same_bytes() {
    assert_eq!(compose(&letter()), compose(&letter()));
    let other = Letter { message_id: format!("{:032x}", 9).parse().unwrap(), ..letter() };
    assert_ne!(compose(&letter()), compose(&other));
}

#[test]
fn every_line_ends_well_and_is_short() {
    let markdown = "ž".repeat(5_000);
    let bytes = compose(&Letter { markdown, ..letter() });
    let text = String::from_utf8(bytes).unwrap();
    assert!(text.split("\r\n").all(|line| line.len() <= 998 && !line.contains(['\r', '\n'])));
    assert!(text.is_ascii(), "any relay can carry it");
}

#[test]
fn automatic_mail_says_so() {
    for (written, expected) in [
        (Written::ByPerson, None),
        (Written::AsAutomaticAnswer, Some("auto-replied")),
        (Written::Automatically, Some("auto-generated")),
    ] {
        let mail = read(&compose(&Letter { written, ..letter() }));
        assert_eq!(mail.header("Auto-Submitted"), expected);
        assert_eq!(mail.auto.is_some(), expected.is_some());
    }
}

/// The names of the header fields, as a simple program on the way would see them.
fn field_names(bytes: &[u8]) -> Vec<String> {
    let text = String::from_utf8_lossy(bytes).replace('\r', "\n");
    let head = text.split_once("\n--=_").map(|(head, _)| head.to_owned()).unwrap_or_default();
    let starts = |line: &&str| !line.starts_with([' ', '\t']) && !line.is_empty();
    head.split('\n')
        .filter(starts)
        .map(|line| line.split(':').next().unwrap_or_default().to_owned())
        .collect()
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig { cases: 200, failure_persistence: None, ..Default::default() })]

    #[test]
    fn nothing_typed_becomes_a_header(
        words in proptest::collection::vec(0_usize..WORDS.len(), 1..12),
        place in 0_usize..7,
    ) {
        let typed: String = words.into_iter().map(|n| WORDS[n]).collect();
        let mut changed = letter();
        match place {
            0 => changed.subject = typed,
            1 => changed.from.name = typed,
            2 => changed.to[0].name = typed,
            3 => changed.references[0] = typed,
            4 => changed.reply_to = Some(typed),
            5 => changed.attachments[0].name = typed,
            _ => changed.attachments[0].media_type = typed,
        }
        let bytes = compose(&changed);
        assert_eq!(field_names(&bytes), field_names(&compose(&letter())));
        let mail = read(&bytes);
        assert!(mail.header("Bcc").is_none());
        assert_eq!(mail.attachments.len(), 1);
        assert_eq!(mail.to.len(), 1);
    }
}

const WORDS: [&str; 16] = [
    "\r\n",
    "\n",
    "\r",
    "\n\n",
    "\r\nBcc: x@evil.example",
    "\u{2028}",
    "\0",
    " ",
    "a",
    "ž",
    "\"",
    "<b@c.example>",
    ",",
    "=?utf-8?Q?=0D=0ABcc:?=",
    ":",
    "--=_mixed",
];

#[test]
fn a_signature_stands_below_the_words_and_above_the_quote() {
    let bytes = compose(&Letter { signature: "Žiga\n**Aurora** <b>".to_owned(), ..letter() });
    let mail = read(&bytes);
    let (words, rest) = mail.text.split_once("\n-- \nŽiga\n**Aurora** <b>\n").expect("the text is signed");
    assert!(words.contains("Lep pozdrav") && rest.contains("> Pušča!"), "{}", mail.text);
    let html = mail.html.unwrap_or_default();
    let signature = html.find("<strong>Aurora</strong> &lt;b&gt;").expect("the page is signed");
    assert!(
        html.find("Lep pozdrav") < Some(signature) && Some(signature) < html.find("blockquote"),
        "{html}"
    );
    let unsigned = String::from_utf8(compose(&letter())).unwrap();
    assert!(!unsigned.contains("gmail_signature") && !unsigned.contains("\r\n-- \r\n"));
}

#[test]
fn large_files_stand_as_links_before_the_signature_in_text_and_html() {
    let letter = Letter {
        signature: "Ana\n*Aurora*".to_owned(),
        downloads: vec![cases::letter::Download {
            name: "<film>.mp4".to_owned(),
            size: 34_000_000,
            url: "https://desk.example/downloads/t0ken".to_owned(),
            until: "2026-12-23".to_owned(),
        }],
        quoted: None,
        attachments: Vec::new(),
        ..letter()
    };
    let mail = read(&compose(&letter));
    let after_words = mail.text.split_once("Lep pozdrav\n\n").expect("the words come first").1;
    assert_eq!(
        after_words.trim_end(),
        "<film>.mp4 (34 MB): prenos do 2026-12-23\nhttps://desk.example/downloads/t0ken\n\n-- \nAna\n*Aurora*"
    );
    let html = mail.html.expect("a letter has both forms");
    assert!(html.contains("href=\"https://desk.example/downloads/t0ken\""), "{html}");
    assert!(html.contains("&lt;film&gt;.mp4"), "{html}");
    assert!(html.contains("<em>Aurora</em>"), "{html}");
}

#[test]
fn only_a_letter_with_a_way_out_offers_to_unsubscribe() {
    let with = |unsubscribe: Option<&str>| {
        let letter = Letter { unsubscribe: unsubscribe.map(str::to_owned), ..letter() };
        let mail = read(&compose(&letter));
        let field = |name: &str| mail.header(name).map(str::to_owned);
        (field("List-Unsubscribe"), field("List-Unsubscribe-Post"))
    };
    assert_eq!(with(None), (None, None));
    let (link, post) = with(Some("https://desk.example/unsubscriptions/t0ken>\r\nBcc: x@y.example"));
    assert_eq!(link.as_deref(), Some("<https://desk.example/unsubscriptions/t0kenBcc:x@y.example>"));
    assert_eq!(post.as_deref(), Some("List-Unsubscribe=One-Click"));
}

#[test]
fn where_it_was_written_stands_below_the_signature() {
    let line = "This answer was written in: Lisbon <b>, Portugal";
    let letter =
        Letter { written_in: Some(line.to_owned()), signature: String::new(), quoted: None, ..letter() };
    let mail = read(&compose(&letter));
    let foot = mail.text.rsplit_once("-- \n").expect("a signature's hyphens keep it out of quotations").1;
    assert_eq!(foot.trim_end(), line);
    assert!(mail.html.expect("both forms").contains("Lisbon &lt;b&gt;, Portugal"));
}
