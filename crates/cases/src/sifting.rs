//! Sifting: which mail a machine wrote, and what a bounce says.

mod absence;
mod cause;
mod confirmation;
mod delivery;
mod dialects;
mod original;
mod phrases;
mod refusals;
mod reported;
mod return_date;
mod returned;
mod status;

pub use cause::{Cause, cause};
pub use delivery::{bounce, still_trying};
pub use original::bounced_message_ids;
pub use reported::{Reported, reported};
pub use return_date::{Return, ReturnDay, returns};

use crate::incoming::{Auto, AutoKind, Correspondent, Incoming};
use absence::vacation;
use confirmation::confirmation;
use kernel::{Because, EmailAddress};
use returned::{bounce_signs, by_machine, complaint, has_empty_return_path};

/// What a mail shows of being automatic, from its headers and body alone; `None` when a person seems to have written it.
pub fn sift(mail: &Incoming) -> Option<Auto> {
    let signs = [
        report(mail),
        complaint(mail),
        bounce_signs(mail),
        receipt(mail),
        answer_to_invitation(mail),
        vacation(mail),
        auto_reply(mail),
        list(mail),
        confirmation(mail),
    ];
    auto(signs.into_iter().flatten().collect())
}

/// The mail comes from one of our own addresses, or went through us before.
///
/// `ours` are the addresses at which clients receive mail.
pub fn own_mail(mail: &Incoming, ours: &[EmailAddress]) -> Option<Auto> {
    let from = mail.from.as_ref().and_then(Correspondent::email)?;
    let is_ours =
        |address: &EmailAddress| ours.contains(address) || ours.contains(&address.without_detail().0);
    let sentence = format!("It comes from {from}, which is one of our own addresses.");
    is_ours(&from).then(|| Auto {
        kind: AutoKind::OwnMail,
        because: vec![Because::new("sifting.own_address", sentence)],
    })
}

fn auto(found: Vec<(AutoKind, Because)>) -> Option<Auto> {
    let kind = found.first()?.0;
    Some(Auto { kind, because: found.into_iter().map(|(_, because)| because).collect() })
}

type Sign = Option<(AutoKind, Because)>;

fn sign(kind: AutoKind, code: &str, sentence: impl Into<String>) -> Sign {
    Some((kind, Because::new(code, sentence)))
}

/// The media type of the mail with its parameters, in lower case.
fn content_type(mail: &Incoming) -> String {
    mail.header("Content-Type").unwrap_or_default().to_ascii_lowercase()
}

/// RFC 3464 (delivery), RFC 5965 (complaints) and RFC 8098 (read) reports name themselves.
fn report(mail: &Incoming) -> Sign {
    let kind = content_type(mail);
    let report_type = |wanted: &str| kind.contains("multipart/report") && kind.contains(wanted);
    if report_type("feedback-report") || delivery::attached(mail, "message/feedback-report").is_some() {
        let sentence = "It is a feedback report about mail, as RFC 5965 describes.";
        return sign(AutoKind::Report, "sifting.feedback_report", sentence);
    }
    let receipt = "message/disposition-notification";
    if kind.contains("disposition-notification")
        || (kind.contains("multipart/report") && delivery::attached(mail, receipt).is_some())
    {
        let sentence = "It is a read receipt, as RFC 8098 describes.";
        return sign(AutoKind::Receipt, "sifting.disposition", sentence);
    }
    if !by_machine(mail) {
        return notification(mail);
    }
    let said = delivery::actions(mail);
    if said.iter().any(|action| action == "failed" || action == "delayed")
        || (report_type("delivery-status") && said.is_empty())
    {
        let sentence = "It is a delivery report, as RFC 3464 describes.";
        return sign(AutoKind::Bounce, "sifting.delivery_status", sentence);
    }
    other_report(said.first()?)
}

/// What Amazon tells of mails sent through it; its sender isn't a mail system.
fn notification(mail: &Incoming) -> Sign {
    let said = delivery::notified(mail)?;
    if ["failed", "delayed"].contains(&said.as_str()) {
        let sentence = "It is a notification of Amazon that a mail couldn't be delivered.";
        return sign(AutoKind::Bounce, "sifting.notification", sentence);
    }
    other_report(&said)
}

fn other_report(said: &str) -> Sign {
    let sentence = format!("It is a delivery report that says `{}`.", one_line(said));
    sign(AutoKind::Report, "sifting.delivery_report", sentence)
}

/// Receipts of programs that don't write RFC 8098: a telling subject, and not a word of one's own.
fn receipt(mail: &Incoming) -> Sign {
    let subject = mail.subject.to_lowercase();
    RECEIPT_STARTS.iter().any(|start| subject.starts_with(start)).then_some(())?;
    let own = mail.new_text.trim();
    let text = original::start(&mail.text, 1_000).to_lowercase();
    (own.is_empty() || RECEIPT_WORDS.iter().any(|word| text.contains(word))).then_some(())?;
    sign(AutoKind::Receipt, "sifting.receipt", "It only confirms that a mail was read.")
}

