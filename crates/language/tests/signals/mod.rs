//! Messages with and without a signal, in six languages: every third one was kept apart while the phrases were written.

use language::understanding::{COUNTS_FROM, From, Instruction, Thread, Turn, signals};

const SETS: [(&str, &str); 6] = [
    ("en", include_str!("en.txt")),
    ("de", include_str!("de.txt")),
    ("es", include_str!("es.txt")),
    ("pl", include_str!("pl.txt")),
    ("sl", include_str!("sl.txt")),
    ("lt", include_str!("lt.txt")),
];

/// What came of a set: signals found and their kinds right, of how many; messages without one that were flagged, of how many.
#[derive(Debug, Default, PartialEq)]
struct Tally {
    found: usize,
    right_kind: usize,
    with: usize,
    flagged: usize,
    without: usize,
    misses: Vec<String>,
}

/// The kinds of what is seen in a customer's message after a reply.
fn kinds(language: &str, text: &str) -> Vec<&'static str> {
    let turn = |from, text: &str| Turn {
        language: language.parse().expect("a tag"),
        instruction: Instruction::None,
        ..Turn::new(from, text)
    };
    let turns =
        vec![turn(From::Customer, "48213"), turn(From::Representative, "OK."), turn(From::Customer, text)];
    let sure = signals(&Thread { turns, as_of: None }, &[]).into_iter();
    sure.filter(|signal| signal.confidence >= COUNTS_FROM).map(|signal| signal.kind.as_str()).collect()
}

fn tally<'a>(language: &str, lines: impl Iterator<Item = &'a str>) -> Tally {
    let mut tally = Tally::default();
    for line in lines {
        let (kind, text) = line.split_once('\t').expect("kind and text");
        let kinds = kinds(language, text);
        match kind {
            "-" => {
                tally.without += 1;
                tally.flagged += usize::from(!kinds.is_empty());
            }
            kind => {
                tally.with += 1;
                tally.found += usize::from(!kinds.is_empty());
                tally.right_kind += usize::from(kinds.contains(&kind));
            }
        }
        if kinds.is_empty() != (kind == "-") {
            tally.misses.push(format!("{line} {kinds:?}"));
        }
    }
    tally
}

/// Tuned and unseen lines of a language.
fn measured(language: &str, set: &str) -> [Tally; 2] {
    let part = |unseen: bool| set.lines().enumerate().filter(move |(at, _)| (at % 3 == 2) == unseen);
    [false, true].map(|unseen| tally(language, part(unseen).map(|(_, line)| line)))
}

#[test]
fn signals_are_found_and_others_are_left_alone() {
    for (language, set) in SETS {
        let [tuned, unseen] = measured(language, set);
        assert!(tuned.found * 100 >= tuned.with * 95 && tuned.flagged == 0, "{language}: {tuned:?}");
        assert!(unseen.found * 100 >= unseen.with * 80 && unseen.flagged <= 1, "{language}: {unseen:?}");
    }
}

/// Sentences of ordinary letters that begin as phrases of misunderstanding do.
#[test]
fn ordinary_sentences_are_no_signals() {
    let ordinary = [
        ("en", "I told my wife about the scooter."),
        ("en", "I have lost my receipt."),
        ("en", "That did help, thank you."),
        ("en", "I did find the button, thanks."),
        ("en", "I am about to order a second one."),
        ("de", "Falls bei dieser Frage etwas nicht passt, melden Sie sich."),
        ("de", "Mir ist das leider nicht gelungen."),
        ("es", "¿Podría decirme cuándo llega el paquete?"),
        ("es", "El aparato está en mi casa."),
        ("pl", "Nic więcej nie trzeba, dziękuję."),
        ("pl", "Jeszcze raz dziękuję za pomoc."),
        ("pl", "Ktoś po mnie przyjedzie o piątej."),
        ("lt", "Kurią spalvą turite sandėlyje?"),
        ("lt", "Nepavyksta įjungti aparato."),
        ("lt", "Tai paskyra, iš kurios dabar ir rašau."),
        ("sl", "Kako lahko vrnem aparat?"),
    ];
    for (language, text) in ordinary {
        assert_eq!(kinds(language, text), Vec::<&str>::new(), "{text}");
    }
}
