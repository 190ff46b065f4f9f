//! What could be plainer in a draft, and how hard it is to read beside the replies that went out.

use crate::code;
use desk::plainness::{Reading, look};
use language::plain::HintKind;
use testkit::{World, on_both_engines};

const HARD: &str = "Notwithstanding the aforementioned considerations, comprehensive documentation regarding institutional \
                    responsibilities is necessitated ASAP.";

#[test]
fn a_draft_is_set_beside_the_replies_that_went_out_in_its_language() {
    on_both_engines(|world| async move {
        let text = "My lamp is broken and I need your help, please.";
        let case =
            world.receive(&world.mail("Eva <eva@mail.example>", "help@aurora.example", "?", text)).await;
        let said =
            async |world: &World| look(&world.desk, &world.reach("tiago").await, case, HARD).await.unwrap();
        let found = said(&world).await;
        assert_eq!((found.reading, found.client.as_str()), (Some(Reading::TooFew(0)), "Aurora"));
        let kinds: Vec<HintKind> = found.hints.iter().map(|hint| hint.kind).collect();
        assert!(kinds.contains(&HintKind::Abbreviation), "{kinds:?}");
        for number in 0..20 {
            let text = format!("We send you a new lamp in a box on day {number}. You pay us nothing for it.");
            world.reply("tiago", case, &text).await.unwrap();
        }
        world.later(desk::UNDO_FOR);
        world.run_jobs().await;
        let Some(Reading::Ranked(rank)) = said(&world).await.reading else { panic!("it isn't compared") };
        assert_eq!((rank.percentile.round(), rank.of), (100.0, 20));
        let stranger = look(&world.desk, &world.reach("wanda").await, case, HARD).await;
        assert_eq!(code(stranger), "case.not_found");
        let german = "Wir schicken Ihnen heute eine neue Lampe, und Sie bezahlen dafür nichts.";
        let found = look(&world.desk, &world.reach("tiago").await, case, german).await.unwrap();
        assert_eq!((found.language.as_str(), found.reading), ("de", Some(Reading::TooFew(0))));
    });
}
