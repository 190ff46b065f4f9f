//! Around the clock: the evening's take-over, the morning's hand-back, overflow.

use cases::State;
use coverage::{
    ShiftEntry, ShiftSource, Span,
    hand_over::{Offered, Seam},
    tables as coverage_tables,
};
use desk::{hand_overs, overflowing, seams, work};
use engagements::{
    tables as engagement_tables,
    terms::{
        Agreement, EngagementKind, OverflowAgreed, RoutingMode, ServiceHours, Terms, Version, VersionState,
        WEEKDAYS,
    },
};
use jiff::tz::TimeZone;
use kernel::{CaseId, EngagementId, Instant};
use std::time::Duration;
use testkit::{World, on_both_engines};

const AURORA: &str = "help@aurora.example";

async fn agree(world: &World, engagement: EngagementId, terms: Terms) {
    let at = Some(Agreement { by: None, at: testkit::morning() });
    let version = Version {
        engagement,
        version: 1,
        from_on: "2026-01-01".parse().unwrap(),
        state: VersionState::Agreed,
        terms,
        why: String::new(),
        proposed: Agreement { by: None, at: testkit::morning() },
        client: at,
        partner: at,
        withdrawn: None,
    };
    world.write(move |tx| engagement_tables::terms::add(tx, &version)).await;
}

/// Lisbon answers by day, Manila from 18:00 to 08:00 and on weekends; people take their cases themselves.
async fn round_the_clock(world: &World) {
    let day = ServiceHours {
        week: ServiceHours::on(&WEEKDAYS[..5], &[("08:00", "18:00")]),
        ..ServiceHours::default()
    };
    let nights = [
        ServiceHours::on(&WEEKDAYS[..5], &[("00:00", "08:00"), ("18:00", "24:00")]),
        ServiceHours::on(&WEEKDAYS[5..], &[("00:00", "24:00")]),
    ];
    let night = ServiceHours { week: nights.into_iter().flatten().collect(), ..ServiceHours::default() };
    let terms = |kind, hours| Terms { kind, hours, routing: RoutingMode::Pull, ..Terms::default() };
    agree(world, world.aurora.partner, terms(EngagementKind::Dedicated, day)).await;
    agree(world, world.nights, terms(EngagementKind::AfterHours, night)).await;
}

/// Goes on to a time of the day, today or tomorrow, in the client's zone.
fn until(world: &World, time: &str) {
    let zone = TimeZone::get("Europe/Ljubljana").unwrap();
    let now = world.clock.now().timestamp().to_zoned(zone.clone());
    let time: jiff::civil::Time = time.parse().unwrap();
    let today = now.date().to_datetime(time).to_zoned(zone.clone()).unwrap();
    let then = match today > now {
        true => today,
        false => now.date().tomorrow().unwrap().to_datetime(time).to_zoned(zone).unwrap(),
    };
    world.later(Instant::from(then.timestamp()).since(world.clock.now()));
}

async fn mail_of(world: &World, nth: usize) -> CaseId {
    let from = format!("Customer {nth} <c{nth}@customer.example>");
    world.receive(&world.mail(&from, AURORA, &format!("Kettle {nth}"), &format!("Kettle {nth} leaks."))).await
}

async fn open_of(world: &World, case: CaseId) -> Option<Offered> {
    world.read(move |tx| coverage_tables::open_hand_over(tx, case)).await
}

async fn sweep(world: &World) -> usize {
    seams::sweep(&world.desk).await.unwrap()
}

async fn accepts(world: &World, who: &str, offered: &Offered) {
    hand_overs::accept(&world.desk, &world.reach(who).await, offered.id, None).await.unwrap();
}

#[test]
fn the_evening_takes_over_and_the_morning_takes_back() {
    on_both_engines(|world| async move {
        round_the_clock(&world).await;
        let (day, night) = (world.aurora.partner, world.nights);
        let (held, waiting, answered) =
            (mail_of(&world, 1).await, mail_of(&world, 2).await, mail_of(&world, 3).await);
        let (tiago, maricel) = (world.person("tiago"), world.person("maricel"));
        work::assign(&world.desk, &world.reach("ines").await, held, Some(tiago)).await.unwrap();
        world.reply("ines", answered, "Please unplug it.").await.unwrap();
        until(&world, "17:59");
        assert_eq!(sweep(&world).await, 0);
        until(&world, "18:00");
        assert_eq!(sweep(&world).await, 2);
        assert_eq!(sweep(&world).await, 0);
        assert_eq!(world.case(waiting).await.engagement, night);
        assert_eq!(world.case(answered).await.engagement, day);
        let offered = open_of(&world, held).await.expect("the night shift is asked");
        assert_eq!((offered.seam, offered.to_engagement), (Seam::TakeOver, night));
        assert_eq!(world.case(held).await.assignee, Some(tiago));
        // She leads the night shift, so she may accept whatever is offered to it.
        accepts(&world, "maricel", &offered).await;
        let case = world.case(held).await;
        assert_eq!((case.engagement, case.assignee), (night, Some(maricel)));
        let targets = world.read(move |tx| coverage_tables::targets_open(tx, held)).await;
        assert!(
            !targets.is_empty() && targets.iter().all(|target| target.engagement == night),
            "{targets:?}"
        );
        until(&world, "07:59");
        assert_eq!(sweep(&world).await, 0);
        until(&world, "08:00");
        assert_eq!(sweep(&world).await, 2);
        assert_eq!(world.case(waiting).await.engagement, day);
        let offered = open_of(&world, held).await.expect("the day is asked");
        assert_eq!((offered.seam, offered.over.to), (Seam::HandBack, Some(tiago)));
        accepts(&world, "tiago", &offered).await;
        assert_eq!(sweep(&world).await, 0);
        let case = world.case(held).await;
        assert_eq!((case.engagement, case.assignee), (day, Some(tiago)));
    });
}

