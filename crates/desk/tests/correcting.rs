//! A representative corrects the language of a message: what followed from the wrong one is done again, and what comes next is expected
//! in the right one.

use crate::code;
use cases::{Message, translations::Translated};
use desk::{correcting::correct, inbox};
use kernel::{CaseId, LanguageTag};
use language::translation::{Direction, Engines, Replay};
use std::{path::PathBuf, sync::Arc};
use testkit::{World, on_both_engines};

const AURORA: &str = "help@aurora.example";
/// So, yes or thanks: Polish, Slovenian, Danish and Norwegian alike.
const SHORT: &str = "Tak";

fn tag(text: &str) -> LanguageTag {
    text.parse().unwrap()
}

async fn newest(world: &World, case: CaseId) -> Message {
    world.messages(case).await.pop().unwrap()
}

async fn says(world: &World, who: &str, case: CaseId, message: &Message, language: &str) -> &'static str {
    code(correct(&world.desk, &world.reach(who).await, case, message.id, language).await)
}

async fn customers_language(world: &World, case: CaseId) -> LanguageTag {
    let customer = world.case(case).await.customer;
    world.read(move |tx| people::tables::customer(tx, customer)).await.unwrap().language
}

#[test]
fn message_case_and_customer_are_in_the_corrected_language() {
    on_both_engines(|world| async move {
        let mail = world.mail("Maja <maja@posta.example>", AURORA, "Lampe", SHORT);
        let case = world.receive(&mail).await;
        let message = newest(&world, case).await;
        assert_eq!(message.language, LanguageTag::unknown());
        assert_eq!(says(&world, "wanda", case, &message, "sl").await, "case.not_found");
        assert_eq!(says(&world, "tiago", case, &message, "und").await, "message.not_a_language");
        assert_eq!(says(&world, "tiago", case, &message, "sl").await, "ok");
        assert_eq!(says(&world, "tiago", case, &message, "sl").await, "case.already_so");
        let after = newest(&world, case).await;
        assert_eq!(after.language, tag("sl"));
        assert_eq!(after.spans.iter().map(|span| span.language.as_str()).collect::<Vec<_>>(), ["sl"]);
        assert_eq!(world.case(case).await.language, tag("sl"));
        assert_eq!(customers_language(&world, case).await, tag("sl"));
    });
}

#[test]
fn a_correction_is_kept_until_it_is_taken_back() {
    on_both_engines(|world| async move {
        let mail = world.mail("Maja <maja@posta.example>", AURORA, "Luč", "Svetilka danes ne dela več.");
        let case = world.receive(&mail).await;
        let message = newest(&world, case).await;
        assert_eq!(message.language, tag("sl"));
        assert_eq!(says(&world, "tiago", case, &message, "hr").await, "ok");
        assert_eq!(says(&world, "tiago", case, &message, "bs").await, "ok");
        let kept = world.read(cases::tables::corrections).await;
        let kept: Vec<_> = kept
            .iter()
            .map(|one| (one.correction.said.as_str(), one.correction.corrected.as_str(), one.text.as_str()))
            .collect();
        assert_eq!(kept, [("sl", "bs", "Svetilka danes ne dela več.")]);
        assert_eq!(says(&world, "tiago", case, &message, "sl").await, "ok");
        assert_eq!(world.read(cases::tables::corrections).await, []);
    });
}

#[test]
fn an_older_message_says_nothing_about_the_case() {
    on_both_engines(|world| async move {
        let first = world.mail("Maja <maja@posta.example>", AURORA, "Lamp", SHORT);
        let case = world.receive(&first).await;
        let older = newest(&world, case).await;
        let text = "I have written to you in English now, please answer me soon.";
        let second = world.mail("Maja <maja@posta.example>", AURORA, "Lamp", text).answering(first.id());
        assert_eq!(world.receive(&second).await, case);
        assert_eq!(says(&world, "tiago", case, &older, "sl").await, "ok");
        assert_eq!(world.case(case).await.language, tag("en"));
        assert_eq!(customers_language(&world, case).await, tag("en"));
    });
}

