//! Rule: what was planned for a reply beyond its words: when it goes, who gets a copy, which files are fetched instead of sent along.

use crate::{CaseRefusal, case::words};
use kernel::{BlobHash, EmailAddress, Instant, MessageId};
use std::time::Duration;

/// How much of a reply's files goes along with it, in bytes. Most mail servers refuse a mail of more than 25 MB, and on the way a file
/// takes a third more.
pub const MOST_ALONG: i64 = 18_000_000;
/// How much the files of a reply may hold together, in bytes; what doesn't go along is fetched.
pub const MOST_TOGETHER: i64 = 100_000_000;
/// More files than anybody sends.
pub const MOST_FILES: usize = 50;
/// How long a file can be fetched.
pub const FETCHED_FOR: Duration = Duration::from_secs(30 * 24 * 3600);
/// The most people who get a copy.
pub const MOST_COPIES: usize = 20;
/// Nothing is scheduled further ahead.
const FURTHEST: Duration = Duration::from_secs(366 * 24 * 3600);

words! {
    /// What becomes of a scheduled reply when the customer writes before it leaves.
    WhenAnswered {
        /// It waits for a person.
        Hold = "hold",
        /// It goes all the same.
        Send = "send",
    }
}

/// When a reply is to go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Plan {
    /// When.
    pub at: Instant,
    /// What the customer's next mail does to it.
    pub when_answered: WhenAnswered,
}

impl Plan {
    /// A plan that can be kept.
    ///
    /// # Errors
    /// [`CaseRefusal::NotLater`] when it is over already or further ahead than a year.
    pub fn checked(self, now: Instant) -> Result<Self, CaseRefusal> {
        if self.at > now && self.at <= now.plus(FURTHEST) { Ok(self) } else { Err(CaseRefusal::NotLater) }
    }
}

/// Somebody who gets a copy of a reply.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CopyTo {
    /// Their name; may be empty.
    pub name: String,
    /// Their address.
    pub address: EmailAddress,
}

/// Who gets a copy, from what a form says: addresses with commas, semicolons or line ends between, each perhaps as `Ana <ana@x.example>`.
/// Whoever gets the letter anyway, and our own mailboxes, are left out.
///
/// # Errors
/// [`CaseRefusal::CopyNotAnAddress`] and [`CaseRefusal::TooManyCopies`].
pub fn copies(typed: &str, others: &[EmailAddress]) -> Result<Vec<CopyTo>, CaseRefusal> {
    let mut copies: Vec<CopyTo> = Vec::new();
    for one in typed.split([',', ';', '\n']).map(str::trim).filter(|one| !one.is_empty()) {
        let (name, address) = match one.rsplit_once('<') {
            Some((name, rest)) => (name.trim().trim_matches('"'), rest.trim_end_matches('>')),
            None => ("", one),
        };
        let address: EmailAddress = address.parse().map_err(|_| CaseRefusal::CopyNotAnAddress)?;
        let plain = address.without_detail().0;
        let known = others.contains(&address) || others.contains(&plain);
        if !known && copies.iter().all(|copy| copy.address != address) {
            copies.push(CopyTo { name: name.chars().take(100).collect(), address });
        }
    }
    if copies.len() > MOST_COPIES { Err(CaseRefusal::TooManyCopies) } else { Ok(copies) }
}

/// Which files are fetched instead of going along: the largest, until the rest fits. By their places.
///
/// # Errors
/// [`CaseRefusal::FilesTooLarge`].
pub fn fetched(sizes: &[i64]) -> Result<Vec<usize>, CaseRefusal> {
    let mut along: i64 = sizes.iter().sum();
    if along > MOST_TOGETHER || sizes.len() > MOST_FILES {
        return Err(CaseRefusal::FilesTooLarge);
    }
    let mut by_size: Vec<(usize, i64)> = sizes.iter().copied().enumerate().collect();
    by_size.sort_by_key(|(place, size)| (std::cmp::Reverse(*size), *place));
    let mut fetched = Vec::new();
    for (place, size) in by_size {
        if along <= MOST_ALONG {
            break;
        }
        along -= size;
        fetched.push(place);
    }
    fetched.sort_unstable();
    Ok(fetched)
}

