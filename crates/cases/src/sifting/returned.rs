//! Mail that comes back without a report of RFC 3464: its senders, subjects and words.

use super::original::start;
use super::phrases::Phrases;
use super::{Sign, auto_submitted, content_type, one_line, sign};
use crate::incoming::{AutoKind, Incoming};
use kernel::Because;
use std::sync::LazyLock;

/// Senders and subjects of mail systems that don't write RFC 3464.
pub(super) fn bounce_signs(mail: &Incoming) -> Sign {
    if mail.header("X-Failed-Recipients").is_some() {
        let sentence = "Its header X-Failed-Recipients names who couldn't be reached.";
        return sign(AutoKind::Bounce, "sifting.failed_recipients", sentence);
    }
    let says = says_undelivered(&mail.subject);
    let empty_path = has_empty_return_path(mail);
    if let Some(system) = mail_system(mail)
        && (says || empty_path || system.contains("daemon") || says_undelivered(start(&mail.text, 600)))
        && !is_absence(mail)
    {
        let sentence = format!("It comes from the mail system {}.", one_line(&system));
        return sign(AutoKind::Bounce, "sifting.mail_system", sentence);
    }
    (empty_path && !is_absence(mail) && (says || says_undelivered(start(&mail.text, 1_500)))).then_some(())?;
    let sentence = "It says that a mail couldn't be delivered, and it has no return path.";
    sign(AutoKind::Bounce, "sifting.says_undelivered", sentence)
}

/// An absence notice may quote a delivery failure in its subject.
fn is_absence(mail: &Incoming) -> bool {
    super::absence::in_headers(mail) || super::absence::announced(&mail.subject).is_some()
}

/// A machine sent it, whatever it holds: a person who passes a bounce on isn't a mail system.
pub(super) fn by_machine(mail: &Incoming) -> bool {
    let replies = ["re:", "aw:", "fwd:", "fw:", "wg:", "sv:", "vs:", "odp:", "tr:", "rv:", "enc:", "i:"];
    let subject = mail.subject.trim().to_lowercase();
    content_type(mail).contains("multipart/report")
        || mail_system(mail).is_some()
        || has_empty_return_path(mail)
        || auto_submitted(mail).is_some()
        || mail.header("X-Failed-Recipients").is_some()
        || (says_undelivered(&subject) && !replies.iter().any(|prefix| subject.starts_with(prefix)))
}

/// The sender, if it is the software that carries mail: by its address, or by its name.
fn mail_system(mail: &Incoming) -> Option<String> {
    const NAMES: [&str; 12] = [
        "microsoftexchange",
        "mailer-daemon",
        "mailerdaemon",
        "mailer_daemon",
        "mail-daemon",
        "maildaemon",
        "postmaster",
        "mdaemon",
        "double-bounce",
        "post_master",
        "mail-system",
        "mailsystem",
    ];
    // Names that no person bears; the address beside them may be anything.
    const SHOWN: [&str; 5] = [
        "mailer-daemon",
        "mailer daemon",
        "mail delivery subsystem",
        "mail delivery system",
        "mail deliver system",
    ];
    let from = mail.from.as_ref()?;
    let name = from.name.to_lowercase();
    let shown = if from.address.is_empty() { name.clone() } else { from.address.to_lowercase() };
    let local = shown.split('@').next().unwrap_or_default();
    let is_system = NAMES.iter().any(|name| {
        local == *name
            || local
                .strip_prefix(name)
                .is_some_and(|rest| rest.starts_with(['-', '+']) || is_exchange(name, rest))
    });
    let is_shown = SHOWN.iter().any(|known| name.trim_matches('"').starts_with(known));
    (is_system || is_shown).then_some(if is_system { shown } else { name })
}

/// Exchange signs with its name and a number of its own.
fn is_exchange(name: &str, rest: &str) -> bool {
    name == "microsoftexchange" && rest.len() >= 8 && rest.bytes().all(|b| b.is_ascii_hexdigit())
}

/// RFC 5321: mail about mail has no return path, so that nobody answers it.
pub(super) fn has_empty_return_path(mail: &Incoming) -> bool {
    mail.header("Return-Path").is_some_and(|path| path.trim_matches(['<', '>', ' ']).is_empty())
}

fn says_undelivered(subject: &str) -> bool {
    let subject = subject.to_lowercase().replace(['’', '‘'], "'");
    UNDELIVERED.are_in(&subject)
}

