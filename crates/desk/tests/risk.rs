//! A translated reply about what a client leaves to no machine alone: it waits for a reader, or is an approved text.

use crate::code;
use cases::topics::{CheckState, Topic};
use desk::{
    case_page::case_page,
    levels,
    replies::{self, Then, Words},
    risk::{self, Reading},
    wording::{self, IsChecked, Own},
};
use kernel::{CaseId, LanguageTag, MessageId, Stop};
use language::translation::{Direction, Engines, Replay};
use people::Spoken;
use std::sync::Arc;
use testkit::{World, on_both_engines};

const AURORA: &str = "help@aurora.example";
const OWN: &str = "You get the money within two weeks.";
const SAID: &str = "Pieniądze otrzyma Pani w ciągu dwóch tygodni.";
const BETTER: &str = "Zwrot pieniędzy otrzyma Pani w ciągu dwóch tygodni.";
const USUAL: &str = "Please press the button.";
const USUAL_SAID: &str = "Proszę nacisnąć przycisk.";

fn tag(text: &str) -> LanguageTag {
    text.parse().unwrap()
}

/// A desk that translates into Polish, at a client to whom money is risky; Carla reads Polish.
async fn set_up(world: &mut World) {
    let (pl, en) = (tag("pl"), tag("en"));
    let engines = Engines::none()
        .with(Direction { from: pl.clone(), to: en.clone() }, Replay::new(&pl, [(SAID, OWN)]))
        .with(
            Direction { from: en.clone(), to: pl.clone() },
            Replay::new(&en, [(OWN, SAID), (USUAL, USUAL_SAID)]),
        );
    world.desk = world.desk.clone().translating_with(Arc::new(engines));
    let owner = world.reach("olga").await;
    let named = Spoken::named(pl, "2026-05-03".to_owned());
    let carla = world.person("carla");
    levels::enter(&world.desk, &world.reach("carla").await, carla, named).await.unwrap();
    risk::choose(&world.desk, &owner, world.client("aurora"), vec![Topic::Money]).await.unwrap();
}

async fn asked(world: &World, text: &str) -> CaseId {
    world.receive(&world.mail("Zofia <zofia@poczta.example>", AURORA, "Ekspres", text)).await
}

async fn send(world: &World, case: CaseId, own: &str, text: &str) -> Result<MessageId, Stop> {
    let reach = world.reach("tiago").await;
    wording::translate(&world.desk, &reach, case, own).await.unwrap();
    let own = Own { text: own.to_owned(), checked: IsChecked::Yes };
    let words = Words { text: text.to_owned(), own, ..Words::default() };
    replies::send(&world.desk, &reach, case, words, Then::Wait).await
}

const ABOUT_MONEY: &str = "Dzień dobry, nadal czekam na zwrot pieniędzy za ekspres. Kiedy go otrzymam?";
const ABOUT_BUTTONS: &str = "Dzień dobry, ekspres nie chce się włączyć. Który przycisk mam nacisnąć?";

#[test]
fn a_risky_reply_leaves_once_somebody_who_reads_the_language_has_read_exactly_that() {
    on_both_engines(|mut world| async move {
        set_up(&mut world).await;
        let case = asked(&world, ABOUT_MONEY).await;
        let (author, reader) = (world.reach("tiago").await, world.reach("carla").await);
        let page = case_page(&world.desk, &author, case, None).await.unwrap();
        assert_eq!(page.risk.topics[0].topic, Topic::Money);
        assert_eq!(page.risk.topics[0].words, "zwrot pieniędzy");
        assert_eq!(code(send(&world, case, OWN, SAID).await), "translation.needs_reader");

        risk::ask_reader(&world.desk, &author, case, OWN, SAID).await.unwrap();
        let carla = case_page(&world.desk, &reader, case, None).await.unwrap().writing.reader;
        assert_eq!(risk::awaited(&world.desk, &reader, &carla).await.unwrap()[0].case, case);
        let tiago = world.person("tiago");
        let read = |reach, reading| risk::read(&world.desk, reach, case, tiago, reading);
        let by_himself = read(&author, Reading::Same(SAID.to_owned())).await;
        assert_eq!(code(by_himself), "translation.cannot_judge");
        read(&reader, Reading::Returned("“Zwrot” is missing.".to_owned())).await.unwrap();
        assert_eq!(code(read(&reader, Reading::Same(SAID.to_owned())).await), "case.already_so");
        assert_eq!(code(send(&world, case, OWN, SAID).await), "translation.needs_reader");

        risk::ask_reader(&world.desk, &author, case, OWN, SAID).await.unwrap();
        read(&reader, Reading::Same(BETTER.to_owned())).await.unwrap();
        let page = case_page(&world.desk, &author, case, None).await.unwrap();
        assert_eq!(page.writing.translation.unwrap().text, BETTER, "its author sees what was corrected");
        assert_eq!(page.risk.checks[0].state, CheckState::Same);
        assert_eq!(code(send(&world, case, OWN, SAID).await), "translation.needs_reader", "another text");
        send(&world, case, OWN, BETTER).await.unwrap();
        assert_eq!(risk::awaited(&world.desk, &reader, &carla).await.unwrap(), []);
    });
}

#[test]
fn an_approved_text_and_a_harmless_one_leave_without_a_reader() {
    on_both_engines(|mut world| async move {
        set_up(&mut world).await;
        let harmless = asked(&world, ABOUT_BUTTONS).await;
        send(&world, harmless, USUAL, USUAL_SAID).await.unwrap();
        assert_eq!(
            code(send(&world, harmless, OWN, SAID).await),
            "translation.needs_reader",
            "the reply itself is about money"
        );
        let owner = world.reach("olga").await;
        let (aurora, desk) = (world.client("aurora"), &world.desk);
        risk::approve(desk, &owner, aurora, tag("pl"), "Refund", SAID).await.unwrap();
        send(&world, harmless, OWN, SAID).await.unwrap();
        risk::approve(desk, &owner, aurora, tag("pl"), "Refund", "").await.unwrap();
        assert_eq!(code(send(&world, harmless, OWN, SAID).await), "translation.needs_reader", "taken back");
        let lead = world.reach("ines").await;
        let by_lead = risk::approve(desk, &lead, aurora, tag("pl"), "Refund", SAID).await;
        assert_eq!(code(by_lead), "person.not_found");
    });
}

#[test]
fn a_topic_is_added_by_hand_and_taken_back() {
    on_both_engines(|mut world| async move {
        set_up(&mut world).await;
        let case = asked(&world, ABOUT_BUTTONS).await;
        let reach = world.reach("tiago").await;
        risk::add_topic(&world.desk, &reach, case, Topic::Money).await.unwrap();
        assert_eq!(code(risk::add_topic(&world.desk, &reach, case, Topic::Money).await), "case.already_so");
        assert_eq!(code(send(&world, case, USUAL, USUAL_SAID).await), "translation.needs_reader");
        risk::drop_topic(&world.desk, &reach, case, Topic::Money).await.unwrap();
        send(&world, case, USUAL, USUAL_SAID).await.unwrap();
        let stranger = world.reach("wanda").await;
        let unseen = risk::add_topic(&world.desk, &stranger, case, Topic::Money).await;
        assert_eq!(code(unseen), "case.not_found");
    });
}
