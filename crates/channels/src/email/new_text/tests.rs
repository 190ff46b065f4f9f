//! New text: tables of what counts as new, quoted and signature.

use super::split;

mod endings;
mod layouts;

fn check(text: &str, new_text: &str, signature: &str) {
    let parts = split(text);
    assert_eq!(
        (parts.new_text.as_str(), parts.signature.as_str()),
        (new_text, signature),
        "{text}\n{parts:#?}"
    );
    let words = |text: &str| {
        let mut words: Vec<String> = text.split_whitespace().map(str::to_owned).collect();
        words.sort();
        words
    };
    let all = format!("{}\n{}\n{}", parts.new_text, parts.quoted_text, parts.signature);
    assert_eq!(words(&all), words(text), "nothing may be lost");
}

#[test]
fn quotes_are_told_from_new_words() {
    for (text, new_text) in [
        ("Thanks!\n\nOn 3 May 2024 at 10:00, Ann <ann@a.example> wrote:\n> Hello", "Thanks!"),
        ("Thanks!\n\nOn Fri, 3 May 2024 at 10:00, Ann\n<ann@a.example> wrote:\n\n> Hello", "Thanks!"),
        ("Danke\n\nAm 03.05.2024 um 10:00 schrieb Ann <ann@a.example>:\n> Hallo", "Danke"),
        ("Danke\n\nAm Fr., 3. Mai 2024 um 10:00 Uhr schrieb Ann:\nHallo", "Danke"),
        ("Gracias\n\nEl vie, 3 may 2024 a las 10:00, Ann (<ann@a.example>) escribió:\n> Hola", "Gracias"),
        ("Dziękuję\n\nW dniu 3.05.2024 o 10:00, Ann napisał(a):\n> Cześć", "Dziękuję"),
        ("Dziękuję\n\npt., 3 maj 2024 o 10:00 Ann <ann@a.example> napisał(a):\n> Cześć", "Dziękuję"),
        ("Hvala\n\nV pet., 3. maj 2024 ob 10:00 je Ann <ann@a.example> napisala:\n> Živjo", "Hvala"),
        ("Ačiū\n\n2024-05-03, pn, 10:00 Ann <ann@a.example> rašė:\n> Labas", "Ačiū"),
        ("Merci\n\nLe ven. 3 mai 2024 à 10:00, Ann <ann@a.example> a écrit :\n> Bonjour", "Merci"),
        (
            "Grazie\n\nIl giorno ven 3 mag 2024 alle ore 10:00 Ann <ann@a.example> ha scritto:\n> Ciao",
            "Grazie",
        ),
        ("Bedankt\n\nOp vr 3 mei 2024 om 10:00 schreef Ann <ann@a.example>:\n> Hallo", "Bedankt"),
        ("Obrigado\n\nEm sex., 3 de mai. de 2024 às 10:00, Ann <ann@a.example> escreveu:\n> Olá", "Obrigado"),
        ("Top\n\n-----Original Message-----\nFrom: Ann\nHello", "Top"),
        (
            "Oben\n\n________________________________\nVon: Ann\nGesendet: Montag\nAn: Bob\nBetreff: X\n\nHallo",
            "Oben",
        ),
        ("Góra\n\n*Od:* Ann\n*Wysłano:* wtorek\n*Do:* Bob\n*Temat:* X\n\nCześć", "Góra"),
        ("> question one\nanswer one\n> question two\nanswer two", "answer one\nanswer two"),
        ("On 3 May 2024 10:00, Ann wrote:\n> Hello\n\nBelow the quote", "Below the quote"),
        ("On 3 May 2024 10:00, Ann wrote:\n> Hello", ""),
        ("Hi\n\nFriday, 3 May 2024, 10:00 Ann <ann@a.example>:\n\nHello", "Hi"),
        ("Thanks\nOn 3 May 2024 10:00, Ann\n<ann@a.example> wrote:\n> Hello", "Thanks"),
        ("Danke dir\n03.05.2024 Ann <ann@a.example>\n> Hallo", "Danke dir"),
        ("Oben\n\nDatum: 3.5.2024\nVon: Ann\nBetreff: X\n\nHallo", "Oben"),
    ] {
        check(text, new_text, "");
    }
}

#[test]
fn doubtful_text_stays_new() {
    for text in [
        "From: the bottom of my heart\nThank you",
        "He wrote 3 things:\nfirst, second, third",
        "---------- Forwarded message ---------\nFrom: Shop <a@b.example>\nDate: Monday\nTo: me\nSubject: Order\n\nYour order",
        "On 3 May 2024 at 10:00, Ann wrote:\nand nothing else was in the mail",
        "> everything is\n> indented",
        "Sent from my heart to yours",
    ] {
        check(text, text.trim_end(), "");
    }
}

#[test]
fn signatures_are_set_apart() {
    check("Hello\n\n-- \nAnn\nAurora", "Hello", "-- \nAnn\nAurora");
    check("Hello\n\nSent from my iPhone", "Hello", "Sent from my iPhone");
    check("Hallo\n\nVon meinem iPhone gesendet\n\n> Am 3. Mai\n> Hi", "Hallo", "Von meinem iPhone gesendet");
    check("Dzień dobry\n\nWysłane z iPhone'a", "Dzień dobry", "Wysłane z iPhone'a");
    check("Hello\n-- \nAnn\n\nOn 3 May 2024 10:00, Bob wrote:\n> x", "Hello", "-- \nAnn");
}

#[test]
fn what_people_quote_themselves_stays_new() {
    for text in [
        "I typed this:\n> npm install\n> npm run build\nand nothing happened.",
        "Der Fehler lautet:\n> Fehler 17: Papier fehlt\n> Bitte nachlegen\nWas soll ich tun?",
        "On Monday I wrote:\nplease send it again. Nobody did.",
        "On 3 May 2024 at 10:00 I wrote:\nplease send it again. Nobody did.",
        "From: the beginning nothing worked.\nTo: this day it doesn't.",
        "Am Montag um 10:00 Uhr schrieb ich:\nbitte melden.",
        "My order: 17\nMy name: Ann Long\nMy town: Riga",
    ] {
        check(text, text, "");
    }
}

#[test]
fn an_answer_on_the_line_of_the_introduction_is_kept() {
    let intro = "On Fri, 3 May 2024 at 10:00, Ann <ann@a.example> wrote:";
    check(&format!("Yes, please. {intro}\n\n> Shall we send it?"), "Yes, please.", "");
    check(&format!("No! {}\n> x", "Am 03.05.2024 um 10:00 schrieb Ann <ann@a.example>:"), "No!", "");
}

#[test]
fn closings_and_footers_are_known_in_many_languages() {
    for ending in [
        "Danke und viele Grüße\nMaria",
        "Liebe Grüße aus Köln\nMaria",
        "Merci et bien cordialement,\nHélène",
        "İyi çalışmalar,\nAyşe Yılmaz",
        "감사합니다.\n김민준",
        "よろしくお願いいたします。\n佐藤花子",
        "مع خالص التحية،\nأحمد علي",
        "Hent Outlook til iOS",
        "Skaffa Outlook för Android",
        "Verzonden vanuit Mail voor Windows",
        "發自我的 iPhone",
    ] {
        check(&format!("17 17 17\n\n{ending}"), "17 17 17", ending);
    }
}
