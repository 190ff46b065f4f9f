//! Rule: how long a job waits before it is tried again.

use std::time::Duration;

/// After this many tries a job is stuck until a person looks at it. They span about a day and a half.
pub const TRIES: i64 = 20;

const FIRST: u64 = 5;
const LONGEST: u64 = 4 * 60 * 60;

/// The pause after `attempts` failed tries: 5 s, doubled each time, 4 h at most, plus up to a tenth by `salt` so that
/// jobs that failed together don't come back together.
pub fn backoff(attempts: i64, salt: u64) -> Duration {
    let doublings = u32::try_from(attempts.clamp(1, 40) - 1).unwrap_or(0);
    let seconds = FIRST.saturating_mul(1_u64 << doublings).min(LONGEST);
    Duration::from_secs(seconds) + Duration::from_millis(seconds * 100 * (salt % 100) / 100)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn doubles_up_to_four_hours() {
        let seconds = |attempts| backoff(attempts, 0).as_secs();
        assert_eq!(
            [seconds(1), seconds(2), seconds(3), seconds(12), seconds(40)],
            [5, 10, 20, 10_240, 14_400]
        );
    }

    #[test]
    fn spreads_by_a_tenth_at_most() {
        let longest = (0..1000).map(|salt| backoff(5, salt)).max();
        assert!(longest > Some(backoff(5, 0)));
        assert!(longest <= Some(backoff(5, 0).mul_f64(1.1)));
    }

    #[test]
    fn all_tries_together_take_between_one_and_three_days() {
        let total: Duration = (1..TRIES).map(|attempts| backoff(attempts, 0)).sum();
        assert!((1..3).contains(&(total.as_secs() / 86_400)), "{total:?}");
    }
}
