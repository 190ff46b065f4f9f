//! Composing: a letter becomes the bytes that leave. The same letter always becomes the same bytes, so that a repeated attempt is the
//! same mail.

use cases::letter::{Addressee, Letter, Quoted, Written};
use mail_builder::{
    MessageBuilder,
    headers::{address::Address, content_type::ContentType, message_id::MessageId, raw::Raw, text::Text},
    mime::{BodyPart, MimePart},
};

/// The bytes of a letter: text and HTML from its Markdown, and its files.
pub fn compose(letter: &Letter) -> Vec<u8> {
    let mut mail = MessageBuilder::new()
        .from(address(&letter.from))
        .to(addresses(&letter.to))
        .subject(one_line(&letter.subject))
        .date(letter.date.timestamp().as_second())
        .message_id(letter.message_id_text())
        .header("MIME-Version", Raw::new("1.0"));
    if !letter.cc.is_empty() {
        mail = mail.cc(addresses(&letter.cc));
    }
    if let Some(reply_to) = &letter.reply_to {
        mail = mail.reply_to(Address::new_address(None::<String>, one_line(reply_to)));
    }
    if let Some(answered) = &letter.in_reply_to {
        mail = mail.in_reply_to(one_line(answered));
    }
    if !letter.references.is_empty() {
        mail = mail.references(MessageId::new_list(letter.references.iter().map(|id| one_line(id))));
    }
    if letter.language.is_known() {
        mail = mail.header("Content-Language", Text::new(letter.language.to_string()));
    }
    if let Some(automatic) = automatic(letter.written) {
        mail = mail.header("Auto-Submitted", Raw::new(automatic));
    }
    // Writing to memory can't fail.
    mail.body(body(letter)).write_to_vec().unwrap_or_default()
}

/// RFC 3834, so that two desks don't answer each other forever.
fn automatic(written: Written) -> Option<&'static str> {
    match written {
        Written::ByPerson => None,
        Written::AsAutomaticAnswer => Some("auto-replied"),
        Written::Automatically => Some("auto-generated"),
    }
}

fn body(letter: &Letter) -> MimePart<'static> {
    let texts = vec![
        MimePart::new("text/plain", BodyPart::Text(plain(letter).into())),
        MimePart::new("text/html", BodyPart::Text(html(letter).into())),
    ];
    let texts = multipart("alternative", letter, texts);
    if letter.attachments.is_empty() {
        return texts;
    }
    let files = letter.attachments.iter().map(|file| {
        let part = MimePart::new(one_line(&file.media_type), BodyPart::Binary(file.content.clone().into()));
        part.attachment(one_line(&file.name))
    });
    multipart("mixed", letter, [texts].into_iter().chain(files).collect())
}

/// The boundary comes from the message's id, which no text holds by chance.
fn multipart(kind: &str, letter: &Letter, parts: Vec<MimePart<'static>>) -> MimePart<'static> {
    let boundary = format!("{kind}-{}", letter.message_id);
    let content_type = ContentType::new(format!("multipart/{kind}")).attribute("boundary", boundary);
    MimePart::new(content_type, BodyPart::Multipart(parts))
}

fn plain(letter: &Letter) -> String {
    let quoted = letter.quoted.as_ref().map(|quoted| {
        let lines: Vec<String> = quoted.text.lines().map(|line| format!("> {line}")).collect();
        format!("\n\n{}\n{}", introduction(quoted), lines.join("\n"))
    });
    format!("{}{}\n", letter.markdown.trim_end(), quoted.unwrap_or_default())
}

fn html(letter: &Letter) -> String {
    let words = markdown_to_html(&letter.markdown);
    let quoted = letter.quoted.as_ref().map(|quoted| {
        let text = ammonia::clean_text(&quoted.text).replace('\n', "<br>");
        format!("<p>{}</p><blockquote type=\"cite\">{text}</blockquote>", ammonia::clean_text(&introduction(quoted)))
    });
    let language = if letter.language.is_known() { letter.language.as_str() } else { "" };
    format!("<!doctype html><html lang=\"{language}\"><body>{words}{}</body></html>", quoted.unwrap_or_default())
}

fn introduction(quoted: &Quoted) -> String {
    format!("{}, {}:", one_line(&quoted.who), quoted.date.timestamp().strftime("%Y-%m-%d %H:%M UTC"))
}

/// Markdown as safe HTML. Line breaks stay as typed; HTML inside the Markdown is shown, not obeyed.
pub fn markdown_to_html(markdown: &str) -> String {
    let mut options = comrak::Options::default();
    options.render.hardbreaks = true;
    options.render.escape = true;
    options.extension.autolink = true;
    options.extension.strikethrough = true;
    options.extension.table = true;
    ammonia::clean(&comrak::markdown_to_html(markdown, &options))
}

fn address(who: &Addressee) -> Address<'static> {
    let name = one_line(&who.name);
    Address::new_address((!name.is_empty()).then_some(name), who.address.to_string())
}

