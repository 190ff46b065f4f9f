//! Agreeing on terms, and where new cases go by them.

use crate::code;
use desk::engagement_terms::{self, Proposal};
use engagements::terms::{EngagementKind, LanguageAsked, Scope, ServiceHours, Side, Terms};
use kernel::{EngagementId, Level};
use std::time::Duration;
use testkit::{World, on_both_engines};

const AURORA: &str = "help@aurora.example";
const HOUR: Duration = Duration::from_secs(3600);

fn proposal(from_on: &str, terms: Terms) -> Proposal {
    Proposal { from_on: from_on.to_owned(), why: "Customers write on Saturdays.".to_owned(), terms }
}

fn saturdays() -> Terms {
    let mut terms = Terms { kind: EngagementKind::Dedicated, ..Terms::default() };
    terms.hours.week.extend(ServiceHours::on(&["sat"], &[("09:00", "13:00")]));
    terms
}

async fn propose(world: &World, who: &str, engagement: EngagementId, proposal: Proposal) -> &'static str {
    let reach = world.reach(who).await;
    code(engagement_terms::propose(&world.desk, &reach, engagement, proposal).await)
}

async fn agree(world: &World, who: &str, engagement: EngagementId, version: i64, side: Side) -> &'static str {
    let reach = world.reach(who).await;
    code(engagement_terms::agree(&world.desk, &reach, engagement, version, side).await)
}

async fn withdraw(world: &World, who: &str, engagement: EngagementId, version: i64) -> &'static str {
    let reach = world.reach(who).await;
    code(engagement_terms::withdraw(&world.desk, &reach, engagement, version).await)
}

async fn in_force(world: &World, engagement: EngagementId) -> (Option<i64>, bool) {
    let now = world.clock.now();
    let found = world.read(move |tx| engagement_terms::of(tx, engagement, now)).await;
    (found.version, found.terms.hours.week.contains_key("sat"))
}

#[test]
fn terms_count_once_both_sides_have_agreed() {
    on_both_engines(|world| async move {
        let lisbon = world.aurora.partner;
        let saturdays = || proposal("2026-03-02", saturdays());
        assert_eq!(in_force(&world, lisbon).await, (None, false));
        assert_eq!(propose(&world, "tiago", lisbon, saturdays()).await, "agreement.not_theirs");
        assert_eq!(propose(&world, "rok", lisbon, saturdays()).await, "agreement.not_theirs");
        assert_eq!(propose(&world, "jun", lisbon, saturdays()).await, "engagement.not_found");
        assert_eq!(propose(&world, "paula", lisbon, saturdays()).await, "engagement.not_found");
        assert_eq!(propose(&world, "ines", lisbon, saturdays()).await, "ok");
        assert_eq!(propose(&world, "greta", lisbon, saturdays()).await, "agreement.proposal_waits");
        assert_eq!(in_force(&world, lisbon).await, (None, false));
        assert_eq!(agree(&world, "tiago", lisbon, 1, Side::Client).await, "agreement.not_theirs");
        assert_eq!(agree(&world, "ines", lisbon, 1, Side::Client).await, "agreement.other_side");
        assert_eq!(agree(&world, "greta", lisbon, 1, Side::Partner).await, "agreement.nothing_waits");
        assert_eq!(agree(&world, "greta", lisbon, 1, Side::Client).await, "ok");
        assert_eq!(agree(&world, "greta", lisbon, 1, Side::Client).await, "agreement.nothing_waits");
        assert_eq!(in_force(&world, lisbon).await, (Some(1), true));
        assert_eq!(propose(&world, "greta", lisbon, saturdays()).await, "agreement.nothing_changes");
        assert_eq!(
            propose(&world, "greta", lisbon, proposal("2026-03-01", Terms::default())).await,
            "agreement.outside_of_engagement"
        );
        assert_eq!(
            propose(&world, "greta", lisbon, proposal("2.3.2026", Terms::default())).await,
            "agreement.not_a_day"
        );
        let unexplained = Proposal { why: " ".to_owned(), ..proposal("2026-03-03", Terms::default()) };
        assert_eq!(propose(&world, "greta", lisbon, unexplained).await, "agreement.no_reason");
        assert_eq!(propose(&world, "greta", lisbon, proposal("2026-03-09", Terms::default())).await, "ok");
        assert_eq!(withdraw(&world, "tiago", lisbon, 2).await, "agreement.not_theirs");
        assert_eq!(withdraw(&world, "ines", lisbon, 2).await, "ok");
        assert_eq!(agree(&world, "ines", lisbon, 2, Side::Partner).await, "agreement.nothing_waits");
        assert_eq!(in_force(&world, lisbon).await, (Some(1), true));
        let reach = world.reach("tiago").await;
        let page = engagement_terms::page(&world.desk, &reach, lisbon).await.unwrap();
        let told: Vec<String> = page
            .past
            .iter()
            .map(|past| past.differences.iter().map(ToString::to_string).collect::<Vec<_>>().join(" "))
            .collect();
        assert_eq!(told.len(), 2);
        assert!(told[0].ends_with("Service hours on Saturday: 09:00–13:00 → none"), "{told:?}");
        assert!(page.waiting.is_none() && page.theirs.is_empty());
    });
}

