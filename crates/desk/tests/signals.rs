//! Signals that somebody did not understand are looked for after the mail, kept, dismissed, and counted.

use crate::code;
use cases::{
    Case,
    handlings::Handling,
    signals::{KeptSignal, Side},
};
use desk::{
    meter::{self, Group, Wanted},
    signals, understanding,
};
use kernel::{CaseId, LanguageTag};
use std::time::Duration;
use testkit::{World, on_both_engines};

const AURORA: &str = "help@aurora.example";
const DAY: Duration = Duration::from_secs(24 * 60 * 60);

async fn kept(world: &World, case: CaseId) -> Vec<KeptSignal> {
    world.read(move |tx| cases::tables::signals(tx, case)).await
}

async fn figures(world: &World, who: &str) -> Vec<Group> {
    meter::meter(&world.desk, &world.reach(who).await, 28).await.unwrap()
}

/// A case in which the customer asks back after our reply.
async fn confused(world: &World) -> CaseId {
    let mail =
        world.mail("Eva <eva@customer.example>", AURORA, "Kettle", "Hello, the kettle stays cold today.");
    let case = world.receive(&mail).await;
    world.reply("tiago", case, "Good morning, it is about the thermostat then.").await.unwrap();
    world.later(desk::UNDO_FOR);
    world.run_jobs().await;
    let again = world.mail(
        "Eva <eva@customer.example>",
        AURORA,
        "Re: Kettle",
        "Sorry, I don't understand. What do you mean by that?",
    );
    world.receive(&again.answering(mail.id())).await;
    case
}

#[test]
fn a_customer_who_asks_back_is_counted_until_somebody_says_that_it_isnt_so() {
    on_both_engines(|world| async move {
        let case = confused(&world).await;
        assert_eq!(kept(&world, case).await, [], "not in the way of the mail");
        assert_eq!(signals::sweep(&world.desk).await.unwrap(), 1);
        world.later(Duration::from_secs(60));
        assert_eq!(signals::sweep(&world.desk).await.unwrap(), 1, "again while others may have been late");
        assert_eq!(signals::sweep(&world.desk).await.unwrap(), 0, "then no more");
        let found = kept(&world, case).await;
        let kinds: Vec<&str> = found.iter().map(|one| one.kind.as_str()).collect();
        assert_eq!(kinds, ["asking_back", "explicit_phrase"]);
        assert!(found.iter().all(|one| one.side == Side::Customer && !one.words.is_empty()));

        let group = figures(&world, "ines").await.remove(0);
        assert_eq!((group.counts.cases, group.counts.misunderstood, group.counts.unresolved), (1, 1, 1));
        assert_eq!((group.counts.clarifications, group.handling), (1, Handling::OwnLevel));
        let english: LanguageTag = "en".parse().unwrap();
        let wanted = Wanted {
            engagement: group.team.engagement,
            customer_language: english.clone(),
            own_language: english,
            handling: group.handling,
            days: 28,
        };
        let lead = world.reach("ines").await;
        let behind = meter::cases(&world.desk, &lead, wanted.clone()).await.unwrap();
        assert_eq!((behind[0].0.id, behind[0].1.len()), (case, 2), "a figure leads to its cases");
        let owner = world.reach("olga").await;
        assert!(
            meter::cases(&world.desk, &owner, wanted.clone()).await.unwrap().is_empty(),
            "figures open no case"
        );
        let other = world.reach("maricel").await;
        assert_eq!(code(meter::cases(&world.desk, &other, wanted).await), "person.not_found");

        let reach = world.reach("tiago").await;
        for kind in kinds {
            let message = found[0].message;
            signals::dismiss(&world.desk, &reach, case, message, kind).await.unwrap();
            let again = signals::dismiss(&world.desk, &reach, case, message, kind).await;
            assert_eq!(code(again), "case.already_so");
        }
        assert_eq!(figures(&world, "ines").await[0].counts.misunderstood, 0);
        assert_eq!(kept(&world, case).await.len(), 2, "kept as examples");
        signals::look(&world.desk, case).await.unwrap();
        assert_eq!(
            figures(&world, "ines").await[0].counts.misunderstood,
            0,
            "and still so when looked at again"
        );
    });
}

