//! Rule: composing: a [`Letter`] becomes the bytes of a mail. The same letter always becomes the same bytes.

use super::downloads;
use super::html::sanitise;
use super::introductions::introduction;
use cases::customer_words::customer_words;
use cases::letter::{Addressee, Enclosure, Letter, Page, Quoted, Wording, Written};
use comrak::{Options, markdown_to_html};
use mail_builder::encoders::base64::Base64Encoder;
use mail_builder::headers::{
    HeaderType, address::Address, content_type::ContentType, date::Date, message_id::MessageId,
};
use mail_builder::headers::{raw::Raw, text::Text};
use mail_builder::mime::{BodyPart, MimePart};
use std::borrow::Cow;

/// The bytes of a letter, with CRLF line ends: text and HTML from its Markdown, then its files.
///
/// Pure: boundaries come from the message's id, the date from the letter. What could break a header is taken out of every
/// name, subject and id, so nothing that a person typed can add a header field.
pub fn compose(letter: &Letter) -> Vec<u8> {
    let mut mail = body(letter);
    // The builder writes a part's fields in their order; the mail's own come first.
    let own = std::mem::take(&mut mail.headers);
    mail.headers = fields(letter).into_iter().chain(own).collect();
    let mut bytes = Vec::new();
    mail.write_part(&mut bytes);
    bytes
}

type Field<'a> = (Cow<'a, str>, HeaderType<'a>);

fn fields(letter: &Letter) -> Vec<Field<'_>> {
    let mut fields: Vec<Field<'_>> = Vec::new();
    let mut add = |name: &'static str, value: HeaderType<'static>| fields.push((Cow::Borrowed(name), value));
    add("Date", Date::new(letter.date.micros().div_euclid(1_000_000)).into());
    add("Message-ID", MessageId::new(token(&letter.message_id_text())).into());
    add("From", address(&letter.from).into());
    for (name, people) in [("To", &letter.to), ("Cc", &letter.cc)] {
        if !people.is_empty() {
            add(name, Address::new_list(people.iter().map(address).collect()).into());
        }
    }
    if let Some(reply_to) = &letter.reply_to {
        add("Reply-To", Address::new_address(name_of(&letter.from), token(reply_to)).into());
    }
    add("Subject", Text::new(one_line(&letter.subject)).into());
    if let Some(answered) = letter.in_reply_to.as_deref().map(token).filter(|id| !id.is_empty()) {
        add("In-Reply-To", MessageId::new(answered).into());
    }
    let references: Vec<String> =
        letter.references.iter().map(|id| token(id)).filter(|id| !id.is_empty()).collect();
    if !references.is_empty() {
        add("References", MessageId::new_list(nearest(&references).into_iter()).into());
    }
    if let Some(auto) = auto_submitted(letter.written) {
        add("Auto-Submitted", Raw::new(auto).into());
        // Exchange doesn't read Auto-Submitted; this keeps it from answering.
        add("X-Auto-Response-Suppress", Raw::new("All").into());
    }
    if let Some(address) = letter.unsubscribe.as_deref().map(token).filter(|address| !address.is_empty()) {
        add("List-Unsubscribe", Raw::new(format!("<{address}>")).into());
        add("List-Unsubscribe-Post", Raw::new("List-Unsubscribe=One-Click").into());
    }
    if letter.language.is_known() {
        add("Content-Language", Raw::new(letter.language.as_str().to_owned()).into());
    }
    add("MIME-Version", Raw::new("1.0").into());
    fields
}

fn auto_submitted(written: Written) -> Option<&'static str> {
    match written {
        Written::ByPerson => None,
        Written::AsAutomaticAnswer => Some("auto-replied"),
        Written::Automatically => Some("auto-generated"),
    }
}

