//! Targets: begun by the terms, met, missed, told once, and read anew when what holds for them changes.

use cases::{Case, Priority, State};
use coverage::{KeptStanding, Ledger, Target, Turn, tables as coverage_tables};
use desk::{clocks, replies, work};
use engagements::{
    tables as engagement_tables,
    terms::{Agreement, Clause, ServiceHours, Terms, Version, VersionState},
};
use kernel::{Because, CaseId, Counted, EngagementId, Instant, Metric, Party};
use std::time::Duration;
use testkit::{World, on_both_engines};

const AURORA: &str = "help@aurora.example";
const EVA: &str = "Eva Novak <eva@customer.example>";
const HOUR: Duration = Duration::from_secs(60 * 60);

async fn targets(world: &World, case: CaseId) -> Vec<Target> {
    world.read(move |tx| coverage_tables::targets(tx, case)).await
}

/// Each target as "first_reply met".
async fn standings(world: &World, case: CaseId) -> Vec<String> {
    targets(world, case).await.iter().map(|one| format!("{} {}", one.metric, one.standing)).collect()
}

async fn due(world: &World, case: CaseId, metric: Metric) -> Option<String> {
    let found = targets(world, case).await.into_iter().rfind(|one| one.metric == metric);
    found.and_then(|one| one.due_at).map(|at| at.to_string())
}

async fn told(world: &World, case: CaseId, kind: &str) -> Vec<String> {
    let events = world.read(move |tx| tx.events_of(case, Instant::MAX, 100)).await;
    events.into_iter().filter(|event| event.kind == kind).map(|event| event.sentence).collect()
}

/// Terms that count from a day on.
async fn agree(world: &World, engagement: EngagementId, version: i64, from_on: &str, terms: Terms) {
    let from_on = from_on.parse().unwrap();
    let at = Agreement { by: None, at: world.clock.now() };
    let version = Version {
        engagement,
        version,
        from_on,
        state: VersionState::Agreed,
        terms,
        why: String::new(),
        proposed: at,
        client: Some(at),
        partner: Some(at),
        withdrawn: None,
    };
    world.write(move |tx| engagement_tables::terms::add(tx, &version)).await;
}

fn promised(metric: Metric, minutes: u32) -> Clause {
    Clause { minutes, ..Clause::usual(metric) }
}

#[test]
fn targets_follow_the_life_of_a_case() {
    on_both_engines(|world| async move {
        let mail = world.mail(EVA, AURORA, "It", "It is broken.");
        let case = world.receive(&mail).await;
        let check = async |expected: &[&str]| assert_eq!(standings(&world, case).await, expected);
        check(&["first_reply running", "resolution running"]).await;
        // Monday 10:01 in Ljubljana: seven hours less a minute, and the rest on Tuesday.
        assert_eq!(due(&world, case, Metric::FirstReply).await.unwrap(), "2026-03-03T09:01:00Z");
        let answers = async |text: &str| {
            world.receive(&world.mail(EVA, AURORA, "Re: It", text).answering(mail.id())).await
        };
        answers("And it smells.").await;
        check(&["first_reply running", "resolution running"]).await;
        let reply = world.reply("tiago", case, "Unplug it.").await.unwrap();
        check(&["first_reply met", "resolution paused"]).await;
        let reach = world.reach("tiago").await;
        replies::withdraw(&world.desk, &reach, case, reply).await.unwrap();
        check(&["first_reply running", "resolution running"]).await;
        world.reply("tiago", case, "Unplug it, please.").await.unwrap();
        world.run_jobs().await;
        answers("I did.").await;
        check(&["first_reply met", "resolution running", "next_reply running"]).await;
        assert_eq!(due(&world, case, Metric::NextReply).await.unwrap(), "2026-03-03T09:05:00Z");
        work::move_to(&world.desk, &reach, case, State::Closed).await.unwrap();
        check(&["first_reply met", "resolution met", "next_reply over"]).await;
        answers("It smells again.").await;
        check(&["first_reply met", "resolution met", "next_reply running", "resolution running"]).await;
    });
}

#[test]
fn a_passed_target_is_told_once() {
    on_both_engines(|world| async move {
        let late = world.case_from_mail(AURORA).await;
        assert_eq!(clocks::sweep(&world.desk).await.unwrap(), 0);
        world.later(24 * HOUR);
        assert_eq!(clocks::sweep(&world.desk).await.unwrap(), 0, "the very instant is in time");
        world.later(Duration::from_micros(1));
        assert_eq!(clocks::sweep(&world.desk).await.unwrap(), 1);
        assert_eq!(clocks::sweep(&world.desk).await.unwrap(), 0);
        assert_eq!(told(&world, late, "clock.missed").await, ["First reply is late: it was due Tue 10:01."]);
        world.reply("tiago", late, "Unplug it.").await.unwrap();
        assert_eq!(standings(&world, late).await, ["first_reply missed", "resolution paused"]);
        assert_eq!(told(&world, late, "clock.missed").await.len(), 1);
    });
}

