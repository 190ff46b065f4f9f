//! Rule: `winmail.dat`, the wrapping of Outlook's own ([MS-OXTNEF]): the files and the words in it.

use super::charset::text;

/// What was found in one.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Unpacked {
    /// The words as plain text, if they are in it.
    pub plain: Option<String>,
    /// The words as HTML.
    pub html: Option<String>,
    /// The files.
    pub files: Vec<File>,
}

/// A file in it.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct File {
    /// Its name; empty when it has none.
    pub name: String,
    /// Its media type; empty when it isn't said.
    pub media_type: String,
    /// How HTML refers to it; empty when it doesn't.
    pub content_id: String,
    /// Its content.
    pub content: Vec<u8>,
}

const MOST_FILES: usize = 200;
const MOST_PROPERTIES: usize = 4_000;
const DEEPEST: usize = 3;

/// Opens the wrapping; `None` when it isn't one. What is broken or cut ends it.
pub(super) fn unpack(bytes: &[u8]) -> Option<Unpacked> {
    unpack_within(bytes, 0)
}

fn unpack_within(bytes: &[u8], depth: usize) -> Option<Unpacked> {
    let mut reader = Reader { rest: bytes };
    (reader.u32()? == 0x223e_9f78 && depth <= DEEPEST).then_some(())?;
    reader.take(2)?;
    let mut found = Unpacked::default();
    while attribute(&mut reader, &mut found, depth).is_some() {}
    found.files.retain(|file| !file.content.is_empty());
    Some(found)
}

/// `level, number, kind, length, data, checksum`
fn attribute(reader: &mut Reader<'_>, found: &mut Unpacked, depth: usize) -> Option<()> {
    reader.take(1)?;
    let number = reader.u16()?;
    reader.take(2)?;
    let length = usize::try_from(reader.u32()?).ok()?;
    let data = reader.take(length)?;
    reader.take(2)?;
    match number {
        0x800c => {
            found.plain = Some(words(data)).filter(|words| !words.trim().is_empty()).or(found.plain.take())
        }
        0x9002 if found.files.len() < MOST_FILES => found.files.push(File::default()),
        0x8010 => found.files.last_mut()?.name = words(data),
        0x800f => found.files.last_mut()?.content = data.to_vec(),
        0x9003 => of_message(data, found),
        0x9005 => of_file(data, found, depth),
        _ => {}
    }
    Some(())
}

fn of_message(data: &[u8], found: &mut Unpacked) {
    for (number, value) in properties(data) {
        match (number, value) {
            (0x1000, Value::Text(words)) => found.plain = Some(words),
            (0x1013, Value::Text(page)) => found.html = Some(page),
            (0x1013, Value::Bytes(page)) => found.html = Some(text(page, None, None).value),
            _ => {}
        }
    }
}

fn of_file(data: &[u8], found: &mut Unpacked, depth: usize) {
    let Some(file) = found.files.last_mut() else { return };
    let mut inner = None;
    for (number, value) in properties(data) {
        match (number, value) {
            (0x3707, Value::Text(name)) => file.name = name,
            (0x3704 | 0x3001, Value::Text(name)) if file.name.is_empty() => file.name = name,
            (0x370e, Value::Text(media_type)) => file.media_type = media_type.to_ascii_lowercase(),
            (0x3712, Value::Text(id)) => file.content_id = id,
            // An object is named by 16 bytes; a letter within the letter is wrapped in the same way.
            (0x3701, Value::Bytes(content)) if file.content.is_empty() => {
                let object = content.get(16..).unwrap_or_default();
                inner = unpack_within(object, depth + 1);
                file.content = if inner.is_some() { Vec::new() } else { object.to_vec() };
            }
            _ => {}
        }
    }
    if let Some(inner) = inner {
        let words = inner.plain.or(inner.html).unwrap_or_default();
        file.content = words.into_bytes();
        file.media_type = "text/plain".to_owned();
        file.name = format!("{}.txt", if file.name.is_empty() { "message" } else { &file.name });
        let room = MOST_FILES.saturating_sub(found.files.len());
        found.files.extend(inner.files.into_iter().take(room));
    }
}

enum Value<'a> {
    Text(String),
    Bytes(&'a [u8]),
}

/// The properties that are texts or bytes. What can't be read ends the list.
fn properties(data: &[u8]) -> Vec<(u16, Value<'_>)> {
    let mut reader = Reader { rest: data };
    let mut found = Vec::new();
    let count = reader.u32().and_then(|count| usize::try_from(count).ok()).unwrap_or_default();
    for _ in 0..count.min(MOST_PROPERTIES) {
        let Some(property) = property(&mut reader) else { break };
        found.extend(property);
    }
    found
}

fn property<'a>(reader: &mut Reader<'a>) -> Option<Option<(u16, Value<'a>)>> {
    let (kind, number) = (reader.u16()?, reader.u16()?);
    if number >= 0x8000 {
        reader.take(16)?;
        let by_name = reader.u32()? == 1;
        let _name = if by_name { reader.sized()? } else { reader.take(4)? };
    }
    let variable = matches!(kind & 0x0fff, 0x1e | 0x1f | 0x102 | 0xd);
    let count = if kind & 0x1000 != 0 || variable { reader.u32()? } else { 1 };
    let mut first = None;
    for _ in 0..count {
        let value = if variable { reader.sized()? } else { reader.take(fixed(kind & 0x0fff)?)? };
        first.get_or_insert(value);
    }
    Some(first.and_then(|value| match kind {
        0x1e => Some((number, Value::Text(words(value)))),
        0x1f => Some((
            number,
            Value::Text(text(value, Some("utf-16le"), None).value.trim_end_matches('\0').to_owned()),
        )),
        0x102 | 0xd => Some((number, Value::Bytes(value))),
        _ => None,
    }))
}

/// How many bytes a value of fixed length takes.
fn fixed(kind: u16) -> Option<usize> {
    match kind {
        0x2 | 0x3 | 0x4 | 0xa | 0xb => Some(4),
        0x5 | 0x6 | 0x7 | 0x14 | 0x40 => Some(8),
        0x48 => Some(16),
        _ => None,
    }
}

fn words(data: &[u8]) -> String {
    let end = data.iter().position(|byte| *byte == 0).unwrap_or(data.len());
    text(data.get(..end).unwrap_or_default(), None, None).value
}

struct Reader<'a> {
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let taken = self.rest.get(..count)?;
        self.rest = self.rest.get(count..)?;
        Some(taken)
    }

    fn u16(&mut self) -> Option<u16> {
        Some(u16::from_le_bytes(self.take(2)?.try_into().ok()?))
    }

    fn u32(&mut self) -> Option<u32> {
        Some(u32::from_le_bytes(self.take(4)?.try_into().ok()?))
    }

    /// A length and so many bytes, filled up to four.
    fn sized(&mut self) -> Option<&'a [u8]> {
        let length = usize::try_from(self.u32()?).ok()?;
        let value = self.take(length)?;
        self.take(length.next_multiple_of(4) - length)?;
        Some(value)
    }
}

#[cfg(test)]
mod tests;
