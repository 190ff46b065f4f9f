//! Sifting: which mail a machine wrote, and what a bounce says.

mod delivery;

pub use delivery::bounce;

use crate::incoming::{Auto, AutoKind, Correspondent, Incoming};
use kernel::{Because, EmailAddress};

/// What a mail shows of being automatic, from its headers and body alone; `None` when a person seems to have written it.
pub fn sift(mail: &Incoming) -> Option<Auto> {
    let found: Vec<(AutoKind, Because)> =
        [report(mail), bounce_signs(mail), receipt(mail), vacation(mail), auto_reply(mail), list(mail)]
            .into_iter()
            .flatten()
            .collect();
    auto(found)
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
    if kind.contains("disposition-notification") {
        let sentence = "It is a read receipt, as RFC 8098 describes.";
        return sign(AutoKind::Receipt, "sifting.disposition", sentence);
    }
    let said = delivery::actions(mail);
    if said.iter().any(|action| action == "failed" || action == "delayed")
        || (report_type("delivery-status") && said.is_empty())
    {
        let sentence = "It is a delivery report, as RFC 3464 describes.";
        return sign(AutoKind::Bounce, "sifting.delivery_status", sentence);
    }
    let sentence = format!("It is a delivery report that says `{}`.", one_line(said.first()?));
    sign(AutoKind::Report, "sifting.delivery_report", sentence)
}

/// Senders and subjects of mail systems that don't write RFC 3464.
fn bounce_signs(mail: &Incoming) -> Sign {
    if mail.header("X-Failed-Recipients").is_some() {
        let sentence = "Its header X-Failed-Recipients names who couldn't be reached.";
        return sign(AutoKind::Bounce, "sifting.failed_recipients", sentence);
    }
    let says = says_undelivered(&mail.subject);
    let empty_path = has_empty_return_path(mail);
    if let Some(system) = mail_system(mail)
        && (says || empty_path || system.contains("daemon"))
    {
        let sentence = format!("It comes from the mail system {}.", one_line(&system));
        return sign(AutoKind::Bounce, "sifting.mail_system", sentence);
    }
    let start: String = mail.text.chars().take(1_000).collect();
    (empty_path && (says || says_undelivered(&start))).then_some(())?;
    let sentence = "It says that a mail couldn't be delivered, and it has no return path.";
    sign(AutoKind::Bounce, "sifting.says_undelivered", sentence)
}

/// The sender, if it is the software that carries mail: by its address, or by its name where it has none.
fn mail_system(mail: &Incoming) -> Option<String> {
    const NAMES: [&str; 6] =
        ["mailer-daemon", "mailerdaemon", "mail-daemon", "postmaster", "mdaemon", "double-bounce"];
    let from = mail.from.as_ref()?;
    let shown = if from.address.is_empty() { &from.name } else { &from.address }.to_lowercase();
    let local = shown.split('@').next().unwrap_or_default();
    let is_system = NAMES
        .iter()
        .any(|name| local == *name || local.strip_prefix(name).is_some_and(|rest| rest.starts_with('-')));
    is_system.then_some(shown)
}

/// RFC 5321: mail about mail has no return path, so that nobody answers it.
fn has_empty_return_path(mail: &Incoming) -> bool {
    mail.header("Return-Path").is_some_and(|path| path.trim_matches(['<', '>', ' ']).is_empty())
}

fn says_undelivered(subject: &str) -> bool {
    let subject = subject.to_lowercase();
    const WORDS: [&str; 22] = [
        "undeliver",
        "undelivered",
        "non-delivery",
        "delivery status notification",
        "delivery failure",
        "delivery failed",
        "failure notice",
        "returned mail",
        "mail delivery",
        "mail failure",
        "delivery notification",
        "could not be delivered",
        "returned to sender",
        "unzustellbar",
        "nicht zugestellt",
        "unzustellbarkeit",
        "no se puede entregar",
        "niedostarczon",
        "nie dostarczono",
        "nedostavljen",
        "nepristatyt",
        "non remis",
    ];
    WORDS.iter().any(|word| subject.contains(word))
}

