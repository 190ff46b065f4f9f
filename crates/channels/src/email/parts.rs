//! Rule: the parts of a mail: which of them are its words, and which came with it. Every walk is bounded in depth, number and bytes.

use super::charset::{country, text};
use super::head::{self, Fields, Head};
use super::shells::{self, Opened, bared, note_encrypted};
use super::transfer::{Decoded, DeleteSpace, decode, tidy_text, unflow};
use cases::incoming::Attachment;
use mail_parser::{ContentType, HeaderName};
use sha2::{Digest, Sha256};
use std::{borrow::Cow, fmt::Write};

const MOST_PARTS: usize = 1_000;
const DEEPEST: usize = 20;
const MOST_DECODED: usize = 128 * 1024 * 1024;
const LONGEST_TEXT: usize = 4 * 1024 * 1024;

/// What the walk found.
#[derive(Default)]
pub(super) struct Parts {
    /// The words, in their order.
    pub blocks: Vec<Block>,
    /// What came with them.
    pub attachments: Vec<Attachment>,
    /// What was wrong, each once.
    pub problems: Vec<String>,
    /// What an invitation says, in words, for a mail that says nothing else.
    pub invitation: Option<String>,
    /// The sender's, if their address tells.
    country: Option<String>,
    seen: usize,
    decoded: usize,
}

/// A piece of the words, in the forms in which the mail gives it.
#[derive(Default)]
pub(super) struct Block {
    /// As plain text.
    pub plain: Option<String>,
    /// As HTML, not sanitised.
    pub html: Option<String>,
}

/// Where a part stands, which decides what it is for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// The mail itself.
    Root,
    /// Beside others, in order.
    Mixed,
    /// Named by the HTML beside it.
    Related,
    /// In a digest, where a part without a type is a mail.
    Digest,
}

/// Walks a mail whose head has been split off.
pub(super) fn walk(head: &Head, body: &[u8]) -> Parts {
    let from = head.fields().addresses(HeaderName::From);
    let mut parts =
        Parts { country: from.first().and_then(|(_, address)| country(address)), ..Parts::default() };
    part(&mut parts, head, body, Place::Root, 0);
    parts
}

impl Parts {
    /// Notes a problem, once.
    pub fn problem(&mut self, sentence: &str) {
        if !self.problems.iter().any(|known| known == sentence) {
            self.problems.push(sentence.to_owned());
        }
    }

    fn nested(&mut self, raw: &[u8], place: Place, depth: usize) {
        if self.seen >= MOST_PARTS {
            self.problem("It has more than 1,000 parts. The rest was left in the original mail.");
            return;
        }
        self.seen += 1;
        let (head, body) = head::split(raw);
        if head.shortened {
            self.problem("One of its parts has an oversized head. The rest of that head was ignored.");
        }
        part(self, &head, body, place, depth);
    }
}

fn part(parts: &mut Parts, head: &Head, body: &[u8], place: Place, depth: usize) {
    let fields = head.fields();
    let (kind, subtype) = media_type(&fields, place);
    if kind == "multipart" {
        let boundary = fields.content_type().and_then(|ct| ct.attribute("boundary")).unwrap_or_default();
        let children = children(body, boundary.as_bytes(), MOST_PARTS - parts.seen.min(MOST_PARTS) + 1);
        if depth >= DEEPEST {
            parts.problem(
                "Its parts are nested more than 20 deep. What lies deeper was kept as an attachment.",
            );
            let decoded = decode(fields.encoding(), body);
            return keep(parts, &fields, "application/octet-stream", decoded, Place::Mixed);
        }
        if subtype == "encrypted" {
            note_encrypted(parts);
        }
        if let Some(children) = children {
            return multipart(parts, &subtype, root_of(&fields), &children, depth);
        }
        if !body.trim_ascii().is_empty() {
            parts
                .problem("It announces several parts, but none could be found. Everything is shown as text.");
        }
        return words(parts, &fields, "plain", body);
    }
    let for_reading = kind == "text" && ["plain", "html"].contains(&subtype.as_str());
    if for_reading && !is_file(&fields, place) {
        return words(parts, &fields, &subtype, body);
    }
    unwrap(parts, &fields, &format!("{kind}/{subtype}"), body, place, depth);
}

