//! `dragoman bench language --identification`: how fast the language of a mail is told, on one core.

use super::language::{core_seconds, resident_mib};
use crate::say::{self, Failure};
use language::{Identifier, Prior};
use serde::Serialize;
use std::{hint::black_box, process::ExitCode};

/// So many mails, each another one.
const MAILS: usize = 3_000;

/// Sentences as customers write them, five in each of six languages, that are put together in other ways for each mail.
const SENTENCES: [[&str; 5]; 6] = [
    [
        "I ordered two lamps on Monday and only one of them has arrived so far.",
        "The display stays dark although I have charged the battery overnight.",
        "Could you tell me whether the repair is still covered by the warranty?",
        "My colleague wrote to you last week about the same invoice.",
        "Please answer before Friday, because we are going on holiday then.",
    ],
    [
        "Am Montag habe ich zwei Lampen bestellt, und bisher ist nur eine angekommen.",
        "Die Anzeige bleibt dunkel, obwohl ich den Akku über Nacht geladen habe.",
        "Können Sie mir sagen, ob die Reparatur noch unter die Garantie fällt?",
        "Mein Kollege hat Ihnen letzte Woche wegen derselben Rechnung geschrieben.",
        "Bitte antworten Sie vor Freitag, denn danach sind wir im Urlaub.",
    ],
    [
        "El lunes pedí dos lámparas y hasta ahora solo ha llegado una de ellas.",
        "La pantalla sigue apagada aunque cargué la batería durante toda la noche.",
        "¿Me pueden decir si la reparación todavía está cubierta por la garantía?",
        "Mi compañero les escribió la semana pasada por la misma factura.",
        "Contesten por favor antes del viernes, porque después nos vamos de vacaciones.",
    ],
    [
        "W poniedziałek zamówiłam dwie lampy i jak dotąd przyszła tylko jedna.",
        "Ekran pozostaje ciemny, chociaż ładowałam baterię przez całą noc.",
        "Czy mogą mi Państwo powiedzieć, czy naprawa jest jeszcze objęta gwarancją?",
        "Mój kolega pisał do Państwa w zeszłym tygodniu w sprawie tej samej faktury.",
        "Proszę odpowiedzieć przed piątkiem, bo potem wyjeżdżamy na urlop.",
    ],
    [
        "V ponedeljek sem naročila dve svetilki, do zdaj pa je prišla samo ena.",
        "Zaslon ostaja temen, čeprav sem baterijo polnila vso noč.",
        "Mi lahko poveste, ali popravilo še krije garancija?",
        "Moj sodelavec vam je prejšnji teden pisal zaradi istega računa.",
        "Prosim, odgovorite pred petkom, ker gremo potem na dopust.",
    ],
    [
        "Pirmadienį užsakiau dvi lempas, o kol kas atkeliavo tik viena.",
        "Ekranas lieka tamsus, nors bateriją kroviau visą naktį.",
        "Gal galite pasakyti, ar remontui dar galioja garantija?",
        "Mano kolega praėjusią savaitę jums rašė dėl tos pačios sąskaitos.",
        "Prašau atsakyti iki penktadienio, nes paskui išvykstame atostogų.",
    ],
];

#[derive(Serialize)]
struct Figures {
    messages: usize,
    characters_of_message: usize,
    messages_per_core_second: f64,
    first_message_ms: f64,
    memory_mib: f64,
}

/// Measures and prints. Everybody's processor time counts, not the clock's, for others may use the machine too.
pub(super) fn run(json: bool) -> Result<ExitCode, Failure> {
    let mails: Vec<String> = (0..MAILS).map(mail).collect();
    let (memory, begun) = (resident_mib(), core_seconds());
    let identifier = Identifier::default();
    let tell = |mail: &String| drop(black_box(identifier.identify(mail, &Prior::none())));
    mails.iter().take(1).for_each(tell);
    let first = core_seconds() - begun;
    mails.iter().skip(1).for_each(tell);
    let all = (core_seconds() - begun).max(0.01);
    let figures = Figures {
        messages: MAILS,
        characters_of_message: mails.iter().map(|mail| mail.chars().count()).sum::<usize>() / MAILS,
        messages_per_core_second: MAILS as f64 / all,
        first_message_ms: first * 1000.0,
        memory_mib: resident_mib() - memory,
    };
    if json {
        say::json(&figures)?;
    } else {
        say::line(format!(
            "{} messages of {} characters: {:.0} a second of one core, the first after {:.0} ms; {:.0} MiB, nearly all of it pages of the program's file",
            figures.messages,
            figures.characters_of_message,
            figures.messages_per_core_second,
            figures.first_message_ms,
            figures.memory_mib
        ));
    }
    Ok(ExitCode::SUCCESS)
}

/// A mail of seven sentences in one language; every tenth has its last sentence in another.
fn mail(number: usize) -> String {
    let of = |language: usize, at: usize| SENTENCES[language % 6][at % 5];
    let sentence = |place: usize| of(number, number / 6 + place * (1 + number / 30 % 4));
    let last = if number.is_multiple_of(10) { number + 1 } else { number };
    let (greeting, order) = (sentence(0), 48_213 + number);
    let middle: Vec<&str> = (1..5).map(sentence).collect();
    format!("{greeting}\n\n{} (#{order})\n{}\n\n{}\n", middle.join(" "), sentence(6), of(last, number / 7))
}
