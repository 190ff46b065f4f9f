//! Absence notices: the headers of programs that write them, and what they say in many languages.

mod notice;

use super::original::start;
use super::phrases::Phrases;
use super::{Sign, auto_submitted, sign};
use crate::incoming::{AutoKind, Incoming};
use std::sync::LazyLock;

/// A notice that somebody is away, by its headers, else by its subject, else by its words beside a machine's header.
pub(super) fn vacation(mail: &Incoming) -> Sign {
    if in_headers(mail) {
        return sign(AutoKind::Vacation, "sifting.vacation", "Its headers say that it is an absence notice.");
    }
    if let Some(word) = announced(&mail.subject)
        .filter(|word| says_more(&mail.subject, word) || notice::speaks_of_absence(mail))
    {
        return sign(AutoKind::Vacation, "sifting.vacation_subject", format!("Its subject says “{word}”."));
    }
    if !answers_by_machine(mail) {
        return notice::notice(mail);
    }
    let subject = mail.subject.to_lowercase();
    // Too common a word to mean anything without a machine's header: in German it is a car.
    let marked = subject.starts_with("auto:").then_some(&"auto:");
    if let Some(word) = SUBJECTS.iter().find(|word| subject.contains(*word)).or(marked) {
        return sign(AutoKind::Vacation, "sifting.vacation_subject", format!("Its subject says “{word}”."));
    }
    let word = away(&mail.text)?;
    let sentence = format!("A machine answered, and its words say “{word}”.");
    sign(AutoKind::Vacation, "sifting.vacation_words", sentence)
}

/// Headers that only absence notices have.
pub(super) fn in_headers(mail: &Incoming) -> bool {
    auto_submitted(mail).is_some_and(|value| value.starts_with("auto-replied") && value.contains("vacation"))
        || mail.header("X-MS-Exchange-Generated-Message-Source").is_some_and(|source| source.contains("OOF"))
        || mail.header("X-Vacation").is_some()
        || mail
            .header("X-Apple-Action")
            .is_some_and(|action| action.to_ascii_lowercase().contains("vacation"))
        || mail.header("X-Mailer").is_some_and(|name| name.to_ascii_lowercase().contains("vacation"))
}

/// Headers of any automatic answer.
fn answers_by_machine(mail: &Incoming) -> bool {
    let suppresses = mail.header("X-Auto-Response-Suppress").is_some();
    let precedence = super::precedence(mail);
    suppresses
        || auto_submitted(mail).is_some_and(|value| value.starts_with("auto-replied"))
        || super::ANSWERS.iter().any(|name| mail.header(name).is_some_and(super::is_yes))
        || precedence == "auto_reply"
        || (super::returned::has_empty_return_path(mail) && precedence != "list")
}

/// The words with which a subject announces an absence notice. A person's answer to one (“Re: …”) doesn't begin
/// with them, and in a person's sentence they aren't set off.
pub(super) fn announced(subject: &str) -> Option<&'static str> {
    let subject = subject.trim().trim_start_matches(['[', '(', '"', '“', '*']).to_lowercase();
    SUBJECTS.into_iter().find(|word| {
        let rest = subject.strip_prefix(word).map(str::trim_start);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(SET_OFF) || rest.starts_with("re:"))
    })
}

/// The subject goes on after the word, as with “Automatic reply: Your order”. The word alone may be what a person writes about.
fn says_more(subject: &str, word: &str) -> bool {
    subject.chars().filter(|c| c.is_alphanumeric()).count()
        > word.chars().filter(|c| c.is_alphanumeric()).count()
}

const SET_OFF: [char; 14] = [':', '：', '-', '–', '—', '(', ')', ']', '[', '!', '.', '"', '”', '*'];

/// What the first lines say of being away.
fn away(text: &str) -> Option<&'static str> {
    let text = start(text, 2_000).to_lowercase().replace(['’', '‘'], "'");
    AWAY.first(&text)
}

