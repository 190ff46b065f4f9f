//! A customer's message in the reader's language, and a reply in the customer's, with engines that replay what was recorded.

use crate::code;
use cases::{
    Delivery, MessageKind,
    letter::Wording,
    translations::{Original, Translated},
};
use desk::{
    case_page::case_page,
    replies::{self, Then, Words},
    translating, understanding,
    wording::{self, IsChecked, Own},
};
use kernel::{CaseId, LanguageTag};
use language::translation::{Direction, Engines, Replay};
use std::sync::Arc;
use testkit::{World, on_both_engines};

pub(crate) const AURORA: &str = "help@aurora.example";
pub(crate) const ASKED: &str = "Dzień dobry, ekspres nie grzeje mleka. Czy mogę go odesłać do dnia 14 marca?";
const SAID: [(&str, &str); 2] = [
    ("Dzień dobry, ekspres nie grzeje mleka.", "Good morning, the machine does not heat the milk."),
    ("Czy mogę go odesłać do dnia 14 marca?", "Can I send it back by 14 March?"),
];
pub(crate) const OWN: &str = "Yes, you can send it back until 14 March.";
pub(crate) const TO_THE_CUSTOMER: &str = "Tak, może go Pani odesłać do 14 marca.";
pub(crate) const WRONG: &str = "Yes, you can send it back until 24 March.";

pub(crate) fn tag(text: &str) -> LanguageTag {
    text.parse().unwrap()
}

/// A desk that speaks Polish and English.
pub(crate) fn speaking(world: &mut World) {
    let (pl, en) = (tag("pl"), tag("en"));
    let to_polish = [(OWN, TO_THE_CUSTOMER), (WRONG, TO_THE_CUSTOMER)];
    let back = SAID.into_iter().chain([(TO_THE_CUSTOMER, "Yes, you can send it back by 14 March.")]);
    let engines = Engines::none()
        .with(Direction { from: pl.clone(), to: en.clone() }, Replay::new(&pl, back))
        .with(Direction { from: en.clone(), to: pl }, Replay::new(&en, to_polish));
    world.desk = world
        .desk
        .clone()
        .translating_with(Arc::new(engines))
        .reached_at(Some("https://desk.example".to_owned()));
}

/// A Polish customer's case.
pub(crate) async fn asked(world: &World) -> CaseId {
    let mail = world.mail("Zofia Nowak <zofia@poczta.example>", AURORA, "Ekspres do kawy", ASKED);
    world.receive(&mail).await
}

pub(crate) async fn translations(world: &World, case: CaseId) -> Vec<Translated> {
    world.read(move |tx| cases::tables::translations(tx, case)).await
}

pub(crate) async fn send(
    world: &World,
    case: CaseId,
    own: &str,
    text: &str,
    checked: IsChecked,
) -> Result<kernel::MessageId, kernel::Stop> {
    let reach = world.reach("tiago").await;
    let own = Own { text: own.to_owned(), checked };
    let words = Words { text: text.to_owned(), own, ..Words::default() };
    replies::send(&world.desk, &reach, case, words, Then::Wait).await
}

#[test]
fn what_a_customer_writes_stands_there_in_the_language_of_those_who_read_it() {
    on_both_engines(|mut world| async move {
        speaking(&mut world);
        let case = asked(&world).await;
        assert_eq!(world.case(case).await.language, tag("pl"));
        world.run_jobs().await;
        let found = translations(&world, case).await;
        assert_eq!(found.len(), 1, "once for the whole team");
        assert_eq!(
            found[0].text,
            "Good morning, the machine does not heat the milk. Can I send it back by 14 March?"
        );
        assert_eq!((found[0].language.clone(), found[0].original), (tag("en"), Original::Message));
        let second = &found[0].segments[1];
        assert_eq!(&ASKED[second.start..second.end], SAID[1].0);
        assert_eq!(&found[0].text[second.other_start..second.other_end], SAID[1].1);
        let reach = world.reach("tiago").await;
        let message = world.messages(case).await[0].id;
        translating::ask(&world.desk, &reach, case, message).await.unwrap();
        assert_eq!(world.run_jobs().await, 0, "it is there already");
    });
}

