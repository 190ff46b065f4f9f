//! Whose clock: through whatever happens to a case, every second belongs to one party.

use cases::{Case, State};
use coverage::{Ledger, Party, tables as coverage_tables};
use desk::{merging, replies, work};
use kernel::{CaseId, MessageId};
use std::time::Duration;
use testkit::{World, on_both_engines};

const AURORA: &str = "help@aurora.example";

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

/// A case in the middle of its life.
struct Life {
    case: CaseId,
    first_mail: String,
    from: String,
    replies: Vec<MessageId>,
}

async fn born(world: &World, nth: u64) -> Life {
    let from = format!("Customer {nth} <c{nth}@customer.example>");
    let mail = world.mail(&from, AURORA, &format!("Trouble {nth}"), &format!("Number {nth} is broken."));
    let case = world.receive(&mail).await;
    Life { case, first_mail: mail.id().to_owned(), from, replies: Vec::new() }
}

/// Lets something happen that may be refused.
async fn happens(world: &World, life: &mut Life, other: CaseId, chance: &mut Chance) {
    let reach = world.reach("tiago").await;
    let (desk, case) = (&world.desk, life.case);
    let told = |text: &str| {
        world
            .mail(&life.from, AURORA, "Re: Trouble", &format!("{text} {}", world.clock.now()))
            .answering(&life.first_mail)
    };
    match chance.below(10) {
        0 | 1 => drop(world.receive(&told("Any news?")).await),
        2 => drop(world.receive(&told("I am away.").automatic()).await),
        3 | 4 => life.replies.extend(world.reply("tiago", case, "Unplug it, please.").await.ok()),
        5 => {
            let sent = replies::send(desk, &reach, case, "Done.".into(), replies::Then::Close).await;
            life.replies.extend(sent.ok());
        }
        6 => {
            let reply = life.replies.pop();
            if let Some(reply) = reply {
                let _ = replies::withdraw(desk, &reach, case, reply).await;
            }
        }
        7 => drop(
            work::move_to(
                desk,
                &reach,
                case,
                [State::Open, State::Waiting, State::Closed][chance.below(3) as usize],
            )
            .await,
        ),
        8 => {
            let into = world.case(other).await.reference;
            let _ = merging::merge(desk, &reach, case, &into).await;
        }
        _ => {
            let holder = world.case(case).await.merged_into.unwrap_or(other);
            let _ = merging::part(desk, &reach, holder, case).await;
        }
    }
    if chance.below(3) == 0 {
        world.run_jobs().await;
    }
}

async fn adds_up(world: &World, id: CaseId) {
    let case: Case = world.case(id).await;
    let turns = world.read(move |tx| coverage_tables::turns(tx, id)).await;
    let told = format!("{case:?}\n{turns:#?}");
    let now = world.clock.now();
    let last = turns.last().map(|turn| turn.party);
    let ledger = Ledger::of(turns, case.closed_at).expect("every case has a first turn");
    let held: Duration = Party::ALL.into_iter().map(|party| ledger.held(party, now)).sum();
    let elapsed = case.closed_at.unwrap_or(now).since(case.opened_at);
    assert_eq!((held, ledger.elapsed(now)), (elapsed, elapsed), "{told}");
    let expected = match case.state {
        State::New | State::Open => Party::Representative,
        State::Waiting | State::Closed => Party::Customer,
    };
    assert_eq!(last, Some(expected), "{told}");
    let items = world.read(move |tx| cases::tables::outstanding_of(tx, id)).await;
    let parties: Vec<Party> = items.iter().map(|item| item.party).collect();
    let open = if case.state.is_open() { vec![expected] } else { Vec::new() };
    assert_eq!(parties, open, "what is open has one item, and nothing else has: {told} {items:#?}");
    assert!(
        items.iter().all(|item| !item.owner.name.is_empty() && item.owner.person == case.assignee),
        "{items:#?}"
    );
}

#[test]
fn the_seconds_of_the_parties_add_up_through_all_stories() {
    on_both_engines(|world| async move {
        let mut chance = Chance(0x9e37_79b9_7f4a_7c15);
        let other = born(&world, 0).await.case;
        for nth in 1..16 {
            let mut life = born(&world, nth).await;
            for _ in 0..12 {
                world.later(Duration::from_micros(chance.below(60 * 60 * 60 * 1_000_000)));
                happens(&world, &mut life, other, &mut chance).await;
                adds_up(&world, life.case).await;
                adds_up(&world, other).await;
            }
        }
    });
}

#[test]
fn a_turn_says_why_it_began() {
    on_both_engines(|world| async move {
        let life = born(&world, 1).await;
        let case = life.case;
        world.reply("tiago", case, "Unplug it, please.").await.unwrap();
        world.run_jobs().await;
        world
            .receive(&world.mail(&life.from, AURORA, "Re: Trouble", "I did.").answering(&life.first_mail))
            .await;
        let reach = world.reach("tiago").await;
        for state in [State::Waiting, State::Closed, State::Open] {
            world.later(Duration::from_secs(60));
            work::move_to(&world.desk, &reach, case, state).await.unwrap();
        }
        let turns = world.read(move |tx| coverage_tables::turns(tx, case)).await;
        let told: Vec<(Party, &str)> =
            turns.iter().map(|turn| (turn.party, turn.because.code.as_str())).collect();
        assert_eq!(
            told,
            [
                (Party::Representative, "turn.opened"),
                (Party::Customer, "turn.answered"),
                (Party::Representative, "turn.customer_wrote"),
                (Party::Customer, "turn.left_to_customer"),
                (Party::Customer, "turn.closed"),
                (Party::Representative, "turn.reopened"),
            ]
        );
        let waiting = turns[1].from.since(turns[0].from);
        let ledger = Ledger::of(turns, None).unwrap();
        assert!(ledger.held(Party::Customer, world.clock.now()) > Duration::from_secs(120));
        assert_eq!(waiting, Duration::from_secs(60));
    });
}

#[test]
fn an_answer_that_goes_later_leaves_the_turn_with_us_until_it_goes() {
    on_both_engines(|world| async move {
        let life = born(&world, 1).await;
        let case = life.case;
        let reach = world.reach("tiago").await;
        let at = world.clock.now().plus(Duration::from_secs(3 * 60 * 60));
        let plan = cases::Plan { at, when_answered: cases::WhenAnswered::Send };
        let words = replies::Words { plan: Some(plan), .."Later.".into() };
        replies::send(&world.desk, &reach, case, words, replies::Then::Wait).await.unwrap();
        let last = async || world.read(move |tx| coverage_tables::last_turn(tx, case)).await.unwrap();
        assert_eq!(last().await.party, Party::Representative);
        world.later(Duration::from_secs(3 * 60 * 60));
        world.run_jobs().await;
        assert_eq!((last().await.party, last().await.from), (Party::Customer, at));
    });
}
