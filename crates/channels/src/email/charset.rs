//! Rule: character sets: which one a text is in, whatever it says of itself, and the text in it.

use super::transfer::Decoded;
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{BIG5, EUC_JP, EUC_KR, Encoding, GB18030, ISO_2022_JP, SHIFT_JIS, UTF_16BE, UTF_16LE};
use mail_parser::decoders::charsets::map::charset_decoder;

/// Reads text in a character set. A wrong or missing name is corrected where the bytes show what they are.
///
/// `country` is the last part of the sender's domain, in lower case, which settles what the bytes leave open.
pub(super) fn text(bytes: &[u8], charset: Option<&str>, country: Option<&str>) -> Decoded<String> {
    let name = tidy_name(charset.unwrap_or_default());
    if let Some(value) = without_name(bytes, &name) {
        return Decoded { value, broken: false };
    }
    match named(&name) {
        Named::Nothing if says_nothing(&name) => Decoded { value: guessed(bytes, country), broken: false },
        Named::Utf8 if mostly_utf8(bytes) => Decoded { value: lossy(bytes), broken: true },
        Named::Latin if !seems_foreign(bytes) => right(encoding_rs::WINDOWS_1252, bytes),
        Named::Nothing | Named::Utf8 | Named::Latin => {
            Decoded { value: guessed(bytes, country), broken: !name.is_empty() }
        }
        Named::Other(encoding) => {
            let (value, broken) = encoding.decode_without_bom_handling(bytes);
            let worthless =
                broken && value.chars().filter(|c| *c == '\u{fffd}').count() * 10 > value.chars().count();
            let value = if worthless { guessed(bytes, country) } else { value.into_owned() };
            Decoded { value, broken }
        }
        Named::Rare(decode) => Decoded { value: decode(bytes), broken: false },
    }
}

/// What the name says, as far as it is one.
enum Named {
    Utf8,
    /// ASCII and its Western neighbours, which programs name when they don't know.
    Latin,
    Other(&'static Encoding),
    /// Sets that the web never used: UTF-7, code page 850.
    Rare(fn(&[u8]) -> String),
    Nothing,
}

fn named(name: &str) -> Named {
    match name {
        "utf-8" | "utf8" | "utf8mb4" | "utf-8-bom" | "unicode-1-1-utf-8" => Named::Utf8,
        "iso-8859-1" | "windows-1252" | "cp1252" | "latin1" | "latin-1" | "iso8859-1" | "iso_8859-1"
        | "8859-1" | "ansi" => Named::Latin,
        _ if says_nothing(name) => Named::Nothing,
        _ => {
            let known = Encoding::for_label_no_replacement(name.as_bytes());
            let known = known.or_else(|| Encoding::for_label_no_replacement(usual_name(name).as_bytes()));
            let rare = || charset_decoder(name.as_bytes()).filter(|_| !name.starts_with("iso-2022"));
            known.map_or_else(
                || rare().map_or(Named::Nothing, Named::Rare),
                |known| Named::Other(wider(known)),
            )
        }
    }
}

/// Names that programs write when they don't know.
fn says_nothing(name: &str) -> bool {
    ["", "us-ascii", "ascii", "ansi_x3.4-1968", "default_charset", "unknown-8bit", "x-unknown"]
        .contains(&name)
}

/// The set that programs mean when they name its older part.
fn wider(encoding: &'static Encoding) -> &'static Encoding {
    if encoding == encoding_rs::GBK { GB18030 } else { encoding }
}

/// `cp-1251`, `win1251` and `x-windows-1251` are windows-1251; `iso88592` is iso-8859-2.
fn usual_name(name: &str) -> String {
    let bare = name.trim_start_matches("x-").replace(['_', ' '], "-");
    let after = |prefix: &str| bare.strip_prefix(prefix).map(|rest| rest.trim_start_matches('-').to_owned());
    let digits = |rest: &String| !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_digit());
    for prefix in ["windows", "win", "cp", "ms", "ibm"] {
        match after(prefix).filter(digits).as_deref() {
            Some("932") => return "shift_jis".to_owned(),
            Some("936") => return "gbk".to_owned(),
            Some("949") => return "euc-kr".to_owned(),
            Some("950") => return "big5".to_owned(),
            Some("20866") => return "koi8-r".to_owned(),
            Some("21866") => return "koi8-u".to_owned(),
            Some("65001") => return "utf-8".to_owned(),
            Some("866") => return "ibm866".to_owned(),
            Some(number) if number.starts_with("125") => return format!("windows-{number}"),
            _ => {}
        }
    }
    match after("iso-8859").or_else(|| after("iso8859")).filter(digits) {
        Some(part) => format!("iso-8859-{part}"),
        None => bare,
    }
}

fn tidy_name(name: &str) -> String {
    let name = name.trim().trim_matches(['"', '\'', ' ', ';', ',']);
    let name = name.split([';', '*', '"', ' ']).next().unwrap_or_default();
    name.to_ascii_lowercase()
}

/// Bytes that show what they are: UTF-8, the escapes of ISO-2022-JP, UTF-16 with its mark or its many zeros.
fn without_name(bytes: &[u8], name: &str) -> Option<String> {
    let own_escapes = ["utf-7", "unicode-1-1-utf-7", "utf7", "hz-gb-2312"].contains(&name)
        || name.starts_with("iso-2022-kr");
    if let (false, Some(encoding)) = (own_escapes, wide(bytes, name)) {
        return Some(encoding.decode_with_bom_removal(bytes).0.into_owned());
    }
    // Multi-byte texts that are short may be UTF-8 by chance.
    let trusted = [GB18030, encoding_rs::GBK, BIG5, SHIFT_JIS, EUC_JP, EUC_KR];
    let label = Encoding::for_label_no_replacement(name.as_bytes());
    if own_escapes
        || label.is_some_and(|label| trusted.contains(&label) && !label.decode_without_bom_handling(bytes).1)
    {
        return None;
    }
    let text = std::str::from_utf8(bytes).ok()?;
    // Its escapes show ISO-2022-JP, which old Japanese systems often leave undeclared (RFC 1468).
    if ["\u{1b}$B", "\u{1b}$@", "\u{1b}(J"].iter().any(|escape| text.contains(escape)) {
        return Some(ISO_2022_JP.decode_without_bom_handling(bytes).0.into_owned());
    }
    (!name.starts_with("iso-2022") || !text.contains('\u{1b}')).then(|| text.to_owned())
}

/// UTF-16, by its mark, else by where its zeros stand.
fn wide(bytes: &[u8], name: &str) -> Option<&'static Encoding> {
    if let [0xff, 0xfe, ..] | [0xfe, 0xff, ..] = bytes {
        return Some(if bytes.first() == Some(&0xff) { UTF_16LE } else { UTF_16BE });
    }
    let says = name.starts_with("utf-16") || name == "ucs-2" || name == "unicode";
    let start = bytes.get(..bytes.len().min(2_000)).unwrap_or_default();
    let zeros =
        |odd: usize| start.iter().enumerate().filter(|(at, byte)| at % 2 == odd && **byte == 0).count();
    let (high_first, low_first) = (zeros(0), zeros(1));
    let many = |zeros: usize| zeros * 3 > start.len() / 2 && zeros >= 4;
    match (many(high_first), many(low_first)) {
        (true, false) => Some(UTF_16BE),
        (false, true) => Some(UTF_16LE),
        _ if says && name.ends_with("le") => Some(UTF_16LE),
        _ if says => Some(if low_first > high_first { UTF_16LE } else { UTF_16BE }),
        _ => None,
    }
}

