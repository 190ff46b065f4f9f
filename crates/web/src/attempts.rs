//! How often somebody may try a password or open a link: some tries at once, then one every few seconds.

use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use kernel::{Kind, Refused};
use people::PeopleRefusal;
use std::{net::IpAddr, num::NonZeroU32};
use tokio::sync::{Semaphore, SemaphorePermit};

/// Tries a minute for one address of the network and one person.
const PER_PERSON: u32 = 10;
/// Tries a minute for one address of the network. A whole office may share one.
const PER_PLACE: u32 = 100;
/// Checking a password takes 19 MiB on purpose; this many at once are enough for any morning.
const AT_ONCE: usize = 4;
/// Links of ours that one address of the network may open a minute. A whole office may share one.
const LINKS: u32 = 300;
/// A file is held in memory while it is handed over; so many at once.
const LINKS_AT_ONCE: usize = 3;
/// How many keys are kept before those that have rested are forgotten.
const KEPT: usize = 10_000;

/// Counts tries.
pub struct Attempts {
    people: DefaultKeyedRateLimiter<(IpAddr, String)>,
    places: DefaultKeyedRateLimiter<IpAddr>,
    doors: Semaphore,
    links: DefaultKeyedRateLimiter<IpAddr>,
    hatches: Semaphore,
}

impl Default for Attempts {
    fn default() -> Self {
        Self {
            people: RateLimiter::keyed(a_minute(PER_PERSON)),
            places: RateLimiter::keyed(a_minute(PER_PLACE)),
            doors: Semaphore::new(AT_ONCE),
            links: RateLimiter::keyed(a_minute(LINKS)),
            hatches: Semaphore::new(LINKS_AT_ONCE),
        }
    }
}

fn a_minute(tries: u32) -> Quota {
    Quota::per_minute(NonZeroU32::new(tries).expect("the limits are not zero"))
}

impl Attempts {
    /// Lets one more try through, after those before it.
    ///
    /// # Errors
    /// [`PeopleRefusal::TooManyAttempts`].
    pub(crate) async fn one_more(
        &self,
        place: IpAddr,
        who: &str,
    ) -> Result<SemaphorePermit<'_>, PeopleRefusal> {
        self.forget();
        let who = who.trim().chars().take(254).collect::<String>().to_lowercase();
        let allowed = self.places.check_key(&place).is_ok() && self.people.check_key(&(place, who)).is_ok();
        if !allowed {
            return Err(PeopleRefusal::TooManyAttempts);
        }
        self.doors.acquire().await.map_err(|_| PeopleRefusal::TooManyAttempts)
    }

    /// Lets whoever was sent a link of ours open one more, after those before it.
    ///
    /// # Errors
    /// Refused as `link.too_many`.
    pub(crate) async fn one_link(&self, place: IpAddr) -> Result<SemaphorePermit<'_>, Refused> {
        self.forget();
        let too_many = || {
            let sentence = "Too many links of ours were opened from here.";
            Refused::new(Kind::TooMany, "link.too_many", sentence).hint("Wait a minute and try again.")
        };
        self.links.check_key(&place).map_err(|_| too_many())?;
        self.hatches.acquire().await.map_err(|_| too_many())
    }

    fn forget(&self) {
        if self.links.len() > KEPT {
            self.links.retain_recent();
        }
        if self.people.len() > KEPT {
            self.people.retain_recent();
        }
        if self.places.len() > KEPT {
            self.places.retain_recent();
        }
    }
}