#[test]
fn an_answer_that_comes_too_late_says_so_before_any_sweep() {
    on_both_engines(|world| async move {
        let case = world.case_from_mail(AURORA).await;
        world.later(24 * HOUR);
        world.reply("tiago", case, "Unplug it.").await.unwrap();
        let sentence = "First reply came 1 min too late: it was due Tue 10:01.";
        assert_eq!(told(&world, case, "clock.missed").await, [sentence]);
        assert_eq!(clocks::sweep(&world.desk).await.unwrap(), 0);
    });
}

#[test]
fn a_customer_who_did_not_understand_has_a_target() {
    on_both_engines(|world| async move {
        let desk = world.desk.clone().reached_at(Some("https://desk.example.com".to_owned()));
        let case = world.case_from_mail(AURORA).await;
        let reply = world.reply("tiago", case, "Unplug it.").await.unwrap();
        world.run_jobs().await;
        let key = world.write(|tx| tx.setting_or("signing_key", "")).await;
        let token = cases::token::token(key.as_bytes(), cases::token::Purpose::Reply, &reply.to_string());
        desk::understanding::not_understood(&desk, &token, "").await.unwrap();
        let expected = ["first_reply met", "resolution running", "explanation running", "next_reply running"];
        assert_eq!(standings(&world, case).await, expected);
        world.reply("tiago", case, "Pull the plug out of the wall.").await.unwrap();
        let expected = ["first_reply met", "resolution paused", "explanation met", "next_reply met"];
        assert_eq!(standings(&world, case).await, expected);
    });
}

#[test]
fn another_priority_has_other_targets() {
    on_both_engines(|world| async move {
        let urgent = Clause { priority: Some(Priority::Urgent), ..promised(Metric::FirstReply, 30) };
        let low = Clause { priority: Some(Priority::Low), ..promised(Metric::NextReply, 30) };
        let terms =
            Terms { clauses: vec![urgent, low, promised(Metric::Resolution, 960)], ..Terms::default() };
        agree(&world, world.aurora.partner, 1, "2026-01-01", terms).await;
        let case = world.case_from_mail(AURORA).await;
        assert_eq!(standings(&world, case).await, ["resolution running"], "nobody promises a first reply");
        let reach = world.reach("tiago").await;
        work::prioritise(&world.desk, &reach, case, Priority::Urgent).await.unwrap();
        assert_eq!(due(&world, case, Metric::FirstReply).await.unwrap(), "2026-03-02T09:31:00Z");
        let target = targets(&world, case).await.remove(0);
        assert_eq!((target.version, target.clock.start), (Some(1), world.case(case).await.opened_at));
        work::prioritise(&world.desk, &reach, case, Priority::Low).await.unwrap();
        assert_eq!(standings(&world, case).await, ["resolution running"]);
    });
}

#[test]
fn a_holiday_that_is_entered_late_moves_what_is_due_and_says_so() {
    on_both_engines(|world| async move {
        let hours = ServiceHours { holidays: vec!["SI".to_owned()], ..ServiceHours::office() };
        let engagement = world.aurora.partner;
        agree(&world, engagement, 1, "2026-01-01", Terms { hours, ..Terms::default() }).await;
        let case = world.case_from_mail(AURORA).await;
        let answered =
            world.receive(&world.mail("Ana <ana@customer.example>", AURORA, "Other", "Hello?")).await;
        world.reply("tiago", answered, "Hello.").await.unwrap();
        let now = world.clock.now();
        let day = engagement_tables::holidays::Holiday {
            on: "2026-03-03".parse().unwrap(),
            name: "Town Day".to_owned(),
        };
        world
            .write(move |tx| {
                engagement_tables::holidays::add(tx, "SI", std::slice::from_ref(&day))?;
                clocks::recompute(tx, engagement, now)
            })
            .await;
        let moved = told(&world, case, "clock.moved").await;
        assert_eq!(
            moved[0],
            "First reply is due Wed 10:01 instead of Tue 10:01: 8 h of service time, 2 min used Mon, closed Mon 17:00–Wed 09:00, \
             holiday in Ljubljana Tue (Town Day)."
        );
        assert_eq!(moved.len(), 2, "the resolution moved, too: {moved:?}");
        assert_eq!(told(&world, answered, "clock.moved").await, [""; 0], "what is met stays");
        world.write(move |tx| clocks::recompute(tx, engagement, now)).await;
        assert_eq!(told(&world, case, "clock.moved").await.len(), 2, "doing it again changes nothing");
    });
}

