//! Working on a case: who may take, give, move and close it.

use crate::code;
use cases::{CaseRefusal, Priority, State, View};
use desk::work;
use kernel::CaseId;
use testkit::{World, on_both_engines};

const AURORA: &str = "help@aurora.example";

async fn assign(world: &World, who: &str, case: CaseId, to: Option<&str>) -> &'static str {
    let reach = world.reach(who).await;
    code(work::assign(&world.desk, &reach, case, to.map(|to| world.person(to))).await)
}

#[test]
fn everybody_takes_a_case_and_leads_give_it() {
    on_both_engines(|world| async move {
        let case = world.case_from_mail(AURORA).await;
        let check = async |who: &str, to: Option<&str>, expected: &str| {
            assert_eq!(assign(&world, who, case, to).await, expected, "{who} gives it to {to:?}");
        };
        check("tiago", Some("carla"), "case.only_leads_assign").await;
        check("tiago", Some("tiago"), "ok").await;
        assert_eq!(world.case(case).await.state, State::Open, "what is taken is no longer new");
        check("carla", None, "case.only_leads_assign").await;
        check("carla", Some("carla"), "ok").await;
        check("carla", None, "ok").await;
        check("ines", Some("tiago"), "ok").await;
        check("greta", Some("rok"), "ok").await;
        check("greta", Some("jun"), "case.cannot_be_assigned").await;
        check("ines", Some("nora"), "case.cannot_be_assigned").await;
        check("jun", Some("jun"), "case.not_found").await;
        check("maricel", Some("tiago"), "case.not_found").await;
        check("paula", Some("paula"), "case.not_found").await;
        check("nora", Some("nora"), "case.not_found").await;
        check("olga", Some("olga"), "case.not_found").await;
        assert_eq!(world.case(case).await.assignee, Some(world.person("rok")));
    });
}

#[test]
fn nobody_is_given_a_case_who_can_not_sign_in() {
    on_both_engines(|world| async move {
        let case = world.case_from_mail(AURORA).await;
        let (olga, carla) = (world.reach("olga").await, world.person("carla"));
        let disabled = desk::accounts::Admission::Disabled;
        desk::accounts::admit(&world.desk, &olga, carla, disabled).await.unwrap();
        assert_eq!(assign(&world, "ines", case, Some("carla")).await, "case.cannot_be_assigned");
        let engagement = world.aurora.partner;
        let names = world.read(move |tx| people::tables::colleagues(tx, engagement)).await;
        let names: Vec<&str> = names.iter().map(|person| person.name.as_str()).collect();
        assert_eq!(names, ["Greta Lindqvist", "Ines Carvalho", "Rok Zupan", "Tiago Rocha"]);
    });
}

#[test]
fn a_case_moves_between_its_states() {
    on_both_engines(|world| async move {
        let case = world.case_from_mail(AURORA).await;
        let check = async |who: &str, to: State, expected: &str| {
            let reach = world.reach(who).await;
            assert_eq!(code(work::move_to(&world.desk, &reach, case, to).await), expected, "{who} {to}");
        };
        check("tiago", State::New, "case.already_so").await;
        check("tiago", State::Closed, "ok").await;
        check("carla", State::Closed, "case.already_so").await;
        assert_eq!(world.case(case).await.closed_at, Some(world.clock.now()));
        assert_eq!(world.list("tiago", View::Open).await.len(), 0);
        assert_eq!(world.list("tiago", View::Closed).await.len(), 1);
        check("jun", State::Open, "case.not_found").await;
        check("rok", State::Open, "case.not_found").await;
        check("greta", State::Open, "ok").await;
        assert_eq!(world.case(case).await.closed_at, None);
        check("tiago", State::New, "case.never_new_again").await;
        check("tiago", State::Waiting, "ok").await;
        let events = world.read(move |tx| tx.events_of(case, kernel::Instant::MAX, 50)).await;
        let sentences: Vec<&str> = events.iter().map(|event| event.sentence.as_str()).skip(2).collect();
        assert_eq!(
            sentences,
            [
                "Tiago Rocha closed the case.",
                "Greta Lindqvist reopened the case.",
                "Tiago Rocha noted that the customer has the next word.",
            ]
        );
    });
}

#[test]
fn a_priority_is_said_once() {
    on_both_engines(|world| async move {
        let case = world.case_from_mail(AURORA).await;
        let reach = world.reach("tiago").await;
        for _ in 0..2 {
            work::prioritise(&world.desk, &reach, case, Priority::Urgent).await.unwrap();
        }
        let events = world.read(move |tx| tx.events_of(case, kernel::Instant::MAX, 50)).await;
        assert_eq!(events.iter().filter(|event| event.kind == "case.prioritised").count(), 1);
        let foreign = world.reach("jun").await;
        let refused = work::prioritise(&world.desk, &foreign, case, Priority::Low).await;
        assert_eq!(code(refused), kernel::Refused::from(CaseRefusal::NotFound).code);
    });
}

#[test]
fn lists_are_read_page_by_page() {
    on_both_engines(|world| async move {
        for nth in 0..7 {
            let from = format!("c{nth}@customer.example");
            world.receive(&world.mail(&from, AURORA, &format!("Case {nth}"), "Hello")).await;
        }
        // Two that were last touched in the same microsecond.
        let twins: Vec<CaseId> =
            world.list("ines", View::Open).await.iter().take(2).map(|row| row.id).collect();
        for id in twins {
            assert_eq!(assign(&world, "ines", id, Some("ines")).await, "ok");
        }
        let reach = world.reach("ines").await;
        let whole = world.list("ines", View::Open).await;
        let (mut seen, mut after) = (Vec::new(), None);
        loop {
            let reach = reach.clone();
            let page = world.read(move |tx| {
                cases::tables::list(tx, &reach, View::Open, &cases::Filter::default(), after, 2)
            });
            let page = page.await;
            let Some(last) = page.last() else { break };
            after = Some(last.cursor());
            seen.extend(page);
        }
        assert_eq!(seen, whole);
        assert_eq!(seen.len(), 7);
        assert_eq!(world.list("ines", View::Mine).await.len(), 2);
        assert_eq!(world.list("ines", View::Unassigned).await.len(), 5);
    });
}
