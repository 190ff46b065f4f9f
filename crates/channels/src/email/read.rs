//! Rule: reading: the bytes of a mail become an [`Incoming`], whatever is wrong with them.

use super::head::{self, Fields, Head, Named};
use super::html::{Rendered, content_ids, rendered, sanitise_within_limits};
use super::new_text::{Split, split, split_marked};
use super::parts::{self, Block, Parts, Wrapped, html_of};
use cases::incoming::{Correspondent, Incoming};
use cases::sifting;
use mail_parser::HeaderName;

/// Reads a mail. It never fails: what can't be read is told in `problems`, and the raw mail is kept elsewhere.
///
/// Pure. Time and memory grow with the length of the mail; depth, parts, fields, text and HTML are limited.
pub fn read(raw: &[u8]) -> Incoming {
    let is_outlook_file = is_outlook_file(raw);
    let (head, body) = head::split(if is_outlook_file { b"" } else { without_leading_breaks(raw) });
    let fields = head.fields();
    let mut parts = if is_outlook_file { outlook_file(raw) } else { parts::walk(&head, body) };
    let mut mail = Incoming { headers: head.all(), ..addressed(&fields) };
    if !is_outlook_file {
        note_head(&head, &fields, &mail, &mut parts);
    }
    write_words(&mut mail, &mut parts);
    mail.attachments = parts.attachments;
    show_inline(&mut mail);
    mail.problems = parts.problems;
    mail.bounce = sifting::bounce(&mail);
    mail.auto = sifting::sift(&mail);
    mail
}

/// A mail that somebody saved with Outlook isn't a mail but a file of its own kind.
fn is_outlook_file(raw: &[u8]) -> bool {
    raw.starts_with(&[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1])
}

fn outlook_file(raw: &[u8]) -> Parts {
    let mut parts = Parts::default();
    parts.problem("It is a file of Outlook (.msg), not a mail. Save the mail as .eml, or have it forwarded.");
    let media_type = "application/vnd.ms-outlook".to_owned();
    let file =
        Wrapped { name: "message.msg".to_owned(), media_type, content: raw.to_vec(), content_id: None };
    parts::attach(&mut parts, file);
    parts
}

/// Some programs put line breaks above the head.
fn without_leading_breaks(raw: &[u8]) -> &[u8] {
    let raw = raw.strip_prefix(b"\xef\xbb\xbf").unwrap_or(raw);
    let breaks = raw.iter().take_while(|b| matches!(b, b'\r' | b'\n')).count();
    raw.get(breaks..).unwrap_or_default()
}

fn addressed(fields: &Fields<'_>) -> Incoming {
    let people = |name: HeaderName<'static>| -> Vec<Correspondent> {
        fields
            .addresses(name)
            .into_iter()
            .map(|(name, address): Named| Correspondent { name, address })
            .collect()
    };
    let from = people(HeaderName::From);
    let sender = || people(HeaderName::Sender).into_iter().next();
    Incoming {
        from: from.into_iter().next().or_else(sender),
        to: people(HeaderName::To),
        cc: people(HeaderName::Cc),
        reply_to: people(HeaderName::ReplyTo),
        subject: fields.subject(),
        date: fields.date(),
        message_id: fields.message_ids(HeaderName::MessageId).into_iter().next(),
        in_reply_to: fields.message_ids(HeaderName::InReplyTo),
        references: fields.message_ids(HeaderName::References),
        ..Incoming::default()
    }
}

fn note_head(head: &Head, fields: &Fields<'_>, mail: &Incoming, parts: &mut Parts) {
    let has = |name: &str| mail.header(name).is_some();
    if mail.headers.is_empty() {
        parts.problem("It has no head. Everything is shown as text.");
        return;
    }
    if head.shortened {
        parts.problem("Its head is oversized. The rest of the head was ignored.");
    }
    if head.broken {
        parts.problem("Its head contains lines that are no header fields. They were ignored.");
    }
    match mail.from.as_ref().map(Correspondent::email) {
        None => parts.problem("It doesn't say who wrote it."),
        Some(None) => parts.problem("The address of its sender is malformed."),
        Some(Some(_)) => {}
    }
    if has("Message-ID") && fields.message_ids(HeaderName::MessageId).is_empty() {
        parts.problem("Its Message-ID is empty or malformed.");
    }
    if has("Date") && mail.date.is_none() {
        parts.problem("Its date can't be read.");
    }
}

