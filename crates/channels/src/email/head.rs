//! Rule: the head of a mail or of one of its parts: the header fields, within limits, read by mail-parser.

use super::charset::of_bare_head;
use super::encoded_words::rewritten;
use super::transfer::tidy_line;
use encoding_rs::Encoding;
use kernel::Instant;
use mail_parser::{Address, ContentType, HeaderName, HeaderValue, Message, MessageParser, MimeHeaders};

/// What is read of one head: fields, bytes of one field, bytes of all.
const MOST_FIELDS: usize = 1_000;
const LONGEST_FIELD: usize = 32 * 1024;
const LONGEST_HEAD: usize = 512 * 1024;

/// A head, taken from the body below it.
#[derive(Default)]
pub(super) struct Head {
    /// The fields, made good: at most the limits, line breaks as they should be, no NUL.
    block: Vec<u8>,
    /// Something was left out.
    pub shortened: bool,
    /// Lines stood in it that are no fields.
    pub broken: bool,
    /// The character set of what stands bare in it.
    bare: Option<&'static Encoding>,
}

/// Separates the head from the body. A text without any field is all body.
pub(super) fn split(raw: &[u8]) -> (Head, &[u8]) {
    let mut head = Head::default();
    let mut fields: usize = 0;
    let mut field_bytes = 0;
    let mut at = 0;
    for line in raw.split_inclusive(|b| *b == b'\n') {
        let bare = line.trim_ascii_end();
        if bare.is_empty() && (fields > 0 || at > 0 || line.len() <= 2) {
            at += line.len();
            break;
        }
        let continues = line.starts_with(b" ") || line.starts_with(b"\t");
        if !continues && !is_field(bare) {
            head.broken |= !is_envelope_line(bare);
            at += line.len();
            continue;
        }
        fields += usize::from(!continues);
        field_bytes = if continues { field_bytes + bare.len() } else { bare.len() };
        if fields > MOST_FIELDS || field_bytes > LONGEST_FIELD || head.block.len() + bare.len() > LONGEST_HEAD
        {
            head.shortened = true;
        } else if fields > 0 {
            head.push(bare, raw);
        }
        at += line.len();
    }
    if head.broken && !head.is_one() {
        // Words above the first field: perhaps no head at all, and nothing that a person wrote may be lost.
        return (Head::default(), raw);
    }
    head.block = rewritten(std::mem::take(&mut head.block));
    (head, raw.get(at..).unwrap_or_default())
}

/// `Name: value`, as far as real mails keep to it.
fn is_field(line: &[u8]) -> bool {
    let Some(colon) = line.iter().position(|b| *b == b':') else { return false };
    let name = line.get(..colon).unwrap_or_default().trim_ascii_end();
    !name.is_empty() && name.len() <= 100 && name.iter().all(|b| b.is_ascii_graphic())
}

/// A date whose zone is one of the old letters, which tell nothing (RFC 5322, 4.3); mail-parser would read on in the next line.
fn without_letter_zone(line: &[u8]) -> Option<Vec<u8>> {
    let is_date = line.get(..5).is_some_and(|name| name.eq_ignore_ascii_case(b"date:"));
    let [start @ .., b' ', letter] = line else { return None };
    (is_date && letter.is_ascii_alphabetic()).then(|| [start, b" -0000"].concat())
}

/// What mailbox files put above the head.
fn is_envelope_line(line: &[u8]) -> bool {
    line.starts_with(b"From ") || line.starts_with(b">From ")
}

impl Head {
    /// It has a field that only heads have.
    fn is_one(&self) -> bool {
        const SURE: [&str; 9] = [
            "from",
            "to",
            "subject",
            "date",
            "received",
            "message-id",
            "mime-version",
            "content-type",
            "return-path",
        ];
        self.all().iter().any(|(name, _)| SURE.contains(&name.to_ascii_lowercase().as_str()))
    }

    fn push(&mut self, line: &[u8], raw: &[u8]) {
        // Some programs fold after `name=`, where mail-parser doesn't expect it.
        let continues = line.starts_with(b" ") || line.starts_with(b"\t");
        if continues && self.block.ends_with(b"=\r\n") && !self.block.ends_with(b"?=\r\n") {
            self.block.truncate(self.block.len() - 2);
            return self.push(line.trim_ascii_start(), raw);
        }
        if let Some(date) = without_letter_zone(line) {
            self.block.extend_from_slice(&date);
            return self.block.extend_from_slice(b"\r\n");
        }
        match std::str::from_utf8(line) {
            Ok(_) => self.block.extend(line.iter().map(|b| if *b == 0 { b' ' } else { *b })),
            Err(_) => {
                let set = *self.bare.get_or_insert_with(|| of_bare_head(raw));
                let text = set.decode_without_bom_handling(line).0;
                self.block.extend(text.replace('\0', " ").into_bytes());
            }
        }
        self.block.extend_from_slice(b"\r\n");
    }

