//! Delivery reports, as RFC 3464 and Amazon's notifications describe them: who couldn't be reached, and why.

use super::dialects::{self, Told};
use super::one_line;
use super::original::{own_words, start};
use super::status::{Meaning, is_vague, meaning, status_code};
use crate::incoming::{Attachment, Bounce, Incoming};

/// What a bounce says: the first recipient that couldn't be reached, or not yet.
///
/// From its delivery report (RFC 3464), whether attached or within its text, else from the mail system's own words.
pub fn bounce(mail: &Incoming) -> Option<Bounce> {
    if let Some(group) = notification(mail) {
        return failed(std::slice::from_ref(&group)).map(|group| reported(mail, group));
    }
    let groups = groups(mail);
    if let Some(group) = failed(&groups) {
        return super::by_machine(mail).then(|| reported(mail, group));
    }
    let says_otherwise = groups.iter().any(|group| field(group, "action").is_some());
    (!says_otherwise && super::bounce_signs(mail).is_some()).then(|| in_own_words(mail))
}

/// What was done for each recipient, in lower case.
pub(super) fn actions(mail: &Incoming) -> Vec<String> {
    groups(mail).iter().filter_map(|group| field(group, "action")).map(first_word).collect()
}

/// What Amazon's notification says was done.
pub(super) fn notified(mail: &Incoming) -> Option<String> {
    notification(mail).and_then(|group| field(&group, "action").map(first_word))
}

/// The first attachment of a type.
pub(super) fn attached<'a>(mail: &'a Incoming, media_type: &str) -> Option<&'a Attachment> {
    mail.attachments.iter().find(|attachment| attachment.media_type == media_type)
}

/// `Failed (bad destination)` is `failed`.
fn first_word(value: &str) -> String {
    let word = value.split(|c: char| !c.is_ascii_alphanumeric() && c != '-').find(|word| !word.is_empty());
    word.unwrap_or_default().to_ascii_lowercase()
}

type Group = Vec<(String, String)>;

/// The group of the first recipient that failed, else of the first that is delayed.
fn failed(groups: &[Group]) -> Option<&Group> {
    let said = |group: &&Group, wanted: &str| match field(group, "action").map(first_word) {
        Some(action) => action == wanted,
        None => {
            wanted == "failed" && field(group, "status").is_some_and(|status| status.starts_with(['4', '5']))
        }
    };
    let found = groups.iter().find(|group| said(group, "failed"));
    found.or_else(|| groups.iter().find(|group| said(group, "delayed")))
}

/// The report's groups: attached under its right type or a broken one, else within the mail system's text.
fn groups(mail: &Incoming) -> Vec<Group> {
    let is_status = |attachment: &&Attachment| {
        attachment.media_type.ends_with("delivery-status") || attachment.name.ends_with("delivery-status")
    };
    if let Some(report) = mail.attachments.iter().find(is_status) {
        let content = report.content.get(..report.content.len().min(256 * 1024)).unwrap_or_default();
        return status_groups(&String::from_utf8_lossy(content));
    }
    if !super::by_machine(mail) {
        return Vec::new();
    }
    let words = own_words(&mail.text);
    let named = |line: &str| {
        let name = line.trim_start().split(':').next().unwrap_or_default();
        ["reporting-mta", "final-recipient", "original-recipient"]
            .iter()
            .any(|known| name.eq_ignore_ascii_case(known))
    };
    let mut at = 0;
    for line in words.split_inclusive('\n') {
        if named(line) {
            return status_groups(words.get(at..).unwrap_or_default());
        }
        at += line.len();
    }
    Vec::new()
}

/// A bounce in a mail system's own words.
fn in_own_words(mail: &Incoming) -> Bounce {
    let told = dialects::told(mail);
    let mut means = meaning(&told.status, &told.reason);
    if means == Meaning::Unclear {
        means = meaning(&told.status, &format!("{} {}", mail.subject, own_words(&mail.text)));
    }
    let Told { recipient, status, reason } = told;
    let permanent = means == Meaning::Dead && !only_delayed(mail);
    Bounce { recipient, status, permanent, reason: one_line(&reason) }
}

/// The mail system hasn't given the mail up: it tells of a delay, and may still deliver.
///
/// A bounce that isn't permanent may be final all the same, as that of a full mailbox mostly is.
pub fn still_trying(mail: &Incoming) -> bool {
    let group = notification(mail).or_else(|| failed(&groups(mail)).cloned());
    match group.and_then(|group| field(&group, "action").map(first_word)) {
        Some(action) => action == "delayed" && !gives_up(mail),
        None => only_delayed(mail),
    }
}

/// The words say that the mail system is still trying.
fn only_delayed(mail: &Incoming) -> bool {
    let subject = mail.subject.to_lowercase();
    let words = start(own_words(&mail.text), 2_000).to_lowercase();
    ["delay", "warning", "verzögert"].iter().any(|word| subject.contains(word))
        || [
            "warning message only",
            "will be retried",
            "has been delayed",
            "temporary failure report",
            "will keep trying",
        ]
        .iter()
        .any(|phrase| words.contains(phrase))
}

/// Some systems say *delayed* in the report though their words say that it is over.
fn gives_up(mail: &Incoming) -> bool {
    let words = start(own_words(&mail.text), 2_000).to_lowercase();
    let over = ["error has occurred", "permanent error", "failed permanently", "given up", "giving up"];
    !only_delayed(mail) && over.iter().any(|phrase| words.contains(phrase))
}