/// Other cases as this one, that changed so long after it.
async fn others(world: &World, like: CaseId, named: &'static str, many: usize, after: Duration) {
    let like = world.case(like).await;
    world
        .write(move |tx| {
            for nth in 0..many {
                let updated_at = like.updated_at.plus(after);
                let other = Case {
                    id: store::fresh(),
                    reference: format!("{named}-{nth}"),
                    updated_at,
                    ..like.clone()
                };
                cases::tables::add_case(tx, &other, "kettle")?;
            }
            Ok(())
        })
        .await;
}

#[test]
fn whatever_changed_in_one_instant_is_looked_at() {
    on_both_engines(|world| async move {
        let case = world.case_from_mail(AURORA).await;
        others(&world, case, "SAME", 249, Duration::ZERO).await;
        assert_eq!(signals::sweep(&world.desk).await.unwrap(), 250);
        world.later(Duration::from_secs(60));
        others(&world, case, "NEXT", 1, Duration::from_secs(50)).await;
        assert_eq!(signals::sweep(&world.desk).await.unwrap(), 251, "the second look and the next case");
        assert_eq!(signals::sweep(&world.desk).await.unwrap(), 1, "only what is so fresh");
        others(&world, case, "LATE", 1, Duration::from_secs(55)).await;
        assert_eq!(signals::sweep(&world.desk).await.unwrap(), 2, "what is there late is found");
        world.later(Duration::from_secs(60));
        signals::sweep(&world.desk).await.unwrap();
        assert_eq!(signals::sweep(&world.desk).await.unwrap(), 0);
    });
}

#[test]
fn silence_after_an_instruction_and_what_is_pressed_count() {
    on_both_engines(|mut world| async move {
        world.desk = world.desk.clone().reached_at(Some("https://desk.example".to_owned()));
        let case = world.case_from_mail(AURORA).await;
        world.reply("tiago", case, "Please press the red button and send us a picture.").await.unwrap();
        world.later(desk::UNDO_FOR);
        world.run_jobs().await;
        signals::sweep(&world.desk).await.unwrap();
        assert_eq!(kept(&world, case).await, []);
        world.later(DAY * 4);
        signals::sweep(&world.desk).await.unwrap();
        let kinds: Vec<String> = kept(&world, case).await.into_iter().map(|one| one.kind).collect();
        assert_eq!(kinds, ["silence_after_instruction"]);
        let letter = world.post.taken().pop().unwrap().letter;
        let token = letter.page.unwrap().url.rsplit('/').next().unwrap().to_owned();
        understanding::not_understood(&world.desk, &token, "").await.unwrap();
        signals::sweep(&world.desk).await.unwrap();
        let kinds: Vec<String> = kept(&world, case).await.into_iter().map(|one| one.kind).collect();
        assert!(kinds.contains(&"pressed".to_owned()), "{kinds:?}");
        assert_eq!(figures(&world, "greta").await[0].counts.misunderstood, 1);
    });
}

#[test]
fn a_customer_who_comes_back_with_the_same_within_seven_days_counts() {
    on_both_engines(|world| async move {
        let words = "Hello, my kettle stopped heating water yesterday evening and the blue lamp blinks.";
        let first = world.receive(&world.mail("Eva <eva@customer.example>", AURORA, "Kettle", words)).await;
        world.reply("tiago", first, "We are looking into it.").await.unwrap();
        world.later(DAY * 2);
        let again =
            "Hello, the kettle stopped heating water and the blue lamp blinks, yesterday evening too.";
        let second = world.receive(&world.mail("Eva <eva@customer.example>", AURORA, "Again", again)).await;
        assert_ne!(first, second);
        world.reply("tiago", second, "We send you a new one.").await.unwrap();
        signals::sweep(&world.desk).await.unwrap();
        assert_eq!(
            kept(&world, second).await.first().map(|one| one.kind.clone()),
            Some("repeat_contact".into())
        );
        assert_eq!(figures(&world, "ines").await[0].counts.repeated, 1);
    });
}

#[test]
fn the_meter_is_for_those_who_lead() {
    on_both_engines(|world| async move {
        for who in ["tiago", "rok", "jun"] {
            let told = meter::meter(&world.desk, &world.reach(who).await, 28).await;
            assert_eq!(code(told.map(drop)), "person.not_found", "{who}");
        }
        confused(&world).await;
        signals::sweep(&world.desk).await.unwrap();
        assert_eq!(figures(&world, "maricel").await, [], "another partner's team");
        assert_eq!(figures(&world, "olga").await.len(), 1);
    });
}
