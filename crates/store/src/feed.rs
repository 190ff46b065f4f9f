//! The feed of changes: those to come, and the last ones for whoever asks a moment late.

use crate::{Change, MISSED};
use std::{
    collections::VecDeque,
    fmt,
    str::FromStr,
    sync::{Arc, Mutex, PoisonError},
};
use tokio::sync::broadcast::{self, Receiver};
use uuid::Uuid;

/// How many changes a listener may lag behind, or come late, before it misses some.
const KEPT: usize = 1024;

/// A moment in the feed of one run of the program. As text: the run's number, a dot, and how many changes there had been.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    run: Uuid,
    count: usize,
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.run.simple(), self.count)
    }
}

impl FromStr for Moment {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let (run, count) = text.split_once('.').ok_or(())?;
        Ok(Self { run: run.parse().map_err(drop)?, count: count.parse().map_err(drop)? })
    }
}

/// What happened lately, and how many changes there ever were.
#[derive(Debug, Default)]
struct Lately {
    count: usize,
    kept: VecDeque<Change>,
}

/// Where the engines tell of changes. Clones are the same feed.
#[derive(Clone, Debug)]
pub(crate) struct Feed {
    run: Uuid,
    lately: Arc<Mutex<Lately>>,
    sender: broadcast::Sender<Change>,
}

impl Feed {
    pub(crate) fn new() -> Self {
        Self { run: Uuid::now_v7(), lately: Arc::default(), sender: broadcast::channel(KEPT).0 }
    }

    /// Tells everybody who listens. Nobody listening is fine.
    pub(crate) fn tell(&self, change: Change) {
        // Sent under the lock, so that a late listener finds each change either here or there, and none twice.
        let mut lately = self.lately.lock().unwrap_or_else(PoisonError::into_inner);
        lately.count += 1;
        if lately.kept.len() == KEPT {
            lately.kept.pop_front();
        }
        lately.kept.push_back(change.clone());
        let _ = self.sender.send(change);
    }

    pub(crate) fn now(&self) -> Moment {
        Moment { run: self.run, count: self.lately.lock().unwrap_or_else(PoisonError::into_inner).count }
    }

    pub(crate) fn to_come(&self) -> Receiver<Change> {
        self.sender.subscribe()
    }

    /// What has happened since then, and what is to come. A moment that is too long ago or of another run has missed some.
    pub(crate) fn since(&self, then: Moment) -> (Vec<Change>, Receiver<Change>) {
        let lately = self.lately.lock().unwrap_or_else(PoisonError::into_inner);
        let ago = if then.run == self.run { lately.count.checked_sub(then.count) } else { None };
        let first = ago.and_then(|ago| lately.kept.len().checked_sub(ago));
        let passed = match first {
            Some(first) => lately.kept.iter().skip(first).cloned().collect(),
            None => vec![Change { kind: MISSED.to_owned(), engagement: None, case: None }],
        };
        (passed, self.sender.subscribe())
    }
}

#[cfg(test)]
mod tests {
    use super::{Feed, KEPT, Moment};
    use crate::{Change, MISSED};

    fn change(kind: &str) -> Change {
        Change { kind: kind.to_owned(), engagement: None, case: None }
    }

    fn kinds(changes: Vec<Change>) -> Vec<String> {
        changes.into_iter().map(|change| change.kind).collect()
    }

    #[test]
    fn who_comes_late_hears_what_happened_since_and_nothing_twice() {
        let feed = Feed::new();
        feed.tell(change("before"));
        let then = feed.now();
        assert!(feed.since(then).0.is_empty());
        feed.tell(change("one"));
        feed.tell(change("two"));
        let (passed, mut to_come) = feed.since(then);
        assert_eq!(kinds(passed), ["one", "two"]);
        assert!(to_come.try_recv().is_err());
        feed.tell(change("three"));
        assert_eq!(to_come.try_recv().map(|change| change.kind), Ok("three".to_owned()));
    }

    #[test]
    fn who_comes_too_late_is_told_so() {
        let feed = Feed::new();
        let then = feed.now();
        (0..KEPT).for_each(|_| feed.tell(change("one")));
        assert_eq!(feed.since(then).0.len(), KEPT);
        feed.tell(change("one more"));
        assert_eq!(kinds(feed.since(then).0), [MISSED]);
        assert_eq!(kinds(feed.since(Feed::new().now()).0), [MISSED], "of another run");
    }

    #[test]
    fn a_moment_survives_being_written() {
        let moment = Feed::new().now();
        assert_eq!(moment.to_string().parse(), Ok(moment));
        for wrong in ["", ".", "1", "x.1", "0190.", "0190c4e5a1b07000800000000000000a.-1"] {
            assert_eq!(wrong.parse::<Moment>(), Err(()), "{wrong}");
        }
    }
}