fn write_words(mail: &mut Incoming, parts: &mut Parts) {
    let blocks = one_form_each(std::mem::take(&mut parts.blocks));
    let page = blocks.iter().any(|block| block.html.is_some()).then(|| {
        let joined: Vec<String> = blocks.iter().map(html_of).collect();
        let sanitised = sanitise_within_limits(&joined.join("\n"));
        if sanitised.shortened {
            parts.problem("Its HTML is longer than 1 MB or has more than 30,000 tags. The rest was left in the original mail.");
        }
        sanitised.html
    });
    let from_page = page.as_deref().map(rendered);
    mail.text = plain_text(&blocks, from_page.as_ref());
    if let Some(words) = parts.invitation.take().filter(|_| mail.text.trim().is_empty()) {
        mail.text = words;
    }
    mail.html = page.filter(|html| !html.trim().is_empty());
    let Split { new_text, quoted_text, signature } = split_words(&mail.text, from_page.as_ref());
    (mail.new_text, mail.quoted_text, mail.signature) = (new_text, quoted_text, signature);
}

/// Broken mails give the two forms of one text one after the other, as if they were two texts.
fn one_form_each(blocks: Vec<Block>) -> Vec<Block> {
    let mut kept: Vec<Block> = Vec::new();
    for block in blocks {
        match (kept.last_mut(), &block) {
            (
                Some(Block { plain: Some(plain), html: html @ None }),
                Block { plain: None, html: Some(page) },
            ) if same_letters(plain, page) => {
                *html = Some(page.clone());
            }
            _ => kept.push(block),
        }
    }
    kept
}

/// The page's letters, without its tags, are the text's.
fn same_letters(plain: &str, page: &str) -> bool {
    const LONGEST: usize = 256 * 1024;
    let mut within = false;
    let shown = page.chars().filter(move |c| {
        within = *c == '<' || (within && *c != '>');
        !within
    });
    let letters = plain.chars().filter(|c| c.is_alphanumeric());
    page.len() < LONGEST
        && plain.chars().any(char::is_alphanumeric)
        && letters.eq(shown.filter(|c| c.is_alphanumeric()))
}

/// The plain parts where every block has one that says something, else the words of the HTML.
fn plain_text(blocks: &[Block], from_page: Option<&Rendered>) -> String {
    let plain: Option<Vec<&str>> = blocks.iter().map(|block| block.plain.as_deref()).collect();
    let plain = plain.map(|texts| texts.join("\n\n")).filter(|text| !text.trim().is_empty());
    let text = plain.or_else(|| from_page.map(|page| page.text.clone())).unwrap_or_default();
    text.trim_end().to_owned()
}

/// The structure of the HTML shows quotes and signatures best, where the mail program marked them and something new remains.
fn split_words(text: &str, from_page: Option<&Rendered>) -> Split {
    if let Some(page) = from_page.filter(|page| !page.quotes.is_empty() || !page.signatures.is_empty()) {
        let by_structure = split_marked(&page.text, &page.quotes, &page.signatures);
        if !by_structure.new_text.is_empty() {
            return by_structure;
        }
    }
    split(text)
}

/// An attachment that the HTML shows is inline, whatever its part says.
fn show_inline(mail: &mut Incoming) {
    let shown = mail.html.as_deref().map(content_ids).unwrap_or_default();
    for attachment in &mut mail.attachments {
        attachment.inline |= attachment.content_id.as_ref().is_some_and(|id| shown.contains(id));
    }
}

#[cfg(test)]
mod tests;
