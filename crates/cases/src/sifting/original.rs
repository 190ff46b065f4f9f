//! The mail that a bounce returns: where its copy begins, what its Message-ID is, and to whom it was written.

use crate::incoming::Incoming;

/// The Message-IDs, without angle brackets, of the mail that a bounce or a report is about: the likeliest first.
///
/// The returned copy's own comes first, attached or within the text, then what the report names, then what the
/// bounce says it answers. Whoever can write a mail can write these, so they tie it to a case only when they are ours.
pub fn bounced_message_ids(mail: &Incoming) -> Vec<String> {
    let mut ids: Vec<String> = Vec::new();
    let returned = copies(mail).flat_map(|copy| fields(&copy));
    let attached = returned.filter(|(name, _)| name == "message-id").filter_map(|(_, value)| id_in(&value));
    let noted = ["X-Original-Message-ID", "Original-Message-ID", "X-MS-Exchange-Original-Message-Id"];
    let noted = noted.iter().filter_map(|name| mail.header(name)).filter_map(id_in);
    let reported = reports(mail).flat_map(|report| fields(&report));
    let reported =
        reported.filter(|(name, _)| name == "original-envelope-id" || name == "original-message-id");
    let reported = reported.filter_map(|(_, value)| id_in(&value));
    let answered = mail.in_reply_to.iter().cloned().chain(mail.references.iter().rev().cloned());
    for id in attached.chain(ids_in_text(&mail.text)).chain(noted).chain(reported).chain(answered) {
        if !ids.contains(&id) {
            ids.push(id);
        }
        if ids.len() == MOST_IDS {
            break;
        }
    }
    ids
}

const MOST_IDS: usize = 20;
const MOST_BYTES: usize = 64 * 1024;
const MOST_COPIES: usize = 8;

/// To whom the returned mail was written, as its copy says.
pub(super) fn written_to(mail: &Incoming) -> Option<String> {
    let copies: Vec<String> = copies(mail).chain([copy_in_text(&mail.text).to_owned()]).collect();
    let fields: Vec<(String, String)> = copies.iter().flat_map(|copy| fields(copy)).collect();
    let named = |wanted: &str| fields.iter().find(|(name, _)| name == wanted).map(|(_, value)| value);
    let value = named("to").or_else(|| named("x-original-to")).or_else(|| named("delivered-to"))?;
    super::dialects::addresses(value).next().map(|found| found.address.to_owned())
}

/// The attached copies or heads of mails.
fn copies(mail: &Incoming) -> impl Iterator<Item = String> {
    const TYPES: [&str; 6] = [
        "message/rfc822",
        "text/rfc822-headers",
        "message/rfc822-headers",
        "message/global",
        "message/global-headers",
        "text/rfc822",
    ];
    let copies = mail.attachments.iter().filter(|attachment| {
        let name = attachment.name.to_ascii_lowercase();
        TYPES.contains(&attachment.media_type.as_str()) || name.ends_with(".eml")
    });
    copies.take(MOST_COPIES).map(|copy| {
        let head = copy.content.get(..copy.content.len().min(MOST_BYTES)).unwrap_or_default();
        String::from_utf8_lossy(head).into_owned()
    })
}

/// The attached reports about a mail: of its delivery (RFC 3464) or of its being read (RFC 8098).
fn reports(mail: &Incoming) -> impl Iterator<Item = String> {
    let reports = mail.attachments.iter().filter(|attachment| {
        ["delivery-status", "disposition-notification"]
            .iter()
            .any(|kind| attachment.media_type.ends_with(kind))
    });
    reports.take(MOST_COPIES).map(|report| {
        let head = report.content.get(..report.content.len().min(MOST_BYTES)).unwrap_or_default();
        String::from_utf8_lossy(head).into_owned()
    })
}

/// The header fields at the start of a copy, their names in lower case, folded lines joined.
pub(super) fn fields(copy: &str) -> Vec<(String, String)> {
    let mut fields: Vec<(String, String)> = Vec::new();
    for line in copy.trim_start().lines() {
        if line.trim().is_empty() {
            break;
        }
        if let (true, Some((_, value))) = (line.starts_with([' ', '\t']), fields.last_mut()) {
            value.push(' ');
            value.push_str(line.trim());
        } else if let Some((name, value)) = line.split_once(':') {
            fields.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()));
        }
    }
    fields
}

