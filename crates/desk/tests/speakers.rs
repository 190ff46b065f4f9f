//! Who answers in the customer's language, and how a reply was handled.

use crate::code;
use cases::handlings::Handling;
use desk::{case_page::case_page, levels, speakers, work};
use kernel::{CaseId, LanguageTag};
use people::{Answering, Evidence, Level, Spoken};
use testkit::{World, on_both_engines};

const AURORA: &str = "help@aurora.example";

async fn polish_case(world: &World) -> CaseId {
    let text = "Dzień dobry, ekspres nie grzeje mleka. Czy mogę go odesłać do sklepu?";
    world.receive(&world.mail("Zofia <zofia@poczta.example>", AURORA, "Ekspres do kawy", text)).await
}

async fn knows_polish(world: &World, who: &str, level: Level, evidence: Evidence) {
    let polish: LanguageTag = "pl".parse().unwrap();
    let named = Spoken::named(polish, "2026-05-03".to_owned());
    let spoken = Spoken { reading: level, writing: level, evidence, ..named };
    let owner = world.reach("olga").await;
    levels::enter(&world.desk, &owner, world.person(who), spoken).await.unwrap();
}

async fn ways(world: &World, case: CaseId) -> Vec<(Answering, usize)> {
    let reach = world.reach("ines").await;
    let page = case_page(&world.desk, &reach, case, None).await.unwrap();
    page.speakers.iter().map(|step| (step.way, step.persons.len())).collect()
}

async fn handled(world: &World, case: CaseId) -> Vec<Handling> {
    let found = world.read(move |tx| cases::tables::handlings(tx, case)).await;
    found.into_iter().map(|one| one.handling).collect()
}

#[test]
fn a_case_says_who_speaks_its_language() {
    on_both_engines(|world| async move {
        let case = polish_case(&world).await;
        assert_eq!(ways(&world, case).await, [(Answering::OtherLanguage, 0)]);
        knows_polish(&world, "carla", Level::C1, Evidence::Test).await;
        knows_polish(&world, "tiago", Level::Native, Evidence::Native).await;
        knows_polish(&world, "jun", Level::Native, Evidence::Native).await;
        assert_eq!(
            ways(&world, case).await,
            [(Answering::Native, 1), (Answering::Bilingual, 1)],
            "of its team"
        );
        let lead = world.reach("ines").await;
        work::assign(&world.desk, &lead, case, Some(world.person("tiago"))).await.unwrap();
        let events = world.read(move |tx| tx.events_of(case, kernel::Instant::MAX, 50)).await;
        let given = events.iter().find(|event| event.kind == "case.assigned").unwrap();
        assert!(given.sentence.ends_with("The customer's language is their own."), "{}", given.sentence);
    });
}

#[test]
fn a_reply_keeps_how_it_was_handled() {
    on_both_engines(|world| async move {
        let check = async |who: &str, text: &str, expected: Handling| {
            let case = polish_case(&world).await;
            world.reply(who, case, text).await.unwrap();
            assert_eq!(handled(&world, case).await.pop(), Some(expected), "{who}: {text}");
        };
        let polish = "Dzień dobry, tak, może Pani odesłać ekspres do sklepu w Krakowie.";
        knows_polish(&world, "tiago", Level::Native, Evidence::Native).await;
        knows_polish(&world, "carla", Level::C1, Evidence::Test).await;
        check("tiago", polish, Handling::Native).await;
        check("carla", polish, Handling::Bilingual).await;
        check("ines", polish, Handling::OwnLevel).await;
        check("ines", "Yes, you can send the machine back to the shop in Cracow.", Handling::OtherLanguage)
            .await;
    });
}

#[test]
fn where_nobody_writes_it_the_honest_question_is_ready() {
    on_both_engines(|world| async move {
        let case = polish_case(&world).await;
        let reach = world.reach("tiago").await;
        let ask = || speakers::ask_other_language(&world.desk, &reach, case);
        ask().await.unwrap();
        ask().await.unwrap();
        let draft = case_page(&world.desk, &reach, case, None).await.unwrap().writing.drafts.remove(0).text;
        assert_eq!(draft.matches("po angielsku").count(), 1);
        world.reply("tiago", case, &draft).await.unwrap();
        assert_eq!(
            handled(&world, case).await,
            [Handling::OtherLanguage],
            "it is Polish, but no answer in Polish"
        );
        let english = world.case_from_mail(AURORA).await;
        let needless = speakers::ask_other_language(&world.desk, &reach, english).await;
        assert_eq!(code(needless), "translation.same_language");
        let stranger = world.reach("wanda").await;
        assert_eq!(code(speakers::ask_other_language(&world.desk, &stranger, case).await), "case.not_found");
    });
}
