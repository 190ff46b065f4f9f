//! The feed of changes: those to come, and the last ones for whoever asks a moment late.

use crate::{Change, Clock, MISSED};
use kernel::Instant;
use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, PoisonError},
};
use tokio::sync::broadcast::{self, Receiver};

/// How many changes a listener may lag behind, or come late, before it misses some.
const KEPT: usize = 1024;

/// The last changes, each with when it was told.
#[derive(Debug)]
struct Lately {
    /// Everything told since then is kept.
    whole_since: Instant,
    kept: VecDeque<(Instant, Change)>,
}

/// Where the engines tell of changes. Clones are the same feed.
#[derive(Clone, Debug)]
pub(crate) struct Feed {
    lately: Arc<Mutex<Lately>>,
    sender: broadcast::Sender<Change>,
}

impl Feed {
    pub(crate) fn new() -> Self {
        let lately = Lately { whole_since: Clock::System.now(), kept: VecDeque::new() };
        Self { lately: Arc::new(Mutex::new(lately)), sender: broadcast::channel(KEPT).0 }
    }

    /// Tells everybody who listens. Nobody listening is fine.
    pub(crate) fn tell(&self, change: Change) {
        self.tell_at(Clock::System.now(), change);
    }

    fn tell_at(&self, now: Instant, change: Change) {
        // Sent under the lock, so that a late listener finds each change either here or there, and none twice.
        let mut lately = self.lately.lock().unwrap_or_else(PoisonError::into_inner);
        if lately.kept.len() == KEPT
            && let Some((forgotten, _)) = lately.kept.pop_front()
        {
            lately.whole_since = forgotten.plus(std::time::Duration::from_micros(1));
        }
        lately.kept.push_back((now, change.clone()));
        let _ = self.sender.send(change);
    }

    pub(crate) fn to_come(&self) -> Receiver<Change> {
        self.sender.subscribe()
    }

    /// What was told since then, and what is to come. Of what is too long ago only that some was missed.
    pub(crate) fn since(&self, then: Instant) -> (Vec<Change>, Receiver<Change>) {
        let lately = self.lately.lock().unwrap_or_else(PoisonError::into_inner);
        let told = lately.kept.iter().filter(|(at, _)| *at >= then).map(|(_, change)| change.clone());
        let passed = match then < lately.whole_since {
            true => vec![Change { kind: MISSED.to_owned(), engagement: None, case: None }],
            false => told.collect(),
        };
        (passed, self.sender.subscribe())
    }
}

#[cfg(test)]
mod tests {
    use super::{Feed, KEPT};
    use crate::{Change, Clock, MISSED};
    use kernel::Instant;
    use std::time::Duration;

    fn change(kind: &str) -> Change {
        Change { kind: kind.to_owned(), engagement: None, case: None }
    }

    fn kinds(changes: Vec<Change>) -> Vec<String> {
        changes.into_iter().map(|change| change.kind).collect()
    }

    /// A feed, and the instants of its first seconds.
    fn feed() -> (Feed, impl Fn(u64) -> Instant) {
        let feed = Feed::new();
        let begun = Clock::System.now();
        (feed, move |second| begun.plus(Duration::from_secs(second)))
    }

    #[test]
    fn who_comes_late_hears_what_happened_since_and_nothing_twice() {
        let (feed, at) = feed();
        feed.tell_at(at(1), change("before"));
        assert!(feed.since(at(2)).0.is_empty());
        feed.tell_at(at(2), change("one"));
        feed.tell_at(at(3), change("two"));
        let (passed, mut to_come) = feed.since(at(2));
        assert_eq!(kinds(passed), ["one", "two"]);
        assert!(to_come.try_recv().is_err());
        feed.tell_at(at(4), change("three"));
        assert_eq!(to_come.try_recv().map(|change| change.kind), Ok("three".to_owned()));
    }

    #[test]
    fn who_comes_too_late_is_told_so() {
        let (feed, at) = feed();
        (0..KEPT).for_each(|_| feed.tell_at(at(1), change("one")));
        assert_eq!(feed.since(at(1)).0.len(), KEPT);
        feed.tell_at(at(2), change("one more"));
        assert_eq!(kinds(feed.since(at(1)).0), [MISSED]);
        assert_eq!(kinds(feed.since(at(2)).0), ["one more"]);
        assert_eq!(kinds(feed.since(Instant::from_micros(0)).0), [MISSED], "before the program began");
    }
}
