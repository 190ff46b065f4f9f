//! What a report that is no bounce says became of a letter of ours: it arrived, was passed on, was read, or was complained about.

use super::delivery::{actions, attached};
use super::original::fields;
use crate::incoming::{AutoKind, Incoming};

/// What became of a letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reported {
    /// The recipient's server has it.
    Delivered,
    /// It was passed on to where no more is told.
    Relayed,
    /// The recipient's mail program showed it.
    Read,
    /// The recipient deleted it unread.
    DeletedUnread,
    /// The recipient called it spam.
    Complaint,
}

/// What a report says; `None` for a mail that is none, or says something else.
pub fn reported(mail: &Incoming) -> Option<Reported> {
    match mail.auto.as_ref()?.kind {
        AutoKind::Receipt => Some(receipt(mail)),
        AutoKind::Report if complains(mail) => Some(Reported::Complaint),
        AutoKind::Report => arrived(&actions(mail)),
        _ => None,
    }
}

fn complains(mail: &Incoming) -> bool {
    mail.attachments.iter().any(|attachment| attachment.media_type == "message/feedback-report")
}

fn arrived(actions: &[String]) -> Option<Reported> {
    let has = |wanted: &[&str]| actions.iter().any(|action| wanted.contains(&action.as_str()));
    if has(&["delivered"]) {
        Some(Reported::Delivered)
    } else {
        has(&["relayed", "expanded"]).then_some(Reported::Relayed)
    }
}

/// RFC 8098: `Disposition: manual-action/MDN-sent-manually; displayed`.
fn receipt(mail: &Incoming) -> Reported {
    let told = attached(mail, "message/disposition-notification");
    let told = told.map(|told| String::from_utf8_lossy(&told.content).into_owned()).unwrap_or_default();
    let disposition = fields(&told).into_iter().find(|(name, _)| name == "disposition");
    match disposition.map(|(_, value)| value.to_ascii_lowercase()) {
        Some(value) if value.contains("deleted") => Reported::DeletedUnread,
        _ => Reported::Read,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::incoming::{Attachment, Auto};

    fn mail(kind: AutoKind, media_type: &str, content: &str) -> Incoming {
        let report = Attachment {
            media_type: media_type.to_owned(),
            content: content.as_bytes().to_vec(),
            ..Attachment::default()
        };
        let auto = Some(Auto { kind, because: Vec::new() });
        Incoming { auto, attachments: vec![report], ..Incoming::default() }
    }

    #[test]
    fn reports_are_told_apart() {
        let check = |kind, media_type: &str, content: &str, expected| {
            assert_eq!(reported(&mail(kind, media_type, content)), expected, "{content}");
        };
        let (status, receipt) = ("message/delivery-status", "message/disposition-notification");
        let of = |action: &str| {
            format!(
                "Reporting-MTA: dns; a.example\n\nFinal-Recipient: rfc822; a@b.example\nAction: {action}\n"
            )
        };
        check(AutoKind::Report, status, &of("delivered"), Some(Reported::Delivered));
        check(AutoKind::Report, status, &of("relayed (to a fax)"), Some(Reported::Relayed));
        check(AutoKind::Report, status, &of("expanded"), Some(Reported::Relayed));
        check(AutoKind::Report, status, &of("delayed"), None);
        check(AutoKind::Bounce, status, &of("delivered"), None);
        check(
            AutoKind::Report,
            "message/feedback-report",
            "Feedback-Type: abuse\n",
            Some(Reported::Complaint),
        );
        let shown = "Disposition: manual-action/MDN-sent-manually; displayed\n";
        check(AutoKind::Receipt, receipt, shown, Some(Reported::Read));
        let deleted =
            "Final-Recipient: rfc822;a@b.example\nDisposition: manual-action/MDN-sent-manually; deleted\n";
        check(AutoKind::Receipt, receipt, deleted, Some(Reported::DeletedUnread));
        check(AutoKind::Vacation, receipt, shown, None);
    }

    #[test]
    fn what_a_report_names_leads_to_the_letter() {
        let check = |media_type: &str, content: &str, expected: &[&str]| {
            let mail = mail(AutoKind::Report, media_type, content);
            assert_eq!(super::super::bounced_message_ids(&mail), expected, "{content}");
        };
        let status =
            "Reporting-MTA: dns; a.example\nOriginal-Envelope-Id: 12@aurora.example\n\nAction: delivered\n";
        check("message/delivery-status", status, &["12@aurora.example"]);
        let receipt =
            "Original-Message-ID: <13@aurora.example>\nDisposition: automatic-action/x; displayed\n";
        check("message/disposition-notification", receipt, &["13@aurora.example"]);
        check("text/plain", status, &[]);
    }
}
