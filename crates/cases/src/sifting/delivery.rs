//! Delivery reports, as RFC 3464 describes them: who couldn't be reached, and why.

use super::one_line;
use crate::incoming::{Bounce, Incoming};

/// What a delivery report says: the first recipient that couldn't be reached, or not yet.
///
/// Bounces that mail systems write in their own words aren't read yet, except for the header X-Failed-Recipients.
pub fn bounce(mail: &Incoming) -> Option<Bounce> {
    let groups = groups(mail);
    let said = |group: &&Group, wanted: &str| match field(group, "action") {
        Some(action) => action.eq_ignore_ascii_case(wanted),
        None => {
            wanted == "failed" && field(group, "status").is_some_and(|status| status.starts_with(['4', '5']))
        }
    };
    let failed = groups.iter().find(|group| said(group, "failed"));
    if let Some(group) = failed.or_else(|| groups.iter().find(|group| said(group, "delayed"))) {
        return Some(bounce_of(group));
    }
    let recipient = mail.header("X-Failed-Recipients").filter(|_| actions(mail).is_empty())?;
    let recipient = recipient.split(',').next().unwrap_or_default();
    let reason = one_line(&mail.subject);
    Some(Bounce { recipient: address_in(recipient), status: String::new(), permanent: true, reason })
}

/// What was done for each recipient, in lower case.
pub(super) fn actions(mail: &Incoming) -> Vec<String> {
    groups(mail).iter().filter_map(|group| field(group, "action")).map(str::to_ascii_lowercase).collect()
}

/// The content of the first attachment of a type.
pub(super) fn attached<'a>(mail: &'a Incoming, media_type: &str) -> Option<&'a [u8]> {
    mail.attachments.iter().find(|a| a.media_type == media_type).map(|a| a.content.as_slice())
}

type Group = Vec<(String, String)>;

fn groups(mail: &Incoming) -> Vec<Group> {
    let plain = attached(mail, "message/delivery-status");
    plain.or_else(|| attached(mail, "message/global-delivery-status")).map(status_groups).unwrap_or_default()
}

fn bounce_of(group: &[(String, String)]) -> Bounce {
    let recipient =
        field(group, "final-recipient").or_else(|| field(group, "original-recipient")).unwrap_or_default();
    let delayed = field(group, "action").is_some_and(|action| action.eq_ignore_ascii_case("delayed"));
    let diagnostic = field(group, "diagnostic-code").unwrap_or_default();
    let status = field(group, "status").unwrap_or_default();
    let status = status_code(status).or_else(|| status_code(diagnostic)).unwrap_or_default();
    Bounce {
        recipient: address_in(after_type(recipient)),
        permanent: !status.starts_with('4') && !delayed,
        reason: one_line(after_type(diagnostic)),
        status,
    }
}

/// `rfc822; a@b.example` is `a@b.example`.
fn after_type(value: &str) -> &str {
    match value.split_once(';') {
        Some((kind, rest)) if !kind.contains(['@', ' ']) => rest.trim(),
        _ => value.trim(),
    }
}

fn address_in(text: &str) -> String {
    let inner =
        text.split_once('<').and_then(|(_, rest)| rest.split_once('>')).map_or(text, |(inner, _)| inner);
    inner.trim().to_owned()
}

/// The first enhanced status code (`5.1.1`) in a text.
fn status_code(text: &str) -> Option<String> {
    text.split(|c: char| !c.is_ascii_digit() && c != '.')
        .map(|word| word.trim_matches('.'))
        .find(|word| {
            let parts: Vec<&str> = word.split('.').collect();
            let fits = |part: &&str| (1..=3).contains(&part.len());
            parts.len() == 3 && parts.iter().all(fits) && matches!(parts.first(), Some(&("2" | "4" | "5")))
        })
        .map(str::to_owned)
}

/// The groups of fields of a delivery-status part: first about the mail, then one for each recipient.
fn status_groups(content: &[u8]) -> Vec<Group> {
    const GROUPS: usize = 200;
    let text = String::from_utf8_lossy(content.get(..content.len().min(256 * 1024)).unwrap_or_default());
    let mut groups: Vec<Group> = vec![Vec::new()];
    for line in text.lines() {
        let Some(group) = groups.last_mut() else { break };
        if line.trim().is_empty() {
            if !group.is_empty() {
                groups.push(Vec::new());
            }
        } else if let (true, Some((_, value))) = (line.starts_with([' ', '\t']), group.last_mut()) {
            value.push(' ');
            value.push_str(line.trim());
        } else if let Some((name, value)) = line.split_once(':') {
            group.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()));
        }
        if groups.len() > GROUPS {
            break;
        }
    }
    groups
}

fn field<'a>(group: &'a [(String, String)], name: &str) -> Option<&'a str> {
    group.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
}