/// The first of a thread and the nearest, so that the field stays well under the limit of 998 characters a line and of other
/// people's programs.
fn nearest(references: &[String]) -> Vec<String> {
    const MOST: usize = 20;
    match references {
        [first, rest @ ..] if rest.len() >= MOST => {
            let tail = rest.get(rest.len() - (MOST - 1)..).unwrap_or_default();
            std::iter::once(first).chain(tail).cloned().collect()
        }
        all => all.to_vec(),
    }
}

fn address(person: &Addressee) -> Address<'static> {
    Address::new_address(name_of(person), token(person.address.as_str()))
}

fn name_of(person: &Addressee) -> Option<String> {
    Some(one_line(&person.name)).filter(|name| !name.is_empty())
}

/// Text for a header: one line, no control characters, no invisible ones that turn the direction of what follows.
fn one_line(text: &str) -> String {
    let turns =
        |c: char| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}');
    let spaced: String = text.chars().map(|c| if c.is_control() || turns(c) { ' ' } else { c }).collect();
    spaced.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// An id or address for a header: nothing that ends it.
fn token(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_control() && !c.is_whitespace() && !matches!(c, '<' | '>' | ',' | ';' | '"'))
        .collect()
}

fn body(letter: &Letter) -> MimePart<'_> {
    let words = multipart(
        "alternative",
        letter,
        vec![text_part("plain", plain(letter)), text_part("html", html(letter))],
    );
    if letter.attachments.is_empty() {
        return words;
    }
    let files = letter.attachments.iter().map(file);
    multipart("mixed", letter, std::iter::once(words).chain(files).collect())
}

/// A multipart whose boundary carries the message's id, so that no text written before the message can contain it.
fn multipart<'a>(subtype: &'static str, letter: &Letter, parts: Vec<MimePart<'a>>) -> MimePart<'a> {
    let boundary = format!("=_{subtype}_{}", letter.message_id);
    MimePart::new(
        ContentType::new(format!("multipart/{subtype}")).attribute("boundary", boundary),
        BodyPart::Multipart(parts),
    )
}

fn text_part(subtype: &'static str, text: String) -> MimePart<'static> {
    let kind = ContentType::new(format!("text/{subtype}")).attribute("charset", "utf-8");
    MimePart::new(kind, BodyPart::Text(text.into()))
}

fn file(file: &Enclosure) -> MimePart<'_> {
    let token = |text: &str| {
        !text.is_empty() && text.bytes().all(|b| b.is_ascii_alphanumeric() || b"!#$&^_.+-".contains(&b))
    };
    let known = file.media_type.split_once('/').is_some_and(|(kind, subtype)| token(kind) && token(subtype));
    let kept = known && !["multipart", "message"].iter().any(|kind| file.media_type.starts_with(kind));
    let kind = if kept { file.media_type.as_str() } else { "application/octet-stream" };
    let name = one_line(&file.name);
    let kind = ContentType::new(kind.to_owned()).attribute("name", name.clone());
    // Encoded here, because the builder would send a text file with other line ends than it has.
    let encoder = Base64Encoder::new().wrap_lines();
    let mut encoded = Vec::new();
    encoder.encode_into(&file.content, &mut encoded);
    MimePart::new(kind, BodyPart::Binary(Cow::Owned(encoded))).attachment(name).transfer_encoding("base64")
}

fn plain(letter: &Letter) -> String {
    let words = letter.markdown.replace("\r\n", "\n");
    let mut text = words.trim_end().to_owned();
    for line in downloads::lines(&letter.language, &letter.downloads) {
        text.push_str(&format!("\n\n{}\n{}", line.words, line.url));
    }
    let signature = letter.signature.replace("\r\n", "\n");
    if !signature.trim().is_empty() {
        // Two hyphens and a space: mail programs leave out what follows when they quote (RFC 3676, 4.3).
        text.push_str(&format!("\n\n-- \n{}", signature.trim()));
    }
    let foot = [
        letter.written_in.clone(),
        letter.page.as_ref().map(|page| format!("{}\n{}", about(letter, page), page.url)),
    ];
    for (line, is_first) in foot.into_iter().flatten().zip([true, false]) {
        // Below the signature's hyphens, so that mail programs leave it out of their quotations, too.
        let hyphens = if is_first && signature.trim().is_empty() { "-- \n" } else { "" };
        text.push_str(&format!("\n\n{hyphens}{line}"));
    }
    if let Some(quoted) = &letter.quoted {
        text.push_str(&format!("\n\n{}\n{}", introduction(&letter.language, quoted), quoted_lines(quoted)));
    }
    text.push('\n');
    text.replace('\n', "\r\n")
}

