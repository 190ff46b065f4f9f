//! How files in XML are read: events in order, each with its line, and nothing of what makes XML dangerous.
//!
//! Entities that a file defines itself are never expanded, nothing outside of the file is read, and elements stand only so deep in each
//! other.

use quick_xml::Reader;
use quick_xml::events::{BytesRef, BytesStart, Event};

/// Elements stand in each other at most so deep.
const DEPTH: usize = 64;

/// Who takes what a file says. Lines count from 1.
pub(crate) trait Reads {
    /// An element begins: its name without a prefix, what an attribute of it says, and its line.
    fn opened(&mut self, name: String, attribute: &dyn Fn(&str) -> Option<String>, line: usize);

    /// The element that was opened last and not closed yet ends.
    fn closed(&mut self, line: usize);

    /// Words, with their entities resolved; those of one element may come in pieces.
    fn say(&mut self, text: &str);

    /// The file was read as far as it can be; not told of one that can't be read at all.
    fn ended(&mut self);

    /// Something can't be read.
    fn problem(&mut self, line: usize, sentence: String);
}

/// Reads a file as far as it can be read.
pub(crate) fn read(bytes: &[u8], reads: &mut impl Reads) {
    match std::str::from_utf8(bytes) {
        Ok(text) => walk(text.strip_prefix('\u{feff}').unwrap_or(text), reads),
        Err(_) => reads.problem(1, "The file isn't in UTF-8. Nothing was read: save it as UTF-8.".to_owned()),
    }
}

fn walk(text: &str, reads: &mut impl Reads) {
    let mut reader = Reader::from_str(text);
    reader.config_mut().expand_empty_elements = true;
    let (mut at, mut line, mut depth) = (0, 1, 0_usize);
    loop {
        let event = reader.read_event();
        let now = usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX).clamp(at, text.len());
        line += text.as_bytes()[at..now].iter().filter(|byte| **byte == b'\n').count();
        at = now;
        let trouble = match event {
            Ok(Event::Eof) if depth == 0 => break,
            Ok(Event::Eof) => "The file ends in the middle. What was whole before was read.".to_owned(),
            Ok(Event::Start(_)) if depth == DEPTH => {
                "Elements stand too deep in each other. The rest wasn't read.".to_owned()
            }
            Ok(event) => {
                depth = match event {
                    Event::Start(_) => depth + 1,
                    Event::End(_) => depth.saturating_sub(1),
                    _ => depth,
                };
                take(event, line, reads);
                continue;
            }
            Err(error) => format!("This is no XML: {error}. The rest wasn't read."),
        };
        reads.problem(line, trouble);
        break;
    }
    reads.ended();
}

fn take(event: Event<'_>, line: usize, reads: &mut impl Reads) {
    match event {
        Event::Start(start) => {
            let name = String::from_utf8_lossy(start.local_name().as_ref()).into_owned();
            reads.opened(name, &|wanted| attribute(&start, wanted), line);
        }
        Event::End(_) => reads.closed(line),
        Event::Text(text) => reads.say(&text.xml10_content().unwrap_or_default()),
        Event::CData(text) => reads.say(&text.xml10_content().unwrap_or_default()),
        Event::GeneralRef(reference) => match resolved(&reference) {
            Ok(letter) => reads.say(letter.encode_utf8(&mut [0; 4])),
            Err(name) => {
                reads.problem(line, format!("The entity “{name}” isn't expanded. It was left out."));
            }
        },
        _ => {}
    }
}

fn attribute(start: &BytesStart<'_>, wanted: &str) -> Option<String> {
    let found = start.try_get_attribute(wanted).ok().flatten()?;
    let value = String::from_utf8_lossy(&found.value).into_owned();
    Some(quick_xml::escape::unescape(&value).map_or(value.clone(), |value| value.into_owned()))
}

/// The letter that an entity of XML itself stands for; the name of any other.
fn resolved(reference: &BytesRef<'_>) -> Result<char, String> {
    let name = reference.decode().unwrap_or_default();
    match &*name {
        "lt" => Ok('<'),
        "gt" => Ok('>'),
        "amp" => Ok('&'),
        "quot" => Ok('"'),
        "apos" => Ok('\''),
        _ => reference.resolve_char_ref().ok().flatten().ok_or_else(|| name.into_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fmt::Write;

    /// Writes down what it is told.
    #[derive(Default)]
    struct Told(String);

    impl Reads for Told {
        fn opened(&mut self, name: String, attribute: &dyn Fn(&str) -> Option<String>, line: usize) {
            let of = attribute("of").map(|of| format!(" of {of}")).unwrap_or_default();
            let _ = write!(self.0, "[{line} {name}{of}:");
        }

        fn closed(&mut self, line: usize) {
            let _ = write!(self.0, "{line}]");
        }

        fn say(&mut self, text: &str) {
            self.0.push_str(text);
        }

        fn ended(&mut self) {
            self.0.push('.');
        }

        fn problem(&mut self, line: usize, sentence: String) {
            let _ = write!(self.0, "{{{line} {sentence}}}");
        }
    }

    #[track_caller]
    fn check(file: impl AsRef<[u8]>, told: &str) {
        let mut reads = Told::default();
        read(file.as_ref(), &mut reads);
        assert_eq!(reads.0, told);
    }

    #[test]
    fn a_file_is_told_in_order_with_its_lines() {
        check(
            "\u{feff}<a>\n<x:b of='1 &lt; 2'/>&amp;&#x41;<![CDATA[<c>]]></a>",
            "[1 a:\n[2 b of 1 < 2:2]&A<c>2].",
        );
        check("<a>&mine;</a>", "[1 a:{1 The entity “mine” isn't expanded. It was left out.}1].");
        check("<a>\n", "[1 a:\n{2 The file ends in the middle. What was whole before was read.}.");
        check(b"<a>\xff</a>", "{1 The file isn't in UTF-8. Nothing was read: save it as UTF-8.}");
    }

    #[test]
    fn elements_stand_only_so_deep() {
        let deep = |many: usize| {
            let mut reads = Told::default();
            read(format!("{}{}", "<a>".repeat(many), "</a>".repeat(many)).as_bytes(), &mut reads);
            reads.0.contains("too deep")
        };
        assert_eq!((deep(DEPTH), deep(DEPTH + 1)), (false, true));
    }
}