/// A bounce from the group of a report; its text helps where the group says too little.
fn reported(mail: &Incoming, group: &Group) -> Bounce {
    let delayed = field(group, "action").map(first_word).is_some_and(|action| action == "delayed");
    let delayed = delayed && !gives_up(mail);
    let diagnostic = after_type(field(group, "diagnostic-code").unwrap_or_default());
    // A report is ASCII. Words in another character set, switched to by an escape, stand in the text as they should be read.
    let diagnostic = if diagnostic.contains('\u{1b}') { "" } else { diagnostic };
    let stated = field(group, "status").and_then(status_code).unwrap_or_default();
    let said = status_code(diagnostic).filter(|code| !code.starts_with('2'));
    let mut status = said.filter(|code| !is_vague(code) || stated.is_empty()).unwrap_or(stated);
    let mut recipient = recipient(group);
    let mut reason = one_line(diagnostic);
    let mut means =
        if reason.is_empty() && is_vague(&status) { Meaning::Unclear } else { meaning(&status, diagnostic) };
    if means == Meaning::Unclear || recipient.is_none() || reason.is_empty() {
        let told = dialects::told(mail);
        if means == Meaning::Unclear {
            means = meaning(&status, &told.reason);
        }
        if is_vague(&status) && !told.status.is_empty() {
            status = told.status;
        }
        if reason.is_empty() {
            reason = one_line(&told.reason);
        }
        recipient = recipient.or(Some(told.recipient));
    }
    Bounce {
        recipient: recipient.unwrap_or_default(),
        status,
        permanent: means == Meaning::Dead && !delayed,
        reason,
    }
}

/// The recipient as the report names it: the final one, unless it is no address that mail could go to.
fn recipient(group: &Group) -> Option<String> {
    let names = ["final-recipient", "original-recipient", "x-actual-recipient", "x-supplementary-recipient"];
    names.into_iter().filter_map(|name| field(group, name)).find_map(|value| address_in(after_type(value)))
}

/// `rfc822; a@b.example` is `a@b.example`.
fn after_type(value: &str) -> &str {
    match value.split_once(';') {
        Some((kind, rest)) if !kind.contains(['@', ' ']) => rest.trim(),
        _ => value.trim(),
    }
}

/// The address in a field, whose domain has a dot; without the route of old (`@a.example:b@c.example`).
fn address_in(text: &str) -> Option<String> {
    let inner =
        text.split_once('<').and_then(|(_, rest)| rest.split_once('>')).map_or(text, |(inner, _)| inner);
    let inner = inner.trim();
    let inner = match inner.strip_prefix('@') {
        Some(routed) => routed.split_once(':')?.1,
        None => inner,
    };
    let (local, domain) = inner.rsplit_once('@')?;
    (!local.is_empty() && domain.contains('.')).then(|| inner.to_owned())
}

/// The groups of fields of a delivery status: first about the mail, then one for each recipient.
fn status_groups(text: &str) -> Vec<Group> {
    const GROUPS: usize = 200;
    let mut groups: Vec<Group> = vec![Vec::new()];
    for line in text.lines() {
        let Some(group) = groups.last_mut() else { break };
        if line.trim().is_empty() {
            if !group.is_empty() {
                groups.push(Vec::new());
            }
        } else if let (true, Some((_, value))) = (continues(line), group.last_mut()) {
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

/// A folded line; some systems indent every field instead.
fn continues(line: &str) -> bool {
    let known = [
        "final-recipient",
        "action",
        "status",
        "diagnostic-code",
        "remote-mta",
        "original-recipient",
        "reporting-mta",
    ];
    let name = line.split(':').next().unwrap_or_default().trim();
    line.starts_with([' ', '\t']) && !known.iter().any(|field| name.eq_ignore_ascii_case(field))
}

fn field<'a>(group: &'a [(String, String)], name: &str) -> Option<&'a str> {
    group.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
}

/// A notification of Amazon's SES, which is JSON at the start of a text, as the group of a report would say it.
fn notification(mail: &Incoming) -> Option<Group> {
    let text = start(mail.text.trim_start(), 64 * 1024);
    let head = start(text, 300);
    if !(text.starts_with('{') && (head.contains("\"notificationType\"") || head.contains("\"eventType\""))) {
        return None;
    }
    // Old servers break long lines with an exclamation mark.
    let text = text.replace("!\r\n ", "").replace("!\n ", "");
    let mut values = serde_json::Deserializer::from_str(&text).into_iter::<serde_json::Value>();
    let value = values.next()?.ok()?;
    let kind = value.get("notificationType").or_else(|| value.get("eventType"))?.as_str()?;
    let (list, action) = match kind {
        "Bounce" => ("/bounce/bouncedRecipients/0", "failed"),
        "DeliveryDelay" => ("/deliveryDelay/delayedRecipients/0", "delayed"),
        "Complaint" => ("/complaint/complainedRecipients/0", "complained"),
        "Delivery" => ("/delivery/recipients/0", "delivered"),
        _ => return None,
    };
    let recipient = value.pointer(list)?;
    let word =
        |name: &str| recipient.get(name).and_then(serde_json::Value::as_str).unwrap_or_default().to_owned();
    Some(vec![
        ("action".to_owned(), action.to_owned()),
        ("final-recipient".to_owned(), word("emailAddress")),
        ("status".to_owned(), word("status")),
        ("diagnostic-code".to_owned(), word("diagnosticCode")),
    ])
}