/// What stands before the address of the letter's page.
fn about(letter: &Letter, page: &Page) -> &'static str {
    let words = customer_words(&letter.language);
    match page.wording {
        Wording::Written => words.not_clear,
        Wording::Translated => words.translated,
    }
}

fn quoted_lines(quoted: &Quoted) -> String {
    let text = quoted.text.replace("\r\n", "\n");
    let line = |line: &str| match line {
        "" => ">".to_owned(),
        line if line.starts_with('>') => format!(">{line}"),
        line => format!("> {line}"),
    };
    text.trim_end().split('\n').map(line).collect::<Vec<_>>().join("\n")
}

fn html(letter: &Letter) -> String {
    let words = sanitise(&markdown_to_html(&letter.markdown, &options()));
    let language = match letter.language.is_known() {
        true if letter.language.is_right_to_left() => format!(" lang=\"{}\" dir=\"rtl\"", letter.language),
        true => format!(" lang=\"{}\"", letter.language),
        false => String::new(),
    };
    let mut html = format!("<!doctype html>\n<html{language}>\n<body>\n{words}");
    for line in downloads::lines(&letter.language, &letter.downloads) {
        let (words, url) = (escaped(&line.words), escaped(&line.url));
        html.push_str(&format!("<p><a href=\"{url}\">{words}</a></p>\n"));
    }
    if !letter.signature.trim().is_empty() {
        let signature = sanitise(&markdown_to_html(letter.signature.trim(), &options()));
        html.push_str(&format!("<div class=\"gmail_signature\">\n{signature}</div>\n"));
    }
    if let Some(line) = &letter.written_in {
        let line = escaped(line);
        html.push_str(&format!(
            "<div class=\"gmail_signature\"><p style=\"font-size:smaller\">{line}</p></div>\n"
        ));
    }
    if let Some(page) = &letter.page {
        let (words, url) = (escaped(about(letter, page)), escaped(&page.url));
        let link = escaped(customer_words(&letter.language).not_understood);
        html.push_str(&format!(
            "<div class=\"gmail_signature\"><p style=\"font-size:smaller\">{words} <a href=\"{url}\">{link}</a></p></div>\n"
        ));
    }
    if let Some(quoted) = &letter.quoted {
        let intro = escaped(&introduction(&letter.language, quoted));
        let text = escaped(quoted.text.trim_end()).replace("\r\n", "\n").replace('\n', "<br>\n");
        html.push_str(&format!(
            "<div class=\"gmail_quote\">\n<div class=\"gmail_attr\">{intro}</div>\n<blockquote type=\"cite\" style=\"margin:0 0 0 \
             0.8ex;border-left:1px solid #ccc;padding-left:1ex\">{text}</blockquote>\n</div>\n"
        ));
    }
    html.push_str("</body>\n</html>\n");
    html.replace("\r\n", "\n").replace('\n', "\r\n")
}

fn options() -> Options<'static> {
    let mut options = Options::default();
    options.extension.strikethrough = true;
    options.extension.table = true;
    options.extension.autolink = true;
    // People press Enter where they want a new line.
    options.render.hardbreaks = true;
    // What looks like HTML is shown as typed.
    options.render.escape = true;
    options
}

fn escaped(text: &str) -> String {
    super::tags::escape(text)
}

#[cfg(test)]
mod tests;