#[test]
fn it_is_found_by_the_words_of_its_language_and_translated_again() {
    on_both_engines(|mut world| async move {
        let from = |language: &str| {
            let direction = Direction { from: tag(language), to: tag("en") };
            (
                direction,
                Replay::new(
                    &tag(language),
                    [(SHORT, if language == "sl" { "Thank you!" } else { "Thanks!" })],
                ),
            )
        };
        let (sl, pl) = (from("sl"), from("pl"));
        let engines = Engines::none().with(sl.0, sl.1).with(pl.0, pl.1);
        world.desk = world.desk.clone().translating_with(Arc::new(engines));
        let mail = world.mail("Maja <maja@posta.example>", AURORA, "Lampe", SHORT);
        let case = world.receive(&mail).await;
        let message = newest(&world, case).await;
        let said = async |world: &World| -> Vec<Translated> {
            world.run_jobs().await;
            world.read(move |tx| cases::tables::translations(tx, case)).await
        };
        assert_eq!(said(&world).await, []);
        for (language, expected) in [("pl", "Thanks!"), ("sl", "Thank you!")] {
            assert_eq!(says(&world, "tiago", case, &message, language).await, "ok");
            let said = said(&world).await;
            assert_eq!(said.iter().map(|one| one.text.as_str()).collect::<Vec<_>>(), [expected]);
            let reach = world.reach("tiago").await;
            let rows = inbox::search(&world.desk, &reach, "tak", None).await.unwrap();
            assert_eq!(rows.len(), 1, "{language}");
        }
    });
}

#[test]
fn what_a_customer_writes_next_is_expected_in_the_corrected_language() {
    on_both_engines(|world| async move {
        let mail = world.mail("Maja <maja@posta.example>", AURORA, "Lampe", SHORT);
        let case = world.receive(&mail).await;
        let message = newest(&world, case).await;
        assert_eq!(says(&world, "tiago", case, &message, "nb").await, "ok");
        let again = world.mail("Maja <maja@posta.example>", AURORA, "Lampe", SHORT).answering(mail.id());
        assert_eq!(world.receive(&again).await, case);
        assert_eq!(newest(&world, case).await.language, tag("nb"));
    });
}

#[test]
fn a_thread_tells_the_language_of_a_stranger_who_answers_in_it() {
    on_both_engines(|world| async move {
        let text = "Dobry den, nase lampa uz nekolik dni nefunguje, prosím o radu.";
        let case = world.receive(&world.mail("Jan <jan@posta.example>", AURORA, "Lampa", text)).await;
        let reply = world.reply("tiago", case, "Zkuste prosím vypnout a zapnout lampu.").await.unwrap();
        world.later(desk::UNDO_FOR);
        world.run_jobs().await;
        let sent = format!("{reply}@aurora.example");
        let stranger =
            world.mail("Eva <eva@posta.example>", AURORA, "Re: Lampa", "Ano, ano.").answering(&sent);
        let filed = world.receive(&stranger).await;
        assert_eq!(filed, case);
        assert_eq!(newest(&world, case).await.language, tag("cs"));
    });
}

/// A clear sentence in each of the languages of the short messages.
const OPENINGS: [(&str, &str); 6] = [
    ("en", "Hello, my coffee machine has been broken since yesterday and I need your advice."),
    ("de", "Guten Tag, meine Kaffeemaschine ist seit gestern kaputt und ich brauche Ihren Rat."),
    ("es", "Buenos días, mi cafetera está estropeada desde ayer y necesito su consejo."),
    ("pl", "Dzień dobry, mój ekspres do kawy nie działa od wczoraj i potrzebuję Państwa rady."),
    ("sl", "Dober dan, moj kavni aparat od včeraj ne deluje in potrebujem vaš nasvet."),
    ("lt", "Laba diena, mano kavos aparatas nuo vakar neveikia ir man reikia jūsų patarimo."),
];

#[tokio::test(flavor = "multi_thread")]
async fn every_short_message_is_known_in_its_thread() {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..");
    let folder = std::env::var("DRAGOMAN_TEST_DATA").unwrap_or_else(|_| "../shared/data".to_owned());
    let file = root.join(folder).join("language/short_messages.tsv");
    let Ok(rows) = std::fs::read_to_string(file) else { return };
    let world = World::on_sqlite().await;
    let mut wrong = Vec::new();
    for (number, (language, text)) in rows.lines().filter_map(|row| row.split_once('\t')).enumerate() {
        let from = format!("Ana <ana{number}@posta.example>");
        let opening = OPENINGS.iter().find(|(tag, _)| *tag == language).unwrap().1;
        let first = world.mail(&from, AURORA, "?", &format!("{opening} {number}"));
        let case = world.receive(&first).await;
        let short = world.mail(&from, AURORA, "?", text).answering(first.id());
        assert_eq!(world.receive(&short).await, case);
        let found = newest(&world, case).await.language;
        if found != tag(language) {
            wrong.push((text.to_owned(), found));
        }
    }
    assert_eq!(wrong, []);
}
