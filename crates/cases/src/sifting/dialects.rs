//! Bounces in the mail systems' own words: which address they name, and the words that belong to it.

use super::original::{own_words, start, written_to};
use super::status::{is_vague, reply_code, status_code};
use crate::incoming::Incoming;

/// What a text says of one address.
#[derive(Debug, Default)]
pub(super) struct Told {
    /// The address; empty when none is named.
    pub(super) recipient: String,
    /// The enhanced status code; empty when there is none.
    pub(super) status: String,
    /// The server's words.
    pub(super) reason: String,
}

/// An address within a line.
pub(super) struct Found<'a> {
    pub(super) address: &'a str,
    before: &'a str,
    after: &'a str,
}

/// Reads the words above the returned mail.
pub(super) fn told(mail: &Incoming) -> Told {
    let words = own_words(&mail.text);
    let noted = mail.header("X-Failed-Recipients").and_then(|value| addresses(value).next());
    let named = likeliest(mail, words);
    let recipient = noted.map(|found| found.address.to_owned());
    let recipient = recipient.or_else(|| named.map(|(address, _)| address.to_owned()));
    let recipient = recipient.or_else(|| written_to(mail)).unwrap_or_default();
    let part = passage(words, &recipient);
    let reason =
        refusal(part).or_else(|| refusal(words)).or_else(|| complaint(part)).or_else(|| complaint(words));
    let reason = reason.unwrap_or_else(|| mail.subject.clone());
    let status = status_code(part).filter(|code| !is_vague(code));
    let status = status.or_else(|| status_code(words)).filter(|code| !code.starts_with('2'));
    Told { recipient, status: status.unwrap_or_default(), reason }
}

/// The address that the words are about: the best of all that are named, the first of equals.
fn likeliest<'a>(mail: &Incoming, words: &'a str) -> Option<(&'a str, u8)> {
    const ADDRESSES: usize = 200;
    let strange = |address: &str| {
        let same = |known: &str| known.eq_ignore_ascii_case(address);
        mail.from.as_ref().is_some_and(|from| same(&from.address))
            || mail.to.iter().any(|to| same(&to.address))
    };
    let mut best: Option<(&str, u8)> = None;
    for found in words.lines().flat_map(addresses).take(ADDRESSES) {
        // The sender of the bounce and its reader are rarely whom it is about.
        let worth = if strange(found.address) { worth(&found).min(1) } else { worth(&found) };
        if worth > best.map_or(0, |(_, best)| best) {
            best = Some((found.address, worth));
        }
    }
    best
}

/// How surely an address is the one that couldn't be reached, from its place in the line; 0 is surely not.
fn worth(found: &Found<'_>) -> u8 {
    let before =
        ending(found.before).trim_end_matches(['<', '"', '\'', '[', '(', ' ', '\t', '“', '«']).to_lowercase();
    let after = found.after.trim_start_matches(['>', '"', '\'', ' ', '\t']);
    const NOT: [&str; 19] = [
        "mail from:",
        "from:",
        "from",
        "by",
        "sender",
        "sender:",
        "contact",
        "mailto:",
        "reply-to:",
        "von:",
        "de:",
        "f=",
        "reply to",
        "helpdesk",
        "cc:",
        "hello",
        "return-path:",
        "sender address:",
        "sender address",
    ];
    const SURE: [&str; 11] = [
        "rcpt to:",
        "recipient:",
        "recipient address:",
        "final-recipient: rfc822;",
        "final-recipient:",
        "delivered to:",
        "deliver message to",
        "undeliverable to",
        "delivering your mail to",
        "message to:",
        "t=",
    ];
    let bare = before.trim_matches(|c: char| c.is_whitespace() || matches!(c, '-' | '*' | '>' | '•' | '<'));
    if NOT.iter().any(|word| bare.ends_with(word)) && !bare.ends_with("not found by") {
        return 0;
    }
    const TOWARDS: [&str; 9] = ["to", "recipient", "an", "user", "address", "à", "unknown", "a", "для"];
    let opens = bare.is_empty();
    let colon = after.starts_with(':');
    // `Somebody <a@b.example>: malformed address` complains of what stands in the brackets.
    if colon && (opens || found.before.ends_with('<')) {
        6
    } else if SURE.iter().any(|word| bare.ends_with(word)) {
        5
    } else if opens {
        4
    } else if TOWARDS.iter().any(|word| ends_with_word(bare, word)) {
        3
    } else {
        2
    }
}

/// The end of what stands before, which is all that matters.
fn ending(before: &str) -> &str {
    const BYTES: usize = 100;
    (before.len().saturating_sub(BYTES)..=before.len()).find_map(|at| before.get(at..)).unwrap_or_default()
}