static UNDELIVERED: LazyLock<Phrases> = LazyLock::new(|| {
    Phrases::of(&[
        "message status - undeliver",
        "message you sent blocked",
        "not been delivered",
        "[bounce]",
        "could not send message",
        "konnte nicht zugestellt",
        "konnte nicht ausgeliefert",
        "nicht ausgeliefert",
        "zustellung nicht möglich",
        "zustellungsfehler",
        "nie dostarcz",
        "niedostarczaln",
        "zwrot wiadomości",
        "dostarczenie do",
        "não é possível entregar",
        "não foi entregue",
        "falha na entrega",
        "mensagem não entregue",
        "notificação de falha",
        "error de entrega",
        "fallo en la entrega",
        "correo devuelto",
        "no entregable",
        "notification d'échec",
        "n'a pas pu être",
        "échec de remise",
        "message non délivré",
        "non consegnat",
        "onbestelbare",
        "niet afgeleverd",
        "kon niet worden bezorgd",
        "bezorging",
        "doručení",
        "nebylo možné doručit",
        "ni mogoče dostaviti",
        "nedostavljiv",
        "ni bilo dostavljen",
        "neįteikt",
        "nepristatyta",
        "nebuvo pristatyt",
        "не удалось доставить",
        "не было доставлено",
        "невозможно доставить",
        "недоставк",
        "olevererbar",
        "kunde inte levereras",
        "gick inte att leverera",
        "kan ikke leveres",
        "kunne ikke leveres",
        "ikke levert",
        "ei voitu toimittaa",
        "toimittaminen epäonnistui",
        "kézbesíthetetlen",
        "nem kézbesíthető",
        "nelivrat",
        "nu a putut fi livrat",
        "недоставлено",
        "не вдалося доставити",
        "isporučen",
        "teslim edilemedi",
        "退信",
        "未送达",
        "投递失败",
        "无法投递",
        "退回",
        "配信できません",
        "送信エラー",
        "配送不能",
        "配信に失敗",
        "届けられません",
        "undeliver",
        "non-delivery",
        "nondeliver",
        "not deliver",
        "delivery status notification",
        "delivery failure",
        "delivery failed",
        "delivery has failed",
        "delivery error",
        "delivery problem",
        "delivery delayed",
        "delivery report",
        "delivery notification",
        "failure delivery",
        "failed delivery",
        "failure notice",
        "returned mail",
        "returned to sender",
        "returning to sender",
        "returning message to sender",
        "mail delivery",
        "mail failure",
        "mail failed",
        "mail system error",
        "mail could not be",
        "message could not be",
        "message you sent",
        "could not be delivered",
        "couldn't be delivered",
        "cannot be delivered",
        "can't be delivered",
        "was not delivered",
        "wasn't delivered",
        "unable to deliver",
        "not able to deliver",
        "cannot send message",
        "warning: message delayed",
        "bounced mail",
        "unzustellbar",
        "nicht zugestellt",
        "nicht zustellbar",
        "konnte nicht übermittelt",
        "zustellung fehlgeschlagen",
        "no se puede entregar",
        "no se pudo entregar",
        "no se ha podido entregar",
        "no entregado",
        "niedostarczon",
        "nie dostarczono",
        "nie można dostarczyć",
        "nedostavljen",
        "ni bilo mogoče dostaviti",
        "nepristatyt",
        "nepavyko pristatyti",
        "non remis",
        "non distribu",
        "échec de la remise",
        "impossible de remettre",
        "mancato recapito",
        "mancata consegna",
        "non recapitabile",
        "impossibile recapitare",
        "não entregue",
        "não foi possível entregar",
        "onbestelbaar",
        "niet bezorgd",
        "nedoručiteln",
        "nedoručen",
        "не доставлено",
        "недоставлен",
        "не может быть доставлено",
        "配信不能",
        "送信できませんでした",
        "无法送达",
    ])
});

/// A complaint that a provider passes on in a form of its own: Hotmail's programme for junk mail.
pub(super) fn complaint(mail: &Incoming) -> Sign {
    const STARTS: [&str; 2] = ["complaint about message from ", "email feedback report for ip "];
    let subject = mail.subject.to_lowercase();
    let holds_mail = mail.attachments.iter().any(|attachment| attachment.media_type == "message/rfc822");
    let says = STARTS.iter().any(|start| subject.starts_with(start));
    (says && holds_mail && mail.text.trim().is_empty()).then_some(())?;
    Some((
        AutoKind::Report,
        Because::new("sifting.complaint", "It only passes on a mail that its reader reported as junk."),
    ))
}