#[test]
fn nobody_asks_for_what_nothing_can_say() {
    on_both_engines(|mut world| async move {
        let case = asked(&world).await;
        assert_eq!(world.run_jobs().await, 0);
        assert_eq!(translations(&world, case).await, []);
        let reach = world.reach("tiago").await;
        let message = world.messages(case).await[0].id;
        let ask = translating::ask(&world.desk, &reach, case, message).await;
        assert_eq!(code(ask), "translation.no_engine");
        assert_eq!(code(wording::translate(&world.desk, &reach, case, OWN).await), "translation.no_engine");
        speaking(&mut world);
        let stranger = world.reach("wanda").await;
        assert_eq!(code(translating::ask(&world.desk, &stranger, case, message).await), "case.not_found");
        translating::ask(&world.desk, &reach, case, message).await.unwrap();
        world.run_jobs().await;
        assert!(translations(&world, case).await[0].is_done());
    });
}

#[test]
fn a_reply_leaves_in_the_customers_language_and_both_texts_are_kept() {
    on_both_engines(|mut world| async move {
        speaking(&mut world);
        let case = asked(&world).await;
        let reach = world.reach("tiago").await;
        wording::translate(&world.desk, &reach, case, OWN).await.unwrap();
        let beside = case_page(&world.desk, &reach, case, None).await.unwrap().writing.translation.unwrap();
        assert_eq!((beside.own.as_str(), beside.text.as_str()), (OWN, TO_THE_CUSTOMER));
        assert_eq!(beside.back, "Yes, you can send it back by 14 March.");
        assert_eq!(beside.own_language, tag("en"));
        send(&world, case, OWN, TO_THE_CUSTOMER, IsChecked::No).await.unwrap();
        assert_eq!(case_page(&world.desk, &reach, case, None).await.unwrap().writing.translation, None);
        world.later(desk::UNDO_FOR);
        world.run_jobs().await;
        let reply = world.messages(case).await.pop().unwrap();
        assert_eq!((reply.kind, reply.delivery), (MessageKind::Reply, Delivery::Sent));
        assert_eq!((reply.new_text.as_str(), reply.language.clone()), (TO_THE_CUSTOMER, tag("pl")));
        let id = reply.id;
        let original = world.read(move |tx| cases::tables::original_of(tx, id)).await.unwrap();
        assert_eq!((original.text.as_str(), original.original), (OWN, Original::Other));
        let letter = world.post.taken().pop().unwrap().letter;
        assert_eq!(letter.markdown, TO_THE_CUSTOMER);
        let page = letter.page.unwrap();
        assert_eq!(page.wording, Wording::Translated);
        let token = page.url.rsplit('/').next().unwrap().to_owned();
        let shown = understanding::sent_reply(&world.desk, &token).await.unwrap();
        assert_eq!(shown.original, Some((OWN.to_owned(), tag("en"))));
    });
}

#[test]
fn a_translation_that_says_another_day_is_stopped_until_somebody_has_checked_it() {
    on_both_engines(|mut world| async move {
        speaking(&mut world);
        let case = asked(&world).await;
        let reach = world.reach("tiago").await;
        let untold = send(&world, case, WRONG, TO_THE_CUSTOMER, IsChecked::No).await;
        assert_eq!(code(untold), "translation.not_translated");
        wording::translate(&world.desk, &reach, case, WRONG).await.unwrap();
        let stopped = send(&world, case, WRONG, TO_THE_CUSTOMER, IsChecked::No).await;
        assert_eq!(code(stopped), "translation.meaning_changed");
        assert_eq!(world.messages(case).await.len(), 1, "nothing was sent");
        wording::give_up(&world.desk, &reach, case).await.unwrap();
        wording::translate(&world.desk, &reach, case, WRONG).await.unwrap();
        send(&world, case, WRONG, TO_THE_CUSTOMER, IsChecked::Yes).await.unwrap();
        assert_eq!(world.messages(case).await.len(), 2);
    });
}

#[test]
fn a_translated_reply_that_is_taken_back_stands_in_both_languages_again() {
    on_both_engines(|mut world| async move {
        speaking(&mut world);
        let case = asked(&world).await;
        let reach = world.reach("tiago").await;
        wording::translate(&world.desk, &reach, case, OWN).await.unwrap();
        let reply = send(&world, case, OWN, TO_THE_CUSTOMER, IsChecked::No).await.unwrap();
        replies::withdraw(&world.desk, &reach, case, reply).await.unwrap();
        let writing = case_page(&world.desk, &reach, case, None).await.unwrap().writing;
        assert_eq!(writing.drafts[0].text, OWN);
        let beside = writing.translation.unwrap();
        assert_eq!((beside.own.as_str(), beside.text.as_str()), (OWN, TO_THE_CUSTOMER));
        send(&world, case, OWN, TO_THE_CUSTOMER, IsChecked::No).await.unwrap();
        assert_eq!(world.messages(case).await.len(), 2);
    });
}