fn addresses(all: &[Addressee]) -> Address<'static> {
    Address::new_list(all.iter().map(address).collect())
}

/// A header's value is one line: a line break inside it would begin another header.
fn one_line(text: &str) -> String {
    let words: Vec<&str> = text.split(|c: char| c.is_control() || c.is_whitespace()).filter(|word| !word.is_empty()).collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::email::read::read;
    use cases::letter::Enclosure;
    use kernel::{Id, Instant};
    use proptest::prelude::*;

    fn letter() -> Letter {
        let addressee = |name: &str, address: &str| Addressee { name: name.to_owned(), address: address.parse().unwrap() };
        Letter {
            message_id: kernel::MessageId::from_uuid(uuid::Uuid::from_u128(7)),
            domain: "aurora.example".to_owned(),
            from: addressee("Inês (Aurora)", "help@aurora.example"),
            to: vec![addressee("Žiga Kovač", "ziga@mail.example")],
            cc: Vec::new(),
            reply_to: Some("help+k7qm3xtp.4f0x9w2c1m@aurora.example".to_owned()),
            subject: "Re: Kavni aparat pušča, že tretjič, in to zmeraj ob ponedeljkih zjutraj pred službo".to_owned(),
            in_reply_to: Some("2@mail.example".to_owned()),
            references: vec!["1@mail.example".to_owned(), "2@mail.example".to_owned()],
            markdown: "Spoštovani,\n\nposlali smo **nov filter**.\n<script>alert(1)</script>\n.\nLep pozdrav".to_owned(),
            quoted: None,
            language: "sl".parse().unwrap(),
            written: Written::ByPerson,
            date: Instant::from_micros(1_772_442_000_000_000),
            attachments: vec![Enclosure {
                name: "Račun.pdf".to_owned(),
                media_type: "application/pdf".to_owned(),
                content: vec![0, 255, 10, 13],
            }],
        }
    }

    #[test]
    fn what_was_composed_is_read_back() {
        let bytes = compose(&letter());
        let mail = read(&bytes);
        assert_eq!(bytes, compose(&letter()), "the same letter is the same mail");
        assert!(!bytes.windows(2).any(|two| two[1] == b'\n' && two[0] != b'\r'), "every line ends with CR LF");
        assert_eq!(mail.message_id.as_deref(), Some("00000000000000000000000000000007@aurora.example"));
        assert_eq!(mail.in_reply_to, ["2@mail.example"]);
        assert_eq!(mail.references, ["1@mail.example", "2@mail.example"]);
        assert_eq!(mail.subject, letter().subject);
        assert_eq!(mail.from.map(|from| (from.name, from.address)), Some(("Inês (Aurora)".into(), "help@aurora.example".into())));
        assert_eq!(mail.to[0].name, "Žiga Kovač");
        assert_eq!(mail.reply_to[0].address, "help+k7qm3xtp.4f0x9w2c1m@aurora.example");
        assert_eq!(mail.date, Some(letter().date));
        assert_eq!(mail.text.trim_end(), letter().markdown);
        assert_eq!(mail.attachments.len(), 1);
        assert_eq!((mail.attachments[0].name.as_str(), &mail.attachments[0].content), ("Račun.pdf", &vec![0, 255, 10, 13]));
        assert_eq!(mail.problems, Vec::<String>::new());
        let html = mail.html.unwrap();
        assert!(html.contains("<strong>nov filter</strong>"), "{html}");
        assert!(!html.contains("<script"), "{html}");
    }

    #[test]
    fn automatic_mail_says_so() {
        let said = |written| {
            let bytes = compose(&Letter { written, ..letter() });
            read(&bytes).header("Auto-Submitted").map(str::to_owned)
        };
        assert_eq!(said(Written::ByPerson), None);
        assert_eq!(said(Written::Automatically).as_deref(), Some("auto-generated"));
        assert_eq!(said(Written::AsAutomaticAnswer).as_deref(), Some("auto-replied"));
    }

    proptest! {
        #[test]
        fn nothing_that_somebody_types_becomes_a_header(typed in "[a-z\\r\\n\u{0}\u{85}\u{2028} :]{0,40}") {
            let hostile = format!("{typed}\r\nBcc: evil@else.example\r\n\r\nbody");
            let mut letter = letter();
            letter.subject.clone_from(&hostile);
            letter.from.name.clone_from(&hostile);
            letter.references = vec![hostile.clone()];
            letter.attachments[0].name = hostile;
            let mail = read(&compose(&letter));
            prop_assert!(mail.header("Bcc").is_none());
            prop_assert_eq!(mail.text.trim_end(), letter.markdown.as_str());
        }
    }
}