/// What isn't words may wrap some.
fn unwrap(parts: &mut Parts, fields: &Fields<'_>, media_type: &str, body: &[u8], place: Place, depth: usize) {
    let decoded = decode(fields.encoding(), body);
    match shells::open(parts, fields, media_type, &decoded.value) {
        Opened::Part(inner) if depth < DEEPEST => parts.nested(&inner, Place::Mixed, depth + 1),
        Opened::Done => {}
        Opened::Part(_) | Opened::File => keep(parts, fields, media_type, decoded, place),
    }
}

/// The media type in lower case; where none is given, what the place implies.
fn media_type(fields: &Fields<'_>, place: Place) -> (String, String) {
    let given = fields
        .content_type()
        .map(|ct| (ct.ctype().to_ascii_lowercase(), ct.subtype().map(str::to_ascii_lowercase)));
    let token = |word: &str| word.bytes().all(|b| b.is_ascii_alphanumeric() || b"!#$&^_.+-".contains(&b));
    match given {
        Some((kind, Some(subtype)))
            if token(&kind) && token(&subtype) && !kind.is_empty() && !subtype.is_empty() =>
        {
            (kind, subtype)
        }
        Some((kind, None)) if kind == "text" || kind == "multipart" => {
            let subtype = if kind == "text" { "plain" } else { "mixed" };
            (kind, subtype.to_owned())
        }
        None if place == Place::Digest => ("message".to_owned(), "rfc822".to_owned()),
        _ => ("text".to_owned(), "plain".to_owned()),
    }
}

/// A text that wants to be kept as a file instead of read.
fn is_file(fields: &Fields<'_>, place: Place) -> bool {
    let disposition = fields.disposition().map(|d| d.ctype().to_ascii_lowercase()).unwrap_or_default();
    disposition == "attachment" || (place != Place::Root && fields.file_name().is_some())
}

fn root_of(fields: &Fields<'_>) -> Option<String> {
    let start = fields.content_type().and_then(|ct| ct.attribute("start"))?;
    Some(start.trim_matches(['<', '>', ' ']).to_owned())
}

fn multipart(parts: &mut Parts, subtype: &str, root: Option<String>, children: &[&[u8]], depth: usize) {
    match subtype {
        "alternative" => alternative(parts, children, depth),
        "related" => {
            let is_root =
                |raw: &&[u8]| head::split(raw).0.fields().content_id().is_some_and(|id| Some(id) == root);
            let root = root.as_ref().and_then(|_| children.iter().position(is_root)).unwrap_or_default();
            let (before, after) = children.split_at(root.min(children.len()));
            for (n, child) in after.iter().take(1).chain(before).chain(after.iter().skip(1)).enumerate() {
                parts.nested(child, if n == 0 { Place::Mixed } else { Place::Related }, depth + 1);
            }
        }
        _ => {
            let place = if subtype == "digest" { Place::Digest } else { Place::Mixed };
            children.iter().for_each(|child| parts.nested(child, place, depth + 1));
        }
    }
}

/// One text in several forms: they become one block.
fn alternative(parts: &mut Parts, children: &[&[u8]], depth: usize) {
    let mut merged = Block::default();
    let joined = |part: &mut Option<String>, more: Option<String>| match (part.as_mut(), more) {
        (Some(text), Some(more)) if text.trim().is_empty() => *text = more,
        (None, more) => *part = more,
        _ => {}
    };
    for child in children {
        let before = parts.blocks.len();
        parts.nested(child, Place::Mixed, depth + 1);
        let (plain, html) = merge(parts.blocks.split_off(before.min(parts.blocks.len())));
        joined(&mut merged.plain, plain);
        joined(&mut merged.html, html);
    }
    if merged.plain.is_some() || merged.html.is_some() {
        parts.blocks.push(merged);
    }
}

/// The blocks of one alternative. A form that only some of them have isn't the whole text, so HTML wins where it occurs.
fn merge(blocks: Vec<Block>) -> (Option<String>, Option<String>) {
    if blocks.iter().any(|block| block.html.is_some()) {
        let html: Vec<String> = blocks.iter().map(html_of).collect();
        let plain: Option<Vec<String>> = blocks.into_iter().map(|block| block.plain).collect();
        return (plain.map(|texts| texts.join("\n\n")), Some(html.join("\n")));
    }
    let plain: Vec<String> = blocks.into_iter().filter_map(|block| block.plain).collect();
    ((!plain.is_empty()).then(|| plain.join("\n\n")), None)
}