#[test]
fn a_server_that_was_down_does_the_same_once() {
    on_both_engines(|world| async move {
        round_the_clock(&world).await;
        let case = mail_of(&world, 1).await;
        work::assign(&world.desk, &world.reach("ines").await, case, Some(world.person("tiago")))
            .await
            .unwrap();
        until(&world, "23:30");
        assert_eq!((sweep(&world).await, sweep(&world).await), (1, 0));
        world.later(Duration::from_secs(600));
        hand_overs::sweep(&world.desk).await.unwrap();
        let led = world.case(case).await;
        assert_eq!((led.engagement, led.assignee), (world.nights, Some(world.person("maricel"))));
        assert_eq!(sweep(&world).await, 0);
    });
}

#[test]
fn what_the_customer_answers_at_night_goes_to_the_night() {
    on_both_engines(|world| async move {
        round_the_clock(&world).await;
        let mail = world.mail("Eva Novak <eva@customer.example>", AURORA, "Kettle", "It leaks.");
        let case = world.receive(&mail).await;
        world.reply("ines", case, "Please unplug it.").await.unwrap();
        world.run_jobs().await;
        until(&world, "20:00");
        assert_eq!(sweep(&world).await, 0);
        let again = world.mail("Eva Novak <eva@customer.example>", AURORA, "Re: Kettle", "I did.");
        world.receive(&again.answering(mail.id())).await;
        assert_eq!(world.case(case).await.state, State::Open);
        assert_eq!(sweep(&world).await, 1);
    });
}

/// Whether overflow is on, how many went over today, and whether that was all that was agreed.
async fn stands(world: &World) -> (bool, u32, bool) {
    let helper = world.nights;
    let kept = world.read(move |tx| routing::tables::overflow(tx, helper)).await;
    kept.map_or((false, 0, false), |kept| {
        (kept.overflow.is_on, kept.overflow.sent_today, kept.capped_at.is_some())
    })
}

#[test]
fn overflow_goes_on_and_off_once_and_keeps_to_the_cap() {
    on_both_engines(|world| async move {
        let hours = ServiceHours::round_the_clock();
        let terms = Terms { hours, routing: RoutingMode::Pull, ..Terms::default() };
        let agreed = OverflowAgreed { wait_minutes: 30, queue: 5, ends_below: 60, daily_cap: 7 };
        let overflow = Terms { kind: EngagementKind::Overflow, overflow: Some(agreed), ..terms.clone() };
        agree(&world, world.aurora.partner, Terms { kind: EngagementKind::Dedicated, ..terms }).await;
        agree(&world, world.nights, overflow).await;
        let check = async |sent: usize, stands: (bool, u32, bool)| {
            assert_eq!(overflowing::sweep(&world.desk).await.unwrap(), sent);
            assert_eq!(self::stands(&world).await, stands);
        };
        for nth in 0..5 {
            mail_of(&world, nth).await;
        }
        check(0, (false, 0, false)).await;
        mail_of(&world, 5).await;
        // Six wait, more than five; it ends below three: four have gone then.
        check(4, (false, 4, false)).await;
        for nth in 6..9 {
            mail_of(&world, nth).await;
            check(0, (false, 4, false)).await;
        }
        mail_of(&world, 9).await;
        check(3, (true, 7, true)).await;
        check(0, (true, 7, true)).await;
        world.later(Duration::from_secs(24 * 3_600));
        check(1, (false, 1, false)).await;
    });
}

async fn works(world: &World, who: &str, from: &str, until: &str) {
    let at = |text: &str| Instant::from(text.parse::<jiff::Timestamp>().unwrap());
    let shift = ShiftEntry {
        id: store::fresh(),
        person: world.person(who),
        span: Span { from: at(from), until: at(until) },
        breaks: Vec::new(),
        source: ShiftSource::Drawn,
        entered_by: None,
        entered_at: testkit::morning(),
    };
    world.write(move |tx| coverage_tables::add_shift(tx, &shift)).await;
}

#[test]
fn at_the_end_of_a_shift_a_case_is_offered_to_who_stays() {
    on_both_engines(|world| async move {
        round_the_clock(&world).await;
        works(&world, "tiago", "2026-03-02T08:00:00Z", "2026-03-02T12:00:00Z").await;
        works(&world, "carla", "2026-03-02T11:30:00Z", "2026-03-02T16:30:00Z").await;
        let case = mail_of(&world, 1).await;
        let (tiago, carla) = (world.person("tiago"), world.person("carla"));
        work::assign(&world.desk, &world.reach("ines").await, case, Some(tiago)).await.unwrap();
        // The case is expected to take a quarter of an hour, and it is eight minutes to one in Ljubljana.
        until(&world, "12:40");
        desk::routing::sweep(&world.desk).await.unwrap();
        assert_eq!(open_of(&world, case).await, None);
        until(&world, "12:52");
        for _ in 0..2 {
            desk::routing::sweep(&world.desk).await.unwrap();
        }
        let offered = open_of(&world, case).await.expect("who stays is asked");
        assert_eq!((offered.seam, offered.over.to), (Seam::ShiftEnd, Some(carla)));
        assert_eq!(world.case(case).await.assignee, Some(tiago));
        accepts(&world, "carla", &offered).await;
        assert_eq!(world.case(case).await.assignee, Some(carla));
    });
}