fn right(encoding: &'static Encoding, bytes: &[u8]) -> Decoded<String> {
    Decoded { value: encoding.decode_without_bom_handling(bytes).0.into_owned(), broken: false }
}

/// The set of the letters that stand bare in a head, against the rules: the one that the mail names elsewhere, else the likeliest for all
/// of them and the start of the text below.
pub(super) fn of_bare_head(raw: &[u8]) -> &'static Encoding {
    const MOST: usize = 32 * 1024;
    let start = raw.get(..raw.len().min(MOST)).unwrap_or_default();
    let is_odd = |line: &&[u8]| std::str::from_utf8(line).is_err();
    let odd: Vec<u8> =
        start.split_inclusive(|byte| *byte == b'\n').filter(is_odd).flatten().copied().collect();
    let lower = String::from_utf8_lossy(start).to_ascii_lowercase();
    let after = |word: &str| {
        lower.split_once(word).map(|(_, rest)| rest.split(['\r', '\n']).next().unwrap_or_default())
    };
    let name = after("charset=").map(tidy_name).unwrap_or_default();
    let country = after("\nfrom:").and_then(|from| country(from.trim_end_matches(['>', ' '])));
    match named(&name) {
        Named::Other(encoding) if !encoding.decode_without_bom_handling(&odd).1 => encoding,
        Named::Latin if !seems_foreign(&odd) => encoding_rs::WINDOWS_1252,
        _ => likeliest(&odd, country.as_deref()),
    }
}

/// What the bytes are most likely.
fn guessed(bytes: &[u8], country: Option<&str>) -> String {
    likeliest(bytes, country).decode_without_bom_handling(bytes).0.into_owned()
}

fn likeliest(bytes: &[u8], country: Option<&str>) -> &'static Encoding {
    const MOST: usize = 64 * 1024;
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(bytes.get(..bytes.len().min(MOST)).unwrap_or_default(), true);
    let sound = |country: &&str| {
        !country.is_empty()
            && country.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
    };
    wider(detector.guess(country.filter(sound).map(str::as_bytes), Utf8Detection::Allow))
}

/// Letters beyond ASCII in a row: other alphabets have words of them, Western languages hardly ever two.
fn seems_foreign(bytes: &[u8]) -> bool {
    const LEAST: usize = 8;
    let high = bytes.iter().filter(|byte| **byte >= 0xa0).count();
    let in_a_row = bytes.windows(2).filter(|pair| pair.iter().all(|byte| *byte >= 0xa0)).count();
    high >= LEAST && in_a_row * 2 > high
}

fn lossy(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// A few broken characters in much good UTF-8: a cut, not another character set.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    good > bad
}

/// The last part of an address's domain where it names a country, in lower case.
pub(super) fn country(address: &str) -> Option<String> {
    let last = address.rsplit_once('@')?.1.rsplit('.').next()?.trim().to_ascii_lowercase();
    (last.len() == 2 && last.bytes().all(|b| b.is_ascii_lowercase())).then_some(last)
}

#[cfg(test)]
mod tests;