fn ids_in_text(text: &str) -> Vec<String> {
    let text = start(text, 4 * MOST_BYTES);
    let mut lines = text.lines().map(|line| line.trim_start_matches([' ', '\t', '>', '|'])).peekable();
    let mut ids = Vec::new();
    while let Some(line) = lines.next() {
        let Some((name, value)) = line.split_once(':') else { continue };
        let name = name.trim();
        if !(name.eq_ignore_ascii_case("message-id") || name.eq_ignore_ascii_case("original message id")) {
            continue;
        }
        let folded = if value.trim().is_empty() { lines.peek().copied() } else { None };
        ids.extend(id_in(folded.unwrap_or(value)));
        if ids.len() == MOST_IDS {
            break;
        }
    }
    ids
}

/// `<a@b>` and `a@b` are the Message-ID `a@b`.
fn id_in(value: &str) -> Option<String> {
    let inner = value.split_once('<').map_or(value, |(_, rest)| rest.split('>').next().unwrap_or_default());
    let id = inner.trim();
    let sound = !id.is_empty() && id.len() < 1_000 && !id.contains(char::is_whitespace);
    sound.then(|| id.to_owned())
}

/// At most so many bytes of a text, cut between characters.
pub(super) fn start(text: &str, most: usize) -> &str {
    let most = most.min(text.len());
    (0..=most).rev().find_map(|end| text.get(..end)).unwrap_or_default()
}

/// What the mail system says itself, above the copy of the mail that it returns.
pub(super) fn own_words(text: &str) -> &str {
    let text = start(text, MOST_BYTES);
    text.get(..copy_begins(text).unwrap_or(text.len())).unwrap_or(text)
}

/// The copy below, without the line that announces it.
fn copy_in_text(text: &str) -> &str {
    let text = start(text, 4 * MOST_BYTES);
    let Some(begins) = copy_begins(text) else { return "" };
    let copy = text.get(begins..).unwrap_or_default();
    let first = copy.lines().next().unwrap_or_default();
    if starts_head(first) { copy } else { copy.get(first.len()..).unwrap_or_default() }
}

fn copy_begins(text: &str) -> Option<usize> {
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        // Something must stand above: the text may open with a head of the mail system's own.
        if at > 0 && (announces_copy(line) || starts_head(line)) {
            return Some(at);
        }
        at += line.len();
    }
    None
}

fn starts_head(line: &str) -> bool {
    const NAMES: [&str; 7] = [
        "received",
        "return-path",
        "message-id",
        "dkim-signature",
        "domainkey-signature",
        "mime-version",
        "arc-seal",
    ];
    line.split_once(':').is_some_and(|(name, _)| NAMES.iter().any(|known| name.eq_ignore_ascii_case(known)))
}

fn announces_copy(line: &str) -> bool {
    if line.len() > 160 {
        return false;
    }
    let rule = |c: char| matches!(c, '-' | '|' | '*' | '=' | '_' | '>' | '#' | '+') || c.is_whitespace();
    let line = line.trim_matches(rule).to_lowercase();
    const STARTS: [&str; 18] = [
        "original message follows",
        "the original message follows",
        "original message headers",
        "original message header",
        "original headers",
        "returned message",
        "unsent message",
        "undelivered message",
        "message headers follow",
        "message header follows",
        "message text follows",
        "message contents follow",
        "below this line is",
        "enclosed is a copy",
        "header of the original message",
        "the header of the original message",
        "ursprüngliche nachricht",
        "ursprüngliche nachrichtenkopfzeilen",
    ];
    STARTS.iter().any(|start| line.starts_with(start))
        || ["original message", "forwarded message"].contains(&line.trim_end_matches([':', '.']))
        || ["copy of the message", "copy of your message", "copy of the original", "kopie der nachricht"]
            .iter()
            .any(|phrase| line.contains(phrase))
}
