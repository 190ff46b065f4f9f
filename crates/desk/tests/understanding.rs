//! Messages that somebody did not understand: the customer says so on the page of our letter, a representative asks for a second reader.

use crate::code;
use cases::{
    LastWord, MessageKind, State,
    letter::{Letter, Wording},
    misunderstandings::Signal,
};
use desk::{understanding, work};
use kernel::CaseId;
use testkit::{World, on_both_engines};

const AURORA: &str = "help@aurora.example";
const BASE: &str = "https://desk.aurora.example";

/// A case whose customer has our reply; the letter.
async fn answered(world: &mut World) -> (CaseId, Letter) {
    world.desk = world.desk.clone().reached_at(Some(BASE.to_owned()));
    let case = world.case_from_mail(AURORA).await;
    world.reply("tiago", case, "Please descale the *boiler*.").await.unwrap();
    world.later(desk::UNDO_FOR);
    world.run_jobs().await;
    (case, world.post.taken().pop().unwrap().letter)
}

fn token(letter: &Letter) -> String {
    let page = letter.page.as_ref().unwrap();
    assert_eq!(page.wording, Wording::Written);
    page.url.strip_prefix(&format!("{BASE}/replies/")).unwrap().to_owned()
}

async fn signals(world: &World, case: CaseId) -> Vec<(Signal, bool)> {
    let told = world.read(move |tx| cases::tables::misunderstandings(tx, case)).await;
    told.into_iter().map(|one| (one.signal, one.explained_at.is_some())).collect()
}

#[test]
fn who_did_not_understand_a_reply_says_so_and_the_case_is_ours_again() {
    on_both_engines(|mut world| async move {
        let (case, letter) = answered(&mut world).await;
        let token = token(&letter);
        let reach = world.reach("tiago").await;
        work::move_to(&world.desk, &reach, case, State::Closed).await.unwrap();
        let page = understanding::sent_reply(&world.desk, &token).await.unwrap();
        assert_eq!(page.text, "Please descale the *boiler*.");
        assert!(!page.is_not_understood);
        assert_eq!(world.case(case).await.state, State::Closed, "looking changes nothing");

        understanding::not_understood(&world.desk, &token, " ").await.unwrap();
        let after = world.case(case).await;
        assert_eq!((after.state, after.last_word), (State::Open, LastWord::Customer));
        let message = world.messages(case).await.pop().unwrap();
        assert_eq!(
            (message.kind, message.because[0].code.as_str()),
            (MessageKind::Customer, "understanding.pressed")
        );
        assert!(!message.new_text.is_empty());
        assert!(understanding::sent_reply(&world.desk, &token).await.unwrap().is_not_understood);

        let count = world.messages(case).await.len();
        understanding::not_understood(&world.desk, &token, "").await.unwrap();
        assert_eq!(world.messages(case).await.len(), count, "saying it again changes nothing");
        understanding::not_understood(&world.desk, &token, "What is a boiler?").await.unwrap();
        assert_eq!(world.messages(case).await.pop().unwrap().new_text, "What is a boiler?");
        for nth in 0..10 {
            understanding::not_understood(&world.desk, &token, &format!("And {nth}?")).await.unwrap();
        }
        assert_eq!(world.messages(case).await.len(), count + 4, "a page is no mailbox");

        world.reply("tiago", case, "Remove the lime from the water tank.").await.unwrap();
        assert_eq!(signals(&world, case).await, [(Signal::Pressed, true)]);
        assert!(!understanding::sent_reply(&world.desk, &token).await.unwrap().is_not_understood);
        understanding::not_understood(&world.desk, &token, "").await.unwrap();
        assert_eq!(signals(&world, case).await, [(Signal::Pressed, false)], "still not clear");
    });
}

#[test]
fn only_the_link_of_a_reply_opens_its_page() {
    on_both_engines(|mut world| async move {
        let (_, letter) = answered(&mut world).await;
        let right = token(&letter);
        for wrong in ["", "00.00", &right[1..], &format!("{right}0")] {
            assert_eq!(
                code(understanding::sent_reply(&world.desk, wrong).await),
                "case.not_found",
                "{wrong}"
            );
            let said = understanding::not_understood(&world.desk, wrong, "Hello?").await;
            assert_eq!(code(said), "case.not_found", "{wrong}");
        }
        let long = "a".repeat(5_001);
        assert_eq!(code(understanding::not_understood(&world.desk, &right, &long).await), "message.too_long");
    });
}

#[test]
fn a_desk_without_a_public_address_writes_letters_without_a_page() {
    on_both_engines(|world| async move {
        let case = world.case_from_mail(AURORA).await;
        world.reply("tiago", case, "Please unplug it.").await.unwrap();
        world.later(desk::UNDO_FOR);
        world.run_jobs().await;
        assert_eq!(world.post.taken().pop().unwrap().letter.page, None);
    });
}

#[test]
fn a_representative_asks_for_a_second_reader_until_somebody_explains() {
    on_both_engines(|world| async move {
        let case = world.case_from_mail(AURORA).await;
        let message = world.messages(case).await[0].id;
        let reach = world.reach("tiago").await;
        let ask = || understanding::ask_second_reader(&world.desk, &reach, case, message);
        ask().await.unwrap();
        assert_eq!(code(ask().await), "case.already_so");
        assert_eq!(signals(&world, case).await, [(Signal::SecondReader, false)]);
        let explain = || understanding::explained(&world.desk, &reach, case, message);
        explain().await.unwrap();
        assert_eq!(code(explain().await), "case.already_so");
        assert_eq!(signals(&world, case).await, [(Signal::SecondReader, true)]);
        ask().await.unwrap();
        assert_eq!(signals(&world, case).await, [(Signal::SecondReader, false)]);
        let stranger = world.reach("wanda").await;
        let unseen = understanding::ask_second_reader(&world.desk, &stranger, case, message).await;
        assert_eq!(code(unseen), "case.not_found");
    });
}
