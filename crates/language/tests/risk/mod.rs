//! Messages that touch a risky topic and others, in seven languages: every second one was kept apart while the phrases were mended.

use language::risk::{Topic, touched};

const SETS: [(&str, &str); 7] = [
    ("en", include_str!("en.txt")),
    ("de", include_str!("de.txt")),
    ("es", include_str!("es.txt")),
    ("pl", include_str!("pl.txt")),
    ("sl", include_str!("sl.txt")),
    ("lt", include_str!("lt.txt")),
    ("pt", include_str!("pt.txt")),
];

/// Messages with a topic in which it was found, of how many; messages without one that were flagged, of how many; what went wrong.
#[derive(Debug, Default)]
struct Tally {
    found: usize,
    with: usize,
    flagged: usize,
    without: usize,
    wrong: Vec<String>,
}

fn name(topic: Topic) -> &'static str {
    match topic {
        Topic::Money => "money",
        Topic::Safety => "safety",
        Topic::Legal => "legal",
        Topic::Cancellation => "cancellation",
    }
}

fn tally<'a>(language: &str, lines: impl Iterator<Item = &'a str>) -> Tally {
    let mut tally = Tally::default();
    for line in lines {
        let (topic, text) = line.split_once('\t').expect("topic and text");
        let found = touched(text, &language.parse().expect("a tag"));
        let found: Vec<&str> = found.iter().map(|one| name(one.topic)).collect();
        let right = if topic == "-" { found.is_empty() } else { found.contains(&topic) };
        match topic {
            "-" => {
                tally.without += 1;
                tally.flagged += usize::from(!found.is_empty());
            }
            _ => {
                tally.with += 1;
                tally.found += usize::from(right);
            }
        }
        if !right {
            tally.wrong.push(format!("{line} {found:?}"));
        }
    }
    tally
}

#[test]
fn risky_topics_are_found_and_others_are_left_alone() {
    for (language, set) in SETS {
        let half = |unseen: bool| set.lines().enumerate().filter(move |(at, _)| (at % 2 == 1) == unseen);
        let [tuned, unseen] = [false, true].map(|unseen| tally(language, half(unseen).map(|(_, line)| line)));
        println!("{language} tuned {tuned:?}\n{language} unseen {unseen:?}");
        assert!(tuned.found == tuned.with && tuned.flagged == 0, "{language}: {tuned:?}");
        assert!(unseen.found * 100 >= unseen.with * 75 && unseen.flagged <= 1, "{language}: {unseen:?}");
    }
}