fn ends_with_word(text: &str, word: &str) -> bool {
    let rest = text.trim_end_matches([':', '(']).strip_suffix(word);
    rest.is_some_and(|rest| !rest.ends_with(char::is_alphanumeric))
}

/// The addresses of a line, from the left.
pub(super) fn addresses(line: &str) -> impl Iterator<Item = Found<'_>> {
    line.char_indices().filter(|(_, c)| *c == '@').filter_map(|(at, _)| address_at(line, at))
}

/// The address around an at sign: a local part, quoted or not, and a domain with a dot.
fn address_at(line: &str, at: usize) -> Option<Found<'_>> {
    const ATOM: &str = "!#$%&'*+-/=?^_`{|}~.";
    let (left, right) = (line.get(..at)?, line.get(at + 1..)?);
    let local = |c: char| c.is_alphanumeric() || ATOM.contains(c);
    let begins = match left.strip_suffix('"') {
        Some(quoted) => quoted.rfind('"')?,
        None => left.char_indices().rev().take_while(|(_, c)| local(*c)).last()?.0,
    };
    // `'a@b.example'` and `T=a@b.example` are a@b.example.
    let begins = match left.get(begins..)? {
        local if local.starts_with('"') => begins,
        local => begins + local.rfind('=').map_or(0, |equals| equals + 1),
    };
    let begins = begins
        + left.get(begins..)?.bytes().take_while(|b| matches!(b, b'\'' | b'`' | b'.' | b'-' | b'*')).count();
    let ends =
        right.find(|c: char| !(c.is_alphanumeric() || matches!(c, '.' | '-' | '_'))).unwrap_or(right.len());
    let domain = right.get(..ends)?.trim_end_matches(['.', '-']);
    let ends = at + 1 + domain.len();
    let sound = begins < at && domain.contains('.') && !domain.contains("..") && !domain.starts_with('.');
    let address = line.get(begins..ends).filter(|address| sound && address.len() <= 320)?;
    Some(Found { address, before: line.get(..begins)?, after: line.get(ends..)? })
}

/// From the line that names the recipient to the next one of another recipient, at most a few paragraphs.
fn passage<'a>(words: &'a str, recipient: &str) -> &'a str {
    const LINES: usize = 25;
    let names = |line: &str| !recipient.is_empty() && line.to_lowercase().contains(&recipient.to_lowercase());
    let mut at = 0;
    let mut opening = None;
    for line in words.split_inclusive('\n') {
        // The line that begins with the address is better than one that mentions it.
        let own = line.trim_start_matches([' ', '\t', '<', '*', '-', '"']);
        let begins = names(start(own, recipient.len()));
        if begins || (opening.is_none() && names(line)) {
            opening = Some(at);
            if begins {
                break;
            }
        }
        at += line.len();
    }
    let Some(opening) = opening else { return words };
    let rest = words.get(opening..).unwrap_or_default();
    let mut length = 0;
    for (count, line) in rest.split_inclusive('\n').enumerate() {
        let another = addresses(line).next().is_some_and(|found| {
            found.before.trim_matches(['<', '"', ' ', '\t']).is_empty()
                && found.address.split('@').next() != recipient.split('@').next()
        });
        if count == LINES || (count > 0 && another) {
            break;
        }
        length += line.len();
    }
    rest.get(..length).unwrap_or(rest)
}

/// The first line with the code of a refusal, with what continues it.
fn refusal(part: &str) -> Option<String> {
    from_line(part, |line| {
        reply_code(line).is_some() || status_code(line).is_some_and(|code| !code.starts_with('2'))
    })
}

/// The first line of words that isn't only polite, with what continues it.
fn complaint(part: &str) -> Option<String> {
    from_line(part, tells)
}

fn from_line(part: &str, wanted: impl Fn(&str) -> bool) -> Option<String> {
    const LINES: usize = 6;
    let mut lines = start(part, 16 * 1024).lines().skip_while(|line| !wanted(line)).peekable();
    lines.peek()?;
    let lines = lines.take(LINES).map(str::trim).take_while(|line| !line.is_empty());
    Some(lines.collect::<Vec<_>>().join(" "))
}

/// A line of words beside an address.
fn tells(line: &str) -> bool {
    const NOISE: [&str; 12] = [
        "hi. this is",
        "i'm afraid",
        "this is a permanent error",
        "this message was created",
        "a message that you sent",
        "recipients.",
        "the following",
        "your message",
        "sorry it",
        "technical",
        "an error",
        "please",
    ];
    let words = line.split_whitespace().filter(|word| !word.contains('@')).count();
    let lower = line.trim().to_lowercase();
    words >= 2 && !NOISE.iter().any(|noise| lower.starts_with(noise))
}
