//! Rule: encoded words (RFC 2047) in a head, rewritten in UTF-8, so that letters cut between two of them and wrong names of character
//! sets are made good before the fields are taken apart.

use super::charset::text;
use super::transfer::decode;
use base64::{Engine, engine::general_purpose::STANDARD};

/// The head with its encoded words in UTF-8. What isn't one is left as it is.
pub(super) fn rewritten(block: Vec<u8>) -> Vec<u8> {
    if !block.windows(2).any(|pair| pair == b"=?") {
        return block;
    }
    let Ok(text) = std::str::from_utf8(&block) else { return block };
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("=?") {
        out.push_str(rest.get(..at).unwrap_or_default());
        let run = rest.get(at..).unwrap_or_default();
        match words(run) {
            Some((written, length)) => {
                out.push_str(&written);
                rest = run.get(length..).unwrap_or_default();
            }
            None => {
                out.push_str("=?");
                rest = run.get(2..).unwrap_or_default();
            }
        }
    }
    out.push_str(rest);
    out.into_bytes()
}

/// The encoded words at the start of a text that belong together, as one word in UTF-8, and how long they were.
fn words(text_from: &str) -> Option<(String, usize)> {
    let first = word(text_from)?;
    let (mut bytes, mut length) = (first.bytes(), first.length);
    while let Some((gap, next)) = following(text_from.get(length..).unwrap_or_default()) {
        if !next.charset.eq_ignore_ascii_case(first.charset) {
            break;
        }
        bytes.extend(next.bytes());
        length += gap + next.length;
    }
    let read = text(&bytes, Some(first.charset), None).value;
    Some((format!("=?utf-8?B?{}?=", STANDARD.encode(read)), length))
}

/// The next word, with nothing but space before it, at most one fold.
fn following(text: &str) -> Option<(usize, Word<'_>)> {
    let gap = text.len() - text.trim_start_matches([' ', '\t', '\r', '\n']).len();
    let word = word(text.get(gap..)?)?;
    let spaces = text.get(..gap)?;
    let folds = spaces.is_empty() || spaces.ends_with([' ', '\t']);
    folds.then_some((gap, word))
}

struct Word<'a> {
    charset: &'a str,
    encoding: &'a str,
    written: &'a str,
    length: usize,
}

/// `=?charset?B?text?=`, where the text has no line break.
fn word(text: &str) -> Option<Word<'_>> {
    const LONGEST: usize = 8 * 1024;
    let inner = text.strip_prefix("=?")?;
    let (charset, inner) = inner.split_once('?')?;
    let (encoding, inner) = inner.split_once('?')?;
    // `=?utf-8?Q?=C3=A4?=` contains `?=` twice.
    let end = inner.find("?=")?;
    let written = inner.get(..end)?;
    let sound = !charset.is_empty() && charset.len() <= 60 && charset.bytes().all(|b| b.is_ascii_graphic());
    let known = ["b", "q", "B", "Q"].contains(&encoding);
    let length = 2 + charset.len() + 1 + encoding.len() + 1 + end + 2;
    let charset = charset.split('*').next().unwrap_or_default();
    (sound && known && end <= LONGEST && !written.contains(['\r', '\n'])).then_some(Word {
        charset,
        encoding,
        written,
        length,
    })
}

impl Word<'_> {
    fn bytes(&self) -> Vec<u8> {
        if self.encoding.eq_ignore_ascii_case("b") {
            return decode("base64", self.written.as_bytes()).value.into_owned();
        }
        let spaced = self.written.replace('_', "=20");
        // A space at the end belongs to the word, not to the line.
        let mut bytes = decode("quoted-printable", format!("{spaced}=").as_bytes()).value.into_owned();
        bytes.retain(|byte| !matches!(byte, b'\r' | b'\n'));
        bytes
    }
}

#[cfg(test)]
mod tests {
    use super::super::head::split;

    fn subject(written: &[u8]) -> String {
        let raw = [b"From: a@b.example\r\nSubject: ", written, b"\r\n\r\nbody"].concat();
        split(&raw).0.fields().subject()
    }

    #[test]
    fn words_are_read_as_they_are_meant() {
        for (written, expected) in [
            (&b"=?utf-8?Q?caf=C3=A9?="[..], "café"),
            (b"=?utf-8?Q?caf=C3?= =?utf-8?Q?=A9_au_lait?=", "café au lait"),
            (b"=?utf-8?B?5pel5pys?=\r\n =?utf-8?B?6Kqe?=", "日本語"),
            (b"=?ISO-8859-1?Q?M=FCller_?= =?ISO-8859-1?Q?Stra=DFe?=", "Müller Straße"),
            (b"=?iso-8859-1?Q?M=C3=BCller?=", "Müller"),
            (b"=?x-unknown?Q?M=FCller?=", "Müller"),
            (b"=?cp-1251?B?z/Du4uXw6uA=?=", "Проверка"),
            (b"=?utf-8*de?Q?Gr=C3=BC=C3=9Fe?=", "Grüße"),
            (b"Re: =?utf-8?q?Gr=C3=BC=C3=9Fe?= from =?utf-8?q?K=C3=B6ln?=", "Re: Grüße from Köln"),
            (b"=?utf-8?X?no?= =?broken", "=?utf-8?X?no?= =?broken"),
            (b"what =? is this", "what =? is this"),
            (b"=?utf-8?Q?What=3F?=", "What?"),
            (b"=?gb2312?B?xPq6ww==?=", "您好"),
            (b"=?iso-2022-jp?B?GyRCJDMkcxsoQg==?=", "こん"),
        ] {
            assert_eq!(subject(written), expected, "{}", String::from_utf8_lossy(written));
        }
    }

    #[test]
    fn bare_letters_are_read() {
        let chinese = encoding_rs::GB18030.encode("转发：企业服务水平").0;
        assert_eq!(subject(&chinese), "转发：企业服务水平");
        assert_eq!(subject(b"Gr\xfc\xdfe"), "Grüße");
        let russian = encoding_rs::KOI8_R.encode("Где мой заказ").0;
        let raw = [
            b"From: a@b.example\nContent-Type: text/plain; charset=koi8-r\nSubject: ",
            &russian[..],
            b"\n\n",
        ]
        .concat();
        assert_eq!(split(&raw).0.fields().subject(), "Где мой заказ");
    }
}
