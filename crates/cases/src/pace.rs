//! Rule: how quickly letters leave: so many a minute to one domain and through one server, so many a day from one mailbox, and more
//! slowly where a server asks for it. A letter that is held has not failed; it waits.

use kernel::{Because, Instant};
use std::time::Duration;

/// The most letters a minute to one domain of recipients through one server.
pub const A_MINUTE_TO_A_DOMAIN: i64 = 30;
/// The most letters a minute through one server.
pub const A_MINUTE_THROUGH_A_SERVER: i64 = 300;
/// The first pause after a domain asked us to slow down.
const FIRST_PAUSE_OF_A_DOMAIN: Duration = Duration::from_secs(60);
/// The longest pause of a domain.
const LONGEST_PAUSE_OF_A_DOMAIN: Duration = Duration::from_secs(60 * 60);
/// The first pause after a server couldn't be used.
const FIRST_PAUSE_OF_A_SERVER: Duration = Duration::from_secs(5);
/// The longest pause of a server.
const LONGEST_PAUSE_OF_A_SERVER: Duration = Duration::from_secs(10 * 60);
/// Letters that wait for the same instant are spread over this much of what comes after it.
const SPREAD: Duration = Duration::from_secs(10);
/// The most letters that one server takes from us at the same time, so that a slow one leaves room for others.
pub const AT_ONCE_THROUGH_A_SERVER: usize = 3;
/// The shortest wait for a server that has enough in hand; a quarter of what the letter has waited already, and so many seconds at most.
const SHORTEST_WAIT_FOR_A_SERVER: Duration = Duration::from_secs(1);
/// The longest one.
const LONGEST_WAIT_FOR_A_SERVER: Duration = Duration::from_secs(15);
/// From this part of a day's letters on, owners are warned: four fifths.
const WARNED_FROM: (i64, i64) = (4, 5);

/// What stands between a letter and its way out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Load {
    /// The server, as "smtp.example.com:587".
    pub server: String,
    /// Letters that it was handed this minute.
    pub through_server: i64,
    /// Letters that it is taking from us now.
    pub in_hand: usize,
    /// How long ago this letter was written.
    pub written_for: Duration,
    /// The server can't be used now.
    pub server_paused: Option<Paused>,
    /// The domains that the letter goes to.
    pub domains: Vec<DomainLoad>,
    /// Letters that the mailbox sent today, in UTC.
    pub today: i64,
    /// The most that it may send in a day.
    pub letters_a_day: i64,
}

/// How much goes to one domain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DomainLoad {
    /// The domain, as "customer.example".
    pub domain: String,
    /// Letters to it this minute.
    pub this_minute: i64,
    /// It asked us to slow down.
    pub paused: Option<Paused>,
}

/// A pause that somebody else's server wants.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paused {
    /// Until when.
    pub until: Instant,
    /// How often in a row.
    pub times: i64,
    /// In which words, as a sentence.
    pub because: String,
}

/// What becomes of a letter now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Pace {
    /// It goes.
    Go,
    /// It waits.
    Hold {
        /// Until when.
        until: Instant,
        /// Why.
        because: Because,
    },
}

/// Whether a letter goes now. `salt` spreads those that wait for the same instant.
pub fn pace(load: &Load, now: Instant, salt: u64) -> Pace {
    daily(load, now)
        .or_else(|| load.server_paused.as_ref().and_then(|paused| server_pause(load, paused, now)))
        .or_else(|| load.domains.iter().find_map(|domain| domain_pause(domain, now)))
        .or_else(|| minute(load, now))
        .map(|(until, because)| (until.plus(spread(salt)), because))
        .or_else(|| in_hand(load, now, salt))
        .map_or(Pace::Go, |(until, because)| Pace::Hold { until, because })
}

type Held = (Instant, Because);

fn daily(load: &Load, now: Instant) -> Option<Held> {
    let most = load.letters_a_day;
    let sentence = format!(
        "This mailbox has sent its {most} letters of today, so the letter waits for tomorrow (UTC). An owner can allow more on the \
         mailbox's page."
    );
    (load.today >= most).then(|| (next(now, Step::Day), Because::new("pace.day_is_full", sentence)))
}

/// A server that takes its time keeps some letters waiting, never all ways out.
fn in_hand(load: &Load, now: Instant, salt: u64) -> Option<Held> {
    let server = &load.server;
    let sentence = format!("{server} is still taking other letters, so this one waits for its turn.");
    let wait = (load.written_for / 4).clamp(SHORTEST_WAIT_FOR_A_SERVER, LONGEST_WAIT_FOR_A_SERVER);
    let spread = wait.mul_f64(1.0 + (salt % 100) as f64 / 100.0);
    let full = load.in_hand >= AT_ONCE_THROUGH_A_SERVER;
    full.then(|| (now.plus(spread), Because::new("pace.server_has_enough", sentence)))
}

