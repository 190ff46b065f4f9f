//! Confirmations of other desks and shops that lack the headers of automatic mail.

use super::original::start;
use super::phrases::Phrases;
use super::{Sign, sign};
use crate::incoming::{AutoKind, Incoming};
use std::sync::LazyLock;

/// What confirmations are made of: a subject that confirms, words that say a machine wrote them, words that confirm, a line above which
/// to answer, a sender that reads nothing. Each alone may be a person's; who asks something is one.
pub(super) fn confirmation(mail: &Incoming) -> Sign {
    let subject = mail.subject.trim().to_lowercase();
    let own = if mail.new_text.is_empty() { &mail.text } else { &mail.new_text };
    let (own, all) = (start(own, 4_000).to_lowercase(), start(&mail.text, 4_000).to_lowercase());
    let answers = ANSWERS.iter().any(|prefix| subject.starts_with(prefix));
    let machine = MACHINES.first(&own);
    let confirms = CONFIRMS.first(&own);
    let above = ABOVE.first(start(&all, 300));
    let titled = SUBJECTS.first(&subject).filter(|_| !answers);
    let asks = own.contains(['?', '？']);
    let words = match (titled, machine, confirms) {
        (Some(_), Some(words), _) | (None, Some(words), Some(_)) if !answers => words,
        (Some(_), None, Some(words)) if !asks => words,
        (None, Some(words), None) if !answers && reads_nothing(mail) => words,
        // “Re: Your order” from another desk says of itself that a machine wrote it.
        (_, Some(_), Some(words)) if !asks => ITSELF.first(&own).map(|_| words)?,
        (_, _, Some(words)) if above.is_some() || (numbered(&subject) && !asks && !answers) => words,
        _ => return None,
    };
    let sentence = format!("It confirms something as machines do: its words say “{words}”.");
    sign(AutoKind::AutoReply, "sifting.confirmation", sentence)
}

/// `noreply@…`, unless a form passes on what somebody else wrote.
fn reads_nothing(mail: &Incoming) -> bool {
    let local = mail.from.as_ref().map(|from| from.address.to_ascii_lowercase()).unwrap_or_default();
    let local = local.split('@').next().unwrap_or_default().replace(['-', '_', '.'], "");
    mail.reply_to.is_empty()
        && ["noreply", "donotreply", "nereply", "nichtantworten"].iter().any(|word| local.contains(word))
}

/// The subject has a number of another desk: `[4471]`, `#4471`, `INC0012345`.
fn numbered(subject: &str) -> bool {
    subject.split(|c: char| c.is_whitespace() || "[](){}【】:".contains(c)).any(|word| {
        let digits = word.chars().filter(char::is_ascii_digit).count();
        digits >= 3 && word.chars().count() <= 24 && (word.starts_with('#') || digits >= 4)
    })
}

const ANSWERS: [&str; 14] = [
    "re:",
    "aw:",
    "fwd:",
    "fw:",
    "wg:",
    "sv:",
    "odp:",
    "tr:",
    "rv:",
    "r:",
    "res:",
    "回复:",
    "ответ:",
    "enc:",
];

/// The line that other desks put at the top.
static ABOVE: LazyLock<Phrases> = LazyLock::new(|| {
    Phrases::of(&[
        "type your reply above this line",
        "reply above this line",
        "write above this line",
        "bitte antworten sie oberhalb",
        "antworten sie über dieser",
        "répondez au-dessus",
        "responda por encima",
    ])
});

/// A machine speaks of itself.
static ITSELF: LazyLock<Phrases> = LazyLock::new(|| {
    Phrases::of(&[
        "this is an automat",
        "this is an auto-",
        "this email was automatically",
        "this message was automatically",
        "this e-mail was automatically",
        "dies ist eine automat",
        "diese e-mail wurde automatisch",
        "diese nachricht wurde automatisch",
        "este es un mensaje",
        "este mensaje ha sido generado",
        "ceci est un message automatique",
        "cet e-mail a été généré",
        "questo è un messaggio automatico",
        "esta é uma mensagem automática",
        "dit is een automatisch",
        "toto je automat",
        "tato zpráva byla vygenerována",
        "to jest automat",
        "wiadomość wygenerowana automatycznie",
        "to je samodejno",
        "tai automat",
        "это автоматическое",
        "данное письмо сформировано автоматически",
        "这是一封自动",
        "本邮件由系统自动",
        "このメールは自動",
    ])
});

