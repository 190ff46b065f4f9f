//! Sifting: which mail a machine wrote, and what a bounce says.

use crate::incoming::{Auto, AutoKind, Bounce, Correspondent, Incoming};
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

fn attached<'a>(mail: &'a Incoming, media_type: &str) -> Option<&'a [u8]> {
    mail.attachments.iter().find(|a| a.media_type == media_type).map(|a| a.content.as_slice())
}

/// RFC 3464 (delivery), RFC 5965 (complaints) and RFC 8098 (read) reports name themselves.
fn report(mail: &Incoming) -> Sign {
    let kind = content_type(mail);
    let report_type = |wanted: &str| kind.contains("multipart/report") && kind.contains(wanted);
    if report_type("feedback-report") || attached(mail, "message/feedback-report").is_some() {
        return sign(
            AutoKind::Report,
            "sifting.feedback_report",
            "It is a feedback report about mail, as RFC 5965 describes.",
        );
    }
    if report_type("disposition-notification") {
        return sign(
            AutoKind::Receipt,
            "sifting.disposition",
            "It is a read receipt, as RFC 8098 describes.",
        );
    }
    let status = attached(mail, "message/delivery-status")
        .or_else(|| attached(mail, "message/global-delivery-status"));
    let groups = status.map(status_groups).unwrap_or_default();
    let actions: Vec<&str> = groups.iter().filter_map(|group| field(group, "action")).collect();
    if actions.iter().any(|action| action.eq_ignore_ascii_case("failed"))
        || report_type("delivery-status") && actions.is_empty()
    {
        return sign(
            AutoKind::Bounce,
            "sifting.delivery_status",
            "It is a delivery report, as RFC 3464 describes.",
        );
    }
    let told = actions.first()?;
    sign(
        AutoKind::Report,
        "sifting.delivery_report",
        format!("It is a delivery report that says `{}`.", one_line(told)),
    )
}

/// Senders and subjects of mail systems that don't write RFC 3464.
fn bounce_signs(mail: &Incoming) -> Sign {
    let from = mail.from.as_ref().map(|from| from.address.to_lowercase()).unwrap_or_default();
    let local = from.split('@').next().unwrap_or_default().to_owned();
    let machine = ["mailer-daemon", "mailerdaemon", "mail-daemon", "postmaster", "mdaemon", "double-bounce"];
    let empty_path =
        mail.header("Return-Path").is_some_and(|path| path.trim_matches(['<', '>', ' ']).is_empty());
    if mail.header("X-Failed-Recipients").is_some() {
        return sign(
            AutoKind::Bounce,
            "sifting.failed_recipients",
            "Its header X-Failed-Recipients names who couldn't be reached.",
        );
    }
    let says = says_undelivered(&mail.subject);
    if machine.iter().any(|name| local == *name || local.starts_with(&format!("{name}-")))
        && (says || empty_path || local.contains("daemon"))
    {
        return sign(
            AutoKind::Bounce,
            "sifting.mail_system",
            format!("It comes from the mail system address {}.", one_line(&from)),
        );
    }
    (says && (empty_path || machine.iter().any(|name| from.contains(name)))).then_some(())?;
    sign(
        AutoKind::Bounce,
        "sifting.undelivered_subject",
        "Its subject says that a mail couldn't be delivered, and it has no return path.",
    )
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

fn receipt(mail: &Incoming) -> Sign {
    let subject = mail.subject.to_lowercase();
    let words = ["read: ", "gelesen: ", "leído: ", "przeczytano: ", "prebrano: ", "perskaityta: ", "lu : "];
    let original = mail.header("X-MS-Exchange-Inbox-Rules-Loop").is_none()
        && content_type(mail).contains("disposition-notification");
    (original || words.iter().any(|word| subject.starts_with(word)) && mail.new_text.trim().is_empty())
        .then_some(())?;
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
    (precedence == "auto_reply").then_some(())?;
    sign(AutoKind::AutoReply, "sifting.precedence", "Its header Precedence says `auto_reply`.")
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

/// What an RFC 3464 delivery report says: the first recipient that couldn't be reached.
///
/// Bounces that mail systems write in their own words aren't read yet, except for the header X-Failed-Recipients.
pub fn bounce(mail: &Incoming) -> Option<Bounce> {
    let status = attached(mail, "message/delivery-status")
        .or_else(|| attached(mail, "message/global-delivery-status"));
    let groups = status.map(status_groups).unwrap_or_default();
    let failed = |group: &&Vec<(String, String)>| {
        field(group, "action").map_or_else(
            || field(group, "status").is_some_and(is_failure),
            |action| action.eq_ignore_ascii_case("failed"),
        )
    };
    if let Some(group) = groups.iter().find(failed) {
        return Some(bounce_of(group));
    }
    let delayed = groups.iter().any(|group| field(group, "action").is_some());
    let recipient = mail.header("X-Failed-Recipients").filter(|_| !delayed)?;
    let recipient = recipient.split(',').next().unwrap_or_default();
    Some(Bounce {
        recipient: address_in(recipient),
        status: String::new(),
        permanent: true,
        reason: one_line(&mail.subject),
    })
}

fn is_failure(status: &str) -> bool {
    status.starts_with('5') || status.starts_with('4')
}

fn bounce_of(group: &[(String, String)]) -> Bounce {
    let recipient =
        field(group, "final-recipient").or_else(|| field(group, "original-recipient")).unwrap_or_default();
    let diagnostic = field(group, "diagnostic-code").unwrap_or_default();
    let status = field(group, "status").unwrap_or_default();
    let status = status_code(status).or_else(|| status_code(diagnostic)).unwrap_or_default();
    Bounce {
        recipient: address_in(after_type(recipient)),
        permanent: !status.starts_with('4'),
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
fn status_groups(content: &[u8]) -> Vec<Vec<(String, String)>> {
    const GROUPS: usize = 200;
    let text = String::from_utf8_lossy(content.get(..content.len().min(256 * 1024)).unwrap_or_default());
    let mut groups: Vec<Vec<(String, String)>> = vec![Vec::new()];
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

/// A text from outside in one line of at most 500 characters.
fn one_line(text: &str) -> String {
    let words: Vec<&str> =
        text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty()).collect();
    words.join(" ").chars().take(500).collect()
}