#[test]
fn terms_that_come_into_force_count_for_open_cases() {
    on_both_engines(|world| async move {
        let quick = Terms { clauses: vec![promised(Metric::FirstReply, 240)], ..Terms::default() };
        let case = world.case_from_mail(AURORA).await;
        agree(&world, world.aurora.partner, 1, "2026-03-03", quick).await;
        clocks::sweep(&world.desk).await.unwrap();
        assert_eq!(due(&world, case, Metric::FirstReply).await.unwrap(), "2026-03-03T09:01:00Z");
        world.later(15 * HOUR);
        clocks::sweep(&world.desk).await.unwrap();
        assert_eq!(
            standings(&world, case).await,
            ["first_reply missed"],
            "it was due on Monday by those terms"
        );
        assert_eq!(told(&world, case, "clock.moved").await.len(), 1);
        clocks::sweep(&world.desk).await.unwrap();
        assert_eq!(told(&world, case, "clock.moved").await.len(), 1);
    });
}

/// Numbers that look random and are the same in every run.
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % limit
    }
}

/// A case with its turns and a target, made by chance.
fn random_life(case: &Case, chance: &mut Chance) -> (Vec<Turn>, Target) {
    let mut at = case.opened_at;
    let mut turns = Vec::new();
    for nth in 0..=chance.below(8) {
        let party = if nth == 0 { Party::Representative } else { Party::ALL[chance.below(4) as usize] };
        turns.push(Turn { from: at, party, because: Because::new("turn.answered", "We answered.") });
        at = at.plus(Duration::from_secs(chance.below(200_000)));
    }
    let clock = coverage::Clock {
        start: case.opened_at,
        allowed: Duration::from_secs(chance.below(400_000)),
        counted: Counted::ALL[chance.below(2) as usize],
        paused_for: Party::ALL.into_iter().filter(|_| chance.below(2) == 0).collect(),
    };
    let done_at = (chance.below(2) == 0).then(|| at.plus(Duration::from_secs(chance.below(100_000))));
    let target = Target {
        case: case.id,
        metric: Metric::ALL[chance.below(5) as usize],
        engagement: case.engagement,
        version: (chance.below(2) == 0).then_some(3),
        clause: "some-clause".to_owned(),
        clock,
        done_at,
        standing: KeptStanding::Running,
        due_at: None,
        read_at: at,
    };
    (turns, target)
}

/// Somebody with a pencil goes through the steps.
fn by_pencil(read: &coverage::Due, allowed: Duration) -> Option<Instant> {
    let mut left = allowed;
    for step in &read.steps {
        let span = step.span();
        if !step.counts().is_zero() && left <= span.length() {
            return Some(span.from.plus(left));
        }
        left = left.saturating_sub(step.counts());
    }
    None
}

#[tokio::test]
async fn ten_thousand_lives_that_were_kept_explain_themselves_to_the_same_instant() {
    let world = World::on_sqlite().await;
    let pattern = world.case_from_mail(AURORA).await;
    let pattern = world.case(pattern).await;
    let mut chance = Chance(0x2545_f491_4f6c_dd1d);
    let lives: Vec<(Case, Vec<Turn>, Target)> = (0..10_000)
        .map(|nth| {
            let opened_at = pattern.opened_at.plus(Duration::from_secs(chance.below(40_000_000)));
            let id = store::fresh();
            let case = Case { id, reference: format!("T{nth:07}"), opened_at, ..pattern.clone() };
            let (turns, target) = random_life(&case, &mut chance);
            (case, turns, target)
        })
        .collect();
    let kept = std::sync::Arc::new(lives);
    let written = std::sync::Arc::clone(&kept);
    let found = world.write(move |tx| {
        let mut found = Vec::new();
        for (case, turns, target) in written.iter() {
            cases::tables::add_case(tx, case, "")?;
            turns.iter().try_for_each(|turn| coverage_tables::add_turn(tx, case.id, turn))?;
            coverage_tables::keep_target(tx, target)?;
            found.push((coverage_tables::turns(tx, case.id)?, coverage_tables::targets(tx, case.id)?));
        }
        Ok(found)
    });
    let calendar = coverage::Calendar::try_from(&coverage::Written {
        zone: "Europe/Ljubljana".to_owned(),
        hours: ServiceHours::office().week,
        ..coverage::Written::default()
    })
    .unwrap();
    for ((case, turns, target), (kept_turns, kept_targets)) in kept.iter().zip(found.await) {
        assert_eq!((turns, [target]), (&kept_turns, [&kept_targets[0]]));
        let ledger = Ledger::of(kept_turns, None).unwrap();
        let now = target.read_at.plus(Duration::from_secs(200_000));
        let read = kept_targets[0].clock.read(&calendar, &ledger, target.done_at, now).unwrap();
        let again = by_pencil(&read, target.clock.allowed);
        match read.standing {
            coverage::Standing::Missed => assert_eq!(read.due, again, "{case:?} {target:?}"),
            coverage::Standing::Running if !read.left.is_zero() => assert_eq!(read.due, again, "{target:?}"),
            _ => {}
        }
        let until = now.min(target.done_at.unwrap_or(now));
        let past = read.steps.iter().filter(|step| step.span().until <= until);
        assert_eq!(read.used, past.map(coverage::Step::counts).sum::<Duration>());
    }
}