const RECEIPT_STARTS: [&str; 30] = [
    "read:",
    "not read:",
    "gelesen:",
    "已读: ",
    "已读：",
    "開封済み：",
    "lest: ",
    "olvasva: ",
    "read: ",
    "not read: ",
    "read receipt",
    "return receipt",
    "gelesen: ",
    "ungelesen: ",
    "lesebestätigung",
    "leído: ",
    "przeczytano: ",
    "prebrano: ",
    "perskaityta: ",
    "lu : ",
    "lu: ",
    "letto: ",
    "lida: ",
    "gelezen: ",
    "přečteno: ",
    "прочитано: ",
    "läst: ",
    "læst: ",
    "luettu: ",
    "開封済み: ",
];

const RECEIPT_WORDS: [&str; 24] = [
    "was read on",
    "was displayed",
    "was deleted without",
    "wurde gelesen",
    "wurde am",
    "a été lu",
    "this is a return receipt",
    "fue leído",
    "se leyó",
    "se ha leído",
    "została przeczytana",
    "przeczytano",
    "je bilo prebrano",
    "perskaityt",
    "è stato letto",
    "foi lida",
    "foi lido",
    "is gelezen",
    "byla přečtena",
    "прочитано",
    "已读",
    "已于",
    "開封",
    "lästes",
];

/// A calendar's answer to an invitation (RFC 5546), which its program writes.
fn answer_to_invitation(mail: &Incoming) -> Sign {
    const HEAD: usize = 4_000;
    let calendar = delivery::attached(mail, "text/calendar")?;
    let start = calendar.content.get(..calendar.content.len().min(HEAD)).unwrap_or_default();
    let lines = start.split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii);
    lines.into_iter().any(|line| line.eq_ignore_ascii_case(b"METHOD:REPLY")).then_some(())?;
    sign(AutoKind::AutoReply, "sifting.calendar_reply", "It answers an invitation, as calendars do.")
}

/// RFC 3834's word, unless it says `no`.
fn auto_submitted(mail: &Incoming) -> Option<String> {
    let value = mail.header("Auto-Submitted")?.trim().to_ascii_lowercase();
    (!value.is_empty() && value != "no" && !value.starts_with("no;")).then_some(value)
}

fn auto_reply(mail: &Incoming) -> Sign {
    if let Some(value) = auto_submitted(mail) {
        return sign(
            AutoKind::AutoReply,
            "sifting.auto_submitted",
            format!("Its header Auto-Submitted says `{}`.", one_line(&value)),
        );
    }
    if let Some(name) = ANSWERS.iter().find(|name| mail.header(name).is_some_and(is_yes)) {
        let sentence = format!("It has the header {name}.");
        return sign(AutoKind::AutoReply, "sifting.autoreply_header", sentence);
    }
    if precedence(mail) == "auto_reply" {
        return sign(AutoKind::AutoReply, "sifting.precedence", "Its header Precedence says `auto_reply`.");
    }
    if mail.header("X-Auto-Response-Suppress").is_some_and(suppresses) {
        let sentence = "Its header X-Auto-Response-Suppress asks that no machine answers.";
        return sign(AutoKind::AutoReply, "sifting.suppresses_answers", sentence);
    }
    has_empty_return_path(mail).then_some(())?;
    sign(AutoKind::AutoReply, "sifting.no_return_path", "It has no return path, as only automatic mail does.")
}

/// Headers that only automatic answers have, unless they say `no`.
const ANSWERS: [&str; 11] = [
    "X-Autoreply",
    "X-Auto-Reply",
    "X-Autorespond",
    "X-Autoresponder",
    "X-Autoresponse",
    "X-Auto-Reply-From",
    "X-AutoReply-From",
    "X-Mail-Autoreply",
    "X-Autogenerated",
    "X-Amazon-Auto-Reply",
    "X-FC-MachineGenerated",
];

fn is_yes(value: &str) -> bool {
    !["no", "false", "0", "none"].contains(&value.trim().to_ascii_lowercase().as_str())
}

/// Outlook's word for “don't answer by machine”. Delivery reports alone may be suppressed by people's programs.
fn suppresses(value: &str) -> bool {
    let value = value.to_ascii_lowercase();
    value.split([',', ' ', ';']).any(|word| ["all", "oof", "autoreply", "-1"].contains(&word))
}

/// The header Precedence in lower case; empty when there is none.
fn precedence(mail: &Incoming) -> String {
    mail.header("Precedence").unwrap_or_default().trim().to_ascii_lowercase().replace('-', "_")
}

fn list(mail: &Incoming) -> Sign {
    const NAMES: [&str; 9] = [
        "List-Id",
        "List-Unsubscribe",
        "List-Post",
        "List-Help",
        "X-Mailing-List",
        "X-Mailman-Version",
        "X-Campaign-ID",
        "X-CampaignID",
        "X-MC-User",
    ];
    if let Some(name) = NAMES.iter().find(|name| mail.header(name).is_some()) {
        let sentence = format!("It has the header {name}, as mailing lists and mass mailings do.");
        return sign(AutoKind::List, "sifting.list_header", sentence);
    }
    let precedence = precedence(mail);
    ["bulk", "list", "junk"].contains(&precedence.as_str()).then_some(())?;
    sign(AutoKind::List, "sifting.precedence", format!("Its header Precedence says `{precedence}`."))
}

/// A text from outside in one line of at most 500 characters.
fn one_line(text: &str) -> String {
    let words: Vec<&str> =
        text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty()).collect();
    words.join(" ").chars().take(500).collect()
}

#[cfg(test)]
mod tests;