/// A block as HTML, whatever form it has.
pub(super) fn html_of(block: &Block) -> String {
    match (&block.html, &block.plain) {
        (Some(html), _) => html.clone(),
        (None, plain) => {
            let mut text = String::from("<div style=\"white-space: pre-wrap\">");
            for c in plain.as_deref().unwrap_or_default().chars() {
                match c {
                    '&' => text.push_str("&amp;"),
                    '<' => text.push_str("&lt;"),
                    '>' => text.push_str("&gt;"),
                    c => text.push(c),
                }
            }
            text.push_str("</div>");
            text
        }
    }
}

fn words(parts: &mut Parts, fields: &Fields<'_>, subtype: &str, body: &[u8]) {
    let decoded = decode(fields.encoding(), body);
    if decoded.broken {
        parts.problem("Its text is encoded wrongly. What could be read is shown.");
    }
    let kept = decoded.value.get(..decoded.value.len().min(LONGEST_TEXT)).unwrap_or_default();
    if kept.len() < decoded.value.len() {
        parts.problem("Its text is longer than 4 MB. The rest was left in the original mail.");
    }
    parts.decoded += kept.len();
    let content_type = fields.content_type();
    let declared = content_type.and_then(|ct| ct.attribute("charset")).map(str::to_owned);
    let charset = declared.or_else(|| (subtype == "html").then(|| charset_in_html(kept)).flatten());
    let read = text(kept, charset.as_deref(), parts.country.as_deref());
    if read.broken {
        parts.problem("Its text isn't in the character set that it names. Some letters may be wrong.");
    }
    if read.value.contains('\0') {
        parts.problem("Its text contains NUL bytes. They were replaced.");
    }
    let tidy = tidy_text(&read.value);
    let block = if subtype == "html" {
        Block { plain: None, html: Some(tidy) }
    } else {
        let plain = flowed(content_type, tidy);
        Block { plain: Some(bared(parts, plain)), html: None }
    };
    parts.blocks.push(block);
}

fn flowed(content_type: Option<&ContentType<'_>>, text: String) -> String {
    let says = |name: &str, value: &str| {
        content_type.and_then(|ct| ct.attribute(name)).is_some_and(|given| given.eq_ignore_ascii_case(value))
    };
    if !says("format", "flowed") {
        return text;
    }
    unflow(&text, if says("delsp", "yes") { DeleteSpace::Yes } else { DeleteSpace::No })
}

/// What a `meta` element near the start of the HTML says.
fn charset_in_html(html: &[u8]) -> Option<String> {
    let start =
        String::from_utf8_lossy(html.get(..html.len().min(2_048)).unwrap_or_default()).to_ascii_lowercase();
    let value = start.split_once("charset=")?.1.trim_start_matches(['"', '\'', ' ']);
    let name: String =
        value.chars().take_while(|c| c.is_ascii_alphanumeric() || "-_:".contains(*c)).take(40).collect();
    // A page that says UTF-16 in ASCII bytes isn't.
    (!name.is_empty() && !name.starts_with("utf-16")).then_some(name)
}

/// A file as its part describes it.
fn keep(
    parts: &mut Parts,
    fields: &Fields<'_>,
    media_type: &str,
    decoded: Decoded<Cow<'_, [u8]>>,
    place: Place,
) {
    if decoded.broken {
        parts.problem("An attachment is encoded wrongly. It may be damaged.");
    }
    let content = decoded.value.into_owned();
    let inline_wish = fields.disposition().is_some_and(|d| d.ctype().eq_ignore_ascii_case("inline"));
    let content_id = fields.content_id();
    let inline = inline_wish || (place == Place::Related && content_id.is_some());
    let name = fields.file_name().unwrap_or_default();
    let before = parts.attachments.len();
    attach(parts, Wrapped { name, media_type: media_type.to_owned(), content, content_id });
    if let Some(kept) = parts.attachments.get_mut(before) {
        kept.inline = inline && kept.media_type.starts_with("image/");
    }
}

/// A file that came with a mail, whatever it was wrapped in.
pub(super) struct Wrapped {
    /// Its name; empty when it has none.
    pub name: String,
    /// Its media type in lower case.
    pub media_type: String,
    /// Its content.
    pub content: Vec<u8>,
    /// How HTML refers to it.
    pub content_id: Option<String>,
}

