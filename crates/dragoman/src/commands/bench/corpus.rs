//! The mails that are read for the bench: those of a folder, or made-up ones of the kinds that a help desk gets.

use crate::say::Failure;
use std::path::{Path, PathBuf};

/// A mail to read.
pub struct Sample {
    /// Its file, or its kind.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// The mails of a folder and of the folders in it, by name; and how many other files were left out.
pub fn of_folder(folder: &Path) -> Result<(Vec<Sample>, usize), Failure> {
    let (mut samples, mut left_out) = (Vec::new(), 0);
    let mut waiting = vec![folder.to_owned()];
    while let Some(next) = waiting.pop() {
        for path in entries(&next)? {
            if path.is_dir() {
                waiting.push(path);
                continue;
            }
            let bytes = std::fs::read(&path).map_err(|error| unreadable(&path, &error))?;
            let name = path.strip_prefix(folder).unwrap_or(&path).display().to_string();
            match begins_as_mail(&bytes) {
                true => samples.push(Sample { name, bytes }),
                false => left_out += 1,
            }
        }
    }
    samples.sort_by(|one, other| one.name.cmp(&other.name));
    Ok((samples, left_out))
}

fn entries(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let entries = std::fs::read_dir(folder).map_err(|error| unreadable(folder, &error))?;
    let paths = entries.map(|entry| entry.map(|entry| entry.path()));
    paths.collect::<Result<_, _>>().map_err(|error| unreadable(folder, &error))
}

fn unreadable(path: &Path, error: &std::io::Error) -> Failure {
    Failure::new(format!("{} can't be read: {error}", path.display()), "Check the path.")
}

/// A mail begins with a header field, or with the line that mailbox files put above it. Lists and notes beside mails don't.
fn begins_as_mail(bytes: &[u8]) -> bool {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    let line = bytes.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let name = line.split(|byte| *byte == b':').next().unwrap_or_default().trim_ascii_end();
    let is_field = name.len() < line.len()
        && !name.is_empty()
        && name.iter().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
    is_field || line.starts_with(b"From ")
}

/// So many made-up mails of each kind.
const OF_EACH_KIND: usize = 40;

/// Writes the nth mail of a kind.
type Write = fn(usize) -> String;

/// Made-up mails, the same ones every time.
pub fn made_up() -> Vec<Sample> {
    let kinds: [(&str, Write); 7] = [
        ("short text", short),
        ("answer with quotes", answer),
        ("HTML with text", alternative),
        ("HTML only", html_only),
        ("with a picture of 150 kB", with_picture),
        ("automatic answer", automatic),
        ("bounce", bounce),
    ];
    let all = kinds.iter().flat_map(|(name, write)| (0..OF_EACH_KIND).map(move |nth| (name, write(nth))));
    all.map(|(name, text)| Sample { name: (*name).to_owned(), bytes: text.into_bytes() }).collect()
}

const SENTENCES: [&str; 6] = [
    "The coffee machine that I bought in May leaks from below, and the kitchen floor is wet every morning.",
    "Die Lampe flackert seit gestern Abend; ich habe das Netzteil schon getauscht, und es hilft nicht.",
    "He recibido el paquete equivocado y necesito la factura corregida antes del viernes, por favor.",
    "Zamówienie miało przyjść w poniedziałek, a przesyłka nadal czeka w sortowni od czterech dni.",
    "Račun sem že plačal, vendar na strani še vedno piše, da naročilo čaka na plačilo.",
    "Siuntinys atvyko pažeistas, todėl norėčiau jį grąžinti ir gauti pinigus atgal.",
];

fn sentence(nth: usize) -> &'static str {
    SENTENCES[nth % SENTENCES.len()]
}

fn paragraphs(nth: usize, count: usize) -> String {
    (0..count).map(|more| format!("{} ({})\r\n\r\n", sentence(nth + more), nth * 7 + more)).collect()
}

fn head(nth: usize, more: &str) -> String {
    format!(
        "Received: from mx.mail.example (mx.mail.example [192.0.2.{}])\r\n\tby in.aurora.example with ESMTPS;\r\n\
         \tMon, 23 Nov 2026 08:00:00 +0000\r\nFrom: =?utf-8?q?J=C3=BCrgen_{nth}?= <customer{nth}@mail.example>\r\n\
         To: Aurora <help@aurora.example>\r\nSubject: =?utf-8?q?Problem_no._{nth}_=E2=80=93_please_help?=\r\n\
         Date: Mon, 23 Nov 2026 08:00:00 +0000\r\nMessage-ID: <bench-{nth}@mail.example>\r\nMIME-Version: 1.0\r\n{more}",
        nth % 250
    )
}

const PLAIN: &str = "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n";

fn short(nth: usize) -> String {
    format!(
        "{}{PLAIN}Hello,\r\n\r\n{}Best regards\r\n-- \r\nJürgen\r\n+49 30 {nth}\r\n",
        head(nth, ""),
        paragraphs(nth, 2)
    )
}

