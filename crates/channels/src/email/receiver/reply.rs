//! What the receiver says: a code, an enhanced status code (RFC 3463), and a sentence.

use std::borrow::Cow;

/// Longest sentence in bytes; with code and status it stays within the 512 bytes of RFC 5321, 4.5.3.1.5.
const LONGEST_SENTENCE: usize = 400;

/// One reply of one line.
#[derive(Clone, Debug)]
pub(super) struct Reply {
    code: u16,
    status: &'static str,
    sentence: Cow<'static, str>,
}

impl Reply {
    /// A reply with an enhanced status code.
    pub(super) fn new(code: u16, status: &'static str, sentence: impl Into<Cow<'static, str>>) -> Self {
        Self { code, status, sentence: sentence.into() }
    }

    /// A reply that has no enhanced status code: greeting, hello and 354.
    pub(super) fn bare(code: u16, sentence: impl Into<Cow<'static, str>>) -> Self {
        Self::new(code, "", sentence)
    }

    /// Whether it says yes.
    pub(super) fn is_good(&self) -> bool {
        self.code < 400
    }

    /// Writes the reply as one line. What others wrote can't add a line of its own.
    pub(super) fn write(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(self.code.to_string().as_bytes());
        if !self.status.is_empty() {
            out.push(b' ');
            out.extend_from_slice(self.status.as_bytes());
        }
        out.push(b' ');
        out.extend(self.sentence.chars().take(LONGEST_SENTENCE).map(printable));
        out.extend_from_slice(b"\r\n");
    }
}

/// Writes a reply of several lines, which must not be empty.
pub(super) fn write_lines(code: u16, lines: &[Cow<'_, str>], out: &mut Vec<u8>) {
    for (index, line) in lines.iter().enumerate() {
        let joint = if index + 1 == lines.len() { ' ' } else { '-' };
        out.extend_from_slice(format!("{code}{joint}").as_bytes());
        out.extend(line.chars().map(printable));
        out.extend_from_slice(b"\r\n");
    }
}

fn printable(character: char) -> u8 {
    match character {
        ' '..='~' => u8::try_from(character).unwrap_or(b'?'),
        _ if character.is_whitespace() => b' ',
        _ => b'?',
    }
}