/// A file that is fetched from us.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DownloadRow {
    /// The reply that it belongs to.
    pub message: MessageId,
    /// Its place among the reply's files.
    pub position: i64,
    /// Until when it can be fetched.
    pub until: Instant,
    /// When somebody ended that before its time.
    pub revoked_at: Option<Instant>,
    /// How often it was fetched.
    pub fetched: i64,
}

impl DownloadRow {
    /// It can be fetched now.
    pub fn is_open(&self, now: Instant) -> bool {
        self.revoked_at.is_none() && now < self.until
    }
}

/// A file that waits beside a draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DraftFile {
    /// Its place among the draft's files.
    pub position: i64,
    /// Its name.
    pub name: String,
    /// Its media type.
    pub media_type: String,
    /// Its size in bytes.
    pub size: i64,
    /// Its content.
    pub blob: BlobHash,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copies_are_read_as_people_write_them() {
        let others: Vec<EmailAddress> = vec!["help@aurora.example".parse().unwrap()];
        let check = |typed: &str, expected: Result<&[(&str, &str)], CaseRefusal>| {
            let found = copies(typed, &others);
            let found = found.as_ref().map_err(|refused| *refused);
            let found = found.map(|all| {
                all.iter().map(|one| (one.name.as_str(), one.address.as_str())).collect::<Vec<_>>()
            });
            assert_eq!(found, expected.map(<[_]>::to_vec), "{typed}");
        };
        check("", Ok(&[]));
        check(
            "a@x.example, B@x.example;\nc@x.example",
            Ok(&[("", "a@x.example"), ("", "b@x.example"), ("", "c@x.example")]),
        );
        check("\"Ana Sousa\" <ana@x.example>", Ok(&[("Ana Sousa", "ana@x.example")]));
        check("a@x.example, A@x.example", Ok(&[("", "a@x.example")]));
        check("help+k7qm.x@aurora.example, help@aurora.example", Ok(&[]));
        check("ana", Err(CaseRefusal::CopyNotAnAddress));
        check("Ana <ana@x.example>\r\nBcc: x", Err(CaseRefusal::CopyNotAnAddress));
        let many: String = (0..21).map(|n| format!("p{n}@x.example,")).collect();
        check(&many, Err(CaseRefusal::TooManyCopies));
    }

    #[test]
    fn the_largest_files_are_fetched_until_the_rest_fits() {
        let mega = |sizes: &[i64]| sizes.iter().map(|size| size * 1_000_000).collect::<Vec<_>>();
        let check = |sizes: &[i64], expected: Result<&[usize], CaseRefusal>| {
            assert_eq!(fetched(&mega(sizes)), expected.map(<[_]>::to_vec), "{sizes:?}");
        };
        check(&[], Ok(&[]));
        check(&[9, 9], Ok(&[]));
        check(&[9, 10], Ok(&[1]));
        check(&[34, 2, 3], Ok(&[0]));
        check(&[10, 30, 9, 40], Ok(&[0, 1, 3]));
        check(&[50, 51], Err(CaseRefusal::FilesTooLarge));
        check(&[0; 51], Err(CaseRefusal::FilesTooLarge));
    }

    #[test]
    fn a_plan_lies_ahead_and_within_a_year() {
        let now = Instant::from_micros(1_772_442_000_000_000);
        let check = |days: i64, expected: bool| {
            let at = Instant::from_micros(now.micros() + days * 24 * 3_600_000_000);
            let plan = Plan { at, when_answered: WhenAnswered::Hold };
            assert_eq!(plan.checked(now).is_ok(), expected, "{days}");
        };
        check(-1, false);
        check(0, false);
        check(1, true);
        check(366, true);
        check(367, false);
    }
}