fn server_pause(load: &Load, paused: &Paused, now: Instant) -> Option<Held> {
    let sentence = format!("Letters through {} wait: {}", load.server, paused.because);
    (paused.until > now).then(|| (paused.until, Because::new("pace.server_paused", sentence)))
}

fn domain_pause(domain: &DomainLoad, now: Instant) -> Option<Held> {
    let paused = domain.paused.as_ref().filter(|paused| paused.until > now)?;
    let sentence =
        format!("Letters to {} wait, because its server asks for that: {}", domain.domain, paused.because);
    Some((paused.until, Because::new("pace.domain_paused", sentence)))
}

fn minute(load: &Load, now: Instant) -> Option<Held> {
    let full = load.domains.iter().find(|domain| domain.this_minute >= A_MINUTE_TO_A_DOMAIN);
    let because = match full {
        Some(domain) => {
            let sentence = format!(
                "{A_MINUTE_TO_A_DOMAIN} letters went to {} this minute, so this one takes its turn.",
                domain.domain
            );
            Because::new("pace.domain_is_busy", sentence)
        }
        None if load.through_server >= A_MINUTE_THROUGH_A_SERVER => {
            let server = &load.server;
            let sentence = format!(
                "{A_MINUTE_THROUGH_A_SERVER} letters went through {server} this minute, so this one takes its turn."
            );
            Because::new("pace.server_is_busy", sentence)
        }
        None => return None,
    };
    Some((next(now, Step::Minute), because))
}

/// The minute that this instant is in, by its beginning.
pub fn minute_of(now: Instant) -> Instant {
    Instant::from_micros(now.micros() - now.micros().rem_euclid(Step::Minute.micros()))
}

/// The day (UTC) that this instant is in, by its beginning.
pub fn day_of(now: Instant) -> Instant {
    Instant::from_micros(now.micros() - now.micros().rem_euclid(Step::Day.micros()))
}

/// How long a counted stretch of time is.
#[derive(Clone, Copy)]
enum Step {
    Minute,
    Day,
}

impl Step {
    fn micros(self) -> i64 {
        match self {
            Self::Minute => 60_000_000,
            Self::Day => 24 * 60 * 60_000_000,
        }
    }
}

fn next(now: Instant, step: Step) -> Instant {
    Instant::from_micros(now.micros() - now.micros().rem_euclid(step.micros()) + step.micros())
}

fn spread(salt: u64) -> Duration {
    SPREAD.mul_f64((salt % 100) as f64 / 100.0)
}

/// What a refusal asks to be left alone for a while.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Slows {
    /// The domain that the letter goes to.
    Domain,
    /// Our own way out: the server that takes our letters.
    Server,
}

/// The pause after this many refusals in a row: doubled each time, up to an hour for a domain and ten minutes for a server.
pub fn pause(slows: Slows, times: i64) -> Duration {
    let (first, longest) = match slows {
        Slows::Domain => (FIRST_PAUSE_OF_A_DOMAIN, LONGEST_PAUSE_OF_A_DOMAIN),
        Slows::Server => (FIRST_PAUSE_OF_A_SERVER, LONGEST_PAUSE_OF_A_SERVER),
    };
    let doublings = u32::try_from(times.clamp(1, 20) - 1).unwrap_or(0);
    first.saturating_mul(1 << doublings).min(longest)
}

