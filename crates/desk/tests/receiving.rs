//! Receiving: which mail opens a case, which joins one, and why.

use cases::{State, View};

#[test]
fn a_mail_opens_a_case() {
    testkit::on_both_engines(|world| async move {
        let case = world.case_from_mail("help@aurora.example").await;
        let case = world.case(case).await;
        assert_eq!((case.client, case.engagement), (world.aurora.client.id, world.aurora.partner));
        assert_eq!(case.state, State::New);
        assert_eq!(world.list("tiago", View::Open).await.len(), 1);
        assert_eq!(world.list("jun", View::Open).await.len(), 0);
        let reply = world.reply("tiago", case.id, "On it.").await.unwrap();
        world.later(desk::UNDO_FOR);
        world.run_jobs().await;
        let letters = world.post.taken();
        assert_eq!(letters.len(), 1);
        assert_eq!(letters[0].letter.message_id, reply);
    });
}
