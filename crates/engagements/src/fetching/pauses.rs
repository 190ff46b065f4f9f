//! Rule: when an account is tried again, and when one mail no longer holds the others up.

use std::time::Duration;

/// How a try ended that brought nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Hurdle {
    /// The network or the server: it may pass by itself.
    Passing,
    /// The description or the sign-in: somebody has to do something, and servers lock those out who try too often.
    Standing,
}

/// After so many tries that ended at the same mail, it is left on the server and told, and the others go on.
pub const STUMBLES: i64 = 5;

const FIRST: u64 = 5;
const LONGEST: u64 = 15 * 60;
const FIRST_STANDING: u64 = 5 * 60;
const LONGEST_STANDING: u64 = 60 * 60;

/// The pause after `tries` tries in a row that failed, doubled each time: from 5 s to 15 min, or from 5 min to 1 h where somebody
/// has to do something; plus up to a quarter by `salt`, so that accounts that failed together don't come back together.
pub fn pause(hurdle: Hurdle, tries: i64, salt: u64) -> Duration {
    let (first, longest) = match hurdle {
        Hurdle::Passing => (FIRST, LONGEST),
        Hurdle::Standing => (FIRST_STANDING, LONGEST_STANDING),
    };
    let doublings = u32::try_from(tries.clamp(1, 30) - 1).unwrap_or(0);
    let seconds = first.saturating_mul(1_u64 << doublings).min(longest);
    Duration::from_secs(seconds) + Duration::from_millis(seconds * 250 * (salt % 1_000) / 1_000)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(hurdle: Hurdle, tries: i64, seconds: u64) {
        assert_eq!(pause(hurdle, tries, 0).as_secs(), seconds, "{hurdle:?} {tries}");
        let latest = (0..2_000).map(|salt| pause(hurdle, tries, salt)).max().unwrap();
        assert!(latest > pause(hurdle, tries, 0), "{hurdle:?} {tries} isn't spread");
        assert!(latest < pause(hurdle, tries, 0).mul_f64(1.25), "{hurdle:?} {tries} is spread too far");
    }

    #[test]
    fn pauses_grow_and_end_growing() {
        check(Hurdle::Passing, 0, 5);
        check(Hurdle::Passing, 1, 5);
        check(Hurdle::Passing, 2, 10);
        check(Hurdle::Passing, 6, 160);
        check(Hurdle::Passing, 9, 900);
        check(Hurdle::Passing, i64::MAX, 900);
        check(Hurdle::Standing, 1, 300);
        check(Hurdle::Standing, 2, 600);
        check(Hurdle::Standing, 9, 3600);
    }
}
