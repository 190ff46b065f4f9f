//! The board: what waits, what is due, who has what, for leads alone.

use desk::{board, work};
use testkit::{World, on_both_engines};

const AURORA: &str = "help@aurora.example";

async fn lisbon(world: &World) -> board::TeamBoard {
    let case = world.case_from_mail(AURORA).await;
    let engagement = world.case(case).await.engagement;
    let teams = board::board(&world.desk, &world.reach("ines").await).await.unwrap();
    teams.into_iter().find(|team| team.engagement == engagement).unwrap()
}

#[test]
fn it_counts_what_waits_and_who_has_it() {
    on_both_engines(|world| async move {
        let first = world.case_from_mail(AURORA).await;
        let second = world.case_from_mail(AURORA).await;
        let reach = world.reach("tiago").await;
        work::assign(&world.desk, &reach, first, Some(world.person("tiago"))).await.unwrap();
        world.reply("tiago", second, "Please wait a day.").await.unwrap();
        let team = lisbon(&world).await;
        let queue = team.queue;
        assert_eq!((queue.unassigned, queue.ours, queue.with_customer), (1, 1, 1));
        assert!(queue.oldest.is_some());
        let tiago = team.people.iter().find(|one| one.person == world.person("tiago")).unwrap();
        assert_eq!(tiago.cases, 1, "what waits for the customer isn't in hand");
        assert!(team.due.is_sorted_by_key(|line| line.due_at), "what is due first stands first");
        assert!(team.due.iter().any(|line| line.case == first), "{:?}", team.due);
    });
}

#[test]
fn what_is_late_is_counted() {
    on_both_engines(|world| async move {
        assert_eq!(lisbon(&world).await.numbers.overdue, 0);
        world.later(std::time::Duration::from_secs(30 * 24 * 3_600));
        let team = lisbon(&world).await;
        assert!(team.numbers.overdue >= 1, "{:?}", team.numbers);
        assert!(team.due[0].due_at < world.desk.clock.now());
    });
}

#[test]
fn whoever_leads_nothing_sees_nothing() {
    on_both_engines(|world| async move {
        world.case_from_mail(AURORA).await;
        for who in ["tiago", "olga", "rok"] {
            let reach = world.reach(who).await;
            assert!(!board::may_look(&reach), "{who}");
            assert_eq!(board::board(&world.desk, &reach).await.unwrap().len(), 0, "{who}");
        }
        let clients = board::board(&world.desk, &world.reach("paula").await).await.unwrap();
        assert!(clients.iter().all(|team| team.client.name == "pip"), "another client's teams stay unseen");
    });
}