#[test]
fn later_terms_wait_for_their_day_and_stale_ones_are_not_agreed_on() {
    on_both_engines(|world| async move {
        let lisbon = world.aurora.partner;
        assert_eq!(propose(&world, "ines", lisbon, proposal("2026-03-02", Terms::default())).await, "ok");
        assert_eq!(agree(&world, "greta", lisbon, 1, Side::Client).await, "ok");
        assert_eq!(propose(&world, "greta", lisbon, proposal("2026-03-04", saturdays())).await, "ok");
        assert_eq!(agree(&world, "ines", lisbon, 2, Side::Partner).await, "ok");
        assert_eq!(in_force(&world, lisbon).await, (Some(1), false));
        // Midnight of 4 March in Ljubljana.
        world.later(HOUR * 38);
        assert_eq!(in_force(&world, lisbon).await, (Some(2), true));
        let yesterday = proposal("2026-03-03", Terms::default());
        assert_eq!(propose(&world, "greta", lisbon, yesterday).await, "agreement.day_is_past");
        assert_eq!(propose(&world, "greta", lisbon, proposal("2026-03-05", Terms::default())).await, "ok");
        world.later(HOUR * 48);
        assert_eq!(agree(&world, "ines", lisbon, 3, Side::Partner).await, "agreement.day_is_past");
        assert_eq!(in_force(&world, lisbon).await, (Some(2), true));
    });
}

#[test]
fn a_clients_own_team_agrees_with_itself_and_owners_speak_for_both() {
    on_both_engines(|world| async move {
        let in_house = world.aurora.in_house;
        assert_eq!(
            propose(&world, "ines", in_house, proposal("2026-03-02", saturdays())).await,
            "engagement.not_found"
        );
        assert_eq!(propose(&world, "greta", in_house, proposal("2026-03-02", saturdays())).await, "ok");
        assert_eq!(in_force(&world, in_house).await, (Some(1), true));
        let lisbon = world.aurora.partner;
        assert_eq!(propose(&world, "olga", lisbon, proposal("2026-03-02", saturdays())).await, "ok");
        assert_eq!(in_force(&world, lisbon).await, (None, false));
        assert_eq!(agree(&world, "olga", lisbon, 1, Side::Client).await, "ok");
        assert_eq!(agree(&world, "olga", lisbon, 1, Side::Partner).await, "ok");
        assert_eq!(in_force(&world, lisbon).await, (Some(1), true));
    });
}

#[test]
fn what_is_wrong_is_named_and_nothing_is_kept() {
    on_both_engines(|world| async move {
        let lisbon = world.aurora.partner;
        let reach = world.reach("greta").await;
        let check = async |terms: Terms, expected: &str| {
            let done =
                engagement_terms::propose(&world.desk, &reach, lisbon, proposal("2026-03-02", terms)).await;
            let Err(kernel::Stop::Refused(refused)) = done else { panic!("{expected}") };
            assert_eq!((refused.code, refused.sentence.as_str()), ("agreement.problems", expected));
        };
        let hours = |day: &str, stretches: &[(&str, &str)]| {
            let mut terms = Terms::default();
            terms.hours.week.extend(ServiceHours::on(&[day], stretches));
            terms
        };
        check(
            hours("sat", &[("09:00", "13:00"), ("12:00", "15:00")]),
            "Hours: Two stretches overlap: sat 09:00–13:00 and 12:00–15:00. Let the second begin where the first ends, or later.",
        )
        .await;
        let mut kept = Terms::default();
        kept.hours.holidays = vec!["XX".to_owned()];
        check(kept, "There is no list of holidays “XX”. Bring it in first.").await;
        let mut hasty = Terms::default();
        hasty.clauses[0].minutes = 0;
        check(hasty, "Clause “first-reply”: 0 minutes can’t be promised; 1 minute to 366 days can.").await;
        assert!(engagement_terms::page(&world.desk, &reach, lisbon).await.unwrap().past.is_empty());
    });
}