/// Takes up a file, as long as all of them together aren't too large.
pub(super) fn attach(parts: &mut Parts, file: Wrapped) {
    if parts.decoded >= MOST_DECODED {
        parts.problem("Its attachments are larger than 128 MB. The rest was left in the original mail.");
        return;
    }
    let Wrapped { name, media_type, content, content_id } = file;
    parts.decoded += content.len();
    parts.attachments.push(Attachment {
        name: if name.is_empty() { made_up_name(&media_type, &content) } else { name },
        bytes: content.len() as u64,
        sha256: hex(&Sha256::digest(&content)),
        inline: false,
        media_type,
        content_id,
        content,
    });
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

fn made_up_name(media_type: &str, content: &[u8]) -> String {
    let known = [
        ("image/jpeg", "image.jpg"),
        ("image/png", "image.png"),
        ("image/gif", "image.gif"),
        ("application/pdf", "document.pdf"),
        ("text/calendar", "invitation.ics"),
        ("text/html", "page.html"),
        ("text/vcard", "contact.vcf"),
        ("text/x-vcard", "contact.vcf"),
        ("text/directory", "contact.vcf"),
        ("application/pkcs7-signature", "S-MIME signature.p7s"),
        ("application/x-pkcs7-signature", "S-MIME signature.p7s"),
        ("application/pkcs7-mime", "S-MIME message.p7m"),
        ("application/x-pkcs7-mime", "S-MIME message.p7m"),
        ("application/pgp-signature", "PGP signature.asc"),
        ("application/pgp-keys", "PGP key.asc"),
        ("application/ms-tnef", "winmail.dat"),
        ("message/delivery-status", "delivery-status.txt"),
        ("text/rfc822-headers", "headers.txt"),
    ];
    if media_type == "message/rfc822" {
        let subject = head::split(content).0.fields().subject();
        let name: String = subject.chars().filter(|c| !"/\\:*?\"<>|".contains(*c)).take(80).collect();
        let name = name.trim().trim_start_matches('.');
        return if name.is_empty() { "mail.eml".to_owned() } else { format!("{name}.eml") };
    }
    let name = known.iter().find(|(known, _)| *known == media_type).map(|(_, name)| *name);
    let text = if media_type.starts_with("text/") { "text.txt" } else { "attachment.bin" };
    name.unwrap_or(text).to_owned()
}

/// What stands between the delimiters of a multipart, at most `most` pieces; `None` when no delimiter was found.
fn children<'a>(body: &'a [u8], boundary: &[u8], most: usize) -> Option<Vec<&'a [u8]>> {
    if boundary.is_empty() {
        return None;
    }
    let mut children = Vec::new();
    let mut start: Option<usize> = None;
    let mut at = 0;
    for line in body.split_inclusive(|b| *b == b'\n') {
        let delimiter = delimiter(line, boundary);
        if delimiter != Delimiter::None {
            if let Some(start) = start {
                children.push(without_last_break(body.get(start..at).unwrap_or_default()));
            }
            start = (delimiter == Delimiter::Next).then_some(at + line.len());
            if delimiter == Delimiter::Last || children.len() >= most {
                return Some(children);
            }
        }
        at += line.len();
    }
    // The last delimiter is missing: the rest belongs to the last part.
    let open = start.map(|start| body.get(start..).unwrap_or_default());
    children.extend(open);
    (!children.is_empty()).then_some(children)
}

#[derive(PartialEq, Eq)]
enum Delimiter {
    None,
    Next,
    Last,
}

fn delimiter(line: &[u8], boundary: &[u8]) -> Delimiter {
    let Some(rest) = line.strip_prefix(b"--").and_then(|line| line.strip_prefix(boundary)) else {
        return Delimiter::None;
    };
    match rest.trim_ascii() {
        b"" => Delimiter::Next,
        b"--" => Delimiter::Last,
        _ => Delimiter::None,
    }
}

/// The line break before a delimiter belongs to the delimiter.
fn without_last_break(body: &[u8]) -> &[u8] {
    let body = body.strip_suffix(b"\n").unwrap_or(body);
    body.strip_suffix(b"\r").unwrap_or(body)
}
