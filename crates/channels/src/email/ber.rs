//! Rule: the content of an S/MIME message that is signed and not encrypted (RFC 5652, 5), read from BER in any of its forms.

/// What an `application/pkcs7-mime` body holds.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Enclosed {
    /// Signed content, which anybody can read.
    Signed(Vec<u8>),
    /// Encrypted content.
    Encrypted,
    /// Something else: certificates alone, compressed content, or nothing of the kind.
    Other,
}

const SIGNED: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x02];
const ENVELOPED: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x03];
const AUTH_ENVELOPED: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x09, 0x10, 0x01, 0x17];

const SEQUENCE: u8 = 0x30;
const OBJECT: u8 = 0x06;
const FIRST: u8 = 0xa0;

/// Opens the wrapping. Nothing is verified: that a text can be read says nothing about who wrote it.
pub(super) fn enclosed(bytes: &[u8]) -> Enclosed {
    let Some((kind, content)) = content_info(bytes) else { return Enclosed::Other };
    match kind {
        ENVELOPED | AUTH_ENVELOPED => Enclosed::Encrypted,
        SIGNED => signed(content).filter(|inner| !inner.is_empty()).map_or(Enclosed::Other, Enclosed::Signed),
        _ => Enclosed::Other,
    }
}

/// `SEQUENCE { OBJECT IDENTIFIER, [0] content }`
fn content_info(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let (whole, _) = element(bytes, 0).filter(|(whole, _)| whole.tag == SEQUENCE)?;
    let (kind, rest) = element(whole.content, 0).filter(|(kind, _)| kind.tag == OBJECT)?;
    let content =
        element(rest, 0).filter(|(content, _)| content.tag == FIRST).map(|(content, _)| content.content);
    Some((kind.content, content.unwrap_or_default()))
}

/// `SEQUENCE { version, digests, SEQUENCE { kind, [0] OCTET STRING }, … }`
fn signed(content: &[u8]) -> Option<Vec<u8>> {
    let (data, _) = element(content, 0).filter(|(data, _)| data.tag == SEQUENCE)?;
    let (_version, rest) = element(data.content, 0)?;
    let (_digests, rest) = element(rest, 0)?;
    let (_, content) = content_info(rest)?;
    let (octets, _) = element(content, 0)?;
    let mut joined = Vec::new();
    join(&octets, &mut joined, 0)?;
    Some(joined)
}

/// An octet string in one piece or in many.
fn join(octets: &Element<'_>, joined: &mut Vec<u8>, depth: usize) -> Option<()> {
    match octets.tag {
        0x04 => joined.extend_from_slice(octets.content),
        0x24 if depth < DEEPEST => {
            let mut rest = octets.content;
            while !rest.is_empty() {
                let (piece, after) = element(rest, 0)?;
                join(&piece, joined, depth + 1)?;
                rest = after;
            }
        }
        _ => return None,
    }
    Some(())
}

const DEEPEST: usize = 12;

struct Element<'a> {
    tag: u8,
    content: &'a [u8],
}

/// The first element, and what follows it.
fn element(bytes: &[u8], depth: usize) -> Option<(Element<'_>, &[u8])> {
    let (tag, rest) = bytes.split_first()?;
    if tag & 0x1f == 0x1f || depth > DEEPEST {
        return None;
    }
    let (first, rest) = rest.split_first()?;
    let (length, rest) = match first {
        0x80 => {
            let end = end_of_open(rest, depth)?;
            return Some((Element { tag: *tag, content: rest.get(..end)? }, rest.get(end + 2..)?));
        }
        0..0x80 => (usize::from(*first), rest),
        _ => {
            let count = usize::from(first & 0x7f);
            let digits = rest.get(..count).filter(|_| count <= 4)?;
            (digits.iter().fold(0, |length, digit| (length << 8) | usize::from(*digit)), rest.get(count..)?)
        }
    };
    Some((Element { tag: *tag, content: rest.get(..length)? }, rest.get(length..)?))
}

/// Where the two zeros stand that end an element of open length.
fn end_of_open(bytes: &[u8], depth: usize) -> Option<usize> {
    let mut rest = bytes;
    while !rest.starts_with(&[0, 0]) {
        rest = element(rest, depth + 1)?.1;
    }
    Some(bytes.len() - rest.len())
}

#[cfg(test)]
mod tests {
    use super::{Enclosed, SIGNED, enclosed};

    fn definite(tag: u8, content: &[u8]) -> Vec<u8> {
        let length = u16::try_from(content.len()).unwrap().to_be_bytes();
        [&[tag, 0x82][..], &length, content].concat()
    }

    fn open(tag: u8, content: &[u8]) -> Vec<u8> {
        [&[tag, 0x80][..], content, &[0, 0]].concat()
    }

    fn message(kind: &[u8], wrap: fn(u8, &[u8]) -> Vec<u8>, octets: &[u8]) -> Vec<u8> {
        const DATA: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x01];
        let inner = wrap(0x30, &[definite(0x06, DATA), wrap(0xa0, octets)].concat());
        let data =
            wrap(0x30, &[definite(0x02, &[1]), definite(0x31, &[]), inner, definite(0x31, &[])].concat());
        wrap(0x30, &[definite(0x06, kind), wrap(0xa0, &data)].concat())
    }

    #[test]
    fn signed_content_is_read_in_every_form() {
        let text = b"Content-Type: text/plain\r\n\r\nHello";
        let whole = definite(0x04, text);
        let pieces = open(0x24, &[definite(0x04, &text[..10]), definite(0x04, &text[10..])].concat());
        for wrap in [definite, open] {
            for octets in [&whole, &pieces] {
                assert_eq!(enclosed(&message(SIGNED, wrap, octets)), Enclosed::Signed(text.to_vec()));
            }
            assert_eq!(enclosed(&message(super::ENVELOPED, wrap, &whole)), Enclosed::Encrypted);
        }
        for bytes in [
            &b""[..],
            b"hello",
            &[0x30, 0x80],
            &[0x30, 0x84, 0xff, 0xff, 0xff, 0xff],
            &[0x30; 100_000],
            &[0x24, 0x80].repeat(50_000),
        ] {
            assert_eq!(enclosed(bytes), Enclosed::Other);
        }
    }

    #[test]
    fn changed_bytes_break_nothing() {
        let sound = message(SIGNED, open, &definite(0x04, b"words"));
        for at in 0..sound.len() {
            for value in [0, 1, 0x24, 0x30, 0x7f, 0x80, 0x84, 0xff] {
                let mut changed = sound.clone();
                changed[at] = value;
                let _ = enclosed(&changed);
                let _ = enclosed(&changed[..at]);
            }
        }
    }
}