fn answer(nth: usize) -> String {
    let mut quoted = String::new();
    for depth in 1..5 {
        let marks = "> ".repeat(depth);
        quoted.push_str(&format!(
            "{marks}On Sun, 22 Nov 2026 at 10:0{depth}, Ana <help@aurora.example> wrote:\r\n"
        ));
        quoted.extend(paragraphs(nth + depth, 4).lines().map(|line| format!("{marks}{line}\r\n")));
    }
    let known =
        "In-Reply-To: <ours@aurora.example>\r\nReferences: <first@mail.example> <ours@aurora.example>\r\n";
    format!("{}{PLAIN}{}{quoted}", head(nth, known), paragraphs(nth, 1))
}

fn rich(nth: usize) -> String {
    let cell = |more: usize| {
        format!(
            "<tr><td style=\"padding:8px;color:#333\"><p><b>No. {more}</b> {}</p>\
             <a href=\"https://shop.example/orders/{more}\"><img src=\"https://shop.example/{more}.png\" alt=\"\"></a></td></tr>\r\n",
            sentence(nth + more)
        )
    };
    let rows: String = (0..25).map(cell).collect();
    let style = "<style>td { font: 14px sans-serif } .x { color: red }</style>";
    format!(
        "<html><head>{style}</head><body><table width=\"600\">{rows}</table><script>track()</script></body></html>\r\n"
    )
}

fn alternative(nth: usize) -> String {
    let head = head(nth, "Content-Type: multipart/alternative; boundary=\"b\"\r\n\r\n");
    let text = paragraphs(nth, 6);
    let html = rich(nth);
    format!("{head}--b\r\n{PLAIN}{text}--b\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{html}--b--\r\n")
}

fn html_only(nth: usize) -> String {
    format!("{}{}", head(nth, "Content-Type: text/html; charset=utf-8\r\n\r\n"), rich(nth))
}

fn with_picture(nth: usize) -> String {
    let head = head(nth, "Content-Type: multipart/mixed; boundary=\"b\"\r\n\r\n");
    let file = "Content-Type: image/jpeg; name=\"leak.jpg\"\r\nContent-Transfer-Encoding: base64\r\n\
                Content-Disposition: attachment; filename=\"leak.jpg\"\r\n\r\n";
    // 76 characters hold 57 bytes.
    let line = format!("{}\r\n", "QUJD".repeat(19));
    let picture = line.repeat(150_000 / 57);
    format!("{head}--b\r\n{PLAIN}{}--b\r\n{file}{picture}--b--\r\n", paragraphs(nth, 2))
}

fn automatic(nth: usize) -> String {
    format!(
        "{}{PLAIN}I am out of the office until 4 January and read mails after that.\r\n\r\n{}",
        head(nth, "Auto-Submitted: auto-replied\r\nX-Auto-Response-Suppress: All\r\n"),
        paragraphs(nth, 1)
    )
}

fn bounce(nth: usize) -> String {
    let report = "Content-Type: multipart/report; report-type=delivery-status; boundary=\"b\"\r\n\r\n";
    format!(
        "{}--b\r\n{PLAIN}Your message couldn't be delivered.\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\n\
         Reporting-MTA: dns; mx.mail.example\r\n\r\nFinal-Recipient: rfc822; gone{nth}@mail.example\r\nAction: failed\r\n\
         Status: 5.1.1\r\nDiagnostic-Code: smtp; 550 5.1.1 no such user\r\n--b\r\nContent-Type: message/rfc822\r\n\r\n{}--b--\r\n",
        head(nth, report),
        short(nth)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_made_up_mail_is_of_its_kind() {
        for sample in made_up() {
            assert!(begins_as_mail(&sample.bytes), "{}", sample.name);
            let mail = channels::email::read::read(&sample.bytes);
            assert_eq!(mail.problems, Vec::<String>::new(), "{}", sample.name);
            let kind = sample.name.as_str();
            assert_eq!(mail.html.is_some(), kind.starts_with("HTML"), "{kind}");
            assert_eq!(mail.bounce.is_some(), kind == "bounce", "{kind}");
            assert_eq!(mail.auto.is_some(), matches!(kind, "bounce" | "automatic answer"), "{kind}");
            assert_eq!(mail.quoted_text.is_empty(), kind != "answer with quotes", "{kind}");
            assert!(!mail.new_text.trim().is_empty(), "{kind}");
            let size = mail.attachments.first().map(|file| file.bytes).filter(|_| kind.contains("picture"));
            assert_eq!(size.is_some_and(|size| size > 149_000), kind.contains("picture"), "{kind}");
        }
    }

    #[test]
    fn lists_and_notes_beside_mails_are_no_mails() {
        let check =
            |bytes: &str, is_mail: bool| assert_eq!(begins_as_mail(bytes.as_bytes()), is_mail, "{bytes:?}");
        check("From: a@b.example\r\n\r\nhello", true);
        check("\r\n\u{feff}", false);
        check("\u{feff}Received: by b\n", true);
        check("From a@b.example Mon Nov 23\nSubject: x\n", true);
        check("{\"from\": \"a@b.example\"}\n", false);
        check("Hello Anna,\nhow are you?\n", false);
        check("", false);
    }
}
