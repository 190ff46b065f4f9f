//! What facts are read from texts of each language.

use super::*;
use crate::meaning::{exact, tokens::tokens};

fn read(language: &str, text: &str) -> Vec<Fact> {
    let hidden: Vec<Range<usize>> = exact::exacts(text).into_iter().map(|exact| exact.range).collect();
    let lexicon = Lexicon::of(&language.parse().expect("a tag"));
    facts(&tokens(text, &hidden), lexicon, language)
}

#[track_caller]
fn same(texts: &[(&str, &str)]) {
    let all: Vec<Vec<Fact>> = texts.iter().map(|(language, text)| read(language, text)).collect();
    for (facts, (language, text)) in all.iter().zip(texts) {
        assert_eq!(facts.len(), all[0].len(), "{language}: {text}: {facts:?}");
        for (ours, first) in facts.iter().zip(&all[0]) {
            assert!(ours.agrees(first), "{language}: {text}: {ours:?} is not {first:?}");
            assert!(ours.shares_unit(first), "{language}: {text}: {ours:?} has another unit than {first:?}");
        }
    }
}

#[track_caller]
fn differ(first: (&str, &str), second: (&str, &str)) {
    let (ours, theirs) = (read(first.0, first.1), read(second.0, second.1));
    assert!(
        ours.len() != theirs.len()
            || ours.iter().zip(&theirs).any(|(a, b)| !a.agrees(b) || !a.shares_unit(b)),
        "{first:?} {ours:?} agrees with {second:?} {theirs:?}"
    );
}

#[test]
fn numbers_keep_their_value_in_every_notation() {
    same(&[
        ("en", "1,234.50 euros"),
        ("de", "1.234,50 €"),
        ("es", "1.234,5 euros"),
        ("pl", "1 234,50 euro"),
        ("sl", "1.234,50 evra"),
        ("lt", "1 234,50 eurų"),
    ]);
    same(&[
        ("en", "25 years"),
        ("de", "fünfundzwanzig Jahre"),
        ("es", "veinticinco años"),
        ("pl", "dwadzieścia pięć lat"),
        ("sl", "petindvajset let"),
        ("lt", "dvidešimt penkeri metai"),
    ]);
    same(&[("en", "thirty-five"), ("es", "treinta y cinco"), ("de", "35")]);
    same(&[
        ("en", "1.5 million"),
        ("de", "1,5 Millionen"),
        ("pl", "1,5 mln"),
        ("lt", "1,5 mln"),
        ("sl", "1,5 milijona"),
        ("es", "1.500.000"),
    ]);
    same(&[
        ("en", "two hundred and fifty"),
        ("de", "zweihundertfünfzig"),
        ("pl", "dwieście pięćdziesiąt"),
        ("sl", "dvesto petdeset"),
        ("lt", "du šimtai penkiasdešimt"),
        ("es", "doscientos cincuenta"),
    ]);
    same(&[
        ("en", "24-hour help"),
        ("de", "24-Stunden-Hilfe"),
        ("sl", "24-urna pomoč"),
        ("pl", "24-godzinna pomoc"),
        ("lt", "24 valandų pagalba"),
    ]);
    same(&[
        ("en", "20%"),
        ("de", "20 Prozent"),
        ("es", "20 por ciento"),
        ("pl", "20 procent"),
        ("sl", "20 odstotkov"),
        ("lt", "20 procentų"),
    ]);
    same(&[("en", "5–7 days"), ("de", "5 bis 7 Tage")]);
    same(&[("en", "19th"), ("pl", "XIX")]);
    differ(("en", "1,500"), ("de", "1,500"));
    differ(("en", "24 hours"), ("de", "42 Stunden"));
    differ(("en", "5 km"), ("de", "5 Meilen"));
    differ(("en", "-5 °C"), ("de", "5 °C"));
    differ(("en", "$20"), ("de", "20 €"));
}

#[test]
fn dates_are_the_same_day_in_every_order() {
    same(&[
        ("en", "March 12, 2026"),
        ("en", "12th of March 2026"),
        ("en", "03/12/2026"),
        ("de", "12. März 2026"),
        ("de", "12.03.2026"),
        ("es", "12 de marzo de 2026"),
        ("pl", "12 marca 2026 r."),
        ("sl", "12. marca 2026"),
        ("sl", "12. 3. 2026"),
        ("lt", "2026 m. kovo 12 d."),
        ("lt", "2026-03-12"),
    ]);
    same(&[
        ("en", "on Wednesday"),
        ("de", "am Mittwoch"),
        ("es", "el miércoles"),
        ("pl", "w środę"),
        ("sl", "v sredo"),
        ("lt", "trečiadienį"),
    ]);
    same(&[("en", "May 3"), ("de", "3.5. da")]);
    same(&[("en", "you may march"), ("de", "Sie dürfen gehen")]);
    differ(("en", "12 March"), ("de", "13. März"));
    differ(("en", "12 March"), ("lt", "gegužės 12 d."));
    differ(("de", "Dienstag"), ("pl", "środa"));
}

#[test]
fn times_are_the_same_on_every_clock() {
    same(&[
        ("en", "at 2:30 pm"),
        ("de", "um 14:30 Uhr"),
        ("de", "14.30 Uhr"),
        ("es", "a las 14:30"),
        ("pl", "o godz. 14:30"),
        ("sl", "ob 14.30"),
        ("lt", "14.30 val"),
    ]);
    same(&[
        ("en", "half past two"),
        ("de", "halb drei"),
        ("es", "a las dos y media"),
        ("pl", "wpół do trzeciej"),
        ("sl", "pol treh"),
        ("lt", "pusė trijų"),
        ("de", "14:30 Uhr"),
    ]);
    same(&[("en", "at 3 p.m."), ("de", "15 Uhr"), ("pl", "o 15")]);
    same(&[("en", "quarter to three"), ("de", "Viertel vor drei"), ("es", "las tres menos cuarto")]);
    differ(("en", "at 2:30 pm"), ("de", "um 2:30 Uhr"));
    differ(("en", "half past two"), ("de", "halb zwei"));
}