/// Receipts of programs that don't write RFC 8098: a telling subject, and not a word of one's own.
fn receipt(mail: &Incoming) -> Sign {
    const STARTS: [&str; 7] =
        ["read: ", "gelesen: ", "leído: ", "przeczytano: ", "prebrano: ", "perskaityta: ", "lu : "];
    let subject = mail.subject.to_lowercase();
    let says = STARTS.iter().any(|start| subject.starts_with(start)) && mail.new_text.trim().is_empty();
    says.then_some(())?;
    sign(AutoKind::Receipt, "sifting.receipt", "It only confirms that a mail was read.")
}

fn vacation(mail: &Incoming) -> Sign {
    let auto = auto_submitted(mail);
    let subject = mail.subject.to_lowercase();
    const WORDS: [&str; 19] = [
        "out of office",
        "out of the office",
        "automatic reply",
        "autoreply",
        "auto reply",
        "auto-reply",
        "on vacation",
        "abwesen",
        "automatische antwort",
        "fuera de la oficina",
        "respuesta automática",
        "automatyczna odpowiedź",
        "autoodpowiedź",
        "poza biurem",
        "samodejni odgovor",
        "automatinis atsakymas",
        "réponse automatique",
        "absence du bureau",
        "risposta automatica",
    ];
    let word = WORDS.into_iter().find(|word| subject.contains(word));
    let outlook =
        mail.header("X-MS-Exchange-Generated-Message-Source").is_some_and(|source| source.contains("OOF"));
    let noted =
        ["X-Autoreply", "X-Autorespond", "X-Auto-Reply-From", "X-Mail-Autoreply", "X-Vacation"].into_iter();
    let noted = noted.clone().find(|name| mail.header(name).is_some());
    if auto.as_deref().is_some_and(|value| value.starts_with("auto-replied") && value.contains("vacation"))
        || outlook
        || noted == Some("X-Vacation")
    {
        return sign(AutoKind::Vacation, "sifting.vacation", "Its headers say that it is an absence notice.");
    }
    let word = word?;
    let replies = auto.is_some() || noted.is_some() || mail.header("X-Auto-Response-Suppress").is_some();
    let starts = subject.starts_with(word) || normal_start(&subject).starts_with(word);
    (replies || starts).then_some(())?;
    sign(AutoKind::Vacation, "sifting.vacation_subject", format!("Its subject says “{word}”."))
}

fn normal_start(subject: &str) -> &str {
    subject.strip_prefix("re:").or_else(|| subject.strip_prefix("aw:")).unwrap_or(subject).trim_start()
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
    for name in ["X-Autoreply", "X-Autorespond", "X-Auto-Reply-From", "X-Mail-Autoreply", "X-Autogenerated"] {
        if mail.header(name).is_some() {
            return sign(
                AutoKind::AutoReply,
                "sifting.autoreply_header",
                format!("It has the header {name}."),
            );
        }
    }
    let precedence = mail.header("Precedence").unwrap_or_default().trim().to_ascii_lowercase();
    if precedence == "auto_reply" {
        return sign(AutoKind::AutoReply, "sifting.precedence", "Its header Precedence says `auto_reply`.");
    }
    has_empty_return_path(mail).then_some(())?;
    sign(AutoKind::AutoReply, "sifting.no_return_path", "It has no return path, as only automatic mail does.")
}

fn list(mail: &Incoming) -> Sign {
    for name in ["List-Id", "List-Unsubscribe", "List-Post"] {
        if mail.header(name).is_some() {
            return sign(
                AutoKind::List,
                "sifting.list_header",
                format!("It has the header {name}, as mailing lists and mass mailings do."),
            );
        }
    }
    let precedence = mail.header("Precedence").unwrap_or_default().trim().to_ascii_lowercase();
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