fn nights() -> Terms {
    let week = ServiceHours::on(
        &["mon", "tue", "wed", "thu", "fri", "sat", "sun"],
        &[("00:00", "09:00"), ("17:00", "24:00")],
    );
    Terms {
        kind: EngagementKind::AfterHours,
        hours: ServiceHours { week, ..ServiceHours::default() },
        ..Terms::default()
    }
}

#[test]
fn a_new_case_goes_to_whoever_answers_then() {
    on_both_engines(|world| async move {
        world.agree(world.nights, nights()).await;
        let by_day = world.case_from_mail(AURORA).await;
        assert_eq!(world.case(by_day).await.engagement, world.aurora.partner);
        world.later(HOUR * 9);
        let at_night = world.case_from_mail(AURORA).await;
        assert_eq!(world.case(at_night).await.engagement, world.nights);
        let events = world.read(move |tx| tx.events_of(at_night, kernel::Instant::MAX, 50)).await;
        let said =
            events.iter().find(|event| event.kind == "case.placed").map(|event| event.sentence.clone());
        assert_eq!(
            said.unwrap(),
            "It is after hours in Ljubljana, and Manila nights for Aurora answers then."
        );
    });
}

#[test]
fn a_language_queue_answers_its_language() {
    on_both_engines(|world| async move {
        let german = LanguageAsked {
            language: "de".parse().unwrap(),
            reading: Level::C1,
            writing: Level::C1,
            speaking: Level::None,
        };
        let queue =
            Terms { kind: EngagementKind::LanguageQueue, languages: vec![german], ..Terms::default() };
        world.agree(world.nights, queue).await;
        let text = "Guten Tag, meine Lampe leuchtet seit gestern nicht mehr. Was soll ich jetzt tun?";
        let mail = world.mail("hans@kunde.example", AURORA, "Lampe", text);
        let case = world.receive(&mail).await;
        assert_eq!(world.case(case).await.engagement, world.nights);
    });
}

#[test]
fn the_effect_of_a_proposal_is_told_by_last_weeks_cases() {
    on_both_engines(|world| async move {
        world.later(HOUR * 9);
        for number in 0..3 {
            let mail =
                world.mail(&format!("customer{number}@example.com"), AURORA, "Lamp", "My lamp is broken.");
            world.receive(&mail).await;
        }
        let greta = world.reach("greta").await;
        let check = async |reach: &kernel::Reach, engagement, terms: Terms, expected: &[&str]| {
            let said = engagement_terms::effect_of(&world.desk, reach, engagement, terms).await.unwrap();
            assert_eq!(said, expected);
        };
        check(
            &greta,
            world.nights,
            nights(),
            &[
                "This would have routed 3 of last week’s 3 cases elsewhere.",
                "3 cases from Partner for Aurora to Manila nights for Aurora: It is after hours in Ljubljana, and Manila nights for Aurora \
                 answers then.",
                "6 promises would have fallen due earlier.",
            ],
        )
        .await;
        let maricel = world.reach("maricel").await;
        let said = engagement_terms::effect_of(&world.desk, &maricel, world.nights, nights()).await.unwrap();
        assert!(said[1].starts_with("3 cases from another team to Manila nights for Aurora"), "{said:?}");
        let mut faster = Terms::default();
        faster.clauses[0].minutes = 60;
        check(
            &greta,
            world.aurora.partner,
            faster,
            &[
                "All 3 cases of last week would have been answered by the same teams.",
                "3 promises would have fallen due earlier.",
            ],
        )
        .await;
        let scope = Scope { intents_out: vec!["legal".to_owned()], ..Scope::default() };
        check(
            &greta,
            world.aurora.partner,
            Terms { scope, ..Terms::default() },
            &[
                "All 3 cases of last week would have been answered by the same teams.",
                "Nothing would have fallen due at another time.",
            ],
        )
        .await;
    });
}
