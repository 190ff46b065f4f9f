//! Sifting: which signs make a mail automatic, and which don't.

mod bounces;

use super::{own_mail, sift};
use crate::incoming::{AutoKind, Correspondent, Incoming};

fn mail(from: &str, subject: &str, headers: &[(&str, &str)]) -> Incoming {
    Incoming {
        from: Some(Correspondent { name: String::new(), address: from.to_owned() }),
        subject: subject.to_owned(),
        new_text: "words".to_owned(),
        headers: headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect(),
        ..Incoming::default()
    }
}

fn check(mail: &Incoming, kind: Option<AutoKind>) {
    let auto = sift(mail);
    assert_eq!(auto.as_ref().map(|auto| auto.kind), kind, "{auto:?} {mail:?}");
    assert!(auto.is_none_or(|auto| !auto.because.is_empty()));
}

#[test]
fn each_sign_has_its_kind() {
    for (from, subject, headers, kind) in [
        ("a@b.example", "Hi", vec![], None),
        ("a@b.example", "Hi", vec![("auto-submitted", "no")], None),
        ("a@b.example", "Hi", vec![("Auto-Submitted", "auto-generated")], Some(AutoKind::AutoReply)),
        ("a@b.example", "Hi", vec![("Auto-Submitted", "auto-replied (vacation)")], Some(AutoKind::Vacation)),
        ("a@b.example", "Automatic reply: Hi", vec![], Some(AutoKind::Vacation)),
        (
            "a@b.example",
            "Automatische Antwort: Hallo",
            vec![("X-Auto-Response-Suppress", "All")],
            Some(AutoKind::Vacation),
        ),
        ("a@b.example", "Your out of office reply confused me", vec![], None),
        ("a@b.example", "Hi", vec![("Precedence", "bulk")], Some(AutoKind::List)),
        ("a@b.example", "Hi", vec![("List-Id", "<x.b.example>")], Some(AutoKind::List)),
        (
            "a@b.example",
            "Hi",
            vec![("Precedence", "auto_reply"), ("List-Id", "x")],
            Some(AutoKind::AutoReply),
        ),
        ("MAILER-DAEMON@b.example", "Hi", vec![], Some(AutoKind::Bounce)),
        ("postmaster@b.example", "Please answer", vec![], None),
        ("postmaster@b.example", "Undeliverable: Hi", vec![], Some(AutoKind::Bounce)),
        ("a@b.example", "Mail delivery failed", vec![("Return-Path", "<>")], Some(AutoKind::Bounce)),
        ("a@b.example", "Mail delivery failed again, help!", vec![("Return-Path", "<a@b.example>")], None),
        ("a@b.example", "Hi", vec![("Return-Path", "<>")], Some(AutoKind::AutoReply)),
        (
            "a@b.example",
            "Hi",
            vec![("Content-Type", "multipart/report; report-type=disposition-notification")],
            Some(AutoKind::Receipt),
        ),
        ("a@b.example", "Read: instructions", vec![], None),
    ] {
        check(&mail(from, subject, &headers), kind);
    }
    check(
        &Incoming { new_text: String::new(), ..mail("a@b.example", "Read: Hi", &[]) },
        Some(AutoKind::Receipt),
    );
}

#[test]
fn our_own_mail_is_known_by_its_sender() {
    let ours = ["help@aurora.example".parse().unwrap()];
    for (from, own) in [
        ("help@aurora.example", true),
        ("Help+k7qm3xtp.4f0x9w2c1m@Aurora.example", true),
        ("ann@a.example", false),
        ("help@aurora.example.evil.example", false),
        ("", false),
    ] {
        assert_eq!(own_mail(&mail(from, "Hi", &[]), &ours).is_some(), own, "{from}");
    }
}

#[test]
fn absence_is_told_in_many_languages() {
    let machine = ("Auto-Submitted", "auto-replied");
    for (subject, text, headers, kind) in [
        ("Abwesenheitsnotiz: Ihre Anfrage", "", vec![], Some(AutoKind::Vacation)),
        ("Réponse automatique : Devis", "", vec![], Some(AutoKind::Vacation)),
        ("Автоответ: Заказ", "", vec![], Some(AutoKind::Vacation)),
        ("自動返信: 注文", "", vec![], Some(AutoKind::Vacation)),
        ("Out of Office", "", vec![], Some(AutoKind::Vacation)),
        ("Out of office hours, whom do I call?", "", vec![], None),
        ("Abwesenheit meiner Kollegin am Montag", "Bitte ändern Sie den Termin.", vec![], None),
        ("Re: Out of Office: Hi", "Thanks, then I ask somebody else.", vec![], None),
        ("Re: Hi", "I am on vacation until Monday.", vec![], None),
        ("Re: Hi", "I am on vacation until Monday.", vec![machine], Some(AutoKind::Vacation)),
        ("Re: Hi", "Nesu biure iki pirmadienio.", vec![("X-Autoreply", "yes")], Some(AutoKind::Vacation)),
        ("Re: Hi", "Your order is on its way.", vec![machine], Some(AutoKind::AutoReply)),
        ("Re: Hi", "Hello", vec![("X-Autoreply", "no")], None),
        ("Re: Hi", "Hello", vec![("X-Auto-Response-Suppress", "DR, RN")], None),
        ("Re: Hi", "Hello", vec![("X-Auto-Response-Suppress", "DR, OOF")], Some(AutoKind::AutoReply)),
        (
            "Ihre Anfrage ist eingegangen [#77]",
            "Diese Mail wurde automatisch erstellt.",
            vec![],
            Some(AutoKind::AutoReply),
        ),
        ("Ihre Anfrage ist eingegangen?", "Das fragt mein Chef.", vec![], None),
        ("Re: We have received your request", "This is an automated message, it says. Is it?", vec![], None),
    ] {
        let text = text.to_owned();
        check(&Incoming { new_text: text.clone(), text, ..mail("a@b.example", subject, &headers) }, kind);
    }
}