    /// The fields, read.
    pub fn fields(&self) -> Fields<'_> {
        Fields { message: MessageParser::new().parse_headers(&self.block) }
    }

    /// Every field with its value in one line, as written.
    pub fn all(&self) -> Vec<(String, String)> {
        let block = String::from_utf8_lossy(&self.block);
        let mut all: Vec<(String, String)> = Vec::new();
        for line in block.split("\r\n").filter(|line| !line.is_empty()) {
            match (line.starts_with([' ', '\t']), all.last_mut(), line.split_once(':')) {
                (true, Some((_, value)), _) => {
                    value.push(' ');
                    value.push_str(line.trim());
                }
                (_, _, Some((name, value))) => all.push((tidy_line(name), tidy_line(value))),
                _ => {}
            }
        }
        all
    }
}

/// The fields of a head, as mail-parser read them.
pub(super) struct Fields<'a> {
    message: Option<Message<'a>>,
}

/// A name and an address, as a field writes them.
pub(super) type Named = (String, String);

impl Fields<'_> {
    /// The subject, decoded, in one line.
    pub fn subject(&self) -> String {
        self.message.as_ref().and_then(Message::subject).map(tidy_line).unwrap_or_default()
    }

    /// The addresses of a field, groups taken apart.
    pub fn addresses(&self, name: HeaderName<'static>) -> Vec<Named> {
        const MOST: usize = 1_000;
        let Some(HeaderValue::Address(address)) = self.message.as_ref().and_then(|m| m.header(name)) else {
            return Vec::new();
        };
        let list: Vec<_> = match address {
            Address::List(list) => list.iter().collect(),
            Address::Group(groups) => groups.iter().flat_map(|group| &group.addresses).collect(),
        };
        let tidy = |text: Option<&str>| tidy_line(text.unwrap_or_default());
        let named = list.into_iter().map(|one| (tidy(one.name()), tidy(one.address())));
        let named = named.map(|(name, address)| (name, first_address(address)));
        named.filter(|(name, address)| !name.is_empty() || !address.is_empty()).take(MOST).collect()
    }

    /// When it was written, if the date is one.
    pub fn date(&self) -> Option<Instant> {
        let date = self.message.as_ref()?.date().filter(|date| date.is_valid())?;
        let year_fits = (1970..=9998).contains(&date.year);
        year_fits.then(|| Instant::from_micros(date.to_timestamp().saturating_mul(1_000_000)))
    }

    /// Well-formed Message-IDs of a field, each once, without angle brackets.
    pub fn message_ids(&self, name: HeaderName<'static>) -> Vec<String> {
        const MOST: usize = 200;
        let value = self.message.as_ref().and_then(|m| m.header(name));
        let texts: Vec<&str> = match value {
            Some(HeaderValue::Text(text)) => vec![text.as_ref()],
            Some(HeaderValue::TextList(list)) => list.iter().map(AsRef::as_ref).collect(),
            _ => Vec::new(),
        };
        let mut ids: Vec<String> = Vec::new();
        for id in texts.into_iter().map(|text| text.trim_matches(['<', '>', ' ', '\t'])) {
            if is_message_id(id) && !ids.iter().any(|known| known == id) {
                ids.push(id.to_owned());
            }
        }
        // The oldest and the nearest name the thread; what lies between matters least.
        if ids.len() > MOST {
            ids.drain(1..=ids.len() - MOST);
        }
        ids
    }

    /// The media type with its parameters.
    pub fn content_type(&self) -> Option<&ContentType<'_>> {
        self.message.as_ref()?.content_type()
    }

    /// The way the part wants to be shown.
    pub fn disposition(&self) -> Option<&ContentType<'_>> {
        self.message.as_ref()?.content_disposition()
    }

    /// The transfer encoding; empty when there is none.
    pub fn encoding(&self) -> &str {
        self.message.as_ref().and_then(|m| m.content_transfer_encoding()).unwrap_or_default()
    }

    /// How HTML refers to the part.
    pub fn content_id(&self) -> Option<String> {
        let id = self.message.as_ref()?.content_id()?.trim_matches(['<', '>', ' ']);
        is_message_id(id).then(|| id.to_owned())
    }

    /// The file name, without any folders.
    pub fn file_name(&self) -> Option<String> {
        self.message.as_ref()?.attachment_name().map(file_name).filter(|name| !name.is_empty())
    }
}

/// `a@b.example c@d.example`, where the comma is missing, is the first of them.
fn first_address(address: String) -> String {
    let mut words = address.split_whitespace();
    match (words.next(), words.next()) {
        (Some(first), Some(_)) if first.contains('@') => first.to_owned(),
        _ => address,
    }
}

fn is_message_id(id: &str) -> bool {
    let breaks = |c: char| c.is_whitespace() || c.is_control() || matches!(c, '<' | '>');
    !id.is_empty() && id.len() <= 998 && !id.contains(breaks)
}

/// A name that can't lead out of a folder or pretend to be of another type.
pub(super) fn file_name(name: &str) -> String {
    const LONGEST: usize = 200;
    let turns =
        |c: &char| matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let kept: String = last.chars().filter(|c| !turns(c) && !c.is_control()).collect();
    let kept = kept.trim().trim_start_matches('.').trim();
    let length = kept.chars().count();
    kept.chars().skip(length.saturating_sub(LONGEST)).collect()
}
