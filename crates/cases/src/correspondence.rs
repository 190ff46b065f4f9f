//! Rule: how a client's cases are carried on by mail: for how long answers reopen, for how long equal subjects join, who sees what.

use crate::{CaseRefusal, sharing::Sharing};
use std::time::Duration;

/// How a client's cases are carried on by mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Correspondence {
    /// What people outside see of each other.
    pub sharing: Sharing,
    /// For how many days after its end a person's answer reopens a case; 0 for never.
    pub reopens_for_days: i64,
    /// For how many days after a case's last message the same customer's mail with the same subject joins it; 0 for never.
    pub same_subject_for_days: i64,
}

/// The longest time that can be chosen: ten years.
pub const MOST_DAYS: i64 = 3_650;

impl Default for Correspondence {
    fn default() -> Self {
        Self { sharing: Sharing::OwnWords, reopens_for_days: 30, same_subject_for_days: 7 }
    }
}

impl Correspondence {
    /// One that can be kept.
    ///
    /// # Errors
    /// [`CaseRefusal::NotSoManyDays`].
    pub fn checked(self) -> Result<Self, CaseRefusal> {
        let fits = |days: i64| (0..=MOST_DAYS).contains(&days);
        let fit = fits(self.reopens_for_days) && fits(self.same_subject_for_days);
        if fit { Ok(self) } else { Err(CaseRefusal::NotSoManyDays) }
    }
}

/// A number of days as a time.
pub fn days(days: i64) -> Duration {
    Duration::from_secs(u64::try_from(days).unwrap_or_default() * 24 * 60 * 60)
}

/// A number of days in words.
pub(crate) fn days_in_words(days: i64) -> String {
    if days == 1 { "one day".to_owned() } else { format!("{days} days") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_from_none_to_ten_years() {
        for (reopens_for_days, same_subject_for_days, fits) in
            [(30, 7, true), (0, 0, true), (3_650, 3_650, true), (-1, 7, false), (30, 3_651, false)]
        {
            let chosen =
                Correspondence { reopens_for_days, same_subject_for_days, ..Correspondence::default() };
            assert_eq!(chosen.checked().is_ok(), fits, "{reopens_for_days} {same_subject_for_days}");
        }
    }
}
