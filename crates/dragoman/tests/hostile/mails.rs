//! Mails that nobody's mail program should write, and that arrive all the same.

use std::{
    fmt::Write,
    sync::atomic::{AtomicUsize, Ordering},
};

/// A hostile mail.
pub struct Hostile {
    /// What is wrong with it, in a few plain words.
    pub name: &'static str,
    /// Its bytes.
    pub mail: Vec<u8>,
    /// What a reader must find.
    pub text: Text,
}

/// What a reader must find in the case.
pub enum Text {
    /// These words.
    Contains(&'static str),
    /// Nothing: the original mail is enough.
    Anything,
}

/// A mail without tricks.
pub fn plain(subject: &str) -> String {
    head(subject, "text/plain; charset=utf-8") + "Hello\r\n"
}

/// Each is by somebody else: the same person's mail under the same subject would join the case of the one before.
fn head(subject: &str, kind: &str) -> String {
    static PERSONS: AtomicUsize = AtomicUsize::new(0);
    let person = PERSONS.fetch_add(1, Ordering::Relaxed);
    format!(
        "From: Mara <mara{person}@mail.example>\r\nTo: help@aurora.example\r\nSubject: {subject}\r\nMIME-Version: 1.0\r\n\
         Content-Type: {kind}\r\n\r\n"
    )
}

fn mail(name: &'static str, mail: impl Into<Vec<u8>>, words: &'static str) -> Hostile {
    let text = if words.is_empty() { Text::Anything } else { Text::Contains(words) };
    Hostile { name, mail: mail.into(), text }
}

/// All of them.
pub fn hostile_mails() -> Vec<Hostile> {
    let mut all = broken_bytes();
    all.extend(broken_heads());
    all.extend(bombs());
    all
}

fn broken_bytes() -> Vec<Hostile> {
    let text = |subject: &str| head(subject, "text/plain; charset=utf-8");
    let encoded = |subject: &str, kind: &str, encoding: &str, body: &str| {
        let field = format!("Content-Transfer-Encoding: {encoding}\r\nContent-Type");
        head(subject, kind).replacen("Content-Type", &field, 1) + body
    };
    let utf16: Vec<u8> =
        "\u{feff}Žemaitija in sixteen bits".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let bare = "a body\nwith bare line feeds\n.\nand a lonely dot\n";
    vec![
        mail("nul bytes", text("NUL \0 in the subject") + "be\0fore and \0\0 after\r\n", "after"),
        mail(
            "long lines",
            text("Long lines") + &"long ".repeat(1000) + "\r\n" + &"x".repeat(5000) + "\r\n",
            "long long",
        ),
        mail("one line of megabytes", text("One line") + &"endless ".repeat(400_000) + "\r\n", "endless"),
        mail("bare line feeds", text("Bare") + bare, "a lonely dot"),
        mail("bare line feeds everywhere", text("Bare head").replace("\r\n", "\n") + bare, "a lonely dot"),
        mail(
            "broken base64",
            encoded("Base64", "text/plain", "base64", "SGVsbG8gdGhlcmU*!=====SGVsbG8\r\n"),
            "Hello",
        ),
        mail(
            "broken quoted-printable",
            encoded("Quoted", "text/plain", "quoted-printable", "so=ZZ =\r\n=C3=28 it=\r\n goes\r\n"),
            "goes",
        ),
        mail(
            "wrong charset",
            [head("Charset", "text/plain; charset=us-ascii").into_bytes(), "grün und blau\r\n".into()]
                .concat(),
            "und blau",
        ),
        mail(
            "unknown charset",
            head("Charset", "text/plain; charset=klingon-8") + "nuqneH and hello\r\n",
            "and hello",
        ),
        mail("invalid utf-8", [text("Bytes").as_bytes(), b"fine \xff\xfe\x80 words\r\n"].concat(), "words"),
        mail(
            "utf-16 as it is",
            [head("Sixteen", "text/plain; charset=utf-16").as_bytes(), &utf16].concat(),
            "sixteen bits",
        ),
        mail(
            "every byte",
            [text("Bytes").into_bytes(), (0..=255).cycle().take(70_000).filter(|b| *b != b'\n').collect()]
                .concat(),
            "",
        ),
    ]
}

fn broken_heads() -> Vec<Hostile> {
    let recipients = "somebody.else@mail.example,\r\n ".repeat(100_000);
    let words = "Words after the head\r\n";
    vec![
        mail("no headers at all", "just words, no headers\r\n", "just words"),
        mail("only headers", "From: Mara <mara@mail.example>\r\nSubject: Only headers\r\n", ""),
        mail("nothing", "", ""),
        mail("an empty line", "\r\n", ""),
        mail(
            "a megabyte in one header",
            head("Long header", &format!("text/plain; x={}", "y".repeat(1 << 20))) + words,
            "",
        ),
        mail("a megabyte in the subject", head(&"long subject ".repeat(80_000), "text/plain") + words, ""),
        mail(
            "folded headers",
            head("Folded", "text/plain").replacen(
                "MIME-Version",
                &format!("X-A: {}b\r\nMIME-Version", "a\r\n ".repeat(50_000)),
                1,
            ) + words,
            "",
        ),
        mail(
            "many headers",
            head("Many", "text/plain").replacen(
                "MIME-Version",
                &("X-A: b\r\n".repeat(100_000) + "MIME-Version"),
                1,
            ) + words,
            "",
        ),
        mail(
            "100000 recipients in To",
            head("Everybody", "text/plain").replacen(
                "help@aurora.example",
                &(recipients + "help@aurora.example"),
                1,
            ) + words,
            "",
        ),
        mail(
            "a header of commas",
            head("Commas", "text/plain").replacen("help@aurora.example", &",<(@\"".repeat(50_000), 1) + words,
            "",
        ),
        mail(
            "encoded words in pieces",
            head(&"=?utf-8?q?=C3?= =?x?z?y?= =?utf-16?b?//8=?=".repeat(2_000), "text/plain") + words,
            "",
        ),
    ]
}

fn bombs() -> Vec<Hostile> {
    vec![
        mail("10000 parts", many_parts(10_000), "part number 0"),
        mail("100000 parts", many_parts(100_000), "part number 0"),
        mail("2000 levels", nested(2_000), ""),
        mail("200 mails in each other", letters_in_letters(200), ""),
        mail(
            "a boundary without an end",
            head("Boundary", "multipart/mixed; boundary=b") + "--b\r\n\r\nwords in the part\r\n",
            "words in the part",
        ),
        mail(
            "a boundary that never comes",
            head("Boundary", "multipart/mixed; boundary=b") + "words without a part\r\n",
            "words without a part",
        ),
        mail("100000 tags", html(&("<div><b>".repeat(50_000) + "words within")), ""),
        mail("100000 open tables", html(&("<table><tr><td>".repeat(33_000) + "words within")), ""),
        mail(
            "a tag of a megabyte",
            html(&format!("<p title=\"{}\">words within</p>", "t".repeat(1 << 20))),
            "",
        ),
        mail(
            "a style of a megabyte",
            html(&format!("<style>{}</style><p>words within</p>", "a{b:c}".repeat(180_000))),
            "",
        ),
        mail(
            "quotes in quotes",
            head("Quotes", "text/plain") + &(">".repeat(3_000) + " quoted\r\n").repeat(300) + "new words\r\n",
            "new words",
        ),
        mail("a zip bomb", zip_bomb_mail(), "See the archive"),
    ]
}

fn html(body: &str) -> String {
    head("Markup", "text/html; charset=utf-8") + body + "\r\n"
}

fn many_parts(count: usize) -> String {
    let mut mail = head("Many parts", "multipart/mixed; boundary=seam");
    for part in 0..count {
        let _ = write!(mail, "--seam\r\nContent-Type: text/plain\r\n\r\npart number {part}\r\n");
    }
    mail + "--seam--\r\n"
}

fn nested(levels: usize) -> String {
    let mut mail = head("Nested", "multipart/mixed; boundary=b0");
    for level in 1..levels {
        let _ = write!(mail, "--b{}\r\nContent-Type: multipart/mixed; boundary=b{level}\r\n\r\n", level - 1);
    }
    let _ = write!(mail, "--b{}\r\n\r\nthe bottom\r\n", levels - 1);
    (0..levels).rev().fold(mail, |mail, level| mail + &format!("--b{level}--\r\n"))
}

fn letters_in_letters(count: usize) -> String {
    (0..count).map(|nth| head(&format!("Letter {nth}"), "message/rfc822")).collect::<String>()
        + &plain("The innermost")
}

/// A mail of about this many bytes, most of them in one attachment.
pub fn with_attachment(bytes: usize) -> Vec<u8> {
    let line = "QWxsIHdvcmsgYW5kIG5vIHBsYXkgbWFrZXMgYSBsYXJnZSBtYWlsLiBBbGwgd29yayBhbmQgbm8gcGxheS4g\r\n";
    enclosing("See the film", "film.mp4", &line.repeat(bytes / line.len())).into_bytes()
}

fn enclosing(words: &str, name: &str, encoded: &str) -> String {
    head("With an attachment", "multipart/mixed; boundary=seam")
        + &format!(
            "--seam\r\nContent-Type: text/plain\r\n\r\n{words}\r\n--seam\r\nContent-Type: application/octet-stream\r\n"
        )
        + &format!(
            "Content-Disposition: attachment; filename=\"{name}\"\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        )
        + encoded
        + "\r\n--seam--\r\n"
}

fn zip_bomb_mail() -> String {
    enclosing("See the archive", "photos.zip", &base64(&zip_bomb()))
}

/// A zip archive of 400 KB whose one file unpacks to 64 MB of zeros, and that claims 4 GB.
fn zip_bomb() -> Vec<u8> {
    let packed = deflated_zeros(250_000);
    let (name, claimed) = (b"photos.raw", u32::MAX - 1);
    let length = u32::try_from(packed.len()).unwrap();
    let about = |bytes: &mut Vec<u8>| {
        bytes.extend([20, 0, 0, 0, 8, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
        bytes.extend(length.to_le_bytes());
        bytes.extend(claimed.to_le_bytes());
        bytes.extend([u8::try_from(name.len()).unwrap(), 0, 0, 0]);
    };
    let mut zip = b"PK\x03\x04".to_vec();
    about(&mut zip);
    zip.extend(name);
    zip.extend(&packed);
    let directory = u32::try_from(zip.len()).unwrap();
    zip.extend(b"PK\x01\x02\x14\x00");
    about(&mut zip);
    zip.extend([0; 14]);
    zip.extend(name);
    let size = u32::try_from(zip.len()).unwrap() - directory;
    zip.extend(b"PK\x05\x06\x00\x00\x00\x00\x01\x00\x01\x00");
    zip.extend(size.to_le_bytes());
    zip.extend(directory.to_le_bytes());
    zip.extend([0, 0]);
    zip
}

/// One zero, and then 258 more for each repeat, as a deflate stream with fixed codes (RFC 1951, 3.2.6).
fn deflated_zeros(repeats: usize) -> Vec<u8> {
    let begin = [1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0];
    let repeat = [1, 1, 0, 0, 0, 1, 0, 1, 0, 0, 0, 0, 0];
    let end = [0; 7];
    let bits: Vec<u8> =
        begin.into_iter().chain(repeat.into_iter().cycle().take(13 * repeats)).chain(end).collect();
    bits.chunks(8).map(|eight| eight.iter().rev().fold(0, |byte, bit| byte << 1 | bit)).collect()
}

fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for (nth, three) in bytes.chunks(3).enumerate() {
        let whole = [three[0], *three.get(1).unwrap_or(&0), *three.get(2).unwrap_or(&0)];
        let number = u32::from_be_bytes([0, whole[0], whole[1], whole[2]]);
        for place in 0..4 {
            let sixth = usize::try_from(number >> (18 - 6 * place) & 63).unwrap();
            text.push(if place > three.len() { '=' } else { char::from(LETTERS[sixth]) });
        }
        if nth % 19 == 18 {
            text.push_str("\r\n");
        }
    }
    text
}
