//! The day of return: notices as people write them, in many languages.

use super::{ReturnDay, returns};
use ReturnDay::{Back, Until};
use kernel::Instant;

/// Monday, 23 November 2026.
const WRITTEN: Instant = Instant::from_micros(1_795_392_000_000_000);

fn check(cases: &[(&str, &str)], day: ReturnDay) {
    let mut wrong = Vec::new();
    for (text, on) in cases {
        let found = returns(text, WRITTEN);
        let told = found.as_ref().and_then(|found| Some((found.on.as_deref()?, found.day)));
        let expected = (!on.is_empty()).then_some((*on, day));
        if told != expected {
            wrong.push(format!("{text}\n   {told:?}, not {expected:?}\n"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.concat());
}

#[test]
fn the_day_they_are_back_is_found() {
    check(&BACK, Back);
}

#[test]
fn the_day_until_which_they_are_away_is_found() {
    check(&AWAY, Until);
}

#[test]
fn no_day_is_made_up() {
    let cases = [
        "I am out of the office until further notice.",
        "I was back on 3 November.",
        "I am on vacation from 3 December.",
        "Ab dem 3.12. bin ich im Urlaub.",
        "Please send your order before 3 December.",
        "I am away; call +49 30 12 34 56 or room 3.12.",
        "Out until 3 August 2025.",
        "I am away until 31 February.",
        "In the office from 9.30 to 12.15 only.",
        "",
        "I am out of the office. For orders placed on 3 December please quote your number.",
        "My last day was 30 October; I no longer work here.",
        "Ich arbeite seit dem 1.10. nicht mehr bei der Firma.",
        "Je ne travaille plus ici depuis le 3 novembre.",
    ];
    check(&cases.map(|text| (text, "")), Until);
}

#[test]
fn the_substitute_is_the_first_address_of_a_sentence_about_one() {
    for (text, address) in [
        (
            "I am away until 3 December. In urgent cases please contact Bob (bob@b.example).",
            Some("bob@b.example"),
        ),
        (
            "Ich bin im Urlaub.\nBitte wenden Sie sich an meine Vertretung:\n\nBob <bob@b.example>.",
            Some("bob@b.example"),
        ),
        ("En cas d'urgence : bob@b.example, ou appelez-moi.", Some("bob@b.example")),
        ("W pilnych sprawach proszę o kontakt: bob@b.example", Some("bob@b.example")),
        ("如有紧急事务请联系bob@b.example。", Some("bob@b.example")),
        ("お急ぎの場合はbob@b.exampleまでご連絡ください。", Some("bob@b.example")),
        ("I am away until 3 December.\n\nAnn Long\nann@a.example", None),
    ] {
        let found = returns(text, WRITTEN).and_then(|found| found.substitute);
        assert_eq!(found.as_ref().map(ToString::to_string).as_deref(), address, "{text}");
    }
}

#[test]
fn the_words_are_those_of_the_sentence() {
    let found = returns("Hello!\nI am away\nuntil 3 December. Bye.", WRITTEN).unwrap();
    assert_eq!(found.words, "I am away until 3 December.");
    for text in [
        "1".repeat(100_000),
        "until ".repeat(50_000),
        "3.12.".repeat(30_000),
        "月".repeat(30_000),
        "a@".repeat(40_000),
    ] {
        let _ = returns(&text, WRITTEN);
    }
}

const BACK: [(&str, &str); 60] = [
    ("I am out of the office and will be back on 3 December.", "2026-12-03"),
    ("I'm away. I will return on Thursday, December 3rd, 2026.", "2026-12-03"),
    ("I am on leave from 30 November to 4 December and will be back on Monday 7 December.", "2026-12-07"),
    ("Thanks for your mail. Back in the office: Dec. 3", "2026-12-03"),
    ("I return to work on 12/03/2026.", "2026-12-03"),
    ("I will be available again from 03/12/2026.", "2026-12-03"),
    ("I'm out today, returning tomorrow.", "2026-11-24"),
    ("I will be back next Thursday.", "2026-11-26"),
    ("Ich bin ab dem 3.12.2026 wieder erreichbar.", "2026-12-03"),
    ("Am Donnerstag, den 3. Dezember bin ich wieder im Büro.", "2026-12-03"),
    (
        "Ich bin vom 24.11. bis 2.12. im Urlaub. Ab dem 3.12. stehe ich Ihnen wieder zur Verfügung.",
        "2026-12-03",
    ),
    ("Estaré de vuelta el 3 de diciembre de 2026.", "2026-12-03"),
    ("Me reincorporo el jueves 3 de diciembre.", "2026-12-03"),
    ("Wracam do biura 3 grudnia.", "2026-12-03"),
    ("Będę dostępna od 3 grudnia 2026 r.", "2026-12-03"),
    ("V pisarno se vrnem 3. decembra.", "2026-12-03"),
    ("Spet bom dosegljiv od 3. 12. 2026.", "2026-12-03"),
    ("Grįšiu gruodžio 3 d.", "2026-12-03"),
    ("Į darbą grįžtu 2026 m. gruodžio 3 d.", "2026-12-03"),
    ("Je serai de retour le jeudi 3 décembre.", "2026-12-03"),
    ("Je serai de retour à partir du 1er décembre.", "2026-12-01"),
    ("Rientrerò il 3 dicembre.", "2026-12-03"),
    ("Sarò di nuovo in ufficio dal 3 dicembre 2026.", "2026-12-03"),
    ("Estarei de volta no dia 3 de dezembro.", "2026-12-03"),
    ("Regresso a 3 de dezembro de 2026.", "2026-12-03"),
    ("Vanaf donderdag 3 december ben ik weer bereikbaar.", "2026-12-03"),
    ("Ik ben terug op 03-12-2026.", "2026-12-03"),
    ("Vrátím se 3. prosince.", "2026-12-03"),
    ("Zpět v kanceláři budu ve čtvrtek 3. 12. 2026.", "2026-12-03"),
    ("Вернусь 3 декабря.", "2026-12-03"),
    ("Буду снова на связи с 3 декабря 2026 г.", "2026-12-03"),
    ("我将于12月3日回来上班。", "2026-12-03"),
    ("我将于2026年12月3日返回办公室。", "2026-12-03"),
    ("12月3日より通常通り出社いたします。", "2026-12-03"),
    ("ご返信は12月3日（木）以降になります。", "2026-12-03"),
    ("Jag är tillbaka den 3 december.", "2026-12-03"),
    ("Palaan töihin 3.12.2026.", "2026-12-03"),
    ("I am away and will be back on 4 January.", "2027-01-04"),
    (
        "Hi, thanks for getting in touch. I'm taking some time off and will be back at my desk on Monday the 7th of December.",
        "2026-12-07",
    ),
    ("Our office is closed for Thanksgiving and reopens Monday, Nov 30.", "2026-11-30"),
    ("Season's greetings! The team returns on January 4th 2027.", "2027-01-04"),
    ("I'm currently travelling for work. Expect a reply once I'm back on Tuesday 1/12.", "2026-12-01"),
    (
        "Vielen Dank für Ihre Nachricht. Ich bin derzeit nicht im Haus und kehre am 14.12.2026 zurück.",
        "2026-12-14",
    ),
    ("Ihre E-Mail wird erst nach meiner Rückkehr am Montag, 07. Dez. 2026, gelesen.", "2026-12-07"),
    ("Am Mittwoch bin ich wieder für Sie da, also am 2.12.", "2026-12-02"),
    ("Gracias por su mensaje. Volveré a la oficina el miércoles 9 de diciembre.", "2026-12-09"),
    ("Dziękuję za wiadomość. Wracam do pracy w poniedziałek, 7 grudnia 2026 r.", "2026-12-07"),
    ("Na wiadomości odpowiem po powrocie, czyli 8.12.2026.", "2026-12-08"),
    ("Na vaše sporočilo bom odgovoril po vrnitvi, v ponedeljek, 7. decembra.", "2026-12-07"),
    ("Į laiškus atsakysiu grįžęs gruodžio 7 d.", "2026-12-07"),
    ("Merci pour votre message. Je reprendrai mes activités le lundi 7 décembre 2026.", "2026-12-07"),
    ("Votre message sera traité à mon retour, le 7/12.", "2026-12-07"),
    ("Tornerò operativo mercoledì 9 dicembre.", "2026-12-09"),
    ("Obrigado pela mensagem. Voltarei ao trabalho na segunda-feira, 7 de dezembro.", "2026-12-07"),
    ("Bedankt voor uw bericht. Maandag 7 december ben ik er weer.", "2026-12-07"),
    ("Ik lees uw mail wanneer ik op dinsdag 8 dec. terugkom.", "2026-12-08"),
    ("Děkuji za zprávu. Do kanceláře se vracím v pondělí 7. prosince 2026.", "2026-12-07"),
    ("Спасибо за письмо. Выйду на работу 7 декабря.", "2026-12-07"),
    ("感谢来信。我将在2026年12月7日（星期一）恢复办公。", "2026-12-07"),
    ("12月7日（月）に出社いたしますので、その後ご返信いたします。", "2026-12-07"),
];

const AWAY: [(&str, &str); 62] = [
    ("I am out of the office until 3 December.", "2026-12-03"),
    ("I am on annual leave 24 November – 3 December.", "2026-12-03"),
    ("Out of office November 24-30", "2026-11-30"),
    (
        "I will be out from Tuesday, November 24 through Thursday, December 3, with limited access to email.",
        "2026-12-03",
    ),
    ("I'll answer your mail after 3 December.", "2026-12-03"),
    ("I am away until Thursday.", "2026-11-26"),
    ("On parental leave until 15 March 2027.", "2027-03-15"),
    ("Ich bin bis einschließlich 3. Dezember 2026 nicht im Büro.", "2026-12-03"),
    ("Ich bin vom 24.11. bis zum 3.12.26 abwesend.", "2026-12-03"),
    ("Urlaub 24.11. - 3.12.", "2026-12-03"),
    ("Bis Donnerstag, den 3.12. bin ich auf Reisen.", "2026-12-03"),
    ("Estoy de vacaciones hasta el 3 de diciembre.", "2026-12-03"),
    ("Estaré ausente del 24 de noviembre al 3 de diciembre.", "2026-12-03"),
    ("Jestem na urlopie od 24 listopada do 3 grudnia.", "2026-12-03"),
    ("Do 3 grudnia jestem nieobecny.", "2026-12-03"),
    ("Do 3. decembra sem na dopustu.", "2026-12-03"),
    ("Nesu biure iki gruodžio 3 d.", "2026-12-03"),
    ("Atostogauju nuo lapkričio 24 iki gruodžio 3 d.", "2026-12-03"),
    ("Je suis en congé jusqu'au 3 décembre inclus.", "2026-12-03"),
    ("Je suis absente du 24 novembre au 3 décembre.", "2026-12-03"),
    ("Sono in ferie fino al 3 dicembre.", "2026-12-03"),
    ("Sono assente dal 24 novembre al 3 dicembre.", "2026-12-03"),
    ("Estou de férias até 3 de dezembro.", "2026-12-03"),
    ("Estarei ausente de 24 de novembro a 3 de dezembro.", "2026-12-03"),
    ("Ik ben afwezig t/m 3 december.", "2026-12-03"),
    ("Ik ben met vakantie tot en met donderdag 3 december.", "2026-12-03"),
    ("Jsem na dovolené do 3. prosince.", "2026-12-03"),
    ("Od 24.11. do 3.12. čerpám dovolenou.", "2026-12-03"),
    ("Я в отпуске до 3 декабря.", "2026-12-03"),
    ("Буду в отпуске с 24 ноября по 3 декабря.", "2026-12-03"),
    ("我休假至12月3日。", "2026-12-03"),
    ("本人11月24日至12月3日休假。", "2026-12-03"),
    ("12月3日まで不在にしております。", "2026-12-03"),
    ("11月24日から12月3日まで休暇をいただきます。", "2026-12-03"),
    ("Jag har semester till och med 3 december.", "2026-12-03"),
    ("Olen lomalla 3.12. asti.", "2026-12-03"),
    ("Please note I'm on annual leave up to and including Friday 11th December.", "2026-12-11"),
    ("I have limited access to email from 12/07 - 12/18.", "2026-12-18"),
    ("I am on maternity leave until the end of June (30 June 2027).", "2027-06-30"),
    ("Ich befinde mich bis 06.12. in Elternzeit.", "2026-12-06"),
    ("In der Zeit vom 30. November bis 11. Dezember 2026 bin ich nicht erreichbar.", "2026-12-11"),
    ("Unser Büro ist vom 23.–4. Dezember geschlossen.", "2026-12-04"),
    ("Estaré fuera de la oficina entre el 1 y el 8 de diciembre.", "2026-12-08"),
    ("Me encuentro de baja hasta el 04/12/2026.", "2026-12-04"),
    ("W dniach 30.11–4.12 przebywam na urlopie.", "2026-12-04"),
    ("Odsoten sem do vključno 6. 12. 2026.", "2026-12-06"),
    ("Iki gruodžio 6 dienos atostogauju.", "2026-12-06"),
    ("Nuo 2026-11-30 iki 2026-12-04 būsiu komandiruotėje.", "2026-12-04"),
    ("Je suis actuellement absent jusqu’au 06/12/2026 inclus.", "2026-12-06"),
    ("Sarò assente fino all'8 dicembre compreso.", "2026-12-08"),
    ("L'ufficio resterà chiuso dal 30/11 al 04/12.", "2026-12-04"),
    ("Encontro-me de férias até ao dia 4 de dezembro.", "2026-12-04"),
    ("Estarei fora de 30/11 a 04/12.", "2026-12-04"),
    ("Van 30 november tot en met 4 december ben ik vrij.", "2026-12-04"),
    ("Jsem na služební cestě do 4.12.", "2026-12-04"),
    ("V termínu 30. 11. – 6. 12. 2026 nejsem v kanceláři.", "2026-12-06"),
    ("Нахожусь в отпуске по 06.12.2026 включительно.", "2026-12-06"),
    ("С 30.11 по 04.12 я в командировке.", "2026-12-04"),
    ("您好,我正在休假,12月6日之前无法及时回复邮件。", "2026-12-06"),
    ("本人自11月30日起至12月4日出差。", "2026-12-04"),
    ("誠に勝手ながら、11/30（月）～12/4（金）まで休業いたします。", "2026-12-04"),
    ("12/6まで夏季休暇をいただいております。", "2026-12-06"),
];