/// Words that confirm.
static CONFIRMS: LazyLock<Phrases> = LazyLock::new(|| {
    Phrases::of(&[
        "request has been received",
        "request was received",
        "have received your",
        "we've received your",
        "we received your",
        "we got your",
        "we have got your",
        ") has been received",
        "message has been received",
        "email has been received",
        "ticket has been created",
        "ticket has been opened",
        "case has been created",
        "case has been opened",
        "request has been created",
        "request has been registered",
        "request has been logged",
        "ticket was created",
        "has been created. a member",
        "your incident",
        "your case number is",
        "your ticket number is",
        "your reference number is",
        "acknowledge that we have received",
        "acknowledge receipt",
        "will be reviewing your request",
        "is being reviewed by our",
        "ist bei uns eingegangen",
        "haben ihre anfrage erhalten",
        "haben ihre nachricht erhalten",
        "wurde unter der",
        "ticketnummer",
        "vorgangsnummer",
        "wurde erfasst",
        "wurde registriert",
        "hemos recibido su",
        "hemos recibido tu",
        "ha sido registrada",
        "ha sido creado",
        "ha sido recibida",
        "avons bien reçu votre",
        "a bien été enregistrée",
        "a bien été reçue",
        "porte le numéro",
        "abbiamo ricevuto la",
        "è stata registrata",
        "è stata ricevuta",
        "recebemos a sua",
        "recebemos sua",
        "foi registrada",
        "foi registada",
        "uw bericht ontvangen",
        "uw aanvraag ontvangen",
        "geregistreerd onder",
        "zostało zarejestrowane",
        "zostało przyjęte",
        "otrzymaliśmy państwa",
        "otrzymaliśmy twoje",
        "byl zaevidován",
        "byl zaregistrován",
        "přijali jsme váš",
        "prejeli smo vaš",
        "je bilo prejeto",
        "je bil zabeležen",
        "gavome jūsų",
        "užregistruot",
        "присвоен номер",
        "зарегистрирован",
        "получили ваше",
        "工单号为",
        "已收到您的",
        "お問い合わせ番号",
        "受け付けました",
    ])
});

static SUBJECTS: LazyLock<Phrases> = LazyLock::new(|| {
    Phrases::of(&[
        "potwierdzenie przyjęcia",
        "potwierdzenie otrzymania",
        "potwierdzenie zgłoszenia",
        "potvrzení přijetí",
        "conferma ricezione",
        "conferma di ricezione",
        "richiesta registrata",
        "acuse de recibo",
        "solicitud registrada",
        "confirmação de recebimento",
        "zahtevek prejet",
        "potrditev prejema",
        "patvirtin",
        "зарегистрировано",
        "получено ваше",
        "已收到",
        "受け付けました",
        "自動送信",
        "request received",
        "request has been received",
        "received your request",
        "received your message",
        "received your email",
        "received your e-mail",
        "received your enquiry",
        "received your inquiry",
        "received your ticket",
        "ticket received",
        "ticket created",
        "ticket opened",
        "ticket has been",
        "case created",
        "new ticket",
        "new support ticket",
        "support request",
        "thank you for contacting",
        "thanks for contacting",
        "thank you for your message",
        "thank you for your request",
        "confirmation of receipt",
        "acknowledg",
        "eingangsbestätigung",
        "empfangsbestätigung",
        "anfrage ist eingegangen",
        "anfrage erhalten",
        "nachricht erhalten",
        "vielen dank für ihre",
        "hemos recibido su",
        "hemos recibido tu",
        "solicitud recibida",
        "accusé de réception",
        "demande a bien été",
        "demande a été reçue",
        "abbiamo ricevuto",
        "richiesta ricevuta",
        "recebemos",
        "ontvangstbevestiging",
        "ontvangen",
        "zgłoszenie zostało",
        "otrzymaliśmy",
        "prejeli smo",
        "gavome jūsų",
    ])
});

static MACHINES: LazyLock<Phrases> = LazyLock::new(|| {
    Phrases::of(&[
        "wygenerowano automatycznie",
        "wiadomość automatyczna",
        "prosimy na nią nie odpowiadać",
        "nie odpowiadać na",
        "vygenerována automaticky",
        "automaticky vygenerov",
        "neodpovídejte",
        "ne odgovarjajte",
        "neatsakykite",
        "автоматическое сообщение",
        "сформировано автоматически",
        "отвечать на него не нужно",
        "не отвечайте на",
        "自动发送",
        "系统自动",
        "请勿直接回复",
        "请勿回复",
        "自動送信",
        "自動配信",
        "não responda",
        "automatically generated",
        "automatically created",
        "automated message",
        "automated response",
        "automated reply",
        "automated email",
        "automated e-mail",
        "automatic response",
        "automatic reply",
        "automatic message",
        "automatic confirmation",
        "automatic notification",
        "sent automatically",
        "do not reply",
        "don't reply",
        "please do not respond",
        "automatisch generiert",
        "automatisch erstellt",
        "automatisch erzeugt",
        "automatische nachricht",
        "automatische antwort",
        "automatisch versendet",
        "automatisch verstuurd",
        "automatisch bericht",
        "nicht auf diese",
        "mensaje automático",
        "generado automáticamente",
        "no responda",
        "message automatique",
        "généré automatiquement",
        "ne pas répondre",
        "messaggio automatico",
        "mensagem automática",
        "wygenerowana automatycznie",
        "samodejno",
        "automatiškai",
    ])
});
