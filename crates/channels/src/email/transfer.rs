//! Rule: transfer encodings: from the bytes of one part to its content, whatever is wrong with them, and text made tidy.

use super::armour::uuencoded_file;
use mail_parser::decoders::base64::base64_decode;
use std::borrow::Cow;

/// A decoded value, and whether something in it was broken.
pub(super) struct Decoded<T> {
    pub value: T,
    pub broken: bool,
}

/// Undoes the Content-Transfer-Encoding. What can't be decoded is left out or left as it is.
pub(super) fn decode<'a>(encoding: &str, body: &'a [u8]) -> Decoded<Cow<'a, [u8]>> {
    match encoding.trim().to_ascii_lowercase().replace(['-', ' '], "").as_str() {
        "base64" => base64(body),
        "quotedprintable" => quoted_printable(body),
        "xuuencode" | "uuencode" | "xuue" => uuencoded(body),
        "" | "7bit" | "8bit" | "binary" | "none" => Decoded { value: Cow::Borrowed(body), broken: false },
        _ => Decoded { value: Cow::Borrowed(body), broken: true },
    }
}

fn uuencoded(body: &[u8]) -> Decoded<Cow<'_, [u8]>> {
    match std::str::from_utf8(body).ok().and_then(uuencoded_file) {
        Some(content) => Decoded { value: Cow::Owned(content), broken: false },
        None => Decoded { value: Cow::Borrowed(body), broken: true },
    }
}

fn base64(body: &[u8]) -> Decoded<Cow<'_, [u8]>> {
    if let Some(value) = base64_decode(body) {
        return Decoded { value: Cow::Owned(value), broken: false };
    }
    let known = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/' | b'=');
    let kept: Vec<u8> = body.iter().copied().filter(known).collect();
    Decoded { value: Cow::Owned(base64_decode(&kept).unwrap_or_default()), broken: true }
}

fn quoted_printable(body: &[u8]) -> Decoded<Cow<'_, [u8]>> {
    let mut value = Vec::with_capacity(body.len());
    let mut broken = false;
    for line in body.split_inclusive(|b| *b == b'\n') {
        let ending = line.len() - line.trim_ascii_end().len();
        let (mut rest, ending) = line.split_at(line.len() - ending);
        let soft = rest.last() == Some(&b'=');
        if soft {
            rest = rest.get(..rest.len() - 1).unwrap_or_default();
        }
        while let Some(at) = rest.iter().position(|b| *b == b'=') {
            let (before, escape) = rest.split_at(at);
            value.extend_from_slice(before);
            match escape.get(1..3).and_then(hex_pair) {
                Some(byte) => {
                    value.push(byte);
                    rest = escape.get(3..).unwrap_or_default();
                }
                None => {
                    broken = true;
                    value.push(b'=');
                    rest = escape.get(1..).unwrap_or_default();
                }
            }
        }
        value.extend_from_slice(rest);
        if !soft && ending.contains(&b'\n') {
            value.push(b'\n');
        }
    }
    Decoded { value: Cow::Owned(value), broken }
}

fn hex_pair(pair: &[u8]) -> Option<u8> {
    let digits =
        std::str::from_utf8(pair).ok().filter(|digits| digits.bytes().all(|b| b.is_ascii_hexdigit()))?;
    u8::from_str_radix(digits, 16).ok()
}

/// Text as the desk keeps it: lines end with `\n`, no NUL and no other control characters but the tab.
pub(super) fn tidy_text(text: &str) -> String {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text).replace("\r\n", "\n");
    text.chars()
        .filter_map(|c| match c {
            '\r' | '\u{2028}' | '\u{2029}' => Some('\n'),
            '\0' => Some('\u{fffd}'),
            '\n' | '\t' => Some(c),
            c if c.is_control() => None,
            c => Some(c),
        })
        .collect()
}

/// A header's text in one line: no line breaks, no control characters.
pub(super) fn tidy_line(text: &str) -> String {
    let spaced: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    spaced.trim().to_owned()
}

/// Undoes RFC 3676: joins the lines that the mail program wrapped.
pub(super) fn unflow(text: &str, delete_space: DeleteSpace) -> String {
    let mut out = String::with_capacity(text.len());
    let mut open_depth: Option<usize> = None;
    for line in text.lines() {
        let depth = line.len() - line.trim_start_matches('>').len();
        let words = line.get(depth..).unwrap_or_default();
        let words = words.strip_prefix(' ').unwrap_or(words);
        if open_depth != Some(depth) || words == "-- " {
            if !out.is_empty() || open_depth.is_some() {
                out.push('\n');
            }
            out.push_str(&">".repeat(depth));
            if depth > 0 {
                out.push(' ');
            }
        }
        let flows = words.ends_with(' ') && words != "-- ";
        out.push_str(if flows && delete_space == DeleteSpace::Yes {
            words.trim_end_matches(' ')
        } else {
            words
        });
        // `Some(usize::MAX)` never equals a depth, so the next line starts anew.
        open_depth = Some(if flows { depth } else { usize::MAX });
    }
    out
}

/// Whether the space at the end of a flowed line belongs to the text.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum DeleteSpace {
    Yes,
    No,
}

#[cfg(test)]
mod tests {
    use super::{DeleteSpace, decode, unflow};

    fn check(encoding: &str, body: &str, expected: &str, broken: bool) {
        let decoded = decode(encoding, body.as_bytes());
        assert_eq!(String::from_utf8_lossy(&decoded.value), expected, "{encoding} {body:?}");
        assert_eq!(decoded.broken, broken, "{encoding} {body:?}");
    }

    #[test]
    fn broken_encodings_lose_as_little_as_possible() {
        check("base64", "SGVsbG8=\r\n", "Hello", false);
        check("BASE64", "SGV-!sbG8=", "Hello", true);
        check("base64", "SGVsbG8", "Hello", false);
        check("quoted-printable", "caf=C3=A9 =\r\nau lait  \r\n", "café au lait\n", false);
        check("quoted-printable", "100 = 5 =ZZ =3D", "100 = 5 =ZZ =", true);
        check("quoted-printable", "a=", "a", false);
        check("x-uuencode", "begin", "begin", true);
        check("x-uuencode", "begin 644 cat.txt\n#0V%T\n`\nend\n", "Cat", false);
        check("7-bit", "plain", "plain", false);
        check("", "plain", "plain", false);
    }

    #[test]
    fn flowed_lines_are_joined() {
        let flowed = "one \ntwo\n> quoted \n> on\n\n stuffed\n-- \nme";
        assert_eq!(unflow(flowed, DeleteSpace::No), "one two\n> quoted on\n\nstuffed\n-- \nme");
        assert_eq!(unflow("ab \ncd", DeleteSpace::Yes), "abcd");
        assert_eq!(unflow("a \n> b", DeleteSpace::No), "a \n> b");
    }
}
