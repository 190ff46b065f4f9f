//! Wishes that are heard, and sentences that are none.

use super::*;
use crate::words::fold;

#[track_caller]
fn check(language: &str, text: &str, expected: Option<Option<&str>>) {
    let wish = place_wish(text, &language.parse().unwrap());
    assert_eq!(
        wish.as_ref().map(|wish| wish.country),
        expected,
        "{text}: {:?}",
        wish.map(|w| &text[w.range])
    );
}

#[test]
fn a_wish_is_heard_in_six_languages() {
    let own = Some(None);
    check("en", "I would like to speak to somebody in my country, please.", own);
    check("en", "Could you transfer me to an agent who is based in the UK?", Some(Some("GB")));
    check("en", "I'd prefer someone from Ireland.", Some(Some("IE")));
    check("en", "Can somebody in Germany call me back?", Some(Some("DE")));
    check("en", "I don't want to talk to a call centre overseas again.", own);
    check("en", "Please let a British colleague answer. I want a domestic agent.", own);
    check("de", "Ich möchte mit jemandem in Deutschland sprechen.", Some(Some("DE")));
    check("de", "Können Sie mich bitte mit einem Kollegen aus Österreich verbinden?", Some(Some("AT")));
    check("de", "Bitte geben Sie das an jemanden aus meinem Land weiter.", own);
    check("de", "Ich will kein Callcenter im Ausland.", own);
    check("de", "Mir wäre lieber, ein Mitarbeiter aus der Schweiz ruft mich an.", Some(Some("CH")));
    check("es", "Quiero hablar con alguien de España, por favor.", Some(Some("ES")));
    check("es", "¿Puede atenderme una persona de mi país?", own);
    check("es", "Prefiero que me llame alguien en México.", Some(Some("MX")));
    check("es", "No quiero hablar con un centro de llamadas en el extranjero.", own);
    check("pl", "Chciałbym porozmawiać z kimś w Polsce.", Some(Some("PL")));
    check("pl", "Proszę o kontakt z osobą z mojego kraju.", own);
    check("pl", "Wolałabym, żeby odpowiedział mi ktoś z Polski.", Some(Some("PL")));
    check("pl", "Nie chcę rozmawiać z konsultantem za granicą.", own);
    check("sl", "Rad bi govoril z nekom v Sloveniji.", Some(Some("SI")));
    check("sl", "Prosim, povežite me s sodelavcem iz moje države.", own);
    check("sl", "Raje bi videla, da mi odgovori nekdo iz Slovenije.", Some(Some("SI")));
    check("lt", "Norėčiau kalbėti su kuo nors iš Lietuvos.", Some(Some("LT")));
    check("lt", "Prašau, kad man atsakytų žmogus iš mano šalies.", own);
    check("lt", "Ar galėtų man padėti kas nors Lietuvoje?", Some(Some("LT")));
    // English is heard whatever else is written; an unknown language is listened to in all six.
    check("pl", "I want to speak to somebody in Poland.", Some(Some("PL")));
    check("und", "Ich möchte mit jemandem in Deutschland sprechen.", Some(Some("DE")));
}

#[test]
fn what_is_no_wish_is_left_alone() {
    for (language, text) in [
        ("en", "I bought it from somebody in Germany and it never worked."),
        ("en", "The person from the UK office told me to write here."),
        ("en", "Can I use the device in my country?"),
        ("en", "It doesn't have to be somebody in the UK, anybody will do."),
        ("en", "I want to return it. My sister lives in Ireland."),
        ("en", "Do you ship to people in the US?"),
        ("de", "Ich habe das Gerät von jemandem aus Deutschland gekauft."),
        ("de", "Kann ich das Gerät im Ausland nutzen? Es geht nicht im Ausland."),
        ("de", "Es muss nicht jemand aus Deutschland sein."),
        ("de", "Versenden Sie auch in mein Land?"),
        ("es", "Compré el aparato a una persona de España."),
        ("es", "¿Hacen envíos en mi país?"),
        ("es", "No hace falta que sea alguien de España."),
        ("pl", "Kupiłem to od osoby z Polski i nie działa."),
        ("pl", "Czy wysyłacie do mojego kraju?"),
        ("pl", "Nie musi to być ktoś z Polski."),
        ("sl", "Napravo sem kupil od nekoga iz Slovenije."),
        ("sl", "Ali pošiljate v mojo državo?"),
        ("lt", "Pirkau iš žmogaus Lietuvoje, bet neveikia."),
        ("lt", "Ar siunčiate į mano šalį?"),
        ("lt", "Nebūtinai kas nors iš Lietuvos."),
    ] {
        check(language, text, None);
    }
}

#[test]
fn every_word_is_folded() {
    for said in said() {
        let lists = said.words.iter().map(|(_, words)| *words).chain(said.here.iter().map(|(_, here)| *here));
        let templates = [said.wishes, said.refusals, said.declines].concat();
        for word in lists.chain(templates).flat_map(|phrase| phrase.split([' ', '|'])) {
            let letters = word.trim_end_matches(['*', '?']);
            let is_list = letters.starts_with('{');
            assert!(word == ".." || is_list || fold(letters) == letters, "{}: {word}", said.language);
        }
    }
}
