//! Confirmations of other desks and shops that lack the headers of automatic mail.

use super::original::start;
use super::{Sign, sign};
use crate::incoming::{AutoKind, Incoming};

/// A subject that confirms, above words that say a machine wrote them. Either alone may be a person's.
pub(super) fn confirmation(mail: &Incoming) -> Sign {
    let subject = mail.subject.trim().to_lowercase();
    let answers = ["re:", "aw:", "fwd:", "fw:", "wg:", "sv:", "odp:", "tr:", "rv:"];
    if answers.iter().any(|prefix| subject.starts_with(prefix)) {
        return None;
    }
    SUBJECTS.iter().find(|word| subject.contains(*word))?;
    let own = if mail.new_text.is_empty() { &mail.text } else { &mail.new_text };
    let text = start(own, 4_000).to_lowercase();
    let words = MACHINES.iter().find(|word| text.contains(*word))?;
    let sentence = format!("Its subject confirms something, and its words say “{words}”.");
    sign(AutoKind::AutoReply, "sifting.confirmation", sentence)
}

const SUBJECTS: [&str; 44] = [
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
];

const MACHINES: [&str; 36] = [
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
];