const SUBJECTS: [&str; 74] = [
    "out of office autoreply",
    "out of office auto-reply",
    "out of office reply",
    "out of office notification",
    "out of the office",
    "out of office",
    "out-of-office",
    "automatic reply",
    "automatic response",
    "automated reply",
    "automated response",
    "auto response",
    "auto-response",
    "autoresponse",
    "auto reply",
    "auto-reply",
    "autoreply",
    "vacation reply",
    "vacation notice",
    "vacation message",
    "on vacation",
    "away from my mail",
    "abwesenheitsnotiz",
    "abwesenheitsnachricht",
    "abwesenheitsmeldung",
    "abwesenheitsassistent",
    "abwesenheit",
    "abwesend",
    "automatische antwort",
    "automatische rückmeldung",
    "urlaubsnotiz",
    "urlaubsbenachrichtigung",
    "fuera de la oficina",
    "fuera de oficina",
    "ausente de la oficina",
    "respuesta automática",
    "respuesta automatica",
    "automatyczna odpowiedź",
    "odpowiedź automatyczna",
    "autoodpowiedź",
    "nieobecność",
    "poza biurem",
    "samodejni odgovor",
    "samodejno sporočilo",
    "odsotnost",
    "automatinis atsakymas",
    "automatinis atsakiklis",
    "nesu biure",
    "réponse automatique",
    "absence du bureau",
    "message d'absence",
    "risposta automatica",
    "fuori ufficio",
    "resposta automática",
    "ausência temporária",
    "fora do escritório",
    "automatisch antwoord",
    "afwezigheidsbericht",
    "automatická odpověď",
    "mimo kancelář",
    "автоматический ответ",
    "автоответ",
    "autosvar",
    "automatiskt svar",
    "automatisk svar",
    "frånvaromeddelande",
    "automaattinen vastaus",
    "poissaoloilmoitus",
    "automatikus válasz",
    "răspuns automat",
    "自動応答",
    "自動返信",
    "自动回复",
    "自動回覆",
];

static AWAY: LazyLock<Phrases> = LazyLock::new(|| {
    Phrases::of(&[
        "away until",
        "back in the office",
        "will be back",
        "i will return",
        "upon my return",
        "when i return",
        "until i return",
        "am unavailable",
        "unavailable until",
        "on leave",
        "maternity",
        "bin wieder",
        "meiner rückkehr",
        "nicht erreichbar",
        "mutterschutz",
        "de retour",
        "mi regreso",
        "mijn terugkeer",
        "out of the office",
        "out of office",
        "away from the office",
        "away from my desk",
        "on vacation",
        "on annual leave",
        "on holiday",
        "on parental leave",
        "on maternity leave",
        "limited access to email",
        "limited access to my email",
        "no access to email",
        "currently away",
        "i am away",
        "i'm away",
        "nicht im büro",
        "nicht im hause",
        "außer haus",
        "im urlaub",
        "abwesend",
        "elternzeit",
        "fuera de la oficina",
        "fuera de mi oficina",
        "de vacaciones",
        "estoy ausente",
        "poza biurem",
        "na urlopie",
        "jestem nieobecn",
        "nisem v pisarni",
        "na dopustu",
        "odsoten",
        "odsotna",
        "nesu biure",
        "nebūsiu biure",
        "atostogauju",
        "atostogose",
        "absent du bureau",
        "absente du bureau",
        "suis absent",
        "en congé",
        "en vacances",
        "fuori ufficio",
        "sono in ferie",
        "sono assente",
        "fora do escritório",
        "de férias",
        "estou ausente",
        "niet aanwezig",
        "niet op kantoor",
        "met vakantie",
        "op vakantie",
        "mimo kancelář",
        "na dovolené",
        "нет в офисе",
        "в отпуске",
        "på semester",
        "på ferie",
        "ikke på kontoret",
        "lomalla",
        "szabadságon",
        "în concediu",
        "不在",
    ])
});