/// The sentence that warns before a mailbox's day is full; `None` below four fifths.
pub fn day_warning(address: &str, today: i64, letters_a_day: i64) -> Option<String> {
    let (part, of) = WARNED_FROM;
    if today >= letters_a_day {
        return Some(format!(
            "{address} has sent its {letters_a_day} letters of today. What it writes now waits for tomorrow (UTC)."
        ));
    }
    let warned = today.saturating_mul(of) >= letters_a_day.saturating_mul(part);
    warned.then(|| {
        format!("{address} has sent {today} of its {letters_a_day} letters of today. Beyond them, letters wait for tomorrow (UTC).")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 2 March 2026, 09:00:30 UTC.
    const NOW: Instant = Instant::from_micros(1_772_442_030_000_000);

    fn seconds(seconds: i64) -> Instant {
        Instant::from_micros(NOW.micros() + seconds * 1_000_000)
    }

    fn paused(seconds_from_now: i64) -> Option<Paused> {
        Some(Paused {
            until: seconds(seconds_from_now),
            times: 1,
            because: "450 4.7.1 Slow down.".to_owned(),
        })
    }

    fn load() -> Load {
        let domain = |domain: &str| DomainLoad { domain: domain.to_owned(), this_minute: 0, paused: None };
        Load {
            server: "smtp.desk.example:587".to_owned(),
            through_server: 0,
            in_hand: 0,
            written_for: Duration::from_secs(10),
            server_paused: None,
            domains: vec![domain("a.example"), domain("b.example")],
            today: 0,
            letters_a_day: 100,
        }
    }

    #[test]
    fn a_letter_goes_unless_something_is_full_or_paused() {
        let check = |change: fn(&mut Load), expected: Option<(i64, &str, &str)>| {
            let mut load = load();
            change(&mut load);
            let held = match pace(&load, NOW, 0) {
                Pace::Go => None,
                Pace::Hold { until, because } => Some((until, because)),
            };
            let found = held.as_ref().map(|(until, because)| (*until, because.code.clone()));
            assert_eq!(found, expected.map(|(after, code, _)| (seconds(after), code.to_owned())), "{held:?}");
            let (words, sentence) =
                (expected.map_or("", |one| one.2), held.map_or(String::new(), |one| one.1.sentence));
            assert!(sentence.contains(words), "{sentence}");
        };
        let midnight = 15 * 3600 - 30;
        check(|_| (), None);
        check(|load| load.today = 99, None);
        check(|load| load.today = 100, Some((midnight, "pace.day_is_full", "its 100 letters of today")));
        check(|load| load.through_server = 299, None);
        check(
            |load| load.through_server = 300,
            Some((30, "pace.server_is_busy", "through smtp.desk.example:587")),
        );
        check(
            |load| load.domains[1].this_minute = 30,
            Some((30, "pace.domain_is_busy", "to b.example this minute")),
        );
        check(
            |load| load.domains[1].paused = paused(90),
            Some((90, "pace.domain_paused", "450 4.7.1 Slow down.")),
        );
        check(|load| load.domains[1].paused = paused(0), None);
        check(
            |load| load.server_paused = paused(20),
            Some((20, "pace.server_paused", "smtp.desk.example:587 wait")),
        );
        check(|load| load.server_paused = paused(-20), None);
        check(|load| load.in_hand = 2, None);
    }

    #[test]
    fn a_server_that_has_enough_is_asked_again_soon_and_then_more_seldom() {
        let check = |in_hand, written_for, salt, expected: Option<i64>| {
            let load = Load { in_hand, written_for: Duration::from_secs(written_for), ..load() };
            let until = match pace(&load, NOW, salt) {
                Pace::Go => None,
                Pace::Hold { until, because } => {
                    assert_eq!(because.code, "pace.server_has_enough");
                    Some(until.micros() - NOW.micros())
                }
            };
            assert_eq!(until, expected.map(|milliseconds| milliseconds * 1_000), "{written_for}");
        };
        check(2, 10, 0, None);
        check(3, 0, 0, Some(1_000));
        check(3, 0, 50, Some(1_500));
        check(3, 20, 0, Some(5_000));
        check(3, 86_400, 0, Some(15_000));
    }

    #[test]
    fn what_waits_for_the_same_instant_is_spread() {
        let full = Load { through_server: 1_000, ..load() };
        let until = |salt| match pace(&full, NOW, salt) {
            Pace::Hold { until, .. } => until,
            Pace::Go => panic!("the minute is full"),
        };
        assert_eq!(until(7), until(107), "the same letter always waits as long");
        assert!((0..1_000).all(|salt| until(salt) >= seconds(30) && until(salt) < seconds(40)));
    }

    #[test]
    fn pauses_double_up_to_their_longest() {
        let check = |slows, times, expected: u64| {
            assert_eq!(pause(slows, times).as_secs(), expected, "{slows:?} {times}")
        };
        check(Slows::Domain, 0, 60);
        check(Slows::Domain, 1, 60);
        check(Slows::Domain, 2, 120);
        check(Slows::Domain, 99, 3_600);
        check(Slows::Server, 1, 5);
        check(Slows::Server, 3, 20);
        check(Slows::Server, 99, 600);
    }

    #[test]
    fn owners_are_warned_from_four_fifths_of_a_day_on() {
        let check = |today, most, expected: Option<&str>| {
            let warning = day_warning("help@aurora.example", today, most);
            assert_eq!(warning.is_some(), expected.is_some(), "{warning:?}");
            assert!(warning.unwrap_or_default().contains(expected.unwrap_or_default()));
        };
        check(79, 100, None);
        check(80, 100, Some("has sent 80 of its 100"));
        check(100, 100, Some("waits for tomorrow"));
        check(1, 1, Some("waits for tomorrow"));
    }
}
